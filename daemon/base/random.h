#pragma once
// What nobody outside can guess, to key the hashes of tables that the network fills: or a sender
// could choose addresses that fall into one bucket, or a value that passes for another's.
// Nothing that is said may depend on it: two replays of a capture give the same output.
//
// Thread: any.

#include <cstddef>
#include <cstdint>

namespace camwarden {

std::uint64_t random_seed();  // never blocks; a constant when the kernel has no entropy yet

// The same within this process for the same octets and salt, and otherwise unlike.
std::uint64_t keyed_hash(const void* bytes, std::size_t count, std::uint64_t salt = 0);

}  // namespace camwarden

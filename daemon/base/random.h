#pragma once
// A number that nobody outside can guess, to key the hashes of tables that the network fills.
// Nothing that is said may depend on it: two replays of a capture give the same output.

#include <cstdint>

namespace camwarden {

std::uint64_t random_seed();  // never blocks; a constant when the kernel has no entropy yet

}  // namespace camwarden

#pragma once
// The only way to read bytes that came from outside. A Cursor never runs past its end: a read that
// would do so returns zero (or an empty view), moves to the end and turns ok() false for good, so a
// reader takes a whole header and asks once. Nothing is copied; views live as long as the bytes do.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace camwarden {

using Bytes = std::span<const std::uint8_t>;

inline std::string_view as_text(Bytes bytes) {
  return {static_cast<const char*>(static_cast<const void*>(bytes.data())), bytes.size()};
}
inline Bytes as_bytes(std::string_view text) {
  return {static_cast<const std::uint8_t*>(static_cast<const void*>(text.data())), text.size()};
}

class Cursor {
 public:
  explicit Cursor(Bytes bytes) : bytes_(bytes) {}

  bool ok() const { return ok_; }
  std::size_t remaining() const { return bytes_.size() - at_; }
  std::size_t position() const { return at_; }
  Bytes rest() const { return bytes_.subspan(at_); }

  std::uint8_t u8() { return static_cast<std::uint8_t>(big_endian(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(big_endian(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(big_endian(4)); }
  std::uint64_t u64() { return big_endian(8); }
  std::uint16_t u16_le() { return static_cast<std::uint16_t>(little_endian(2)); }
  std::uint32_t u32_le() { return static_cast<std::uint32_t>(little_endian(4)); }

  Bytes take(std::size_t count) {
    if (!has(count)) return {};
    const Bytes taken = bytes_.subspan(at_, count);
    at_ += count;
    return taken;
  }
  void skip(std::size_t count) { (void)take(count); }

 private:
  bool has(std::size_t count) {
    if (count <= remaining()) return true;
    at_ = bytes_.size();
    ok_ = false;
    return false;
  }
  std::uint64_t big_endian(std::size_t count) {
    if (!has(count)) return 0;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value << 8 | bytes_[at_ + i];
    at_ += count;
    return value;
  }
  std::uint64_t little_endian(std::size_t count) {
    if (!has(count)) return 0;
    std::uint64_t value = 0;
    for (std::size_t i = count; i > 0; --i) value = value << 8 | bytes_[at_ + i - 1];
    at_ += count;
    return value;
  }

  Bytes bytes_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

}  // namespace camwarden

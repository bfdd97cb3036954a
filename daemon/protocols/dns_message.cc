#include "protocols/dns_message.h"

#include <algorithm>

namespace camwarden {
namespace {

constexpr std::uint16_t kClassIn = 1;
constexpr std::uint16_t kClassMask = 0x7fff;

}  // namespace

std::size_t DnsName::end_of(std::size_t at) const {
  return at + 1 < count_ ? starts_[at + 1] - 1U : size_;
}

std::string_view DnsName::label(std::size_t at) const { return joined(at, at + 1); }

std::string_view DnsName::joined(std::size_t first, std::size_t last) const {
  last = std::min(last, count_);
  if (first >= last) return {};
  return std::string_view(text_.data(), size_)
      .substr(starts_[first], end_of(last - 1) - starts_[first]);
}

void DnsName::fold_case() {
  std::for_each(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(size_), [](char& c) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  });
}

bool DnsName::add(Bytes label) {
  const std::size_t dot = count_ > 0 ? 1 : 0;
  // Two more octets than the text are on the wire: the first length and the root (section 3.1).
  if (count_ == kMaxLabels || size_ + dot + label.size() > kMaxOctets - 2) return false;
  if (dot) text_[size_++] = '.';
  starts_[count_++] = static_cast<std::uint8_t>(size_);
  const auto text = as_text(label);
  std::copy(text.begin(), text.end(), text_.begin() + static_cast<std::ptrdiff_t>(size_));
  size_ += text.size();
  return true;
}

IpAddress DnsRecord::address() const {
  if (type == kDnsA) return IpAddress::v4(rdata);
  return type == kDnsAaaa ? IpAddress::v6(rdata) : IpAddress();
}

DnsReader::DnsReader(Bytes message) : message_(message) {
  Cursor cursor(message);
  cursor.skip(2);  // id
  flags_ = cursor.u16();
  for (auto& count : counts_) count = cursor.u16();
  malformed_ = !cursor.ok();
}

bool DnsReader::fail() {
  malformed_ = true;
  return false;
}

// Moves `at` behind the name. Ends: each turn adds a label, jumps to before where the piece
// began, or returns.
bool DnsReader::read_name(std::size_t& at, DnsName& name) const {
  name.clear();
  std::size_t piece = at, here = at;
  bool jumped = false;
  for (int jumps = 0; here < message_.size();) {
    Cursor cursor(message_.subspan(here));
    const std::uint8_t length = cursor.u8();
    if (length >= 0xc0) {  // section 4.1.4
      const std::size_t target = (length & 0x3fU) << 8 | cursor.u8();
      if (!cursor.ok() || target >= piece || ++jumps > kMaxJumps) return false;
      if (!jumped) at = here + 2;
      jumped = true;
      piece = here = target;
      continue;
    }
    const auto label = cursor.take(length);
    if (!cursor.ok() || length >= 0x40) return false;
    here += 1U + length;
    if (length == 0) {
      if (!jumped) at = here;
      return true;
    }
    if (!name.add(label)) return false;
  }
  return false;
}

bool DnsReader::next(DnsQuestion& question) {
  while (!malformed_ && questions_ < counts_[0] && questions_ < kMaxQuestions) {
    ++questions_;
    if (!read_name(at_, question.name)) return fail();
    Cursor cursor(message_.subspan(at_));
    question.type = cursor.u16();
    const auto klass = cursor.u16() & kClassMask;
    if (!cursor.ok()) return fail();
    at_ += cursor.position();
    if (klass == kClassIn) return true;
  }
  return false;
}

bool DnsReader::read_record(DnsRecord& record) {
  if (!read_name(at_, record.name)) return fail();
  Cursor cursor(message_.subspan(at_));
  record.type = cursor.u16();
  const auto klass = cursor.u16() & kClassMask;
  record.ttl = cursor.u32();
  record.rdata = cursor.take(cursor.u16());
  if (!cursor.ok()) return fail();
  at_ += cursor.position();
  record.rdata_at = at_ - record.rdata.size();
  return klass == kClassIn;
}

bool DnsReader::next(DnsRecord& record) {
  const int answers = counts_[1], authorities = answers + counts_[2];
  const int all = std::min(authorities + counts_[3], kMaxRecords);
  if (counts_[0] > kMaxQuestions) return false;
  for (DnsQuestion skipped; next(skipped);) {
  }
  while (!malformed_ && records_ < all) {
    const int number = records_++;
    record.section = number < answers       ? DnsRecord::answer
                     : number < authorities ? DnsRecord::authority
                                            : DnsRecord::additional;
    if (read_record(record)) return true;
  }
  return false;
}

bool DnsReader::name_in(const DnsRecord& record, std::size_t skip, DnsName& name) const {
  if (skip >= record.rdata.size()) return false;
  std::size_t at = record.rdata_at + skip;
  return read_name(at, name) && at <= record.rdata_at + record.rdata.size();
}

}  // namespace camwarden

#pragma once
// DNS messages (RFC 1035 section 4), as DNS and multicast DNS share them. A DnsReader gives the
// questions and then the records, in order, and never more than its limits.
//
// Bounds, none of them the message's own word: a name has at most 255 octets and 127 labels
// (RFC 1035 section 2.3.4), follows at most kMaxJumps pointers, and each pointer leads to before
// the piece that holds it ("a prior occurrence", section 4.1.4), so that no name can loop; a
// message gives at most kMaxQuestions and kMaxRecords. What is behind a limit is not read.
//
// Thread: any; values on the stack of a reader. Views live as long as the message's bytes.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/address.h"
#include "base/bytes.h"

namespace camwarden {

// A name as its labels. A label of DNS-SD may hold dots and blanks (RFC 6763 section 4.1.1), so
// the joined text does not tell where one ends.
class DnsName {
 public:
  static constexpr std::size_t kMaxOctets = 255;
  static constexpr std::size_t kMaxLabels = 127;

  std::size_t labels() const { return count_; }
  std::string_view label(std::size_t at) const;  // "" when there are fewer
  // Labels from `first` to before `last`, joined by dots.
  std::string_view joined(std::size_t first, std::size_t last) const;
  std::string_view text() const { return joined(0, count_); }

  void fold_case();  // ASCII letters become lower case
  void clear() { size_ = count_ = 0; }
  bool add(Bytes label);  // false when the name would be too long

 private:
  std::size_t end_of(std::size_t at) const;

  std::array<char, kMaxOctets + 1> text_;
  std::array<std::uint8_t, kMaxLabels> starts_;
  std::size_t size_ = 0, count_ = 0;
};

struct DnsQuestion {
  DnsName name;
  std::uint16_t type = 0;
};

struct DnsRecord {
  enum Section : std::uint8_t { answer, authority, additional };
  Section section = answer;
  DnsName name;
  std::uint16_t type = 0;
  std::uint32_t ttl = 0;
  Bytes rdata;
  std::size_t rdata_at = 0;  // within the message

  IpAddress address() const;  // of A and AAAA; none otherwise
};

enum DnsType : std::uint16_t { kDnsA = 1, kDnsPtr = 12, kDnsTxt = 16, kDnsAaaa = 28, kDnsSrv = 33 };

class DnsReader {
 public:
  static constexpr int kMaxJumps = 16;
  static constexpr int kMaxQuestions = 32;
  static constexpr int kMaxRecords = 96;

  explicit DnsReader(Bytes message);

  bool response() const { return flags_ & 0x8000; }
  // An ordinary query, or an answer to one without an error.
  bool plain() const { return (flags_ & 0x780f) == 0; }
  bool recursion_desired() const { return flags_ & 0x0100; }
  bool recursion_available() const { return flags_ & 0x0080; }
  std::uint16_t question_count() const { return counts_[0]; }
  // A question and nothing else: no known answers, and no EDNS (RFC 6891).
  bool bare_question() const { return counts_[1] == 0 && counts_[2] == 0 && counts_[3] == 0; }
  // True once the message was not what its header says.
  bool malformed() const { return malformed_; }

  // All questions first, then records. Only of the class IN; the top bit of the class, which
  // multicast DNS uses (RFC 6762 sections 5.4 and 10.2), is left out. False at the end.
  bool next(DnsQuestion& question);
  bool next(DnsRecord& record);
  // A name in the data of a record, `skip` octets behind its beginning.
  bool name_in(const DnsRecord& record, std::size_t skip, DnsName& name) const;

 private:
  bool read_name(std::size_t& at, DnsName& name) const;
  bool read_record(DnsRecord& record);
  bool fail();

  Bytes message_;
  std::uint16_t flags_ = 0;
  std::array<std::uint16_t, 4> counts_{};
  std::size_t at_ = 12;
  int questions_ = 0, records_ = 0;
  bool malformed_ = false;
};

}  // namespace camwarden

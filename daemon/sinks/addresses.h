#pragma once
// The addresses of a sink's host, one after the other, each time it is connected to anew. An
// address needs no lookup; a name is looked up in name_lookup.h and its last answer serves while
// the name servers do not. Part of to_tcp.cc and to_udp.cc.
//
// Thread: io.

#include <array>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <functional>
#include <string>
#include <vector>

#include "sinks/link.h"

namespace camwarden {

class Addresses {
 public:
  Addresses(asio::io_context& io, std::string host);

  // Calls `found` (never from within this call) with at least one address, or `failed`.
  void find(std::function<void(std::vector<asio::ip::address>)> found,
            std::function<void(std::string)> failed);

 private:
  void read();
  void finish();

  asio::io_context& io_;
  std::string host_;
  asio::posix::stream_descriptor answer_;
  std::array<char, 512> piece_{};
  std::string text_;  // of the answer, so far
  std::vector<asio::ip::address> last_;
  std::function<void(std::vector<asio::ip::address>)> found_;
  std::function<void(std::string)> failed_;
  std::shared_ptr<const int> token_ = std::make_shared<const int>(0);
};

}  // namespace camwarden

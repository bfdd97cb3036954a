#include "sinks/addresses.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

#include "sinks/name_lookup.h"

namespace camwarden {
namespace {

constexpr std::size_t kMaxAnswer = 4096;

std::vector<asio::ip::address> parsed(const std::vector<std::string>& texts) {
  std::vector<asio::ip::address> out;
  for (const auto& text : texts) {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(text, error);
    if (!error) out.push_back(address);
  }
  return out;
}

}  // namespace

Addresses::Addresses(asio::io_context& io, std::string host)
    : io_(io), host_(std::move(host)), answer_(io) {
  last_ = parsed({host_});
}

void Addresses::find(std::function<void(std::vector<asio::ip::address>)> found,
                     std::function<void(std::string)> failed) {
  found_ = std::move(found);
  failed_ = std::move(failed);
  const auto later = [this, token = std::weak_ptr<const int>(token_)](auto action) {
    asio::post(io_, [token, action] {
      if (!token.expired()) action();
    });
  };
  if (!parsed({host_}).empty()) return later([this] { found_(last_); });
  auto descriptor = start_lookup(host_);
  if (!descriptor) return later([this, error = descriptor.error()] { failed_(error); });
  boost::system::error_code ignored;
  answer_.close(ignored);
  answer_.assign(descriptor.take(), ignored);
  text_.clear();
  read();
}

// The answer ends when the thread that made it closes its end.
void Addresses::read() {
  answer_.async_read_some(asio::buffer(piece_), [this, token = std::weak_ptr<const int>(token_)](
                                                    const auto& error, std::size_t count) {
    if (token.expired() || error == asio::error::operation_aborted) return;
    text_.append(piece_.data(), count);
    if (error || text_.size() > kMaxAnswer) return finish();
    read();
  });
}

void Addresses::finish() {
  boost::system::error_code ignored;
  answer_.close(ignored);
  const auto texts = read_answer(text_, host_);
  auto addresses = texts ? parsed(texts.value()) : std::vector<asio::ip::address>();
  if (!addresses.empty()) last_ = std::move(addresses);
  if (!last_.empty()) return found_(last_);
  failed_(texts ? host_ + " has no address that can be used" : texts.error());
}

}  // namespace camwarden

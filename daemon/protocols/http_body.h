#pragma once
// HttpBody: the bodies of one direction of an HTTP connection. Text is shown, whole and with its
// chunks joined, to the protocols that read it; a page's title is looked for piece by piece,
// however long the page; all else is passed over.
//
// Limits: of text of more than kMaxBodyBytes, or whose end does not come, only the beginning is
// shown, and only to those who read such; what is compressed is not shown.
//
// Thread: any; lives on the stack of a reader.

#include "protocols/http_content.h"
#include "protocols/text_stream.h"

namespace camwarden {

class HttpBody {
 public:
  using Step = TextStream::Step;

  HttpBody(TextStream& text, const Facts& facts, const Field& title, FactSink& sink)
      : text_(text), facts_(facts), title_(title), sink_(sink) {}

  // What of a message it is that the body belongs to.
  struct Of {
    bool answer = false;
    bool own = false;  // of its sender's own making: shown, and its title read
  };
  // Behind `head`. A response without a length goes on up to the end of the connection.
  Step begin(const TextHead& head, Of of);
  // While there is one: text.length() is not 0.
  Step read();

 private:
  Step read_text(std::string_view here, bool last);
  Step read_chunked();
  Step look_for_title(std::string_view here, bool last);
  Step give_up_text();
  Step pass_over(std::size_t count);
  Step end(std::size_t count);
  void show_beginning(std::string_view text);
  void show(std::string_view text, bool whole);
  void take_title(std::string_view here);

  TextStream& text_;
  const Facts& facts_;
  const Field& title_;
  FactSink& sink_;
};

}  // namespace camwarden

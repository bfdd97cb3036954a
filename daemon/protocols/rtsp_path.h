#pragma once
// The path under which an RTSP server's stream lies, as its own answers give it: Content-Base,
// RTP-Info (RFC 2326 sections 12.11 and 12.33), or an absolute control attribute of the stream's
// description (section C.1.1). Firmware that hides its Server header keeps it.
//
// Thread: any; values only.

#include "protocols/text_message.h"

namespace camwarden {

void say_stream_path(const Facts& facts, const Subject& who, const Field& field,
                     const TextHead& head);
void say_stream_path(const Facts& facts, const Subject& who, const Field& field,
                     std::string_view control);

}  // namespace camwarden

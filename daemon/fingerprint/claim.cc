#include "fingerprint/claim.h"

namespace camwarden {

std::string_view to_string(Attribute attribute) {
  switch (attribute) {
    case Attribute::maker:
      return "maker";
    case Attribute::brand:
      return "brand";
    case Attribute::model:
      return "model";
    case Attribute::firmware:
      return "firmware";
    case Attribute::serial:
      return "serial";
    case Attribute::kind:
      return "kind";
    case Attribute::component:
      return "component";
  }
  return "";
}

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::unknown:
      return "unknown";
    case Kind::host:
      return "host";
    case Kind::router:
      return "router";
    case Kind::video_other:
      return "video-other";
    case Kind::recorder:
      return "recorder";
    case Kind::camera:
      return "camera";
  }
  return "";
}

bool is_video(Kind kind) { return kind >= Kind::video_other; }

}  // namespace camwarden

#include "inventory/device.h"

namespace camwarden {

std::string_view to_string(Grade grade) {
  switch (grade) {
    case Grade::none:
      return "none";
    case Grade::possible:
      return "possible";
    case Grade::probable:
      return "probable";
    case Grade::proven:
      return "proven";
  }
  return "";
}

}  // namespace camwarden

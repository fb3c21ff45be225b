#include "engine/stage/street_style.h"

namespace oddroad::stage {

const std::vector<std::string_view>& street_kind_names() {
  static const std::vector<std::string_view> kNames = {"rows", "shops",    "villas",   "flats",
                                                       "park", "industry", "car_park", "lot"};
  return kNames;
}

const std::vector<std::string_view>& footway_names() {
  static const std::vector<std::string_view> kNames = {"slabs", "blocks", "asphalt", "concrete"};
  return kNames;
}

const std::vector<std::string_view>& facade_names() {
  static const std::vector<std::string_view> kNames = {"mixed", "white", "pastel", "strong",
                                                       "brick", "grey",  "ochre"};
  return kNames;
}

}  // namespace oddroad::stage

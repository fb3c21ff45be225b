// Words of names that people gave to objects and signals. Internal to engine/road.
#pragma once

#include <string>
#include <string_view>

namespace oddroad::road {

// Lower case words between single spaces, digits and signs dropped:
// "../models/StreetLight01.osgb" -> " models street light osgb "
std::string words_of(std::string_view text);
// In capitals, without white space.
std::string capitals(std::string_view text);

}  // namespace oddroad::road

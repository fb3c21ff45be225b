// "decimals have a point: '2.5 m/s'": what a comma in a number was meant as.
#pragma once

#include <string>
#include <string_view>

namespace oddroad::core {

// Of a text with a comma between two digits; else empty.
std::string meant_decimals(std::string_view text);

}  // namespace oddroad::core

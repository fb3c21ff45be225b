#include "engine/scenario/degrees.h"

#include <cstdio>
#include <numbers>

namespace oddroad::scenario {

std::string in_degrees(const std::string& text) {
  const std::size_t space = text.find(' ');
  if (space == std::string::npos) return text;
  const std::string unit = text.substr(space + 1);
  const double scale = shown_scale(unit);
  if (scale == 1) return text;
  char out[48];
  std::snprintf(out, sizeof out, "%.5g deg%s", std::stod(text) * scale, unit.c_str() + 3);
  return out;
}

double shown_scale(const std::string& unit) {
  return unit == "rad" || unit == "rad/s" ? 180 / std::numbers::pi : 1;
}

}  // namespace oddroad::scenario

// Angles as people write them, wherever drawn values are shown.
#pragma once

#include <string>

namespace oddroad::scenario {

// "0.523599 rad" is "30 deg", "-0.0174533 rad/s" is "-1 deg/s": five digits,
// one less than the text has; others stay.
std::string in_degrees(const std::string& text);

// What numbers of a unit are multiplied by to be shown: 180 / pi for "rad" and "rad/s", else 1.
double shown_scale(const std::string& unit);

}  // namespace oddroad::scenario

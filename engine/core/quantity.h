// Numbers with units: "30 km/h", "5 %", "-6 deg", "20 .. 50 km/h". Units die here: what comes out
// is SI and radians. A space stands between number and unit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"

namespace oddroad::core {

// Exponents of the base dimensions. Rain is one of its own, so that `rain: 30 km/h` is an error.
struct Dimension {
  int length = 0;  // m
  int time = 0;    // s
  int angle = 0;   // rad
  int mass = 0;    // kg
  int rain = 0;    // mm/h (not SI: the one unit of the field)
  int warmth = 0;  // degrees Celsius (not SI: differences would need another zero)
  constexpr bool operator==(const Dimension&) const = default;
};

constexpr Dimension operator*(Dimension a, Dimension b) {
  return {a.length + b.length, a.time + b.time, a.angle + b.angle,
          a.mass + b.mass,     a.rain + b.rain, a.warmth + b.warmth};
}
constexpr Dimension operator/(Dimension a, Dimension b) {
  return {a.length - b.length, a.time - b.time, a.angle - b.angle,
          a.mass - b.mass,     a.rain - b.rain, a.warmth - b.warmth};
}

inline constexpr Dimension kNumber{};
inline constexpr Dimension kLength{.length = 1};
inline constexpr Dimension kTime{.time = 1};
inline constexpr Dimension kSpeed{.length = 1, .time = -1};
inline constexpr Dimension kAcceleration{.length = 1, .time = -2};
inline constexpr Dimension kAngle{.angle = 1};
inline constexpr Dimension kAngularSpeed{.time = -1, .angle = 1};
inline constexpr Dimension kRate{.time = -1};
inline constexpr Dimension kMass{.mass = 1};
inline constexpr Dimension kRain{.rain = 1};
inline constexpr Dimension kTemperature{.warmth = 1};

struct Unit {
  std::string_view name;
  double to_si = 1;
  Dimension dimension;
};

// Every unit that exists, "%" included.
const std::vector<Unit>& all_units();
// Null where there is none of that name.
const Unit* find_unit(std::string_view name);
// "did you mean 'm'?" for "metres", or empty.
std::string suggest_unit(std::string_view name);

struct Quantity {
  double value = 0;  // SI
  Dimension dimension;
  bool operator==(const Quantity&) const = default;
};

struct QuantityRange {
  double lower = 0;  // SI
  double upper = 0;
  Dimension dimension;
};

// `where` is the place of the first character; errors point into the text.
// Errors: no number, no space before the unit, unknown unit, something behind it.
Result<Quantity> parse_quantity(std::string_view text, const SourceLocation& where = {});
// Further errors: another dimension; a bare number where a dimension is expected.
Result<double> parse_quantity(std::string_view text, Dimension expected,
                              const SourceLocation& where = {});
// "a .. b unit" or "a unit .. b unit". Further errors: empty range (a >= b).
Result<QuantityRange> parse_range(std::string_view text, const SourceLocation& where = {});

// "a length like '3 m'", "a speed like '30 km/h'", "a bare number": for messages.
std::string describe(Dimension dimension);
// The SI value with its SI unit, 6 significant digits: "8.33333 m/s".
std::string format_quantity(double value, Dimension dimension);

// The number that starts text[begin...]: moves `begin` behind it. False where none starts there.
// What does not fit a double is an infinity.
bool scan_number(std::string_view text, std::size_t& begin, double& value);
// The length of the unit name that starts at text[begin] (0: none); it need not be known.
std::size_t scan_unit_name(std::string_view text, std::size_t begin);
// `where` moved right by `offset` characters; unknown columns stay unknown.
SourceLocation moved(SourceLocation where, std::size_t offset);

}  // namespace oddroad::core

#include "engine/core/quantity.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <limits>

#include "engine/core/decimals.h"
#include "engine/core/suggest.h"

namespace oddroad::core {

namespace {

constexpr double kPi = 3.14159265358979323846;

bool is_space(char c) {
  return c == ' ' || c == '\t';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool starts_unit(char c) {
  // Degrees, squares and Greek letters have two bytes; dashes and signs that compare begin
  // otherwise.
  const auto byte = static_cast<unsigned char>(c);
  return is_letter(c) || c == '%' || byte == 0xC2 || byte == 0xCE || (byte & 0xC0) == 0x80;
}

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

// What people write for the units that exist.
struct Alias {
  std::string_view written;
  std::string_view meant;
};
constexpr Alias kAliases[] = {
    {"metre", "m"},     {"metres", "m"},     {"meter", "m"},          {"meters", "m"},
    {"sec", "s"},       {"secs", "s"},       {"second", "s"},         {"seconds", "s"},
    {"minutes", "min"}, {"hours", "h"},      {"hour", "h"},           {"degree", "deg"},
    {"degrees", "deg"}, {"\xC2\xB0", "deg"}, {"radians", "rad"},      {"percent", "%"},
    {"kmh", "km/h"},    {"kph", "km/h"},     {"kmph", "km/h"},        {"mps", "m/s"},
    {"C", "degC"},      {"m/s/s", "m/s2"},   {"m/s\xC2\xB2", "m/s2"}, {"hz", "Hz"},
    {"hertz", "Hz"},    {"mm/hr", "mm/h"},   {"kilometres", "km"},    {"kilometers", "km"},
    {"KM/H", "km/h"},
};

struct NumberAndUnit {
  double number = 0;
  const Unit* unit = nullptr;  // null: a bare number
  std::size_t end = 0;
};

// One number with its unit, if it has one, from text[at].
Result<NumberAndUnit> scan_quantity(std::string_view text, std::size_t at,
                                    const SourceLocation& where) {
  NumberAndUnit out;
  at = skip_space(text, at);
  const std::size_t start = at;
  if (!scan_number(text, at, out.number)) {
    return fail_at(moved(where, at), "expected a number, found '" + std::string(text) + "'");
  }
  if (!std::isfinite(out.number)) {
    return fail_at(moved(where, start), "the number is too large");
  }
  out.end = at;
  const std::size_t unit_at = skip_space(text, at);
  const std::size_t length = scan_unit_name(text, unit_at);
  if (length == 0) return out;
  const std::string name(text.substr(unit_at, length));
  if (unit_at == at) {
    return fail_at(moved(where, start), "write a space between number and unit: '" +
                                            std::string(text.substr(start, at - start)) + " " +
                                            name + "'");
  }
  out.unit = find_unit(name);
  if (out.unit == nullptr) {
    return fail_at(moved(where, unit_at), "unknown unit '" + name + "'", suggest_unit(name));
  }
  out.end = unit_at + length;
  return out;
}

Result<void> expect_end(std::string_view text, std::size_t at, const SourceLocation& where) {
  at = skip_space(text, at);
  if (at == text.size()) return {};
  return fail_at(moved(where, at), "unexpected '" + std::string(text.substr(at)) + "'",
                 meant_decimals(text));
}

Quantity to_si(double number, const Unit* unit) {
  if (unit == nullptr) return {number, kNumber};
  return {number * unit->to_si, unit->dimension};
}

}  // namespace

const std::vector<Unit>& all_units() {
  static const std::vector<Unit> kUnits = {
      {"m", 1, kLength},
      {"km", 1000, kLength},
      {"cm", 0.01, kLength},
      {"mm", 0.001, kLength},
      {"um", 1e-6, kLength},
      {"nm", 1e-9, kLength},
      {"s", 1, kTime},
      {"ms", 1e-3, kTime},
      {"us", 1e-6, kTime},
      {"ns", 1e-9, kTime},
      {"min", 60, kTime},
      {"h", 3600, kTime},
      {"m/s", 1, kSpeed},
      {"km/h", 1 / 3.6, kSpeed},
      {"mph", 0.44704, kSpeed},
      {"m/s2", 1, kAcceleration},
      {"deg", kPi / 180, kAngle},
      {"rad", 1, kAngle},
      {"mrad", 1e-3, kAngle},
      {"deg/s", kPi / 180, kAngularSpeed},
      {"rad/s", 1, kAngularSpeed},
      {"Hz", 1, kRate},
      {"kHz", 1e3, kRate},
      {"kg", 1, kMass},
      {"mm/h", 1, kRain},
      {"degC", 1, kTemperature},
      {"%", 0.01, kNumber},
  };
  return kUnits;
}

const Unit* find_unit(std::string_view name) {
  for (const Unit& unit : all_units()) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

std::string suggest_unit(std::string_view name) {
  for (const Alias& alias : kAliases) {
    if (alias.written == name) return "did you mean '" + std::string(alias.meant) + "'?";
  }
  std::vector<std::string> known;
  for (const Unit& unit : all_units()) known.emplace_back(unit.name);
  return did_you_mean(name, known);
}

SourceLocation moved(SourceLocation where, std::size_t offset) {
  if (where.column > 0) where.column += static_cast<int>(offset);
  return where;
}

bool scan_number(std::string_view text, std::size_t& begin, double& value) {
  std::size_t at = begin;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
  const std::size_t digits = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  // "20..50" is a range without its spaces, not "20." and ".50".
  const bool range_follows = at + 1 < text.size() && text[at] == '.' && text[at + 1] == '.';
  bool any = at > digits;
  if (!range_follows && at < text.size() && text[at] == '.') {
    std::size_t fraction = at + 1;
    while (fraction < text.size() && is_digit(text[fraction])) ++fraction;
    any = any || fraction > at + 1;
    if (fraction > at + 1) at = fraction;
  }
  if (!any) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    std::size_t exponent = at + 1;
    if (exponent < text.size() && (text[exponent] == '-' || text[exponent] == '+')) ++exponent;
    const std::size_t first = exponent;
    while (exponent < text.size() && is_digit(text[exponent])) ++exponent;
    if (exponent > first) at = exponent;
  }
  const std::size_t from = text[begin] == '+' ? begin + 1 : begin;
  const auto [end, error] = std::from_chars(text.data() + from, text.data() + at, value);
  if (error == std::errc::result_out_of_range) {
    value = std::numeric_limits<double>::infinity();
  } else if (error != std::errc() || end != text.data() + at) {
    return false;
  }
  begin = at;
  return true;
}

std::size_t scan_unit_name(std::string_view text, std::size_t begin) {
  if (begin >= text.size() || !starts_unit(text[begin])) return 0;
  if (text[begin] == '%') return 1;
  std::size_t at = begin;
  while (at < text.size()) {
    const char c = text[at];
    // A slash belongs to the name where a letter follows: "m/s", but "3 m / 2".
    const bool slash = c == '/' && at + 1 < text.size() && is_letter(text[at + 1]);
    if (!starts_unit(c) && !is_digit(c) && !slash) break;
    if (c == '%') break;
    ++at;
  }
  return at - begin;
}

Result<Quantity> parse_quantity(std::string_view text, const SourceLocation& where) {
  const auto scanned = scan_quantity(text, 0, where);
  if (!scanned) return forward_error(scanned);
  const auto end = expect_end(text, scanned->end, where);
  if (!end) return forward_error(end);
  return to_si(scanned->number, scanned->unit);
}

Result<double> parse_quantity(std::string_view text, Dimension expected,
                              const SourceLocation& where) {
  const auto parsed = parse_quantity(text, where);
  if (!parsed) return forward_error(parsed);
  if (parsed->dimension != expected) {
    return fail_at(where, "expected " + describe(expected) + ", found '" + std::string(text) + "'");
  }
  return parsed->value;
}

Result<QuantityRange> parse_range(std::string_view text, const SourceLocation& where) {
  if (const std::size_t dots = text.find("..."); dots != std::string_view::npos) {
    std::size_t first = dots, behind = dots + 3;
    while (first > 0 && is_space(text[first - 1])) --first;
    behind = skip_space(text, behind);
    return fail_at(moved(where, dots), "a range has two dots",
                   "write '" + std::string(text.substr(0, first)) + " .. " +
                       std::string(text.substr(behind)) + "'");
  }
  const auto lower = scan_quantity(text, 0, where);
  if (!lower) return forward_error(lower);
  std::size_t at = skip_space(text, lower->end);
  if (text.substr(at, 2) != "..") {
    return fail_at(moved(where, at), "expected a range like '20 .. 50 km/h'");
  }
  const auto upper = scan_quantity(text, at + 2, where);
  if (!upper) return forward_error(upper);
  const auto end = expect_end(text, upper->end, where);
  if (!end) return forward_error(end);
  if (lower->unit != nullptr && upper->unit == nullptr) {
    return fail_at(where, "the unit stands behind the second number: '" + std::string(text) + "'");
  }
  const Quantity a = to_si(lower->number, lower->unit != nullptr ? lower->unit : upper->unit);
  const Quantity b = to_si(upper->number, upper->unit);
  if (!(a.dimension == b.dimension)) {
    return fail_at(where, "both ends of a range need the same kind of unit");
  }
  if (!(a.value < b.value)) {
    return fail_at(
        where, "empty range: " + std::string(text),
        a.value > b.value ? "the smaller end comes first" : "write a single value alone");
  }
  return QuantityRange{a.value, b.value, b.dimension};
}

namespace {

struct Named {
  Dimension dimension;
  std::string_view description;
  std::string_view si_unit;
};
constexpr Named kNamed[] = {
    {kNumber, "a number without a unit", ""},
    {kLength, "a length like '3 m'", " m"},
    {kTime, "a time like '2 s'", " s"},
    {kSpeed, "a speed like '30 km/h'", " m/s"},
    {kAcceleration, "an acceleration like '3 m/s2'", " m/s2"},
    {kAngle, "an angle like '30 deg'", " rad"},
    {kAngularSpeed, "an angular speed like '10 deg/s'", " rad/s"},
    {kRate, "a rate like '10 Hz'", " Hz"},
    {kMass, "a mass like '80 kg'", " kg"},
    {kRain, "a rain rate like '3 mm/h'", " mm/h"},
    {kTemperature, "a temperature like '3 degC'", " degC"},
};

std::string compound_unit(Dimension d) {
  std::string text;
  const auto factor = [&](const char* name, int exponent) {
    if (exponent == 0) return;
    text += std::string(" ") + name + (exponent == 1 ? "" : std::to_string(exponent));
  };
  factor("m", d.length);
  factor("s", d.time);
  factor("rad", d.angle);
  factor("kg", d.mass);
  factor("mm/h^", d.rain);
  factor("degC", d.warmth);
  return text;
}

}  // namespace

std::string describe(Dimension dimension) {
  for (const Named& named : kNamed) {
    if (named.dimension == dimension) return std::string(named.description);
  }
  return "a quantity in" + compound_unit(dimension);
}

std::string format_quantity(double value, Dimension dimension) {
  char number[40];
  std::snprintf(number, sizeof number, "%.6g", value);
  for (const Named& named : kNamed) {
    if (named.dimension == dimension) return number + std::string(named.si_unit);
  }
  return number + compound_unit(dimension);
}

}  // namespace oddroad::core

#include "engine/road/xml_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

namespace oddroad::road {
namespace {

constexpr double kLargestThing_m = 1e4;
// No length, angle or coefficient of a map is larger; sums and squares of such stay finite.
constexpr double kLargestNumber = 1e12;
constexpr double kFastest_mps = 150;

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t' || s.front() == '\n')) {
    s.remove_prefix(1);
  }
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\n')) {
    s.remove_suffix(1);
  }
  return s;
}

std::optional<double> to_number(std::string_view s) {
  s = trimmed(s);
  if (!s.empty() && s.front() == '+') s.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  if (error != std::errc() || end != s.data() + s.size() || !(std::abs(value) <= kLargestNumber)) {
    return std::nullopt;
  }
  return value;
}

}  // namespace

XmlReader::XmlReader(std::string_view text, std::string file, core::Diagnostics& warnings)
    : text_(text), file_(std::move(file)), warnings_(&warnings) {
  line_starts_.push_back(0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') line_starts_.push_back(i + 1);
  }
}

core::SourceLocation XmlReader::locate(std::ptrdiff_t offset) const {
  if (offset < 0) return {file_, 0, 0};
  const auto at = std::min(static_cast<std::size_t>(offset), text_.size());
  const auto line = std::upper_bound(line_starts_.begin(), line_starts_.end(), at);
  return {file_, static_cast<int>(line - line_starts_.begin()),
          static_cast<int>(at - *(line - 1)) + 1};
}

core::SourceLocation XmlReader::locate(const pugi::xml_node& node) const {
  return locate(node.offset_debug());
}

void XmlReader::warn(const pugi::xml_node& node, const std::string& message,
                     const std::string& hint) const {
  warnings_->warning(locate(node), subject_ + message, hint);
}

XmlReader::Subject::Subject(const XmlReader& xml, const std::string& kind, const std::string& id)
    : xml_(&xml) {
  xml.subject_ = kind + " \"" + id + "\": ";
}

double XmlReader::number(const pugi::xml_node& node, const char* attribute, double fallback) const {
  const pugi::xml_attribute found = node.attribute(attribute);
  if (found.empty()) return fallback;
  if (const auto value = to_number(found.value())) return *value;
  warn(node, "attribute " + std::string(attribute) + " of <" + node.name() +
                 "> is no usable number: \"" + found.value() + "\"");
  return fallback;
}

double XmlReader::required(const pugi::xml_node& node, const char* attribute,
                           double fallback) const {
  if (node.attribute(attribute).empty()) {
    warn(node, "<" + std::string(node.name()) + "> lacks the attribute " + attribute);
  }
  return number(node, attribute, fallback);
}

int XmlReader::integer(const pugi::xml_node& node, const char* attribute, int fallback) const {
  const double value = number(node, attribute, fallback);
  if (value == std::floor(value) && std::abs(value) < 1e9) return static_cast<int>(value);
  warn(node, "attribute " + std::string(attribute) + " of <" + node.name() +
                 "> is no whole number: \"" + node.attribute(attribute).value() + "\"");
  return fallback;
}

std::string XmlReader::text(const pugi::xml_node& node, const char* attribute) const {
  return node.attribute(attribute).value();
}

bool XmlReader::flag(const pugi::xml_node& node, const char* attribute) const {
  const std::string value = text(node, attribute);
  return value == "true" || value == "1" || value == "yes";
}

double XmlReader::speed_mps(const pugi::xml_node& node) const {
  const std::string max = text(node, "max");
  if (max.empty() || max == "no limit" || max == "undefined") return 0;
  const std::string unit = text(node, "unit");
  double factor = 1;
  if (unit == "km/h" || unit == "kmh" || unit == "kph") {
    factor = 1 / 3.6;
  } else if (unit == "mph") {
    factor = 0.44704;
  } else if (!unit.empty() && unit != "m/s") {
    warn(node, "unknown unit of speed \"" + unit + "\", taken as m/s", "m/s, km/h or mph");
  }
  const double limit = number(node, "max") * factor;
  if (limit >= 0 && limit <= kFastest_mps) return limit;
  warn(node, "speed limit " + max + " " + unit + " is no speed; taken as none");
  return 0;
}

Cubic XmlReader::cubic(const pugi::xml_node& node, const char* s_attribute,
                       double s_origin_m) const {
  return {s_origin_m + required(node, s_attribute), number(node, "a"), number(node, "b"),
          number(node, "c"), number(node, "d")};
}

CubicProfile XmlReader::profile(const pugi::xml_node& parent, const char* element,
                                const char* s_attribute, double s_origin_m,
                                const ProfileLimits& limits) const {
  struct Record {
    Cubic cubic;
    pugi::xml_node node;
  };
  std::vector<Record> records;
  pugi::xml_node early;  // the first record that lies before the one above it
  for (const pugi::xml_node& node : parent.children(element)) {
    records.push_back({cubic(node, s_attribute, s_origin_m), node});
    const std::size_t n = records.size();
    if (!early && n > 1 && records[n - 1].cubic.s_m < records[n - 2].cubic.s_m) early = node;
  }
  if (early) {
    warn(early, "<" + std::string(element) + "> records are not in ascending order; sorted");
    std::stable_sort(records.begin(), records.end(), [](const Record& a, const Record& b) {
      return a.cubic.s_m < b.cubic.s_m;
    });
  }
  std::vector<Cubic> out;
  for (std::size_t i = 0; i < records.size(); ++i) {
    Cubic& c = records[i].cubic;
    const double end = i + 1 < records.size() ? records[i + 1].cubic.s_m : limits.end_m;
    const double l = std::max(0.0, std::min(end, limits.end_m) - c.s_m);
    const double value =
        std::abs(c.a) + l * (std::abs(c.b) + l * (std::abs(c.c) + l * std::abs(c.d)));
    const double slope = std::abs(c.b) + l * (2 * std::abs(c.c) + l * 3 * std::abs(c.d));
    // The sums are what the terms could reach at most; a record that balances large terms against
    // each other may exceed them tenfold and still be a road.
    if (value > 10 * limits.value || slope > 10 * limits.slope || std::abs(c.a) > limits.value) {
      warn(records[i].node,
           "<" + std::string(element) + "> leads to values that no road has; taken as constant");
      c = {c.s_m, std::clamp(c.a, -limits.value, limits.value), 0, 0, 0};
    }
    out.push_back(c);
  }
  return CubicProfile(std::move(out));
}

Orientation XmlReader::orientation(const pugi::xml_node& node) const {
  const std::string name = text(node, "orientation");
  if (name == "+") return Orientation::kWithS;
  if (name == "-") return Orientation::kAgainstS;
  if (!name.empty() && name != "none") {
    warn(node, "unknown orientation \"" + name + "\", taken as none", "+, - or none");
  }
  return Orientation::kNone;
}

std::vector<LaneValidity> XmlReader::validities(const pugi::xml_node& node) const {
  std::vector<LaneValidity> out;
  for (const pugi::xml_node& validity : node.children("validity")) {
    LaneValidity lanes{integer(validity, "fromLane", 0), integer(validity, "toLane", 0)};
    if (lanes.from > lanes.to) std::swap(lanes.from, lanes.to);
    out.push_back(lanes);
  }
  return out;
}

double XmlReader::size(const pugi::xml_node& node, const char* attribute) const {
  const double value = number(node, attribute);
  if (value >= 0 && value <= kLargestThing_m) return value;
  warn(node, "attribute " + std::string(attribute) + " of <" + node.name() + "> is no size: \"" +
                 node.attribute(attribute).value() + "\"; taken as not said");
  return 0;
}

}  // namespace oddroad::road

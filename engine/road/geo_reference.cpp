#include "engine/road/geo_reference.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <sstream>

#include "engine/core/quantity.h"

namespace oddroad::road {
namespace {

constexpr double kDegree = std::numbers::pi / 180;
constexpr double kEarthRadius_m = 6'371'000;

// "+proj=utm +zone=32 +south" to {proj: utm, zone: 32, south: ""}.
std::map<std::string, std::string> words_of(const std::string& text) {
  std::map<std::string, std::string> out;
  std::istringstream in(text);
  for (std::string word; in >> word;) {
    if (word.front() != '+') continue;
    const std::size_t equal = word.find('=');
    out[word.substr(1, equal - 1)] = equal == std::string::npos ? "" : word.substr(equal + 1);
  }
  return out;
}

double number(const std::map<std::string, std::string>& words, const std::string& key,
              double fallback) {
  const auto it = words.find(key);
  if (it == words.end()) return fallback;
  std::size_t at = 0;
  double value = 0;
  return core::scan_number(it->second, at, value) && std::isfinite(value) ? value : fallback;
}

}  // namespace

std::optional<GeoPlace> place_of(const std::string& geo_reference, const math::Vec3d& point_m) {
  const auto words = words_of(geo_reference);
  double latitude_deg = number(words, "lat_0", 0);
  double longitude_deg = number(words, "lon_0", 0);
  double x0 = number(words, "x_0", 0);
  double y0 = number(words, "y_0", 0);
  if (latitude_deg == 0 && longitude_deg == 0) {
    const auto projection = words.find("proj");
    const double zone = number(words, "zone", 0);
    if (projection == words.end() || projection->second != "utm" || zone < 1 || zone > 60) {
      return std::nullopt;
    }
    longitude_deg = 6 * zone - 183;
    x0 = 500'000;
    y0 = words.count("south") > 0 ? 10'000'000 : 0;
  }
  const double latitude = latitude_deg * kDegree + (point_m.y - y0) / kEarthRadius_m;
  if (!(std::abs(latitude) < 0.5 * std::numbers::pi)) return std::nullopt;
  const double round = kEarthRadius_m * std::max(std::cos(latitude), 0.01);
  return GeoPlace{latitude, std::remainder(longitude_deg * kDegree + (point_m.x - x0) / round,
                                           2 * std::numbers::pi)};
}

}  // namespace oddroad::road

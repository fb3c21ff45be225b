#include "engine/traffic/signal_kinds.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace oddroad::traffic {
namespace {

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
    return static_cast<char>(std::toupper(c));
  });
  return text;
}

bool one_of(const std::string& text, std::initializer_list<const char*> values) {
  return std::any_of(values.begin(), values.end(), [&](const char* v) {
    return text == v;
  });
}

}  // namespace

// Numbers: OpenDRIVE's own light types (1.4, annex) and the German catalogue, which its samples
// and CARLA use under the country "OpenDRIVE"; R1-1 and so on: the US manual (MUTCD).
SignalKind classify(const road::RoadSignal& signal) {
  const std::string type = upper(signal.type);
  if (one_of(type, {"1000001", "1000008", "1000009", "1000010", "1000011", "1000012"})) {
    return SignalKind::kLight;
  }
  if (one_of(type, {"1000002", "1000003", "1000004", "1000005", "1000006", "1000007", "1000013"})) {
    return SignalKind::kPedestrianLight;
  }
  if (one_of(type, {"206", "R1-1"})) return SignalKind::kStop;
  if (one_of(type, {"205", "R1-2"})) return SignalKind::kYield;
  if (one_of(type, {"301", "306"})) return SignalKind::kPriorityRoad;
  const bool swedish_limit = type == "C" && signal.subtype == "31";
  if (one_of(type, {"274", "R2-1"}) || swedish_limit) return SignalKind::kSpeedLimit;
  return SignalKind::kOther;
}

double limit_of_sign_mps(const road::RoadSignal& signal) {
  constexpr double kKmh = 1 / 3.6;
  constexpr double kMph = 0.44704;
  const std::string unit = upper(signal.unit);
  if (signal.value > 0) {
    if (unit == "MPH") return signal.value * kMph;
    if (unit == "M/S") return signal.value;
    // Swedish C31-5 is 50 km/h; some writers put the 5 into the value.
    if (upper(signal.type) == "C" && signal.value <= 13) return signal.value * 10 * kKmh;
    return signal.value * (upper(signal.type) == "R2-1" ? kMph : kKmh);
  }
  // Old German subtypes: 274-55 is 50 km/h.
  const int subtype = std::atoi(signal.subtype.c_str());
  if (signal.type == "274" && subtype > 50 && subtype <= 63) return (subtype - 50) * 10 * kKmh;
  return 0;
}

bool has_red_yellow(const road::RoadSignal& light) {
  const std::string country = upper(light.country);
  return !one_of(country, {"US", "USA", "CA", "CN", "JP", "KR", "FR", "ES", "IT", "NL", "BE"});
}

}  // namespace oddroad::traffic

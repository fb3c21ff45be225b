#include "engine/road/cubic.h"

#include <algorithm>
#include <utility>

namespace oddroad::road {

CubicProfile::CubicProfile(std::vector<Cubic> records) : records_(std::move(records)) {
  std::stable_sort(records_.begin(), records_.end(), [](const Cubic& a, const Cubic& b) {
    return a.s_m < b.s_m;
  });
}

const Cubic* CubicProfile::record_at(double s_m) const {
  if (records_.empty()) return nullptr;
  const auto after =
      std::upper_bound(records_.begin(), records_.end(), s_m, [](double s, const Cubic& c) {
        return s < c.s_m;
      });
  return after == records_.begin() ? &records_.front() : &*(after - 1);
}

double CubicProfile::value(double s_m) const {
  const Cubic* record = record_at(s_m);
  return record == nullptr ? 0.0 : record->value(s_m);
}

double CubicProfile::slope(double s_m) const {
  const Cubic* record = record_at(s_m);
  return record == nullptr ? 0.0 : record->slope(s_m);
}

}  // namespace oddroad::road

#include "engine/road/reference_line.h"

#include <algorithm>

namespace oddroad::road {

ReferenceLine::ReferenceLine(const std::vector<GeometryRecord>& records) {
  curves_.reserve(records.size());
  for (const GeometryRecord& record : records) curves_.emplace_back(record);
}

PlanPoint ReferenceLine::at(double s_m) const {
  if (curves_.empty()) return {{s_m, 0}, 0, 0};
  auto after =
      std::upper_bound(curves_.begin(), curves_.end(), s_m, [](double s, const PlanCurve& curve) {
        return s < curve.record().s_m;
      });
  const PlanCurve& curve = after == curves_.begin() ? curves_.front() : *(after - 1);
  return curve.at(s_m - curve.record().s_m);
}

double ReferenceLine::end_m() const {
  if (curves_.empty()) return 0;
  return curves_.back().record().s_m + curves_.back().record().length_m;
}

}  // namespace oddroad::road

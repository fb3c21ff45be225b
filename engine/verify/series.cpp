#include "engine/verify/series.h"

#include <algorithm>
#include <cmath>

#include "engine/verify/files.h"

namespace oddroad::verify {

using math::Vec3d;

Series::Series(const ClipContext& context, const std::string& file, std::int64_t period_ns,
               const std::vector<std::string>& fields, Report& report)
    : file_(file) {
  auto npy = read_npy(context.folder / file);
  if (!npy) {
    report["files"].disagree(1, [&] {
      return Disagreement{file, "", core::to_string(npy.error()), "a file that can be read"};
    });
    return;
  }
  report["files"].agree();
  Check& check = report["motion_series"];
  std::vector<std::string> wanted = {"stamp"};
  wanted.insert(wanted.end(), fields.begin(), fields.end());
  if (npy->fields != wanted || npy->shape.size() != 1) {
    check.disagree(1e9, [&] {
      std::string found;
      for (const std::string& f : npy->fields) found += f + " ";
      return Disagreement{file, "fields", found, "those of scenarios/labels.md"};
    });
    return;
  }
  const auto from =
      static_cast<std::int64_t>(std::llround(context.rebuilt.variant.record.from_s * 1e9));
  const std::int64_t first = (std::max<std::int64_t>(from, 0) + period_ns - 1) / period_ns;
  const std::int64_t last = context.rebuilt.timeline.end_ns / period_ns;
  const auto n = static_cast<std::int64_t>(npy->shape[0]);
  check.compare(static_cast<double>(std::abs(n - (last - first + 1))), 0, [&] {
    return Disagreement{file, "samples", std::to_string(n), std::to_string(last - first + 1)};
  });
  for (std::int64_t k = 0; k < n; ++k) {
    const auto stamp =
        static_cast<std::int64_t>(npy->values[static_cast<std::size_t>(k) * wanted.size()]);
    check.compare(stamp == (first + k) * period_ns ? 0 : 1, 0, [&] {
      return Disagreement{file, "stamp of sample " + std::to_string(k), std::to_string(stamp),
                          std::to_string((first + k) * period_ns)};
    });
    stamps_.push_back(std::clamp<std::int64_t>(stamp, 0, context.rebuilt.timeline.end_ns));
    for (std::size_t f = 0; f < wanted.size(); ++f) {
      columns_[wanted[f]].push_back(npy->values[static_cast<std::size_t>(k) * wanted.size() + f]);
    }
  }
}

std::vector<std::string> xyz(const std::string& field) {
  return {field + "_x", field + "_y", field + "_z"};
}

std::vector<std::string> joined(std::initializer_list<std::vector<std::string>> lists) {
  std::vector<std::string> out;
  for (const auto& list : lists) out.insert(out.end(), list.begin(), list.end());
  return out;
}

namespace {

Vec3d ecef(double latitude, double longitude, double height) {
  constexpr double kA = 6378137.0, kB = 6356752.314245179;
  const double c = std::cos(latitude), s = std::sin(latitude);
  const double n = kA * kA / std::sqrt(kA * kA * c * c + kB * kB * s * s);
  return {(n + height) * c * std::cos(longitude), (n + height) * c * std::sin(longitude),
          (kB * kB / (kA * kA) * n + height) * s};
}

}  // namespace

Vec3d local_of(double latitude, double longitude, double height, double origin_latitude,
               double origin_longitude) {
  const Vec3d d = ecef(latitude, longitude, height) - ecef(origin_latitude, origin_longitude, 0);
  const double sp = std::sin(origin_latitude), cp = std::cos(origin_latitude);
  const double sl = std::sin(origin_longitude), cl = std::cos(origin_longitude);
  return {-sl * d.x + cl * d.y, -sp * cl * d.x - sp * sl * d.y + cp * d.z,
          cp * cl * d.x + cp * sl * d.y + sp * d.z};
}

}  // namespace oddroad::verify

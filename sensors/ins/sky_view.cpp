#include "sensors/ins/sky_view.h"

#include <cmath>
#include <numbers>

#include "engine/core/check.h"
#include "sensors/ins/noise.h"

namespace oddroad::ins {

using math::Vec3d;

namespace {

constexpr double kFar = 1e4;         // m: nothing of a scene is further
constexpr double kReflectorM = 150;  // a reflection from further away is too weak
constexpr double kPastLeafM = 0.02;
constexpr double kOffWallM = 0.05;
constexpr int kLeaves = 400;  // layers of foliage before a ray counts as blocked

struct Met {
  bool blocked = false;
  double at_m = 0;
};

class Looker {
 public:
  Looker(const world::SceneWindow& window, const scene::RayCaster& caster, std::int64_t stamp_ns,
         core::ClassId foliage)
      : window_(window), caster_(caster), stamp_ns_(stamp_ns), foliage_(foliage) {}

  // What each ray meets behind the foliage within `reach`.
  [[nodiscard]] std::vector<Met> look(const std::vector<Vec3d>& from,
                                      const std::vector<Vec3d>& along, double reach_m) const {
    std::vector<Met> out(from.size());
    std::vector<std::size_t> open(from.size());
    std::vector<double> start(from.size(), 0);
    for (std::size_t i = 0; i < open.size(); ++i) open[i] = i;
    for (int layer = 0; layer < kLeaves && !open.empty(); ++layer) {
      scene::RayBatch rays;
      rays.resize(open.size());
      for (std::size_t k = 0; k < open.size(); ++k) {
        const std::size_t i = open[k];
        rays.set(k, from[i] + along[i] * start[i], along[i], stamp_ns_,
                 static_cast<float>(reach_m - start[i]));
      }
      scene::RayHits hits;
      caster_.intersect(rays, scene::RayKind::kSensor, false, hits);
      std::vector<std::size_t> still;
      for (std::size_t k = 0; k < open.size(); ++k) {
        if (hits.drawable[k] == 0) continue;
        const std::size_t i = open[k];
        const double at = start[i] + static_cast<double>(hits.t[k]);
        out[i] = {true, at};
        if (window_.drawables[hits.drawable[k] - 1].class_id != foliage_) continue;
        if (layer + 1 < kLeaves) out[i].blocked = false;
        start[i] = at + kPastLeafM;
        if (start[i] < reach_m) still.push_back(i);
      }
      open = std::move(still);
    }
    return out;
  }

 private:
  const world::SceneWindow& window_;
  const scene::RayCaster& caster_;
  std::int64_t stamp_ns_;
  core::ClassId foliage_;
};

}  // namespace

std::vector<capture::Satellite> satellites_of(int count, double mask_rad, std::uint64_t key) {
  ODDROAD_CHECK(count <= 60);
  const Dice dice(key);
  const double lowest = std::sin(mask_rad);
  std::vector<capture::Satellite> out;
  for (int k = 0; k < count; ++k) {
    // Sines of elevations are spread evenly, azimuths by the golden angle, each with a share of
    // chance.
    const auto axis = static_cast<std::uint32_t>(k);
    const double height = (k + dice.uniform(Draw::kSky, axis, 0)) / count;
    const double sine = lowest + (1 - lowest) * height;
    const double azimuth =
        2 * std::numbers::pi * (0.6180339887498949 * k + 0.35 * dice.uniform(Draw::kSky, axis, 1));
    const double flat = std::sqrt(1 - sine * sine);
    out.push_back({{flat * std::cos(azimuth), flat * std::sin(azimuth), sine}});
  }
  return out;
}

SkyView sky_view(const std::vector<capture::Satellite>& satellites,
                 const world::SceneWindow& window, const scene::RayCaster& caster,
                 const Vec3d& antenna_m, std::int64_t stamp_ns, core::ClassId foliage) {
  const Looker looker(window, caster, stamp_ns, foliage);
  SkyView out;
  out.excess_m.assign(satellites.size(), 0);
  std::vector<Vec3d> from(satellites.size(), antenna_m), along;
  for (const auto& s : satellites) along.push_back(s.direction);
  const auto direct = looker.look(from, along, kFar);
  std::vector<std::size_t> hidden;
  std::vector<Vec3d> mirrored;
  for (std::size_t k = 0; k < satellites.size(); ++k) {
    if (!direct[k].blocked) {
      out.in_sight |= std::int64_t{1} << k;
      continue;
    }
    hidden.push_back(k);
    mirrored.push_back({-along[k].x, -along[k].y, along[k].z});
  }
  from.assign(hidden.size(), antenna_m);
  const auto walls = looker.look(from, mirrored, kReflectorM);
  std::vector<std::size_t> candidates;
  std::vector<Vec3d> points, onward;
  for (std::size_t j = 0; j < hidden.size(); ++j) {
    if (!walls[j].blocked || walls[j].at_m <= 2 * kOffWallM) continue;
    candidates.push_back(j);
    points.push_back(antenna_m + mirrored[j] * (walls[j].at_m - kOffWallM));
    onward.push_back(along[hidden[j]]);
  }
  const auto beyond = looker.look(points, onward, kFar);
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    if (beyond[c].blocked) continue;
    const std::size_t j = candidates[c], k = hidden[j];
    out.reflected |= std::int64_t{1} << k;
    out.excess_m[k] = walls[j].at_m * (1 - glm::dot(mirrored[j], along[k]));
  }
  return out;
}

std::optional<Solution> solve(const std::vector<Used>& used) {
  if (used.size() < 4) return std::nullopt;
  glm::dmat4 normal(0.0);
  glm::dvec4 right(0.0);
  for (const Used& u : used) {
    const glm::dvec4 row(-u.direction, 1);
    for (int c = 0; c < 4; ++c) normal[c] += row * (row[c] * u.weight);
    right += row * (u.excess_m * u.weight);
  }
  if (!(std::abs(glm::determinant(normal)) > 1e-6)) return std::nullopt;
  const glm::dmat4 cofactor = glm::inverse(normal);
  Solution out;
  out.error_m = Vec3d(cofactor * right);
  out.hdop = std::sqrt(cofactor[0][0] + cofactor[1][1]);
  out.vdop = std::sqrt(cofactor[2][2]);
  if (!(out.hdop < 20 && out.vdop < 30)) return std::nullopt;
  return out;
}

}  // namespace oddroad::ins

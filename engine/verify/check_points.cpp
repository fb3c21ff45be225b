#include "engine/verify/check_points.h"

#include <algorithm>
#include <cmath>

#include "engine/capture/tolerances.h"
#include "engine/core/parallel.h"
#include "engine/verify/text.h"

namespace oddroad::verify {

using math::Vec3d;

namespace {

enum Kind { kRays, kIds, kClasses, kRanges, kKinds };
constexpr const char* kNames[kKinds] = {"point_rays", "point_ids", "point_classes", "point_ranges"};

class PointChecker {
 public:
  PointChecker(const Sweep& sweep, const Points& points, const std::string& file)
      : sweep_(sweep), points_(points), file_(file) {}

  std::optional<Hit> check(std::size_t i, std::vector<Check>& checks) const {
    const auto shot = sweep_.shot(points_.ring[i], points_.time_ns[i]);
    if (!shot) {
      checks[kRays].disagree(1e9, [&] {
        return because(i,
                       "ring " + std::to_string(points_.ring[i]) + " at " +
                           std::to_string(points_.time_ns[i]) + " ns",
                       "an instant when that beam fires");
      });
      return std::nullopt;
    }
    check_ray(i, *shot, checks[kRays]);
    const Ray ray = sweep_.in_world(*shot, points_.time_ns[i]);
    std::optional<Hit> hit = sweep_.tracer().nearest(ray);
    check_surface(i, ray, hit, checks);
    return hit;
  }

 private:
  [[nodiscard]] Disagreement because(std::size_t i, std::string found, std::string expected) const {
    return {file_, "point " + std::to_string(i), std::move(found), std::move(expected)};
  }
  [[nodiscard]] std::string name_of(std::uint16_t id) const {
    const auto* info = sweep_.window().find(core::InstanceId(id));
    return std::to_string(id) + (info != nullptr ? " " + info->name : "");
  }

  // xyz lies on the beam's ray at the measured range.
  void check_ray(std::size_t i, const Shot& shot, Check& check) const {
    const Vec3d expected = shot.origin + shot.direction * points_.range_m[i];
    const double tolerance = capture::kBeamM + 2 * capture::kFloatShare * points_.range_m[i];
    check.compare(glm::length(points_.position_m[i] - expected), tolerance, [&] {
      return because(i, to_text(points_.position_m[i]), to_text(expected));
    });
  }

  void check_surface(std::size_t i, const Ray& ray, std::optional<Hit>& hit,
                     std::vector<Check>& checks) const {
    const bool fits =
        hit && drawable(*hit).instance.value == points_.instance[i] && range_fits(i, hit->t);
    if (fits) {
      checks[kIds].agree();
      checks[kRanges].agree();
    } else if (const auto other = near(i, ray)) {
      hit = other;
      checks[kIds].agree_on_edge();
      checks[kRanges].agree_on_edge();
    } else {
      book_surface(i, hit, checks);
    }
    const bool same_class = hit && drawable(*hit).class_id.value == points_.class_id[i];
    checks[kClasses].compare(same_class ? 0 : 1, 0, [&] {
      return because(i, "class " + std::to_string(points_.class_id[i]),
                     hit ? "class " + std::to_string(drawable(*hit).class_id.value) : "nothing");
    });
  }

  void book_surface(std::size_t i, const std::optional<Hit>& hit,
                    std::vector<Check>& checks) const {
    const bool same = hit && drawable(*hit).instance.value == points_.instance[i];
    checks[kIds].compare(same ? 0 : 1, 0, [&] {
      return because(i, name_of(points_.instance[i]),
                     hit ? name_of(drawable(*hit).instance.value) + " at " + to_text(hit->t) + " m"
                         : "nothing");
    });
    if (!hit) return;
    checks[kRanges].compare(
        range_fits(i, hit->t) ? 0 : std::abs(points_.range_m[i] - hit->t), 0, [&] {
          return because(i, to_text(points_.range_m[i]) + " m", to_text(hit->t) + " m");
        });
  }

  [[nodiscard]] const world::Drawable& drawable(const Hit& hit) const {
    return sweep_.window().drawables[hit.drawable];
  }

  [[nodiscard]] bool range_fits(std::size_t i, double true_range) const {
    const LidarRecord& l = sweep_.lidar();
    const double sigma = std::hypot(l.noise_m, capture::kRangeJitterM);
    const double most = capture::kNoiseSigmas * sigma + l.range_step_m;
    return std::abs(points_.range_m[i] - true_range) <= most;
  }

  // Another surface that a ray beside this one meets and that fits the point.
  [[nodiscard]] std::optional<Hit> near(std::size_t i, const Ray& ray) const {
    const Vec3d n = glm::normalize(ray.direction);
    const Vec3d side =
        glm::normalize(glm::cross(n, std::abs(n.z) < 0.9 ? Vec3d(0, 0, 1) : Vec3d(1, 0, 0)));
    const Vec3d up = glm::cross(n, side);
    // Close together: the seam between two houses is narrower than what rays are rounded by.
    constexpr int kRings = 10, kDirections = 16;
    const double reach = capture::kBeamEdgeM + capture::kBeamEdgeShare * points_.range_m[i];
    for (int k = 0; k < kRings * kDirections; ++k) {
      const double a = k * 2 * glm::pi<double>() / kDirections;
      const double r = reach * (1 + k / kDirections) / kRings;
      Ray beside = ray;
      beside.origin += r * (std::cos(a) * side + std::sin(a) * up);
      const auto hit = sweep_.tracer().nearest(beside);
      if (hit && drawable(*hit).instance.value == points_.instance[i] && range_fits(i, hit->t)) {
        return hit;
      }
    }
    return behind_seam(i, ray, reach);
  }

  // What a ray that leaks through a seam meets.
  [[nodiscard]] std::optional<Hit> behind_seam(std::size_t i, const Ray& ray, double reach) const {
    const auto first = sweep_.tracer().nearest(ray);
    if (!first || !sweep_.meets_edge(ray, *first, reach)) return std::nullopt;
    for (const Hit& hit : sweep_.tracer().all(ray, 2 * points_.range_m[i])) {
      if (drawable(hit).instance.value == points_.instance[i] && range_fits(i, hit.t)) return hit;
    }
    return std::nullopt;
  }

  const Sweep& sweep_;
  const Points& points_;
  const std::string& file_;
};

}  // namespace

PointHits check_points(const Sweep& sweep, const Points& points, const std::string& file,
                       Report& report) {
  constexpr std::size_t kChunk = 1024;
  const PointChecker checker(sweep, points, file);
  PointHits hits(points.size());
  const std::size_t chunks = (points.size() + kChunk - 1) / kChunk;
  std::vector<std::vector<Check>> parts(chunks);
  core::parallel_for(chunks, [&](std::size_t c) {
    for (const char* name : kNames) parts[c].emplace_back(name);
    for (std::size_t i = c * kChunk; i < std::min((c + 1) * kChunk, points.size()); ++i) {
      hits[i] = checker.check(i, parts[c]);
    }
  });
  for (int k = 0; k < kKinds; ++k) {
    for (const auto& part : parts) report[kNames[k]].merge(part[k]);
  }
  return hits;
}

}  // namespace oddroad::verify

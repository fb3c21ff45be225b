#include "engine/verify/check_points.h"

#include <algorithm>
#include <cmath>

#include "engine/capture/point_cloud.h"
#include "engine/capture/tolerances.h"
#include "engine/core/parallel.h"
#include "engine/verify/shot_light.h"
#include "engine/verify/text.h"

namespace oddroad::verify {

using math::Vec3d;

namespace {

using capture::PointCause;

enum Kind { kRays, kCauses, kIds, kClasses, kRanges, kKinds };
constexpr const char* kNames[kKinds] = {"point_rays", "point_causes", "point_ids", "point_classes",
                                        "point_ranges"};
constexpr std::int64_t kEnough = 20;
constexpr double kStrayRad = 1.6 * 3.14159265358979 / 180;

class PointChecker {
 public:
  PointChecker(const Sweep& sweep, const Points& points, const std::string& file)
      : sweep_(sweep), points_(points), file_(file), range_m_(points.range_m) {
    for (std::size_t i = 0; i < range_m_.size(); ++i) {
      const auto shot = sweep.shot(points.ring[i], points.column[i], points.time_ns[i]);
      if (shot) range_m_[i] -= shot->range_bias_m;
    }
  }

  std::optional<PointHit> check(std::size_t i, std::vector<Check>& checks) const {
    const auto shot = sweep_.shot(points_.ring[i], points_.column[i], points_.time_ns[i]);
    if (!shot) {
      checks[kRays].disagree(1e9, [&] {
        return because(i,
                       "ring " + std::to_string(points_.ring[i]) + ", column " +
                           std::to_string(points_.column[i]) + " at " +
                           std::to_string(points_.time_ns[i]) + " ns",
                       "an instant when that beam fires");
      });
      return std::nullopt;
    }
    check_ray(i, *shot, checks[kRays]);
    const double range = range_m_[i];
    const double reach = most(i, range);
    const LidarRecord& l = sweep_.lidar();
    const bool in_range = range >= l.range_min_m - reach && range <= l.range_max_m + reach;
    switch (static_cast<PointCause>(points_.cause[i])) {
      case PointCause::kTarget:
      case PointCause::kEgo:
        return check_target(i, *shot, checks);
      case PointCause::kMixed:
        return check_mixed(i, *shot, checks);
      case PointCause::kGhost:
        check_ghost(i, *shot, checks);
        break;
      case PointCause::kFalseAlarm:
        book_cause(i, in_range && nobody(i), "in range", checks);
        break;
      case PointCause::kBloom:
        book_cause(i, dazzled(i, *shot), "sheeting beside it", checks);
        break;
      case PointCause::kCrosstalk:
        book_cause(i, in_range, "in range", checks);
        break;
      default:
        check_weather(i, *shot, checks);
        break;
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] Disagreement because(std::size_t i, std::string found, std::string expected) const {
    return {file_, "point " + std::to_string(i), std::move(found), std::move(expected)};
  }
  [[nodiscard]] std::string name_of(std::uint16_t id) const {
    const auto* info = sweep_.window().find(core::InstanceId(id));
    return std::to_string(id) + (info != nullptr ? " " + info->name : "");
  }
  void book_cause(std::size_t i, bool right, const char* expected,
                  std::vector<Check>& checks) const {
    checks[kCauses].compare(right ? 0 : 1, 0, [&] {
      return because(
          i, "cause " + std::to_string(points_.cause[i]) + " at " + to_text(range_m_[i]) + " m",
          expected);
    });
  }
  [[nodiscard]] bool is_ego(std::size_t i) const {
    const auto* info = sweep_.window().find(core::InstanceId(points_.instance[i]));
    return info != nullptr && info->is_ego;
  }
  [[nodiscard]] bool nobody(std::size_t i) const {
    return points_.instance[i] == 0 && points_.class_id[i] == 0;
  }

  // xyz lies on the beam's axis at the measured range.
  void check_ray(std::size_t i, const Shot& shot, Check& check) const {
    const Vec3d expected = shot.origin + shot.direction * points_.range_m[i];
    const double tolerance =
        capture::kBeamM + 2 * capture::kFloatShare * std::abs(points_.range_m[i]);
    check.compare(glm::length(points_.position_m[i] - expected), tolerance, [&] {
      return because(i, to_text(points_.position_m[i]), to_text(expected));
    });
  }

  // The axis first: nearly all points are explained by what it meets.
  std::optional<PointHit> check_target(std::size_t i, const Shot& shot,
                                       std::vector<Check>& checks) const {
    const Ray axis = sweep_.in_world(shot, points_.time_ns[i]);
    const auto on_axis = reached(sweep_, axis);
    std::optional<Reached> found = best(i, on_axis);
    if (!found) {
      const auto rays = footprint(sweep_, shot, points_.time_ns[i]);
      for (std::size_t k = 1; k < rays.size() && !found; ++k) {
        found = best(i, reached(sweep_, rays[k]));
      }
    }
    const bool exact = found.has_value();
    // Where a chunk is wrong through and through nobody looks for excuses, which are slow.
    if (!exact && checks[kIds].disagreements() + checks[kRanges].disagreements() < kEnough) {
      found = beside(i, shot);
    }
    book_cause(i, is_ego(i) == (points_.cause[i] == static_cast<int>(PointCause::kEgo)),
               "cause 14 of the ego's own body, of nothing else", checks);
    if (exact) {
      checks[kIds].agree();
      checks[kRanges].agree();
    } else if (found) {
      checks[kIds].agree_on_edge();
      checks[kRanges].agree_on_edge();
    } else {
      book_surface(i, on_axis, checks);
      if (!on_axis.empty()) found = on_axis.front();
    }
    check_class(i, found, checks);
    if (!found) return std::nullopt;
    return PointHit{found->hit, found->ray};
  }

  void check_class(std::size_t i, const std::optional<Reached>& found,
                   std::vector<Check>& checks) const {
    const bool same = found && drawable(found->hit).class_id.value == points_.class_id[i];
    checks[kClasses].compare(same ? 0 : 1, 0, [&] {
      return because(
          i, "class " + std::to_string(points_.class_id[i]),
          found ? "class " + std::to_string(drawable(found->hit).class_id.value) : "nothing");
    });
  }

  void book_surface(std::size_t i, const std::vector<Reached>& met,
                    std::vector<Check>& checks) const {
    const bool any = !met.empty();
    const bool same = any && id_fits(i, met.front());
    checks[kIds].compare(same ? 0 : 1, 0, [&] {
      return because(i, name_of(points_.instance[i]) + " at " + to_text(range_m_[i]) + " m",
                     any ? name_of(drawable(met.front().hit).instance.value) + " at " +
                               to_text(met.front().range_m) + " m"
                         : "nothing");
    });
    if (!any) return;
    const double range = met.front().range_m;
    checks[kRanges].compare(range_fits(i, range) ? 0 : std::abs(range_m_[i] - range), 0, [&] {
      return because(i, to_text(range_m_[i]) + " m", to_text(range) + " m");
    });
  }

  // Somewhere in the footprint is the surface it belongs to, and it lies between what is there.
  std::optional<PointHit> check_mixed(std::size_t i, const Shot& shot,
                                      std::vector<Check>& checks) const {
    double nearest = INFINITY, farthest = -INFINITY, closest = INFINITY;
    std::optional<Reached> own;
    const auto look = [&](const Ray& ray) {
      for (const Reached& r : reached(sweep_, ray)) {
        nearest = std::min(nearest, r.range_m);
        farthest = std::max(farthest, r.range_m);
        if (!id_fits(i, r)) continue;
        if (points_.geometry && !true_range_fits(i, r)) continue;
        const double off =
            points_.geometry ? std::abs(points_.geometry->true_range_m[i] - r.range_m) : 0;
        if (own && off >= closest) continue;
        own = r;
        closest = off;
      }
    };
    const auto rays = footprint(sweep_, shot, points_.time_ns[i]);
    for (const Ray& ray : rays) look(ray);
    const auto between = [&] {
      const double slack = most(i, range_m_[i]);
      return own && range_m_[i] >= nearest - slack && range_m_[i] <= farthest + slack;
    };
    const bool exact = between();
    if (!exact) {
      for (const Ray& ray : rays) around(ray, range_m_[i], look);
    }
    book_cause(i, between(), "between surfaces of its footprint, one of them its own", checks);
    checks[kIds].agree();
    check_class(i, own, checks);
    if (!own) return std::nullopt;
    return PointHit{own->hit, own->ray};
  }

  void check_ghost(std::size_t i, const Shot& shot, std::vector<Check>& checks) const {
    const Ray axis = sweep_.in_world(shot, points_.time_ns[i]);
    std::optional<Reached> found = best(i, mirrored(sweep_, axis));
    if (!found) {
      around(axis, range_m_[i], [&](const Ray& ray) {
        if (!found) found = best(i, mirrored(sweep_, ray));
      });
    }
    book_cause(i, found.has_value(), "what its mirror shows", checks);
    if (found) check_class(i, found, checks);
  }

  void check_weather(std::size_t i, const Shot& shot, std::vector<Check>& checks) const {
    const world::Environment& e = sweep_.window().environment;
    bool there = false;
    switch (static_cast<PointCause>(points_.cause[i])) {
      case PointCause::kRain:
        there = e.rain_mm_per_h > 0;
        break;
      case PointCause::kSnow:
        there = e.snow_mm_per_h > 0;
        break;
      case PointCause::kFog:
        there = e.fog_visibility_m > 0;
        break;
      case PointCause::kDust:
        there = e.dust_visibility_m > 0;
        break;
      case PointCause::kSmoke:
        there = e.smoke_visibility_m > 0;
        break;
      case PointCause::kSpray:
        there = e.water_film_mm > 0;
        break;
      default:
        break;
    }
    const auto met = sweep_.tracer().nearest(sweep_.in_world(shot, points_.time_ns[i]));
    const double end = met ? met->t : sweep_.lidar().range_max_m;
    const bool before = range_m_[i] <= end + most(i, end);
    book_cause(i, there && before && nobody(i), "weather of this kind before any surface", checks);
  }

  // Another point of this sweep on the sheeting that dazzles.
  [[nodiscard]] bool dazzled(std::size_t i, const Shot& shot) const {
    for (std::size_t k = 0; k < points_.size(); ++k) {
      if (points_.instance[k] != points_.instance[i] || !points_.on_surface(k)) continue;
      if (std::abs(range_m_[k] - range_m_[i]) > 2 * most(i, range_m_[i])) {
        continue;
      }
      const auto other = sweep_.shot(points_.ring[k], points_.column[k], points_.time_ns[k]);
      if (other && glm::length(other->direction - shot.direction) < kStrayRad) return true;
    }
    return false;
  }

  [[nodiscard]] const world::Drawable& drawable(const Hit& hit) const {
    return sweep_.window().drawables[hit.drawable];
  }
  [[nodiscard]] bool id_fits(std::size_t i, const Reached& r) const {
    return drawable(r.hit).instance.value == points_.instance[i];
  }

  // Of the surfaces, the one that fits the point; with true ranges recorded, best.
  [[nodiscard]] std::optional<Reached> best(std::size_t i, const std::vector<Reached>& met) const {
    for (const Reached& r : met) {
      if (!id_fits(i, r) || !range_fits(i, r.range_m)) continue;
      if (!points_.geometry || true_range_fits(i, r)) return r;
    }
    return std::nullopt;
  }

  // How far a measured range may be off.
  [[nodiscard]] double most(std::size_t i, double range_m) const {
    const LidarRecord& l = sweep_.lidar();
    const double sigma = std::hypot(l.noise_m + l.noise_per_m * range_m, capture::kRangeJitterM);
    const double walk = points_.intensity[i] > capture::kBrightCode ? capture::kWalkM : 0;
    return capture::kNoiseSigmas * sigma + l.range_step_m + walk;
  }
  [[nodiscard]] bool range_fits(std::size_t i, double true_range) const {
    return std::abs(range_m_[i] - true_range) <= most(i, true_range);
  }
  // What a float32 ray is off sideways moves the point along a slanting surface.
  [[nodiscard]] bool true_range_fits(std::size_t i, const Reached& r) const {
    const auto c =
        world::triangle_at(sweep_.window(), drawable(r.hit), r.hit.triangle, r.ray.stamp_ns);
    const Vec3d n = glm::cross(c[1] - c[0], c[2] - c[0]);
    const double cosine = std::abs(glm::dot(n, r.ray.direction)) /
                          std::max(glm::length(n) * glm::length(r.ray.direction), 1e-300);
    const double sideways = capture::kBeamM + 2 * capture::kFloatShare * r.range_m;
    return std::abs(points_.geometry->true_range_m[i] - r.range_m) <=
           10 * sideways / std::max(cosine, 1e-3);
  }

  // Rays beside one, within what single precision moves it: the seam between two houses is
  // narrower.
  template <typename Look>
  void around(const Ray& ray, double range_m, const Look& look) const {
    const Vec3d n = glm::normalize(ray.direction);
    const Vec3d side =
        glm::normalize(glm::cross(n, std::abs(n.z) < 0.9 ? Vec3d(0, 0, 1) : Vec3d(1, 0, 0)));
    const Vec3d up = glm::cross(n, side);
    constexpr int kRings = 10, kDirections = 64;  // the tip of a leaf is a narrow target
    const double reach = capture::kBeamEdgeM + capture::kBeamEdgeShare * range_m;
    for (int k = 0; k < kRings * kDirections; ++k) {
      const double a = k * 2 * glm::pi<double>() / kDirections;
      const double r = reach * (1 + k / kDirections) / kRings;
      Ray other = ray;
      other.origin += r * (std::cos(a) * side + std::sin(a) * up);
      look(other);
    }
  }

  // Another surface that a ray beside those of the shot meets and that fits the point.
  [[nodiscard]] std::optional<Reached> beside(std::size_t i, const Shot& shot) const {
    std::optional<Reached> found;
    for (const Ray& ray : footprint(sweep_, shot, points_.time_ns[i])) {
      around(ray, range_m_[i], [&](const Ray& other) {
        if (found) return;
        const auto met = reached(sweep_, other);
        for (const Reached& r : met) {
          if (id_fits(i, r) && range_fits(i, r.range_m)) found = r;
        }
        if (!found && !met.empty()) found = folded(i, other, met.back());
      });
      if (!found) found = behind_seam(i, ray);
      if (found) return found;
    }
    return found;
  }

  // What lies in one plane with what a ray meets.
  [[nodiscard]] std::optional<Reached> folded(std::size_t i, const Ray& ray,
                                              const Reached& met) const {
    for (const Hit& hit : sweep_.tracer().all(ray, met.hit.t * (1 + capture::kFoldShare))) {
      const Reached r{hit, ray, hit.t};
      if (std::abs(hit.t - met.hit.t) > met.hit.t * capture::kFoldShare) continue;
      if (id_fits(i, r) && range_fits(i, r.range_m)) return r;
    }
    return std::nullopt;
  }

  // What a ray that leaks through a seam meets.
  [[nodiscard]] std::optional<Reached> behind_seam(std::size_t i, const Ray& ray) const {
    const double reach = capture::kBeamEdgeM + capture::kBeamEdgeShare * range_m_[i];
    const auto first = sweep_.tracer().nearest(ray);
    if (!first || !sweep_.meets_edge(ray, *first, reach)) return std::nullopt;
    for (const Hit& hit : sweep_.tracer().all(ray, 2 * range_m_[i])) {
      const Reached r{hit, ray, hit.t};
      if (id_fits(i, r) && range_fits(i, r.range_m)) return r;
    }
    return std::nullopt;
  }

  const Sweep& sweep_;
  const Points& points_;
  const std::string& file_;
  std::vector<double> range_m_;  // without the bias of each laser
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

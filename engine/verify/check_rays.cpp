#include "engine/verify/check_rays.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/capture/point_cloud.h"
#include "engine/capture/tolerances.h"
#include "engine/core/parallel.h"
#include "engine/verify/files.h"
#include "engine/verify/shot_light.h"
#include "engine/verify/text.h"

namespace oddroad::verify {

using capture::RayEnd;

namespace {

enum Field { kRing, kColumn, kTime, kEnd, kReturns, kRange, kFields };
constexpr const char* kNames[kFields] = {"ring", "column", "time", "end", "returns", "range"};
constexpr std::size_t kChunk = 1024;

class RayChecker {
 public:
  RayChecker(const Sweep& sweep, const Points& points, const Npy& rays, const std::string& file)
      : sweep_(sweep), rays_(rays), file_(file) {
    for (std::size_t i = 0; i < points.size(); ++i) {
      ++points_of_[{points.ring[i], points.column[i]}];
      if (points.cause[i] == static_cast<int>(capture::PointCause::kFalseAlarm)) {
        alarms_.insert({{points.ring[i], points.column[i]}, 1});
      }
    }
  }

  void check(std::size_t i, Check& check) const {
    const auto shot = sweep_.shot(whole(i, kRing), whole(i, kColumn), whole(i, kTime));
    if (!shot) return book(i, "a shot of the sweep", check);
    const std::pair<int, int> name{whole(i, kRing), whole(i, kColumn)};
    const auto found = points_of_.find(name);
    const int returns = found == points_of_.end() ? 0 : found->second;
    if (whole(i, kReturns) != returns) return book(i, std::to_string(returns) + " points", check);
    const auto end = static_cast<RayEnd>(whole(i, kEnd));
    const bool alarm = alarms_.count(name) > 0;
    if ((end == RayEnd::kReturned) != (returns > 0 && !alarm)) {
      return book(i, "an end that fits its points", check);
    }
    const Ray ray = sweep_.in_world(*shot, whole(i, kTime));
    if (sweep_.lidar().ego_body == "masked") {
      // It takes axes; what lies behind it was not looked for.
      const bool taken = end == RayEnd::kBlocked && value(i, kRange) == 0;
      const bool own = sweep_.ends_at_ego(ray);
      if (taken && own) return check.agree();
      const bool edge = own != taken && beside(i, ray, [&](const Ray& other) {
                          return sweep_.ends_at_ego(other) != own;
                        });
      if (taken && edge) return check.agree_on_edge();
      if (own && !edge) return book(i, "the ego's masked body", check);
    }
    const auto met = reached(sweep_, ray);
    if (fits(i, end, met)) return check.agree();
    if (fits_beside(i, end, ray)) return check.agree_on_edge();
    book(i, met.empty() ? "no surface" : "a surface at " + to_text(met.front().range_m) + " m",
         check);
  }

 private:
  [[nodiscard]] double value(std::size_t i, Field field) const {
    return rays_.values[i * kFields + static_cast<std::size_t>(field)];
  }
  [[nodiscard]] int whole(std::size_t i, Field field) const {
    return static_cast<int>(value(i, field));
  }

  [[nodiscard]] bool fits(std::size_t i, RayEnd end, const std::vector<Reached>& met) const {
    const double range = value(i, kRange);
    const double own = met.empty() ? 0 : met.front().range_m;
    if (std::abs(range - own) > slack(met)) return false;
    const LidarRecord& l = sweep_.lidar();
    const bool inside = own >= l.range_min_m && own <= l.range_max_m;
    // Of the other ends, parts of the footprint may meet what the axis misses.
    if (end == RayEnd::kNothing) return met.empty();
    return end != RayEnd::kOutOfRange || !inside;
  }

  // What a float32 ray is off sideways moves the place along a slanting surface.
  [[nodiscard]] double slack(const std::vector<Reached>& met) const {
    if (met.empty()) return 0;
    const Reached& r = met.front();
    const auto c = world::triangle_at(sweep_.window(), sweep_.window().drawables[r.hit.drawable],
                                      r.hit.triangle, r.ray.stamp_ns);
    const math::Vec3d n = glm::cross(c[1] - c[0], c[2] - c[0]);
    const double cosine = std::abs(glm::dot(n, r.ray.direction)) /
                          std::max(glm::length(n) * glm::length(r.ray.direction), 1e-300);
    return 10 * (capture::kBeamM + 2 * capture::kFloatShare * r.range_m) / std::max(cosine, 1e-3);
  }

  [[nodiscard]] bool fits_beside(std::size_t i, RayEnd end, const Ray& ray) const {
    const auto fits_there = [&](const Ray& other) {
      return fits(i, end, reached(sweep_, other));
    };
    return beside(i, ray, fits_there) || behind_seam(i, ray, reach(i));
  }

  [[nodiscard]] double reach(std::size_t i) const {
    return capture::kBeamEdgeM + capture::kBeamEdgeShare * std::max(value(i, kRange), 1.0);
  }
  // Whether something holds for a ray that single precision may have meant.
  template <typename Holds>
  [[nodiscard]] bool beside(std::size_t i, const Ray& ray, const Holds& holds) const {
    const math::Vec3d n = glm::normalize(ray.direction);
    const math::Vec3d side = glm::normalize(
        glm::cross(n, std::abs(n.z) < 0.9 ? math::Vec3d(0, 0, 1) : math::Vec3d(1, 0, 0)));
    const math::Vec3d up = glm::cross(n, side);
    constexpr int kRings = 10, kAround = 64;  // the tip of a leaf is a narrow target
    for (int k = 0; k < kRings * kAround; ++k) {
      const double a = 2 * glm::pi<double>() * k / kAround;
      const double away = reach(i) * (1 + k / kAround) / kRings;
      Ray other = ray;
      other.origin += away * (std::cos(a) * side + std::sin(a) * up);
      if (holds(other)) return true;
    }
    return false;
  }
  [[nodiscard]] bool behind_seam(std::size_t i, const Ray& ray, double reach) const {
    const auto first = sweep_.tracer().nearest(ray);
    if (!first || !sweep_.meets_edge(ray, *first, reach)) return false;
    const auto all = sweep_.tracer().all(ray, value(i, kRange) + 1);
    return std::any_of(all.begin(), all.end(), [&](const Hit& hit) {
      const std::vector<Reached> met{{hit, ray, hit.t}};
      return std::abs(hit.t - value(i, kRange)) <= slack(met);
    });
  }

  void book(std::size_t i, const std::string& expected, Check& check) const {
    check.disagree(value(i, kRange), [&] {
      return Disagreement{file_, "shot " + std::to_string(i),
                          "end " + std::to_string(whole(i, kEnd)) + ", " +
                              std::to_string(whole(i, kReturns)) + " points, surface at " +
                              to_text(value(i, kRange)) + " m",
                          expected};
    });
  }

  const Sweep& sweep_;
  const Npy& rays_;
  const std::string& file_;
  std::map<std::pair<int, int>, int> points_of_;
  std::map<std::pair<int, int>, int> alarms_;
};

}  // namespace

void check_rays(const Sweep& sweep, const Points& points, const std::filesystem::path& path,
                const std::string& file, Report& report) {
  const auto rays = read_npy(path);
  const bool right =
      rays && rays->shape.size() == 1 &&
      std::equal(rays->fields.begin(), rays->fields.end(), std::begin(kNames), std::end(kNames));
  report["files"].compare(right ? 0 : 1, 0, [&] {
    return Disagreement{file, "", rays ? "other fields" : core::to_string(rays.error()),
                        "an array of shots"};
  });
  if (!right) return;
  const LidarRecord& l = sweep.lidar();
  const std::size_t count = rays->shape[0];
  const RayChecker checker(sweep, points, *rays, file);
  const std::size_t chunks = (count + kChunk - 1) / kChunk;
  std::vector<Check> parts(chunks, Check("ray_ends"));
  core::parallel_for(chunks, [&](std::size_t c) {
    for (std::size_t i = c * kChunk; i < std::min((c + 1) * kChunk, count); ++i) {
      checker.check(i, parts[c]);
    }
  });
  for (const Check& part : parts) report["ray_ends"].merge(part);
  // Nobody is left out: beams fire in every column of their state.
  const std::size_t expected =
      l.beams.size() * static_cast<std::size_t>(l.columns / std::max(l.states, 1));
  report["ray_ends"].compare(std::abs(double(expected) - double(count)), 0, [&] {
    return Disagreement{file, "", std::to_string(count) + " shots", std::to_string(expected)};
  });
}

}  // namespace oddroad::verify

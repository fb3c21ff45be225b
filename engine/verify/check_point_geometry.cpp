#include "engine/verify/check_point_geometry.h"

#include <algorithm>
#include <cmath>

#include <tbb/parallel_for.h>

#include "engine/capture/tolerances.h"
#include "engine/verify/text.h"

namespace oddroad::verify {

using math::Vec3d;

namespace {

class GeometryChecker {
 public:
  GeometryChecker(const Sweep& sweep, const Points& points,
                  const std::vector<std::string>& materials, const std::string& file)
      : sweep_(sweep), points_(points), materials_(materials), file_(file) {}

  void check(std::size_t i, const Hit& hit, const Ray& ray, Check& check) const {
    const Expected centre = expected(i, hit, ray);
    if (fits(i, centre)) return check.agree();
    for (const Hit& other : beside(ray, hit)) {
      if (fits(i, expected(i, other, ray))) return check.agree_on_edge();
    }
    check.disagree(std::abs(points_.geometry->true_range_m[i] - centre.range_m), [&] {
      const PointGeometry& g = *points_.geometry;
      const auto text = [](double range, const Vec3d& n, double incidence, const Vec3d& v,
                           const std::string& material) {
        return to_text(range) + " m, normal " + to_text(n) + ", " + to_text(incidence) + " rad, " +
               to_text(v) + " m/s, " + material;
      };
      return Disagreement{
          file_, "point " + std::to_string(i),
          text(g.true_range_m[i], g.normal[i], g.incidence_rad[i], g.velocity_mps[i], material(i)),
          text(centre.range_m, centre.normal, centre.incidence_rad, centre.velocity_mps,
               centre.material)};
    });
  }

 private:
  struct Expected {
    double range_m = 0, slack_m = 0;
    Vec3d normal{0};
    double incidence_rad = 0;
    Vec3d velocity_mps{0};
    std::string material;
  };

  // Along `ray` if it met the plane of that triangle.
  [[nodiscard]] Expected expected(std::size_t i, const Hit& hit, const Ray& ray) const {
    const auto& drawable = sweep_.window().drawables[hit.drawable];
    const auto corner = world::triangle_at(sweep_.window(), drawable, hit.triangle, ray.stamp_ns);
    Vec3d n = glm::cross(corner[1] - corner[0], corner[2] - corner[0]);
    n /= glm::length(n);
    const Vec3d d = glm::normalize(ray.direction);
    if (glm::dot(n, d) > 0) n = -n;
    const double cosine = std::clamp(-glm::dot(n, d), 0.0, 1.0);
    Expected out;
    out.range_m = hit.t * glm::length(ray.direction);
    // A ray beside this one meets a slanted plane farther off.
    out.slack_m = 2 * capture::kFloatShare * out.range_m +
                  capture::kBeamEdgeM / std::max(cosine, 1e-3);
    out.normal = glm::normalize(
        glm::transpose(sweep_.T_world_lidar(points_.time_ns[i]).linear) * n);
    out.incidence_rad = std::acos(cosine);
    out.velocity_mps = velocity(hit, ray.stamp_ns);
    out.material = drawable.model->materials[drawable.mesh->material[hit.triangle]].name;
    return out;
  }

  [[nodiscard]] std::string material(std::size_t i) const {
    const int number = points_.geometry->material[i];
    const bool known = number >= 0 && number < static_cast<int>(materials_.size());
    return known ? materials_[number] : std::to_string(number);
  }

  [[nodiscard]] bool fits(std::size_t i, const Expected& e) const {
    const PointGeometry& g = *points_.geometry;
    return std::abs(g.true_range_m[i] - e.range_m) <= e.slack_m &&
           glm::length(g.normal[i] - e.normal) <= 10 * capture::kUnitVector &&
           std::abs(g.incidence_rad[i] - e.incidence_rad) <= capture::kIncidenceRad &&
           glm::length(g.velocity_mps[i] - e.velocity_mps) <= capture::kPointSpeedMps &&
           material(i) == e.material;
  }

  // What rays within kBeamEdgeM meet, folds included.
  [[nodiscard]] std::vector<Hit> beside(const Ray& ray, const Hit& own) const {
    const Vec3d n = glm::normalize(ray.direction);
    const Vec3d side =
        glm::normalize(glm::cross(n, std::abs(n.z) < 0.9 ? Vec3d(0, 0, 1) : Vec3d(1, 0, 0)));
    const Vec3d up = glm::cross(n, side);
    std::vector<Hit> out = sweep_.tracer().all(ray, own.t * (1 + capture::kFoldShare));
    // Close together: slivers of a few hundredths of a millimetre can be what a beam met.
    constexpr int kRings = 20, kDirections = 32;
    for (int k = 0; k < kRings * kDirections; ++k) {
      const double a = k * 2 * glm::pi<double>() / kDirections;
      const double r = capture::kBeamEdgeM * (1 + k / kDirections) / kRings;
      Ray moved = ray;
      moved.origin += r * (std::cos(a) * side + std::sin(a) * up);
      if (const auto hit = sweep_.tracer().nearest(moved)) out.push_back(*hit);
    }
    return out;
  }

  // Of the surface point: its way over the millisecond in which it was struck.
  [[nodiscard]] Vec3d velocity(const Hit& hit, std::int64_t stamp_ns) const {
    const auto& window = sweep_.window();
    const std::int64_t begin =
        std::min(stamp_ns / world::kMillisecondNs * world::kMillisecondNs,
                 window.end_ns - world::kMillisecondNs);
    Vec3d places[2];
    for (int k = 0; k < 2; ++k) {
      const auto c = world::triangle_at(window, window.drawables[hit.drawable], hit.triangle,
                                        begin + k * world::kMillisecondNs);
      places[k] = c[0] * hit.weights.x + c[1] * hit.weights.y + c[2] * hit.weights.z;
    }
    return (places[1] - places[0]) * 1e3;
  }

  const Sweep& sweep_;
  const Points& points_;
  const std::vector<std::string>& materials_;
  const std::string& file_;
};

}  // namespace

void check_point_geometry(const Sweep& sweep, const Points& points, const PointHits& hits,
                          const std::vector<std::string>& materials, const std::string& file,
                          Report& report) {
  constexpr std::size_t kChunk = 4096;
  const GeometryChecker checker(sweep, points, materials, file);
  const std::size_t chunks = (points.size() + kChunk - 1) / kChunk;
  std::vector<Check> parts(chunks, Check("point_geometry"));
  tbb::parallel_for(std::size_t{0}, chunks, [&](std::size_t c) {
    for (std::size_t i = c * kChunk; i < std::min((c + 1) * kChunk, points.size()); ++i) {
      const auto shot = sweep.shot(points.ring[i], points.time_ns[i]);
      if (!shot || !hits[i]) continue;
      checker.check(i, *hits[i], sweep.in_world(*shot, points.time_ns[i]), parts[c]);
    }
  });
  for (const Check& part : parts) report["point_geometry"].merge(part);
}

}  // namespace oddroad::verify

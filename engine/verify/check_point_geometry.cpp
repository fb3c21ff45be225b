#include "engine/verify/check_point_geometry.h"

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

// So far along a beam what is seen edge-on may lie from where it passes a beam beside it.
constexpr double kEdgeOnM = 0.5;
constexpr std::int64_t kEnough = 20;

struct Surface {
  double range_m = 0;
  Vec3d normal{0};  // LiDAR frame, sensor's side
  double incidence_rad = 0;
  double cosine = 0;
  Vec3d velocity_mps{0};
  std::string material;
};

class GeometryChecker {
 public:
  GeometryChecker(const ClipContext& context, const Sweep& sweep, const Points& points,
                  const std::string& file)
      : context_(context), sweep_(sweep), points_(points), g_(*points.geometry), file_(file) {}

  void check(std::size_t i, const PointHit& hit, Check& check) const {
    const Ray& ray = hit.ray;
    const Surface s = surface(hit, ray);
    if (fits(i, s)) return check.agree();
    // Where a chunk is wrong through and through nobody looks for excuses, which are slow.
    if (check.disagreements() > kEnough) return book(i, s, check);
    if (fits_in_footprint(i)) return check.agree();
    // A fold, or another triangle of the thing beside the beam.
    const auto shot = sweep_.shot(points_.ring[i], points_.column[i], points_.time_ns[i]);
    for (const Ray& part : footprint(sweep_, *shot, points_.time_ns[i])) {
      for (const Hit& other : near(part, g_.true_range_m[i])) {
        if (fits(i, surface(other, part))) return check.agree_on_edge();
      }
    }
    book(i, s, check);
  }

 private:
  // Of two parts of a thing that lie at one distance, the other one sent more light.
  [[nodiscard]] bool fits_in_footprint(std::size_t i) const {
    const auto shot = sweep_.shot(points_.ring[i], points_.column[i], points_.time_ns[i]);
    if (!shot) return false;
    for (const Ray& ray : footprint(sweep_, *shot, points_.time_ns[i])) {
      for (const Reached& r : reached(sweep_, ray)) {
        const world::Drawable& d = sweep_.window().drawables[r.hit.drawable];
        if (d.instance.value == points_.instance[i] && fits(i, surface(r.hit, ray))) return true;
      }
    }
    return false;
  }

  [[nodiscard]] Vec3d point_of(const Hit& hit, std::int64_t t) const {
    const world::Drawable& d = sweep_.window().drawables[hit.drawable];
    const auto c = world::triangle_at(sweep_.window(), d, hit.triangle, t);
    return hit.weights.x * c[0] + hit.weights.y * c[1] + hit.weights.z * c[2];
  }

  [[nodiscard]] Surface surface(const Hit& hit, const Ray& ray) const {
    const world::Drawable& d = sweep_.window().drawables[hit.drawable];
    const auto c = world::triangle_at(sweep_.window(), d, hit.triangle, ray.stamp_ns);
    Surface s;
    // The plane at the beam itself, where the hit is that of a ray beside it.
    const Vec3d face = glm::cross(c[1] - c[0], c[2] - c[0]);
    const double t = glm::dot(face, c[0] - ray.origin) / glm::dot(face, ray.direction);
    s.range_m = (std::abs(t - hit.t) < 0.1 ? t : hit.t) * glm::length(ray.direction);
    Vec3d n = glm::normalize(face);
    if (glm::dot(n, ray.direction) > 0) n = -n;
    s.cosine = std::min(1.0, -glm::dot(n, glm::normalize(ray.direction)));
    s.incidence_rad = std::acos(s.cosine);
    const math::Affine3d T = sweep_.T_world_lidar(ray.stamp_ns - sweep_.stamp_ns());
    s.normal = glm::normalize(glm::transpose(T.linear) * n);
    // Everything moves linearly within a millisecond.
    const std::int64_t ms = world::kMillisecondNs;
    const std::int64_t from = std::min(ray.stamp_ns / ms * ms, sweep_.window().end_ns - ms);
    s.velocity_mps = (point_of(hit, from + ms) - point_of(hit, from)) / (1e-9 * double(ms));
    s.material = d.model->materials[d.mesh->material[hit.triangle]].name;
    return s;
  }

  // Of each value: how far off, in tolerances.
  [[nodiscard]] std::array<double, 5> off(std::size_t i, const Surface& s) const {
    // What a float32 ray is off sideways moves the point along a slanting surface.
    const double sideways = capture::kBeamM + 2 * capture::kFloatShare * s.range_m;
    const double slant = sideways / std::max(s.cosine, 1e-3);
    const auto material = static_cast<std::size_t>(g_.material[i]);
    const bool named = material < context_.clip.materials.size() &&
                       context_.clip.materials[material] == s.material;
    return {std::abs(g_.true_range_m[i] - s.range_m) / slant,
            glm::length(g_.normal[i] - s.normal) / capture::kUnitVector,
            std::abs(g_.incidence_rad[i] - s.incidence_rad) / capture::kIncidenceRad,
            glm::length(g_.velocity_mps[i] - s.velocity_mps) /
                (capture::kPointSpeedMps + capture::kFloatShare * glm::length(s.velocity_mps)),
            named ? 0.0 : 1e9};
  }
  [[nodiscard]] bool fits(std::size_t i, const Surface& s) const {
    const auto values = off(i, s);
    return std::all_of(values.begin(), values.end(), [](double v) {
      return v <= 1;
    });
  }

  [[nodiscard]] std::vector<Hit> near(const Ray& ray, double range_m) const {
    std::vector<Hit> out;
    const Vec3d n = glm::normalize(ray.direction);
    const Vec3d side =
        glm::normalize(glm::cross(n, std::abs(n.z) < 0.9 ? Vec3d(0, 0, 1) : Vec3d(1, 0, 0)));
    const Vec3d up = glm::cross(n, side);
    const double reach = capture::kBeamEdgeM + capture::kBeamEdgeShare * range_m;
    for (int k = 0; k < 32; ++k) {
      Ray beside = ray;
      const double a = k * glm::pi<double>() / 4;
      const double r = reach * std::pow(0.1, k / 8);
      beside.origin += r * (std::cos(a) * side + std::sin(a) * up);
      const auto met = reached(sweep_, beside);
      if (met.empty()) continue;
      for (std::size_t behind = 1; behind < met.size(); ++behind) out.push_back(met[behind].hit);
      // Behind a pane, too: a surface seen edge-on lies far behind the place, and yet no farther
      // beside the beam.
      for (const Hit& other : sweep_.tracer().all(beside, met.back().hit.t + kEdgeOnM)) {
        const bool near = std::any_of(met.begin(), met.end(), [&](const Reached& first) {
          const double further = other.t - first.hit.t;
          return further <= first.hit.t * capture::kFoldShare ||
                 further * cosine(other, beside) <= reach;
        });
        if (near) out.push_back(other);
      }
    }
    return out;
  }

  [[nodiscard]] double cosine(const Hit& hit, const Ray& ray) const {
    const auto c = world::triangle_at(sweep_.window(), sweep_.window().drawables[hit.drawable],
                                      hit.triangle, ray.stamp_ns);
    const Vec3d face = glm::cross(c[1] - c[0], c[2] - c[0]);
    return std::abs(glm::dot(face, ray.direction)) /
           (glm::length(face) * glm::length(ray.direction));
  }

  void book(std::size_t i, const Surface& s, Check& check) const {
    const auto values = off(i, s);
    const auto worst = std::max_element(values.begin(), values.end()) - values.begin();
    check.disagree(std::min(values[worst], 1e9), [&] {
      const std::string found[] = {
          "true range " + to_text(g_.true_range_m[i]), "normal " + to_text(g_.normal[i]),
          "incidence " + to_text(g_.incidence_rad[i]), "velocity " + to_text(g_.velocity_mps[i]),
          "material " + std::to_string(g_.material[i])};
      const std::string expected[] = {to_text(s.range_m), to_text(s.normal),
                                      to_text(s.incidence_rad), to_text(s.velocity_mps),
                                      s.material};
      return Disagreement{file_, "point " + std::to_string(i), found[worst], expected[worst]};
    });
  }

 public:
  // Weather, ghosts and noise have nothing to tell of a surface.
  void check_empty(std::size_t i, Check& check) const {
    const bool empty = g_.normal[i] == Vec3d(0) && g_.velocity_mps[i] == Vec3d(0) &&
                       g_.incidence_rad[i] == 0 && g_.material[i] == capture::kNoMaterial;
    check.compare(empty ? 0 : 1e9, 0, [&] {
      return Disagreement{file_, "point " + std::to_string(i), "a surface", "none"};
    });
  }

 private:
  const ClipContext& context_;
  const Sweep& sweep_;
  const Points& points_;
  const PointGeometry& g_;
  const std::string& file_;
};

}  // namespace

void check_point_geometry(const ClipContext& context, const Sweep& sweep, const Points& points,
                          const PointHits& hits, const std::string& file, Report& report) {
  if (!points.geometry) return;
  constexpr std::size_t kChunk = 1024;
  const GeometryChecker checker(context, sweep, points, file);
  const std::size_t chunks = (points.size() + kChunk - 1) / kChunk;
  std::vector<Check> parts(chunks, Check("point_geometry"));
  core::parallel_for(chunks, [&](std::size_t c) {
    for (std::size_t i = c * kChunk; i < std::min((c + 1) * kChunk, points.size()); ++i) {
      if (!points.on_surface(i)) {
        checker.check_empty(i, parts[c]);
      } else if (hits[i]) {
        checker.check(i, *hits[i], parts[c]);
      }
    }
  });
  for (const Check& part : parts) report["point_geometry"].merge(part);
}

}  // namespace oddroad::verify

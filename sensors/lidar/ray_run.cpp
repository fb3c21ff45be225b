#include "sensors/lidar/ray_run.h"

#include <cmath>

namespace oddroad::lidar {
namespace {

constexpr std::uint32_t kNoPlace = 0xffffffffu;
// Rays ahead at which memory is asked for: first where the vertices are, then the vertices.
constexpr std::size_t kAhead = 16;
constexpr std::size_t kCornersAhead = 8;

double upright(const SurfaceHit& surface) {
  return std::abs(surface.normal.z);
}

}  // namespace

void RayRun::begin(std::size_t count) {
  rays_.resize(count);
  batch_.resize(count);
}

void RayRun::cast(const SweepView& view, scene::RayKind kind) {
  view.caster.intersect(batch_, kind, false, hits_);
}

void RayRun::fetch_ahead(const FacetSource& facets, std::size_t k) const {
  const auto unknown = [&](std::size_t i) {
    return i < rays_.size() && hits_.drawable[i] != 0 &&
           !cache_.has(hits_.drawable[i] - 1, hits_.triangle[i]);
  };
  if (unknown(k + kAhead)) {
    facets.fetch(hits_.drawable[k + kAhead] - 1, hits_.triangle[k + kAhead]);
  }
  if (unknown(k + kCornersAhead)) {
    facets.fetch_corners(hits_.drawable[k + kCornersAhead] - 1, hits_.triangle[k + kCornersAhead]);
  }
}

void RayRun::meet_surfaces(const SweepView& view, std::span<Met> out) {
  cache_.forget();
  materials_.resize(rays_.size());
  for (std::size_t k = 0; k < rays_.size(); ++k) {
    fetch_ahead(view.facets, k);
    const std::uint32_t drawable = hits_.drawable[k];
    if (drawable == 0) {
      out[k] = Met();
      continue;
    }
    const Ray& ray = rays_[k];
    const std::uint32_t triangle = hits_.triangle[k];
    Facet moving;
    const Facet* facet = &moving;
    if (view.facets.still(drawable - 1)) {
      facet = &cache_.get(view.facets, drawable - 1, triangle);
    } else {
      moving = view.facets.make(drawable - 1, triangle, ray.stamp_ns);
    }
    out[k].surface = lidar::meet(*facet, ray.origin, ray.direction, drawable, triangle, hits_.t[k]);
    materials_[k] = facet->material;
  }
}

void RayRun::meet(const SweepView& view, const Effects& effects, std::span<Met> out) {
  meet_surfaces(view, out);
  const bool wet = effects.ground && !view.cover.dry();
  if (wet) {
    fields_.clear();
    places_.assign(out.size(), kNoPlace);
    for (std::size_t k = 0; k < out.size(); ++k) {
      const SurfaceHit& s = out[k].surface;
      if (!s.hit() || !view.cover.varies(upright(s), *materials_[k])) continue;
      places_[k] = fields_.add(s.point.x, s.point.y);
    }
    fields_.make(view.cover.snowy());
  }
  for (std::size_t k = 0; k < out.size(); ++k) {
    const SurfaceHit& s = out[k].surface;
    if (!s.hit()) continue;
    Cover cover;
    if (wet) {
      const GroundFields::At at =
          places_[k] == kNoPlace ? GroundFields::At() : fields_.at(places_[k]);
      cover = view.cover.at(at, upright(s), *materials_[k]);
    }
    out[k].response = respond(*materials_[k], s.cos_incidence, cover);
  }
}

}  // namespace oddroad::lidar

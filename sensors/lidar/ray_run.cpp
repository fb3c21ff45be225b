#include "sensors/lidar/ray_run.h"

#include <cmath>

namespace oddroad::lidar {
namespace {

constexpr std::uint32_t kNoPlace = 0xffffffffu;
// Rays ahead at which memory is asked for: first where the vertices are, then the vertices.
constexpr std::size_t kAhead = 64;
constexpr std::size_t kCornersAhead = 32;

double upright(const SurfaceHit& surface) {
  return std::abs(surface.normal.z);
}

}  // namespace

void RayRun::begin(std::size_t count) {
  rays_.resize(count);
  batch_.resize(count);
  met_.resize(count);
  materials_.resize(count);
}

void RayRun::cast(const SweepView& view, scene::RayKind kind, bool coherent) {
  view.caster.intersect(batch_, kind, coherent, hits_);
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

void RayRun::meet_surfaces(const SweepView& view) {
  for (std::size_t k = 0; k < rays_.size(); ++k) {
    fetch_ahead(view.facets, k);
    const std::uint32_t drawable = hits_.drawable[k];
    if (drawable == 0) {
      met_[k] = Met();
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
    lidar::meet(*facet, ray.origin, ray.direction, drawable, triangle, hits_.t[k], met_[k].surface);
    materials_[k] = facet->material;
  }
}

std::span<const Met> RayRun::meet(const SweepView& view, const Effects& effects) {
  meet_surfaces(view);
  const bool wet = effects.ground && !view.cover.dry();
  if (wet) {
    fields_.clear();
    places_.assign(met_.size(), kNoPlace);
    for (std::size_t k = 0; k < met_.size(); ++k) {
      const SurfaceHit& s = met_[k].surface;
      if (!s.hit() || !view.cover.varies(upright(s), *materials_[k])) continue;
      places_[k] = fields_.add(s.point.x, s.point.y);
    }
    fields_.make(view.cover.snowy());
  }
  for (std::size_t k = 0; k < met_.size(); ++k) {
    const SurfaceHit& s = met_[k].surface;
    if (!s.hit()) continue;
    Cover cover;
    if (wet) {
      const GroundFields::At at =
          places_[k] == kNoPlace ? GroundFields::At() : fields_.at(places_[k]);
      cover = view.cover.at(at, upright(s), *materials_[k]);
    }
    met_[k].response = respond(*materials_[k], s.cos_incidence, cover);
  }
  return met_;
}

}  // namespace oddroad::lidar

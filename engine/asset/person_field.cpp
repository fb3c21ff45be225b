#include "engine/asset/person_field.h"

#include <algorithm>
#include <cmath>

namespace oddroad::asset {

namespace {

double lattice(std::int64_t x, std::int64_t y, std::int64_t z, std::uint32_t seed) {
  std::uint64_t h = static_cast<std::uint64_t>(x) * 0x9E3779B97F4A7C15ull ^
                    static_cast<std::uint64_t>(y) * 0xC2B2AE3D27D4EB4Full ^
                    static_cast<std::uint64_t>(z) * 0x165667B19E3779F9ull ^
                    (static_cast<std::uint64_t>(seed) << 32);
  h ^= h >> 29;
  h *= 0xBF58476D1CE4E5B9ull;
  h ^= h >> 32;
  return static_cast<double>(h & 0xFFFFFF) / 0x800000 - 1.0;
}

}  // namespace

double smooth_step(double a, double b, double x) {
  const double u = std::clamp((x - a) / (b - a), 0.0, 1.0);
  return u * u * (3 - 2 * u);
}

double bump_noise(const Vec3d& p, std::uint32_t seed) {
  const Vec3d base = glm::floor(p);
  const Vec3d f = p - base;
  const Vec3d u = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
  double value = 0;
  for (int corner = 0; corner < 8; ++corner) {
    const int i = corner & 1;
    const int j = corner >> 1 & 1;
    const int k = corner >> 2;
    const double w = (i ? u.x : 1 - u.x) * (j ? u.y : 1 - u.y) * (k ? u.z : 1 - u.z);
    value +=
        w * lattice(static_cast<std::int64_t>(base.x) + i, static_cast<std::int64_t>(base.y) + j,
                    static_cast<std::int64_t>(base.z) + k, seed);
  }
  return value;
}

double ellipsoid_distance(const Vec3d& p, const Vec3d& centre, const Vec3d& radii) {
  const Vec3d q = (p - centre) / radii;
  const double k0 = glm::length(q);
  const double k1 = glm::length(q / radii);
  return k1 > 1e-12 ? k0 * (k0 - 1) / k1 : -std::min({radii.x, radii.y, radii.z});
}

TubeShape::TubeShape(const Vec3d& origin, const Vec3d& axis, std::vector<Ring> rings,
                     double exponent)
    : origin_(origin), axis_(glm::normalize(axis)), rings_(std::move(rings)), exponent_(exponent) {
  const Vec3d x(1, 0, 0);
  u_ = glm::normalize(x - axis_ * glm::dot(x, axis_));
  v_ = glm::cross(axis_, u_);
}

TubeShape::Ring TubeShape::ring_at(double s) const {
  if (s <= rings_.front().s) return rings_.front();
  if (s >= rings_.back().s) return rings_.back();
  std::size_t i = 0;
  while (s > rings_[i + 1].s) ++i;
  const Ring& a = rings_[i];
  const Ring& b = rings_[i + 1];
  const Ring& before = rings_[i > 0 ? i - 1 : i];
  const Ring& after = rings_[std::min(i + 2, rings_.size() - 1)];
  const double u = (s - a.s) / (b.s - a.s);
  const auto curve = [&](double Ring::*v) {
    const double span = b.s - a.s;
    const double m0 = &before == &a ? b.*v - a.*v : (b.*v - before.*v) / (b.s - before.s) * span;
    const double m1 = &after == &b ? b.*v - a.*v : (after.*v - a.*v) / (after.s - a.s) * span;
    const double u2 = u * u;
    const double u3 = u2 * u;
    return (2 * u3 - 3 * u2 + 1) * a.*v + (u3 - 2 * u2 + u) * m0 + (3 * u2 - 2 * u3) * b.*v +
           (u3 - u2) * m1;
  };
  return {s, curve(&Ring::half_u), curve(&Ring::half_v), curve(&Ring::centre_u),
          curve(&Ring::centre_v)};
}

Vec3d TubeShape::point(double s, double angle, double inset) const {
  const Ring ring = ring_at(s);
  const double a = std::max(ring.half_u - inset, 1e-4);
  const double b = std::max(ring.half_v - inset, 1e-4);
  const double c = std::cos(angle);
  const double n = std::sin(angle);
  const double r = std::pow(
      std::pow(std::abs(c) / a, exponent_) + std::pow(std::abs(n) / b, exponent_), -1 / exponent_);
  return origin_ + axis_ * s + u_ * (ring.centre_u + r * c) + v_ * (ring.centre_v + r * n);
}

Vec3d TubeShape::outward(double s, double angle) const {
  const Vec3d along_ring = point(s, angle + .02) - point(s, angle - .02);
  const double span = rings_.back().s - rings_.front().s;
  const double lower = std::max(s - .01 * span, rings_.front().s);
  const double upper = std::min(s + .01 * span, rings_.back().s);
  const Vec3d along_axis = upper > lower ? point(upper, angle) - point(lower, angle) : axis_;
  const Vec3d n = glm::cross(along_ring, along_axis);
  const double length = glm::length(n);
  return length > 1e-12 ? n / length : u_;
}

double TubeShape::distance(const Vec3d& p) const {
  const Vec3d d = p - origin_;
  const double s = glm::dot(d, axis_);
  const Ring ring = ring_at(s);
  const double x = glm::dot(d, u_) - ring.centre_u;
  const double y = glm::dot(d, v_) - ring.centre_v;
  const double q = std::hypot(x, y);
  const double over = std::max({0.0, rings_.front().s - s, s - rings_.back().s});
  const double r = std::pow(std::pow(std::abs(x) / ring.half_u, exponent_) +
                                std::pow(std::abs(y) / ring.half_v, exponent_),
                            1 / exponent_);
  const double across = r > 1e-9 ? q * (1 - 1 / r) : -std::min(ring.half_u, ring.half_v);
  if (over <= 0) return across;
  return across > 0 ? std::hypot(across, over) : over;
}

Vec3d SoftShape::surface(std::size_t tube, double s, double angle, double inset) const {
  Vec3d p = tubes[tube].point(s, angle);
  const Vec3d n = tubes[tube].outward(s, angle);
  const double k = melt_m(p);
  double lift = 0;
  for (std::size_t other = 0; other < tubes.size(); ++other) {
    if (other == tube || k <= 0) continue;
    const double h = std::max(0.0, k - std::max(0.0, tubes[other].distance(p))) / k;
    lift = std::max(lift, h * h * k * 0.25);
  }
  for (const Blob& blob : blobs) {
    const double d = ellipsoid_distance(p, blob.centre, blob.radii);
    lift = std::max(lift, -smooth_min(0, d, blob_melt_m));
  }
  p += n * lift;
  p += n * fold_m(p);
  for (int i = 0; i < 3; ++i) p += n * clear_m(p);
  return p - n * inset;
}

TriangleMesh sleeve(const SoftShape& shape, std::size_t tube, const SleeveOptions& o) {
  std::vector<Ring> rings;
  const auto add = [&](double t, double back_m, double inset) {
    Ring ring;
    for (int j = 0; j < o.segments; ++j) {
      const double angle = 2 * 3.14159265358979323846 * j / o.segments;
      const double from = o.from(angle);
      const double to = o.to(angle);
      ring.push_back(Vec3f(shape.surface(tube, from + t * (to - from) + back_m, angle, inset)));
    }
    rings.push_back(std::move(ring));
  };
  const double deep = 5 * o.hem_m;
  if (o.hem_from) {
    add(0, deep, 1.5 * o.hem_m);
    add(0, .2 * o.hem_m, o.hem_m);
  }
  for (int i = 0; i < o.rings; ++i) add(static_cast<double>(i) / (o.rings - 1), 0, 0);
  if (o.hem_to) {
    add(1, -.2 * o.hem_m, o.hem_m);
    add(1, -deep, 1.5 * o.hem_m);
  }
  LoftOptions options;
  options.cap_begin = options.cap_end = false;
  options.crease_rad = 1.2f;
  if (o.stripe_material == o.material) return loft(rings, o.material, options);
  TriangleMesh out;
  for (std::size_t i = 0; i + 1 < rings.size(); ++i) {
    const std::array<Ring, 2> pair{rings[i], rings[i + 1]};
    out.append(loft(pair, i / 2 % 2 ? o.stripe_material : o.material, options));
  }
  math::smooth_normals(out, 1.2f);
  return out;
}

}  // namespace oddroad::asset

#include "engine/asset/person_field.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace oddroad::asset {

namespace {

// From the product of each coordinate with its own number.
double lattice(std::uint64_t x, std::uint64_t y, std::uint64_t z, std::uint32_t seed) {
  std::uint64_t h = x ^ y ^ z ^ (static_cast<std::uint64_t>(seed) << 32);
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
  const auto ends = [](double low, std::uint64_t factor) {
    const std::uint64_t first = static_cast<std::uint64_t>(static_cast<std::int64_t>(low)) * factor;
    return std::array{first, first + factor};
  };
  const auto x = ends(base.x, 0x9E3779B97F4A7C15ull);
  const auto y = ends(base.y, 0xC2B2AE3D27D4EB4Full);
  const auto z = ends(base.z, 0x165667B19E3779F9ull);
  double value = 0;
  for (int corner = 0; corner < 8; ++corner) {
    const int i = corner & 1;
    const int j = corner >> 1 & 1;
    const int k = corner >> 2;
    const double w = (i ? u.x : 1 - u.x) * (j ? u.y : 1 - u.y) * (k ? u.z : 1 - u.z);
    value += w * lattice(x[i], y[j], z[k], seed);
  }
  return value;
}

double ellipsoid_distance(const Vec3d& p, const Vec3d& centre, const Vec3d& radii) {
  const Vec3d q = (p - centre) / radii;
  const double k0 = glm::length(q);
  const double k1 = glm::length(q / radii);
  return k1 > 1e-12 ? k0 * (k0 - 1) / k1 : -std::min({radii.x, radii.y, radii.z});
}

TubeShape::Spoke::Spoke(double a)
    : at(std::cos(a), std::sin(a)),
      before(std::cos(a - .02), std::sin(a - .02)),
      after(std::cos(a + .02), std::sin(a + .02)) {}

TubeShape::TubeShape(const Vec3d& origin, const Vec3d& axis, std::vector<Ring> rings,
                     double exponent)
    : origin_(origin), axis_(glm::normalize(axis)), rings_(std::move(rings)), exponent_(exponent) {
  const Vec3d x(1, 0, 0);
  u_ = glm::normalize(x - axis_ * glm::dot(x, axis_));
  v_ = glm::cross(axis_, u_);
  for (std::size_t i = 0; i + 1 < rings_.size(); ++i) curves_.push_back(curve_from(i));
  reach_ = {reach(&Ring::half_u) + reach(&Ring::centre_u),
            reach(&Ring::half_v) + reach(&Ring::centre_v)};
}

TubeShape::Curve TubeShape::curve_from(std::size_t i) const {
  const Ring& a = rings_[i];
  const Ring& b = rings_[i + 1];
  const double span = b.s - a.s;
  Curve out;
  for (double Ring::*v : {&Ring::half_u, &Ring::half_v, &Ring::centre_u, &Ring::centre_v}) {
    const double straight = b.*v - a.*v;
    out.begin.*v = out.end.*v = straight;
    if (i > 0) {
      const Ring& before = rings_[i - 1];
      out.begin.*v = (b.*v - before.*v) / (b.s - before.s) * span;
    }
    if (i + 2 < rings_.size()) {
      const Ring& after = rings_[i + 2];
      out.end.*v = (after.*v - a.*v) / (after.s - a.s) * span;
    }
  }
  return out;
}

// No curve between rings leaves its control points.
double TubeShape::reach(double Ring::*v) const {
  double out = std::abs(rings_.back().*v);
  for (std::size_t i = 0; i < curves_.size(); ++i) {
    out = std::max({out, std::abs(rings_[i].*v), std::abs(rings_[i].*v + curves_[i].begin.*v / 3),
                    std::abs(rings_[i + 1].*v - curves_[i].end.*v / 3)});
  }
  return out;
}

TubeShape::Ring TubeShape::ring_at(double s) const {
  if (s <= rings_.front().s) return rings_.front();
  if (s >= rings_.back().s) return rings_.back();
  std::size_t i = 0;
  while (s > rings_[i + 1].s) ++i;
  const Ring& a = rings_[i];
  const Ring& b = rings_[i + 1];
  const double u = (s - a.s) / (b.s - a.s);
  const double u2 = u * u;
  const double u3 = u2 * u;
  const auto& [begin, end] = curves_[i];
  const auto curve = [&](double Ring::*v) {
    return (2 * u3 - 3 * u2 + 1) * a.*v + (u3 - 2 * u2 + u) * begin.*v + (3 * u2 - 2 * u3) * b.*v +
           (u3 - u2) * end.*v;
  };
  return {s, curve(&Ring::half_u), curve(&Ring::half_v), curve(&Ring::centre_u),
          curve(&Ring::centre_v)};
}

Vec3d TubeShape::point(double s, const Spoke& spoke, double inset) const {
  return point_on(ring_at(s), s, spoke.at, inset);
}

double TubeShape::to_exponent(double x) const {
  return exponent_ == 2 ? x * x : std::pow(x, exponent_);
}

Vec3d TubeShape::point_on(const Ring& ring, double s, const math::Vec2d& way, double inset) const {
  const double a = std::max(ring.half_u - inset, 1e-4);
  const double b = std::max(ring.half_v - inset, 1e-4);
  const double r =
      std::pow(to_exponent(std::abs(way.x) / a) + to_exponent(std::abs(way.y) / b), -1 / exponent_);
  return origin_ + axis_ * s + u_ * (ring.centre_u + r * way.x) + v_ * (ring.centre_v + r * way.y);
}

Vec3d TubeShape::outward(double s, const Spoke& spoke) const {
  const Ring ring = ring_at(s);
  const Vec3d along_ring = point_on(ring, s, spoke.after, 0) - point_on(ring, s, spoke.before, 0);
  const double span = rings_.back().s - rings_.front().s;
  const double lower = std::max(s - .01 * span, rings_.front().s);
  const double upper = std::min(s + .01 * span, rings_.back().s);
  const Vec3d along_axis = upper > lower ? point(upper, spoke) - point(lower, spoke) : axis_;
  const Vec3d n = glm::cross(along_ring, along_axis);
  const double length = glm::length(n);
  return length > 1e-12 ? n / length : u_;
}

double TubeShape::distance(const Vec3d& p, double enough) const {
  const Vec3d d = p - origin_;
  const double s = glm::dot(d, axis_);
  const double u = glm::dot(d, u_);
  const double v = glm::dot(d, v_);
  const double over = std::max({0.0, rings_.front().s - s, s - rings_.back().s});
  // Beside the box around it, or beyond an end of it.
  const double least = std::max({over, std::abs(u) - reach_.x, std::abs(v) - reach_.y});
  if (least > enough + 1e-9) return least;
  const Ring ring = ring_at(s);
  const double x = u - ring.centre_u;
  const double y = v - ring.centre_v;
  const double q = std::hypot(x, y);
  const double r =
      std::pow(to_exponent(std::abs(x) / ring.half_u) + to_exponent(std::abs(y) / ring.half_v),
               1 / exponent_);
  const double across = r > 1e-9 ? q * (1 - 1 / r) : -std::min(ring.half_u, ring.half_v);
  if (over <= 0) return across;
  return across > 0 ? std::hypot(across, over) : over;
}

bool Blob::is_beyond(const Vec3d& p, double limit) const {
  const Vec3d q = (p - centre) / radii;
  const double k0 = limit / std::min({radii.x, radii.y, radii.z}) + 1;
  return glm::dot(q, q) > k0 * k0 * (1 + 1e-9);
}

// How far what it melts into lifts the surface at p.
double SoftShape::melt_lift(std::size_t tube, const Vec3d& p) const {
  const double k = melt_m(p);
  double lift = 0;
  for (std::size_t other = 0; other < tubes.size(); ++other) {
    if (other == tube || k <= 0) continue;
    const double h = std::max(0.0, k - std::max(0.0, tubes[other].distance(p, k))) / k;
    lift = std::max(lift, h * h * k * 0.25);
  }
  for (const Blob& blob : blobs) {
    if (blob.is_beyond(p, blob_melt_m)) continue;
    const double d = ellipsoid_distance(p, blob.centre, blob.radii);
    lift = std::max(lift, -smooth_min(0, d, blob_melt_m));
  }
  return lift;
}

Vec3d SoftShape::surface(std::size_t tube, double s, const TubeShape::Spoke& spoke,
                         double inset) const {
  Vec3d p = tubes[tube].point(s, spoke);
  std::optional<Vec3d> n;  // much of a body is not lifted anywhere
  const auto lift = [&](double by) {
    if (by == 0) return false;
    if (!n) n = tubes[tube].outward(s, spoke);
    p += *n * by;
    return true;
  };
  lift(melt_lift(tube, p));
  lift(fold_m(p));
  for (int i = 0; i < 3 && lift(clear_m(p)); ++i) {
  }
  lift(-inset);
  return p;
}

TriangleMesh sleeve(const SoftShape& shape, std::size_t tube, const SleeveOptions& o) {
  struct Line {  // along the axis
    TubeShape::Spoke spoke;
    double from, to;
  };
  std::vector<Line> lines;
  for (int j = 0; j < o.segments; ++j) {
    const double angle = 2 * 3.14159265358979323846 * j / o.segments;
    lines.push_back({TubeShape::Spoke(angle), o.from(angle), o.to(angle)});
  }
  std::vector<Ring> rings;
  const auto add = [&](double t, double back_m, double inset) {
    Ring ring;
    for (const auto& [spoke, from, to] : lines) {
      ring.push_back(Vec3f(shape.surface(tube, from + t * (to - from) + back_m, spoke, inset)));
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

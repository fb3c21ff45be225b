#include "engine/verify/ray.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace oddroad::verify {

using math::Vec3d;

namespace {

// 1 / x, and a huge number of the right sign for 0: products with it stay numbers.
double inverse_of(double x) {
  constexpr double kHuge = 1e290;
  return std::abs(x) < 1 / kHuge ? std::copysign(kHuge, x) : 1 / x;
}

}  // namespace

PreparedRay::PreparedRay(const Vec3d& from, const Vec3d& along)
    : origin(from),
      direction(along),
      inverse(inverse_of(along.x), inverse_of(along.y), inverse_of(along.z)) {
  const Vec3d size = glm::abs(along);
  axis[2] = size.x > size.y ? (size.x > size.z ? 0 : 2) : (size.y > size.z ? 1 : 2);
  axis[0] = (axis[2] + 1) % 3;
  axis[1] = (axis[2] + 2) % 3;
  const double largest = along[axis[2]];
  shear = {along[axis[0]] / largest, along[axis[1]] / largest, 1 / largest};
}

double enter_box(const PreparedRay& ray, const math::Vec3f& lower, const math::Vec3f& upper,
                 double limit) {
  constexpr double kSlack = 1e-14;  // above the rounding of the six products below
  double enter = 0;
  double leave = limit;
  for (int k = 0; k < 3; ++k) {
    const double a = (static_cast<double>(lower[k]) - ray.origin[k]) * ray.inverse[k];
    const double b = (static_cast<double>(upper[k]) - ray.origin[k]) * ray.inverse[k];
    enter = std::max(enter, std::min(a, b));
    leave = std::min(leave, std::max(a, b));
  }
  return enter <= leave + kSlack * std::abs(leave) ? enter
                                                   : std::numeric_limits<double>::infinity();
}

std::optional<TriangleHit> hit_triangle(const PreparedRay& ray,
                                        const std::array<Vec3d, 3>& triangle) {
  const int* k = ray.axis;
  const Vec3d a = triangle[0] - ray.origin;
  const Vec3d b = triangle[1] - ray.origin;
  const Vec3d c = triangle[2] - ray.origin;
  const double ax = a[k[0]] - ray.shear.x * a[k[2]], ay = a[k[1]] - ray.shear.y * a[k[2]];
  const double bx = b[k[0]] - ray.shear.x * b[k[2]], by = b[k[1]] - ray.shear.y * b[k[2]];
  const double cx = c[k[0]] - ray.shear.x * c[k[2]], cy = c[k[1]] - ray.shear.y * c[k[2]];
  const double u = cx * by - cy * bx;
  const double v = ax * cy - ay * cx;
  const double w = bx * ay - by * ax;
  if ((u < 0 || v < 0 || w < 0) && (u > 0 || v > 0 || w > 0)) return std::nullopt;
  const double sum = u + v + w;
  if (sum == 0) return std::nullopt;  // edge-on
  const Vec3d weights = Vec3d(u, v, w) / sum;
  const double t = ray.shear.z * (weights.x * a[k[2]] + weights.y * b[k[2]] + weights.z * c[k[2]]);
  if (!(t > 0)) return std::nullopt;
  return TriangleHit{t, weights};
}

}  // namespace oddroad::verify

#include "engine/math/camera_model.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace oddroad::math {
namespace {

constexpr double kWidestRad = 95.0 / 180 * std::numbers::pi;
constexpr int kNewtonSteps = 50;

// Image radius over focal length at an angle, without the tangential part.
double brown_radius(const CameraModel& c, double r) {
  const double r2 = r * r;
  const double up = 1 + r2 * (c.radial[0] + r2 * (c.radial[1] + r2 * c.radial[2]));
  const double down = 1 + r2 * (c.radial[3] + r2 * (c.radial[4] + r2 * c.radial[5]));
  return down > 0 ? r * up / down : -1;
}

double kannala_radius(const CameraModel& c, double theta) {
  const double t2 = theta * theta;
  return theta *
         (1 + t2 * (c.radial[0] + t2 * (c.radial[1] + t2 * (c.radial[2] + t2 * c.radial[3]))));
}

double kannala_slope(const CameraModel& c, double theta) {
  const double t2 = theta * theta;
  return 1 + t2 * (3 * c.radial[0] +
                   t2 * (5 * c.radial[1] + t2 * (7 * c.radial[2] + t2 * 9 * c.radial[3])));
}

Vec2d brown_distort(const CameraModel& c, const Vec2d& p) {
  const double r2 = glm::dot(p, p);
  const double up = 1 + r2 * (c.radial[0] + r2 * (c.radial[1] + r2 * c.radial[2]));
  const double down = 1 + r2 * (c.radial[3] + r2 * (c.radial[4] + r2 * c.radial[5]));
  const double k = up / down;
  const auto [p1, p2] = c.tangential;
  return {p.x * k + 2 * p1 * p.x * p.y + p2 * (r2 + 2 * p.x * p.x),
          p.y * k + p1 * (r2 + 2 * p.y * p.y) + 2 * p2 * p.x * p.y};
}

// Jacobian of brown_distort, column-major.
glm::dmat2 brown_slope(const CameraModel& c, const Vec2d& p) {
  const double r2 = glm::dot(p, p);
  const double up = 1 + r2 * (c.radial[0] + r2 * (c.radial[1] + r2 * c.radial[2]));
  const double down = 1 + r2 * (c.radial[3] + r2 * (c.radial[4] + r2 * c.radial[5]));
  const double d_up = c.radial[0] + r2 * (2 * c.radial[1] + r2 * 3 * c.radial[2]);
  const double d_down = c.radial[3] + r2 * (2 * c.radial[4] + r2 * 3 * c.radial[5]);
  const double k = up / down;
  const double dk = (d_up * down - up * d_down) / (down * down);  // by r2
  const auto [p1, p2] = c.tangential;
  glm::dmat2 J;
  J[0][0] = k + 2 * p.x * p.x * dk + 2 * p1 * p.y + 6 * p2 * p.x;
  J[0][1] = 2 * p.x * p.y * dk + 2 * p1 * p.x + 2 * p2 * p.y;
  J[1][0] = 2 * p.x * p.y * dk + 2 * p1 * p.x + 2 * p2 * p.y;
  J[1][1] = k + 2 * p.y * p.y * dk + 6 * p1 * p.y + 2 * p2 * p.x;
  return J;
}

// The radius whose image is `target`, in [0, limit]; NaN if there is none.
template <typename Radius>
double solve_radius(const Radius& radius, double target, double limit) {
  if (!(radius(limit) >= target)) return std::numeric_limits<double>::quiet_NaN();
  double low = 0;
  double high = limit;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    (radius(middle) < target ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

Vec3d brown_direction(const CameraModel& c, const Vec2d& target) {
  const double limit = std::tan(c.max_angle_rad);
  const double distance = glm::length(target);
  if (distance == 0) return {0, 0, 1};
  // The tangential part moves the point by little: start from the radial solution.
  const double start = solve_radius(
      [&](double r) {
        return brown_radius(c, r);
      },
      std::min(distance, brown_radius(c, limit)), limit);
  Vec2d p = target * (start / distance);
  for (int i = 0; i < kNewtonSteps; ++i) {
    const Vec2d step = glm::inverse(brown_slope(c, p)) * (target - brown_distort(c, p));
    p += step;
    if (glm::dot(step, step) < 1e-30) break;
  }
  const Vec2d miss = brown_distort(c, p) - target;
  if (!(glm::dot(miss, miss) < 1e-24) || glm::length(p) > limit) return Vec3d(0);
  return {p.x, p.y, 1};
}

Vec3d kannala_direction(const CameraModel& c, const Vec2d& target) {
  const double distance = glm::length(target);
  if (distance == 0) return {0, 0, 1};
  double theta = solve_radius(
      [&](double t) {
        return kannala_radius(c, t);
      },
      distance, c.max_angle_rad);
  if (std::isnan(theta)) return Vec3d(0);
  // Bisection ends within 1e-18 of the root; one Newton step removes what rounding left.
  const double slope = kannala_slope(c, theta);
  if (slope > 0) theta -= (kannala_radius(c, theta) - distance) / slope;
  const Vec2d radial = target / distance * std::sin(theta);
  return {radial.x, radial.y, std::cos(theta)};
}

}  // namespace

Vec3d CameraModel::distorted_direction(double u, double v) const {
  const Vec2d target((u - cx_px) / fx_px, (v - cy_px) / fy_px);
  return lens == Lens::kBrownConrady ? brown_direction(*this, target)
                                     : kannala_direction(*this, target);
}

std::optional<Vec2d> CameraModel::distorted_project(const Vec3d& p) const {
  if (lens == Lens::kKannalaBrandt) {
    const double across = std::hypot(p.x, p.y);
    const double theta = std::atan2(across, p.z);
    if (theta > max_angle_rad || (across == 0 && p.z <= 0)) return std::nullopt;
    const double scale = across > 0 ? kannala_radius(*this, theta) / across : 0;
    return Vec2d(fx_px * p.x * scale + cx_px, fy_px * p.y * scale + cy_px);
  }
  if (!(p.z > 0)) return std::nullopt;
  Vec2d q(p.x / p.z, p.y / p.z);
  if (glm::length(q) > std::tan(max_angle_rad)) return std::nullopt;
  q = brown_distort(*this, q);
  return Vec2d(fx_px * q.x + cx_px, fy_px * q.y + cy_px);
}

double image_radius(const CameraModel& camera, double angle_rad) {
  switch (camera.lens) {
    case Lens::kBrownConrady:
      return brown_radius(camera, std::tan(angle_rad));
    case Lens::kKannalaBrandt:
      return kannala_radius(camera, angle_rad);
    case Lens::kPinhole:
      break;
  }
  return std::tan(angle_rad);
}

double angle_limit(const CameraModel& camera) {
  if (camera.lens == Lens::kPinhole) return std::numbers::pi / 2;
  const bool brown = camera.lens == Lens::kBrownConrady;
  const double widest = brown ? 88.0 / 180 * std::numbers::pi : kWidestRad;
  constexpr int kSteps = 20'000;
  double before = 0;
  for (int i = 1; i <= kSteps; ++i) {
    const double angle = widest * i / kSteps;
    const double now = image_radius(camera, angle);
    if (!(now > before)) return widest * (i - 1) / kSteps;
    before = now;
  }
  return widest;
}

std::vector<Vec3d> pixel_directions(const CameraModel& camera) {
  std::vector<Vec3d> out;
  out.reserve(static_cast<std::size_t>(camera.width_px) * camera.height_px);
  for (int y = 0; y < camera.height_px; ++y) {
    for (int x = 0; x < camera.width_px; ++x) out.push_back(camera.direction(x + 0.5, y + 0.5));
  }
  return out;
}

}  // namespace oddroad::math

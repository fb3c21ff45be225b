#include "engine/verify/lens.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace oddroad::verify {

using math::Vec2d;
using math::Vec3d;

namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kSolved =
    1e-13;  // of the normalised image plane: 1e-10 px at 1000 px focal length

double angle_to_axis(const Vec3d& p) {
  return std::atan2(std::hypot(p.x, p.y), p.z);
}

}  // namespace

Lens::Lens(const CameraRecord& c)
    : model_(c.model == "pinhole"         ? Model::kPinhole
             : c.model == "brown_conrady" ? Model::kBrownConrady
                                          : Model::kKannalaBrandt),
      fx_(c.fx_px),
      fy_(c.fy_px),
      cx_(c.cx_px),
      cy_(c.cy_px),
      limit_rad_(c.max_angle_rad > 0 && model_ != Model::kPinhole ? c.max_angle_rad : kPi / 2) {
  const auto at = [&](std::size_t i) {
    return i < c.distortion.size() ? c.distortion[i] : 0.0;
  };
  rim_ = std::numeric_limits<double>::infinity();
  if (model_ == Model::kPinhole) return;
  if (model_ == Model::kKannalaBrandt) {
    for (std::size_t i = 0; i < 4; ++i) k_[i] = at(i);
    rim_ = fisheye_radius(limit_rad_);
    return;
  }
  const std::size_t radial[] = {0, 1, 4, 5, 6, 7};  // k1 k2 p1 p2 k3 k4 k5 k6
  for (std::size_t i = 0; i < 6; ++i) k_[i] = at(radial[i]);
  p_[0] = at(2);
  p_[1] = at(3);
  find_rim();
}

// The rim's image is smooth: between 720 points of it, a thousandth more is enough.
void Lens::find_rim() {
  constexpr int kAround = 720, kSteps = 1000;
  const double r = std::tan(limit_rad_);
  rim_ = 0;
  for (int i = 0; i < kAround; ++i) {
    const double a = 2 * kPi * i / kAround;
    rim_ = std::max(rim_, glm::length(distort({r * std::cos(a), r * std::sin(a)})));
  }
  rim_ *= 1.001;
  const double tangential[] = {std::exchange(p_[0], 0), std::exchange(p_[1], 0)};
  for (int i = 0; i <= kSteps; ++i) radial_.push_back(distort({r * i / kSteps, 0}).x);
  p_[0] = tangential[0], p_[1] = tangential[1];
}

bool Lens::all_beyond_rim(double left, double top, double right, double bottom) const {
  const double u = std::clamp(cx_, left, right), v = std::clamp(cy_, top, bottom);
  return std::hypot((u - cx_) / fx_, (v - cy_) / fy_) > rim_;
}

// Where to look for the ray of an image radius first: on the radial curve.
double Lens::radial_start(double r) const {
  const auto it = std::lower_bound(radial_.begin(), radial_.end(), r);
  const auto steps = static_cast<double>(it - radial_.begin());
  return std::tan(limit_rad_) * std::min(steps / static_cast<double>(radial_.size() - 1), 1.0);
}

Vec2d Lens::distort(const Vec2d& p) const {
  const double r2 = p.x * p.x + p.y * p.y, r4 = r2 * r2, r6 = r4 * r2;
  const double radial =
      (1 + k_[0] * r2 + k_[1] * r4 + k_[2] * r6) / (1 + k_[3] * r2 + k_[4] * r4 + k_[5] * r6);
  const double a1 = 2 * p.x * p.y;
  return {p.x * radial + p_[0] * a1 + p_[1] * (r2 + 2 * p.x * p.x),
          p.y * radial + p_[0] * (r2 + 2 * p.y * p.y) + p_[1] * a1};
}

double Lens::fisheye_radius(double theta) const {
  const double t2 = theta * theta, t4 = t2 * t2;
  return theta * (1 + k_[0] * t2 + k_[1] * t4 + k_[2] * t4 * t2 + k_[3] * t4 * t4);
}

std::optional<Vec2d> Lens::project(const Vec3d& p) const {
  if (angle_to_axis(p) > limit_rad_) return std::nullopt;
  if (model_ == Model::kKannalaBrandt) {
    const double across = std::hypot(p.x, p.y);
    if (across == 0) return p.z > 0 ? std::optional(Vec2d(cx_, cy_)) : std::nullopt;
    const double r = fisheye_radius(std::atan2(across, p.z));
    return Vec2d(fx_ * r * (p.x / across) + cx_, fy_ * r * (p.y / across) + cy_);
  }
  if (!(p.z > 0)) return std::nullopt;
  Vec2d q(p.x / p.z, p.y / p.z);
  if (model_ == Model::kBrownConrady) q = distort(q);
  return Vec2d(fx_ * q.x + cx_, fy_ * q.y + cy_);
}

std::optional<Vec3d> Lens::direction(double u, double v) const {
  const Vec2d target((u - cx_) / fx_, (v - cy_) / fy_);
  if (model_ == Model::kPinhole) return glm::normalize(Vec3d(target, 1));
  return model_ == Model::kBrownConrady ? brown_direction(target) : fisheye_direction(target);
}

// Newton's method with slopes by central differences; it knows distort() and nothing else.
std::optional<Vec2d> Lens::solve(const Vec2d& target, Vec2d p) const {
  constexpr double h = 1e-6;
  for (int i = 0; i < 30; ++i) {
    const Vec2d miss = distort(p) - target;
    if (!(glm::dot(miss, miss) < 1e6)) return std::nullopt;
    if (glm::length(miss) < kSolved) return p;
    const Vec2d dx = (distort(p + Vec2d(h, 0)) - distort(p - Vec2d(h, 0))) / (2 * h);
    const Vec2d dy = (distort(p + Vec2d(0, h)) - distort(p - Vec2d(0, h))) / (2 * h);
    const double det = dx.x * dy.y - dy.x * dx.y;
    if (!(std::abs(det) > 1e-12)) return std::nullopt;
    p -= Vec2d(dy.y * miss.x - dy.x * miss.y, dx.x * miss.y - dx.y * miss.x) / det;
  }
  return glm::length(distort(p) - target) < 10 * kSolved ? std::optional(p) : std::nullopt;
}

// Within its limit the lens is one-to-one: any solution there is the one. Where Newton's method
// strays, the target is approached from the axis in small steps.
std::optional<Vec3d> Lens::brown_direction(const Vec2d& target) const {
  const auto shown = [&](const std::optional<Vec2d>& p) {
    return p && std::atan(glm::length(*p)) <= limit_rad_;
  };
  const double r = glm::length(target);
  if (r > rim_) return std::nullopt;
  std::optional<Vec2d> p = solve(target, r > 0 ? target * (radial_start(r) / r) : target);
  if (!shown(p)) {
    constexpr int kSteps = 64;
    p = Vec2d(0);
    for (int i = 1; i <= kSteps && shown(p); ++i) p = solve(target * (i / double(kSteps)), *p);
  }
  if (!shown(p)) return std::nullopt;
  return glm::normalize(Vec3d(*p, 1));
}

// Newton's method inside a bracket that shrinks: the image radius grows up to the limit.
std::optional<Vec3d> Lens::fisheye_direction(const Vec2d& target) const {
  const double r = glm::length(target);
  if (r == 0) return Vec3d(0, 0, 1);
  if (r > fisheye_radius(limit_rad_)) return std::nullopt;
  double low = 0, high = limit_rad_;
  double theta = std::min(r, limit_rad_);
  for (int i = 0; i < 100; ++i) {
    const double miss = fisheye_radius(theta) - r;
    (miss < 0 ? low : high) = theta;
    const double t2 = theta * theta, t4 = t2 * t2;
    const double slope =
        1 + 3 * k_[0] * t2 + 5 * k_[1] * t4 + 7 * k_[2] * t4 * t2 + 9 * k_[3] * t4 * t4;
    double next = theta - miss / slope;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    if (std::abs(next - theta) < 1e-16) break;
    theta = next;
  }
  const Vec2d across = target / r * std::sin(theta);
  return Vec3d(across, std::cos(theta));
}

double Lens::monotone_up_to_rad(double widest_rad) const {
  constexpr int kSteps = 10'000;
  double before = 0;
  for (int i = 1; i <= kSteps; ++i) {
    const double angle = widest_rad * i / kSteps;
    double now = std::tan(angle);
    if (model_ == Model::kKannalaBrandt) now = fisheye_radius(angle);
    if (model_ == Model::kBrownConrady) {
      const double r2 = now * now, r4 = r2 * r2, r6 = r4 * r2;
      const double down = 1 + k_[3] * r2 + k_[4] * r4 + k_[5] * r6;
      now = down > 0 ? now * (1 + k_[0] * r2 + k_[1] * r4 + k_[2] * r6) / down : -1;
    }
    if (!(now > before)) return widest_rad * (i - 1) / kSteps;
    before = now;
  }
  return widest_rad;
}

}  // namespace oddroad::verify

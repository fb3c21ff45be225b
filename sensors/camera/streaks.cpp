#include "sensors/camera/streaks.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace oddroad::camera {

using math::Vec2f;
using math::Vec3d;
using math::Vec3f;

namespace {

float luminance(const Vec3f& c) {
  return 0.2126f * c.x + 0.7152f * c.y + 0.0722f * c.z;
}

// Mean of rows [first, last), lights held to eight times the middle so that a lamp is no sky.
Vec3f mean_of_rows(const capture::Image<Vec3f>& image, int first, int last) {
  Vec3f mean(0);
  float limit = 1e30f;
  for (int pass = 0; pass < 2; ++pass) {
    Vec3d sum(0);
    std::size_t count = 0;
    for (int y = first; y < last; y += 3) {
      for (int x = 0; x < image.width_px; x += 3) {
        sum += Vec3d(glm::min(image.at(x, y), Vec3f(limit)));
        ++count;
      }
    }
    mean = Vec3f(sum / double(std::max<std::size_t>(count, 1)));
    limit = 8 * std::max(luminance(mean), 1e-6f);
  }
  return mean;
}

struct Streak {
  Vec2f from, to;
  float width_px = 1;
  float cover = 0;
};

std::optional<Streak> streak_of(const Particle& p, const scene::CameraView& view,
                                const Exposure& exposure) {
  const math::Affine3d T_camera_world = view.T_world_camera.inverse();
  const Vec3d half = (p.velocity_mps - exposure.camera_velocity_mps) * (0.5 * exposure.time_s);
  const Vec3d a = T_camera_world.point(p.place - half);
  const Vec3d b = T_camera_world.point(p.place + half);
  if (view.camera.lens == math::Lens::kPinhole && (a.z < 0.1 || b.z < 0.1)) return std::nullopt;
  const auto from = view.camera.project(a);
  const auto to = view.camera.project(b);
  if (!from || !to) return std::nullopt;
  const double focal = 0.5 * (view.camera.fx_px + view.camera.fy_px);
  const double size = focal * p.diameter_m / p.distance_m;
  const double blur = focal * exposure.aperture_m / p.distance_m;
  Streak out;
  out.from = Vec2f(*from);
  out.to = Vec2f(*to);
  out.width_px = static_cast<float>(std::max(std::hypot(size, blur), 1.0));
  const double length = glm::length(Vec2f(*to) - Vec2f(*from));
  out.cover = static_cast<float>(std::min(
      0.25 * std::numbers::pi * size * size / (out.width_px * (length + out.width_px)), 1.0));
  return out;
}

void draw(const Streak& s, const Vec3f& light, capture::Image<Vec3f>& image) {
  const float reach = 0.5f * s.width_px + 0.5f;
  const int x0 = std::max(static_cast<int>(std::floor(std::min(s.from.x, s.to.x) - reach)), 0);
  const int y0 = std::max(static_cast<int>(std::floor(std::min(s.from.y, s.to.y) - reach)), 0);
  const int x1 =
      std::min(static_cast<int>(std::ceil(std::max(s.from.x, s.to.x) + reach)), image.width_px - 1);
  const int y1 = std::min(static_cast<int>(std::ceil(std::max(s.from.y, s.to.y) + reach)),
                          image.height_px - 1);
  const Vec2f along = s.to - s.from;
  const float length2 = std::max(glm::dot(along, along), 1e-6f);
  for (int y = y0; y <= y1; ++y) {
    for (int x = x0; x <= x1; ++x) {
      const Vec2f at = Vec2f(x + 0.5f, y + 0.5f) - s.from;
      const float u = std::clamp(glm::dot(at, along) / length2, 0.0f, 1.0f);
      const float off = glm::length(at - along * u);
      const float share = s.cover * std::clamp(reach - off, 0.0f, 1.0f);
      if (share <= 0) continue;
      Vec3f& c = image.at(x, y);
      c = c * (1 - share) + light * share;
    }
  }
}

}  // namespace

Vec3f mean_radiance(const capture::Image<Vec3f>& radiance) {
  return mean_of_rows(radiance, 0, radiance.height_px);
}

Surroundings surroundings_of(const capture::Image<Vec3f>& radiance,
                             const scene::VisibilityRecord& record) {
  Surroundings out{mean_radiance(radiance), Vec3f(0)};
  Vec3d sum(0);
  std::size_t count = 0;
  for (std::size_t i = 0; i < record.drawable.size(); i += 7) {
    if (record.drawable[i] != 0) continue;
    sum += Vec3d(glm::min(radiance.pixels[i], 20.0f * out.around));
    ++count;
  }
  const bool enough = count * 7 > record.drawable.size() / 100;
  out.above = enough ? Vec3f(sum / double(count))
                     : mean_of_rows(radiance, 0, std::max(radiance.height_px / 2, 1));
  return out;
}

double mean_luminance(const capture::Image<Vec3f>& radiance) {
  return luminance(mean_radiance(radiance));
}

void draw_streaks(std::span<const Particle> particles, const scene::CameraView& view,
                  const Exposure& exposure, const Surroundings& light,
                  capture::Image<Vec3f>& radiance) {
  const Vec3f drop = 0.94f * 0.5f * (light.around + light.above);
  const Vec3f flake = 0.9f * (0.65f * light.above + 0.35f * light.around);
  for (const Particle& p : particles) {
    const auto streak = streak_of(p, view, exposure);
    if (streak) draw(*streak, p.snow ? flake : drop, radiance);
  }
}

}  // namespace oddroad::camera

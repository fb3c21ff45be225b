#include "sensors/camera/falling.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/parallel.h"
#include "engine/core/random.h"

namespace oddroad::camera {

using math::Vec3d;

namespace {

constexpr double kLeastCover = 0.004;  // of a pixel
constexpr double kNearestM = 0.35;
constexpr double kFarthestM = 25;
constexpr double kShellRatio = 1.35;
constexpr int kTilePx = 96;
constexpr int kMostPerCell = 4000;
// Flakes hold the more air the wider they are: 0.17 g/cm3 over the diameter in mm (Holroyd 1971),
// so that what melts to d mm is sqrt(d^3 / 0.17) mm wide.
double flake_width_mm(double melted_mm) {
  return std::max(std::sqrt(melted_mm * melted_mm * melted_mm / 0.17), melted_mm);
}
double melted_mm(double flake_mm) {
  return std::min(std::cbrt(0.17 * flake_mm * flake_mm), flake_mm);
}

double rain_slope(double rain) {
  return 4.1 * std::pow(rain, -0.21);
}
double snow_slope(double snow) {
  return 2.55 * std::pow(snow, -0.48);
}

// One kind of particle whose sizes fall off exponentially.
struct Kind {
  bool snow = false;
  double rate = 0;
  double slope_per_mm = 1;
  double least_mm = 0.3;

  [[nodiscard]] double per_m3(double above_mm) const {
    return snow ? snow_flakes_per_m3(rate, above_mm) : rain_drops_per_m3(rate, above_mm);
  }
};

struct Tile {
  int x0, y0, x1, y1;
  double solid_angle = 0;
  double focal_px = 1;  // pixels per radian
};

// The solid angle of a tile from the rays of its corners; 0 where the lens shows nothing.
Tile make_tile(const scene::CameraView& view, int x0, int y0) {
  Tile tile{x0, y0, std::min(x0 + kTilePx, view.camera.width_px),
            std::min(y0 + kTilePx, view.camera.height_px)};
  const Vec3d corners[4] = {
      view.direction_at(tile.x0, tile.y0), view.direction_at(tile.x1 - 1, tile.y0),
      view.direction_at(tile.x1 - 1, tile.y1 - 1), view.direction_at(tile.x0, tile.y1 - 1)};
  for (const Vec3d& c : corners) {
    if (!math::is_ray(c)) return tile;
  }
  const Vec3d a = glm::normalize(corners[0]);
  const Vec3d b = glm::normalize(corners[1]);
  const Vec3d c = glm::normalize(corners[2]);
  const Vec3d d = glm::normalize(corners[3]);
  tile.solid_angle =
      0.5 * (glm::length(glm::cross(b - a, c - a)) + glm::length(glm::cross(c - a, d - a)));
  const double pixels = double(tile.x1 - tile.x0) * (tile.y1 - tile.y0);
  tile.focal_px = std::sqrt(pixels / std::max(tile.solid_angle, 1e-12));
  return tile;
}

// The melted diameter from which on a particle at this distance covers enough of a pixel: a disc of
// s pixels that moves by l covers s^2 / (l + s) pi/4 of the pixels it passes where s < 1.
double least_diameter_mm(const Kind& kind, const Tile& tile, double distance_m, double speed_mps,
                         double time_s) {
  const double moved_px = speed_mps * time_s * tile.focal_px / distance_m;
  const double cover = kLeastCover / 0.785;
  const double size_px = 0.5 * (cover + std::sqrt(cover * cover + 4 * cover * moved_px));
  const double seen_mm = 1000 * size_px * distance_m / tile.focal_px;
  return std::max(kind.least_mm, kind.snow ? melted_mm(seen_mm) : seen_mm);
}

class Sower {
 public:
  Sower(const world::Environment& weather, const scene::CameraView& view, const Exposure& exposure,
        std::uint64_t key)
      : weather_(weather), view_(view), exposure_(exposure), key_(key) {}

  void sow(const Kind& kind, const Tile& tile, int index, std::vector<Particle>& out) const {
    if (tile.solid_angle <= 0) return;
    core::RandomStream stream(
        core::hash64(static_cast<std::uint64_t>(index), core::hash64(kind.snow ? 2 : 1, key_)),
        "camera/falling");
    for (double near = kNearestM; near < kFarthestM; near *= kShellRatio) {
      const double far = std::min(near * kShellRatio, kFarthestM);
      const double volume = tile.solid_angle * (far * far * far - near * near * near) / 3;
      const double relative = glm::length(velocity(kind, 2.0) - exposure_.camera_velocity_mps);
      const double least = least_diameter_mm(kind, tile, near, relative, exposure_.time_s);
      const double expected = kind.per_m3(least) * volume;
      // A whole number of the same mean.
      const int count = std::min(static_cast<int>(expected + stream.uniform()), kMostPerCell);
      for (int i = 0; i < count; ++i) out.push_back(draw(kind, tile, near, far, least, stream));
    }
  }

 private:
  [[nodiscard]] Vec3d velocity(const Kind& kind, double diameter_mm) const {
    const double fall =
        kind.snow ? snow_fall_speed_mps(weather_.temperature_c) : rain_fall_speed_mps(diameter_mm);
    return {weather_.wind_x_mps, weather_.wind_y_mps, -fall};
  }

  [[nodiscard]] Particle draw(const Kind& kind, const Tile& tile, double near, double far,
                              double least_mm, core::RandomStream& stream) const {
    Particle p;
    const double drop_mm = least_mm - std::log(stream.uniform()) / kind.slope_per_mm;
    const double u3 = stream.uniform();
    p.distance_m = std::cbrt(near * near * near * (1 - u3) + far * far * far * u3);
    p.u_px = static_cast<float>(tile.x0 + stream.uniform() * (tile.x1 - tile.x0));
    p.v_px = static_cast<float>(tile.y0 + stream.uniform() * (tile.y1 - tile.y0));
    const scene::ViewRay ray = view_.ray_at(static_cast<int>(p.u_px), static_cast<int>(p.v_px));
    const double length = glm::length(ray.direction);
    p.place = ray.origin + ray.direction * (length > 0 ? p.distance_m / length : 0);
    p.velocity_mps = velocity(kind, drop_mm);
    // Gusts and flutter.
    const double flutter = kind.snow ? 0.35 : 0.25;
    p.velocity_mps +=
        flutter * Vec3d(stream.normal(), stream.normal(), kind.snow ? 0.3 * stream.normal() : 0.0);
    p.diameter_m = 1e-3 * (kind.snow ? flake_width_mm(drop_mm) : drop_mm);
    p.snow = kind.snow;
    return p;
  }

  const world::Environment& weather_;
  const scene::CameraView& view_;
  const Exposure& exposure_;
  std::uint64_t key_;
};

}  // namespace

double rain_drops_per_m3(double rain, double above_mm) {
  if (rain <= 0) return 0;
  return 8000 / rain_slope(rain) * std::exp(-rain_slope(rain) * above_mm);
}

double snow_flakes_per_m3(double snow, double above_mm) {
  if (snow <= 0) return 0;
  return 3800 * std::pow(snow, -0.87) / snow_slope(snow) * std::exp(-snow_slope(snow) * above_mm);
}

double rain_fall_speed_mps(double diameter_mm) {
  return std::max(9.65 - 10.3 * std::exp(-0.6 * diameter_mm), 0.3);
}

double snow_fall_speed_mps(double temperature_c) {
  return temperature_c > -1 ? 1.5 : 1.0;
}

std::vector<Particle> falling_particles(const world::Environment& weather,
                                        const scene::CameraView& view, const Exposure& exposure,
                                        std::uint64_t key) {
  std::vector<Kind> kinds;
  if (weather.rain_mm_per_h > 0) {
    kinds.push_back({false, weather.rain_mm_per_h, rain_slope(weather.rain_mm_per_h), 0.3});
  }
  if (weather.snow_mm_per_h > 0) {
    kinds.push_back({true, weather.snow_mm_per_h, snow_slope(weather.snow_mm_per_h), 0.3});
  }
  std::vector<Tile> tiles;
  for (int y = 0; y < view.camera.height_px && !kinds.empty(); y += kTilePx) {
    for (int x = 0; x < view.camera.width_px; x += kTilePx) tiles.push_back(make_tile(view, x, y));
  }
  std::vector<std::vector<Particle>> sown(tiles.size());
  const Sower sower(weather, view, exposure, key);
  core::parallel_for(tiles.size(), [&](std::size_t t) {
    for (const Kind& kind : kinds) sower.sow(kind, tiles[t], static_cast<int>(t), sown[t]);
  });
  std::vector<Particle> out;
  for (const auto& part : sown) out.insert(out.end(), part.begin(), part.end());
  // What is far is drawn first.
  std::stable_sort(out.begin(), out.end(), [](const Particle& a, const Particle& b) {
    return a.distance_m > b.distance_m;
  });
  return out;
}

}  // namespace oddroad::camera

#include "engine/verify/alone_mask.h"

#include <algorithm>
#include <cmath>

#include "engine/capture/tolerances.h"
#include "engine/core/parallel.h"

namespace oddroad::verify {

using math::Vec3d;

namespace {

// The camera moves and turns within the rows of a tile.
constexpr double kTileDrift_m = 0.05;
constexpr double kTileTurn_rad = 0.01;

// Around the rays through nine places of a tile. Lenses are smooth: the farthest ray of a tile goes
// through its rim, within a fraction of the distance between two of the nine.
TileCones::Tile make_tile(const View& view, int x, int y) {
  constexpr int kTile = TileCones::kTile;
  TileCones::Tile tile{x, y};
  const auto middle = view.ray(x + 0.5 * kTile, y + 0.5 * kTile, y + kTile / 2);
  tile.open = !middle;
  if (!middle) return tile;
  tile.apex = middle->world.origin;
  tile.axis = glm::normalize(middle->world.direction);
  for (int k = 0; k < 9; ++k) {
    const auto rim = view.ray(x + 0.5 * kTile * (k % 3), y + 0.5 * kTile * (k / 3), y + kTile / 2);
    tile.open |= !rim;
    if (!rim) return tile;
    const double cosine = glm::dot(glm::normalize(rim->world.direction), tile.axis);
    tile.half_angle_rad = std::max(tile.half_angle_rad, std::acos(std::min(cosine, 1.0)));
  }
  tile.half_angle_rad = 1.2 * tile.half_angle_rad + kTileTurn_rad;
  return tile;
}

struct Ball {
  Vec3d centre{0};
  double radius = 0;
};

Ball ball_around(const Tracer& tracer, std::span<const std::uint32_t> drawables) {
  FloatBox box;
  for (const std::uint32_t d : drawables) box.include(tracer.bounds(d));
  const Vec3d lower(box.lower), upper(box.upper);
  return {0.5 * (lower + upper), 0.5 * glm::length(upper - lower)};
}

}  // namespace

TileCones::TileCones(const View& view) {
  const int w = view.camera().width_px, h = view.camera().height_px;
  for (int y = -h; y < 2 * h; y += kTile) {
    for (int x = -w; x < 2 * w; x += kTile) {
      if (!view.lens().all_beyond_rim(x, y, x + kTile, y + kTile)) tiles_.push_back({x, y});
    }
  }
  core::parallel_for(tiles_.size(), [&](std::size_t i) {
    tiles_[i] = make_tile(view, tiles_[i].x, tiles_[i].y);
  });
}

std::vector<const TileCones::Tile*> TileCones::touching(const Vec3d& centre, double radius) const {
  std::vector<const Tile*> out;
  for (const Tile& tile : tiles_) {
    const Vec3d to = centre - tile.apex;
    const double distance = glm::length(to), reach = radius + kTileDrift_m;
    bool touches = tile.open || distance <= reach;
    if (!touches) {
      const double angle = std::acos(std::clamp(glm::dot(to, tile.axis) / distance, -1.0, 1.0));
      touches = angle <= tile.half_angle_rad + std::asin(reach / distance);
    }
    if (touches) out.push_back(&tile);
  }
  return out;
}

AloneMask alone_mask(const CameraScene& scene, const TileCones& cones,
                     std::span<const std::uint32_t> drawables) {
  const int w = scene.view().camera().width_px, h = scene.view().camera().height_px;
  AloneMask out;
  out.mask = capture::Image<std::uint8_t>(w, h);
  const Ball ball = ball_around(scene.tracer(), drawables);
  const auto tiles = cones.touching(ball.centre, ball.radius);
  std::vector<Covered> inside(tiles.size()), everywhere(tiles.size());
  core::parallel_for(tiles.size(), [&](std::size_t i) {
    for (int k = 0; k < TileCones::kTile * TileCones::kTile; ++k) {
      const int x = tiles[i]->x + k % TileCones::kTile, y = tiles[i]->y + k / TileCones::kTile;
      if (x >= 2 * w || y >= 2 * h) continue;
      const auto ray = scene.view().ray(x, y);
      if (!ray || !scene.tracer().nearest_of(ray->world, drawables)) continue;
      everywhere[i].add(x, y);
      if (x < 0 || y < 0 || x >= w || y >= h) continue;
      inside[i].add(x, y);
      out.mask.at(x, y) = 1;
    }
  });
  for (const Covered& part : inside) out.in_frame.add(part);
  for (const Covered& part : everywhere) out.everywhere.add(part);
  return out;
}

AloneRange alone_range(const CameraScene& scene, const AloneMask& mask,
                       std::span<const std::uint32_t> drawables) {
  const int w = scene.view().camera().width_px, h = scene.view().camera().height_px;
  const PixelBounds b = mask.everywhere.bounds.grown(-w, -h, 2 * w, 2 * h);
  AloneRange out;
  for (int y = b.top; y < b.bottom; ++y) {
    for (int x = b.left; x < b.right; ++x) {
      bool any = false, all = true;
      const auto look = [&](double du, double dv) {
        const auto ray = scene.view().ray(x + 0.5 + du, y + 0.5 + dv, y);
        const bool met = ray && scene.tracer().nearest_of(ray->world, drawables);
        any |= met, all &= met;
        return all || !any;
      };
      if (look(0, 0)) around_centre(capture::kEdgePx, look);
      const bool in_frame = x >= 0 && y >= 0 && x < w && y < h;
      if (all) out.everywhere.certain.add(x, y);
      if (any) out.everywhere.possible.add(x, y);
      if (all && in_frame) out.in_frame.certain.add(x, y);
      if (any && in_frame) out.in_frame.possible.add(x, y);
    }
  }
  return out;
}

}  // namespace oddroad::verify

#include "engine/exchange/map_mask.h"

#include <algorithm>
#include <cmath>

namespace oddroad::exchange {
namespace {

using math::Vec2d;

constexpr double kStepM = 0.5;

double side(const Vec2d& a, const Vec2d& b, const Vec2d& p) {
  return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
}

// Corners in pixels, x to the right, y up.
void fill_triangle(const Vec2d& a, const Vec2d& b, const Vec2d& c,
                   capture::Image<std::uint8_t>& out) {
  const auto first = [](double low) {
    return std::max(0, static_cast<int>(std::floor(low)));
  };
  const auto last = [](double high, int count) {
    return std::min(count - 1, static_cast<int>(std::ceil(high)));
  };
  const int x1 = last(std::max({a.x, b.x, c.x}), out.width_px);
  const int y1 = last(std::max({a.y, b.y, c.y}), out.height_px);
  for (int y = first(std::min({a.y, b.y, c.y})); y <= y1; ++y) {
    for (int x = first(std::min({a.x, b.x, c.x})); x <= x1; ++x) {
      const Vec2d p(x + 0.5, y + 0.5);
      const double u = side(a, b, p), v = side(b, c, p), w = side(c, a, p);
      const bool inside = (u >= 0 && v >= 0 && w >= 0) || (u <= 0 && v <= 0 && w <= 0);
      if (inside) out.at(x, out.height_px - 1 - y) = 255;
    }
  }
}

void fill_lane(const road::Road& road, int section, const road::Lane& lane,
               const math::Affine3d& T_world_map, const MapMaskFrame& frame,
               capture::Image<std::uint8_t>& out) {
  const road::LaneSection& records = road.sections[static_cast<std::size_t>(section)];
  const double length = records.end_m - records.s_m;
  if (!(length > 0)) return;
  const int steps = std::max(1, static_cast<int>(std::ceil(length / kStepM)));
  const auto pixel = [&](int k, double across) {
    const double s = records.s_m + length * k / steps;
    const math::Vec3d p =
        T_world_map.point(road.lane_point(section, lane.id, s, across)) - frame.origin_m;
    return Vec2d(p.x, p.y) / frame.pixel_m;
  };
  Vec2d inner = pixel(0, 0), outer = pixel(0, 1);
  for (int k = 1; k <= steps; ++k) {
    const Vec2d next_inner = pixel(k, 0), next_outer = pixel(k, 1);
    fill_triangle(inner, next_inner, next_outer, out);
    fill_triangle(inner, next_outer, outer, out);
    inner = next_inner;
    outer = next_outer;
  }
}

}  // namespace

capture::Image<std::uint8_t> drivable_mask(const road::RoadMap& map, const MapMaskFrame& frame) {
  capture::Image<std::uint8_t> out(frame.width_px, frame.height_px);
  const math::Affine3d T_world_map = frame.T_map_world.inverse();
  for (const road::Road& road : map.roads) {
    for (int section = 0; section < static_cast<int>(road.sections.size()); ++section) {
      for (const road::Lane& lane : road.sections[static_cast<std::size_t>(section)].lanes) {
        const bool used = road::is_drivable(lane.type) || lane.type == road::LaneType::kParking;
        if (lane.id != 0 && used) fill_lane(road, section, lane, T_world_map, frame, out);
      }
    }
  }
  return out;
}

}  // namespace oddroad::exchange

#include "engine/stage/object_paint.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "engine/asset/mesh_tools.h"
#include "engine/stage/stage.h"
#include "engine/stage/surface.h"

namespace oddroad::stage {
namespace {

using math::TriangleMesh;
using math::Vec2d;
using math::Vec2f;
using math::Vec3d;
using math::Vec3f;

constexpr double kBar_m = 0.5;
constexpr double kSpare_m = 0.05;  // a tilted road is a little narrower in plan than it is wide
constexpr double kPiece_m = 1.0;   // so that paint follows a curved surface

using Polygon = std::vector<Vec2d>;

// The part where sign * (p[axis] - value) >= 0 (Sutherland and Hodgman 1974, one edge).
Polygon clip(const Polygon& polygon, int axis, double value, double sign) {
  Polygon out;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Vec2d& a = polygon[i];
    const Vec2d& b = polygon[(i + 1) % polygon.size()];
    const double da = sign * (a[axis] - value);
    const double db = sign * (b[axis] - value);
    if (da >= 0) out.push_back(a);
    if ((da > 0 && db < 0) || (da < 0 && db > 0)) out.push_back(a + (b - a) * (da / (da - db)));
  }
  return out;
}

Polygon between(const Polygon& polygon, int axis, double from, double to) {
  return clip(clip(polygon, axis, from, 1), axis, to, -1);
}

struct Extent {
  double lower = 1e300, upper = -1e300;
};
Extent extent(const Polygon& polygon, int axis) {
  Extent out;
  for (const Vec2d& p : polygon) {
    out.lower = std::min(out.lower, p[axis]);
    out.upper = std::max(out.upper, p[axis]);
  }
  return out;
}

void add_polygon(TriangleMesh& mesh, const Polygon& polygon, std::uint16_t material,
                 const std::function<Vec3d(const Vec2d&)>& place) {
  if (polygon.size() < 3) return;
  std::vector<Vec2f> plan(polygon.begin(), polygon.end());
  const auto first = static_cast<std::uint32_t>(mesh.positions.size());
  for (const Vec2d& p : polygon) mesh.add_vertex(Vec3f(place(p)), {0, 0, 1}, Vec2f(p));
  for (const auto& t : asset::triangulate(plan)) {
    mesh.add_triangle(first + t[0], first + t[1], first + t[2], material);
  }
}

// The outline in the axes of the road there: x along it, y to its left, about its first point.
struct RoadAligned {
  Vec3d origin;
  Vec2d along, left;
  Polygon polygon;

  [[nodiscard]] Vec3d in_map(const Vec2d& p) const {
    return origin + Vec3d(p.x * along + p.y * left, 0);
  }
};

RoadAligned align(const road::RoadMap& map, const road::PlacedObject& object,
                  const road::PlacedOutline& outline) {
  const auto& road = map.roads[static_cast<std::size_t>(object.road)];
  const double heading = road.frame(object.s_m).heading_rad;
  RoadAligned out{outline.points.front().base,
                  {std::cos(heading), std::sin(heading)},
                  {-std::sin(heading), std::cos(heading)},
                  {}};
  double twice = 0;
  for (const auto& p : outline.points) {
    const Vec2d d(p.base - out.origin);
    out.polygon.emplace_back(glm::dot(d, out.along), glm::dot(d, out.left));
  }
  for (std::size_t i = 0; i < out.polygon.size(); ++i) {
    const Vec2d& a = out.polygon[i];
    const Vec2d& b = out.polygon[(i + 1) % out.polygon.size()];
    twice += a.x * b.y - b.x * a.y;
  }
  if (twice < 0) std::reverse(out.polygon.begin(), out.polygon.end());
  return out;
}

// White, in pieces of kPiece_m along the road.
void add_pieces(TriangleMesh& mesh, const PaintSurface& surface, int road,
                const RoadAligned& aligned, const Polygon& polygon) {
  const Extent along = extent(polygon, 0);
  for (double a = along.lower; a < along.upper; a += kPiece_m) {
    add_polygon(mesh, between(polygon, 0, a, a + kPiece_m), kGroundPaintWhite, [&](const Vec2d& p) {
      return surface.over(road, aligned.in_map(p));
    });
  }
}

void add_line(TriangleMesh& mesh, const PaintSurface& surface, int road, const Vec3d& a,
              const Vec3d& b, double width_m, std::uint16_t material) {
  const Vec2d ahead(b - a);
  const double length = glm::length(ahead);
  if (length < 1e-3) return;
  const Vec3d left(-ahead.y / length, ahead.x / length, 0);
  const int pieces = std::max(1, static_cast<int>(std::ceil(length / kPiece_m)));
  const auto first = static_cast<std::uint32_t>(mesh.positions.size());
  for (int k = 0; k <= pieces; ++k) {
    const Vec3d p = glm::mix(a, b, static_cast<double>(k) / pieces);
    for (const double side : {0.5, -0.5}) {
      const Vec3d at = surface.over(road, p + side * width_m * left);
      mesh.add_vertex(Vec3f(at), {0, 0, 1}, Vec2f(at));
    }
  }
  for (int k = 0; k < pieces; ++k) {
    const auto i = first + 2 * static_cast<std::uint32_t>(k);
    mesh.add_triangle(i + 1, i + 3, i + 2, material);
    mesh.add_triangle(i + 1, i + 2, i, material);
  }
}

// The stretch [from, to] of a polyline, counted along it.
void add_stretch(TriangleMesh& mesh, const PaintSurface& surface, int road,
                 const road::PlacedMarking& marking, double from, double to,
                 std::uint16_t material) {
  double at = 0;
  for (std::size_t i = 1; i < marking.line.size(); ++i) {
    const Vec3d& a = marking.line[i - 1];
    const Vec3d& b = marking.line[i];
    const double length = glm::length(b - a);
    const double u0 = std::clamp((from - at) / std::max(length, 1e-9), 0.0, 1.0);
    const double u1 = std::clamp((to - at) / std::max(length, 1e-9), 0.0, 1.0);
    if (u1 > u0) {
      add_line(mesh, surface, road, glm::mix(a, b, u0), glm::mix(a, b, u1), marking.width_m,
               material);
    }
    at += length;
  }
}

}  // namespace

PaintSurface::PaintSurface(const road::RoadMap& map, const Vec3d& origin_map)
    : map_(map), locator_(map), origin_(origin_map) {}

Vec3d PaintSurface::over(int road, const Vec3d& p_map) const {
  const Vec3d lift(0, 0, kMarkLift_m + kJunctionDrop_m);
  const auto place = locator_.on_road(road, p_map.x, p_map.y, p_map.z);
  if (!place) return p_map + lift - origin_;
  const Vec3d surface =
      map_.roads[static_cast<std::size_t>(road)].surface(place->section, place->s_m, place->t_m);
  return Vec3d(p_map.x, p_map.y, surface.z) + lift - origin_;
}

void add_zebra(TriangleMesh& mesh, const road::RoadMap& map, const PaintSurface& surface,
               const road::PlacedObject& crosswalk) {
  for (const road::PlacedOutline& outline : crosswalk.outlines) {
    if (!outline.closed || !outline.outer || outline.points.size() < 3) continue;
    const RoadAligned aligned = align(map, crosswalk, outline);
    const Extent across = extent(aligned.polygon, 1);
    // Whole bars, centred between the ends of the crossing.
    const double width = across.upper - across.lower + kSpare_m;
    const int bars = static_cast<int>((width + kBar_m) / (2 * kBar_m));
    const double first = 0.5 * (across.lower + across.upper - (2 * bars - 1) * kBar_m);
    for (int k = 0; k < bars; ++k) {
      const double left = first + 2 * k * kBar_m;
      const Polygon bar = between(aligned.polygon, 1, left, left + kBar_m);
      add_pieces(mesh, surface, crosswalk.road, aligned, bar);
    }
  }
}

void add_area(TriangleMesh& mesh, const road::RoadMap& map, const PaintSurface& surface,
              const road::PlacedObject& mark) {
  for (const road::PlacedOutline& outline : mark.outlines) {
    if (!outline.closed || !outline.outer || outline.points.size() < 3) continue;
    const RoadAligned aligned = align(map, mark, outline);
    const Extent across = extent(aligned.polygon, 1);
    for (double a = across.lower; a < across.upper; a += kPiece_m) {
      add_pieces(mesh, surface, mark.road, aligned, between(aligned.polygon, 1, a, a + kPiece_m));
    }
  }
}

void add_object_markings(TriangleMesh& mesh, const PaintSurface& surface,
                         const road::PlacedObject& object) {
  for (const road::PlacedMarking& marking : object.markings) {
    const std::uint16_t material =
        marking.color == "yellow" ? kGroundPaintYellow : kGroundPaintWhite;
    double length = 0;
    for (std::size_t i = 1; i < marking.line.size(); ++i) {
      length += glm::length(marking.line[i] - marking.line[i - 1]);
    }
    const double end = length - marking.stop_m;
    const double dash = marking.space_m > 0 && marking.dash_m > 0 ? marking.dash_m : length;
    const double period =
        marking.space_m > 0 && marking.dash_m > 0 ? dash + marking.space_m : length;
    for (double a = marking.start_m; a < end && period > 0; a += period) {
      add_stretch(mesh, surface, object.road, marking, a, std::min(a + dash, end), material);
    }
  }
}

}  // namespace oddroad::stage

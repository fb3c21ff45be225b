#include "engine/stage/object_mesh.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/mesh_tools.h"

namespace oddroad::stage {
namespace {

using math::TriangleMesh;
using math::Vec2d;
using math::Vec2f;
using math::Vec3d;
using math::Vec3f;
using road::OutlinePoint;
using road::PathPoint;

constexpr double kWall_m = 0.2;
constexpr double kFlat_m = 1e-3;
constexpr double kSame_m = 1e-4;

double signed_area(const std::vector<OutlinePoint>& points) {
  double twice = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Vec3d& a = points[i].base;
    const Vec3d& b = points[(i + 1) % points.size()].base;
    twice += a.x * b.y - b.x * a.y;
  }
  return 0.5 * twice;
}

// Counter-clockwise from above, without repeated corners.
std::vector<OutlinePoint> tidy(const road::PlacedOutline& outline, const Vec3d& origin) {
  std::vector<OutlinePoint> points;
  for (const OutlinePoint& p : outline.points) {
    if (!points.empty() && glm::length(Vec2d(p.base - origin - points.back().base)) < kSame_m) {
      continue;
    }
    points.push_back({p.base - origin, p.top - origin});
  }
  while (points.size() > 1 &&
         glm::length(Vec2d(points.front().base - points.back().base)) < kSame_m) {
    points.pop_back();
  }
  if (outline.closed && signed_area(points) < 0) std::reverse(points.begin(), points.end());
  return points;
}

void add_lid(TriangleMesh& mesh, const std::vector<OutlinePoint>& points) {
  std::vector<Vec2f> plan;
  for (const OutlinePoint& p : points) plan.emplace_back(p.top);
  const auto first = static_cast<std::uint32_t>(mesh.positions.size());
  for (const OutlinePoint& p : points) {
    mesh.add_vertex(Vec3f(p.top), {0, 0, 1},
                    {static_cast<float>(p.top.x), static_cast<float>(p.top.y)});
  }
  for (const auto& t : asset::triangulate(plan)) {
    mesh.add_triangle(first + t[0], first + t[1], first + t[2], 0);
  }
}

// An upright quad that faces right of a -> b.
void add_wall(TriangleMesh& mesh, const OutlinePoint& a, const OutlinePoint& b) {
  mesh.add_quad(Vec3f(a.base), Vec3f(b.base), Vec3f(b.top), Vec3f(a.top), 0);
}

TriangleMesh open_walls(const std::vector<OutlinePoint>& points) {
  std::vector<PathPoint> path;
  for (const OutlinePoint& p : points) {
    PathPoint at;
    at.base = p.base;
    at.height_m = glm::length(p.top - p.base);
    at.width_m = kWall_m;
    path.push_back(at);
  }
  for (std::size_t i = 0; i < path.size(); ++i) {
    const Vec3d ahead = path[std::min(i + 1, path.size() - 1)].base - path[i > 0 ? i - 1 : 0].base;
    const double length = glm::length(Vec2d(ahead));
    if (length > 0) path[i].left = Vec3d(-ahead.y, ahead.x, 0) / length;
  }
  return path_body(path, Vec3d(0));
}

// Counter-clockwise seen against the direction of travel.
asset::Ring ring_at(const PathPoint& p, const Vec3d& origin, double footing_m) {
  asset::Ring ring;
  if (p.radius_m > 0) {
    constexpr int kSides = 12;
    const Vec3d middle = p.base + p.radius_m * p.up - origin;
    for (int k = 0; k < kSides; ++k) {
      const double angle = 2 * M_PI * k / kSides;
      ring.emplace_back(middle + p.radius_m * (-std::cos(angle) * p.left + std::sin(angle) * p.up));
    }
    return ring;
  }
  const Vec3d half = 0.5 * std::max(p.width_m, kSheet_m) * p.left;
  const Vec3d up = (std::max(p.height_m, 0.01) + footing_m) * p.up;
  const Vec3d base = p.base - origin - footing_m * p.up;
  for (const Vec3d& corner : {base - half, base - half + up, base + half + up, base + half}) {
    ring.emplace_back(corner);
  }
  std::reverse(ring.begin(), ring.end());
  return ring;
}

PathPoint mix(const PathPoint& a, const PathPoint& b, double u) {
  PathPoint out;
  out.base = glm::mix(a.base, b.base, u);
  out.left = glm::normalize(glm::mix(a.left, b.left, u));
  out.up = glm::normalize(glm::mix(a.up, b.up, u));
  out.height_m = glm::mix(a.height_m, b.height_m, u);
  return out;
}

// Points of the path every `step_m`, both ends included.
std::vector<PathPoint> resample(const std::vector<PathPoint>& path, double step_m) {
  std::vector<PathPoint> out = {path.front()};
  double rest = step_m;
  for (std::size_t i = 1; i < path.size(); ++i) {
    const double length = glm::length(path[i].base - path[i - 1].base);
    for (; rest < length; rest += step_m) out.push_back(mix(path[i - 1], path[i], rest / length));
    rest -= length;
  }
  if (glm::length(out.back().base - path.back().base) > 0.2) out.push_back(path.back());
  return out;
}

}  // namespace

TriangleMesh outline_body(const road::PlacedOutline& outline, const Vec3d& origin,
                          double footing_m) {
  std::vector<OutlinePoint> points = tidy(outline, origin);
  TriangleMesh mesh;
  if (points.size() < 2) return mesh;
  double height = 0;
  for (const OutlinePoint& p : points) height = std::max(height, glm::length(p.top - p.base));
  if (!outline.closed) return height > kFlat_m ? open_walls(points) : mesh;
  if (points.size() < 3) return mesh;
  add_lid(mesh, points);
  for (OutlinePoint& p : points) p.base.z -= footing_m;
  for (std::size_t i = 0; height > kFlat_m && i < points.size(); ++i) {
    add_wall(mesh, points[i], points[(i + 1) % points.size()]);
  }
  mesh.remove_degenerate();
  return mesh;
}

TriangleMesh path_body(const std::vector<PathPoint>& path, const Vec3d& origin, double footing_m) {
  std::vector<asset::Ring> rings;
  for (const PathPoint& p : path) {
    asset::Ring ring = ring_at(p, origin, footing_m);
    if (!rings.empty() && glm::length(ring.front() - rings.back().front()) < kSame_m) continue;
    rings.push_back(std::move(ring));
  }
  TriangleMesh mesh;
  if (rings.size() < 2) return mesh;
  mesh = asset::loft(rings, 0, {.crease_rad = .6f});
  mesh.remove_degenerate();
  return mesh;
}

TriangleMesh path_railing(const std::vector<PathPoint>& path, const Vec3d& origin,
                          double post_step_m, int rails) {
  TriangleMesh mesh;
  if (path.size() < 2) return mesh;
  const std::vector<PathPoint> posts = resample(path, post_step_m);
  constexpr float kPost_m = 0.03f, kBar_m = 0.02f;
  for (const PathPoint& p : posts) {
    const Vec3f foot(p.base - origin);
    mesh.append(asset::cylinder(foot, foot + Vec3f(p.height_m * p.up), kPost_m, kPost_m, 8, 0));
  }
  for (int k = 1; k <= rails; ++k) {
    for (std::size_t i = 1; i < posts.size(); ++i) {
      const auto bar = [&](const PathPoint& p) {
        return Vec3f(p.base - origin + (p.height_m * k / rails - kBar_m) * p.up);
      };
      mesh.append(asset::cylinder(bar(posts[i - 1]), bar(posts[i]), kBar_m, kBar_m, 6, 0));
    }
  }
  return mesh;
}

}  // namespace oddroad::stage

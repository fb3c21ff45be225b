#include "engine/asset/vehicle_door.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>

#include "engine/asset/vehicle_paint.h"

namespace oddroad::asset {

namespace {

using math::Vec2d;

constexpr float kThick = .075f;

// Upper edge of the side windows at x.
double daylight_top(const VehicleShape& s, double x) {
  double top = 0;
  const std::size_t n = s.daylight.size();
  for (std::size_t i = 0; i < n; ++i) {
    const OutlinePoint& a = s.daylight[i];
    const OutlinePoint& b = s.daylight[(i + 1) % n];
    if ((a.x_m > x) == (b.x_m > x)) continue;
    top = std::max(top, a.z_m + (b.z_m - a.z_m) * (x - a.x_m) / (b.x_m - a.x_m));
  }
  return top;
}

double cross(const Vec2d& o, const Vec2d& a, const Vec2d& b) {
  return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

// Counter-clockwise convex hull (Andrew's monotone chain).
std::vector<Vec2d> hull(std::vector<Vec2d> p) {
  std::sort(p.begin(), p.end(), [](const Vec2d& a, const Vec2d& b) {
    return std::tie(a.x, a.y) < std::tie(b.x, b.y);
  });
  std::vector<Vec2d> out(2 * p.size());
  std::size_t k = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    while (k >= 2 && cross(out[k - 2], out[k - 1], p[i]) <= 0) --k;
    out[k++] = p[i];
  }
  const std::size_t lower = k + 1;
  for (std::size_t i = p.size() - 1; i-- > 0;) {
    while (k >= lower && cross(out[k - 2], out[k - 1], p[i]) <= 0) --k;
    out[k++] = p[i];
  }
  out.resize(k - 1);
  return out;
}

// The door in the side view (x, z); its lower edges follow the gaps of vehicle_panels.cpp.
std::vector<Vec2d> door_outline(const BodyField& field) {
  const VehicleShape& s = field.shape();
  const double wb = s.wheelbase_m;
  std::vector<Vec2d> p;
  if (s.style == BodyStyle::kVan) {
    const double z = s.sill_z_m + .06;
    const double radius = s.arch_radius_m + .05;
    const double hinge = wb - std::sqrt(radius * radius - .3 * .3);
    const double rear = s.daylight[6].x_m - .04;
    const double top = .765 * s.height_m;
    p = {{rear, z},
         {hinge - .16, z},
         {hinge - .02, s.tyre_radius_m + .30},
         {.92 * wb - .13, .44 * s.height_m},
         {s.daylight[3].x_m, top},
         {rear, top}};
  } else {
    const double z = s.sill_z_m + .095;
    p = {{s.pillar * wb, z}, {.825 * wb, z}, {.835 * wb, z + .03}, {.825 * wb, z + .25}};
    for (int i = 0; i <= 6; ++i) {
      const double x = (.81 - (.81 - s.pillar) * i / 6) * wb;
      p.emplace_back(x, daylight_top(s, x) + .02);
    }
  }
  return hull(p);
}

// A convex piece of a triangle with what its corners carry.
struct Corner {
  Vec3f position, normal;
  Vec2f uv;
};
using Piece = std::vector<Corner>;

void emit(TriangleMesh& mesh, const Piece& piece, std::uint16_t material) {
  if (piece.size() < 3) return;
  const auto base = static_cast<std::uint32_t>(mesh.positions.size());
  for (const Corner& c : piece) mesh.add_vertex(c.position, c.normal, c.uv);
  for (std::uint32_t i = 1; i + 1 < piece.size(); ++i) {
    mesh.add_triangle(base, base + i, base + i + 1, material);
  }
}

// Splits by the line a-b of the side view: `left` is kept on its left.
void split(const Piece& piece, const Vec2d& a, const Vec2d& b, Piece& left, Piece& right) {
  const auto side = [&](const Corner& c) {
    return cross(a, b, Vec2d(c.position.x, c.position.z));
  };
  for (std::size_t i = 0; i < piece.size(); ++i) {
    const Corner& p = piece[i];
    const Corner& q = piece[(i + 1) % piece.size()];
    const double sp = side(p);
    const double sq = side(q);
    if (sp >= 0) left.push_back(p);
    if (sp <= 0) right.push_back(p);
    if (sp * sq < 0) {
      const auto u = static_cast<float>(sp / (sp - sq));
      const Corner m{glm::mix(p.position, q.position, u),
                     glm::normalize(glm::mix(p.normal, q.normal, u)), glm::mix(p.uv, q.uv, u)};
      left.push_back(m);
      right.push_back(m);
    }
  }
}

void take_out(const BodyField& field, const std::vector<Vec2d>& outline, TriangleMesh& body,
              TriangleMesh& door) {
  TriangleMesh rest;
  rest.positions = body.positions;
  rest.normals = body.normals;
  rest.uvs = body.uvs;
  for (std::size_t t = 0; t < body.triangles.size(); ++t) {
    const auto& tri = body.triangles[t];
    Vec3f middle(0);
    for (const auto v : tri) middle += body.positions[v] / 3.f;
    const double skin = field.half_width(middle.x, middle.z);
    bool outside = middle.y < .86 * skin;
    // Only triangles that reach into the outline are cut.
    Piece inside;
    for (const auto v : tri) inside.push_back({body.positions[v], body.normals[v], body.uvs[v]});
    std::vector<Piece> remains;
    for (std::size_t i = 0; i < outline.size() && !outside; ++i) {
      Piece left;
      Piece right;
      split(inside, outline[i], outline[(i + 1) % outline.size()], left, right);
      if (left.size() < 3) outside = true;
      if (right.size() >= 3) remains.push_back(std::move(right));
      inside = std::move(left);
    }
    if (outside) {
      rest.triangles.push_back(tri);
      rest.material.push_back(body.material[t]);
      continue;
    }
    emit(door, inside, body.material[t]);
    for (const Piece& piece : remains) emit(rest, piece, body.material[t]);
  }
  rest.remove_degenerate();
  door.remove_degenerate();
  body = std::move(rest);
}

// Inner sheet and rim: a slab where there was a skin. Panes stay single.
void thicken(TriangleMesh& door) {
  using Place = std::tuple<float, float, float>;
  const auto place = [](const Vec3f& p) {
    const auto snap = [](float v) {
      return std::round(v * 1e4f);
    };
    return Place{snap(p.x), snap(p.y), snap(p.z)};
  };
  const Vec3f in(0, -kThick, 0);
  std::map<std::pair<Place, Place>, std::pair<Vec3f, Vec3f>> edges;
  TriangleMesh lining;
  for (std::size_t t = 0; t < door.triangles.size(); ++t) {
    if (door.material[t] == surface::kGlass) continue;
    const auto& tri = door.triangles[t];
    const auto base = static_cast<std::uint32_t>(lining.positions.size());
    for (int k = 0; k < 3; ++k) {
      const auto a = tri[static_cast<std::size_t>(k)];
      const auto b = tri[static_cast<std::size_t>((k + 1) % 3)];
      lining.add_vertex(door.positions[a] + in, -door.normals[a], door.uvs[a]);
      const auto pa = place(door.positions[a]);
      const auto pb = place(door.positions[b]);
      if (edges.erase({pb, pa}) == 0) edges[{pa, pb}] = {door.positions[a], door.positions[b]};
    }
    lining.add_triangle(base, base + 2, base + 1, surface::kPlastic);
  }
  door.append(lining);
  for (const auto& [key, edge] : edges) {
    door.add_quad(edge.second, edge.first, edge.first + in, edge.second + in, surface::kPaint);
  }
  door.remove_degenerate();
}

// Floor, tunnel wall, seat: what is seen where the door was.
TriangleMesh interior(const std::vector<Vec2d>& outline, const VehicleShape& s) {
  Vec2d low = outline[0];
  Vec2d high = low;
  for (const Vec2d& p : outline) low = glm::min(low, p), high = glm::max(high, p);
  const auto x0 = static_cast<float>(low.x);
  const auto x1 = static_cast<float>(high.x);
  const auto z0 = static_cast<float>(low.y);
  const auto half = static_cast<float>(.5 * s.width_m);
  const float y = .46f * half;
  TriangleMesh m = box({.5f * (x0 + x1), .45f * half, z0 + .02f}, {x1 - x0, .78f * half, .04f},
                       surface::kUnderbody);
  m.append(box({.5f * (x0 + x1), .06f, z0 + .22f}, {x1 - x0, .05f, .44f}, surface::kUnderbody));
  m.append(
      box({x1 - .02f, .45f * half, z0 + .26f}, {.04f, .74f * half, .52f}, surface::kUnderbody));
  const float seat = x0 + .34f;
  m.append(box({seat + .20f, y, z0 + .22f}, {.50f, .48f, .14f}, surface::kPlastic, .04f));
  m.append(transformed(box({0, 0, .30f}, {.12f, .46f, .60f}, surface::kPlastic, .04f),
                       translation({seat - .04f, y, z0 + .22f}) * rotation({0, 1, 0}, -.35f)));
  return m;
}

}  // namespace

Part cut_front_left_door(const BodyField& field, TriangleMesh& body) {
  const std::vector<Vec2d> outline = door_outline(field);
  TriangleMesh door;
  take_out(field, outline, body, door);
  thicken(door);
  body.append(interior(outline, field.shape()));
  const math::Aabb box = door.bounds();
  // The hinge stands at the front edge, inside the skin.
  const double x = box.upper.x - .02;
  const double z = box.lower.z + .30;
  Part part;
  part.name = "door front left";
  part.role = PartRole::kDoor;
  part.T_model_part.translation = {x, field.half_width(x, z) - .045, z};
  part.door_turn = -1;
  part.mesh = std::make_shared<const TriangleMesh>(
      transformed(door, translation(-Vec3f(part.T_model_part.translation))));
  return part;
}

}  // namespace oddroad::asset

#include "engine/asset/cabin.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "engine/asset/seated_person.h"
#include "engine/asset/vehicle_paint.h"
#include "engine/core/random.h"

namespace oddroad::asset {

namespace {

using math::Vec3d;

constexpr float kWheelRadius = .185f;

// The rim's middle, and the frame whose z points along the column to the driver.
Affine3f wheel_frame(const Seat& s) {
  const Vec3f centre = s.top + Vec3f(.47f, 0, .30f);
  return translation(centre) * rotation({0, 1, 0}, -1.15f);
}

SeatContact contact_of(const Seat& s, double stature_m) {
  SeatContact c;
  c.seat_m = Vec3d(s.top);
  c.pelvis_pitch = -.75 * s.lean_rad;
  c.trunk_pitch = -.10 * s.lean_rad;
  c.head_pitch = .03;
  // Low seats stretch the legs.
  const double leg = .47 * stature_m;
  const double ahead = std::sqrt(std::max(leg * leg - s.heel_drop_m * s.heel_drop_m, .04));
  const double reach = std::min(.93 * ahead, .38 * stature_m + .10);
  for (int side = 0; side < 2; ++side) {
    const double y = side_sign(side);
    c.tread_m[side] = Vec3d(s.top) + Vec3d(reach + .06, .09 * y, .05 - s.heel_drop_m);
    const Affine3f T = wheel_frame(s);
    c.grip_m[side] = Vec3d(T.point({.05f, static_cast<float>(y) * .176f, .0f}));
  }
  c.foot_pitch = .35;
  c.steer_axis_m = c.grip_m[0] * Vec3d(1, 0, 1);
  c.idle_hands = !s.driver;
  return c;
}

// Shins and shoes hide below doors and dashboards.
void drop_below(TriangleMesh& mesh, float z) {
  TriangleMesh kept;
  kept.positions = mesh.positions;
  kept.normals = mesh.normals;
  kept.uvs = mesh.uvs;
  for (std::size_t t = 0; t < mesh.triangles.size(); ++t) {
    const auto& [a, b, c] = mesh.triangles[t];
    if (mesh.positions[a].z < z && mesh.positions[b].z < z && mesh.positions[c].z < z) continue;
    kept.triangles.push_back(mesh.triangles[t]);
    kept.material.push_back(mesh.material[t]);
  }
  kept.remove_degenerate();
  mesh = std::move(kept);
}

// Vertices of one material within a cell of a grid become one: what is far behind panes needs few
// triangles.
TriangleMesh coarse(const TriangleMesh& mesh, float cell_m) {
  struct Sum {
    Vec3f position{0}, normal{0};
    float count = 0;
    std::uint32_t index = 0;
  };
  std::map<std::tuple<std::uint16_t, int, int, int>, Sum> cells;
  const auto key = [&](std::uint32_t v, std::uint16_t m) {
    const Vec3f p = mesh.positions[v] / cell_m;
    return std::tuple(m, static_cast<int>(std::floor(p.x)), static_cast<int>(std::floor(p.y)),
                      static_cast<int>(std::floor(p.z)));
  };
  for (std::size_t t = 0; t < mesh.triangles.size(); ++t) {
    for (const auto v : mesh.triangles[t]) {
      Sum& s = cells[key(v, mesh.material[t])];
      s.position += mesh.positions[v];
      s.normal += mesh.normals[v];
      s.count += 1;
    }
  }
  TriangleMesh out;
  for (auto& [at, s] : cells) {
    const float length = glm::length(s.normal);
    s.index = out.add_vertex(s.position / s.count,
                             length > 1e-6f ? s.normal / length : Vec3f(0, 0, 1), {0, 0});
  }
  for (std::size_t t = 0; t < mesh.triangles.size(); ++t) {
    const auto& [a, b, c] = mesh.triangles[t];
    const std::uint16_t m = mesh.material[t];
    const auto i = cells[key(a, m)].index, j = cells[key(b, m)].index, k = cells[key(c, m)].index;
    if (i != j && j != k && k != i) out.add_triangle(i, j, k, m);
  }
  out.remove_degenerate();
  return out;
}

}  // namespace

TriangleMesh seat_mesh(const Seat& s) {
  using namespace surface;
  const float w = s.width_m;
  // Sitting presses foam down: the cushion's front edge stands above the hips.
  TriangleMesh mesh = transformed(box({.20f, 0, -.06f}, {.52f, w, .14f}, kSeat, .04f),
                                  translation(s.top) * rotation({0, 1, 0}, -.12f));
  const Affine3f back =
      translation(s.top + Vec3f(-.17f, 0, .02f)) * rotation({0, 1, 0}, -s.lean_rad);
  mesh.append(box({0, 0, .28f}, {.11f, .94f * w, .60f}, kSeat, .04f), back);
  for (const float y : {-.42f, .42f}) {  // side bolsters
    mesh.append(box({.05f, y * w, .26f}, {.10f, .08f, .40f}, kSeat, .03f), back);
  }
  if (s.headrest) {
    mesh.append(box({.01f, 0, .70f}, {.09f, .26f, .19f}, kSeat, .035f), back);
    for (const float y : {-.06f, .06f}) {
      mesh.append(cylinder({0, y, .55f}, {0, y, .64f}, .007f, .007f, 6, kChrome), back);
    }
  }
  const float drop = s.heel_drop_m - .13f;
  if (drop > .02f) {
    mesh.append(box(s.top + Vec3f(.16f, 0, -.13f - .5f * drop), {.34f, .8f * w, drop}, kTrim));
  }
  return mesh;
}

TriangleMesh steering_wheel(const Seat& s) {
  using namespace surface;
  std::vector<Vec3f> rim;
  for (int i = 0; i <= 20; ++i) {
    const float a = 2 * kPi * static_cast<float>(i) / 20;
    rim.emplace_back(kWheelRadius * std::cos(a), kWheelRadius * std::sin(a), 0.f);
  }
  TriangleMesh mesh = tube(rim, std::vector<float>(rim.size(), .014f), 6, kTrim);
  mesh.append(cylinder({0, 0, -.03f}, {0, 0, .01f}, .075f, .06f, 10, kTrim));
  for (const float a : {kPi, .5f * kPi, 1.5f * kPi}) {
    mesh.append(box({.12f, 0, -.006f}, {.13f, .035f, .012f}, kTrim), rotation({0, 0, 1}, a));
  }
  mesh.append(cylinder({0, 0, -.36f}, {0, 0, -.02f}, .045f, .04f, 8, kTrim));
  return transformed(mesh, wheel_frame(s));
}

void seat_people(const std::vector<Seat>& seats, int count, std::uint64_t seed, Model& model,
                 TriangleMesh& cabin) {
  for (int i = 0; i < std::min(count, static_cast<int>(seats.size())); ++i) {
    const Seat& seat = seats[static_cast<std::size_t>(i)];
    core::RandomStream draw(seed, "cabin/person/" + std::to_string(i));
    const bool child = i >= 2 && draw.chance(.4);
    const double height = child ? draw.uniform(1.05, 1.45) : draw.uniform(1.56, 1.84);
    const ModelRequest person{child ? "pedestrian.child" : "pedestrian.adult",
                              core::hash64(seed, static_cast<std::uint64_t>(i) + 71),
                              {{"height", height}, {"backpack", 0}, {"carry", 0}},
                              {}};
    SeatedPerson made = make_seated(person, contact_of(seat, height));
    const auto first = static_cast<std::uint16_t>(model.materials.size());
    for (std::uint16_t& m : made.mesh.material) m = static_cast<std::uint16_t>(m + first);
    model.materials.insert(model.materials.end(), made.materials.begin(), made.materials.end());
    drop_below(made.mesh, seat.top.z - .02f);
    cabin.append(i < 4 ? made.mesh : coarse(made.mesh, .028f));
  }
}

}  // namespace oddroad::asset

// Semi-trailers: 13.6 m on three axles, kingpin 7.7 m before the middle one (Directive 96/53/EC).
#include <cmath>
#include <string>

#include "engine/asset/heavy.h"
#include "engine/asset/materials.h"
#include "engine/asset/truck_cab.h"
#include "engine/asset/vehicle_livery.h"

namespace oddroad::asset {

using namespace kit;

namespace {

VehicleSize semi_size(const PropNumbers&) {
  return {13.62, 2.55, 4.0, 7.70, 1.60};
}
VehicleSize tank_size(const PropNumbers&) {
  return {11.40, 2.55, 3.70, 6.50, 1.60};
}
VehicleSize flatbed_size(const PropNumbers&) {
  return {13.62, 2.55, 2.45, 7.70, 1.60};
}

// Landing legs, axles, side guards, lamps: what all have below the deck.
void add_running_gear(Kit& k, const VehicleSize& s, bool guards) {
  TriangleMesh& m = k.body;
  const float front = f(s.wheelbase_m + s.front_overhang_m);
  const float rear = -f(s.rear_m());
  const float legs = f(s.wheelbase_m) - 1.8f;
  for (const float side : {-1.f, 1.f}) {
    if (guards) {
      for (const float z : {.52f, .82f})
        m.append(box({3.7f, side * 1.2f, z}, {3.6f, .03f, .10f}, surface::kRim));
    }
    m.append(cylinder({legs, side * .75f, .10f}, {legs, side * .75f, 1.0f}, .06f, .07f, 10,
                      surface::kUnderbody));
    m.append(box({legs, side * .75f, .06f}, {.30f, .26f, .05f}, surface::kUnderbody));
    std::vector<Vec2f> guard;  // over each wheel
    for (const float r : {.63f, .60f}) {
      for (int i = 0; i <= 8; ++i) {
        const float a = kPi * (.12f + .76f * static_cast<float>(r > .61f ? i : 8 - i) / 8);
        guard.emplace_back(r * std::cos(a), .536f + r * std::sin(a));
      }
    }
    for (const float x : {1.31f, 0.f, -1.31f}) {
      m.append(
          transformed(swept(guard, .22f, surface::kPlastic, 0), translation({x, side * 1.02f, 0})));
    }
    for (float x = rear + 1.f; x < front - .5f; x += 2.6f) {  // side markers
      m.append(flank(side, 1.25f, x, x + .09f, 1.06f, 1.10f, .012f, k.lamp.indicator));
    }
  }
  m.append(box({0, 0, .8f}, {3.6f, 1.1f, .25f}, surface::kUnderbody));
  add_chassis(k, rear + .01f, legs + .15f, 1.25f,
              false);  // in front of them is the tractor's frame
  add_rear_lamps(k, rear + .03f, 1.25f, .95f);
  constexpr Tyre tyre{.536, .385, .295};
  int axle = 0;
  for (const double x : {1.31, 0.0, -1.31}) {
    add_axle(k.model, {x, 2.04, false, false}, tyre, std::to_string(++axle));
  }
}

// Curtain of waves between its straps: the cloth hangs a little in front of the posts.
TriangleMesh curtain(float side, float x0, float x1, float z0, float z1, std::uint16_t material) {
  const auto wave = [&](float u, float v) {
    const float x = side > 0 ? x1 + (x0 - x1) * u : x0 + (x1 - x0) * u;
    const float bulge = std::sin(kPi * v) * (.010f + .008f * std::sin(2 * kPi * x / .47f));
    return Vec3f(x, side * (1.254f + bulge), z0 + (z1 - z0) * v);
  };
  TriangleMesh mesh = grid(90, 4, wave, material);
  for (std::size_t i = 0; i < mesh.uvs.size(); ++i) {
    const Vec3f& p = mesh.positions[i];
    const float u = side > 0 ? (x1 - p.x) / (x1 - x0) : (p.x - x0) / (x1 - x0);
    mesh.uvs[i] = {u, 1 - (p.z - z0) / (z1 - z0)};
  }
  return mesh;
}

Model make_curtain(const PropNumbers& n) {
  const VehicleSize s = semi_size(n);
  Kit k = begin(n, "trailer", true);
  core::RandomStream draw = n.stream("heavy/livery");
  const std::uint16_t skin = add_skin(k, n);
  const std::uint16_t tape = add_tape(k);
  const auto cloth = add_film(k.model, curtain_livery(draw), "curtain", .5f);
  TriangleMesh& m = k.body;
  const float front = f(s.wheelbase_m + s.front_overhang_m);
  const float rear = -f(s.rear_m());
  add_box_body(k, rear + .02f, front, 1.262f, 1.25f, 4.0f, skin, tape);
  for (const float side : {-1.f, 1.f}) {
    m.append(curtain(side, rear + .12f, front - .12f, 1.45f, 3.90f, cloth));
    for (int i = 0; i < 18; ++i) {  // straps
      const float x = rear + .5f + .73f * static_cast<float>(i);
      m.append(flank(side, 1.265f, x, x + .04f, 1.28f, 1.62f, .009f, surface::kPlastic));
    }
  }
  add_running_gear(k, s, true);
  return finish(std::move(k), s, 0);
}

// A polished or painted barrel with rings, ladder, walkway and hazard plates.
Model make_tank(const PropNumbers& n) {
  const VehicleSize s = tank_size(n);
  Kit k = begin(n, "trailer", true);
  core::RandomStream draw = n.stream("heavy/tank");
  Material shell = materials::plain("tank", {.50f, .51f, .52f}, .28f, .3f);
  shell.metallic = 1;
  if (draw.chance(.5)) shell = k.model.materials[surface::kPaint];
  shell.name = "tank";
  k.model.materials.push_back(shell);
  const auto skin = static_cast<std::uint16_t>(k.model.materials.size() - 1);
  const auto orange = static_cast<std::uint16_t>(k.model.materials.size());
  k.model.materials.push_back(materials::plain("hazard_plate", {.75f, .22f, .02f}, .5f, .5f));
  TriangleMesh& m = k.body;
  const float front = f(s.wheelbase_m + s.front_overhang_m);
  const float rear = -f(s.rear_m());
  const float z = 2.35f;
  const float r = 1.16f;
  // Elliptical barrel, dished ends.
  std::vector<Ring> rings;
  const auto ring = [&](float x, float scale) {
    Ring out;
    for (int i = 0; i < 32; ++i) {
      const float a = 2 * kPi * static_cast<float>(i) / 32;
      out.emplace_back(x, 1.2f * scale * std::cos(a), z + r * scale * std::sin(a));
    }
    rings.push_back(out);
  };
  ring(rear + .10f, .55f);
  ring(rear + .22f, .85f);
  ring(rear + .42f, 1.f);
  for (int i = 1; i < 6; ++i)
    ring(rear + .42f + (front - rear - .84f) * static_cast<float>(i) / 6, 1);
  ring(front - .42f, 1.f);
  ring(front - .22f, .85f);
  ring(front - .10f, .55f);
  m.append(loft(rings, skin));
  for (int i = 0; i < 7; ++i) {  // stiffening rings
    const float x = rear + .6f + (front - rear - 1.2f) * static_cast<float>(i) / 6;
    std::vector<Vec3f> hoop;
    for (int j = 0; j <= 32; ++j) {
      const float a = 2 * kPi * static_cast<float>(j) / 32;
      hoop.emplace_back(x, 1.205f * std::cos(a), z + 1.165f * std::sin(a));
    }
    m.append(tube(hoop, std::vector<float>{.022f}, 4, skin));
  }
  m.append(
      box({.5f * (front + rear), 0, z + r + .04f}, {front - rear - 2.f, .5f, .05f}, surface::kRim));
  for (int i = 0; i < 5; ++i) {
    const float x = rear + 1.6f + (front - rear - 3.2f) * static_cast<float>(i) / 4;
    m.append(cylinder({x, 0, z + r}, {x, 0, z + r + .19f}, .26f, .24f, 16, surface::kRim));
  }
  for (const float y : {-.55f, -.25f}) {  // ladder
    m.append(
        cylinder({rear + .09f, y, 1.0f}, {rear + .09f, y, 3.45f}, .02f, .02f, 6, surface::kRim));
  }
  for (int i = 0; i < 8; ++i) {
    const float h = 1.15f + .3f * static_cast<float>(i);
    m.append(
        cylinder({rear + .09f, -.55f, h}, {rear + .09f, -.25f, h}, .014f, .014f, 6, surface::kRim));
  }
  for (const float side : {-1.f, 1.f}) {
    m.append(box({.5f * (front + rear), side * 1.24f, 1.18f}, {front - rear - .3f, .06f, .16f},
                 surface::kRim));
    m.append(box({2.9f, side * 1.05f, .80f}, {1.3f, .42f, .52f}, surface::kRim, .03f));  // valves
  }
  m.append(face(-1, rear + .05f, .35f, .75f, 1.05f, 1.35f, .02f, orange));
  m.append(
      box({.5f * (front + rear), 0, 1.16f}, {front - rear - .4f, 1.6f, .12f}, surface::kUnderbody));
  m.append(box({rear + .06f, 0, 1.0f}, {.12f, 2.5f, .14f}, surface::kPlastic, .02f));
  m.append(box({front - .04f, 0, 1.2f}, {.08f, 2.0f, .12f}, surface::kUnderbody));
  add_running_gear(k, s, false);
  return finish(std::move(k), s, 0);
}

// Deck with headboard and stakes; the load, if the number says so, is a stack of timber.
Model make_flatbed(const PropNumbers& n) {
  const VehicleSize s = flatbed_size(n);
  Kit k = begin(n, "trailer", true);
  TriangleMesh& m = k.body;
  const float front = f(s.wheelbase_m + s.front_overhang_m);
  const float rear = -f(s.rear_m());
  k.model.materials.push_back(materials::wood());
  const auto deck = static_cast<std::uint16_t>(k.model.materials.size() - 1);
  m.append(box({.5f * (front + rear), 0, 1.22f}, {front - rear - .04f, 2.46f, .06f}, deck));
  for (const float side : {-1.f, 1.f}) {
    m.append(box({.5f * (front + rear), side * 1.25f, 1.20f}, {front - rear - .02f, .045f, .16f},
                 surface::kPaint, .01f));
    for (float x = rear + .4f; x < front - .3f; x += 1.3f) {
      m.append(box({x, side * 1.235f, 1.60f}, {.10f, .06f, .70f}, surface::kRim, .01f));
    }
  }
  m.append(box({front - .04f, 0, 1.83f}, {.07f, 2.5f, 1.24f}, surface::kPaint, .015f));
  m.append(box({rear + .04f, 0, 1.20f}, {.06f, 2.5f, .16f}, surface::kPaint, .01f));
  if (n.get("load") > .5) {
    core::RandomStream draw = n.stream("heavy/load");
    for (int stack = 0; stack < 4; ++stack) {
      const float x = rear + 1.9f + 3.1f * static_cast<float>(stack);
      for (const float y : {-.58f, .58f}) {
        const float h = f(draw.uniform(.55, 1.05));
        m.append(box({x, y, 1.29f + .5f * h}, {f(draw.uniform(2.5, 2.95)), 1.08f, h}, deck, .01f));
        for (const float u : {-.8f, .8f}) {
          m.append(box({x + u, y, 1.295f + .5f * h}, {.04f, 1.10f, h + .02f}, surface::kPlastic));
        }
      }
    }
  }
  add_running_gear(k, s, true);
  return finish(std::move(k), s, 0);
}

}  // namespace

std::vector<PropType> semi_trailer_types() {
  const NumberRange paint{"paint", 0, 8, 0, true};
  return {{"trailer.semi", {paint}, size_of<semi_size>, make_curtain},
          {"trailer.semi_flatbed", {paint, {"load", 0, 1, 1}}, size_of<flatbed_size>, make_flatbed},
          {"trailer.semi_tank", {paint}, size_of<tank_size>, make_tank}};
}

}  // namespace oddroad::asset

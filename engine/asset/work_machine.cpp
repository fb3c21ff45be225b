// A farm tractor of 150 hp and a wheel loader of 13 t.
#include <cmath>

#include "engine/asset/cabin.h"
#include "engine/asset/heavy.h"
#include "engine/asset/materials.h"
#include "engine/asset/open_cabin.h"
#include "engine/asset/vehicle_duty.h"
#include "engine/asset/vehicle_kit.h"
#include "engine/asset/wheel.h"

namespace oddroad::asset {

using namespace kit;

namespace {

// A tyre with lugs in chevrons. Hub frame, outer face to +y.
TriangleMesh lugged_wheel(const Tyre& t, int lugs) {
  WheelSpec spec;
  spec.radius_m = t.radius_m - .035;
  spec.width_m = t.width_m;
  spec.rim_radius_m = t.rim_radius_m;
  spec.steel = true;
  TriangleMesh mesh = build_wheel(spec);
  const float r = f(t.radius_m) - .035f;
  const float half = .5f * f(t.width_m);
  for (int i = 0; i < 2 * lugs; ++i) {
    const float a = kPi * static_cast<float>(i) / static_cast<float>(lugs);
    const float side = i % 2 == 0 ? 1.f : -1.f;
    const Affine3f T = rotation({0, 1, 0}, a) * translation({0, side * .48f * half, r + .004f}) *
                       rotation({0, 0, 1}, side * .75f);
    mesh.append(box({0, 0, 0}, {.055f, 1.15f * half, .045f}, surface::kTyre, .008f), T);
  }
  return mesh;
}

void add_wheels(Model& model, const Axle& axle, const Tyre& tyre, const std::string& name) {
  const auto left = std::make_shared<const TriangleMesh>(lugged_wheel(tyre, 18));
  const auto right = std::make_shared<const TriangleMesh>(mirrored_y(*left));
  for (const double side : {1.0, -1.0}) {
    Part part;
    part.name = "wheel " + name + (side > 0 ? " left" : " right");
    part.role = PartRole::kWheel;
    part.mesh = side > 0 ? left : right;
    part.T_model_part.translation = {axle.x, side * .5 * axle.track_m, tyre.radius_m};
    part.wheel_radius_m = tyre.radius_m;
    part.steered = axle.steered;
    model.parts.push_back(std::move(part));
  }
}

// A cabin of glass between corner posts: x0 rear, x1 front, tapering upwards.
std::vector<Seat> glass_cabin(TriangleMesh& m, float x0, float x1, float half, float z0, float z1) {
  m.append(box({.5f * (x0 + x1), 0, z0 - .05f}, {x1 - x0, 2 * half, .12f}, surface::kPaint, .02f));
  m.append(box({.5f * (x0 + x1) - .02f, 0, z1 + .06f}, {x1 - x0 + .22f, 2 * half + .10f, .16f},
               surface::kPaint, .05f));
  for (const float s : {-1.f, 1.f}) {
    m.append(side_glazing(s, half - .01f, x0 + .03f, x1 - .03f, z0, z1, 2));
  }
  m.append(cross_pane(1, half - .03f, x1 - .01f, z0, x1 - .01f, z1, surface::kGlass));
  m.append(cross_pane(-1, half - .03f, x0 + .01f, z0, x0 + .01f, z1, surface::kGlass));
  Seat seat;
  seat.top = {x0 + .55f, 0, z0 + .50f};
  seat.lean_rad = .14f;
  seat.heel_drop_m = .46f;
  seat.driver = true;
  m.append(seat_mesh(seat));
  m.append(steering_wheel(seat));
  m.append(box({x1 - .16f, 0, z0 + .35f}, {.2f, .5f, .6f}, surface::kTrim, .04f));
  return {seat};
}

void paint(Model& model, const Vec3f& color) {
  Material& m = model.materials[surface::kPaint];
  m.base_color = color;
  m.metallic = 0;
  m.clearcoat = .5f;
  m.pattern_strength = std::max(m.pattern_strength, .7f);  // mud
}

VehicleSize farm_size(const PropNumbers&) {
  return {4.90, 2.45, 3.05, 2.75, 1.00};
}

void add_fender(TriangleMesh& m, float radius, float axle_z, float y, float width) {
  std::vector<Vec2f> arc;
  for (const float r : {radius + .12f, radius + .08f}) {
    for (int i = 0; i <= 12; ++i) {
      const float a = kPi * (.08f + .80f * static_cast<float>(r > radius + .1f ? i : 12 - i) / 12);
      arc.emplace_back(r * std::cos(a), axle_z + r * std::sin(a));
    }
  }
  for (const float s : {-1.f, 1.f}) {
    m.append(transformed(swept(arc, .5f * width, surface::kPaint, 0), translation({0, s * y, 0})));
  }
}

Model make_farm(const PropNumbers& n) {
  const VehicleSize s = farm_size(n);
  Kit k = begin(n, "work_machine", false);
  core::RandomStream draw = n.stream("machine/paint");
  constexpr Vec3f kColors[] = {
      {.02f, .16f, .035f}, {.36f, .02f, .015f}, {.02f, .07f, .28f}, {.20f, .42f, .02f}};
  paint(k.model, kColors[draw.below(4)]);
  k.model.materials[surface::kRim].base_color =
      draw.chance(.5) ? Vec3f(.62f, .44f, .02f) : Vec3f(.55f, .55f, .53f);
  k.model.materials[surface::kRim].metallic = 0;
  clear_panes(k.model);
  const std::uint16_t amber = add_beacon(k.model, false, beacon_is_on(n));
  TriangleMesh& m = k.body;
  const float nose = f(s.wheelbase_m + s.front_overhang_m);
  // Bonnet over the engine, frame below, weights before the axle.
  m.append(swept({{nose - .45f, .98f},
                  {nose - .42f, 1.42f},
                  {nose - .62f, 1.62f},
                  {1.22f, 1.80f},
                  {1.22f, .98f}},
                 .42f, surface::kPaint, .06f));
  m.append(face(1, nose - .425f, -.30f, .30f, 1.02f, 1.36f, .012f, surface::kGrille));
  m.append(box({1.35f, 0, .86f}, {2.9f, .56f, .34f}, surface::kUnderbody, .03f));
  m.append(box({nose - .21f, 0, .86f}, {.40f, .95f, .34f}, surface::kUnderbody, .03f));
  m.append(box({f(s.wheelbase_m), 0, .68f}, {.22f, 1.5f, .22f}, surface::kUnderbody));
  m.append(box({0, 0, .90f}, {.5f, 1.3f, .42f}, surface::kUnderbody));
  m.append(cylinder({1.75f, .30f, 1.7f}, {1.75f, .30f, 2.55f}, .05f, .05f, 10, surface::kChrome));
  for (const float side : {-1.f, 1.f}) {
    m.append(flank(side, .42f, 1.5f, nose - .75f, 1.18f, 1.48f, .004f, surface::kGrille));
    m.append(box({.95f, side * .68f, .72f}, {.55f, .30f, .06f}, surface::kPlastic));  // steps
    m.append(box({.95f, side * .66f, .98f}, {.60f, .34f, .30f}, surface::kPlastic, .04f));
    const float a = std::min(side * .14f, side * .34f);
    const float b = std::max(side * .14f, side * .34f);
    m.append(face(1, nose - .43f, a, b, 1.38f, 1.46f, .012f, k.lamp.head));
    m.append(box({1.05f, side * 1.08f, 1.62f}, {.06f, .14f, .10f}, k.lamp.indicator, .01f));
    const float u = side * .95f;
    m.append(box({-.86f, u, 1.60f}, {.05f, .12f, .12f}, k.lamp.tail, .01f));
    m.append(box({-.86f, u + side * .13f, 1.60f}, {.05f, .12f, .12f}, k.lamp.indicator, .01f));
    m.append(box({-.86f, u - side * .13f, 1.60f}, {.05f, .12f, .12f}, k.lamp.brake, .01f));
    m.append(box({-.83f, side * .42f, .62f}, {.62f, .08f, .08f}, surface::kUnderbody));  // links
  }
  m.append(box({-.86f, 0, 1.25f}, {.05f, .16f, .10f}, k.lamp.reverse, .01f));
  m.append(box({-1.08f, 0, .52f}, {.13f, .9f, .10f}, surface::kUnderbody));
  m.append(face(-1, -.80f, -.26f, .26f, 1.05f, 1.16f, .02f, surface::kPlate));
  add_fender(m, .905f, .905f, .93f, .46f);
  const std::vector<Seat> seats = glass_cabin(m, -.45f, 1.18f, .78f, 1.36f, 2.84f);
  seat_people(seats, static_cast<int>(n.get("occupants")), n.seed(), k.model, m);
  m.append(cylinder({-.30f, .62f, 2.92f}, {-.30f, .62f, 3.05f}, .07f, .06f, 12, amber));
  TriangleMesh mirror = box({1.25f, 1.12f, 2.15f}, {.06f, .18f, .30f}, surface::kPlastic, .02f);
  mirror.append(
      cylinder({1.14f, .74f, 2.3f}, {1.25f, 1.12f, 2.25f}, .015f, .015f, 6, surface::kPlastic));
  add_mirror(k.model, std::move(mirror));
  add_wheels(k.model, {s.wheelbase_m, 1.88, true, false}, {.705, .54, .36}, "front");
  add_wheels(k.model, {0, 1.80, false, false}, {.905, .65, .48}, "rear");
  return finish(std::move(k), s, .9);
}

VehicleSize loader_size(const PropNumbers&) {
  return {7.40, 2.60, 3.25, 3.00, 2.65};
}

// Bucket: a bent plate with side walls, its edge on the ground ahead.
void add_bucket(TriangleMesh& m, float edge_x, std::uint16_t steel) {
  const std::vector<Vec2f> plate = {{edge_x, .06f},         {edge_x - .02f, .12f},
                                    {edge_x - .85f, .16f},  {edge_x - 1.02f, .45f},
                                    {edge_x - .92f, .95f},  {edge_x - .78f, 1.15f},
                                    {edge_x - .84f, 1.17f}, {edge_x - 1.00f, .98f},
                                    {edge_x - 1.10f, .43f}, {edge_x - .90f, .06f}};
  m.append(swept(plate, 1.30f, steel, 0));
  for (const float s : {-1.f, 1.f}) {
    m.append(transformed(swept({{edge_x - .1f, .10f},
                                {edge_x - .80f, 1.12f},
                                {edge_x - 1.02f, .50f},
                                {edge_x - .88f, .10f}},
                               .015f, steel, 0),
                         translation({0, s * 1.285f, 0})));
  }
}

Model make_loader(const PropNumbers& n) {
  const VehicleSize s = loader_size(n);
  Kit k = begin(n, "work_machine", false);
  paint(k.model, linear_from_srgb(232, 140, 0));
  k.model.materials[surface::kRim].base_color = linear_from_srgb(232, 140, 0);
  k.model.materials[surface::kRim].metallic = 0;
  clear_panes(k.model);
  const std::uint16_t amber = add_beacon(k.model, false, beacon_is_on(n));
  k.model.materials.push_back(materials::plain("bucket", {.12f, .11f, .10f}, .6f, .3f));
  const auto steel = static_cast<std::uint16_t>(k.model.materials.size() - 1);
  TriangleMesh& m = k.body;
  const float front = f(s.wheelbase_m + s.front_overhang_m);
  const float rear = -f(s.rear_m());
  m.append(swept({{.85f, .95f},
                  {.85f, 1.95f},
                  {-.6f, 2.02f},
                  {rear + .12f, 1.85f},
                  {rear + .02f, 1.05f},
                  {rear + .25f, .75f}},
                 .88f, surface::kPaint, .05f));
  m.append(face(-1, rear + .06f, -.55f, .55f, 1.15f, 1.70f, .03f, surface::kGrille));
  m.append(box({.2f, 0, .78f}, {2.4f, .8f, .5f}, surface::kUnderbody));
  m.append(box({2.3f, 0, .95f}, {1.8f, .9f, .7f}, surface::kPaint, .04f));
  m.append(box({2.55f, 0, 1.55f}, {.5f, .8f, .8f}, surface::kPaint, .04f));
  m.append(box({0, 0, .745f}, {.3f, 1.5f, .3f}, surface::kUnderbody));
  m.append(box({3, 0, .745f}, {.3f, 1.5f, .3f}, surface::kUnderbody));
  for (const float side : {-1.f, 1.f}) {
    // Lift arms bent over the front axle, a cylinder under each.
    const Vec3f arm[] = {{2.45f, side * .42f, 1.85f},
                         {3.55f, side * .44f, 1.45f},
                         {front - 1.0f, side * .46f, .55f}};
    m.append(tube(arm, std::vector<float>{.12f}, 8, surface::kPaint));
    m.append(cylinder({2.2f, side * .42f, .95f}, {3.4f, side * .44f, 1.36f}, .06f, .05f, 10,
                      surface::kChrome));
    m.append(box({0.f, side * 1.0f, 1.56f}, {1.3f, .55f, .05f}, surface::kPlastic));  // mudguards
    m.append(box({3.f, side * 1.0f, 1.56f}, {1.2f, .55f, .05f}, surface::kPlastic));
    const float a = std::min(side * .55f, side * .78f);
    const float b = std::max(side * .55f, side * .78f);
    m.append(box({2.75f, side * .95f, 1.72f}, {.10f, .20f, .20f}, k.lamp.head, .02f));
    m.append(box({2.74f, side * 1.10f, 1.72f}, {.10f, .08f, .16f}, k.lamp.indicator, .01f));
    m.append(face(-1, rear + .06f, a, b, 1.42f, 1.56f, .03f, k.lamp.brake));
    m.append(face(-1, rear + .06f, a, b, 1.26f, 1.40f, .03f, k.lamp.tail));
    m.append(face(-1, rear + .06f, a, b, 1.12f, 1.24f, .03f, k.lamp.indicator));
    m.append(box({1.0f, side * .98f, .85f}, {.5f, .24f, .06f}, surface::kPlastic));
  }
  m.append(face(-1, rear + .03f, -.10f, .10f, .95f, 1.02f, .04f, k.lamp.reverse));
  const Vec3f tilt[] = {{2.6f, 0, 1.95f}, {3.6f, 0, 1.75f}, {front - 1.0f, 0, 1.0f}};
  m.append(tube(tilt, std::vector<float>{.07f}, 8, surface::kPaint));
  add_bucket(m, front, steel);
  const std::vector<Seat> seats = glass_cabin(m, .50f, 1.95f, .80f, 1.62f, 3.00f);
  seat_people(seats, static_cast<int>(n.get("occupants")), n.seed(), k.model, m);
  m.append(cylinder({.75f, -.55f, 3.12f}, {.75f, -.55f, 3.25f}, .07f, .06f, 12, amber));
  TriangleMesh mirror = box({1.95f, 1.12f, 2.45f}, {.06f, .20f, .32f}, surface::kPlastic, .02f);
  mirror.append(
      cylinder({1.9f, .78f, 2.6f}, {1.95f, 1.12f, 2.55f}, .015f, .015f, 6, surface::kPlastic));
  add_mirror(k.model, std::move(mirror));
  add_wheels(k.model, {s.wheelbase_m, 1.96, true, false}, {.745, .52, .34}, "front");
  add_wheels(k.model, {0, 1.96, false, false}, {.745, .52, .34}, "rear");
  return finish(std::move(k), s, .65);
}

}  // namespace

std::vector<PropType> machine_types() {
  const NumberRange driver{"occupants", 0, 1};
  const NumberRange beacon{"beacon", 0, 1, 0, true};
  return {{"loader.wheel", {beacon, driver}, size_of<loader_size>, make_loader},
          {"tractor.farm", {beacon, driver}, size_of<farm_size>, make_farm}};
}

}  // namespace oddroad::asset

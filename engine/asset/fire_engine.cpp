// A fire engine of 14 t on two axles: cab, crew cab, equipment behind roller shutters, ladder and
// blue beacons. RAL 3000 with a white or yellow band.
#include <cmath>

#include "engine/asset/heavy.h"
#include "engine/asset/materials.h"
#include "engine/asset/truck_cab.h"
#include "engine/asset/vehicle_duty.h"
#include "engine/asset/vehicle_livery.h"

namespace oddroad::asset {

using namespace kit;

namespace {

constexpr float kHalf = 1.25f;
constexpr float kRoof = 2.98f;

VehicleSize fire_size(const PropNumbers&) {
  return {7.80, 2.50, 3.25, 4.20, 1.45};
}

void add_crew_cab(TriangleMesh& m, float x0, float x1) {
  m.append(
      box({.5f * (x0 + x1), 0, 1.86f}, {x1 - x0, 2 * kHalf - .02f, 2.20f}, surface::kPaint, .04f));
  for (const float s : {-1.f, 1.f}) {
    m.append(
        flank(s, kHalf - .01f, x0 + .12f, x1 - .12f, 1.62f, 2.35f, .006f, surface::kBlackGloss));
    m.append(flank(s, kHalf - .01f, x0 + .06f, x0 + .075f, .9f, 2.5f, .003f, surface::kGap));
    m.append(flank(s, kHalf - .01f, x1 - .25f, x1 - .08f, 1.40f, 1.44f, .02f, surface::kPlastic));
  }
}

// Shutters of aluminium slats between painted frames.
void add_equipment_body(TriangleMesh& m, float x0, float x1) {
  m.append(
      box({.5f * (x0 + x1), 0, 2.0f}, {x1 - x0, 2 * kHalf - .02f, 1.94f}, surface::kPaint, .03f));
  for (const float s : {-1.f, 1.f}) {
    const float pitch = (x1 - x0) / 3;
    for (int i = 0; i < 3; ++i) {
      const float a = x0 + .07f + pitch * static_cast<float>(i);
      const float b = a + pitch - .14f;
      const float low = i == 1 ? 1.24f : 1.10f;
      for (float z = low; z < 2.66f; z += .075f) {
        m.append(flank(s, kHalf - .012f, a, b, z, z + .062f, .008f, surface::kRim));
      }
      m.append(flank(s, kHalf - .012f, a, b, low - .05f, low - .02f, .025f, surface::kPlastic));
    }
    m.append(
        box({.5f * (x0 + x1) + 1.25f, s * 1.0f, .80f}, {1.2f, .46f, .48f}, surface::kPaint, .02f));
    m.append(box({x0 + .55f, s * 1.0f, .80f}, {.9f, .46f, .48f}, surface::kPaint, .02f));
  }
  m.append(face(-1, x0, -.85f, .85f, 1.0f, 2.7f, .01f, surface::kRim));  // pump door
}

void add_ladder(TriangleMesh& m, float x0, float x1, float z) {
  for (const float y : {.30f, .72f}) {
    m.append(box({.5f * (x0 + x1), y, z}, {x1 - x0, .035f, .09f}, surface::kRim));
  }
  for (float x = x0 + .2f; x < x1; x += .3f) {
    m.append(cylinder({x, .30f, z}, {x, .72f, z}, .016f, .016f, 6, surface::kRim));
  }
  for (const float x : {x0 + .4f, x1 - .4f}) {
    m.append(box({x, .5f, z - .09f}, {.06f, .7f, .08f}, surface::kUnderbody));
  }
}

Model make_fire(const PropNumbers& n) {
  const VehicleSize s = fire_size(n);
  Kit k = begin(n, "truck", true);
  core::RandomStream draw = n.stream("heavy/fire");
  Material& paint = k.model.materials[surface::kPaint];
  paint.base_color =
      draw.chance(.7) ? linear_from_srgb(193, 18, 28) : linear_from_srgb(225, 20, 20);
  paint.metallic = 0;
  paint.pattern_strength *= .4f;  // they are washed
  const std::uint16_t blue = add_beacon(k.model, true, beacon_is_on(n));
  const std::uint16_t tape = add_tape(k);
  const SignColour band = draw.chance(.5) ? SignColour{250, 250, 245} : SignColour{245, 225, 30};
  const auto film = add_film(k.model, lettering("livery", "FIRE", 16.f, band, {190, 20, 25}, .7f),
                             "livery", .35f);
  TriangleMesh& m = k.body;
  const float front = f(s.wheelbase_m + s.front_overhang_m);
  const float rear = -f(s.rear_m());
  add_cab(k, {front - .012f, 2.15f, kHalf - .005f, 2.95f, f(s.wheelbase_m)}, n);
  add_crew_cab(m, front - 2.92f, front - 2.10f);
  add_equipment_body(m, rear + .05f, front - 2.93f);
  add_chassis(k, rear, front - 2.0f, kHalf, false);
  for (const float side : {-1.f, 1.f}) {
    m.append(flat_film(side, kHalf + .002f, front - 2.88f, front - .35f, 1.12f, 1.34f, film));
    m.append(flank(side, kHalf - .012f, rear + .1f, front - 3.0f, 2.78f, 2.86f, .004f, tape));
    m.append(flank(side, kHalf - .012f, rear + .1f, front - 3.0f, .985f, 1.035f, .004f, tape));
  }
  add_ladder(m, rear + .1f, front - 2.6f, 3.18f);
  m.append(box({front - 3.9f, -.6f, kRoof + .08f}, {1.6f, .8f, .18f}, surface::kRim, .02f));
  // Bar on the cab, two at the rear.
  const float bar_x = front - .95f;
  m.append(box({bar_x, 0, 3.0f}, {.20f, 1.6f, .06f}, surface::kPlastic));
  for (const float side : {-1.f, 1.f}) {
    m.append(box({bar_x, side * .62f, 3.135f}, {.32f, .52f, .23f}, blue, .04f));
    m.append(cylinder({rear + .25f, side * 1.05f, kRoof - .02f},
                      {rear + .25f, side * 1.05f, kRoof + .20f}, .09f, .08f, 14, blue));
    m.append(face(1, front - .012f, std::min(side * .55f, side * .40f),
                  std::max(side * .55f, side * .40f), 1.0f, 1.06f, .02f, blue));
  }
  m.append(box({bar_x, 0, 3.11f}, {.30f, .66f, .18f}, surface::kReverseLamp, .03f));
  add_rear_lamps(k, rear + .05f, kHalf - .02f, .92f);
  m.append(box({0, 0, .75f}, {1.0f, 1.2f, .3f}, surface::kUnderbody));
  add_axle(k.model, {s.wheelbase_m, 2.05, true, false}, kTruckTyre, "front");
  add_axle(k.model, {0, 2.12, false, true}, kTruckTyre, "rear");
  return finish(std::move(k), s, .75);
}

}  // namespace

std::vector<PropType> fire_engine_types() {
  return {{"truck.fire",
           {{"beacon", 0, 1, 0, true}, {"occupants", 0, 2}},
           size_of<fire_size>,
           make_fire}};
}

}  // namespace oddroad::asset

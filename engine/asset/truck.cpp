#include <algorithm>
#include <cmath>

#include "engine/asset/heavy.h"
#include "engine/asset/truck_cab.h"

namespace oddroad::asset {

using namespace kit;

namespace {

VehicleSize rigid_size(const PropNumbers& n) {
  const double length = n.get("length");
  return {length, 2.55, 3.80, .551 * length, 1.44};
}
Model make_rigid(const PropNumbers& n) {
  const VehicleSize s = rigid_size(n);
  Kit k = begin(n, "truck", true);
  const std::uint16_t skin = add_skin(k, n);
  const std::uint16_t tape = add_tape(k);
  const float front = f(s.wheelbase_m + s.front_overhang_m);
  const float rear = -f(s.rear_m());
  add_cab(k, {front - .012f, 2.15f, 1.25f, 3.05f, f(s.wheelbase_m)}, n);
  add_chassis(k, rear, front - 2.2f, 1.25f, true);
  add_box_body(k, rear + .02f, front - 2.30f, 1.275f, 1.12f, 3.80f, skin, tape);
  add_rear_lamps(k, rear + .05f, 1.25f, .92f);
  k.body.append(box({0, 0, .75f}, {1.0f, 1.2f, .3f}, surface::kUnderbody));
  add_axle(k.model, {s.wheelbase_m, 2.05, true, false}, kTruckTyre, "front");
  add_axle(k.model, {0, 2.15, false, true}, kTruckTyre, "rear");
  return finish(std::move(k), s, .75);
}

VehicleSize tractor_size(const PropNumbers&) {
  return {6.0, 2.50, 3.75, 3.70, 1.41};
}
Model make_tractor(const PropNumbers& n) {
  const VehicleSize s = tractor_size(n);
  Kit k = begin(n, "truck", true);
  const float front = f(s.wheelbase_m + s.front_overhang_m);
  const float rear = -f(s.rear_m());
  add_cab(k, {front - .012f, 2.28f, 1.235f, 3.75f, f(s.wheelbase_m)}, n);
  add_chassis(k, rear, front - 2.3f, 1.25f, false);
  add_rear_lamps(k, rear + .02f, 1.15f, .85f);
  TriangleMesh& m = k.body;
  m.append(box({.2f, 0, 1.13f}, {.95f, .9f, .12f}, surface::kUnderbody, .03f));  // fifth wheel
  m.append(cylinder({.2f, 0, 1.10f}, {.2f, 0, 1.24f}, .46f, .44f, 20, surface::kUnderbody));
  for (const float side : {-1.f, 1.f}) {
    m.append(box({1.95f, side * .92f, .72f}, {1.5f, .6f, .62f}, surface::kRim, .08f));  // tanks
    std::vector<Vec2f> fender;  // mudguards over the driven wheels
    for (const float r : {.60f, .57f}) {
      for (int i = 0; i <= 10; ++i) {
        const float a = kPi * (.05f + .9f * static_cast<float>(r > .58f ? i : 10 - i) / 10);
        fender.emplace_back(r * std::cos(a), .507f + r * std::sin(a));
      }
    }
    m.append(
        transformed(swept(fender, .34f, surface::kPlastic, 0), translation({0, side * .90f, 0})));
  }
  add_axle(k.model, {s.wheelbase_m, 2.05, true, false}, kTruckTyre, "front");
  add_axle(k.model, {0, 2.15, false, true}, kTruckTyre, "rear");
  return finish(std::move(k), s, .75);
}

}  // namespace

std::vector<PropType> truck_types() {
  const NumberRange paint{"paint", 0, 8, 0, true};
  const NumberRange two{"occupants", 0, 2};
  return {{"truck.rigid", {{"length", 7.5, 12, 9.8}, two, paint}, size_of<rigid_size>, make_rigid},
          {"truck.semi", {two, paint}, size_of<tractor_size>, make_tractor}};
}

}  // namespace oddroad::asset

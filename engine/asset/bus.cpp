#include <algorithm>
#include <cmath>

#include "engine/asset/cabin.h"
#include "engine/asset/heavy.h"
#include "engine/asset/materials.h"
#include "engine/asset/open_cabin.h"
#include "engine/asset/vehicle_kit.h"

namespace oddroad::asset {

using namespace kit;

namespace {

constexpr Tyre kBusTyre{.4785, .275, .295};

// Floor, driver's place, rows of two and two with a gangway. The driver's seat comes first, then
// every third of the others, so that a few passengers sit apart.
std::vector<Seat> furnish_bus(TriangleMesh& m, float x0, float x1) {
  constexpr float kFloor = .40f;
  m.append(box({.5f * (x0 + x1), 0, kFloor - .03f}, {x1 - x0 - .9f, 2.36f, .06f}, surface::kTrim));
  m.append(box({x1 - .40f, .55f, .80f}, {.5f, 1.1f, .64f}, surface::kTrim, .05f));
  m.append(box({x1 - 1.75f, .70f, 1.25f}, {.04f, 1.0f, 1.7f}, surface::kLining));  // partition
  Seat driver;
  driver.top = {x1 - 1.25f, .68f, 1.12f};
  driver.lean_rad = .18f;
  driver.heel_drop_m = .42f;
  driver.driver = true;
  m.append(seat_mesh(driver));
  m.append(steering_wheel(driver));
  std::vector<Seat> rows;
  for (float x = x0 + 1.3f; x < x1 - 2.3f; x += .80f) {
    for (const float y : {.92f, -.92f, .46f, -.46f}) {
      const bool door = y < 0 && (std::abs(x - 2.55f) < .95f || std::abs(x + 2.2f) < .95f);
      if (door) continue;
      Seat seat;
      seat.top = {x, y, kFloor + .47f};
      seat.lean_rad = .14f;
      seat.heel_drop_m = .45f;
      seat.width_m = .44f;
      rows.push_back(seat);
      m.append(box(seat.top + Vec3f(.16f, 0, -.05f), {.44f, .44f, .10f}, surface::kSeat));
      m.append(transformed(
          box({0, 0, .36f}, {.07f, .44f, .74f}, surface::kSeat),
          translation(seat.top + Vec3f(-.16f, 0, -.02f)) * rotation({0, 1, 0}, -seat.lean_rad)));
      m.append(box(seat.top + Vec3f(.10f, 0, -.26f), {.10f, .30f, .36f}, surface::kTrim));
    }
  }
  for (const float y : {.35f, -.35f}) {  // grab rails
    for (float x = x0 + 2.f; x < x1 - 2.3f; x += 1.6f) {
      m.append(cylinder({x, y, kFloor}, {x, y, 2.6f}, .017f, .017f, 6, surface::kAmber));
    }
  }
  std::vector<Seat> seats{driver};
  for (std::size_t step = 0; step < 3; ++step) {
    for (std::size_t i = step; i < rows.size(); i += 3) seats.push_back(rows[i]);
  }
  return seats;
}

VehicleSize bus_size(const PropNumbers&) {
  return {12.135, 2.55, 3.12, 5.90, 2.805};
}
Model make_bus(const PropNumbers& n) {
  const VehicleSize s = bus_size(n);
  Kit k = begin(n, "bus", true);
  TriangleMesh& m = k.body;
  const float x1 = f(s.wheelbase_m + s.front_overhang_m) - .014f;
  const float x0 = -f(s.rear_m()) + .012f;
  const float h = 2.90f;
  const float half = 1.275f;
  const float low = .28f;
  const float z0 = .36f * 3.12f;  // the windows are open from here
  const float z1 = .85f * 3.12f;  // to here, with posts between
  std::vector<Vec2f> side = {{x1, low + .12f}, {x1, .95f}, {x1 - .007f, z0},
                             {x0, z0},         {x0, .35f}, {x0 + .3f, low}};
  const std::vector<Vec2f> arch = arches({f(s.wheelbase_m), 0.f}, .56f, .4785f, low);
  side.insert(side.end(), arch.rbegin(), arch.rend());
  side.push_back({x1 - .05f, low});
  m.append(swept(side, half, surface::kPaint, .03f));
  m.append(swept({{x1 - .13f, z1},
                  {x1 - .22f, .985f * h},
                  {x1 - .5f, h},
                  {x0 + .2f, h},
                  {x0, .95f * h},
                  {x0, z1}},
                 half, surface::kPaint, .03f));
  m.append(box({x0 + .25f, 0, .5f * (z0 + z1)}, {.48f, 2 * half - .01f, z1 - z0 + .03f},
               surface::kPaint));
  for (const float x : {0.f, f(s.wheelbase_m)}) {
    m.append(box({x, 0, .62f}, {1.12f, 1.35f, .70f}, surface::kUnderbody));
  }
  for (const float sgn : {-1.f, 1.f}) {
    m.append(side_glazing(sgn, half - .012f, x0 + .49f, x1 - .13f, z0, z1, 8));
    m.append(flank(sgn, half, x0 + .1f, x1 - .1f, .40f, .44f, .004f, surface::kPlastic));
    for (const float x : {x0 + .7f, -.9f, 1.6f, 4.0f, x1 - 1.f}) {  // side markers
      m.append(flank(sgn, half, x, x + .09f, .62f, .66f, .012f, k.lamp.indicator));
    }
    const float a = sgn * (half - .16f);
    const float b = sgn * (half - .03f);
    const float ya = std::min(a, b);
    const float yb = std::max(a, b);
    m.append(face(-1, x0, ya, yb, 1.25f, 1.42f, .015f, k.lamp.indicator));
    m.append(face(-1, x0, ya, yb, 1.07f, 1.24f, .015f, k.lamp.brake));
    m.append(face(-1, x0, ya, yb, .89f, 1.06f, .015f, k.lamp.tail));
    m.append(face(-1, x0, ya, yb, .74f, .88f, .015f, k.lamp.reverse));
    const float ha = sgn * (half - .48f);
    const float hb = sgn * (half - .12f);
    m.append(face(1, x1, std::min(ha, hb), std::max(ha, hb), .56f, .74f, .013f, k.lamp.head));
    m.append(flank(sgn, half, x1 - .30f, x1 - .08f, .58f, .72f, .012f, k.lamp.indicator));
  }
  // Doors on the kerb side, glazed to the floor.
  for (const float x : {x1 - 1.05f, 2.55f, -2.2f}) {
    m.append(flank(-1, half - .004f, x - .66f, x + .66f, .36f, z0, .006f, surface::kBlackGloss));
    for (const float d : {-.63f, 0.f, .63f}) {
      m.append(flank(-1, half - .008f, x + d - .035f, x + d + .035f, z0, z1 - .004f, .010f,
                     surface::kBlackGloss));
    }
  }
  const float w = half - .09f;
  m.append(face(1, x1 - .004f, -w, w, .98f, z0, .006f, surface::kBlackGloss));
  m.append(cross_pane(1, half - .03f, x1 - .009f, z0, x1 - .064f, .86f * h, surface::kGlass));
  m.append(plate({x1 - .050f, -w, .855f * h}, {x1 - .050f, w, .855f * h},
                 {x1 - .198f, w, .975f * h}, {x1 - .198f, -w, .975f * h}, .005f,
                 surface::kBlackGloss));
  Material led = materials::plain("destination", {.06f, .03f, .005f}, .5f, .1f);
  led.emission_cd_m2 = math::Vec3f(1.f, .35f, .0f) * 900.f;
  k.model.materials.push_back(led);
  const auto amber = static_cast<std::uint16_t>(k.model.materials.size() - 1);
  core::RandomStream stream = n.stream("bus/destination");
  float y = -.85f;
  while (y < .8f) {  // bars of letters, not to be read
    const float letter = f(stream.uniform(.05, .11));
    if (stream.chance(.85)) {
      m.append(plate({x1 - .078f, y, .880f * h}, {x1 - .078f, y + letter, .880f * h},
                     {x1 - .163f, y + letter, .950f * h}, {x1 - .163f, y, .950f * h}, .010f,
                     amber));
    }
    y += letter + .035f;
  }
  m.append(face(-1, x0, -w + .2f, w - .2f, 1.6f, .84f * h, .005f, surface::kBlackGloss));
  m.append(face(-1, x0, -.26f, .26f, .62f, .73f, .012f, surface::kPlate));
  m.append(face(1, x1, -.26f, .26f, .38f, .49f, .012f, surface::kPlate));
  m.append(box({-1.5f, 0, h + .11f}, {3.4f, 1.7f, .22f}, surface::kPaint, .06f));
  m.append(box({4.6f, 0, h + .09f}, {2.2f, 1.6f, .18f}, surface::kPaint, .06f));
  TriangleMesh mirror = tube(
      std::vector<Vec3f>{
          {x1 - .25f, 1.10f, 2.75f}, {x1 + .25f, 1.35f, 2.80f}, {x1 + .36f, 1.40f, 2.55f}},
      std::vector<float>{.02f}, 8, surface::kPlastic);
  mirror.append(box({x1 + .36f, 1.40f, 2.32f}, {.12f, .22f, .42f}, surface::kPlastic, .03f));
  mirror.append(face(-1, x1 + .30f, 1.31f, 1.49f, 2.14f, 2.50f, .004f, surface::kMirrorGlass));
  add_mirror(k.model, std::move(mirror));
  clear_panes(k.model);
  const std::vector<Seat> seats = furnish_bus(m, x0, x1);
  seat_people(seats, static_cast<int>(n.get("occupants")), n.seed(), k.model, m);
  add_axle(k.model, {s.wheelbase_m, 2.16, true, false}, kBusTyre, "front");
  add_axle(k.model, {0, 2.20, false, true}, kBusTyre, "rear");
  return finish(std::move(k), s, .85);
}

}  // namespace

std::vector<PropType> bus_types() {
  const NumberRange paint{"paint", 0, 8, 0, true};
  return {{"bus.city", {{"occupants", 0, 12}, paint}, size_of<bus_size>, make_bus}};
}

}  // namespace oddroad::asset

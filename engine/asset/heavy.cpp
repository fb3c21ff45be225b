#include "engine/asset/heavy.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/materials.h"
#include "engine/asset/vehicle_kit.h"

namespace oddroad::asset {

using namespace kit;

namespace {

constexpr Tyre kTruckTyre{.507, .315, .295};
constexpr Tyre kBusTyre{.4785, .275, .295};

// --- cab over engine --------------------------------------------------------------------------

struct Cab {
  float front;   // x of the foremost point
  float length;  // to the rear wall
  float half;    // half width
  float height;
  float axle_x;
};

TriangleMesh truck_mirror(const Cab& c) {
  const float x = c.front - .25f;
  const float y = c.half + .15f;
  const float z = .60f * c.height;
  TriangleMesh mesh = box({x, y, z}, {.14f, .22f, .44f}, surface::kPlastic, .02f);
  mesh.append(box({x, y, z - .36f}, {.14f, .22f, .22f}, surface::kPlastic, .02f));
  mesh.append(
      face(-1, x - .07f, y - .09f, y + .09f, z - .18f, z + .18f, .004f, surface::kMirrorGlass));
  mesh.append(
      face(-1, x - .07f, y - .09f, y + .09f, z - .44f, z - .28f, .004f, surface::kMirrorGlass));
  for (const float dz : {.18f, -.42f}) {
    mesh.append(
        cylinder({x, c.half - .04f, z + dz}, {x, y, z + dz}, .015f, .015f, 8, surface::kPlastic));
  }
  return mesh;
}

void add_cab(Kit& k, const Cab& c) {
  TriangleMesh& m = k.body;
  const float f0 = c.front;
  const float h = c.height;
  const float rear = f0 - c.length;
  // Up the front, back over the roof, down the rear wall, forward along the underside.
  std::vector<Vec2f> side = {{f0 - .04f, .30f},
                             {f0, .36f},
                             {f0, .30f * h},
                             {f0 - .03f, .45f * h},
                             {f0 - .20f, .74f * h},
                             {f0 - .34f, .80f * h},
                             {f0 - .75f * c.length, h},
                             {rear, h},
                             {rear, .75f}};
  const float radius = .62f;
  const std::vector<Vec2f> arch = arches({c.axle_x}, radius, .507f, .75f);
  side.push_back({c.axle_x - radius - .02f, .75f});
  // The arch runs from front to rear; the underside is walked from rear to front.
  side.insert(side.end(), arch.rbegin(), arch.rend());
  side.push_back({c.axle_x + radius + .02f, .30f});
  m.append(swept(side, c.half, surface::kPaint, .07f));
  m.append(box({c.axle_x, 0, .62f}, {1.2f, 1.3f, .5f}, surface::kUnderbody));
  // Windscreen, side windows, grille, bumper, lamps.
  const float w = c.half - .10f;
  const Vec2f low(f0 - .035f, .47f * h);
  const Vec2f high(f0 - .19f, .725f * h);
  m.append(plate({low.x, -w, low.y}, {low.x, w, low.y}, {high.x, w, high.y}, {high.x, -w, high.y},
                 .006f, surface::kGlass));
  m.append(face(1, f0, -w, w, .20f * h, .285f * h, .008f, surface::kGrille));
  m.append(plate({f0 - .002f, -w, .305f * h}, {f0 - .002f, w, .305f * h},
                 {f0 - .028f, w, .435f * h}, {f0 - .028f, -w, .435f * h}, .006f, surface::kGrille));
  for (const float s : {-1.f, 1.f}) {
    m.append(flank(s, c.half, f0 - 1.05f, f0 - .22f, .49f * h, .70f * h, .006f, surface::kGlass));
    m.append(flank(s, c.half, f0 - 1.18f, f0 - 1.165f, .35f * h, .73f * h, .002f, surface::kGap));
    m.append(flank(s, c.half, f0 - .12f, f0 - .105f, .35f * h, .70f * h, .002f, surface::kGap));
    m.append(flank(s, c.half, f0 - 1.10f, f0 - .95f, .42f * h, .445f * h, .02f, surface::kPlastic));
    m.append(flank(s, c.half, f0 - .55f, f0 - .10f, .38f, .46f, .01f, surface::kPlastic));  // step
    const float y0 = s * (w - .42f);
    const float y1 = s * w;
    m.append(face(1, f0, std::min(y0, y1), std::max(y0, y1), .52f, .70f, .012f, k.lamp.head));
    m.append(flank(s, c.half, f0 - .20f, f0 - .06f, .56f, .68f, .012f, k.lamp.indicator));
  }
  m.append(face(1, f0, -.26f, .26f, .38f, .49f, .010f, surface::kPlate));
  m.append(
      box({f0 - .45f, 0, .785f * h}, {.5f, 2 * w, .05f}, surface::kPlastic, .02f));  // sun visor
  add_mirror(k.model, truck_mirror(c));
}

void add_rear_lamps(Kit& k, float x, float half, float z) {
  for (const float s : {-1.f, 1.f}) {
    const auto lamp = [&](float from, float to, std::uint16_t material) {
      const float a = s * (half - from);
      const float b = s * (half - to);
      k.body.append(
          face(-1, x, std::min(a, b), std::max(a, b), z - .065f, z + .065f, .02f, material));
    };
    lamp(.04f, .16f, k.lamp.indicator);
    lamp(.16f, .27f, k.lamp.brake);
    lamp(.27f, .37f, k.lamp.tail);
    lamp(.37f, .44f, k.lamp.reverse);
  }
  k.body.append(face(-1, x, -.26f, .26f, z - .055f, z + .055f, .012f, surface::kPlate));
}

// Frame, tanks, underrun guards between the axles and behind.
void add_chassis(Kit& k, float x0, float x1, float half, bool guards) {
  TriangleMesh& m = k.body;
  for (const float s : {-1.f, 1.f}) {
    m.append(box({.5f * (x0 + x1), s * .43f, .95f}, {x1 - x0, .09f, .26f}, surface::kUnderbody));
    if (!guards) continue;
    const float g0 = .75f;
    const float g1 = x1 - 2.1f;
    for (const float z : {.52f, .78f}) {
      m.append(box({.5f * (g0 + g1), s * (half - .04f), z}, {g1 - g0, .03f, .10f}, surface::kRim));
    }
    m.append(box({g1 - .4f, s * (half - .38f), .72f}, {1.0f, .6f, .56f}, surface::kRim, .06f));
  }
  m.append(box({x0 + .06f, 0, .47f}, {.10f, 2 * half - .1f, .12f}, surface::kPlastic, .02f));
  for (const float s : {-1.f, 1.f}) {
    m.append(box({x0 + .10f, s * .55f, .68f}, {.06f, .08f, .42f}, surface::kPlastic));
  }
}

// A body of panels with aluminium rails and contour tape (UN R104).
void add_box_body(Kit& k, float x0, float x1, float half, float z0, float z1, std::uint16_t skin,
                  std::uint16_t tape) {
  TriangleMesh& m = k.body;
  m.append(box({.5f * (x0 + x1), 0, .5f * (z0 + z1)},
               {x1 - x0 - .02f, 2 * half - .02f, z1 - z0 - .02f}, skin));
  for (const float s : {-1.f, 1.f}) {
    for (const float z : {z0 + .05f, z1 - .04f}) {
      m.append(
          box({.5f * (x0 + x1), s * (half - .02f), z}, {x1 - x0, .04f, .09f}, surface::kRim, .01f));
    }
    for (const float x : {x0 + .035f, x1 - .035f}) {
      m.append(box({x, s * (half - .03f), .5f * (z0 + z1)}, {.07f, .06f, z1 - z0}, surface::kRim,
                   .012f));
    }
    m.append(flank(s, half, x0 + .1f, x1 - .1f, z0 + .12f, z0 + .175f, .003f, tape));
    // Rear doors: gap, hinges, lock rods.
    for (const float u : {.30f, .62f}) {
      m.append(cylinder({x0 - .012f, s * u * half, z0 + .1f}, {x0 - .012f, s * u * half, z1 - .1f},
                        .016f, .016f, 8, surface::kRim));
    }
  }
  m.append(face(-1, x0, -.008f, .008f, z0 + .06f, z1 - .05f, .004f, surface::kGap));
  m.append(face(-1, x0, -half + .06f, half - .06f, z1 - .12f, z1 - .07f, .004f, tape));
}

std::uint16_t add_skin(Kit& k, const PropNumbers& n) {
  core::RandomStream stream = n.stream("heavy/skin");
  const math::Vec3f colours[] = {{.62f, .62f, .60f}, {.60f, .60f, .58f}, {.03f, .10f, .32f},
                                 {.36f, .03f, .02f}, {.50f, .36f, .03f}, {.04f, .17f, .08f},
                                 {.20f, .21f, .22f}};
  k.model.materials.push_back(materials::plain("body_skin", colours[stream.below(7)], .45f, .5f));
  return static_cast<std::uint16_t>(k.model.materials.size() - 1);
}
std::uint16_t add_tape(Kit& k) {
  Material tape = materials::retro_white();
  tape.name = "contour_tape";
  k.model.materials.push_back(tape);
  return static_cast<std::uint16_t>(k.model.materials.size() - 1);
}

// --- the types --------------------------------------------------------------------------------

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
  add_cab(k, {front - .012f, 2.15f, 1.25f, 3.05f, f(s.wheelbase_m)});
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
  add_cab(k, {front - .012f, 2.28f, 1.235f, 3.75f, f(s.wheelbase_m)});
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
  std::vector<Vec2f> side = {{x1, low + .12f},       {x1, .95f},    {x1 - .06f, .86f * h},
                             {x1 - .22f, .985f * h}, {x1 - .5f, h}, {x0 + .2f, h},
                             {x0, .95f * h},         {x0, .35f},    {x0 + .3f, low}};
  const std::vector<Vec2f> arch = arches({f(s.wheelbase_m), 0.f}, .56f, .4785f, low);
  side.insert(side.end(), arch.rbegin(), arch.rend());
  side.push_back({x1 - .05f, low});
  m.append(swept(side, half, surface::kPaint, .05f));
  for (const float x : {0.f, f(s.wheelbase_m)}) {
    m.append(box({x, 0, .62f}, {1.12f, 1.35f, .70f}, surface::kUnderbody));
  }
  const float z0 = .36f * 3.12f;
  const float z1 = .85f * 3.12f;
  for (const float sgn : {-1.f, 1.f}) {
    m.append(flank(sgn, half, x0 + .5f, x1 - .35f, z0, z1, .004f, surface::kBlackGloss));
    for (int i = 0; i < 8; ++i) {
      const float a = x0 + .6f + 1.36f * static_cast<float>(i);
      m.append(
          flank(sgn, half + .004f, a, a + 1.28f, z0 + .05f, z1 - .05f, .004f, surface::kGlass));
    }
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
    m.append(flank(-1, half + .003f, x - .66f, x + .66f, .36f, 2.42f, .004f, surface::kBlackGloss));
    for (const float d : {-.33f, .33f}) {
      m.append(
          flank(-1, half + .007f, x + d - .27f, x + d + .27f, .46f, 2.34f, .004f, surface::kGlass));
    }
  }
  const float w = half - .09f;
  m.append(plate({x1 - .002f, -w, .98f}, {x1 - .002f, w, .98f}, {x1 - .062f, w, .845f * h},
                 {x1 - .062f, -w, .845f * h}, .006f, surface::kGlass));
  m.append(plate({x1 - .07f, -w, .855f * h}, {x1 - .07f, w, .855f * h}, {x1 - .215f, w, .975f * h},
                 {x1 - .215f, -w, .975f * h}, .005f, surface::kBlackGloss));
  Material led = materials::plain("destination", {.06f, .03f, .005f}, .5f, .1f);
  led.emission_cd_m2 = math::Vec3f(1.f, .35f, .0f) * 900.f;
  k.model.materials.push_back(led);
  const auto amber = static_cast<std::uint16_t>(k.model.materials.size() - 1);
  core::RandomStream stream = n.stream("bus/destination");
  float y = -.85f;
  while (y < .8f) {  // bars of letters, not to be read
    const float letter = f(stream.uniform(.05, .11));
    if (stream.chance(.85)) {
      m.append(plate({x1 - .100f, y, .880f * h}, {x1 - .100f, y + letter, .880f * h},
                     {x1 - .185f, y + letter, .950f * h}, {x1 - .185f, y, .950f * h}, .010f,
                     amber));
    }
    y += letter + .035f;
  }
  m.append(face(-1, x0, -w + .2f, w - .2f, 1.6f, .84f * h, .005f, surface::kPrivacy));
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
  add_axle(k.model, {s.wheelbase_m, 2.16, true, false}, kBusTyre, "front");
  add_axle(k.model, {0, 2.20, false, true}, kBusTyre, "rear");
  return finish(std::move(k), s, .85);
}

VehicleSize semi_size(const PropNumbers&) {
  return {13.62, 2.55, 4.0, 7.70, 1.60};
}
Model make_semi(const PropNumbers& n) {
  const VehicleSize s = semi_size(n);
  Kit k = begin(n, "trailer", true);
  const std::uint16_t skin = add_skin(k, n);
  const std::uint16_t tape = add_tape(k);
  TriangleMesh& m = k.body;
  const float front = f(s.wheelbase_m + s.front_overhang_m);
  const float rear = -f(s.rear_m());
  add_box_body(k, rear + .02f, front, 1.275f, 1.25f, 4.0f, skin, tape);
  add_chassis(k, rear, front - 1.0f, 1.25f, false);
  for (int i = 0; i < 9; ++i) {  // curtain straps
    const float x = rear + .9f + 1.42f * static_cast<float>(i);
    for (const float side : {-1.f, 1.f})
      m.append(flank(side, 1.265f, x, x + .05f, 1.30f, 3.9f, .012f, surface::kPlastic));
  }
  for (const float side : {-1.f, 1.f}) {
    for (const float z : {.52f, .82f})
      m.append(box({3.7f, side * 1.2f, z}, {3.6f, .03f, .10f}, surface::kRim));
    m.append(cylinder({5.9f, side * .75f, .10f}, {5.9f, side * .75f, 1.0f}, .06f, .07f, 10,
                      surface::kUnderbody));
    m.append(box({5.9f, side * .75f, .06f}, {.30f, .26f, .05f}, surface::kUnderbody));
  }
  m.append(box({0, 0, .8f}, {3.6f, 1.1f, .25f}, surface::kUnderbody));
  add_rear_lamps(k, rear + .03f, 1.25f, .95f);
  constexpr Tyre tyre{.536, .385, .295};
  int axle = 0;
  for (const double x : {1.31, 0.0, -1.31}) {
    add_axle(k.model, {x, 2.04, false, false}, tyre, std::to_string(++axle));
  }
  return finish(std::move(k), s, 0);
}

template <VehicleSize (*kSize)(const PropNumbers&)>
ModelSize size_of(const PropNumbers& n) {
  return kSize(n).size();
}

}  // namespace

std::vector<PropType> heavy_types() {
  const NumberRange paint{"paint", 0, 6, 0, true};
  return {{"bus.city", {paint}, size_of<bus_size>, make_bus},
          {"trailer.semi", {paint}, size_of<semi_size>, make_semi},
          {"truck.rigid", {{"length", 7.5, 12, 9.8}, paint}, size_of<rigid_size>, make_rigid},
          {"truck.semi", {paint}, size_of<tractor_size>, make_tractor}};
}

}  // namespace oddroad::asset

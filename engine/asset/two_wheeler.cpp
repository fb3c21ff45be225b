#include "engine/asset/two_wheeler.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/materials.h"
#include "engine/asset/vehicle_kit.h"

namespace oddroad::asset {

using namespace kit;

namespace {

// Tyre, rim, spokes and a brake disc about y.
TriangleMesh small_wheel(float r, float width, float rim, int spokes, bool disc) {
  const float half = .5f * width;
  const Vec2f tyre[] = {{rim, -.75f * half},
                        {.5f * (r + rim), -half},
                        {r - .2f * half, -.7f * half},
                        {r, 0},
                        {r - .2f * half, .7f * half},
                        {.5f * (r + rim), half},
                        {rim, .75f * half}};
  TriangleMesh mesh = lathe(tyre, surface::kTyre, {.segments = 30, .crease_rad = 1.2f});
  const Vec2f barrel[] = {{rim, .75f * half},
                          {rim - .03f * r - .008f, .6f * half},
                          {rim - .03f * r - .008f, -.6f * half},
                          {rim, -.75f * half}};
  mesh.append(lathe(barrel, surface::kRim, {.segments = 30}));
  mesh.append(
      cylinder({0, 0, -1.1f * half}, {0, 0, 1.1f * half}, .14f * r, .14f * r, 14, surface::kRim));
  for (int k = 0; k < spokes; ++k) {
    const float a = 2 * kPi * static_cast<float>(k) / static_cast<float>(spokes);
    const Vec3f tip(rim * std::cos(a), rim * std::sin(a), 0);
    mesh.append(
        cylinder(.12f * tip, .97f * tip, .035f * r + .004f, .028f * r + .004f, 6, surface::kRim));
  }
  if (disc) {
    mesh.append(cylinder({0, 0, .9f * half}, {0, 0, .9f * half + .006f}, .52f * r, .52f * r, 22,
                         surface::kBrakeDisc));
  }
  TriangleMesh turned = transformed(mesh, rotation({1, 0, 0}, -.5f * kPi));
  turned.remove_degenerate();
  return turned;
}

void add_wheel(Model& model, const char* name, TriangleMesh mesh, const math::Vec3d& hub,
               double radius, bool steered) {
  Part part;
  part.name = name;
  part.role = PartRole::kWheel;
  part.mesh = std::make_shared<const TriangleMesh>(std::move(mesh));
  part.T_model_part.translation = hub;
  part.wheel_radius_m = radius;
  part.steered = steered;
  model.parts.push_back(std::move(part));
}

void rod(TriangleMesh& m, std::vector<Vec3f> path, float radius, std::uint16_t material) {
  const float r[] = {radius};
  m.append(tube(path, r, 9, material));
}

// A body panel: rounded sections along a path in the x-z plane.
struct Section {
  float x, z, height, width;
};
TriangleMesh panel(const std::vector<Section>& sections, std::uint16_t material) {
  std::vector<Ring> rings;
  for (const Section& s : sections) {
    Ring ring;
    for (const Vec2f& p :
         rounded_rectangle(s.width, s.height, .42f * std::min(s.width, s.height), 3)) {
      ring.emplace_back(s.x, p.x, s.z + p.y);
    }
    rings.push_back(std::move(ring));
  }
  TriangleMesh mesh = loft(rings, material, {.crease_rad = .9f});
  return signed_volume(mesh) < 0 ? flipped(mesh) : mesh;
}

void add_bar(TriangleMesh& m, const Vec3f& stem, const Vec3f& grip) {
  for (const float s : {-1.f, 1.f}) {
    rod(m,
        {stem,
         {.5f * (stem.x + grip.x) + .02f, s * .5f * grip.y, grip.z + .01f},
         {grip.x + .03f, s * (grip.y - .07f), grip.z}},
        .012f, surface::kRim);
    m.append(cylinder({grip.x + .03f, s * (grip.y - .07f), grip.z},
                      {grip.x - .01f, s * (grip.y + .06f), grip.z}, .017f, .017f, 10,
                      surface::kPlastic));
  }
}

TriangleMesh round_mirror(const Vec3f& grip) {
  TriangleMesh m = cylinder(grip + Vec3f(.04f, -.04f, .01f), grip + Vec3f(.05f, .03f, .17f), .006f,
                            .006f, 7, surface::kPlastic);
  m.append(
      ellipsoid(grip + Vec3f(.05f, .05f, .20f), {.025f, .065f, .045f}, 14, 8, surface::kPlastic));
  m.append(face(-1, grip.x + .028f, grip.y, grip.y + .10f, grip.z + .175f, grip.z + .225f, .002f,
                surface::kMirrorGlass));
  return m;
}

void add_tail(Kit& k, float x, float z) {
  TriangleMesh& m = k.body;
  m.append(box({x, 0, z}, {.05f, .16f, .05f}, k.lamp.tail, .008f));
  m.append(box({x - .004f, 0, z - .045f}, {.05f, .16f, .03f}, k.lamp.brake, .006f));
  for (const float s : {-1.f, 1.f}) {
    m.append(cylinder({x + .02f, s * .06f, z - .04f}, {x + .02f, s * .15f, z - .04f}, .006f, .006f,
                      6, surface::kPlastic));
    m.append(
        ellipsoid({x + .015f, s * .17f, z - .04f}, {.03f, .03f, .022f}, 10, 6, k.lamp.indicator));
  }
  m.append(plate({x - .01f, .09f, z - .30f}, {x - .01f, -.09f, z - .30f},
                 {x - .03f, -.09f, z - .12f}, {x - .03f, .09f, z - .12f}, .004f, surface::kPlate));
}

VehicleSize motorcycle_size(const PropNumbers&) {
  return {2.08, .84, 1.27, 1.42, .30};
}
Model make_motorcycle(const PropNumbers& n) {
  const VehicleSize s = motorcycle_size(n);
  Kit k = begin(n, "motorcycle", false);
  TriangleMesh& m = k.body;
  const float wb = 1.42f;
  const Vec3f head(1.08f, 0, .90f);
  // Frame, engine, exhaust, swing arm.
  m.append(box({.62f, 0, .45f}, {.46f, .34f, .30f}, surface::kUnderbody, .05f));
  m.append(box({.74f, 0, .62f}, {.24f, .26f, .20f}, surface::kRim, .03f));
  for (int i = 0; i < 4; ++i)
    m.append(box({.74f, 0, .56f + .04f * static_cast<float>(i)}, {.27f, .29f, .014f},
                 surface::kUnderbody));
  for (const float y : {-1.f, 1.f}) {
    rod(m,
        {head + Vec3f(-.02f, y * .03f, 0),
         {.75f, y * .14f, .74f},
         {.38f, y * .13f, .60f},
         {.34f, y * .12f, .36f}},
        .022f, surface::kUnderbody);
    rod(m, {{.42f, y * .13f, .40f}, {0, y * .12f, .32f}}, .024f, surface::kRim);
    rod(m, {{.36f, y * .13f, .60f}, {.02f, y * .14f, .34f}}, .018f, surface::kChrome);
    // Fork from the head to the front axle.
    rod(m, {{1.05f, y * .10f, .98f}, {wb, y * .09f, .30f}}, .024f, surface::kChrome);
    m.append(cylinder({.60f, y * .17f, .355f}, {.60f, y * .33f, .345f}, .014f, .014f, 8,
                      surface::kPlastic));
  }
  rod(m, {{.84f, -.10f, .58f}, {.90f, -.14f, .40f}, {.75f, -.17f, .27f}, {.35f, -.19f, .30f}},
      .024f, surface::kChrome);
  m.append(cylinder({.35f, -.19f, .30f}, {-.12f, -.20f, .42f}, .045f, .052f, 14, surface::kChrome));
  // Tank, seat, side covers, tail, mudguards.
  m.append(panel({{.58f, .86f, .10f, .16f},
                  {.66f, .88f, .22f, .30f},
                  {.80f, .90f, .27f, .36f},
                  {.95f, .91f, .22f, .32f},
                  {1.05f, .92f, .10f, .18f}},
                 surface::kPaint));
  m.append(panel({{.62f, .80f, .08f, .20f},
                  {.50f, .79f, .10f, .28f},
                  {.28f, .80f, .10f, .30f},
                  {.20f, .84f, .11f, .27f},
                  {-.02f, .86f, .10f, .24f},
                  {-.16f, .87f, .06f, .16f}},
                 surface::kPlastic));
  m.append(panel({{.55f, .68f, .14f, .24f},
                  {.30f, .71f, .14f, .26f},
                  {.02f, .77f, .12f, .22f},
                  {-.20f, .83f, .08f, .16f}},
                 surface::kPaint));
  for (const bool front : {true, false}) {
    const float cx = front ? wb : 0.f;
    const float r = front ? .32f : .345f;
    std::vector<Ring> rings;
    for (int i = 0; i <= 8; ++i) {
      const float a = (front ? .75f : .95f) + (front ? 1.5f : 1.5f) * static_cast<float>(i) / 8;
      const Vec3f c(cx + r * std::cos(a), 0, (front ? .30f : .32f) + r * std::sin(a));
      const Vec3f out(std::cos(a), 0, std::sin(a));
      rings.push_back({c + Vec3f(0, .075f, 0), c + Vec3f(0, -.075f, 0),
                       c + Vec3f(0, -.05f, 0) + .02f * out, c + Vec3f(0, .05f, 0) + .02f * out});
    }
    TriangleMesh guard =
        loft(rings, front ? surface::kPaint : surface::kPlastic, {.crease_rad = .6f});
    m.append(signed_volume(guard) < 0 ? flipped(guard) : guard);
  }
  // Head lamp, instruments, bar.
  m.append(transformed(ellipsoid({0, 0, 0}, {.11f, .10f, .10f}, 16, 10, surface::kPlastic),
                       translation({1.17f, 0, .94f})));
  m.append(cylinder({1.235f, 0, .94f}, {1.275f, 0, .935f}, .092f, .085f, 20, k.lamp.head));
  m.append(box({1.13f, 0, 1.06f}, {.05f, .18f, .09f}, surface::kPlastic, .015f));
  for (const float y : {-1.f, 1.f})
    m.append(ellipsoid({1.16f, y * .17f, .90f}, {.03f, .03f, .025f}, 10, 6, k.lamp.indicator));
  add_bar(m, {1.06f, 0, 1.0f}, {.98f, .36f, 1.03f});
  add_tail(k, -.22f, .80f);
  add_mirror(k.model, round_mirror({.98f, .30f, 1.03f}));
  add_wheel(k.model, "wheel rear", small_wheel(.32f, .17f, .215f, 5, true), {0, 0, .32}, .32,
            false);
  add_wheel(k.model, "wheel front", small_wheel(.30f, .12f, .215f, 5, true), {wb, 0, .30}, .30,
            true);
  return finish(std::move(k), s, .55);
}

VehicleSize moped_size(const PropNumbers&) {
  return {1.83, .74, 1.23, 1.33, .235};
}
Model make_moped(const PropNumbers& n) {
  const VehicleSize s = moped_size(n);
  Kit k = begin(n, "motorcycle", false);
  TriangleMesh& m = k.body;
  const float wb = 1.33f;
  // Leg shield, flat floor, body under the seat.
  m.append(panel({{.95f, .62f, .70f, .10f},
                  {1.00f, .64f, .74f, .36f},
                  {1.06f, .66f, .70f, .30f},
                  {1.12f, .70f, .52f, .14f}},
                 surface::kPaint));
  m.append(box({.74f, 0, .245f}, {.50f, .36f, .07f}, surface::kPlastic, .02f));
  m.append(panel({{.52f, .48f, .40f, .30f},
                  {.35f, .52f, .44f, .40f},
                  {.05f, .58f, .34f, .40f},
                  {-.18f, .66f, .20f, .26f},
                  {-.26f, .70f, .09f, .14f}},
                 surface::kPaint));
  m.append(panel({{.52f, .73f, .06f, .22f},
                  {.42f, .75f, .10f, .30f},
                  {.10f, .76f, .11f, .30f},
                  {-.12f, .79f, .11f, .26f},
                  {-.22f, .80f, .05f, .16f}},
                 surface::kPlastic));
  m.append(box({.22f, .10f, .28f}, {.46f, .16f, .18f}, surface::kUnderbody, .05f));
  m.append(cylinder({.25f, -.18f, .27f}, {-.14f, -.19f, .34f}, .05f, .055f, 12, surface::kPlastic));
  for (const float y : {-1.f, 1.f})
    rod(m, {{1.10f, y * .05f, .60f}, {wb, y * .08f, .235f}}, .020f, surface::kRim);
  m.append(panel({{1.14f, .50f, .04f, .10f},
                  {1.25f, .47f, .08f, .16f},
                  {1.40f, .45f, .07f, .15f},
                  {1.52f, .36f, .04f, .10f}},
                 surface::kPaint));
  rod(m, {{1.05f, 0, .60f}, {.93f, 0, 1.02f}}, .022f, surface::kPlastic);
  m.append(panel({{.84f, 1.01f, .08f, .20f},
                  {.92f, 1.02f, .13f, .30f},
                  {1.0f, 1.01f, .13f, .24f},
                  {1.04f, 1.0f, .08f, .14f}},
                 surface::kPaint));
  m.append(ellipsoid({1.03f, 0, 1.0f}, {.04f, .085f, .06f}, 14, 8, k.lamp.head));
  for (const float y : {-1.f, 1.f})
    m.append(ellipsoid({1.10f, y * .13f, .80f}, {.03f, .04f, .03f}, 10, 6, k.lamp.indicator));
  for (const float y : {-1.f, 1.f})
    m.append(cylinder({.90f, y * .12f, 1.02f}, {.85f, y * .37f, 1.02f}, .017f, .017f, 10,
                      surface::kPlastic));
  add_tail(k, -.25f, .66f);
  add_mirror(k.model, round_mirror({.86f, .24f, 1.02f}));
  add_wheel(k.model, "wheel rear", small_wheel(.235f, .12f, .155f, 5, false), {0, 0, .235}, .235,
            false);
  add_wheel(k.model, "wheel front", small_wheel(.235f, .11f, .155f, 5, true), {wb, 0, .235}, .235,
            true);
  return finish(std::move(k), s, .6);
}

VehicleSize scooter_size(const PropNumbers&) {
  return {1.12, .48, 1.20, .88, .12};
}
Model make_scooter(const PropNumbers& n) {
  const VehicleSize s = scooter_size(n);
  Kit k = begin(n, "personal_mobility", false);
  TriangleMesh& m = k.body;
  m.append(box({.42f, 0, .12f}, {.56f, .16f, .065f}, surface::kUnderbody, .015f));
  m.append(box({.42f, 0, .1535f}, {.52f, .14f, .005f}, surface::kPlastic));
  rod(m, {{.68f, 0, .14f}, {.80f, 0, .27f}}, .035f, surface::kUnderbody);
  rod(m, {{.12f, 0, .13f}, {0, 0, .12f}}, .03f, surface::kUnderbody);
  for (const float y : {-1.f, 1.f})
    rod(m, {{.85f, y * .045f, .23f}, {.88f, y * .045f, .11f}}, .014f, surface::kUnderbody);
  rod(m, {{.855f, 0, .22f}, {.775f, 0, 1.12f}}, .022f, surface::kRim);
  for (const float y : {-1.f, 1.f}) {
    m.append(cylinder({.78f, 0, 1.13f}, {.765f, y * .15f, 1.14f}, .014f, .014f, 8, surface::kRim));
    m.append(cylinder({.765f, y * .14f, 1.14f}, {.76f, y * .24f, 1.14f}, .018f, .018f, 10,
                      surface::kPlastic));
  }
  m.append(box({.80f, 0, 1.15f}, {.06f, .08f, .08f}, surface::kPlastic, .015f));
  m.append(cylinder({.83f, 0, 1.06f}, {.86f, 0, 1.055f}, .025f, .024f, 12, k.lamp.head));
  std::vector<Ring> rings;
  for (int i = 0; i <= 6; ++i) {
    const float a = 1.1f + 1.5f * static_cast<float>(i) / 6;
    const Vec3f out(std::cos(a), 0, std::sin(a));
    const Vec3f c = Vec3f(0, 0, .11f) + .125f * out;
    rings.push_back({c + Vec3f(0, .035f, 0), c + Vec3f(0, -.035f, 0),
                     c + Vec3f(0, -.03f, 0) + .008f * out, c + Vec3f(0, .03f, 0) + .008f * out});
  }
  TriangleMesh guard = loft(rings, surface::kPlastic, {.crease_rad = .6f});
  m.append(signed_volume(guard) < 0 ? flipped(guard) : guard);
  m.append(box({-.105f, 0, .19f}, {.02f, .05f, .03f}, k.lamp.tail));
  m.append(box({-.108f, 0, .16f}, {.02f, .05f, .02f}, k.lamp.brake));
  add_wheel(k.model, "wheel rear", small_wheel(.11f, .05f, .07f, 5, false), {0, 0, .11}, .11,
            false);
  add_wheel(k.model, "wheel front", small_wheel(.11f, .05f, .07f, 5, false), {.88, 0, .11}, .11,
            true);
  return finish(std::move(k), s, .7);
}

}  // namespace

std::vector<PropType> two_wheeler_types() {
  const NumberRange paint{"paint", 0, 8, 0, true};
  return {{"moped.standard", {paint}, size_of<moped_size>, make_moped},
          {"motorcycle.standard", {paint}, size_of<motorcycle_size>, make_motorcycle},
          {"scooter.electric", {}, size_of<scooter_size>, make_scooter}};
}

}  // namespace oddroad::asset

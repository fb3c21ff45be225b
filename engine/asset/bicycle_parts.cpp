#include "engine/asset/bicycle_parts.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/asset/materials.h"

namespace oddroad::asset {

namespace {

using namespace bicycle;

constexpr float kR = static_cast<float>(kWheelRadius);
constexpr float kBase = static_cast<float>(kWheelbase);

// A pipe along points, Catmull-Rom between them where there are more than two.
TriangleMesh pipe(std::vector<Vec3f> path, float radius, std::uint16_t material, int sides = 10) {
  if (path.size() > 2) path = spline(path, {}, .03f);
  const std::vector<float> radii{radius};
  return tube(path, radii, sides, material, true);
}

// z axis of lathes to the axle (y).
Affine3f axle() {
  return rotation({1, 0, 0}, -kPi / 2);
}

TriangleMesh spokes() {
  TriangleMesh out;
  constexpr int kCount = 32;
  for (int i = 0; i < kCount; ++i) {
    const float a = 2 * kPi * static_cast<float>(i) / kCount;
    const float side = i % 2 ? .030f : -.030f;
    const float cross = (i / 2 % 2 ? 1.0f : -1.0f) * .9f;
    const Vec3f hub(.024f * std::cos(a + cross), side, .024f * std::sin(a + cross));
    const Vec3f rim(.306f * std::cos(a), 0, .306f * std::sin(a));
    out.append(cylinder(hub, rim, .0011f, .0011f, 4, kBikeMetal, false));
  }
  return out;
}

// A curved band over a wheel, angles from +x over the top, radius r.
TriangleMesh mudguard(const Vec3f& hub, float r, float from, float to, std::uint16_t material) {
  std::vector<Ring> rings;
  constexpr int kSteps = 22;
  for (int i = 0; i <= kSteps; ++i) {
    const float a = from + (to - from) * static_cast<float>(i) / kSteps;
    const Vec3f out(std::cos(a), 0, std::sin(a));
    Ring ring;
    const std::array<std::array<float, 2>, 8> section{{{-.026f, -.016f},
                                                       {-.024f, -.002f},
                                                       {0, .006f},
                                                       {.024f, -.002f},
                                                       {.026f, -.016f},
                                                       {.0235f, -.016f},
                                                       {0, .0035f},
                                                       {-.0235f, -.016f}}};
    for (const auto& [y, d] : section) ring.push_back(hub + out * (r + d) + Vec3f(0, y, 0));
    rings.push_back(std::move(ring));
  }
  if (to < from) {
    for (Ring& ring : rings) std::reverse(ring.begin(), ring.end());
  }
  TriangleMesh mesh = loft(rings, material);
  return signed_volume(mesh) < 0 ? flipped(mesh) : mesh;
}

TriangleMesh saddle(const Vec3f& top) {
  // x, half width, drop of the edge, height over the middle
  constexpr std::array<std::array<float, 4>, 8> kRows{{{-.128f, .045f, .030f, .004f},
                                                       {-.115f, .082f, .040f, .012f},
                                                       {-.070f, .096f, .048f, .010f},
                                                       {-.020f, .078f, .050f, .002f},
                                                       {.040f, .042f, .045f, .000f},
                                                       {.095f, .028f, .040f, .003f},
                                                       {.132f, .024f, .034f, .001f},
                                                       {.142f, .012f, .022f, -.008f}}};
  std::vector<Ring> rings;
  for (const auto& [x, half, drop, rise] : kRows) {
    Ring ring;
    for (int j = 0; j < 14; ++j) {
      const float a = 2 * kPi * static_cast<float>(j) / 14;
      const float c = std::cos(a);
      const float s = std::sin(a);
      const float z =
          s > 0 ? rise - drop * (1 - std::pow(s, .5f)) * .55f : rise - drop * (.55f - .45f * s);
      ring.push_back(top + Vec3f(x, half * c, z));
    }
    rings.push_back(std::move(ring));
  }
  return loft(rings, kBikeSaddle);
}

void add_front(const BicycleContact& contact, TriangleMesh& out) {
  const Vec3f head_top(.850f, 0, .830f);
  for (const float y : {-.055f, .055f}) {
    out.append(pipe({{.898f, y * .55f, .690f}, {.935f, y, .60f}, {1.03f, y, .43f}, {kBase, y, kR}},
                    .0125f, kBikePaint, 8));
  }
  out.append(box({.900f, 0, .690f}, {.05f, .085f, .035f}, kBikePaint, .010f));
  // Stem and bar: out, up, and swept back to the grips.
  const Vec3f clamp(.812f, 0, static_cast<float>(contact.grip_m[0].z) - .005f);
  out.append(pipe({head_top, {.842f, 0, .86f}, {clamp.x + .01f, 0, clamp.z - .02f}}, .0125f,
                  kBikeMetal, 10));
  out.append(cylinder(clamp + Vec3f(0, -.03f, 0), clamp + Vec3f(0, .03f, 0), .019f, .019f, 10,
                      kBikeBlack));
  for (const int side : {0, 1}) {
    const float y = side == 0 ? 1.0f : -1.0f;
    const Vec3f grip(contact.grip_m[side]);
    out.append(pipe({clamp, clamp + Vec3f(.02f, y * .09f, .008f),
                     grip + Vec3f(.05f, y * -.075f, .003f), grip + Vec3f(.004f, y * -.01f, 0)},
                    .0115f, kBikeMetal, 8));
    const Vec3f direction = glm::normalize(Vec3f(-.055f, y * .035f, -.004f) * 1.0f);
    out.append(cylinder(grip - direction * .060f, grip + direction * .062f, .0165f, .0165f, 10,
                        kBikeBlack));
    out.append(pipe({grip - direction * .07f + Vec3f(.02f, 0, -.01f),
                     grip - direction * .02f + Vec3f(.045f, 0, -.022f),
                     grip + direction * .035f + Vec3f(.04f, 0, -.030f)},
                    .005f, kBikeMetal, 6));
  }
}

void add_lights(const BicycleLook& look, TriangleMesh& out) {
  const Vec3f lamp(.925f, 0, .80f);
  out.append(
      cylinder(lamp + Vec3f(-.03f, 0, 0), lamp + Vec3f(.03f, 0, 0), .018f, .034f, 14, kBikeBlack));
  out.append(
      cylinder(lamp + Vec3f(.029f, 0, 0), lamp + Vec3f(.034f, 0, 0), .030f, .028f, 14, kBikeLamp));
  out.append(pipe({lamp + Vec3f(-.02f, 0, -.01f), {.895f, 0, .72f}}, .006f, kBikeBlack, 6));
  const Vec3f rear = look.rack ? Vec3f(-.315f, 0, .715f) : Vec3f(-.30f, 0, .62f);
  out.append(box(rear, {.022f, .085f, .045f}, kBikeRedGlass, .006f));
}

void add_rack(TriangleMesh& out) {
  for (const float y : {-.058f, .058f}) {
    out.append(
        pipe({{.195f, y * .8f, .735f}, {.12f, y, .745f}, {-.31f, y, .745f}}, .005f, kBikeBlack, 6));
    out.append(pipe({{-.16f, y, .745f}, {0, y * 1.25f, kR}}, .005f, kBikeBlack, 6));
  }
  for (const float x : {-.31f, -.17f, -.03f, .11f}) {
    out.append(cylinder({x, -.058f, .745f}, {x, .058f, .745f}, .0045f, .0045f, 6, kBikeBlack));
  }
  out.append(box({-.10f, 0, .752f}, {.34f, .035f, .008f}, kBikeBlack, .002f));
}

void add_chain(const BicycleContact& contact, TriangleMesh& out) {
  // A guard over the upper run, on the right.
  const Vec3f crank(contact.crank_m);
  const float y = -.064f;
  std::vector<Vec2f> outline{{-.02f, .405f}, {.02f, .415f},  {.40f, .385f},  {.47f, .372f},
                             {.520f, .325f}, {.530f, .275f}, {.505f, .225f}, {.44f, .198f},
                             {.37f, .225f},  {.02f, .298f},  {-.03f, .330f}, {-.045f, .37f}};
  std::reverse(outline.begin(), outline.end());
  // x stays, the outline's y becomes z, the prism's height runs along y.
  Affine3f T;
  T.linear = glm::mat3(Vec3f(1, 0, 0), Vec3f(0, 0, 1), Vec3f(0, -1, 0));
  T.translation = {0, y, 0};
  TriangleMesh guard = extrude(outline, 0, .014f, T, kBikeBlack, .004f);
  out.append(signed_volume(guard) < 0 ? flipped(guard) : guard);
  out.append(cylinder(crank + Vec3f(0, -.04f, 0), crank + Vec3f(0, .04f, 0), .022f, .022f, 12,
                      kBikePaint));
}

}  // namespace

std::vector<Material> bicycle_materials(const BicycleLook& look) {
  using materials::plain;
  std::vector<Material> m(kBikeReflector + 1);
  m[kBikePaint] = plain("paint", look.frame_color, .4f, .35f);
  m[kBikePaint].clearcoat = .8f;
  m[kBikeTyre] = plain("tyre", {.030f, .029f, .028f}, .85f, .04f);
  m[kBikeRim] = plain("rim", {.45f, .45f, .46f}, .35f, .5f);
  m[kBikeRim].metallic = .8f;
  m[kBikeMetal] = plain("metal", {.50f, .50f, .50f}, .3f, .4f);
  m[kBikeMetal].metallic = 1;
  m[kBikeBlack] = plain("black", {.028f, .028f, .029f}, .5f, .08f);
  m[kBikeSaddle] = plain("saddle", {.035f, .030f, .027f}, .5f, .2f);
  m[kBikeLamp] = plain("lamp", {.75f, .75f, .74f}, .08f, .4f);
  m[kBikeLamp].clearcoat = 1;
  m[kBikeRedGlass] = plain("rear_reflector", {.34f, .015f, .012f}, .12f, .3f);
  m[kBikeRedGlass].clearcoat = 1;
  m[kBikeRedGlass].retro_905nm = 5;
  m[kBikeReflector] = plain("reflector", {.62f, .40f, .05f}, .15f, .3f);
  m[kBikeReflector].retro_905nm = 5;
  return m;
}

TriangleMesh make_bicycle_wheel() {
  TriangleMesh out;
  // Tyre 40 mm wide, rim within it; profiles run with the outside on their right.
  std::vector<Vec2f> tyre;
  for (int i = 0; i <= 12; ++i) {
    const float a = -.80f * kPi + 1.60f * kPi * static_cast<float>(i) / 12;
    tyre.push_back({kR - .020f + .020f * std::cos(a), .020f * std::sin(a)});
  }
  LatheOptions fine;
  fine.segments = 48;
  out.append(lathe(tyre, kBikeTyre, fine), axle());
  const std::vector<Vec2f> rim{{.305f, -.006f}, {.310f, -.0125f}, {.326f, -.0125f}};
  const std::vector<Vec2f> rim2{{.326f, .0125f}, {.310f, .0125f}, {.305f, .006f}};
  const std::vector<Vec2f> well{{.305f, .006f}, {.303f, 0}, {.305f, -.006f}};
  for (const auto& profile : {rim, rim2, well}) out.append(lathe(profile, kBikeRim, fine), axle());
  out.append(cylinder({0, -.036f, 0}, {0, .036f, 0}, .020f, .020f, 12, kBikeMetal));
  for (const float y : {-.030f, .030f}) {
    out.append(cylinder({0, y - .002f, 0}, {0, y + .002f, 0}, .028f, .028f, 14, kBikeMetal));
  }
  out.append(spokes());
  for (const float a : {.6f, .6f + kPi}) {  // spoke reflectors
    out.append(box({.22f * std::cos(a), 0, .22f * std::sin(a)}, {.05f, .008f, .03f}, kBikeReflector,
                   .002f));
  }
  return out;
}

TriangleMesh make_bicycle_crank(const BicycleContact& contact) {
  TriangleMesh out;
  const float r = static_cast<float>(contact.crank_length_m);
  const float pedal = static_cast<float>(contact.pedal_y_m);
  for (const float side : {-1.0f, 1.0f}) {
    const float x = -side * r;  // right (y < 0) forward
    const float y = side * .088f;
    std::vector<Ring> rings;
    for (const auto& [u, w] : {std::pair{-.06f, .014f}, std::pair{0.f, .017f},
                               std::pair{1.f, .012f}, std::pair{1.06f, .008f}}) {
      Ring ring;
      for (const auto& [dy, dz] : {std::pair{-.006f, -w}, std::pair{.006f, -w}, std::pair{.006f, w},
                                   std::pair{-.006f, w}}) {
        ring.push_back({x * u, y + dy, dz});
      }
      if (x < 0) std::reverse(ring.begin(), ring.end());
      rings.push_back(std::move(ring));
    }
    out.append(loft(rings, kBikeMetal));
    out.append(cylinder({x, side * (pedal - .050f), 0}, {x, side * (pedal + .050f), 0}, .016f,
                        .016f, 12, kBikeBlack));
    for (const float dy : {-.048f, -.016f, .016f, .048f}) {
      out.append(cylinder({x, side * (pedal + dy) - .004f, 0}, {x, side * (pedal + dy) + .004f, 0},
                          .019f, .019f, 12, kBikeBlack));
    }
    out.append(
        cylinder({x, side * .088f, 0}, {x, side * (pedal - .05f), 0}, .007f, .007f, 8, kBikeMetal));
  }
  out.append(cylinder({0, -.094f, 0}, {0, .094f, 0}, .011f, .011f, 10, kBikeMetal));
  out.append(cylinder({0, -.046f, 0}, {0, -.042f, 0}, .088f, .088f, 32, kBikeMetal));
  return out;
}

TriangleMesh make_bicycle_frame(const BicycleContact& contact, const BicycleLook& look) {
  TriangleMesh out;
  const Vec3f rear(0, 0, kR);
  const Vec3f crank(contact.crank_m);
  const Vec3f seat(.290f, 0, .800f);
  const Vec3f head_top(.850f, 0, .830f);
  const Vec3f head_low(.890f, 0, .700f);
  const Vec3f up = glm::normalize(seat - crank);
  out.append(pipe({crank, seat}, .0155f, kBikePaint));
  out.append(pipe({head_low + Vec3f(.006f, 0, -.02f), head_top + Vec3f(-.006f, 0, .02f)}, .0185f,
                  kBikePaint, 12));
  out.append(pipe({seat - up * .05f, head_top + Vec3f(.008f, 0, -.026f)}, .0145f, kBikePaint));
  out.append(pipe({crank, head_low + Vec3f(-.004f, 0, .012f)}, .0175f, kBikePaint));
  for (const float y : {-1.0f, 1.0f}) {
    const Vec3f drop = rear + Vec3f(0, y * .062f, 0);
    out.append(pipe({crank + Vec3f(-.02f, y * .028f, 0), {.33f, y * .036f, .300f}, drop}, .0095f,
                    kBikePaint, 8));
    out.append(pipe({seat - up * .03f + Vec3f(0, y * .018f, 0), drop}, .0075f, kBikePaint, 8));
    out.append(box(drop, {.035f, .006f, .035f}, kBikeMetal, .002f));
  }
  out.append(cylinder({0, -.075f, kR}, {0, .075f, kR}, .007f, .007f, 8, kBikeMetal));
  out.append(cylinder({kBase, -.068f, kR}, {kBase, .068f, kR}, .007f, .007f, 8, kBikeMetal));
  const Vec3f top(contact.saddle_m);
  out.append(pipe({seat - up * .02f, top - Vec3f(0, 0, .055f)}, .0136f, kBikeMetal));
  out.append(box(top + Vec3f(-.005f, 0, -.052f), {.14f, .05f, .012f}, kBikeMetal, .003f));
  out.append(saddle(top));
  out.append(mudguard(rear, kR + .016f, .35f, kPi + .12f, kBikePaint));
  out.append(mudguard({kBase, 0, kR}, kR + .016f, 1.22f, kPi + .42f, kBikePaint));
  add_front(contact, out);
  add_lights(look, out);
  add_chain(contact, out);
  if (look.rack) add_rack(out);
  return out;
}

}  // namespace oddroad::asset

#include "engine/asset/wheel.h"

#include <cmath>

#include "engine/asset/mesh_tools.h"
#include "engine/asset/vehicle_paint.h"

namespace oddroad::asset {

namespace {

using namespace surface;

constexpr int kSegments = 28;

// Built about z (outwards), turned to y at the end.
TriangleMesh revolve(std::initializer_list<Vec2f> profile, std::uint16_t material,
                     int segments = kSegments) {
  const std::vector<Vec2f> points(profile);
  LatheOptions options;
  options.segments = segments;
  return lathe(points, material, options);
}

TriangleMesh tyre(float radius, float half, float bead) {
  const float wall = radius - bead;
  TriangleMesh mesh = revolve({{bead, -half + .012f},
                               {bead + .35f * wall, -half - .005f},
                               {radius - .035f, -half + .002f},
                               {radius - .010f, -half + .018f},
                               {radius, -half + .040f},
                               {radius, half - .040f},
                               {radius - .010f, half - .018f},
                               {radius - .035f, half - .002f},
                               {bead + .35f * wall, half + .005f},
                               {bead, half - .012f}},
                              kTyre);
  return mesh;
}

TriangleMesh barrel(float half, float bead) {
  TriangleMesh mesh = revolve({{bead, half - .012f},
                               {bead - .004f, half - .005f},
                               {bead - .016f, half - .007f},
                               {bead - .024f, half - .030f}},
                              kRim);
  mesh.append(revolve({{bead - .024f, half - .030f},
                       {bead - .036f, half - .070f},
                       {bead - .036f, -half + .03f},
                       {bead, -half + .012f}},
                      kRimDark));
  return mesh;
}

TriangleMesh brake(float half, float bead) {
  const float disc = std::min(.16f, bead - .055f);
  const float face = half - .085f;
  TriangleMesh mesh = revolve({{.05f, face - .022f},
                               {disc, face - .022f},
                               {disc, face},
                               {.06f, face},
                               {.055f, face + .03f},
                               {0, face + .03f}},
                              kBrakeDisc, 20);
  // A dark plate behind: nobody looks through the wheel.
  mesh.append(revolve({{0, face - .060f},
                       {bead - .02f, face - .060f},
                       {bead - .02f, face - .050f},
                       {0, face - .050f}},
                      kUnderbody, 16));
  return mesh;
}

// A bar from hub to rim along +x, bevelled on its outer face.
TriangleMesh spoke(float half, float bead, float hub_width, float rim_width) {
  std::vector<Ring> rings;
  for (int i = 0; i <= 2; ++i) {
    const float t = static_cast<float>(i) / 2;
    const float r = .045f + t * (bead - .022f - .045f);
    const float w = .5f * (hub_width + t * (rim_width - hub_width));
    const float top = half - .034f + .016f * t + .006f * std::sin(kPi * t);
    const float depth = .040f - .012f * t;
    rings.push_back({{r, -w, top - depth},
                     {r, w, top - depth},
                     {r, w, top - .010f},
                     {r, .62f * w, top},
                     {r, -.62f * w, top},
                     {r, -w, top - .010f}});
  }
  LoftOptions options;
  options.crease_rad = .5f;
  return loft(rings, kRim, options);
}

TriangleMesh hub(float half) {
  TriangleMesh mesh = revolve({{.070f, half - .075f},
                               {.066f, half - .030f},
                               {.055f, half - .024f},
                               {.034f, half - .026f},
                               {.030f, half - .018f},
                               {0, half - .015f}},
                              kRim, 14);
  for (int i = 0; i < 5; ++i) {
    const float a = 2 * kPi * (static_cast<float>(i) + .5f) / 5;
    const Vec3f at(.054f * std::cos(a), .054f * std::sin(a), half - .028f);
    mesh.append(cylinder(at, at + Vec3f(0, 0, .007f), .009f, .008f, 5, kRimDark));
  }
  return mesh;
}

TriangleMesh alloy(const WheelSpec& spec, float half, float bead) {
  TriangleMesh mesh = hub(half);
  const float space = 2 * kPi / static_cast<float>(spec.spokes);
  const bool many = spec.spokes > 6;
  const float hub_width = spec.twin ? .024f : many ? .030f : .052f;
  const float rim_width = spec.twin ? .028f : many ? .024f : .070f;
  for (int i = 0; i < spec.spokes; ++i) {
    const float a = space * static_cast<float>(i);
    for (const float side : {-1.0f, 1.0f}) {
      if (!spec.twin && side > 0) continue;
      const float turn = spec.twin ? a + side * .155f : a;
      mesh.append(transformed(spoke(half, bead, hub_width, rim_width), rotation({0, 0, 1}, turn)));
    }
  }
  mesh.append(brake(half, bead));
  return mesh;
}

TriangleMesh steel_disc(float half, float bead) {
  const float rim = bead - .030f;
  TriangleMesh mesh = revolve({{rim, half - .110f},
                               {rim, half - .080f},
                               {.80f * rim, half - .045f},
                               {.62f * rim, half - .040f},
                               {.50f * rim, half - .075f},
                               {.070f, half - .080f},
                               {.060f, half - .045f},
                               {.03f, half - .035f},
                               {0, half - .033f}},
                              kRim);
  for (int i = 0; i < 10; ++i) {  // vents
    const float a = 2 * kPi * static_cast<float>(i) / 10;
    const Vec3f at(.72f * rim * std::cos(a), .72f * rim * std::sin(a), half - .060f);
    mesh.append(cylinder(at, at + Vec3f(0, 0, .0215f), .017f, .017f, 8, kGap));
  }
  mesh.append(revolve({{0, half - .125f},
                       {rim + .01f, half - .125f},
                       {rim + .01f, half - .115f},
                       {0, half - .115f}},
                      kUnderbody, 16));
  return mesh;
}

}  // namespace

WheelSpec draw_wheel(core::RandomStream& stream, bool van) {
  WheelSpec spec;
  spec.steel = stream.chance(van ? 0.6 : 0.12);
  const double p = stream.uniform();
  spec.spokes = p < .68 ? 5 : p < .78 ? 6 : p < .88 ? 10 : 14;
  spec.twin = p >= .36 && p < .68;
  return spec;
}

math::TriangleMesh build_wheel(const WheelSpec& spec) {
  const auto radius = static_cast<float>(spec.radius_m);
  const auto half = static_cast<float>(0.5 * spec.width_m);
  const auto bead = static_cast<float>(spec.rim_radius_m);
  TriangleMesh mesh = tyre(radius, half, bead);
  mesh.append(barrel(half, bead));
  mesh.append(spec.steel ? steel_disc(half, bead) : alloy(spec, half, bead));
  TriangleMesh turned = transformed(mesh, rotation({1, 0, 0}, -0.5f * kPi));
  turned.remove_degenerate();
  return turned;
}

}  // namespace oddroad::asset

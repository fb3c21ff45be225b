#include "engine/asset/vehicle_paint.h"

#include <array>

namespace oddroad::asset {

using math::Vec3f;

namespace {

struct PaintRow {
  const char* name;
  Vec3f color;
  float roughness, metallic, reflectance_905nm;
  double car_share, van_share;  // per cent
};

constexpr std::array<PaintRow, kPaintColours> kPaints = {{
    {"white", {.72f, .72f, .70f}, .45f, 0.0f, .75f, 20, 64},
    {"black", {.014f, .014f, .015f}, .40f, 0.0f, .05f, 20, 4},
    {"grey", {.11f, .115f, .12f}, .40f, .5f, .15f, 22, 8},
    {"silver", {.48f, .49f, .50f}, .38f, .7f, .50f, 14, 8},
    {"blue", {.02f, .06f, .20f}, .40f, .3f, .15f, 11, 6},
    {"red", {.36f, .015f, .012f}, .40f, 0.0f, .50f, 7, 5},
    {"green", {.03f, .10f, .06f}, .40f, .2f, .20f, 2.5, 2},
    {"beige", {.30f, .24f, .16f}, .40f, .4f, .40f, 2, 0},
    {"yellow", {.62f, .36f, .02f}, .42f, 0.0f, .55f, 1.5, 3},
}};

Material plain(const char* name, Vec3f color, float roughness, float reflectance_905nm) {
  Material m;
  m.name = name;
  m.base_color = color;
  m.roughness = roughness;
  m.reflectance_905nm = reflectance_905nm;
  return m;
}

Material coated(const char* name, Vec3f color, float roughness, float reflectance_905nm) {
  Material m = plain(name, color, roughness, reflectance_905nm);
  m.clearcoat = 1;
  return m;
}

Material metal(const char* name, Vec3f color, float roughness, float reflectance_905nm) {
  Material m = plain(name, color, roughness, reflectance_905nm);
  m.metallic = 1;
  return m;
}

Material pane(const char* name, Vec3f tint, Vec3f transmission) {
  Material m = plain(name, tint, .04f, .02f);
  m.glass = 1;
  m.transmission = transmission;
  return m;
}

// Black or dark grey cloth in most cars, now and then leather in beige or brown.
Material seat_cover(core::RandomStream& stream) {
  constexpr Vec3f kColors[] = {{.030f, .030f, .032f}, {.055f, .056f, .060f}, {.12f, .12f, .125f},
                               {.30f, .25f, .19f},    {.16f, .085f, .045f},  {.045f, .050f, .075f}};
  const double p = stream.uniform();
  const int which = p < .45 ? 0 : p < .70 ? 1 : p < .84 ? 2 : p < .91 ? 3 : p < .96 ? 4 : 5;
  Material m = plain("seat", kColors[which], .85f, .35f);
  m.second_color = .7f * m.base_color;
  m.pattern = Pattern::kFabric;
  m.pattern_scale_m = .05f;
  m.pattern_strength = .5f;
  return m;
}

// Clean 45 %, dusty 40 %, dirty 15 % of cars.
float draw_dirt(core::RandomStream& stream) {
  const double p = stream.uniform();
  if (p < .45) return static_cast<float>(stream.uniform(.05, .2));
  if (p < .85) return static_cast<float>(stream.uniform(.3, .6));
  return static_cast<float>(stream.uniform(.7, 1.0));
}

Material body_paint(int paint, core::RandomStream& stream) {
  const PaintRow& row = kPaints.at(static_cast<std::size_t>(paint));
  Material m = coated("paint", row.color, row.roughness, row.reflectance_905nm);
  const auto shade = static_cast<float>(stream.uniform(.88, 1.12));
  for (int c = 0; c < 3; ++c) {
    const auto tint = static_cast<float>(stream.uniform(.97, 1.03));
    m.base_color[c] = glm::clamp(row.color[c] * shade * tint, .012f, .82f);
  }
  m.second_color = {.25f, .21f, .16f};  // road dust
  m.metallic = row.metallic;
  m.pattern = Pattern::kCarPaint;
  m.pattern_strength = draw_dirt(stream);
  // One car in six is old: its coat is dull, its colour faded towards grey.
  const double age = stream.uniform();
  if (age < .16) {
    m.clearcoat = static_cast<float>(stream.uniform(.25, .6));
    m.roughness += .12f;
    m.base_color = glm::mix(m.base_color, math::Vec3f(.22f), .10f);
  }
  return m;
}

void add_lamps(std::vector<Material>& list) {
  using namespace surface;
  list[kLampHousing] = coated("lamp housing", {.05f, .052f, .055f}, .25f, .10f);
  list[kLampLens] = metal("lamp lens", {.82f, .83f, .84f}, .16f, .45f);
  list[kLampLens].clearcoat = 1;
  list[kLampGuide] = coated("lamp light guide", {.80f, .81f, .82f}, .3f, .6f);
  list[kTailLamp] = coated("tail lamp", {.35f, .01f, .01f}, .3f, .35f);
  list[kTailLamp].retro_905nm = 5;
  list[kTailDark] = coated("tail lamp dark", {.09f, .005f, .006f}, .3f, .20f);
  list[kAmber] = coated("indicator", {.55f, .16f, .01f}, .3f, .45f);
  list[kReverseLamp] = coated("reversing lamp", {.62f, .62f, .60f}, .2f, .55f);
  list[kReflector] = coated("reflector", {.42f, .015f, .012f}, .25f, .35f);
  list[kReflector].retro_905nm = 120;
}

void add_wheel(std::vector<Material>& list, core::RandomStream& stream) {
  using namespace surface;
  list[kTyre] = plain("tyre", {.026f, .026f, .026f}, .85f, .04f);
  const auto rim = static_cast<float>(stream.uniform(.36, .52));
  list[kRim] = coated("rim", Vec3f(rim), .35f, .55f);
  list[kRim].metallic = .6f;
  list[kRimDark] = plain("rim inside", Vec3f(.05f), .6f, .12f);
  list[kBrakeDisc] = metal("brake disc", Vec3f(.25f), .35f, .30f);
}

}  // namespace

int draw_paint_colour(core::RandomStream& stream, bool van) {
  double total = 0;
  for (const PaintRow& row : kPaints) total += van ? row.van_share : row.car_share;
  double left = stream.uniform() * total;
  for (int i = 0; i < kPaintColours; ++i) {
    const PaintRow& row = kPaints[static_cast<std::size_t>(i)];
    left -= van ? row.van_share : row.car_share;
    if (left < 0) return i;
  }
  return kWhite;
}

std::vector<Material> vehicle_materials(int paint, std::uint64_t seed) {
  using namespace surface;
  core::RandomStream stream(seed, "vehicle/materials");
  std::vector<Material> list(kCount);
  list[kPaint] = body_paint(paint, stream);
  list[kGlass] = pane("glass", {.030f, .034f, .033f}, {.70f, .76f, .72f});
  // Factory tint in a good third of the cars, slightly green glass in the others.
  core::RandomStream tint(seed, "vehicle/tint");
  const float dark = tint.chance(.4) ? static_cast<float>(tint.uniform(.14, .28)) : .70f;
  list[kPrivacy] = pane("privacy glass", {.012f, .013f, .014f}, dark * Vec3f(.98f, 1.04f, 1.f));
  list[kBlackGloss] = coated("black gloss", Vec3f(.012f), .3f, .05f);
  list[kPlastic] = plain("black plastic", Vec3f(.028f), .55f, .08f);
  list[kGap] = plain("gap", Vec3f(.010f), .9f, .04f);
  list[kUnderbody] = plain("underbody", Vec3f(.020f), .9f, .05f);
  list[kGrille] = plain("grille", Vec3f(.018f), .6f, .06f);
  list[kChrome] = metal("chrome", {.55f, .556f, .554f}, .1f, .30f);
  list[kPlate] = plain("number plate", Vec3f(.75f), .5f, .60f);
  list[kPlate].texture = 0;
  list[kPlate].retro_905nm = 100;
  list[kMirrorGlass] = metal("mirror glass", Vec3f(.7f), .03f, .10f);
  add_lamps(list);
  add_wheel(list, stream);
  core::RandomStream inside(seed, "vehicle/inside");
  list[kTrim] = plain("trim", Vec3f(.035f), .75f, .10f);
  list[kSeat] = seat_cover(inside);
  list[kLining] = plain("lining", {.20f, .20f, .19f}, .9f, .4f);
  return list;
}

}  // namespace oddroad::asset

#include "engine/asset/materials.h"

#include <utility>

namespace oddroad::asset::materials {

namespace {

Material patterned(std::string name, const math::Vec3f& color, const math::Vec3f& second,
                   float roughness, float reflectance_905nm, Pattern pattern, float scale_m,
                   float strength = 1.0f) {
  Material m = plain(std::move(name), color, roughness, reflectance_905nm);
  m.second_color = second;
  m.pattern = pattern;
  m.pattern_scale_m = scale_m;
  m.pattern_strength = strength;
  return m;
}

}  // namespace

Material plain(std::string name, const math::Vec3f& color, float roughness,
               float reflectance_905nm) {
  Material m;
  m.name = std::move(name);
  m.base_color = color;
  m.second_color = color;
  m.roughness = roughness;
  m.reflectance_905nm = reflectance_905nm;
  return m;
}

Material asphalt() {
  return patterned("asphalt", {.125f, .120f, .112f}, {.06f, .06f, .06f}, .9f, .106f,
                   Pattern::kAsphalt, 1.0f);
}

Material asphalt_dark() {
  return patterned("asphalt_dark", {.085f, .082f, .078f}, {.045f, .045f, .047f}, .88f, .09f,
                   Pattern::kAsphalt, 1.0f);
}

Material paving_setts() {
  return patterned("paving_setts", {.16f, .155f, .15f}, {.06f, .055f, .05f}, .75f, .3f,
                   Pattern::kPavers, .16f);
}

Material pavers() {
  return patterned("pavers", {.25f, .24f, .22f}, {.10f, .095f, .085f}, .88f, .321f,
                   Pattern::kPavers, .4f);
}

Material concrete() {
  return patterned("concrete", {.32f, .31f, .29f}, {.20f, .19f, .18f}, .85f, .321f,
                   Pattern::kConcrete, 1.0f);
}

Material kerb_granite() {
  return patterned("kerb_granite", {.30f, .29f, .28f}, {.16f, .155f, .15f}, .7f, .3f,
                   Pattern::kPavers, 1.0f, .7f);
}

Material grass() {
  return patterned("grass", {.055f, .10f, .03f}, {.11f, .13f, .045f}, .8f, .705f, Pattern::kGrass,
                   1.0f);
}

Material meadow() {
  return patterned("meadow", {.085f, .115f, .038f}, {.20f, .18f, .08f}, .85f, .555f,
                   Pattern::kGrass, 2.0f);
}

Material soil() {
  return patterned("soil", {.16f, .12f, .085f}, {.09f, .065f, .045f}, .95f, .351f, Pattern::kSoil,
                   1.0f);
}

Material gravel() {
  return patterned("gravel", {.13f, .125f, .115f}, {.22f, .21f, .19f}, .95f, .353f, Pattern::kSoil,
                   .3f);
}

Material road_paint_white() {
  Material m = patterned("road_paint_white", {.50f, .50f, .485f}, {.14f, .135f, .125f}, .7f, .5f,
                         Pattern::kRoadPaint, 1.0f, .8f);
  m.retro_905nm = .8f;
  return m;
}

Material road_paint_yellow() {
  Material m = patterned("road_paint_yellow", {.50f, .33f, .05f}, {.14f, .13f, .11f}, .7f, .45f,
                         Pattern::kRoadPaint, 1.0f, .8f);
  m.retro_905nm = .6f;
  return m;
}

Material plaster(const math::Vec3f& color) {
  return patterned("plaster", color, color * .8f, .9f, .65f, Pattern::kPlaster, 1.0f);
}

Material brick(const math::Vec3f& color) {
  return patterned("brick", color, {.35f, .33f, .30f}, .88f, .25f, Pattern::kBrick, .25f);
}

Material roof_tile(const math::Vec3f& color) {
  return patterned("roof_tile", color, color * .55f, .8f, .35f, Pattern::kRoofTiles, .30f);
}

Material stone_trim() {
  return patterned("stone_trim", {.42f, .40f, .36f}, {.3f, .28f, .25f}, .8f, .4f,
                   Pattern::kConcrete, 1.0f, .6f);
}

Material window_glass() {
  Material m = patterned("window_glass", {.03f, .032f, .035f}, {.45f, .44f, .40f}, .03f, .03f,
                         Pattern::kGlassWindow, 1.0f);
  m.glass = 1.0f;
  // A third of the rooms is lit in the evening: walls and curtains at 50 to 100 lx.
  m.pattern_strength = .35f;
  m.emission_cd_m2 = math::Vec3f(8);
  m.nocturnal = true;
  return m;
}

Material shop_glass() {
  Material m = window_glass();
  m.name = "shop_glass";
  m.pattern_strength = 1;
  m.emission_cd_m2 = math::Vec3f(50);  // 500 lx on goods and walls
  return m;
}

Material window_frame(const math::Vec3f& color) {
  return plain("window_frame", color, .5f, .6f);
}

Material door_paint(const math::Vec3f& color) {
  return patterned("door_paint", color, color * .7f, .45f, .4f, Pattern::kWood, 1.0f, .3f);
}

Material zinc() {
  Material m = plain("zinc", {.24f, .25f, .26f}, .5f, .1f);
  m.metallic = .6f;
  return m;
}

Material bark(const math::Vec3f& color) {
  return patterned("bark", color, color * .45f, .95f, .342f, Pattern::kBark, .1f);
}

Material leaf(const math::Vec3f& color, float reflectance_905nm) {
  return patterned("leaf", color, color * 1.35f, .5f, reflectance_905nm, Pattern::kLeaf, .1f);
}

Material galvanised_steel() {
  Material m = plain("galvanised_steel", {.42f, .43f, .44f}, .45f, .058f);
  m.metallic = .8f;
  return m;
}

Material painted_metal(const math::Vec3f& color) {
  Material m = plain("painted_metal", color, .45f, .3f);
  m.clearcoat = .2f;
  return m;
}

Material chrome() {
  Material m = plain("chrome", {.55f, .556f, .554f}, .1f, .04f);
  m.metallic = 1.0f;
  return m;
}

Material rubber() {
  return plain("rubber", {.035f, .034f, .033f}, .85f, .04f);
}

Material black_plastic() {
  return plain("black_plastic", {.03f, .03f, .03f}, .55f, .08f);
}

Material plastic(std::string name, const math::Vec3f& color) {
  return plain(std::move(name), color, .45f, .5f);
}

Material wood() {
  return patterned("wood", {.22f, .17f, .12f}, {.13f, .10f, .07f}, .8f, .5f, Pattern::kWood, 1.0f);
}

Material cardboard() {
  return patterned("cardboard", {.46f, .31f, .18f}, {.36f, .24f, .14f}, .85f, .6f,
                   Pattern::kCardboard, 1.0f);
}

Material packing_tape() {
  return plain("packing_tape", {.40f, .26f, .12f}, .25f, .4f);
}

Material retro_white() {
  Material m = plain("retro_white", {.60f, .60f, .60f}, .5f, .6f);
  m.retro_905nm = 565.0f;
  return m;
}

Material lamp_lens() {
  return plain("lamp_lens", {.55f, .55f, .52f}, .15f, .2f);
}

}  // namespace oddroad::asset::materials

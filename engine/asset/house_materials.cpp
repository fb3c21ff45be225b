#include "engine/asset/house_materials.h"

#include <algorithm>
#include <array>

#include "engine/asset/materials.h"

namespace oddroad::asset {

namespace {

math::Vec3f draw_from(core::RandomStream& r, const std::vector<std::array<int, 4>>& weighted) {
  int total = 0;
  for (const auto& row : weighted) total += row[3];
  int pick = static_cast<int>(r.below(static_cast<std::uint32_t>(total)));
  for (const auto& row : weighted) {
    pick -= row[3];
    if (pick < 0) return linear_from_srgb(row[0], row[1], row[2]);
  }
  return math::Vec3f(.5f);
}

// The wall of a town that is painted in its own way; `palette` as the numbers count them, from 1.
Material palette_wall(long palette, core::RandomStream r) {
  const std::vector<std::vector<std::array<int, 4>>> colours = {
      {{240, 239, 234, 4}, {232, 230, 222, 3}, {222, 222, 220, 2}},
      {{222, 176, 164, 3}, {188, 204, 214, 3}, {196, 208, 176, 3}, {232, 214, 158, 3}},
      {{168, 92, 74, 3},
       {92, 116, 138, 2},
       {206, 168, 92, 3},
       {108, 130, 106, 2},
       {150, 92, 100, 1},
       {214, 206, 190, 3}},
      {{150, 84, 64, 5}, {104, 60, 52, 3}, {178, 120, 84, 2}, {198, 174, 132, 2}},
      {{176, 176, 172, 4}, {142, 143, 142, 3}, {196, 190, 178, 2}, {112, 114, 116, 1}},
      {{206, 160, 92, 4}, {184, 122, 80, 3}, {222, 192, 140, 3}, {158, 110, 78, 2}}};
  const auto k = static_cast<std::size_t>(std::clamp(palette, 1L, 6L));
  const math::Vec3f colour = draw_from(r, colours[k - 1]);
  if (k == 4) return materials::brick(colour);
  Material wall = materials::plaster(colour);
  if (k == 5) {
    wall = materials::concrete();
    wall.base_color = colour;
    wall.second_color = colour * .8f;
  }
  return wall;
}

}  // namespace

std::vector<Material> house_materials(const HousePlan& p, long palette, core::RandomStream r,
                                      core::RandomStream own) {
  // Town renders with their shares; sandstone and limestone for the 19th century.
  const std::vector<std::array<int, 4>> render = {
      {232, 220, 190, 15}, {214, 178, 116, 12}, {196, 128, 98, 6},  {205, 203, 196, 14},
      {235, 233, 226, 18}, {176, 186, 160, 4},  {220, 180, 168, 5}, {178, 190, 200, 4}};
  const std::vector<std::array<int, 4>> old = {
      {190, 168, 130, 5}, {214, 204, 182, 7}, {232, 220, 190, 4}, {205, 203, 196, 3}};
  const std::vector<std::array<int, 4>> bricks = {
      {146, 80, 62, 6}, {92, 58, 52, 2}, {196, 170, 120, 2}, {160, 96, 70, 3}};
  const std::vector<std::array<int, 4>> modern = {
      {235, 233, 226, 5}, {205, 203, 196, 3}, {120, 122, 124, 1}};
  const std::vector<std::array<int, 4>> roofs = {
      {158, 82, 58, 6}, {98, 66, 54, 3}, {66, 66, 70, 3}};
  const std::vector<std::array<int, 4>> slates = {{84, 90, 98, 3}, {66, 66, 70, 2}};
  const std::vector<std::array<int, 4>> doors = {
      {60, 84, 66, 3}, {110, 40, 36, 3}, {44, 60, 92, 3}, {96, 66, 42, 4}, {60, 62, 66, 3}};
  const std::vector<std::array<int, 4>> shutters = {
      {76, 104, 82, 4}, {120, 74, 58, 2}, {120, 132, 140, 3}, {228, 224, 214, 2}};
  const std::vector<std::array<int, 4>> signs = {
      {150, 28, 30, 2}, {24, 74, 120, 2}, {40, 96, 60, 2}, {60, 56, 54, 3}, {200, 150, 30, 1}};
  Material wall;
  switch (p.style) {
    case kTownRender:
      wall = materials::plaster(draw_from(r, render));
      break;
    case kBrickTerrace:
      wall = materials::brick(draw_from(r, bricks));
      break;
    case kNineteenthCentury:
      wall = materials::plaster(draw_from(r, old));
      break;
    case kModern:
    case kFlats:
      wall = materials::plaster(draw_from(r, modern));
      break;
    case kFarmhouse:
      wall = r.chance(.5) ? materials::brick(draw_from(r, bricks))
                          : materials::plaster(draw_from(r, render));
      break;
  }
  if (palette > 0) wall = palette_wall(palette, std::move(own));
  Material ground = wall;
  if (p.style == kNineteenthCentury) {
    ground = materials::stone_trim();
    ground.pattern = Pattern::kPavers;  // ashlar courses
    ground.pattern_scale_m = .6f;
    ground.second_color = ground.base_color * .7f;
  }
  ground.name = "ground_wall";
  Material plinth = materials::stone_trim();
  plinth.name = "plinth";
  plinth.base_color *= .6f;
  Material trim =
      p.style == kTownRender ? materials::plaster({.66f, .65f, .61f}) : materials::stone_trim();
  trim.name = "trim";
  const bool slate = p.style == kBrickTerrace || (p.style == kNineteenthCentury && r.chance(.5));
  if (p.style == kFlats) {
    // Panels or balconies in a colour of their own.
    ground.base_color *= .75f;
  }
  const bool dark_frames = p.style == kModern;
  Material curtain = materials::plain("curtain", {.42f, .41f, .38f}, .95f, .5f);
  Material chimney = materials::brick(linear_from_srgb(140, 84, 66));
  chimney.name = "chimney";
  return {wall,
          ground,
          plinth,
          trim,
          materials::roof_tile(draw_from(r, slate ? slates : roofs)),
          materials::window_frame(dark_frames ? math::Vec3f(.06f, .062f, .065f)
                                              : math::Vec3f(.70f, .70f, .68f)),
          materials::window_glass(),
          curtain,
          materials::door_paint(draw_from(r, doors)),
          materials::door_paint(draw_from(r, shutters)),
          materials::zinc(),
          chimney,
          materials::painted_metal(draw_from(r, signs)),
          materials::painted_metal({.05f, .05f, .052f}),
          materials::shop_glass()};
}

}  // namespace oddroad::asset

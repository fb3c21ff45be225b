#include "engine/asset/house.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/facade.h"
#include "engine/asset/flat_roof.h"
#include "engine/asset/house_roof.h"
#include "engine/asset/lettering.h"
#include "engine/asset/materials.h"

namespace oddroad::asset {

namespace {

enum Style { kTownRender, kBrickTerrace, kNineteenthCentury, kModern, kFlats, kFarmhouse };

// Of the board with a shop's name; after those of facade.h.
constexpr std::uint16_t kLettering = 24;

// Everything drawn from the seed once, before any geometry.
struct Plan {
  Style style = kTownRender;
  float width_m = 0, depth_m = 0;
  int storeys = 0;
  bool open_left = true, open_right = true;  // windows in the walls to +y and to -y
  bool flat_roof = false, gable_to_street = false;
  float plinth_m = .45f, ground_m = 3.0f, upper_m = 2.75f;
  float window_w = 1.1f, window_h = 1.4f, sill = .85f, pitch = 2.5f;
  bool shop = false;
  bool string_courses = false;
  bool balconies = false;
  float roof_pitch_rad = .75f;
  int dormers = 0;
  FacadeStyle facade;

  [[nodiscard]] float eaves_m() const {
    return plinth_m + ground_m + upper_m * static_cast<float>(storeys - 1) + .15f;
  }
};

Plan plan_house(const PropNumbers& numbers) {
  core::RandomStream r = numbers.stream("house/plan");
  const auto uniform = [&](double a, double b) {
    return static_cast<float>(r.uniform(a, b));
  };
  Plan p;
  const double style = r.uniform();
  p.style = style < .45   ? kTownRender
            : style < .65 ? kBrickTerrace
            : style < .85 ? kNineteenthCentury
                          : kModern;
  if (numbers.is_set("style")) {
    p.style = static_cast<Style>(std::lround(numbers.get("style")));
  }
  const int drawn_storeys = p.style == kFlats               ? 4 + static_cast<int>(r.below(2))
                            : p.style == kFarmhouse         ? 1 + static_cast<int>(r.below(2))
                            : p.style == kNineteenthCentury ? 3 + static_cast<int>(r.below(2))
                                                            : 2 + static_cast<int>(r.below(2));
  p.width_m = numbers.is_set("width") ? static_cast<float>(numbers.get("width")) : uniform(8, 13);
  p.depth_m = numbers.is_set("depth") ? static_cast<float>(numbers.get("depth")) : uniform(9, 11);
  p.storeys = numbers.is_set("storeys") ? static_cast<int>(std::lround(numbers.get("storeys")))
                                        : drawn_storeys;
  const auto detached = std::lround(numbers.get("detached"));
  p.open_left = detached == 1 || detached == 2;
  p.open_right = detached == 1 || detached == 3;
  switch (p.style) {
    case kTownRender:
      p.facade.surround = r.chance(.6);
      p.facade.shutters = r.chance(.45);
      p.facade.bars = r.chance(.6) ? 1 : 2;
      p.pitch = p.facade.shutters ? 2.9f : uniform(2.3, 2.7);
      break;
    case kBrickTerrace:
      p.ground_m = 2.85f;
      p.upper_m = 2.65f;
      p.window_w = 1.05f;
      p.window_h = 1.55f;
      p.sill = .75f;
      p.facade.lintel = true;
      p.facade.bars = 3;
      p.facade.reveal_m = .13f;
      break;
    case kNineteenthCentury:
      p.ground_m = 3.8f;
      p.upper_m = 3.35f;
      p.window_w = 1.15f;
      p.window_h = 2.0f;
      p.sill = .75f;
      p.facade.surround = true;
      p.facade.bars = 2;
      p.string_courses = true;
      break;
    case kModern:
      p.ground_m = 3.0f;
      p.upper_m = 2.9f;
      p.window_w = uniform(1.3, 1.9);
      p.window_h = 1.5f;
      p.sill = .8f;
      p.pitch = p.window_w + 1.2f;
      p.facade.reveal_m = .24f;
      p.facade.bars = r.chance(.5) ? 1 : 0;
      p.plinth_m = .3f;
      break;
    case kFlats:
      p.ground_m = 2.9f;
      p.upper_m = 2.8f;
      p.window_w = 1.6f;
      p.window_h = 1.4f;
      p.sill = .85f;
      p.pitch = 3.3f;
      p.facade.reveal_m = .16f;
      p.facade.bars = 1;
      p.plinth_m = .5f;
      break;
    case kFarmhouse:
      p.ground_m = 2.9f;
      p.upper_m = 2.5f;
      p.window_w = 1.0f;
      p.window_h = 1.2f;
      p.pitch = 2.4f;
      p.facade.lintel = true;
      p.facade.shutters = r.chance(.6);
      p.facade.bars = 2;
      break;
  }
  p.shop = (p.style == kTownRender || p.style == kNineteenthCentury) && r.chance(.25);
  if (numbers.is_set("shop")) p.shop = numbers.get("shop") > .5;
  if (p.shop) p.ground_m = std::max(p.ground_m, 3.5f);
  p.roof_pitch_rad = p.style == kModern ? uniform(.44, .58) : uniform(.65, .82);
  if (p.style == kFarmhouse) p.roof_pitch_rad = uniform(.78, .9);
  p.balconies = p.style == kFlats || ((p.style == kModern || p.style == kNineteenthCentury) &&
                                      numbers.stream("house/balconies").chance(.5));
  p.dormers = p.style != kModern && p.style != kFlats && r.chance(.45)
                  ? 1 + static_cast<int>(r.below(2))
                  : 0;
  const auto roof = std::lround(numbers.get("roof"));
  p.flat_roof = p.style == kFlats || roof == 1;
  p.gable_to_street = !p.flat_roof && roof == 2;
  if (p.gable_to_street) p.dormers = 0;
  return p;
}

// The bays of one wall. `door_bay` < 0: no door.
Facade lay_out(const Plan& p, float width, int door_bay, bool shop) {
  Facade f;
  f.width_m = width;
  f.bottom_m = p.plinth_m;
  f.ground_m = p.plinth_m + p.ground_m;
  f.top_m = p.eaves_m();
  const int bays = std::max(1, static_cast<int>((width - .8f) / p.pitch));
  const float pitch = (width - .8f) / static_cast<float>(bays);
  const float window = std::min(p.window_w, .6f * pitch);
  for (int s = 0; s < p.storeys; ++s) {
    const float floor =
        p.plinth_m + (s == 0 ? 0 : p.ground_m + p.upper_m * static_cast<float>(s - 1));
    const float storey = s == 0 ? p.ground_m : p.upper_m;
    for (int b = 0; b < bays; ++b) {
      const float mid = .4f + pitch * (static_cast<float>(b) + .5f);
      Opening o;
      if (s == 0 && b == door_bay) {
        o = {OpeningKind::kDoor, mid - .56f, p.plinth_m, mid + .56f,
             p.plinth_m + std::min(storey - .5f, p.style == kNineteenthCentury ? 2.9f : 2.5f)};
      } else if (s == 0 && shop) {
        o = {OpeningKind::kShop, mid - .42f * pitch, p.plinth_m + .1f, mid + .42f * pitch,
             p.plinth_m + storey - 1.0f};
      } else {
        const float top = std::min(floor + p.sill + p.window_h, floor + storey - .35f);
        o = {OpeningKind::kWindow, mid - .5f * window, floor + p.sill, mid + .5f * window, top};
      }
      f.openings.push_back(o);
    }
  }
  return f;
}

// `wraps`: bands run around the corners; `sign`: the shop's fascia is here.
void add_bands(TriangleMesh& mesh, const Plan& p, const Affine3f& T, float width, bool wraps,
               bool sign) {
  const auto band = [&](float v0, float v1, float out, std::uint16_t material) {
    mesh.append(box({.5f * width, .5f * (v0 + v1), .5f * out},
                    {width + (wraps ? 2 * out : 0), v1 - v0, out}, material, .008f),
                T);
  };
  // The plinth goes down a metre, so that sloping ground never shows under the house.
  band(-1.0f, p.plinth_m, .03f, kHousePlinth);
  const float eaves = p.eaves_m();
  if (p.string_courses) {
    band(p.plinth_m + p.ground_m - .1f, p.plinth_m + p.ground_m + .1f, .09f, kHouseTrim);
    band(eaves - .5f, eaves - .38f, .12f, kHouseTrim);
    band(eaves - .38f, eaves - .15f, .24f, kHouseTrim);
  } else if (p.style == kTownRender) {
    band(eaves - .28f, eaves - .1f, .07f, kHouseTrim);
  }
  if (sign) {
    band(p.plinth_m + p.ground_m - .85f, p.plinth_m + p.ground_m - .2f, .14f, kHouseSign);
  }
}

// Slabs with parapets before every other window of the upper storeys; blocks of flats have them in
// columns, other houses one over the door.
void add_balconies(TriangleMesh& mesh, const Plan& p, const Facade& facade) {
  const bool flats = p.style == kFlats;
  const int bays = std::max(1, static_cast<int>((facade.width_m - .8f) / p.pitch));
  int index = 0;
  for (const Opening& o : facade.openings) {
    const int bay = index % bays, storey = index / bays;
    ++index;
    if (o.kind != OpeningKind::kWindow || storey == 0) continue;
    if (flats ? bay % 2 == 1 : (bay != bays / 2 || storey != 1)) continue;
    const float deep = flats ? 1.35f : .8f, beside = flats ? .7f : .3f;
    const float u0 = o.u0 - beside, u1 = o.u1 + beside, floor = o.v0 - p.sill;
    const auto bar = [&](const Vec3f& low, const Vec3f& high, std::uint16_t material) {
      mesh.append(box(.5f * (low + high), high - low, material, .01f), facade.T);
    };
    bar({u0, floor - .18f, 0}, {u1, floor, deep}, kHouseTrim);
    if (flats) {
      bar({u0, floor, deep - .06f}, {u1, floor + 1.0f, deep}, kHouseShutter);
      for (const float u : {u0, u1 - .06f}) {
        bar({u, floor, 0}, {u + .06f, floor + 1.0f, deep - .06f}, kHouseShutter);
      }
      continue;
    }
    const auto rail = [&](float a, float b, float w0, float w1) {
      bar({a, floor + .96f, w0}, {b, floor + 1.0f, w1}, kHouseDark);
    };
    rail(u0, u1, deep - .05f, deep - .01f);
    rail(u0, u0 + .04f, 0, deep);
    rail(u1 - .04f, u1, 0, deep);
    for (float u = u0 + .02f; u < u1; u += .12f) {
      bar({u, floor, deep - .04f}, {u + .015f, floor + .97f, deep - .02f}, kHouseDark);
    }
  }
}

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

std::vector<Material> house_materials(const Plan& p, long palette, core::RandomStream r,
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

}  // namespace

namespace {

// What the shop windows of a front send out together, from their middle.
void light_shop(Model& model, const Affine3f& front, const Facade& facade) {
  const Material& glass = model.materials[kHouseShopGlass];
  float area = 0;
  Vec3f middle(0);
  for (const Opening& o : facade.openings) {
    if (o.kind != OpeningKind::kShop) continue;
    const float a = (o.u1 - o.u0) * (o.v1 - o.v0);
    middle += a * Vec3f(.5f * (o.u0 + o.u1), .5f * (o.v0 + o.v1), 0);
    area += a;
  }
  if (area <= 0) return;
  Luminaire light;
  light.position_m = math::Vec3d(front.point(middle / area + Vec3f(0, 0, .05f)));
  light.axis = math::Vec3d(front.linear[2]);
  light.candela = glass.emission_cd_m2 * (.7f * area);  // goods stand before the light
  light.radius_m = .5f * std::sqrt(area);
  model.luminaires.push_back(light);
}

void add_gable_roof(TriangleMesh& mesh, const Plan& p, core::RandomStream& random) {
  const bool turned = p.gable_to_street;
  RoofPlan roof{.width_m = turned ? p.depth_m : p.width_m,
                .depth_m = turned ? p.width_m : p.depth_m,
                .eaves_m = p.eaves_m(),
                .pitch_rad = p.roof_pitch_rad,
                .eaves_overhang_m = p.style == kNineteenthCentury ? .35f : .5f,
                .verge_overhang_m = p.open_left && p.open_right ? .25f : .005f,
                .dormers = p.dormers,
                .gable_windows = {p.open_left, p.open_right},
                .chimneys = p.style == kBrickTerrace ? 2 : 1};
  if (!turned) {
    add_roof(mesh, roof, p.facade, random);
    return;
  }
  roof.gable_windows = {true, true};
  roof.eaves_overhang_m = .3f;
  TriangleMesh along_y;
  add_roof(along_y, roof, p.facade, random);
  mesh.append(along_y, rotation({0, 0, 1}, .5f * kPi));
}

}  // namespace

std::vector<NumberRange> house_numbers() {
  return {{"width", 5, 30, 10, true},   {"depth", 6, 18, 10, true}, {"storeys", 1, 12, 2, true},
          {"detached", 0, 3, 1, false}, {"style", 0, 5, 0, true},   {"roof", 0, 2, 0, false},
          {"shop", 0, 1, 0, true},      {"palette", 0, 6, 0, false}};
}

ModelSize house_size(const PropNumbers& numbers) {
  const Plan p = plan_house(numbers);
  if (p.style == kFlats) {
    return {p.depth_m + 3.0, p.width_m + .5, p.eaves_m() + 1.5, .5 * p.depth_m + 1.5, 0};
  }
  if (p.flat_roof) {
    return {p.depth_m + 1.6, p.width_m + .5, p.eaves_m() + 1.5, .5 * p.depth_m + .8, 0};
  }
  const double across = p.gable_to_street ? p.width_m : p.depth_m;
  const double ridge = p.eaves_m() + .5 * across * std::tan(p.roof_pitch_rad) + 1.2;
  // Overhang of the eaves front and back; the canopy and steps stay within it and a little more.
  return {p.depth_m + 1.6, p.width_m + .5, ridge, .5 * p.depth_m + .8, 0};
}

Model make_house(const PropNumbers& numbers) {
  const Plan p = plan_house(numbers);
  core::RandomStream random = numbers.stream("house/details");
  TriangleMesh mesh;
  const float hw = .5f * p.width_m;
  const float hd = .5f * p.depth_m;
  const auto wall_frame = [](const Vec3f& corner, const Vec3f& right) {
    const Vec3f up(0, 0, 1);
    return Affine3f{glm::mat3(right, up, glm::cross(right, up)), corner};
  };
  // Seen from outside, "right" runs counter-clockwise around the plan.
  const Affine3f front = wall_frame({hd, -hw, 0}, {0, 1, 0});
  const Affine3f back = wall_frame({-hd, hw, 0}, {0, -1, 0});
  const Affine3f left = wall_frame({hd, hw, 0}, {-1, 0, 0});
  const Affine3f right = wall_frame({-hd, -hw, 0}, {1, 0, 0});
  const int bays = std::max(1, static_cast<int>((p.width_m - .8f) / p.pitch));
  const int door = p.style == kBrickTerrace ? 0 : (random.chance(.6) ? bays / 2 : bays - 1);

  Facade facade = lay_out(p, p.width_m, door, p.shop);
  facade.T = front;
  add_facade(mesh, facade, p.facade, random);
  const bool detached = p.open_left && p.open_right;
  add_bands(mesh, p, front, p.width_m, detached, p.shop);
  if (p.balconies) add_balconies(mesh, p, facade);
  if (p.shop) {
    add_board(mesh, front, {.5f * p.width_m, p.plinth_m + p.ground_m - .525f},
              std::min(4.2f, .62f * p.width_m), .5f, .146f, kLettering);
  }
  facade = lay_out(p, p.width_m, -1, false);
  facade.T = back;
  add_facade(mesh, facade, p.facade, random);
  add_bands(mesh, p, back, p.width_m, detached, false);
  FacadeStyle side_style = p.facade;
  side_style.shutters = false;
  for (const bool to_left : {true, false}) {
    const Affine3f& side = to_left ? left : right;
    const bool open = to_left ? p.open_left : p.open_right;
    Plan sparse = p;
    sparse.pitch = 1.7f * p.pitch;
    facade = lay_out(sparse, p.depth_m, -1, false);
    if (!open) facade.openings.clear();
    facade.T = side;
    add_facade(mesh, facade, side_style, random);
    if (open) add_bands(mesh, p, side, p.depth_m, false, false);
  }
  if (p.flat_roof) {
    add_flat_roof(mesh,
                  {p.width_m, p.depth_m, p.eaves_m(), .6f, kHouseWall, kHousePlinth, kHouseZinc},
                  random);
  } else {
    add_gable_roof(mesh, p, random);
  }
  mesh.remove_degenerate();
  std::vector<Material> all =
      house_materials(p, std::lround(numbers.get("palette")), numbers.stream("house/materials"),
                      numbers.stream("house/palette"));
  if (p.shop) {
    Material board = materials::plain("shop_board", math::Vec3f(1), .4f, .4f);
    board.texture = 0;
    all.resize(kLettering, all.back());
    all.push_back(board);
  }
  Model model = single_part_model("house", "building", std::move(mesh), std::move(all));
  if (p.shop) {
    light_shop(model, front, lay_out(p, p.width_m, door, true));
    core::RandomStream name = numbers.stream("house/name");
    model.textures.push_back(
        shop_board(shop_name(name), std::min(4.2f, .62f * p.width_m), .5f, name));
  }
  return model;
}

}  // namespace oddroad::asset

#include "engine/asset/hall.h"

#include <cmath>

#include "engine/asset/facade.h"
#include "engine/asset/flat_roof.h"
#include "engine/asset/house_roof.h"
#include "engine/asset/lettering.h"
#include "engine/asset/materials.h"

namespace oddroad::asset {

namespace {

// Beside those of houses, whose facades and roofs halls share.
enum : std::uint16_t { kGate = 24, kCover, kLetters, kHallMaterials };

enum class Hall { kBarn, kIndustrial, kMarket };

struct Measures {
  float width, depth, eaves;
};

Measures measures(Hall kind, const PropNumbers& n) {
  core::RandomStream r = n.stream("hall/measures");
  const auto drawn = [&](const char* name, double a, double b) {
    const double value = r.uniform(a, b);
    return static_cast<float>(n.is_set(name) ? n.get(name) : value);
  };
  switch (kind) {
    case Hall::kBarn:
      return {drawn("width", 14, 22), drawn("depth", 9, 12), static_cast<float>(r.uniform(4, 5))};
    case Hall::kIndustrial:
      return {drawn("width", 24, 40), drawn("depth", 16, 24), static_cast<float>(r.uniform(6, 8))};
    case Hall::kMarket:
      break;
  }
  return {drawn("width", 22, 32), drawn("depth", 16, 22), static_cast<float>(r.uniform(4.6, 5.4))};
}

Affine3f wall_frame(const Vec3f& corner, const Vec3f& right) {
  const Vec3f up(0, 0, 1);
  return Affine3f{glm::mat3(right, up, glm::cross(right, up)), corner};
}

void bar(TriangleMesh& mesh, const Affine3f& T, const Vec3f& low, const Vec3f& high,
         std::uint16_t material, float bevel = 0) {
  mesh.append(box(.5f * (low + high), high - low, material, bevel), T);
}

// A gate in front of the wall: leaf with slats or boards, frame around it.
void add_gate(TriangleMesh& mesh, const Affine3f& T, float middle, float width, float height,
              bool roller) {
  const float u0 = middle - .5f * width, u1 = middle + .5f * width;
  bar(mesh, T, {u0 - .15f, 0, -.01f}, {u0, height + .15f, .09f}, kHouseDark);
  bar(mesh, T, {u1, 0, -.01f}, {u1 + .15f, height + .15f, .09f}, kHouseDark);
  bar(mesh, T, {u0 - .15f, height, -.01f}, {u1 + .15f, height + .25f, .12f}, kHouseDark);
  const int pieces = roller ? static_cast<int>(height / .35f) : static_cast<int>(width / .22f);
  for (int k = 0; k < pieces; ++k) {
    const float a = static_cast<float>(k) / static_cast<float>(pieces);
    const float b = static_cast<float>(k + 1) / static_cast<float>(pieces);
    if (roller) {
      bar(mesh, T, {u0, a * height + .01f, 0}, {u1, b * height - .01f, .04f}, kGate, .008f);
    } else {
      bar(mesh, T, {u0 + a * width + .006f, .05f, 0}, {u0 + b * width - .006f, height, .05f},
          kGate);
    }
  }
  if (!roller) {  // braces of a barn door
    for (const float v : {.15f, .82f}) {
      bar(mesh, T, {u0, v * height, .05f}, {u1, v * height + .16f, .085f}, kGate);
    }
    bar(mesh, T, {middle - .03f, .05f, .05f}, {middle + .03f, height, .09f}, kHouseDark);
  }
}

Facade plain_wall(const Affine3f& T, float width, float eaves) {
  Facade f;
  f.T = T;
  f.width_m = width;
  f.bottom_m = -1;
  f.ground_m = .4f;
  f.top_m = eaves;
  return f;
}

struct Walls {
  Affine3f front, back, left, right;
};

Walls walls_of(const Measures& m) {
  const float hd = .5f * m.depth, hw = .5f * m.width;
  return {wall_frame({hd, -hw, 0}, {0, 1, 0}), wall_frame({-hd, hw, 0}, {0, -1, 0}),
          wall_frame({hd, hw, 0}, {-1, 0, 0}), wall_frame({-hd, -hw, 0}, {1, 0, 0})};
}

void add_strip_windows(Facade& f, float low, float high, float begin, float end) {
  const int count = std::max(1, static_cast<int>((end - begin) / 2.6f));
  const float pitch = (end - begin) / static_cast<float>(count);
  for (int k = 0; k < count; ++k) {
    const float u = begin + pitch * static_cast<float>(k);
    f.openings.push_back({OpeningKind::kWindow, u + .12f, low, u + pitch - .12f, high});
  }
}

void build_barn(TriangleMesh& mesh, const Measures& m, const PropNumbers& n) {
  core::RandomStream random = n.stream("hall/details");
  const Walls walls = walls_of(m);
  FacadeStyle style;
  style.reveal_m = .12f;
  style.bars = 2;
  Facade front = plain_wall(walls.front, m.width, m.eaves);
  front.openings.push_back({OpeningKind::kWindow, 1.2f, 1.5f, 2.1f, 2.3f});
  front.openings.push_back({OpeningKind::kWindow, m.width - 2.1f, 1.5f, m.width - 1.2f, 2.3f});
  add_facade(mesh, front, style, random);
  add_facade(mesh, plain_wall(walls.back, m.width, m.eaves), style, random);
  add_facade(mesh, plain_wall(walls.left, m.depth, m.eaves), style, random);
  add_facade(mesh, plain_wall(walls.right, m.depth, m.eaves), style, random);
  add_gate(mesh, walls.front, .38f * m.width, 3.8f, std::min(3.9f, m.eaves - .4f), false);
  add_gate(mesh, walls.front, .72f * m.width, 2.4f, 2.6f, false);
  add_roof(mesh,
           {.width_m = m.width,
            .depth_m = m.depth,
            .eaves_m = m.eaves,
            .pitch_rad = static_cast<float>(random.uniform(.62, .85)),
            .eaves_overhang_m = .6f,
            .verge_overhang_m = .3f,
            .dormers = 0,
            .gable_windows = {true, true},
            .chimneys = 0},
           style, random);
}

void build_industrial(TriangleMesh& mesh, const Measures& m, const PropNumbers& n) {
  core::RandomStream random = n.stream("hall/details");
  const Walls walls = walls_of(m);
  FacadeStyle style;
  style.reveal_m = .06f;
  style.bars = 0;
  for (const auto& [T, width, front] :
       {std::tuple(walls.front, m.width, true), std::tuple(walls.back, m.width, false),
        std::tuple(walls.left, m.depth, false), std::tuple(walls.right, m.depth, false)}) {
    Facade f = plain_wall(T, width, m.eaves);
    add_strip_windows(f, m.eaves - 2.0f, m.eaves - .9f, 1.5f, width - 1.5f);
    if (front) add_strip_windows(f, 1.0f, 2.4f, .62f * width, width - 1.2f);
    add_facade(mesh, f, style, random);
    // Ribs of the cladding, and a band along the top.
    for (float u = .5f; u < width; u += 1.0f) {
      bar(mesh, T, {u - .03f, 2.6f, 0}, {u + .03f, m.eaves - 2.1f, .035f}, kHouseWall);
    }
    bar(mesh, T, {0, m.eaves - .55f, 0}, {width, m.eaves + .3f, .08f}, kHouseSign);
  }
  const int gates = std::max(2, static_cast<int>(.55f * m.width / 5));
  for (int k = 0; k < gates; ++k) {
    add_gate(mesh, walls.front, 3.2f + 5.0f * static_cast<float>(k), 3.2f, 3.8f, true);
    bar(mesh, walls.front, {1.3f + 5.0f * static_cast<float>(k), 0, 0},
        {1.5f + 5.0f * static_cast<float>(k), .9f, .3f}, kHouseSign, .02f);
  }
  add_flat_roof(mesh, {m.width, m.depth, m.eaves, .4f, kHouseWall, kCover, kHouseZinc}, random);
  add_board(mesh, walls.front, {.8f * m.width, m.eaves - 3.2f}, 6, 1.4f, .09f, kLetters);
}

void build_market(TriangleMesh& mesh, const Measures& m, const PropNumbers& n) {
  core::RandomStream random = n.stream("hall/details");
  const Walls walls = walls_of(m);
  FacadeStyle style;
  style.reveal_m = .1f;
  style.bars = 0;
  Facade front = plain_wall(walls.front, m.width, m.eaves);
  const int panes = static_cast<int>(.62f * m.width / 2);
  for (int k = 0; k < panes; ++k) {
    const float u = .08f * m.width + 2.0f * static_cast<float>(k);
    front.openings.push_back({OpeningKind::kShop, u, .15f, u + 1.92f, 2.9f});
  }
  add_facade(mesh, front, style, random);
  add_facade(mesh, plain_wall(walls.back, m.width, m.eaves), style, random);
  Facade side = plain_wall(walls.left, m.depth, m.eaves);
  add_strip_windows(side, m.eaves - 1.6f, m.eaves - .8f, 1.5f, m.depth - 1.5f);
  add_facade(mesh, side, style, random);
  side.T = walls.right;
  add_facade(mesh, side, style, random);
  // Canopy on posts before the glass, and the name over it.
  bar(mesh, walls.front, {.05f * m.width, 3.1f, 0}, {.74f * m.width, 3.4f, 2.4f}, kHouseSign, .03f);
  for (float u = .07f * m.width; u < .74f * m.width; u += 4.2f) {
    bar(mesh, walls.front, {u, -.3f, 2.15f}, {u + .12f, 3.1f, 2.27f}, kHouseZinc);
  }
  add_board(mesh, walls.front, {.4f * m.width, m.eaves - .45f}, std::min(9.0f, .4f * m.width), 1.3f,
            .12f, kLetters);
  add_flat_roof(mesh, {m.width, m.depth, m.eaves, .5f, kHouseWall, kCover, kHouseZinc}, random);
}

std::vector<Material> hall_materials(Hall kind, const PropNumbers& n) {
  core::RandomStream r = n.stream("hall/materials");
  const auto pick = [&](std::initializer_list<math::Vec3f> colours) {
    return *(colours.begin() + r.below(static_cast<std::uint32_t>(colours.size())));
  };
  const math::Vec3f grey(.44f, .45f, .45f);
  Material wall;
  if (kind == Hall::kBarn) {
    wall = r.chance(.5) ? materials::wood() : materials::brick(linear_from_srgb(150, 88, 66));
    if (wall.pattern == Pattern::kWood)
      wall.base_color = pick({{.16f, .10f, .06f}, {.22f, .2f, .17f}, {.19f, .045f, .03f}});
  } else if (kind == Hall::kIndustrial) {
    wall = materials::painted_metal(
        pick({grey, {.55f, .56f, .55f}, {.045f, .1f, .19f}, {.09f, .15f, .1f}}));
  } else {
    wall = materials::plaster(pick({{.66f, .65f, .61f}, {.55f, .5f, .4f}, grey}));
  }
  wall.name = "hall_wall";
  Material roof = materials::roof_tile(pick(
      {linear_from_srgb(158, 82, 58), linear_from_srgb(98, 66, 54), linear_from_srgb(70, 70, 74)}));
  Material letters = materials::plain("lettering", math::Vec3f(1), .4f, .4f);
  letters.texture = 0;
  const Material trim = materials::stone_trim();
  const Material dark = materials::painted_metal({.05f, .05f, .052f});
  std::vector<Material> out(kHallMaterials, dark);
  out[kHouseWall] = wall;
  out[kHouseGroundWall] = kind == Hall::kBarn ? trim : wall;
  out[kHousePlinth] = out[kHouseTrim] = trim;
  out[kHouseRoof] = roof;
  out[kHouseFrame] = materials::window_frame(pick({{.06f, .062f, .065f}, {.7f, .7f, .68f}}));
  out[kHouseGlass] = materials::window_glass();
  out[kHouseShopGlass] = materials::shop_glass();
  out[kHouseCurtain] = materials::plain("curtain", {.42f, .41f, .38f}, .95f, .5f);
  out[kHouseDoor] = out[kHouseShutter] =
      materials::door_paint(pick({{.04f, .09f, .06f}, {.16f, .03f, .025f}}));
  out[kHouseZinc] = materials::zinc();
  out[kHouseChimney] = materials::brick(linear_from_srgb(140, 84, 66));
  out[kHouseSign] = materials::painted_metal(
      pick({{.30f, .02f, .02f}, {.02f, .09f, .25f}, {.05f, .05f, .055f}, {.03f, .16f, .06f}}));
  out[kGate] = kind == Hall::kBarn ? materials::wood()
                                   : materials::painted_metal(pick({grey, {.3f, .31f, .32f}}));
  out[kCover] = materials::gravel();
  out[kLetters] = letters;
  return out;
}

template <Hall kKind>
ModelSize hall_size(const PropNumbers& n) {
  const Measures m = measures(kKind, n);
  const double roof = kKind == Hall::kBarn ? .5 * m.depth * std::tan(.74) + .4 : 1.0;
  const double front = kKind == Hall::kMarket ? 2.4 : .8;
  return {m.depth + 2 * front, m.width + .8, m.eaves + roof, .5 * m.depth + front, 0};
}

template <Hall kKind>
Model make_hall(const PropNumbers& n) {
  const Measures m = measures(kKind, n);
  TriangleMesh mesh;
  if (kKind == Hall::kBarn) build_barn(mesh, m, n);
  if (kKind == Hall::kIndustrial) build_industrial(mesh, m, n);
  if (kKind == Hall::kMarket) build_market(mesh, m, n);
  mesh.remove_degenerate();
  Model model = single_part_model(n.type(), "building", std::move(mesh), hall_materials(kKind, n));
  core::RandomStream name = n.stream("hall/name");
  const char* const firms[] = {"NORDLAGER", "METALLBAU", "LOGISTIK 24", "TILE MARKET"};
  const char* const markets[] = {"MARKT", "SUPER 5", "GARTEN PLUS", "FRESHCO"};
  const std::uint32_t k = name.below(4);
  model.textures.push_back(
      shop_board(kKind == Hall::kIndustrial ? firms[k] : markets[k], 6, 1.4f, name));
  return model;
}

}  // namespace

std::vector<PropType> hall_types() {
  const auto sizes = [](double width, double depth) {
    return std::vector<NumberRange>{{"width", 8, 80, width, true}, {"depth", 6, 60, depth, true}};
  };
  return {{"barn", sizes(18, 10), hall_size<Hall::kBarn>, make_hall<Hall::kBarn>},
          {"hall.industrial", sizes(30, 20), hall_size<Hall::kIndustrial>,
           make_hall<Hall::kIndustrial>},
          {"hall.market", sizes(26, 18), hall_size<Hall::kMarket>, make_hall<Hall::kMarket>}};
}

}  // namespace oddroad::asset

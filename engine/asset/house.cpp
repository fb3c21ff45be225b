#include "engine/asset/house.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/flat_roof.h"
#include "engine/asset/house_materials.h"
#include "engine/asset/house_plan.h"
#include "engine/asset/house_roof.h"
#include "engine/asset/house_walls.h"
#include "engine/asset/lettering.h"
#include "engine/asset/materials.h"

namespace oddroad::asset {

namespace {

// Of the board with a shop's name; after those of facade.h.
constexpr std::uint16_t kLettering = 24;

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

void add_gable_roof(TriangleMesh& mesh, const HousePlan& p, core::RandomStream& random) {
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
  const HousePlan p = plan_house(numbers);
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
  const HousePlan p = plan_house(numbers);
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
    HousePlan sparse = p;
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

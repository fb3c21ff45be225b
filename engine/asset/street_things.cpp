#include "engine/asset/street_things.h"

#include <cmath>

#include "engine/asset/debris_tools.h"
#include "engine/asset/lettering.h"
#include "engine/asset/materials.h"
#include "engine/asset/mesh_tools.h"
#include "engine/asset/sign_paint.h"

namespace oddroad::asset {

namespace {

template <int kLengthMm, int kWidthMm, int kHeightMm>
ModelSize fixed_size(const PropNumbers&) {
  return {.001 * kLengthMm, .001 * kWidthMm, .001 * kHeightMm, .0005 * kLengthMm, 0};
}

math::Vec3f one_of(core::RandomStream& random, std::initializer_list<math::Vec3f> colours) {
  return *(colours.begin() + random.below(static_cast<std::uint32_t>(colours.size())));
}

// Slats on two frames; one sits looking to +x.
Model make_bench(const PropNumbers& n) {
  enum : std::uint16_t { kWood, kIron };
  TriangleMesh mesh;
  for (const float y : {-.72f, .72f}) {
    mesh.append(box({.02f, y, .22f}, {.40f, .06f, .05f}, kIron, .008f));
    mesh.append(box({.19f, y, .21f}, {.05f, .06f, .42f}, kIron, .008f));
    mesh.append(box({-.17f, y, .40f}, {.05f, .06f, .82f}, kIron, .008f), translation({0, 0, .0f}));
  }
  for (int k = 0; k < 4; ++k) {
    mesh.append(
        box({.20f - .115f * static_cast<float>(k), 0, .445f}, {.095f, 1.8f, .035f}, kWood, .006f));
  }
  for (int k = 0; k < 3; ++k) {
    mesh.append(
        box({-.15f, 0, .56f + .12f * static_cast<float>(k)}, {.03f, 1.8f, .095f}, kWood, .006f));
  }
  return single_part_model(n.type(), "street_furniture", std::move(mesh),
                           {materials::wood(), materials::painted_metal({.06f, .07f, .065f})});
}

Model make_litter_bin(const PropNumbers& n) {
  enum : std::uint16_t { kBody, kDark };
  core::RandomStream random = n.stream("litter_bin");
  TriangleMesh mesh;
  mesh.append(cylinder({-.18f, 0, -.2f}, {-.18f, 0, 1.12f}, .035f, .035f, 12, kDark));
  const Vec2f shell[] = {{0, .38f},     {.17f, .38f}, {.19f, .42f}, {.20f, .86f},
                         {.175f, .87f}, {.165f, .5f}, {0, .5f}};
  mesh.append(lathe(shell, kBody, {.segments = 20}));
  const Vec2f lid[] = {{0, 1.0f}, {.21f, 1.0f}, {.215f, 1.03f}, {.12f, 1.07f}, {0, 1.075f}};
  mesh.append(lathe(lid, kBody, {.segments = 20}));
  for (const float y : {-.16f, .16f}) {
    mesh.append(box({0, y, .93f}, {.03f, .02f, .16f}, kDark));
  }
  return single_part_model(
      n.type(), "street_furniture", std::move(mesh),
      {materials::painted_metal(one_of(
           random,
           {{.50f, .20f, .02f}, {.05f, .055f, .06f}, {.05f, .16f, .06f}, {.30f, .31f, .32f}})),
       materials::painted_metal({.08f, .08f, .085f})});
}

// Posters all round, painted from words, under a roof.
Model make_advert_column(const PropNumbers& n) {
  enum : std::uint16_t { kPoster, kRoof, kBase };
  core::RandomStream random = n.stream("advert_column");
  const float radius = .62f;
  TriangleMesh mesh;
  const Vec2f base[] = {{0, -.2f}, {.70f, -.2f}, {.70f, .18f}, {.66f, .22f}, {.62f, .23f}};
  mesh.append(lathe(base, kBase, {.segments = 28}));
  constexpr int kSides = 28;
  for (int k = 0; k <= kSides; ++k) {
    const float u = static_cast<float>(k) / kSides;
    const Vec3f out(std::cos(2 * kPi * u), std::sin(2 * kPi * u), 0);
    const auto i = mesh.add_vertex(radius * out + Vec3f(0, 0, .22f), out, {u, .998f});
    mesh.add_vertex(radius * out + Vec3f(0, 0, 3.0f), out, {u, .002f});
    if (k == 0) continue;
    mesh.add_triangle(i - 2, i, i + 1, kPoster);
    mesh.add_triangle(i - 2, i + 1, i - 1, kPoster);
  }
  const Vec2f roof[] = {{0, 2.98f},    {.74f, 2.98f}, {.76f, 3.06f}, {.70f, 3.14f},
                        {.42f, 3.36f}, {.10f, 3.48f}, {0, 3.5f}};
  mesh.append(lathe(roof, kRoof, {.segments = 28}));
  constexpr SignColour kInks[] = {{190, 40, 36}, {30, 80, 140},   {238, 190, 40},
                                  {40, 110, 80}, {236, 232, 220}, {60, 50, 60}};
  const auto ink = [&] {
    return kInks[random.below(static_cast<std::uint32_t>(std::size(kInks)))];
  };
  SignCanvas canvas(1, .72f, 512, {222, 216, 200});
  for (int k = 0; k < 7; ++k) {
    for (int row = 0; row < 2; ++row) {
      const Vec2f middle(-.43f + .143f * static_cast<float>(k), row == 0 ? .17f : -.17f);
      canvas.rectangle(middle, {.132f, .32f}, ink());
      canvas.disc(middle + Vec2f(0, .05f), .04f, ink());
      canvas.text(shop_name(random), middle + Vec2f(0, -.08f), .035f, .006f, .115f, ink());
    }
  }
  Material poster = materials::plain("posters", math::Vec3f(1), .7f, .5f);
  poster.texture = 0;
  Model model = single_part_model(
      n.type(), "street_furniture", std::move(mesh),
      {poster, materials::painted_metal({.05f, .09f, .07f}), materials::concrete()});
  model.textures.push_back(std::move(canvas).take("posters"));
  return model;
}

Model make_post_box(const PropNumbers& n) {
  enum : std::uint16_t { kBody, kDark };
  core::RandomStream random = n.stream("post_box");
  TriangleMesh mesh;
  mesh.append(box({0, 0, .3f}, {.12f, .16f, .9f}, kDark, .01f));
  mesh.append(box({0, 0, 1.06f}, {.32f, .42f, .64f}, kBody, .03f));
  mesh.append(box({.162f, 0, 1.26f}, {.01f, .28f, .035f}, kDark));
  mesh.append(box({.163f, 0, .98f}, {.008f, .26f, .2f}, kDark));
  return single_part_model(
      n.type(), "street_furniture", std::move(mesh),
      {materials::painted_metal(one_of(random, {{.62f, .42f, .01f}, {.40f, .02f, .02f}})),
       materials::painted_metal({.07f, .07f, .075f})});
}

Model make_bus_stop(const PropNumbers& n) {
  enum : std::uint16_t { kFace, kMast, kBoard };
  TriangleMesh mesh;
  mesh.append(cylinder({0, 0, -.3f}, {0, 0, 2.95f}, .038f, .038f, 14, kMast));
  // The round sign, both sides, and the case of the timetable below.
  for (const float side : {1.0f, -1.0f}) {
    const Affine3f T{glm::mat3({0, side, 0}, {0, 0, 1}, {side, 0, 0}),
                     Vec3f(.045f * side, 0, 2.68f)};
    std::vector<Vec2f> outline = circle(.23f, 32);
    TriangleMesh face = flat_polygon(outline, T, kFace);
    for (std::size_t i = 0; i < face.positions.size(); ++i) {
      face.uvs[i] = {.5f + side * face.positions[i].y / .46f,
                     .5f - (face.positions[i].z - 2.68f) / .46f};
    }
    mesh.append(face);
  }
  mesh.append(cylinder({-.042f, 0, 2.68f}, {.042f, 0, 2.68f}, .235f, .235f, 32, kMast));
  mesh.append(box({.05f, 0, 1.5f}, {.05f, .46f, .66f}, kMast, .01f));
  mesh.append(box({.078f, 0, 1.5f}, {.006f, .40f, .60f}, kBoard));
  mesh.append(box({.045f, 0, 2.3f}, {.03f, .6f, .16f}, kBoard, .005f));
  SignCanvas canvas(1, 1, 128, {0, 110, 60});
  canvas.disc({0, 0}, .43f, {247, 190, 20});
  canvas.text("H", {0, 0}, .52f, .09f, .5f, {0, 110, 60});
  Material face = materials::plain("bus_stop_face", math::Vec3f(1), .35f, .5f);
  face.texture = 0;
  face.retro_905nm = 150;
  Model model = single_part_model(n.type(), "street_furniture", std::move(mesh),
                                  {face, materials::galvanised_steel(),
                                   materials::plain("paper", {.62f, .62f, .58f}, .6f, .6f)});
  model.textures.push_back(std::move(canvas).take("bus_stop"));
  return model;
}

// A wooden pole with a cross-arm across x and insulators under the wires.
Model make_power_pole(const PropNumbers& n) {
  enum : std::uint16_t { kWood, kGlass, kSteel };
  core::RandomStream random = n.stream("power_pole");
  TriangleMesh mesh;
  const auto top = static_cast<float>(kPowerPole_m);
  const auto lean = static_cast<float>(random.uniform(-.06, .06));
  mesh.append(cylinder({lean, 0, -.8f}, {0, 0, top}, .15f, .10f, 14, kWood));
  mesh.append(box({0, .11f, top - .55f}, {1.7f, .1f, .12f}, kWood, .01f));
  for (const auto& [x, z] : kWires) {
    const Vec3f foot(static_cast<float>(x), .11f, top - .5f);
    mesh.append(cylinder(foot, {static_cast<float>(x), .11f, static_cast<float>(z)}, .035f, .025f,
                         10, kGlass));
  }
  if (random.chance(.3)) {  // a transformer
    mesh.append(cylinder({0, -.38f, top - 2.2f}, {0, -.38f, top - 1.3f}, .22f, .22f, 16, kSteel));
  }
  Material wood = materials::wood();
  wood.base_color *= .6f;
  return single_part_model(n.type(), "pole", std::move(mesh),
                           {wood, materials::plain("insulator", {.30f, .17f, .10f}, .2f, .3f),
                            materials::galvanised_steel()});
}

// 1.0 x 0.25 m of slanting red and white bands on a rubber foot, a lamp above.
Model make_beacon(const PropNumbers& n) {
  enum : std::uint16_t { kFace, kFoot, kLamp };
  TriangleMesh mesh;
  mesh.append(box({0, 0, .06f}, {.8f, .4f, .12f}, kFoot, .02f));
  mesh.append(box({0, 0, .68f}, {.03f, .25f, 1.1f}, kFoot, .006f));
  for (const float side : {1.0f, -1.0f}) {
    const Affine3f T{glm::mat3({0, side, 0}, {0, 0, 1}, {side, 0, 0}), Vec3f(0, 0, .72f)};
    add_board(mesh, T, {0, 0}, .25f, 1.0f, .0165f, kFace);
  }
  mesh.append(cylinder({-.03f, 0, 1.3f}, {.03f, 0, 1.3f}, .09f, .09f, 20, kLamp));
  SignCanvas canvas(.25f, 1, 256, sign_colour::kWhite);
  for (int k = -3; k < 5; ++k) {
    const float v = -.5f + .25f * static_cast<float>(k);
    canvas.polygon({{-.125f, v}, {.125f, v + .25f}, {.125f, v + .375f}, {-.125f, v + .125f}},
                   sign_colour::kRed);
  }
  Material face = materials::plain("beacon_face", math::Vec3f(1), .35f, .5f);
  face.texture = 0;
  face.retro_905nm = 300;
  Model model = single_part_model(
      n.type(), "barrier", std::move(mesh),
      {face, materials::rubber(), materials::plastic("beacon_lamp", {.60f, .36f, .02f})});
  model.textures.push_back(std::move(canvas).take("beacon"));
  return model;
}

}  // namespace

std::vector<PropType> street_thing_types() {
  return {{"advert_column", {}, fixed_size<1520, 1520, 3500>, make_advert_column},
          {"beacon", {}, fixed_size<800, 400, 1390>, make_beacon},
          {"bench", {}, fixed_size<480, 1800, 850>, make_bench},
          {"bus_stop", {}, fixed_size<480, 600, 2950>, make_bus_stop},
          {"litter_bin", {}, fixed_size<430, 430, 1120>, make_litter_bin},
          {"post_box", {}, fixed_size<330, 420, 1380>, make_post_box},
          {"power_pole", {}, fixed_size<1700, 500, 9500>, make_power_pole}};
}

}  // namespace oddroad::asset

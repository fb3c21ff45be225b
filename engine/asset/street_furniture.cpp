#include "engine/asset/street_furniture.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/materials.h"
#include "engine/asset/mesh_tools.h"

namespace oddroad::asset {

namespace {

float number(const PropNumbers& numbers, const std::string& name) {
  return static_cast<float>(numbers.get(name));
}

float uniform(core::RandomStream& stream, float lower, float upper) {
  return static_cast<float>(stream.uniform(lower, upper));
}

}  // namespace

// --- street lamp --------------------------------------------------------------------------------

std::vector<NumberRange> street_lamp_numbers() {
  return {{"height", 3, 14, 8}, {"arm", 0, 3, 1.5}};
}

ModelSize street_lamp_size(const PropNumbers& n) {
  return {n.get("arm") + 0.9, 0.4, n.get("height") + 0.25, 0.2, 0};
}

namespace {

// 4 klm on a post of 5 m, 10 klm at 8 m, 22 klm at 12 m; white LED, one in five still sodium.
void light_street_lamp(Model& model, std::uint16_t lens, const Affine3f& head,
                       const PropNumbers& numbers) {
  const double height = numbers.get("height");
  core::RandomStream stream = numbers.stream("street_lamp");
  const Vec3f color = black_body(stream.chance(.2) ? 2000 : stream.uniform(3000, 4000));
  const double candela = street_candela(std::clamp(155 * height * height, 2500.0, 25'000.0));
  Luminaire light;
  light.beam = ODDROAD_BEAM_STREET;
  light.position_m = math::Vec3d(head.point({.34f, 0, -.08f}));
  light.axis = math::Vec3d(head.linear * Vec3f(0, 0, -1));
  light.up = {0, 1, 0};  // along the road
  light.candela = color * static_cast<float>(candela);
  light.radius_m = .15f;
  model.luminaires.push_back(light);
  constexpr double kLens_m2 = .48 * .22;
  model.materials[lens].emission_cd_m2 = color * static_cast<float>(candela / kLens_m2);
  model.materials[lens].nocturnal = true;
}

}  // namespace

Model make_street_lamp(const PropNumbers& numbers) {
  enum : std::uint16_t { kSteel, kHead, kLens, kDark };
  const float h = number(numbers, "height");
  const float arm = number(numbers, "arm");
  const float foot = 0.055f + 0.0045f * h;
  TriangleMesh mesh;
  // Base sleeve, door, tapered shaft that bends into the arm.
  mesh.append(cylinder({0, 0, 0}, {0, 0, 0.05f}, foot + 0.06f, foot + 0.05f, 20, kSteel));
  mesh.append(cylinder({0, 0, 0.05f}, {0, 0, 1.2f}, foot + 0.012f, foot + 0.008f, 20, kSteel));
  mesh.append(box({foot + 0.006f, 0, 0.75f}, {0.02f, 0.1f, 0.5f}, kDark, 0.004f));
  std::vector<Vec3f> path = {{0, 0, 1.2f}, {0, 0, 0.5f * h}};
  const float bend = std::min(0.7f, 0.6f * arm);
  const float rise = 0.12f;  // up-tilt of the arm, about 7 degrees
  std::vector<float> radii = {foot, 0.5f * (foot + 0.04f)};
  if (arm > 0.2f) {
    for (int k = 0; k <= 6; ++k) {
      const float a = (0.5f * kPi - rise) * static_cast<float>(k) / 6;
      path.emplace_back(bend * (1 - std::cos(a)), 0, h - bend + bend * std::sin(a));
      radii.push_back(0.042f);
    }
    const Vec3f last = path.back();
    path.emplace_back(arm, 0, last.z + std::tan(rise) * (arm - last.x));
  } else {
    path.emplace_back(0, 0, h);
    radii.push_back(0.042f);
  }
  radii.resize(path.size(), 0.036f);
  mesh.append(tube(path, radii, 16, kSteel));
  // Luminaire: flat LED head with cooling fins, the lens underneath.
  const Affine3f head = translation(path.back()) * rotation({0, 1, 0}, arm > 0.2f ? -rise : 0.0f);
  const Vec2f outline[] = {{-0.12f, -0.06f}, {0.08f, -0.14f}, {0.58f, -0.15f}, {0.66f, -0.1f},
                           {0.66f, 0.1f},    {0.58f, 0.15f},  {0.08f, 0.14f},  {-0.12f, 0.06f}};
  mesh.append(extrude(outline, -0.03f, 0.06f, head, kHead, 0.02f));
  for (int k = 0; k < 5; ++k) {
    mesh.append(transformed(
        box({0.2f + 0.07f * static_cast<float>(k), 0, 0.07f}, {0.012f, 0.2f, 0.03f}, kHead), head));
  }
  const Vec2f lens[] = {{0.1f, -0.11f}, {0.58f, -0.11f}, {0.58f, 0.11f}, {0.1f, 0.11f}};
  mesh.append(extrude(lens, -0.042f, -0.028f, head, kLens, 0.005f));
  Model model = single_part_model(
      "street_lamp", "pole", std::move(mesh),
      {materials::galvanised_steel(), materials::painted_metal({.16f, .165f, .17f}),
       materials::lamp_lens(), materials::painted_metal({.10f, .10f, .105f})});
  light_street_lamp(model, kLens, head, numbers);
  return model;
}

// --- traffic cone -------------------------------------------------------------------------------

std::vector<NumberRange> traffic_cone_numbers() {
  return {{"height", 0.3, 1.0, 0.75}};
}

ModelSize traffic_cone_size(const PropNumbers& n) {
  const double base = n.get("height") > 0.6 ? 0.40 : 0.29;
  return {base, base, n.get("height"), 0.5 * base, 0};
}

Model make_traffic_cone(const PropNumbers& numbers) {
  enum : std::uint16_t { kOrange, kRetro, kBase };
  const float h = number(numbers, "height");
  const float base = h > 0.6f ? 0.40f : 0.29f;
  const float thick = 0.04f;
  TriangleMesh mesh;
  const float c = 0.06f;
  const float s = 0.5f * base;
  const Vec2f foot[] = {{-s + c, -s}, {s - c, -s}, {s, -s + c}, {s, s - c},
                        {s - c, s},   {-s + c, s}, {-s, s - c}, {-s, -s + c}};
  mesh.append(extrude(foot, 0, thick, kBase, 0.008f));
  // The skirt, then the cone in bands; bands lie 1.5 mm proud, as sleeves do.
  const float r0 = 0.36f * base;
  const float r1 = 0.0275f;
  const auto radius = [&](float z) {
    return r0 + (r1 - r0) * (z - thick) / (h - thick);
  };
  const Vec2f skirt[] = {{r0 + 0.035f, thick - 0.001f},
                         {r0 + 0.012f, thick + 0.012f},
                         {radius(thick + 0.05f), thick + 0.05f}};
  mesh.append(lathe(skirt, kOrange, {.segments = 32}));
  const float band[] = {thick + 0.05f, 0.36f * h, 0.54f * h, 0.68f * h, 0.82f * h, h};
  for (int k = 0; k < 5; ++k) {
    const bool retro = k == 1 || k == 3;
    const float proud = retro ? 0.0015f : 0.0f;
    const Vec2f profile[] = {{radius(band[k]), band[k]},
                             {radius(band[k]) + proud, band[k]},
                             {radius(band[k + 1]) + proud, band[k + 1]},
                             {radius(band[k + 1]), band[k + 1]}};
    mesh.append(lathe(profile, retro ? kRetro : kOrange, {.segments = 32, .crease_rad = 0.9f}));
  }
  // Open top with a rolled rim: one sees into it.
  const Vec2f rim[] = {{r1, h - 0.002f}, {r1 + 0.004f, h},         {r1 - 0.004f, h + 0.003f},
                       {r1 - 0.008f, h}, {r1 - 0.006f, h - 0.15f}, {0, h - 0.16f}};
  mesh.append(lathe(rim, kOrange, {.segments = 24}));
  // Handling wear differs from cone to cone: a small colour shift by seed.
  core::RandomStream stream = numbers.stream("traffic_cone");
  const float fade = uniform(stream, 0.85f, 1.0f);
  Material orange = materials::plastic("cone_orange", math::Vec3f(.65f, .13f, .02f) * fade);
  return single_part_model("traffic_cone", "traffic_cone", std::move(mesh),
                           {orange, materials::retro_white(), materials::rubber()});
}

// --- wheelie bin --------------------------------------------------------------------------------

std::vector<NumberRange> bin_numbers() {
  return {{"height", 0.9, 1.2, 1.07}};
}

ModelSize bin_size(const PropNumbers& n) {
  return {0.73, 0.58, n.get("height"), 0.365, 0};
}

Model make_bin(const PropNumbers& numbers) {
  enum : std::uint16_t { kBody, kLid, kTyre };
  const float h = number(numbers, "height");
  core::RandomStream stream = numbers.stream("bin");
  TriangleMesh mesh;
  std::vector<Ring> rings;
  const float level[] = {0.06f, 0.08f, h - 0.16f, h - 0.14f, h - 0.07f};
  const Vec2f size[] = {
      {0.44f, 0.42f}, {0.46f, 0.44f}, {0.60f, 0.54f}, {0.66f, 0.58f}, {0.66f, 0.58f}};
  for (int r = 0; r < 5; ++r) {
    Ring ring;
    for (const Vec2f& p : rounded_rectangle(size[r].x, size[r].y, 0.05f)) {
      ring.emplace_back(p.x + 0.02f, p.y, level[r]);
    }
    rings.push_back(std::move(ring));
  }
  mesh.append(loft(rings, kBody));
  // Lid: domed slab with an overhanging lip, hinged at the back (-x) by the handle bar.
  std::vector<Ring> lid;
  const float lid_z[] = {h - 0.075f, h - 0.045f, h - 0.01f, h};
  const float grow[] = {0.02f, 0.025f, -0.03f, -0.16f};
  for (int r = 0; r < 4; ++r) {
    Ring ring;
    for (const Vec2f& p : rounded_rectangle(0.66f + grow[r], 0.58f + grow[r], 0.06f)) {
      ring.emplace_back(p.x + 0.02f, p.y, lid_z[r]);
    }
    lid.push_back(std::move(ring));
  }
  mesh.append(loft(lid, kLid));
  mesh.append(
      cylinder({-0.34f, -0.22f, h - 0.07f}, {-0.34f, 0.22f, h - 0.07f}, 0.016f, 0.016f, 10, kBody));
  for (const float y : {-0.24f, 0.24f}) {
    mesh.append(
        cylinder({-0.24f, y - 0.025f, 0.1f}, {-0.24f, y + 0.025f, 0.1f}, 0.1f, 0.1f, 20, kTyre));
    mesh.append(
        cylinder({-0.24f, y - 0.028f, 0.1f}, {-0.24f, y + 0.028f, 0.1f}, 0.05f, 0.05f, 12, kBody));
  }
  mesh.append(box({0.2f, 0, 0.035f}, {0.06f, 0.36f, 0.07f}, kBody, 0.01f));
  const math::Vec3f lids[] = {{.03f, .032f, .034f},
                              {.02f, .10f, .28f},
                              {.55f, .38f, .02f},
                              {.16f, .075f, .03f},
                              {.03f, .13f, .05f}};
  return single_part_model(
      "bin", "unknown", std::move(mesh),
      {materials::plastic("bin_body", {.035f, .037f, .04f}),
       materials::plastic("bin_lid", lids[stream.below(5)]), materials::rubber()});
}

// --- cardboard box ------------------------------------------------------------------------------

std::vector<NumberRange> cardboard_box_numbers() {
  return {{"length", 0.15, 1.2, 0.6, false},
          {"width", 0.1, 1.0, 0.4, false},
          {"height", 0.1, 1.0, 0.4, false},
          {"open", 0, 1, 0.5, true},
          {"crush", 0, 1, 0.2, true}};
}

// Are the flaps up?
static bool box_is_open(const PropNumbers& n) {
  core::RandomStream stream = n.stream("cardboard_box/open");
  return n.is_set("open") ? n.get("open") > 0.5 : stream.chance(0.5);
}

// The carton itself; open flaps stand up to half its width over it and may hang out to the sides.
ModelSize cardboard_box_size(const PropNumbers& n) {
  const double flaps = box_is_open(n) ? 0.45 * n.get("width") : 0.01;
  return {n.get("length"), n.get("width"), n.get("height") + flaps, 0.5 * n.get("length"), 0};
}

Model make_cardboard_box(const PropNumbers& numbers) {
  enum : std::uint16_t { kCard, kInside, kTape, kPrint };
  core::RandomStream stream = numbers.stream("cardboard_box");
  const Vec3f size(number(numbers, "length"), number(numbers, "width"), number(numbers, "height"));
  const bool open = box_is_open(numbers);
  const float crush = numbers.is_set("crush") ? number(numbers, "crush") : uniform(stream, 0, 0.5f);
  const float t = 0.006f;
  TriangleMesh mesh;
  const Vec3f half = 0.5f * size;
  // Floor and four walls as boards of their own thickness, so that an open box is hollow.
  mesh.append(box({0, 0, 0.5f * t}, {size.x, size.y, t}, kCard));
  for (const float side : {-1.0f, 1.0f}) {
    mesh.append(box({0, side * (half.y - 0.5f * t), half.z}, {size.x, t, size.z}, kCard, 0.0015f));
    mesh.append(
        box({side * (half.x - 0.5f * t), 0, half.z}, {t, size.y - 2 * t, size.z}, kCard, 0.0015f));
    // A printed label and the tape that closes the bottom seam, 1 mm proud.
    mesh.append(box({0.22f * size.x * side, side * (half.y + 0.0005f), 0.55f * size.z},
                    {0.3f * size.x, 0.001f, 0.25f * size.z}, kPrint));
    mesh.append(
        box({side * (half.x + 0.0005f), 0, 0.15f * size.z}, {0.001f, 0.05f, 0.3f * size.z}, kTape));
  }
  // Flaps hinge on the upper edges: closed ones lie flat, open ones stand at drawn angles.
  const float reach = 0.5f * size.y - 0.002f;
  for (int k = 0; k < 4; ++k) {
    const bool long_side = k < 2;
    const float side = (k % 2) ? 1.0f : -1.0f;
    const float closed = long_side ? 0.0f : -0.008f;
    const float angle = open ? uniform(stream, 0.6f, 3.6f) : closed + uniform(stream, 0, 0.015f);
    const float along = (long_side ? size.x : size.y) - 0.004f;
    const float flap = long_side ? reach : std::min(reach, 0.45f * size.x);
    // In the hinge frame x points to the middle of the box, y along the edge.
    TriangleMesh board = box({0.5f * flap, 0, 0.5f * t}, {flap, along, t}, kCard, 0.0015f);
    const Affine3f hinge =
        long_side ? translation({0, side * half.y, size.z + (side > 0 ? 0.0f : 0.0007f)}) *
                        rotation({0, 0, 1}, side > 0 ? -0.5f * kPi : 0.5f * kPi)
                  : translation({side * half.x, 0, size.z - t}) *
                        rotation({0, 0, 1}, side > 0 ? kPi : 0.0f);
    mesh.append(board, hinge * rotation({0, 1, 0}, -angle));
  }
  if (!open) {
    mesh.append(box({0, 0, size.z + t + 0.004f}, {size.x * 0.98f, 0.05f, 0.001f}, kTape));
  }
  // Crush: a shear that grows with height, and corners pushed in by a smooth bump.
  const float shear = 0.25f * crush * (stream.chance(0.5) ? 1.0f : -1.0f);
  const Vec2f bump(half.x * (stream.chance(0.5) ? 1.0f : -1.0f), half.y);
  for (Vec3f& p : mesh.positions) {
    const float up = p.z / size.z;
    const float near = std::exp(-glm::dot(Vec2f(p) - bump, Vec2f(p) - bump) / (0.12f * size.x));
    p.x += shear * up * size.z;
    p.z = std::max(0.0f, p.z * (1 - 0.35f * crush * near));
  }
  math::smooth_normals(mesh, 0.5f);
  Material inside = materials::cardboard();
  inside.base_color *= 0.9f;
  return single_part_model("cardboard_box", "debris", std::move(mesh),
                           {materials::cardboard(), inside, materials::packing_tape(),
                            materials::plain("label", {.62f, .60f, .56f}, .8f, .6f)});
}

// --- fence --------------------------------------------------------------------------------------

std::vector<NumberRange> fence_numbers() {
  return {{"length", 1, 40, 6}, {"height", 0.6, 2.0, 1.0}};
}

ModelSize fence_size(const PropNumbers& n) {
  return {0.12, n.get("length"), n.get("height") + 0.06, 0.06, 0};
}

Model make_fence(const PropNumbers& numbers) {
  enum : std::uint16_t { kWood, kPost };
  core::RandomStream stream = numbers.stream("fence");
  const float length = number(numbers, "length");
  const float h = number(numbers, "height");
  TriangleMesh mesh;
  const int posts = std::max(2, static_cast<int>(std::lround(length / 2.5f)) + 1);
  for (int k = 0; k < posts; ++k) {
    const float y = length * (static_cast<float>(k) / static_cast<float>(posts - 1) - 0.5f);
    mesh.append(box({-0.04f, y, 0.5f * h + 0.02f}, {0.09f, 0.09f, h + 0.04f}, kPost, 0.008f));
  }
  for (const float z : {0.25f * h, 0.78f * h}) {
    mesh.append(box({0, 0, z}, {0.03f, length, 0.07f}, kWood));
  }
  // Pickets 80 wide with 60 gaps, pointed, each leaning a little.
  const int pickets = static_cast<int>(length / 0.14f);
  for (int k = 0; k < pickets; ++k) {
    const float y = -0.5f * length + 0.14f * (static_cast<float>(k) + 0.5f);
    const float top = h + uniform(stream, -0.008f, 0.008f);
    const Vec2f outline[] = {
        {-0.04f, 0.06f}, {0.04f, 0.06f}, {0.04f, top - 0.05f}, {0, top}, {-0.04f, top - 0.05f}};
    const Affine3f T = translation({0.015f, y, 0}) *
                       rotation({1, 0, 0}, uniform(stream, -0.01f, 0.01f)) *
                       Affine3f{glm::mat3({0, 1, 0}, {0, 0, 1}, {1, 0, 0}), Vec3f(0)};
    mesh.append(extrude(outline, 0, 0.02f, T, kWood));
  }
  Material paint = stream.chance(0.4)
                       ? materials::wood()
                       : materials::door_paint(stream.chance(0.6) ? math::Vec3f(.60f, .60f, .57f)
                                                                  : math::Vec3f(.10f, .16f, .09f));
  paint.name = "fence";
  return single_part_model("fence", "fence", std::move(mesh), {paint, materials::wood()});
}

}  // namespace oddroad::asset

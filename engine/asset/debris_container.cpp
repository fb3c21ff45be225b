#include <algorithm>
#include <cmath>

#include "engine/asset/debris.h"
#include "engine/asset/debris_tools.h"

namespace oddroad::asset {

using namespace debris;

namespace {

std::vector<NumberRange> round_numbers(double diameter, double height) {
  return {{"diameter", .6 * diameter, 1.5 * diameter, diameter},
          {"height", .5 * height, 1.8 * height, height},
          {"lying", 0, 1, 0}};
}
ModelSize round_size(const PropNumbers& n) {
  const double d = n.get("diameter");
  const double h = n.get("height");
  return n.get("lying") > .5 ? ModelSize{h, d, d, .5 * h, 0} : ModelSize{d, d, h, .5 * d, 0};
}
// Standing models are made about z; lying ones point along x.
Model round_model(const PropNumbers& n, TriangleMesh mesh, std::vector<Material> list) {
  if (n.get("lying") > .5) {
    const float h = number(n, "height");
    const float r = .5f * number(n, "diameter");
    mesh = transformed(mesh, translation({-.5f * h, 0, r}) * rotation({0, 1, 0}, .5f * kPi));
  }
  return debris_model(n, std::move(mesh), std::move(list));
}

Model make_barrel(const PropNumbers& n) {
  core::RandomStream stream = n.stream("debris.barrel");
  const float r = .5f * number(n, "diameter");
  const float h = number(n, "height");
  const float in = r - .012f;
  const Vec2f profile[] = {
      {0, .015f},     {in - .006f, .015f}, {in - .004f, 0},         {in, 0},        {in, .32f * h},
      {r, .335f * h}, {in, .35f * h},      {in, .65f * h},          {r, .665f * h}, {in, .68f * h},
      {in, h},        {in - .004f, h},     {in - .006f, h - .015f}, {0, h - .015f}};
  TriangleMesh mesh = lathe(profile, 0, {.segments = 32});
  mesh.append(cylinder({.6f * in, 0, h - .016f}, {.6f * in, 0, h - .004f}, .03f, .03f, 10, 1));
  const math::Vec3f colours[] = {{.02f, .07f, .30f},
                                 {.03f, .03f, .03f},
                                 {.20f, .075f, .025f},
                                 {.30f, .03f, .02f},
                                 {.03f, .14f, .06f}};
  return round_model(
      n, std::move(mesh),
      {materials::painted_metal(colours[stream.below(5)]), materials::galvanised_steel()});
}

Model make_gas_bottle(const PropNumbers& n) {
  core::RandomStream stream = n.stream("debris.gas_bottle");
  const float r = .5f * number(n, "diameter");
  const float h = number(n, "height");
  const float top = h - .13f;
  const Vec2f profile[] = {{0, .04f},
                           {.9f * r, .03f},
                           {.88f * r, 0},
                           {.92f * r, 0},
                           {r, .08f},
                           {r, top - .09f},
                           {.93f * r, top - .03f},
                           {.7f * r, top},
                           {.3f * r, top + .02f},
                           {0, top + .02f}};
  TriangleMesh mesh = lathe(profile, 0, {.segments = 28});
  const Vec2f collar[] = {
      {.40f * r, top}, {.42f * r, top + .0f}, {.42f * r, h}, {.39f * r, h}, {.39f * r, top}};
  mesh.append(lathe(collar, 0, {.segments = 20, .begin_rad = .6f, .sweep_rad = 5.2f}));
  mesh.append(flipped(lathe(collar, 0, {.segments = 20, .begin_rad = .6f, .sweep_rad = 5.2f})));
  mesh.append(cylinder({0, 0, top}, {0, 0, h - .02f}, .018f, .016f, 8, 1));
  const math::Vec3f colours[] = {
      {.20f, .21f, .22f}, {.40f, .03f, .02f}, {.03f, .10f, .30f}, {.50f, .20f, .02f}};
  return round_model(n, std::move(mesh),
                     {materials::painted_metal(colours[stream.below(4)]), materials::chrome()});
}

Model make_bucket(const PropNumbers& n) {
  core::RandomStream stream = n.stream("debris.bucket");
  const float r = .5f * number(n, "diameter");
  const float h = number(n, "height");
  const Vec2f profile[] = {{0, 0}, {.76f * r, 0}, {.97f * r, h - .012f}, {r, h - .012f},
                           {r, h}, {.95f * r, h}, {.74f * r, .006f},     {0, .006f}};
  TriangleMesh mesh = lathe(profile, 0, {.segments = 28});
  std::vector<Vec3f> bow;
  for (int k = 0; k <= 12; ++k) {
    const float a = kPi * static_cast<float>(k) / 12;
    bow.emplace_back(-.35f * r * std::sin(a), r * std::cos(a), h - .02f - .45f * h * std::sin(a));
  }
  const float wire[] = {.003f};
  mesh.append(tube(bow, wire, 6, 1));
  const math::Vec3f colours[] = {
      {.02f, .02f, .02f}, {.6f, .6f, .58f}, {.03f, .10f, .35f}, {.45f, .03f, .02f}};
  return round_model(
      n, std::move(mesh),
      {materials::plastic("bucket", colours[stream.below(4)]), materials::galvanised_steel()});
}

Model make_jerry_can(const PropNumbers& n) {
  core::RandomStream stream = n.stream("debris.jerry_can");
  const Vec3f size(number(n, "length"), number(n, "width"), number(n, "height"));
  TriangleMesh mesh = box({0, 0, .41f * size.z}, {size.x, size.y, .82f * size.z}, 0, .025f);
  const float x = .5f * size.x;
  const Vec2f top[] = {{-.95f * x, .80f * size.z},
                       {.95f * x, .80f * size.z},
                       {.2f * x, .92f * size.z},
                       {-.95f * x, .92f * size.z}};
  mesh.append(extrude(top, -.42f * size.y, .42f * size.y,
                      Affine3f{glm::mat3({1, 0, 0}, {0, 0, 1}, {0, -1, 0}), Vec3f(0)}, 0, .012f));
  for (const float y : {-.28f, 0.f, .28f}) {
    const Vec3f grip[] = {{-.8f * x, y * size.y, .90f * size.z},
                          {-.8f * x, y * size.y, .985f * size.z},
                          {.15f * x, y * size.y, .985f * size.z},
                          {.25f * x, y * size.y, .88f * size.z}};
    const float r[] = {.011f};
    mesh.append(tube(grip, r, 7, 0));
  }
  mesh.append(
      cylinder({.62f * x, 0, .82f * size.z}, {.80f * x, 0, .97f * size.z}, .028f, .026f, 12, 1));
  for (const float side : {-1.f, 1.f}) {  // the pressed cross
    for (const float lean : {-1.f, 1.f}) {
      const Affine3f T =
          translation({0, side * .5f * size.y, .4f * size.z}) * rotation({0, 1, 0}, lean * .95f);
      mesh.append(transformed(box({0, 0, 0}, {.8f * size.x, .008f, .03f}, 0), T));
    }
  }
  fit_box(mesh, size);
  const math::Vec3f colours[] = {{.07f, .10f, .04f}, {.35f, .03f, .02f}, {.03f, .03f, .03f}};
  return debris_model(
      n, std::move(mesh),
      {materials::painted_metal(colours[stream.below(3)]), materials::black_plastic()});
}

// Boards on a frame, as machines are shipped.
Model make_crate(const PropNumbers& n) {
  core::RandomStream stream = n.stream("debris.crate");
  const Vec3f size(number(n, "length"), number(n, "width"), number(n, "height"));
  const Vec3f half = .5f * size;
  TriangleMesh mesh = box({0, 0, half.z}, size - Vec3f(.06f), 1);
  const int rows = std::max(3, static_cast<int>(size.z / .13f));
  const float board = size.z / static_cast<float>(rows);
  for (int k = 0; k < rows; ++k) {
    const float z = (static_cast<float>(k) + .5f) * board;
    const float gap = .012f + uniform(stream, 0, .006f);
    for (const float side : {-1.f, 1.f}) {
      mesh.append(box({0, side * (half.y - .022f), z}, {size.x - .01f, .02f, board - gap}, 0));
      mesh.append(box({side * (half.x - .022f), 0, z}, {.02f, size.y - .05f, board - gap}, 0));
    }
  }
  const int across = std::max(3, static_cast<int>(size.x / .14f));
  for (int k = 0; k < across; ++k) {
    const float x = size.x * ((static_cast<float>(k) + .5f) / static_cast<float>(across) - .5f);
    mesh.append(box({x, 0, size.z - .011f},
                    {size.x / static_cast<float>(across) - .014f, size.y, .022f}, 0));
  }
  for (const float x : {-1.f, 1.f}) {
    for (const float y : {-1.f, 1.f}) {
      mesh.append(
          box({x * (half.x - .045f), y * (half.y - .006f), half.z}, {.09f, .012f, size.z}, 0));
      mesh.append(
          box({x * (half.x - .006f), y * (half.y - .045f), half.z}, {.012f, .09f, size.z}, 0));
    }
  }
  fit_box(mesh, size);
  Material fresh = materials::wood();
  fresh.name = "crate";
  fresh.base_color = {.38f, .26f, .14f};
  Material dark = materials::wood();
  dark.base_color *= .5f;
  return debris_model(n, std::move(mesh), {fresh, dark});
}

// Roll cage: wire walls on three sides, a base on castors.
Model make_roll_cage(const PropNumbers& n) {
  const Vec3f size(number(n, "length"), number(n, "width"), number(n, "height"));
  const Vec3f half = .5f * size;
  const float base = .17f;
  TriangleMesh mesh = box({0, 0, base}, {size.x, size.y, .03f}, 0, .005f);
  const auto rod = [&](const Vec3f& a, const Vec3f& b, float r) {
    mesh.append(cylinder(a, b, r, r, 6, 0));
  };
  const float x1 = half.x - .012f;
  const float y1 = half.y - .012f;
  for (const float x : {-x1, x1}) {
    for (const float y : {-y1, y1}) rod({x, y, base}, {x, y, size.z}, .012f);
  }
  const auto wall = [&](const Vec3f& a, const Vec3f& b) {
    const int bars = std::max(3, static_cast<int>(glm::length(b - a) / .09f));
    for (int k = 1; k < bars; ++k) {
      const Vec3f p = glm::mix(a, b, static_cast<float>(k) / static_cast<float>(bars));
      rod(p, p + Vec3f(0, 0, size.z - base - .02f), .003f);
    }
    for (int k = 0; k <= 4; ++k) {
      const Vec3f up(0, 0, (size.z - base - .02f) * static_cast<float>(k) / 4);
      rod(a + up, b + up, k == 4 ? .010f : .004f);
    }
  };
  wall({-x1, -y1, base}, {x1, -y1, base});
  wall({-x1, y1, base}, {x1, y1, base});
  wall({-x1, -y1, base}, {-x1, y1, base});
  for (const float x : {-.8f, .8f}) {
    for (const float y : {-.8f, .8f}) {
      const Vec3f c(x * half.x, y * half.y, .0625f);
      mesh.append(cylinder(c + Vec3f(0, -.016f, 0), c + Vec3f(0, .016f, 0), .0625f, .0625f, 14, 1));
      mesh.append(box(c + Vec3f(0, 0, .065f), {.05f, .05f, .06f}, 0));
    }
  }
  fit_box(mesh, size);
  return debris_model(n, std::move(mesh), {materials::galvanised_steel(), materials::rubber()});
}

}  // namespace

std::vector<PropType> container_types() {
  return {{"debris.barrel", round_numbers(.585, .88), round_size, make_barrel},
          {"debris.bucket", round_numbers(.30, .30), round_size, make_bucket},
          {"debris.crate", box_numbers(1.0, .8, .8, .7), box_size, make_crate},
          {"debris.gas_bottle", round_numbers(.30, .60), round_size, make_gas_bottle},
          {"debris.jerry_can", box_numbers(.345, .165, .47), box_size, make_jerry_can},
          {"debris.roll_cage", box_numbers(.80, .70, 1.70, .3), box_size, make_roll_cage}};
}

}  // namespace oddroad::asset

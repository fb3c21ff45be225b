#include "engine/asset/barrier.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/debris_tools.h"

namespace oddroad::asset {

using debris::number;

namespace {

std::vector<NumberRange> long_numbers(double length, double height, double most = 200) {
  return {{"length", .5, most, length}, {"height", .3 * height, 2.5 * height, height}};
}
// Depth along x, length along y.
template <int kDepthMm>
ModelSize long_size(const PropNumbers& n) {
  return {.001 * kDepthMm, n.get("length"), n.get("height"), .0005 * kDepthMm, 0};
}
// A drawing in (x, z), swept along y.
Affine3f along_y() {
  return Affine3f{glm::mat3({1, 0, 0}, {0, 0, 1}, {0, -1, 0}), Vec3f(0)};
}
int posts_for(float length, float pitch) {
  return std::max(2, static_cast<int>(std::lround(length / pitch)) + 1);
}
float post_y(float length, int k, int count) {
  return length * (static_cast<float>(k) / static_cast<float>(count - 1) - .5f);
}

Model make_concrete(const PropNumbers& n) {
  const float length = number(n, "length");
  const float h = number(n, "height") / .81f;
  TriangleMesh mesh;
  // Elements of 4 m with joints; the profile by its three slopes.
  const int count = std::max(1, static_cast<int>(std::lround(length / 4)));
  const float piece = length / static_cast<float>(count);
  for (int k = 0; k < count; ++k) {
    const float y = piece * (static_cast<float>(k) + .5f) - .5f * length;
    const Vec2f profile[] = {{-.305f, 0},       {.305f, 0},         {.305f, .075f * h},
                             {.13f, .33f * h},  {.075f, .81f * h},  {-.075f, .81f * h},
                             {-.13f, .33f * h}, {-.305f, .075f * h}};
    mesh.append(extrude(profile, -.5f * piece + .008f, .5f * piece - .008f,
                        translation({0, y, 0}) * along_y(), 0, .01f));
  }
  return single_part_model(n.type(), "barrier", std::move(mesh), {materials::concrete()});
}

Model make_wood(const PropNumbers& n) {
  const float length = number(n, "length");
  const float h = number(n, "height");
  TriangleMesh mesh;
  const int posts = posts_for(length - .16f, 2);
  for (int k = 0; k < posts; ++k) {
    mesh.append(cylinder({-.05f, post_y(length - .16f, k, posts), -.3f},
                         {-.05f, post_y(length - .16f, k, posts), h}, .08f, .075f, 14, 0));
  }
  for (const float z : {.45f * h, .85f * h}) {
    mesh.append(cylinder({.075f, -.5f * length, z}, {.075f, .5f * length, z}, .055f, .055f, 12, 0));
  }
  return single_part_model(n.type(), "barrier", std::move(mesh), {materials::wood()});
}

Model make_board(const PropNumbers& n) {
  const float length = number(n, "length");
  const float h = number(n, "height");
  TriangleMesh mesh;
  const int fields = std::max(3, static_cast<int>(std::lround(length / .25f)) | 1);
  const float field = length / static_cast<float>(fields);
  for (int k = 0; k < fields; ++k) {
    const float y = field * (static_cast<float>(k) + .5f) - .5f * length;
    const auto colour = static_cast<std::uint16_t>(k % 2 == 0 ? 0 : 1);
    mesh.append(box({0, y, h - .125f}, {.03f, field, .25f}, colour));
  }
  for (const float side : {-1.f, 1.f}) {
    const float y = side * (.5f * length - .25f);
    mesh.append(box({-.035f, y, .5f * h + .025f}, {.04f, .04f, h - .05f}, 2));
    mesh.append(box({-.035f, y, .06f}, {.80f, .40f, .12f}, 3, .015f));
    mesh.append(
        cylinder({-.035f, y - .05f, h + .11f}, {-.035f, y + .05f, h + .11f}, .09f, .09f, 16, 4));
    mesh.append(box({-.035f, y, h + .02f}, {.05f, .07f, .06f}, 2));
  }
  Material red = materials::plain("barrier_red", {.36f, .02f, .015f}, .4f, .45f);
  red.retro_905nm = 200;
  Material lamp = materials::plain("barrier_lamp", {.5f, .22f, .01f}, .2f, .3f);
  return single_part_model(
      n.type(), "barrier", std::move(mesh),
      {red, materials::retro_white(), materials::galvanised_steel(), materials::rubber(), lamp});
}
ModelSize board_size(const PropNumbers& n) {
  return {.80, n.get("length"), n.get("height") + .2, .435, 0};
}

Model make_crowd(const PropNumbers& n) {
  const float length = number(n, "length");
  const float h = number(n, "height");
  TriangleMesh mesh;
  const float e = .5f * length - .02f;
  const Vec3f frame[] = {
      {0, -e, .18f}, {0, e, .18f}, {0, e, h - .02f}, {0, -e, h - .02f}, {0, -e, .18f}};
  const float r[] = {.019f};
  mesh.append(tube(frame, r, 8, 0));
  const int bars = static_cast<int>(2 * e / .12f);
  for (int k = 1; k < bars; ++k) {
    const float y = -e + 2 * e * static_cast<float>(k) / static_cast<float>(bars);
    mesh.append(cylinder({0, y, .18f}, {0, y, h - .02f}, .008f, .008f, 6, 0));
  }
  for (const float y : {-.36f * length, .36f * length}) {
    const Vec3f foot[] = {{-.30f, y, .015f}, {0, y, .16f}, {.30f, y, .015f}};
    mesh.append(tube(foot, r, 8, 0));
  }
  return single_part_model(n.type(), "barrier", std::move(mesh), {materials::galvanised_steel()});
}

Model make_railing(const PropNumbers& n) {
  const float length = number(n, "length");
  const float h = number(n, "height");
  TriangleMesh mesh;
  const int posts = posts_for(length - .05f, 2);
  for (int k = 0; k < posts; ++k) {
    mesh.append(box({0, post_y(length - .05f, k, posts), .5f * h}, {.05f, .05f, h}, 0));
  }
  mesh.append(box({0, 0, h - .02f}, {.07f, length, .04f}, 0, .006f));
  mesh.append(box({0, 0, .12f}, {.03f, length, .03f}, 0));
  const int bars = std::max(1, static_cast<int>(length / .13f));
  for (int k = 0; k < bars; ++k) {
    const float y = length * ((static_cast<float>(k) + .5f) / static_cast<float>(bars) - .5f);
    mesh.append(box({0, y, .5f * (h + .1f)}, {.016f, .016f, h - .14f}, 0));
  }
  return single_part_model(n.type(), "fence", std::move(mesh),
                           {materials::painted_metal({.10f, .105f, .11f})});
}

std::vector<NumberRange> bollard_numbers() {
  return {{"height", .4, 1.4, .95}, {"diameter", .06, .4, .14}};
}
ModelSize bollard_size(const PropNumbers& n) {
  const double d = n.get("diameter");
  return {d, d, n.get("height"), .5 * d, 0};
}
Model make_bollard(const PropNumbers& n) {
  const float r = .5f * number(n, "diameter");
  const float h = number(n, "height");
  const Vec2f low[] = {{0, 0}, {r, 0}, {r, .72f * h}};
  const Vec2f band[] = {{r, .72f * h}, {r, .82f * h}};
  const Vec2f top[] = {
      {r, .82f * h}, {r, h - .4f * r}, {.8f * r, h - .1f * r}, {.4f * r, h}, {0, h}};
  TriangleMesh mesh = lathe(low, 0, {.segments = 20});
  mesh.append(lathe(band, 1, {.segments = 20}));
  mesh.append(lathe(top, 0, {.segments = 20}));
  return single_part_model(
      n.type(), "street_furniture", std::move(mesh),
      {materials::painted_metal({.09f, .095f, .10f}), materials::retro_white()});
}

ModelSize reflector_size(const PropNumbers& n) {
  return {.12, .10, n.get("height"), .06, 0};
}
// White post with a black band and a reflector to both directions of travel (+x and -x).
Model make_reflector(const PropNumbers& n) {
  const float h = number(n, "height");
  const Vec2f outline[] = {{-.06f, -.05f}, {.06f, -.05f}, {.06f, .05f}, {-.06f, .05f}};
  TriangleMesh mesh = extrude(outline, 0, h - .26f, 0, .012f);
  mesh.append(extrude(outline, h - .26f, h - .04f, 1, .006f));
  const Vec2f roof[] = {{-.06f, h - .04f}, {.06f, h - .04f}, {.06f, h}, {-.06f, h - .01f}};
  mesh.append(extrude(roof, -.05f, .05f, along_y(), 0));
  for (const float side : {-1.f, 1.f}) {
    mesh.append(box({side * .061f, 0, h - .15f}, {.006f, .05f, .18f}, 2));
  }
  return single_part_model(
      n.type(), "pole", std::move(mesh),
      {materials::plastic("reflector_post", {.65f, .65f, .63f}),
       materials::plastic("post_band", {.02f, .02f, .02f}), materials::retro_white()});
}

std::vector<NumberRange> solid_numbers(double length, double width, double height) {
  return {{"length", .05, 100, length}, {"width", .05, 100, width}, {"height", .02, 60, height}};
}
Model make_cabinet(const PropNumbers& n) {
  // Doors look to +x; length is the depth.
  const Vec3f s(number(n, "length"), number(n, "width"), number(n, "height"));
  TriangleMesh mesh = box({0, 0, .04f}, {.96f * s.x, .98f * s.y, .08f}, 1);
  mesh.append(
      box({0, 0, .5f * (s.z + .04f)}, {s.x - .02f, s.y - .02f, s.z - .04f - .04f}, 0, .01f));
  mesh.append(box({0, 0, s.z - .03f}, {s.x, s.y, .06f}, 0, .015f));
  const int doors = s.y > .7f ? 2 : 1;
  for (int k = 0; k < doors; ++k) {
    const float w = (s.y - .06f) / static_cast<float>(doors);
    const float y = w * (static_cast<float>(k) - .5f * static_cast<float>(doors - 1));
    mesh.append(box({.5f * s.x - .008f, y, .5f * s.z}, {.014f, w - .02f, s.z - .22f}, 0, .004f));
    mesh.append(box({.5f * s.x, y + .4f * w - .03f, .5f * s.z}, {.02f, .02f, .10f}, 1));
  }
  return single_part_model(n.type(), "street_furniture", std::move(mesh),
                           {materials::painted_metal({.22f, .25f, .23f}),
                            materials::plain("plinth", {.06f, .06f, .06f}, .8f, .2f)});
}

// Open towards +x: glass back and sides, roof, bench, timetable.
Model make_shelter(const PropNumbers& n) {
  const Vec3f s(number(n, "length"), number(n, "width"), number(n, "height"));
  const float x = .5f * s.x;
  const float y = .5f * s.y;
  TriangleMesh mesh = box({0, 0, s.z - .06f}, {s.x, s.y, .12f}, 0, .02f);
  for (const float side : {-1.f, 1.f}) {
    mesh.append(box({-x + .10f, side * (y - .12f), .5f * s.z}, {.08f, .08f, s.z - .02f}, 0));
    mesh.append(box({.35f * x, side * (y - .12f), .5f * s.z}, {.06f, .06f, s.z - .02f}, 0));
    mesh.append(box({-.3f * x, side * (y - .12f), .55f * s.z}, {.85f * x, .012f, .74f * s.z}, 1));
  }
  const int panes = std::max(1, static_cast<int>(s.y / 1.3f));
  const float pane = (s.y - .3f) / static_cast<float>(panes);
  for (int k = 0; k < panes; ++k) {
    const float py = pane * (static_cast<float>(k) - .5f * static_cast<float>(panes - 1));
    mesh.append(box({-x + .10f, py, .55f * s.z}, {.012f, pane - .05f, .74f * s.z}, 1));
    mesh.append(box({-x + .10f, py + .5f * pane, .5f * s.z}, {.05f, .05f, s.z - .1f}, 0));
  }
  mesh.append(box({-.35f * x, 0, .46f}, {.38f, .55f * s.y, .04f}, 2, .008f));
  for (const float u : {-.22f, .22f})
    mesh.append(box({-.35f * x, u * s.y, .23f}, {.05f, .05f, .44f}, 0));
  mesh.append(box({-x + .13f, .30f * s.y, 1.35f}, {.04f, .6f, .9f}, 3, .008f));
  Material glass = materials::plain("shelter_glass", {.04f, .045f, .045f}, .05f, .05f);
  glass.glass = 1;
  return single_part_model(n.type(), "street_furniture", std::move(mesh),
                           {materials::painted_metal({.12f, .125f, .13f}), glass, materials::wood(),
                            materials::plain("timetable", {.6f, .6f, .58f}, .4f, .6f)});
}

Model make_obstacle(const PropNumbers& n) {
  const Vec3f s(number(n, "length"), number(n, "width"), number(n, "height"));
  return single_part_model(n.type(), "unknown", box({0, 0, .5f * s.z}, s, 0),
                           {materials::plain("obstacle", {.28f, .28f, .28f}, .8f, .35f)});
}
Model make_obstacle_cylinder(const PropNumbers& n) {
  const float r = number(n, "radius");
  return single_part_model(n.type(), "unknown",
                           cylinder({0, 0, 0}, {0, 0, number(n, "height")}, r, r, 28, 0),
                           {materials::plain("obstacle", {.28f, .28f, .28f}, .8f, .35f)});
}
ModelSize cylinder_size(const PropNumbers& n) {
  const double r = n.get("radius");
  return {2 * r, 2 * r, n.get("height"), r, 0};
}

}  // namespace

std::vector<PropType> barrier_types() {
  using debris::box_size;
  return {
      {"barrier.board", {{"length", .8, 6, 2.5}, {"height", .6, 1.4, 1.0}}, board_size, make_board},
      {"barrier.concrete", long_numbers(4, .81), long_size<610>, make_concrete},
      {"barrier.crowd",
       {{"length", 1, 3.5, 2.3}, {"height", .8, 1.4, 1.1}},
       long_size<640>,
       make_crowd},
      {"barrier.wood", long_numbers(6, .7), long_size<260>, make_wood},
      {"bollard", bollard_numbers(), bollard_size, make_bollard},
      {"bus_shelter",
       {{"length", 1, 3, 1.5}, {"width", 2, 12, 4}, {"height", 2.2, 3.2, 2.5}},
       box_size,
       make_shelter},
      {"obstacle", solid_numbers(1, 1, 1), box_size, make_obstacle},
      {"obstacle.cylinder",
       {{"radius", .02, 50, .5}, {"height", .02, 60, 1}},
       cylinder_size,
       make_obstacle_cylinder},
      {"railing", long_numbers(6, 1.0), long_size<70>, make_railing},
      {"reflector_post", {{"height", .6, 1.4, 1.0}}, reflector_size, make_reflector},
      {"street_cabinet",
       {{"length", .2, 1, .40}, {"width", .3, 3, 1.2}, {"height", .5, 2.2, 1.1}},
       box_size,
       make_cabinet}};
}

}  // namespace oddroad::asset

#include <algorithm>
#include <cmath>

#include "engine/asset/debris.h"
#include "engine/asset/debris_tools.h"

namespace oddroad::asset {

using namespace debris;

namespace {

// EUR pallet (EN 13698-1): five top boards on three cross boards, nine blocks, three skids; long
// side along x. `broken` boards of the deck are missing.
Model make_pallet(const PropNumbers& n) {
  core::RandomStream stream = n.stream("debris.pallet");
  const Vec3f size(number(n, "length"), number(n, "width"), number(n, "height"));
  const int broken = static_cast<int>(std::lround(n.get("broken")));
  TriangleMesh mesh;
  const float deck[] = {.145f, .10f, .145f, .10f, .145f};
  const float gap = (.8f - .635f) / 4;
  bool missing[5] = {};
  for (int k = 0; k < broken; ++k) missing[stream.below(5)] = true;
  float y = -.4f;
  for (int k = 0; k < 5; ++k) {
    const float w = deck[k];
    if (!missing[k]) mesh.append(box({0, y + .5f * w, .133f}, {1.2f, w, .022f}, 0, .002f));
    y += w + gap;
  }
  for (const float x : {-.5275f, 0.f, .5275f}) {
    mesh.append(box({x, 0, .111f}, {.145f, .8f, .022f}, 0));
    for (const float by : {-.35f, 0.f, .35f}) {
      mesh.append(box({x, by, .061f}, {.145f, by == 0 ? .145f : .10f, .078f}, 0));
    }
  }
  for (const float by : {-.35f, 0.f, .35f}) {
    mesh.append(box({0, by, .011f}, {1.2f, by == 0 ? .145f : .10f, .022f}, 0));
  }
  fit_box(mesh, size);
  Material wood = materials::wood();
  wood.base_color = {.30f, .22f, .14f};
  return debris_model(n, std::move(mesh), {wood});
}

Model make_plank(const PropNumbers& n) {
  const Vec3f size(number(n, "length"), number(n, "width"), number(n, "height"));
  TriangleMesh mesh = box({0, 0, .5f * size.z}, size, 0, .003f);
  Material wood = materials::wood();
  wood.base_color = {.40f, .28f, .16f};
  return debris_model(n, std::move(mesh), {wood});
}

// Lies flat, rails along x.
Model make_ladder(const PropNumbers& n) {
  const Vec3f size(number(n, "length"), number(n, "width"), number(n, "height"));
  TriangleMesh mesh;
  for (const float y : {-1.f, 1.f}) {
    mesh.append(
        box({0, y * (.5f * size.y - .014f), .5f * size.z}, {size.x, .028f, size.z}, 0, .003f));
  }
  const int rungs = std::max(2, static_cast<int>(size.x / .28f));
  for (int k = 0; k < rungs; ++k) {
    const float x = size.x * ((static_cast<float>(k) + .5f) / static_cast<float>(rungs) - .5f);
    mesh.append(cylinder({x, -.5f * size.y + .01f, .5f * size.z},
                         {x, .5f * size.y - .01f, .5f * size.z}, .015f, .015f, 8, 0));
  }
  for (const float x : {-.5f, .5f}) {
    for (const float y : {-1.f, 1.f}) {
      mesh.append(box({x * (size.x - .046f), y * (.5f * size.y - .014f), .5f * size.z},
                      {.05f, .034f, size.z + .004f}, 1));
    }
  }
  fit_box(mesh, size);
  Material aluminium = materials::plain("aluminium", {.55f, .56f, .57f}, .35f, .4f);
  aluminium.metallic = .9f;
  return debris_model(n, std::move(mesh), {aluminium, materials::black_plastic()});
}

// A twig tree: every limb bends, tapers and forks.
class Limbs {
 public:
  Limbs(core::RandomStream& stream, bool leaves) : stream_(stream), leaves_(leaves) {}

  void grow(const Vec3f& from, const Vec3f& along, float length, float radius, int depth) {
    constexpr int kSteps = 5;
    std::vector<Vec3f> path = {from};
    std::vector<float> radii = {radius};
    Vec3f d = along;
    for (int i = 1; i <= kSteps; ++i) {
      d = glm::normalize(d + .22f * Vec3f(uniform(stream_, -1, 1), uniform(stream_, -1, 1),
                                          uniform(stream_, -.6f, .6f)));
      path.push_back(path.back() + d * (length / kSteps));
      radii.push_back(radius * (1 - .75f * static_cast<float>(i) / kSteps));
    }
    mesh.append(tube(path, radii, depth > 1 ? 8 : 5, 0));
    if (depth == 0) {
      for (int k = 0; leaves_ && k < 8; ++k) leaf(path[1 + stream_.below(kSteps)]);
      return;
    }
    const int forks = depth == 2 ? 9 : 4;
    for (int k = 0; k < forks; ++k) {
      const float u = uniform(stream_, .25f, .95f);
      const auto i = std::min(kSteps - 1, static_cast<int>(u * kSteps));
      const float turn = uniform(stream_, 0, 2 * kPi);
      const Affine3f frame = frame_along({0, 0, 0}, d);
      const Vec3f side = frame.vector(Vec3f(std::cos(turn), std::sin(turn), 1.1f));
      grow(glm::mix(path[i], path[i + 1], u * kSteps - static_cast<float>(i)), glm::normalize(side),
           length * uniform(stream_, .30f, .48f), radii[i] * .55f, depth - 1);
    }
  }
  TriangleMesh mesh;

 private:
  void leaf(const Vec3f& at) {
    const Affine3f T =
        translation(at) * rotation({uniform(stream_, -1, 1), uniform(stream_, -1, 1), 1},
                                   uniform(stream_, 0, 2 * kPi));
    const Vec2f outline[] = {{0, 0}, {.04f, -.025f}, {.085f, 0}, {.04f, .025f}};
    mesh.append(flat_polygon(outline, T, 1));
  }
  core::RandomStream& stream_;
  bool leaves_;
};

Model make_branch(const PropNumbers& n) {
  core::RandomStream stream = n.stream("debris.branch");
  const Vec3f size(number(n, "length"), number(n, "width"), number(n, "height"));
  const bool leaves = n.is_set("leaves") ? n.get("leaves") > .5 : stream.chance(.5);
  Limbs limbs(stream, leaves);
  limbs.grow({0, 0, 0}, {1, 0, 0}, size.x, .018f + .012f * size.x, 2);
  TriangleMesh mesh = std::move(limbs.mesh);
  fit_box(mesh, size);
  math::smooth_normals(mesh, .9f);
  return debris_model(
      n, std::move(mesh),
      {materials::bark({.13f, .10f, .075f}), materials::leaf({.05f, .11f, .025f}, .48f)});
}

Model make_trunk(const PropNumbers& n) {
  core::RandomStream stream = n.stream("debris.trunk");
  const float length = number(n, "length");
  const float r = .5f * number(n, "diameter");
  const Noise noise(stream);
  std::vector<Ring> rings;
  constexpr int kSteps = 14;
  for (int i = 0; i <= kSteps; ++i) {
    const float u = static_cast<float>(i) / kSteps;
    const float x = length * (u - .5f);
    const float flare = 1 + .5f * std::exp(-9 * u);
    const float rr = r * flare / 1.5f * (1 - .32f * u);
    Ring ring;
    for (int k = 0; k < 18; ++k) {
      const float a = 2 * kPi * static_cast<float>(k) / 18;
      const Vec3f p(x, std::cos(a), std::sin(a));
      const float lump = 1 + .06f * noise(p, .8f);
      ring.emplace_back(x, rr * lump * p.y + .03f * r * noise({x, 0, 0}, 4), rr * lump * p.z);
    }
    rings.push_back(std::move(ring));
  }
  TriangleMesh mesh = loft(rings, 0, {.crease_rad = .9f});
  for (std::size_t t = 0; t < mesh.triangles.size(); ++t) {
    if (std::abs(mesh.normals[mesh.triangles[t][0]].x) > .95f) mesh.material[t] = 1;
  }
  for (int k = 0; k < 7; ++k) {  // stumps of limbs
    const float x = length * uniform(stream, -.2f, .48f);
    const float a = uniform(stream, -.2f, kPi + .2f);
    const Vec3f out(.5f, .8f * std::cos(a), .8f * std::abs(std::sin(a)));
    const Vec3f from(x, 0, 0);
    mesh.append(
        cylinder(from, from + out * (r * uniform(stream, 1.0f, 1.5f)), .28f * r, .18f * r, 8, 0));
  }
  fit_box(mesh, {length, 2 * r, 2 * r});
  math::smooth_normals(mesh, .9f);
  Material cut = materials::plain("cut_wood", {.42f, .28f, .15f}, .8f, .5f);
  return debris_model(n, std::move(mesh), {materials::bark({.14f, .115f, .09f}), cut});
}
ModelSize trunk_size(const PropNumbers& n) {
  return {n.get("length"), n.get("diameter"), n.get("diameter"), .5 * n.get("length"), 0};
}

Model make_rock(const PropNumbers& n) {
  core::RandomStream stream = n.stream("debris.rock");
  const Vec3f size(number(n, "length"), number(n, "width"), number(n, "height"));
  TriangleMesh mesh = ellipsoid({0, 0, 0}, {1, 1, 1}, 24, 16, 0);
  const Noise noise(stream);
  // Faces as stone breaks: cut by planes, then roughened.
  std::vector<Vec3f> planes;
  for (int k = 0; k < 14; ++k) {
    Vec3f d(uniform(stream, -1, 1), uniform(stream, -1, 1), uniform(stream, -1, 1));
    planes.push_back(glm::normalize(d + Vec3f(1e-3f)) / uniform(stream, .62f, .92f));
  }
  for (Vec3f& p : mesh.positions) {
    float reach = 1;
    for (const Vec3f& q : planes) {
      const float along = glm::dot(p, q);
      if (along > 0) reach = std::min(reach, 1 / along);
    }
    p *= reach * (1 + .03f * noise(p, .5f));
    p.z = std::max(p.z, -.45f);  // lies on a face
  }
  fit_box(mesh, size);
  math::smooth_normals(mesh, .45f);
  const math::Vec3f colours[] = {{.20f, .195f, .185f}, {.30f, .28f, .25f}, {.16f, .15f, .15f}};
  Material stone = materials::plain("rock", colours[stream.below(3)], .9f, .35f);
  stone.pattern = Pattern::kConcrete;
  stone.second_color = stone.base_color * .7f;
  return debris_model(n, std::move(mesh), {stone});
}

// What slides off the roof of a truck in winter: a plate of frozen slush with a broken outline.
Model make_ice_slab(const PropNumbers& n) {
  core::RandomStream stream = n.stream("debris.ice_slab");
  const Vec3f size(number(n, "length"), number(n, "width"), number(n, "height"));
  std::vector<Vec2f> outline = rounded_rectangle(2, 1, .12f, 2);
  for (Vec2f& p : outline) p *= uniform(stream, .86f, 1);
  TriangleMesh mesh = extrude(outline, 0, size.z, 0);
  fit_box(mesh, size);
  Material ice = materials::plain("ice", {.60f, .64f, .68f}, .35f, .55f);
  return debris_model(n, std::move(mesh), {ice});
}

Model make_block(const PropNumbers& n) {
  const Vec3f size(number(n, "length"), number(n, "width"), number(n, "height"));
  // Two chambers go through from top to bottom.
  const auto at = [&](float x, float y) {
    return Vec2f(x * size.x, y * size.y);
  };
  TriangleMesh mesh;
  for (const float y : {-.425f, .425f})
    mesh.append(box({0, y * size.y, .5f * size.z}, {size.x, .15f * size.y, size.z}, 0, .003f));
  for (const float x : {-.46f, 0.f, .46f}) {
    mesh.append(box({at(x, 0).x, 0, .5f * size.z}, {.08f * size.x, .72f * size.y, size.z}, 0));
  }
  fit_box(mesh, size);
  return debris_model(n, std::move(mesh), {materials::concrete()});
}

// A cover beside or over its opening; flush ones are part of the road. Ribs as cast.
Model make_manhole(const PropNumbers& n) {
  const float r = .5f * number(n, "diameter");
  const float h = number(n, "height");
  const Vec2f profile[] = {{0, 0},         {.96f * r, 0},         {r, .5f * h},
                           {r, h - .006f}, {.97f * r, h - .006f}, {0, h - .006f}};
  TriangleMesh mesh = lathe(profile, 0, {.segments = 40});
  for (int i = -3; i <= 3; ++i) {
    for (int j = -3; j <= 3; ++j) {
      const Vec2f c(static_cast<float>(i) * .25f * r, static_cast<float>(j) * .25f * r);
      if (glm::length(c) < .85f * r)
        mesh.append(box({c.x, c.y, h - .004f}, {.13f * r, .13f * r, .008f}, 0));
    }
  }
  Material iron = materials::plain("cast_iron", {.06f, .058f, .055f}, .55f, .2f);
  iron.metallic = .3f;
  return debris_model(n, std::move(mesh), {iron});
}
ModelSize manhole_size(const PropNumbers& n) {
  return {n.get("diameter"), n.get("diameter"), n.get("height"), .5 * n.get("diameter"), 0};
}

}  // namespace

std::vector<PropType> wood_and_stone_types() {
  auto pallet = box_numbers(1.2, .8, .144, .3);
  pallet.push_back({"broken", 0, 4, 0});
  auto branch = box_numbers(2.5, 1.2, .55, .7);
  branch.push_back({"leaves", 0, 1, 0, true});
  return {
      {"debris.beam", box_numbers(3.0, .10, .10, .8), box_size, make_plank},
      {"debris.branch", branch, box_size, make_branch},
      {"debris.concrete_block", box_numbers(.50, .20, .20), box_size, make_block},
      {"debris.ice_slab", box_numbers(2.0, 1.0, .04, .6), box_size, make_ice_slab},
      {"debris.ladder", box_numbers(3.0, .42, .07), box_size, make_ladder},
      {"debris.manhole_cover",
       {{"diameter", .4, .8, .625}, {"height", .04, .12, .08}},
       manhole_size,
       make_manhole},
      {"debris.pallet", pallet, box_size, make_pallet},
      {"debris.plank", box_numbers(4.0, .20, .025, .8), box_size, make_plank},
      {"debris.rock", box_numbers(.40, .32, .25, .9), box_size, make_rock},
      {"debris.trunk", {{"length", 2, 15, 7}, {"diameter", .15, .9, .40}}, trunk_size, make_trunk}};
}

}  // namespace oddroad::asset

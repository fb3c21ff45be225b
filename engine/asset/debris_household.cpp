#include <algorithm>
#include <cmath>

#include "engine/asset/debris.h"
#include "engine/asset/debris_tools.h"

namespace oddroad::asset {

using namespace debris;

namespace {

// A cushion: a superellipsoid with soft edges.
TriangleMesh cushion(const Vec3f& centre, const Vec3f& size, std::uint16_t material,
                     float soft = .35f) {
  TriangleMesh mesh = ellipsoid({0, 0, 0}, {1, 1, 1}, 20, 10, material);
  for (Vec3f& p : mesh.positions) {
    for (int c = 0; c < 3; ++c) {
      p[c] = std::copysign(std::pow(std::abs(p[c]), soft), p[c]);
    }
    p = centre + .5f * size * p;
  }
  math::smooth_normals(mesh, 1.0f);
  mesh.remove_degenerate();
  return mesh;
}

Material cloth(const char* name, const math::Vec3f& c) {
  Material m = materials::plain(name, c, .92f, .6f);
  m.pattern = Pattern::kFabric;
  m.second_color = c * .85f;
  return m;
}

Model make_mattress(const PropNumbers& n) {
  core::RandomStream stream = n.stream("debris.mattress");
  const Vec3f size(number(n, "length"), number(n, "width"), number(n, "height"));
  // Rings along x keep its edges square; one corner curls up.
  std::vector<Ring> rings;
  for (const Vec2f& end : {Vec2f(-.5f, .86f),
                           {-.49f, .97f},
                           {-.35f, 1},
                           {-.2f, 1},
                           {0, 1},
                           {.2f, 1},
                           {.35f, 1},
                           {.49f, .97f},
                           {.5f, .86f}}) {
    Ring ring;
    for (const Vec2f& p : rounded_rectangle(end.y * size.y, end.y * .8f * size.z, .05f, 3)) {
      ring.emplace_back(end.x * size.x, p.x, p.y + .4f * size.z);
    }
    rings.push_back(std::move(ring));
  }
  TriangleMesh mesh = loft(rings, 0, {.crease_rad = .9f});
  const float curl = uniform(stream, .3f, 1.f);
  for (Vec3f& p : mesh.positions) {
    const float corner = std::max(0.f, p.x / size.x + p.y / size.y - .35f);
    p.z += .9f * curl * corner * corner * size.y * .5f;
  }
  for (std::size_t t = 0; t < mesh.triangles.size(); ++t) {
    if (std::abs(mesh.normals[mesh.triangles[t][0]].z) < .5f) mesh.material[t] = 1;
  }
  fit_box(mesh, size);
  math::smooth_normals(mesh, .9f);
  return debris_model(
      n, std::move(mesh),
      {cloth("mattress", {.66f, .65f, .60f}), cloth("mattress_side", {.40f, .43f, .48f})});
}

Model make_sofa(const PropNumbers& n) {
  core::RandomStream stream = n.stream("debris.sofa");
  const Vec3f size(number(n, "length"), number(n, "width"), number(n, "height"));
  // Faces +x; length is its depth, width runs along y.
  const float seat = .5f * size.z;
  TriangleMesh mesh =
      box({0, 0, .5f * (.06f + seat - .12f)}, {.98f * size.x, .98f * size.y, seat - .18f}, 0, .02f);
  mesh.append(
      cushion({-.40f * size.x, 0, .55f * size.z}, {.22f * size.x, size.y, .9f * size.z}, 0, .3f));
  for (const float y : {-1.f, 1.f}) {
    mesh.append(cushion({0, y * .45f * size.y, .38f * size.z},
                        {size.x, .11f * size.y, .58f * size.z}, 0, .35f));
  }
  const int seats = size.y > 1.4f ? 3 : 1;
  const float w = .78f * size.y / static_cast<float>(seats);
  for (int k = 0; k < seats; ++k) {
    const float y = w * (static_cast<float>(k) - .5f * static_cast<float>(seats - 1));
    mesh.append(cushion({.10f * size.x, y, seat - .06f}, {.78f * size.x, .97f * w, .17f}, 0));
    mesh.append(
        cushion({-.24f * size.x, y, .72f * size.z}, {.2f * size.x, .97f * w, .42f * size.z}, 0));
  }
  for (const float x : {-.42f, .42f}) {
    for (const float y : {-.45f, .45f}) {
      mesh.append(
          cylinder({x * size.x, y * size.y, 0}, {x * size.x, y * size.y, .09f}, .022f, .03f, 8, 1));
    }
  }
  fit_box(mesh, size);
  const math::Vec3f colours[] = {{.12f, .10f, .09f},
                                 {.18f, .19f, .21f},
                                 {.30f, .22f, .14f},
                                 {.20f, .04f, .04f},
                                 {.06f, .09f, .14f}};
  return debris_model(n, std::move(mesh),
                      {cloth("sofa", colours[stream.below(5)]), materials::wood()});
}

Model make_fridge(const PropNumbers& n) {
  const Vec3f size(number(n, "length"), number(n, "width"), number(n, "height"));
  const float gap = .66f * size.z;
  TriangleMesh mesh = box({-.03f, 0, .5f * size.z}, {size.x - .06f, size.y, size.z}, 0, .008f);
  const float x = .5f * size.x - .03f;
  mesh.append(box({x, 0, .5f * (gap + .03f)}, {.06f, size.y, gap - .05f}, 0, .012f));
  mesh.append(box({x, 0, .5f * (gap + size.z)}, {.06f, size.y, size.z - gap - .02f}, 0, .012f));
  mesh.append(box({-.02f, 0, .5f * size.z}, {size.x - .08f, size.y + .002f, size.z - .01f}, 0));
  mesh.append(box({x + .02f, .42f * size.y, gap - .2f}, {.035f, .02f, .3f}, 1, .006f));
  mesh.append(box({x + .02f, .42f * size.y, gap + .15f}, {.035f, .02f, .2f}, 1, .006f));
  for (int k = 0; k < 9; ++k) {  // condenser behind
    const float z = size.z * (.15f + .07f * static_cast<float>(k));
    mesh.append(box({-.5f * size.x - .01f, 0, z}, {.02f, .85f * size.y, .008f}, 2));
  }
  fit_box(mesh, size);
  return debris_model(n, std::move(mesh),
                      {materials::painted_metal({.68f, .68f, .66f}), materials::chrome(),
                       materials::black_plastic()});
}

Model make_suitcase(const PropNumbers& n) {
  core::RandomStream stream = n.stream("debris.suitcase");
  const Vec3f size(number(n, "length"), number(n, "width"), number(n, "height"));
  const float body = .93f * size.z;
  std::vector<Ring> rings;
  const float level[] = {.04f, .09f, .5f, .90f, .94f};
  const float grow[] = {.86f, .98f, 1, .98f, .86f};
  for (int i = 0; i < 5; ++i) {
    Ring ring;
    for (const Vec2f& p : rounded_rectangle(grow[i] * size.x, grow[i] * size.y, .06f, 3)) {
      ring.emplace_back(p, level[i] * size.z);
    }
    rings.push_back(std::move(ring));
  }
  TriangleMesh mesh = loft(rings, 0);
  for (int k = -3; k <= 3; ++k) {  // ribs of a hard shell
    for (const float side : {-1.f, 1.f}) {
      mesh.append(box({.12f * size.x * static_cast<float>(k), side * .497f * size.y, .5f * body},
                      {.018f, .012f, .72f * body}, 0, .004f));
    }
  }
  mesh.append(box({0, 0, .5f * body}, {1.004f * size.x, .012f, .86f * body}, 1));
  const Vec3f grip[] = {{-.12f * size.x, 0, .93f * size.z},
                        {-.11f * size.x, 0, .99f * size.z},
                        {.11f * size.x, 0, .99f * size.z},
                        {.12f * size.x, 0, .93f * size.z}};
  const float r[] = {.010f};
  mesh.append(tube(grip, r, 8, 1));
  for (const float x : {-.38f, .38f}) {
    for (const float y : {-.3f, .3f}) {
      mesh.append(cylinder({x * size.x, y * size.y - .012f, .025f},
                           {x * size.x, y * size.y + .012f, .025f}, .025f, .025f, 10, 1));
    }
  }
  fit_box(mesh, size);
  const math::Vec3f colours[] = {{.03f, .03f, .035f},
                                 {.03f, .06f, .16f},
                                 {.28f, .03f, .03f},
                                 {.20f, .21f, .22f},
                                 {.04f, .18f, .17f}};
  return debris_model(
      n, std::move(mesh),
      {materials::plastic("suitcase", colours[stream.below(5)]), materials::black_plastic()});
}

// A crumpled bag: a lumpy ball; a full sack sags and is tied on top.
Model make_sack(const PropNumbers& n, bool carrier) {
  core::RandomStream stream = n.stream("debris.sack");
  const Vec3f size(number(n, "length"), number(n, "width"), number(n, "height"));
  const Noise noise(stream);
  TriangleMesh mesh = ellipsoid({0, 0, 0}, {1, 1, 1}, 30, 18, 0);
  for (Vec3f& p : mesh.positions) {
    const float lump = noise(p, carrier ? .9f : 1.6f);
    const float fold = noise(p + Vec3f(7), carrier ? .35f : .6f);
    Vec3f q = p * (1 + (carrier ? .16f : .07f) * lump + (carrier ? .10f : .03f) * fold);
    if (!carrier) {
      q.z = q.z > 0 ? q.z * .92f : q.z * .75f;  // sags
      const float tie = std::exp(-18 * (p.x * p.x + p.y * p.y));
      if (p.z > 0) q = {q.x * (1 - .5f * tie), q.y * (1 - .5f * tie), q.z + .45f * tie};
    }
    p = q;
  }
  fit_box(mesh, size);
  math::smooth_normals(mesh, .8f);
  const math::Vec3f bags[] = {{.62f, .62f, .60f}, {.02f, .02f, .022f}, {.04f, .12f, .36f}};
  const math::Vec3f sacks[] = {{.02f, .02f, .022f}, {.50f, .38f, .03f}, {.04f, .10f, .30f}};
  Material film =
      materials::plain(carrier ? "carrier_bag" : "refuse_sack",
                       carrier ? bags[stream.below(3)] : sacks[stream.below(3)], .35f, .35f);
  return debris_model(n, std::move(mesh), {film});
}
Model make_bag(const PropNumbers& n) {
  return make_sack(n, true);
}
Model make_refuse_sack(const PropNumbers& n) {
  return make_sack(n, false);
}

Model make_football(const PropNumbers& n) {
  const float r = .5f * number(n, "diameter");
  TriangleMesh mesh = ellipsoid({0, 0, r}, {r, r, r}, 36, 24, 0);
  // The twelve dark panels sit at the corners of an icosahedron.
  std::vector<Vec3f> corners;
  const float g = 1.618034f;
  for (const float a : {-1.f, 1.f}) {
    for (const float b : {-g, g}) {
      corners.insert(corners.end(), {glm::normalize(Vec3f(0, a, b)), glm::normalize(Vec3f(a, b, 0)),
                                     glm::normalize(Vec3f(b, 0, a))});
    }
  }
  for (std::size_t t = 0; t < mesh.triangles.size(); ++t) {
    Vec3f p(0);
    for (const auto v : mesh.triangles[t]) p += mesh.positions[v] / 3.f;
    p = glm::normalize(p - Vec3f(0, 0, r));
    for (const Vec3f& c : corners) {
      if (glm::dot(c, p) > .94f) mesh.material[t] = 1;
    }
  }
  return debris_model(n, std::move(mesh),
                      {materials::plain("ball_white", {.68f, .68f, .66f}, .45f, .6f),
                       materials::plain("ball_black", {.02f, .02f, .02f}, .45f, .3f)});
}
ModelSize football_size(const PropNumbers& n) {
  const double d = n.get("diameter");
  return {d, d, d, .5 * d, 0};
}

Model make_trolley(const PropNumbers& n) {
  const Vec3f size(number(n, "length"), number(n, "width"), number(n, "height"));
  TriangleMesh mesh;
  const auto rod = [&](const Vec3f& a, const Vec3f& b, float r) {
    mesh.append(cylinder(a, b, r, r, 6, 0));
  };
  const auto corner = [&](float x, float y, float z) {
    return Vec3f(x * size.x, y * size.y, z * size.z);
  };
  // Basket: bottom slopes up to the front (+x), walls flare; wires every 60 mm.
  const Vec3f low[] = {corner(-.36f, -.36f, .42f), corner(.40f, -.28f, .50f),
                       corner(.40f, .28f, .50f), corner(-.36f, .36f, .42f)};
  const Vec3f high[] = {corner(-.42f, -.5f, .90f), corner(.5f, -.38f, .80f),
                        corner(.5f, .38f, .80f), corner(-.42f, .5f, .90f)};
  for (int k = 0; k < 4; ++k) {
    const int j = (k + 1) % 4;
    rod(high[k], high[j], .007f);
    rod(low[k], low[j], .005f);
    rod(low[k], high[k], .006f);
    const int bars = static_cast<int>(glm::length(high[j] - high[k]) / .055f);
    for (int i = 1; i < bars; ++i) {
      const float u = static_cast<float>(i) / static_cast<float>(bars);
      rod(glm::mix(low[k], low[j], u), glm::mix(high[k], high[j], u), .0025f);
    }
    for (const float v : {.33f, .66f})
      rod(glm::mix(low[k], high[k], v), glm::mix(low[j], high[j], v), .0025f);
  }
  for (int i = 1; i < 9; ++i) {
    const float u = static_cast<float>(i) / 9;
    rod(glm::mix(low[0], low[3], u), glm::mix(low[1], low[2], u), .0025f);
  }
  // Frame, castors, handle.
  for (const float y : {-1.f, 1.f}) {
    const Vec3f path[] = {corner(-.40f, y * .40f, .96f), corner(-.38f, y * .40f, .14f),
                          corner(.44f, y * .26f, .14f), corner(.34f, y * .26f, .48f)};
    const float r[] = {.011f};
    mesh.append(tube(path, r, 8, 0));
    for (const float x : {-.38f, .42f}) {
      const Vec3f c = corner(x, y * (x < 0 ? .40f : .26f), 0) + Vec3f(0, 0, .0625f);
      mesh.append(cylinder(c - Vec3f(0, .014f, 0), c + Vec3f(0, .014f, 0), .0625f, .0625f, 14, 1));
      rod(c, c + Vec3f(0, 0, .08f), .010f);
    }
  }
  mesh.append(
      cylinder(corner(-.46f, -.42f, .985f), corner(-.46f, .42f, .985f), .015f, .015f, 10, 1));
  fit_box(mesh, size);
  return debris_model(n, std::move(mesh), {materials::chrome(), materials::black_plastic()});
}

}  // namespace

std::vector<PropType> household_types() {
  return {{"debris.bag", box_numbers(.34, .30, .26), box_size, make_bag},
          {"debris.football", {{"diameter", .15, .30, .22}}, football_size, make_football},
          {"debris.fridge", box_numbers(.65, .60, 1.80), box_size, make_fridge},
          {"debris.mattress", box_numbers(2.0, 1.2, .26), box_size, make_mattress},
          {"debris.refuse_sack", box_numbers(.65, .45, .45), box_size, make_refuse_sack},
          {"debris.shopping_trolley", box_numbers(1.0, .60, 1.02, .2), box_size, make_trolley},
          {"debris.sofa", box_numbers(.90, 2.0, .85), box_size, make_sofa},
          {"debris.suitcase", box_numbers(.50, .30, .75, .4), box_size, make_suitcase}};
}

}  // namespace oddroad::asset

#include <algorithm>
#include <cmath>

#include "engine/asset/debris.h"
#include "engine/asset/debris_tools.h"

namespace oddroad::asset {

using namespace debris;

namespace {

// Profile of a tyre about z, middle at z = 0.
TriangleMesh tyre_about_z(float r, float half, float bead, std::uint16_t rubber) {
  const Vec2f outside[] = {{bead, -half + .012f},
                           {bead + .4f * (r - bead), -half},
                           {r - .03f, -half + .008f},
                           {r - .006f, -half + .022f},
                           {r, -half + .04f},
                           {r, half - .04f},
                           {r - .006f, half - .022f},
                           {r - .03f, half - .008f},
                           {bead + .4f * (r - bead), half},
                           {bead, half - .012f}};
  TriangleMesh mesh = lathe(outside, rubber, {.segments = 36});
  const Vec2f inside[] = {{bead, half - .012f},    {bead + .3f * (r - bead), half - .03f},
                          {r - .05f, .5f * half},  {r - .04f, 0},
                          {r - .05f, -.5f * half}, {bead + .3f * (r - bead), -half + .03f},
                          {bead, -half + .012f}};
  mesh.append(lathe(inside, rubber, {.segments = 36}));
  return mesh;
}

std::vector<NumberRange> tyre_numbers() {
  return {{"diameter", .5, 1.15, .632}, {"width", .15, .40, .205}, {"standing", 0, 1, 0}};
}
ModelSize tyre_size(const PropNumbers& n) {
  const double d = n.get("diameter");
  const double w = n.get("width");
  return n.get("standing") > .5 ? ModelSize{d, w, d, .5 * d, 0} : ModelSize{d, d, w, .5 * d, 0};
}

// Lying on its side, or standing on its tread.
void set_down(TriangleMesh& mesh, const PropNumbers& n) {
  const float r = .5f * number(n, "diameter");
  const bool standing = n.get("standing") > .5;
  mesh = standing ? transformed(mesh, translation({0, 0, r}) * rotation({1, 0, 0}, .5f * kPi))
                  : transformed(mesh, translation({0, 0, .5f * number(n, "width")}));
}

Model make_tyre(const PropNumbers& n) {
  const float r = .5f * number(n, "diameter");
  TriangleMesh mesh = tyre_about_z(r, .5f * number(n, "width"), .642f * r, 0);
  set_down(mesh, n);
  return debris_model(n, std::move(mesh), {materials::rubber()});
}

Model make_wheel_part(const PropNumbers& n) {
  const float r = .5f * number(n, "diameter");
  const float half = .5f * number(n, "width");
  const float bead = .66f * r;
  TriangleMesh mesh = tyre_about_z(r, half, bead, 0);
  const Vec2f rim[] = {{0, -.2f * half},           {.25f * bead, -.2f * half},
                       {.8f * bead, -.55f * half}, {bead, -half + .012f},
                       {bead, half - .012f},       {.92f * bead, half - .02f},
                       {.86f * bead, .35f * half}, {.3f * bead, .5f * half},
                       {.25f * bead, .7f * half},  {0, .7f * half}};
  mesh.append(lathe(rim, 1, {.segments = 30}));
  for (int k = 0; k < 5; ++k) {  // openings between spokes as dark plates
    const float a = 2 * kPi * static_cast<float>(k) / 5;
    const Affine3f T = rotation({0, 0, 1}, a) * translation({.62f * bead, 0, .42f * half});
    mesh.append(transformed(box({0, 0, 0}, {.26f * bead, .34f * bead, .2f * half}, 2, .01f), T));
  }
  set_down(mesh, n);
  Material metal = materials::plain("rim", {.42f, .43f, .44f}, .4f, .35f);
  metal.metallic = .7f;
  return debris_model(n, std::move(mesh), {materials::rubber(), metal, materials::black_plastic()});
}

// A strip of truck tread: curled up at the ends, frayed at the edge.
Model make_tread(const PropNumbers& n) {
  core::RandomStream stream = n.stream("debris.tread");
  const Vec3f size(number(n, "length"), number(n, "width"), number(n, "height"));
  const float curl = uniform(stream, .5f, 1.5f);
  const float skew = uniform(stream, -.5f, .5f);
  const Noise noise(stream);
  constexpr int kSteps = 26;
  constexpr float kThick = .028f;
  std::vector<Ring> rings;
  for (int i = 0; i <= kSteps; ++i) {
    const float u = 2 * static_cast<float>(i) / kSteps - 1;
    const float x = .5f * size.x * u;
    const float lift = std::pow(std::abs(u), 1.5f + curl);
    const float fray = 1 - .14f * std::abs(noise({x, 0, 0}, .18f)) -
                       (std::abs(u) > .9f ? .35f * (std::abs(u) - .9f) / .1f : 0.f);
    const float y0 = skew * .3f * size.y * u * u;
    const float half = .5f * size.y * fray;
    const float groove = i % 2 == 0 ? .007f : 0.f;
    const Vec3f c(x, y0, lift * (u > 0 ? 1.f : .55f));
    rings.push_back({c + Vec3f(0, -half, 0), c + Vec3f(0, half, 0), c + Vec3f(0, half, .03f),
                     c + Vec3f(0, .3f * half, .034f - groove),
                     c + Vec3f(0, -.3f * half, .034f - groove), c + Vec3f(0, -half, .03f)});
  }
  TriangleMesh mesh = loft(rings, 0, {.crease_rad = .5f});
  // Height is what the curl makes of it; thickness stays.
  const float reach = mesh.bounds().upper.z - kThick;
  for (Vec3f& p : mesh.positions) {
    const float base = std::max(0.f, p.z - kThick);
    p.z = p.z - base + base * (size.z - kThick) / reach;
  }
  for (int k = 0; k < 14; ++k) {  // steel wire tufts
    const float end = k % 2 == 0 ? 1.f : -1.f;
    const Vec3f from(end * .48f * size.x, uniform(stream, -.4f, .4f) * size.y, .5f * size.z);
    const Vec3f to = from + Vec3f(end * uniform(stream, .01f, .05f), uniform(stream, -.05f, .05f),
                                  uniform(stream, -.01f, .03f));
    mesh.append(cylinder(from, to, .0012f, .001f, 4, 1));
  }
  fit_box(mesh, size);
  math::smooth_normals(mesh, .5f);
  return debris_model(n, std::move(mesh), {materials::rubber(), materials::galvanised_steel()});
}

Model make_exhaust(const PropNumbers& n) {
  const Vec3f size(number(n, "length"), number(n, "width"), number(n, "height"));
  const float r = .026f;
  const float half = .5f * size.x;
  const Vec3f path[] = {{-half, -.2f * size.y, r},
                        {-.45f * half, -.2f * size.y, r},
                        {-.3f * half, 0, .45f * size.z},
                        {.10f * half, 0, .5f * size.z}};
  const float radius[] = {r};
  TriangleMesh mesh = tube(path, radius, 12, 0);
  mesh.append(extrude(
      rounded_rectangle(size.y, size.z, .45f * size.z), 0, .38f * size.x,
      Affine3f{glm::mat3({0, 1, 0}, {0, 0, 1}, {1, 0, 0}), Vec3f(.08f * half, 0, .5f * size.z)}, 0,
      .012f));
  mesh.append(cylinder({.8f * half, .2f * size.y, .4f * size.z},
                       {half, .25f * size.y, .3f * size.z}, r, r, 12, 0));
  Material rust = materials::plain("rusty_steel", {.17f, .085f, .045f}, .85f, .3f);
  fit_box(mesh, size);
  return debris_model(n, std::move(mesh), {rust});
}

// A bumper cover: a bowed shell, open behind. Lies with its face up and forward.
Model make_bumper(const PropNumbers& n) {
  core::RandomStream stream = n.stream("debris.bumper");
  const Vec3f size(number(n, "length"), number(n, "width"), number(n, "height"));
  std::vector<Ring> rings;
  constexpr int kSteps = 18;
  for (int i = 0; i <= kSteps; ++i) {
    const float u = 2 * static_cast<float>(i) / kSteps - 1;
    // Along y; the ends wrap around to the back (-x).
    const float back = std::pow(std::abs(u), 4.f) * .85f;
    const Vec3f c(-back, u, 0);
    const auto at = [&](float x, float z) {
      return c + Vec3f(x, 0, z);
    };
    rings.push_back({at(0, .05f), at(.10f, .30f), at(.12f, .62f), at(.02f, .95f), at(-.07f, 1.0f),
                     at(-.05f, .93f), at(.05f, .60f), at(.03f, .33f), at(-.06f, .06f)});
  }
  TriangleMesh mesh = loft(rings, 0, {.crease_rad = .6f});
  if (signed_volume(mesh) < 0) mesh = flipped(mesh);
  for (std::size_t t = 0; t < mesh.triangles.size(); ++t) {  // dark grille in the middle
    Vec3f p(0);
    for (const auto v : mesh.triangles[t]) p += mesh.positions[v] / 3.f;
    if (std::abs(p.y) < .45f && p.z > .28f && p.z < .64f) mesh.material[t] = 1;
  }
  fit_box(mesh, size);
  math::smooth_normals(mesh, .6f);
  const math::Vec3f colours[] = {{.6f, .6f, .58f},
                                 {.03f, .03f, .032f},
                                 {.3f, .02f, .02f},
                                 {.25f, .26f, .27f},
                                 {.02f, .05f, .18f}};
  Material paint = materials::plastic("bumper", colours[stream.below(5)]);
  paint.clearcoat = .6f;
  return debris_model(n, std::move(mesh), {paint, materials::black_plastic()});
}

Model make_roof_box(const PropNumbers& n) {
  const Vec3f size(number(n, "length"), number(n, "width"), number(n, "height"));
  std::vector<Ring> rings;
  const float level[] = {0, .05f, .45f, .5f, .85f, .97f, 1};
  const float along[] = {.86f, .92f, 1, 1, .90f, .78f, .55f};
  const float shift[] = {0, 0, 0, 0, -.02f, -.05f, -.1f};
  for (int i = 0; i < 7; ++i) {
    Ring ring;
    for (const Vec2f& p :
         rounded_rectangle(along[i] * size.x, (.1f + .9f * along[i]) * size.y, .22f * size.y, 4)) {
      ring.emplace_back(p.x + shift[i] * size.x, p.y, level[i] * size.z);
    }
    rings.push_back(std::move(ring));
  }
  TriangleMesh mesh = loft(rings, 0);
  mesh.append(extrude(rounded_rectangle(1.005f * size.x, 1.005f * size.y, .22f * size.y, 4),
                      .46f * size.z, .49f * size.z, 1));
  fit_box(mesh, size);
  Material shell = materials::plain("roof_box", {.025f, .025f, .027f}, .3f, .1f);
  shell.clearcoat = .5f;
  return debris_model(n, std::move(mesh),
                      {shell, materials::plain("seam", {.12f, .12f, .12f}, .6f, .2f)});
}

}  // namespace

std::vector<PropType> vehicle_part_types() {
  auto tread = box_numbers(1.4, .24, .14);
  tread[0] = {"length", .6, 2.5, 1.4};
  tread[2] = {"height", .05, .30, .14};
  return {{"debris.bumper", box_numbers(.50, 1.75, .35), box_size, make_bumper},
          {"debris.exhaust", box_numbers(1.2, .25, .18), box_size, make_exhaust},
          {"debris.roof_box", box_numbers(1.9, .75, .40), box_size, make_roof_box},
          {"debris.tread", tread, box_size, make_tread},
          {"debris.tyre", tyre_numbers(), tyre_size, make_tyre},
          {"debris.wheel", tyre_numbers(), tyre_size, make_wheel_part}};
}

}  // namespace oddroad::asset

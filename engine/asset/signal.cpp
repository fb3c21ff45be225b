#include "engine/asset/signal.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/materials.h"
#include "engine/asset/mesh_tools.h"

namespace oddroad::asset {

namespace {

enum class Head { kVehicle3, kVehicle2, kArrow, kPedestrian };
enum : std::uint16_t { kHousing, kInside, kWhiteRim, kSteel, kFirstLens };

struct Aspect {
  const char* name;
  math::Vec3f tint;  // linear, of the light
};
constexpr Aspect kRed{"red", {1.f, .03f, .02f}};
constexpr Aspect kYellow{"yellow", {1.f, .42f, .0f}};
constexpr Aspect kGreen{"green", {.02f, 1.f, .45f}};

std::vector<Aspect> aspects_of(Head head) {
  switch (head) {
    case Head::kVehicle2:
      return {kRed, kYellow};
    case Head::kPedestrian:
      return {kRed, kGreen};
    default:
      return {kRed, kYellow, kGreen};
  }
}

float number(const PropNumbers& n, const char* name) {
  return static_cast<float>(n.get(name));
}

struct HeadSize {
  float lens, section, width, depth, height, lower, arm;
  explicit HeadSize(const PropNumbers& n, std::size_t count)
      : lens(number(n, "lens")),
        section(1.40f * lens + .012f),
        width(1.32f * lens + .012f),
        depth(.16f + .15f * (lens - .2f)),
        height(section * static_cast<float>(count)),
        lower(number(n, "lower")),
        arm(number(n, "arm")) {}
};

// A symbol or a full disc, drawn in (y, z) of the lens face, radius 1.
std::vector<std::vector<Vec2f>> symbol(Head head, const PropNumbers& n, const char* name) {
  if (head == Head::kArrow) {
    const std::vector<Vec2f> up = {{-.14f, -.8f}, {.14f, -.8f},  {.14f, .05f}, {.55f, .05f},
                                   {0, .85f},     {-.55f, .05f}, {-.14f, .05f}};
    // Left of who looks at it is -y.
    const float turn = static_cast<float>(n.get("direction")) * .5f * kPi;
    std::vector<Vec2f> out;
    for (const Vec2f& p : up) {
      out.emplace_back(p.x * std::cos(turn) - p.y * std::sin(turn),
                       p.x * std::sin(turn) + p.y * std::cos(turn));
    }
    return {out};
  }
  if (head != Head::kPedestrian) return {circle(1.f, 24)};
  const auto limb = [](float x0, float y0, float x1, float y1, float w) {
    const Vec2f d = glm::normalize(Vec2f(x1 - x0, y1 - y0)) * w;
    const Vec2f s(-d.y, d.x);
    const Vec2f a(x0, y0);
    const Vec2f b(x1, y1);
    return std::vector<Vec2f>{a - s - .5f * d, b - s + .5f * d, b + s + .5f * d, a + s - .5f * d};
  };
  std::vector<Vec2f> skull = circle(.17f, 12);
  for (Vec2f& p : skull) p.y += .70f;
  if (std::string_view(name) == "red") {  // stands, arms down
    return {skull,
            limb(0, .42f, 0, -.05f, .20f),
            limb(-.11f, -.15f, -.11f, -.8f, .09f),
            limb(.11f, -.15f, .11f, -.8f, .09f),
            limb(-.30f, .42f, -.33f, -.1f, .07f),
            limb(.30f, .42f, .33f, -.1f, .07f)};
  }
  return {skull,
          limb(0, .42f, .02f, -.05f, .17f),
          limb(0, -.15f, -.42f, -.75f, .09f),
          limb(.06f, -.15f, .38f, -.78f, .09f),
          limb(-.08f, .40f, -.42f, .02f, .06f),
          limb(.10f, .40f, .42f, .06f, .06f)};
}

// Half-tunnel over a lens, open in front and below.
TriangleMesh visor(const Vec3f& centre, float radius, float length) {
  std::vector<Ring> rings;
  for (int k = 0; k <= 14; ++k) {
    const float a = -.75f + (kPi + 1.5f) * static_cast<float>(k) / 14;
    const Vec3f out(0, std::cos(a), std::sin(a));
    const float cut = length * (.55f + .45f * std::max(0.f, out.z));
    const Vec3f in = centre + out * radius;
    const Vec3f outer = centre + out * (radius + .004f);
    rings.push_back({in, outer, outer + Vec3f(cut, 0, 0), in + Vec3f(cut, 0, 0)});
  }
  TriangleMesh mesh = loft(rings, kHousing, {.crease_rad = .6f});
  return signed_volume(mesh) < 0 ? flipped(mesh) : mesh;
}

void add_support(TriangleMesh& mesh, const HeadSize& s, bool pole) {
  if (!pole) return;
  const float top = s.lower + s.height;
  if (std::abs(s.arm) < .3f) {
    mesh.append(cylinder({-.18f - s.depth, 0, 0}, {-.18f - s.depth, 0, top + .1f}, .055f, .051f, 16,
                         kSteel));
    for (const float u : {.12f, .88f}) {
      mesh.append(box({-.10f - s.depth, 0, s.lower + u * s.height}, {.2f, .05f, .05f}, kSteel));
    }
    return;
  }
  // A mast with an arm that rises a little; the head hangs from its end.
  const float reach = s.arm;
  const float x = -.12f - s.depth;
  const float z = top + .05f;
  const float bend = std::copysign(.5f, reach);
  const float foot = .10f + .008f * std::abs(reach);
  const Vec3f path[] = {{x, 0, 0},       {x, 0, .5f * z},
                        {x, 0, z - .5f}, {x, .15f * bend, z - .15f},
                        {x, bend, z},    {x, reach + std::copysign(.15f, reach), z + .06f}};
  const float radii[] = {foot, .8f * foot, .7f * foot, .66f * foot, .6f * foot, .045f};
  mesh.append(tube(path, radii, 16, kSteel));
  mesh.append(cylinder({x, 0, 0}, {x, 0, .04f}, foot + .12f, foot + .12f, 16, kSteel));
  for (const float u : {.15f, .95f}) {
    mesh.append(box({.5f * x - .5f * s.depth, reach, s.lower + u * s.height},
                    {std::abs(x) - s.depth + .06f, .05f, .05f}, kSteel));
  }
  mesh.append(cylinder({x, reach, s.lower + .05f * s.height}, {x, reach, z + .05f}, .03f, .03f, 12,
                       kSteel));
}

void add_material_pairs(Model& model, const std::vector<Aspect>& aspects, float lens) {
  // 200 cd over a lens of 200 mm, 400 cd over 300 mm.
  const float luminance = (200 + 2000 * (lens - .2f)) / (.25f * kPi * lens * lens);
  for (const Aspect& a : aspects) {
    Material off = materials::plain(std::string("lens_") + a.name + "_off",
                                    glm::max(.06f * a.tint, math::Vec3f(.012f)), .15f, .1f);
    off.clearcoat = 1;
    Material on = off;
    on.name = std::string("lens_") + a.name + "_on";
    on.emission_cd_m2 = luminance * a.tint;
    const auto index = static_cast<std::uint16_t>(model.materials.size());
    model.lamps.push_back({a.name, index, static_cast<std::uint16_t>(index + 1), 0});
    model.materials.push_back(off);
    model.materials.push_back(on);
  }
}

template <Head kHead>
Model make_signal(const PropNumbers& n) {
  const std::vector<Aspect> aspects = aspects_of(kHead);
  const HeadSize s(n, aspects.size());
  const float x = 0;  // the face of the head
  TriangleMesh mesh;
  add_support(mesh, s, n.get("pole") > .5);
  const float z0 = s.lower;
  mesh.append(box({x - .5f * s.depth, s.arm, z0 + .5f * s.height}, {s.depth, s.width, s.height},
                  kHousing, .02f));
  if (n.get("backplate") > .5) {
    const float w = s.width + .22f;
    const float h = s.height + .22f;
    mesh.append(box({x - .6f * s.depth, s.arm, z0 + .5f * s.height}, {.012f, w, h}, kWhiteRim));
    mesh.append(box({x - .6f * s.depth + .008f, s.arm, z0 + .5f * s.height},
                    {.012f, w - .07f, h - .07f}, kHousing));
  }
  Model model =
      single_part_model(n.type(), "traffic_light", {},
                        {materials::plain("signal_housing", {.012f, .022f, .016f}, .5f, .1f),
                         materials::plain("signal_inside", {.012f, .012f, .012f}, .8f, .05f),
                         materials::retro_white(), materials::galvanised_steel()});
  add_material_pairs(model, aspects, s.lens);
  std::vector<Part> lenses;
  for (std::size_t i = 0; i < aspects.size(); ++i) {
    const float z = z0 + s.height - (static_cast<float>(i) + .5f) * s.section;
    const Vec3f centre(x, s.arm, z);
    const float r = .5f * s.lens;
    mesh.append(visor(centre, r + .006f, 1.05f * s.lens));
    const bool full = kHead == Head::kVehicle3 || kHead == Head::kVehicle2;
    const Affine3f face{glm::mat3({0, 1, 0}, {0, 0, 1}, {1, 0, 0}), centre};
    // Symbols stand in a black mask; full lenses fill their opening.
    if (!full) mesh.append(extrude(circle(r, 24), -.004f, .008f, face, kInside));
    TriangleMesh lens;
    for (std::vector<Vec2f>& outline : symbol(kHead, n, aspects[i].name)) {
      for (Vec2f& p : outline) p *= (full ? 1.f : .92f) * r;
      lens.append(extrude(outline, .0f, full ? .014f : .012f, face, model.lamps[i].off,
                          full ? .006f : 0.f));
    }
    Part part;
    part.name = std::string("lens.") + aspects[i].name;
    part.mesh = std::make_shared<const TriangleMesh>(std::move(lens));
    lenses.push_back(std::move(part));
  }
  mesh.remove_degenerate();
  model.parts[0].name = "housing";
  model.parts[0].mesh = std::make_shared<const TriangleMesh>(std::move(mesh));
  model.parts.insert(model.parts.end(), lenses.begin(), lenses.end());
  model.box = rest_bounds(model, false);
  model.height_m = model.box.upper.z;
  return model;
}

template <Head kHead>
ModelSize signal_size(const PropNumbers& n) {
  const HeadSize s(n, aspects_of(kHead).size());
  const bool pole = n.get("pole") > .5;
  const bool mast = pole && std::abs(s.arm) >= .3f;
  const double rear = !pole  ? s.depth
                      : mast ? .24 + .2 * s.depth + .008 * std::abs(s.arm)
                             : .235 + s.depth;
  const double plate = n.get("backplate") > .5 ? .22 : 0;
  const double width = s.width + plate + 2.0 * (mast ? std::abs(s.arm) : 0.0);
  return {rear + 1.05 * s.lens, std::max(width, .12), s.lower + s.height + (mast ? .16 : plate),
          rear, 0};
}

template <Head kHead>
PropType row(const char* name, double lens, double lower) {
  std::vector<NumberRange> numbers = {{"lens", .1, .35, lens},
                                      {"lower", 0, 7, lower},
                                      {"arm", -20, 20, 0},
                                      {"pole", 0, 1, 1},
                                      {"backplate", 0, 1, 0}};
  if (kHead == Head::kArrow) numbers.push_back({"direction", -1, 1, 1});
  return {name, numbers, signal_size<kHead>, make_signal<kHead>};
}

}  // namespace

std::vector<PropType> signal_types() {
  return {row<Head::kArrow>("signal.arrow", .2, 2.2),
          row<Head::kPedestrian>("signal.pedestrian", .2, 2.2),
          row<Head::kVehicle2>("signal.vehicle2", .3, 2.2),
          row<Head::kVehicle3>("signal.vehicle3", .2, 2.2)};
}

}  // namespace oddroad::asset

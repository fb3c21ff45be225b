#include "engine/asset/house_roof.h"

#include <algorithm>
#include <cmath>

namespace oddroad::asset {

namespace {

constexpr float kSlab = .16f;  // rafters, battens and tiles

// Height of the roof's upper face over the front or back slope at distance |x| from the ridge.
float roof_height(const RoofPlan& p, float x) {
  return p.eaves_m + (.5f * p.depth_m - std::abs(x)) * std::tan(p.pitch_rad) +
         kSlab / std::cos(p.pitch_rad);
}

void add_slope(TriangleMesh& mesh, const RoofPlan& p, float side) {
  const float edge = .5f * p.depth_m + p.eaves_overhang_m;
  const float y = .5f * p.width_m + p.verge_overhang_m;
  const float thick = kSlab / std::cos(p.pitch_rad);
  const auto point = [&](float x, float yy, float down) {
    return Vec3f(side * x, yy * side, roof_height(p, x) - down);
  };
  // Seen from above the front slope (side = 1): right is +y, up is towards the ridge.
  mesh.add_quad(point(edge, -y, 0), point(edge, y, 0), point(0, y, 0), point(0, -y, 0), kHouseRoof);
  mesh.add_quad(point(edge, y, thick), point(edge, -y, thick), point(0, -y, thick),
                point(0, y, thick), kHouseFrame);
  mesh.add_quad(point(edge, -y, thick), point(edge, y, thick), point(edge, y, 0),
                point(edge, -y, 0), kHouseFrame);
  mesh.add_quad(point(edge, y, thick), point(0, y, thick), point(0, y, 0), point(edge, y, 0),
                kHouseFrame);
  mesh.add_quad(point(0, -y, thick), point(edge, -y, thick), point(edge, -y, 0), point(0, -y, 0),
                kHouseFrame);
}

// Half-round gutter along the eaves and a downpipe at one end.
void add_gutter(TriangleMesh& mesh, const RoofPlan& p, float side) {
  const float x = side * (.5f * p.depth_m + p.eaves_overhang_m + .06f);
  const float y = .5f * p.width_m + p.verge_overhang_m - .01f;  // short of the verge's face
  const float z = roof_height(p, x - side * .06f) - .06f;
  std::vector<Ring> rings(2);
  for (int end = 0; end < 2; ++end) {
    for (int k = 0; k <= 6; ++k) {
      const float a = kPi + kPi * static_cast<float>(k) / 6;
      rings[end].emplace_back(x + .065f * std::cos(a), end ? -y : y, z + .065f * std::sin(a));
    }
    for (int k = 6; k >= 0; --k) {
      const float a = kPi + kPi * static_cast<float>(k) / 6;
      rings[end].emplace_back(x + .055f * std::cos(a), end ? -y : y, z + .055f * std::sin(a));
    }
  }
  mesh.append(loft(rings, kHouseZinc, {.crease_rad = .6f}));
  const float wall = side * (.5f * p.depth_m + .09f);
  const float yp = side * (.5f * p.width_m - .18f);
  const Vec3f pipe[] = {
      {x, yp, z - .05f}, {x, yp, z - .15f}, {wall, yp, z - .75f}, {wall, yp, -.2f}};
  const float radius[] = {.043f};
  mesh.append(tube(pipe, radius, 10, kHouseZinc));
}

void add_gable(TriangleMesh& mesh, const RoofPlan& p, float side, const FacadeStyle& style,
               core::RandomStream& random) {
  const float hd = .5f * p.depth_m;
  const float rise = hd * std::tan(p.pitch_rad);
  const float y = side * .5f * p.width_m;
  // Wall frame: right, up, outward; u runs from one eave to the other.
  const Vec3f right(-side, 0, 0);
  const Affine3f T{glm::mat3(right, Vec3f(0, 0, 1), Vec3f(0, side, 0)), Vec3f(side * hd, y, 0)};
  const float top = p.eaves_m + rise;
  const float e = p.eaves_m;
  const float slope = rise / hd;
  const auto add_polygon = [&](std::initializer_list<Vec2f> outline) {
    const auto base = static_cast<std::uint32_t>(mesh.positions.size());
    for (const Vec2f& q : outline) mesh.add_vertex(T.point(Vec3f(q, 0)), T.linear[2], q);
    for (std::uint32_t k = 2; k < outline.size(); ++k) {
      mesh.add_triangle(base, base + k - 1, base + k, kHouseWall);
    }
  };
  if (!p.gable_windows[side > 0 ? 0 : 1] || rise < 2.6f) {
    add_polygon({{0, e}, {2 * hd, e}, {hd, top}});
    return;
  }
  const Opening o{OpeningKind::kWindow, hd - .45f, e + .5f, hd + .45f, e + 1.6f};
  Facade strip;  // the middle part, wide enough for the window, is an ordinary wall
  strip.T = T;
  strip.T.translation = T.point({hd - .7f, 0, 0});
  strip.width_m = 1.4f;
  strip.bottom_m = strip.ground_m = e;
  strip.top_m = std::min(e + 1.9f, e + slope * (hd - .7f) - .01f);
  strip.openings = {{o.kind, .25f, o.v0, 1.15f, std::min(o.v1, strip.top_m - .1f)}};
  FacadeStyle plain = style;
  plain.shutters = false;
  add_facade(mesh, strip, plain, random);
  const float cut = e + slope * (hd - .7f);
  add_polygon({{0, e}, {hd - .7f, e}, {hd - .7f, cut}});
  add_polygon({{hd + .7f, e}, {2 * hd, e}, {hd + .7f, cut}});
  add_polygon({{hd - .7f, strip.top_m},
               {hd + .7f, strip.top_m},
               {hd + .7f, cut},
               {hd, top},
               {hd - .7f, cut}});
}

// A shed dormer: front wall with a window, two triangular cheeks, a slab of lower pitch.
void add_dormer(TriangleMesh& mesh, const RoofPlan& p, float y, const FacadeStyle& style,
                core::RandomStream& random) {
  const float half = .8f;
  const float x = .5f * p.depth_m - .55f;
  const float foot = roof_height(p, x) - .05f;
  const float top = foot + 1.5f;
  Facade f;
  f.T = {glm::mat3({0, 1, 0}, {0, 0, 1}, {1, 0, 0}), Vec3f(x, y - half, 0)};
  f.width_m = 2 * half;
  f.bottom_m = f.ground_m = foot;
  f.top_m = top;
  f.openings = {{OpeningKind::kWindow, half - .5f, foot + .22f, half + .5f, top - .14f}};
  FacadeStyle plain = style;
  plain.shutters = plain.surround = plain.lintel = false;
  plain.reveal_m = .06f;
  add_facade(mesh, f, plain, random);
  const float pitch = .25f;
  const float t = std::tan(p.pitch_rad);
  // Where the dormer roof meets the main roof: foot + t d = top + pitch d.
  const float back = (top - foot) / (t - pitch) + .3f;
  for (const float side : {-1.0f, 1.0f}) {
    const Vec3f a(x, y + side * half, foot);
    const Vec3f b(x, y + side * half, top);
    const Vec3f c(x - back, y + side * half, top + pitch * back);
    const Vec3f n(0, side, 0);
    const auto i = mesh.add_vertex(a, n, {0, 0});
    mesh.add_vertex(b, n, {0, top - foot});
    mesh.add_vertex(c, n, {back, top - foot});
    if (side < 0) {
      mesh.add_triangle(i, i + 1, i + 2, kHouseZinc);
    } else {
      mesh.add_triangle(i, i + 2, i + 1, kHouseZinc);
    }
  }
  const Affine3f T = translation({x - .5f * back + .15f, y, top + .5f * pitch * back + .03f}) *
                     rotation({0, 1, 0}, std::atan(pitch));
  mesh.append(box({0, 0, 0}, {back + .45f, 2 * half + .3f, .1f}, kHouseZinc, .01f), T);
}

void add_chimney(TriangleMesh& mesh, const RoofPlan& p, float y) {
  const float ridge = roof_height(p, 0);
  const float x = -.6f;
  mesh.append(box({x, y, ridge - .4f}, {.55f, .7f, 2.4f}, kHouseChimney, .01f));
  mesh.append(box({x, y, ridge + .84f}, {.67f, .82f, .1f}, kHouseTrim, .015f));
  for (const float side : {-1.0f, 1.0f}) {
    const Vec2f pot[] = {{0, ridge + .88f},      {.11f, ridge + .88f},   {.09f, ridge + 1.22f},
                         {.105f, ridge + 1.25f}, {.075f, ridge + 1.26f}, {.07f, ridge + 1.05f},
                         {0, ridge + 1.05f}};
    mesh.append(lathe(pot, kHouseRoof, {.segments = 12}), translation({x, y + side * .17f, 0}));
  }
}

}  // namespace

void add_roof(TriangleMesh& mesh, const RoofPlan& plan, const FacadeStyle& style,
              core::RandomStream& random) {
  for (const float side : {-1.0f, 1.0f}) {
    add_slope(mesh, plan, side);
    add_gutter(mesh, plan, side);
    add_gable(mesh, plan, side, style, random);
  }
  // Ridge tiles: overlapping half rounds.
  const float y = .5f * plan.width_m + plan.verge_overhang_m;
  const int tiles = std::max(4, static_cast<int>(2 * y / .45f));
  for (int k = 0; k < tiles; ++k) {
    const float a = -y + 2 * y * static_cast<float>(k) / static_cast<float>(tiles);
    const float b = -y + 2 * y * static_cast<float>(k + 1) / static_cast<float>(tiles);
    const float z = roof_height(plan, 0) - .045f;
    mesh.append(cylinder({0, a, z}, {0, b, z + .012f}, .105f, .09f, 10, kHouseRoof, false));
  }
  for (int k = 0; k < plan.dormers; ++k) {
    const float f = (static_cast<float>(k) + 1) / (static_cast<float>(plan.dormers) + 1) - .5f;
    add_dormer(mesh, plan, f * plan.width_m, style, random);
  }
  for (int k = 0; k < plan.chimneys; ++k) {
    add_chimney(mesh, plan, (k == 0 ? .32f : -.36f) * plan.width_m);
  }
}

}  // namespace oddroad::asset

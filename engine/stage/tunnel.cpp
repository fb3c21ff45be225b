#include <algorithm>
#include <cmath>

#include "engine/asset/mesh_tools.h"
#include "engine/stage/structures.h"
#include "engine/stage/surface.h"

namespace oddroad::stage {

namespace {

using math::TriangleMesh;
using math::Vec2d;
using math::Vec3d;
using math::Vec3f;

constexpr double kWall_m = 3.0;   // of light panels
constexpr double kClear_m = 4.7;  // over the road's borders
constexpr double kWalkUp_m = 0.12;
constexpr double kFoot_m = 0.3;       // walls begin below the road
constexpr double kHood_m = 0.5;       // the portal stands out of the hill
constexpr double kWing_m = 9.0;       // of the portal wall on either side
constexpr double kOverCrown_m = 1.3;  // and above the shell
constexpr double kLampStep_m = 6.0;
constexpr double kLampSide = .4;  // of the half width
constexpr float kLampLong_m = 1.2f;
constexpr float kLampWide_m = .2f;
constexpr int kVault = 10;  // pieces of the vault

// The inside from the left border of the road over walkway, wall and vault to the right one: (to
// the left, up) of the middle of the borders, tilted with them.
std::vector<Vec2d> profile(const StructureLine& line, const StructureSection& section) {
  const double road = section.half_width_m();
  const double half = road + kTunnelWalk_m;
  const double crown = tunnel_crown_m(line, section);
  std::vector<Vec2d> out = {
      {road, -kFoot_m}, {road, kWalkUp_m}, {half, kWalkUp_m}, {half, kWall_m}};
  if (line.structure().type == "underpass") {
    out.push_back({half, crown});
    out.push_back({-half, crown});
  } else {
    for (int k = 1; k < kVault; ++k) {
      const double angle = M_PI * k / kVault;
      out.push_back({half * std::cos(angle), kWall_m + (crown - kWall_m) * std::sin(angle)});
    }
  }
  for (const Vec2d& p : {Vec2d(-half, kWall_m), Vec2d(-half, kWalkUp_m), Vec2d(-road, kWalkUp_m),
                         Vec2d(-road, -kFoot_m)}) {
    out.push_back(p);
  }
  return out;
}

// The walkway has no outside.
std::vector<Vec2d> shell(const std::vector<Vec2d>& inside) {
  std::vector<Vec2d> out = inside;
  out.front().x = out[1].x = out[2].x;
  out.back().x = out[out.size() - 2].x = out[out.size() - 3].x;
  for (Vec2d& p : out) {
    const Vec2d from_middle =
        p.y > kWall_m ? glm::normalize(p - Vec2d(0, kWall_m)) : Vec2d(p.x > 0 ? 1 : -1, 0);
    p += kTunnelShell_m * from_middle;
  }
  return out;
}

Vec3d lift(const StructureSection& section, const Vec2d& p) {
  const Vec3d middle = section.middle();
  const double tilt = .5 * (section.left.z - section.right.z) / section.half_width_m();
  return {Vec2d(middle) + p.x * section.aside, middle.z + tilt * p.x + p.y};
}

std::uint16_t lining(const Vec2d& a, const Vec2d& b) {
  if (std::max(a.y, b.y) <= kWalkUp_m + .01) return kGroundKerb;
  return std::max(a.y, b.y) <= kWall_m + .01 ? kGroundTunnelPanel : kGroundConcrete;
}

// uv: metres along the tunnel and around its section.
void add_strip(TriangleMesh& mesh, const StructureSection& a, const StructureSection& b,
               const Vec2d& low, const Vec2d& high, double around, bool inward,
               std::uint16_t material) {
  const std::array<Vec3f, 4> p = {Vec3f(lift(a, low)), Vec3f(lift(b, low)), Vec3f(lift(b, high)),
                                  Vec3f(lift(a, high))};
  if (inward) {
    mesh.add_quad(p[0], p[1], p[2], p[3], material);
  } else {
    mesh.add_quad(p[1], p[0], p[3], p[2], material);
  }
  const double wide = glm::length(high - low);
  for (std::size_t k = 0; k < 4; ++k) {
    const std::size_t corner = inward ? k : (k ^ 1u);
    const bool far = corner == 1 || corner == 2;
    mesh.uvs[mesh.uvs.size() - 4 + k] = {static_cast<float>(far ? b.from_start_m : a.from_start_m),
                                         static_cast<float>(around + (corner >= 2 ? wide : 0))};
  }
}

// The wall around the opening, facing along `out` (away from the tunnel), with its thickness.
void add_portal(TriangleMesh& mesh, const StructureLine& line, const StructureSection& section,
                const Vec2d& out) {
  const std::vector<Vec2d> inside = profile(line, section);
  const double half = section.half_width_m() + kTunnelWalk_m;
  const double top = tunnel_crown_m(line, section) + kTunnelShell_m + kOverCrown_m;
  const auto at = [&](const Vec2d& p, double ahead) {
    return Vec3f(lift(section, p) + Vec3d(ahead * out, 0));
  };
  // Left of the travel out of the tunnel lies -x or +x of the section: wind by the direction.
  const bool along = glm::dot(Vec2d(section.aside.y, -section.aside.x), out) > 0;
  const auto face = [&](const Vec2d& a, const Vec2d& b, const Vec2d& c, const Vec2d& d) {
    // a, b, c, d run counter-clockwise seen from ahead of s (x to the left is right there).
    const std::array<Vec3f, 4> p = {at(a, kHood_m), at(b, kHood_m), at(c, kHood_m), at(d, kHood_m)};
    if (along) {
      mesh.add_quad(p[0], p[1], p[2], p[3], kGroundStoneWall);
    } else {
      mesh.add_quad(p[1], p[0], p[3], p[2], kGroundStoneWall);
    }
  };
  const double deep = -2.0;
  const double low_top = .55 * top;
  for (const double side : {1.0, -1.0}) {
    const Vec2d inner(side * half, deep), outer(side * (half + kWing_m), deep);
    const Vec2d outer_top(side * (half + kWing_m), low_top), inner_top(side * half, top);
    if (side > 0) {
      face(inner, outer, outer_top, inner_top);
    } else {
      face(outer, inner, inner_top, outer_top);
    }
    // Coping and end of the wing.
    const TriangleMesh coping =
        asset::box({0, 0, 0}, {.9f, static_cast<float>(kWing_m + .2), .25f}, kGroundConcrete, .03f);
    const Vec3f a = at(inner_top, kHood_m - .35), b = at(outer_top, kHood_m - .35);
    const Vec3f y = glm::normalize(b - a), x = glm::normalize(Vec3f(Vec3d(out, 0)));
    mesh.append(coping, {glm::mat3(x, y, glm::cross(x, y)), .5f * (a + b)});
  }
  for (std::size_t k = 3; k + 4 < inside.size(); ++k) {
    const Vec2d a = inside[k], b = inside[k + 1];
    if (a.x - b.x < 1e-6) continue;
    face(b, a, {a.x, top}, {b.x, top});
  }
  const Vec3f l = at({half, top}, kHood_m - .35), r = at({-half, top}, kHood_m - .35);
  const Vec3f y = glm::normalize(l - r), x = glm::normalize(Vec3f(Vec3d(out, 0)));
  mesh.append(asset::box({0, 0, 0}, {.9f, glm::length(l - r) + .3f, .3f}, kGroundConcrete, .03f),
              {glm::mat3(x, y, glm::cross(x, y)), .5f * (l + r)});
  // A ring of lighter stones stands out around the opening.
  const std::vector<Vec2d> outside = shell(inside);
  for (std::size_t k = 2; k + 3 < inside.size(); ++k) {
    const std::array<Vec2d, 4> q = {inside[k + 1], inside[k], outside[k], outside[k + 1]};
    std::array<Vec3f, 4> p;
    for (std::size_t i = 0; i < 4; ++i) p[i] = at(q[i], kHood_m + .08);
    if (along) {
      mesh.add_quad(p[0], p[1], p[2], p[3], kGroundConcrete);
    } else {
      mesh.add_quad(p[1], p[0], p[3], p[2], kGroundConcrete);
    }
  }
}

}  // namespace

double tunnel_crown_m(const StructureLine& line, const StructureSection& section) {
  if (line.structure().type == "underpass") return kClear_m;
  // The vault is half an ellipse over the walls; it is as high as it must be over the borders.
  const double share = section.half_width_m() / (section.half_width_m() + kTunnelWalk_m);
  return kWall_m + (kClear_m - kWall_m) / std::sqrt(1 - share * share);
}

TriangleMesh tunnel_mesh(const StructureLine& line) {
  TriangleMesh mesh;
  std::vector<StructureSection> sections = line.sections();
  // The tube reaches out to the portal's face.
  const auto way = [](const StructureSection& section) {
    return Vec2d(section.aside.y, -section.aside.x);
  };
  const auto moved = [&](StructureSection section, double along) {
    section.from_start_m += along;
    for (Vec3d* p : {&section.left, &section.right}) *p += Vec3d(along * way(section), 0);
    return section;
  };
  const StructureSection first = sections.front(), last = sections.back();
  if (line.begins()) sections.insert(sections.begin(), moved(first, -kHood_m - .08));
  if (line.ends()) sections.push_back(moved(last, kHood_m + .08));
  for (std::size_t i = 0; i + 1 < sections.size(); ++i) {
    const std::vector<Vec2d> inside = profile(line, sections[i]);
    const std::vector<Vec2d> outside = shell(inside);
    double around = 0;
    for (std::size_t k = 0; k + 1 < inside.size(); ++k) {
      // Profiles run from left to right over the top: seen from inside, along s is to the right on
      // the left wall.
      add_strip(mesh, sections[i], sections[i + 1], inside[k], inside[k + 1], around, true,
                lining(inside[k], inside[k + 1]));
      if (k >= 2 && k + 3 < inside.size()) {
        add_strip(mesh, sections[i], sections[i + 1], outside[k], outside[k + 1], around, false,
                  kGroundConcrete);
      }
      around += glm::length(inside[k + 1] - inside[k]);
    }
  }
  if (line.begins()) add_portal(mesh, line, first, -way(first));
  if (line.ends()) add_portal(mesh, line, last, way(last));
  return mesh;
}

namespace {

// Sections that carry luminaires.
std::vector<StructureSection> lamp_sections(const StructureLine& line) {
  std::vector<StructureSection> out;
  if (line.structure().lighting <= 0) return out;
  const double begin = line.sections().front().from_start_m;
  const double end = line.sections().back().from_start_m;
  for (double s = std::ceil((begin + 1) / kLampStep_m) * kLampStep_m; s < end - 1;
       s += kLampStep_m) {
    out.push_back(line.at(s));
  }
  return out;
}

// Where a luminaire hangs: `side` of the half width.
Vec3d lamp_place(const StructureLine& line, const StructureSection& section, double side) {
  const double half = section.half_width_m() + kTunnelWalk_m;
  const double crown = tunnel_crown_m(line, section);
  const double up = line.structure().type == "underpass"
                        ? crown
                        : kWall_m + (crown - kWall_m) * std::sqrt(1 - side * side);
  return Vec3d(lift(section, {side * half, up - .12}));
}

}  // namespace

TriangleMesh tunnel_lamps(const StructureLine& line) {
  TriangleMesh mesh;
  for (const StructureSection& section : lamp_sections(line)) {
    for (const double side : {kLampSide, -kLampSide}) {
      const Vec3f place(lamp_place(line, section, side));
      const Vec2d& a = section.aside;
      const asset::Affine3f T{glm::mat3(Vec3f(a.y, -a.x, 0), Vec3f(a.x, a.y, 0), Vec3f(0, 0, 1)),
                              place};
      mesh.append(asset::box({0, 0, .06f}, {1.3f, .28f, .12f}, kGroundSteel, .015f), T);
      mesh.append(asset::box({0, 0, -.012f}, {kLampLong_m, kLampWide_m, .024f}, kGroundLuminaire),
                  T);
    }
  }
  return mesh;
}

std::vector<asset::Luminaire> tunnel_lights(const StructureLine& line) {
  std::vector<asset::Luminaire> out;
  const Vec3f luminance = ground_materials()[kGroundLuminaire].emission_cd_m2;
  for (const StructureSection& section : lamp_sections(line)) {
    asset::Luminaire light;
    light.lamp = asset::kTunnelLamp;
    light.position_m =
        .5 * (lamp_place(line, section, kLampSide) + lamp_place(line, section, -kLampSide)) -
        Vec3d(0, 0, .06);
    light.axis = {0, 0, -1};
    light.up = {section.aside.y, -section.aside.x, 0};
    light.candela = luminance * (2 * kLampLong_m * kLampWide_m);
    light.radius_m = .5f * kLampLong_m;
    out.push_back(std::move(light));
  }
  return out;
}

}  // namespace oddroad::stage

#include <algorithm>
#include <cmath>

#include "engine/asset/mesh_tools.h"
#include "engine/stage/object_mesh.h"
#include "engine/stage/structures.h"
#include "engine/stage/surface.h"

namespace oddroad::stage {

namespace {

using math::TriangleMesh;
using math::Vec2d;
using math::Vec3d;
using math::Vec3f;

constexpr double kBeam_m = 0.45;    // edge beam beyond the road's border
constexpr double kBeamUp_m = 0.12;  // above the road
constexpr double kBeamDown_m = 0.55;
constexpr double kRailing_m = 1.05;
constexpr double kSpan_m = 22;
constexpr double kPier_m = 0.55;  // radius
constexpr double kBuried_m = 1.0;

double depth_of(const StructureLine& line) {
  return std::clamp(line.structure().length_m / 20, .8, 1.8);
}

// From the left border round the underside to the right border: metres beyond the border (negative:
// under the road) and up from it.
struct Corner {
  bool left = true;
  double beyond = 0, up = 0;
};

std::vector<Corner> section_of(double depth) {
  const std::vector<Corner> left = {{true, 0, 0},
                                    {true, 0, kBeamUp_m},
                                    {true, kBeam_m, kBeamUp_m},
                                    {true, kBeam_m, -kBeamDown_m},
                                    {true, 0, -kBeamDown_m},
                                    {true, -1.0, -depth}};
  std::vector<Corner> out = left;
  for (std::size_t k = left.size(); k-- > 0;) out.push_back({false, left[k].beyond, left[k].up});
  return out;
}

Vec3d place(const StructureSection& section, const Corner& corner) {
  const double room = section.half_width_m() - .2;
  const double beyond = std::max(corner.beyond, -room);
  return (corner.left ? section.left : section.right) +
         Vec3d((corner.left ? beyond : -beyond) * section.aside, corner.up);
}

void add_deck(TriangleMesh& mesh, const StructureLine& line, double depth) {
  const std::vector<Corner> corners = section_of(depth);
  const auto& sections = line.sections();
  for (std::size_t i = 0; i + 1 < sections.size(); ++i) {
    double around = 0;
    for (std::size_t k = 0; k + 1 < corners.size(); ++k) {
      const Vec3f a(place(sections[i], corners[k])), b(place(sections[i], corners[k + 1]));
      const Vec3f c(place(sections[i + 1], corners[k + 1])), d(place(sections[i + 1], corners[k]));
      mesh.add_quad(a, b, c, d, kGroundConcrete);
      const float wide = glm::length(b - a);
      const auto s0 = static_cast<float>(sections[i].from_start_m);
      const auto s1 = static_cast<float>(sections[i + 1].from_start_m);
      const auto v = static_cast<float>(around);
      math::Vec2f* uv = &mesh.uvs[mesh.uvs.size() - 4];
      uv[0] = {s0, v};
      uv[1] = {s0, v + wide};
      uv[2] = {s1, v + wide};
      uv[3] = {s1, v};
      around += wide;
    }
  }
}

void add_railings(TriangleMesh& mesh, const StructureLine& line) {
  for (const bool left : {true, false}) {
    std::vector<road::PathPoint> path;
    for (const StructureSection& section : line.sections()) {
      road::PathPoint point;
      point.base = place(section, {left, .25, kBeamUp_m - .02});
      point.height_m = kRailing_m;
      path.push_back(point);
    }
    TriangleMesh railing = path_railing(path, Vec3d(0), 2, 4);
    asset::set_material(railing, kGroundSteel);
    mesh.append(railing);
  }
}

asset::Affine3f frame_at(const StructureSection& section, const Vec3d& p) {
  const Vec2d& a = section.aside;
  return {glm::mat3(Vec3f(a.y, -a.x, 0), Vec3f(a.x, a.y, 0), Vec3f(0, 0, 1)), Vec3f(p)};
}

// Across the end, from the deck down into the ground; it stands under the deck's last metre.
void add_abutment(TriangleMesh& mesh, const StructureSection& section, double into, double depth,
                  const Terrain& terrain) {
  const double half = section.half_width_m() + kBeam_m;
  double ground = section.low_m();
  for (const double side : {-1.0, 0.0, 1.0}) {
    ground =
        std::min(ground, terrain.height(Vec2d(section.middle()) + side * half * section.aside));
  }
  const double top = section.low_m() - .3;
  const double bottom = std::min(ground, top - depth) - kBuried_m - 2;
  const auto size = Vec3f(1.2, 2 * half, top - bottom);
  TriangleMesh wall = asset::box({0, 0, 0}, size, kGroundConcrete, .03f);
  const Vec2d along(section.aside.y, -section.aside.x);
  mesh.append(wall, frame_at(section, Vec3d(Vec2d(section.middle()) + into * .6 * along,
                                            .5 * (top + bottom))));
}

bool may_stand(const StructureSection& section, const Occupancy& below) {
  const double half = section.half_width_m();
  const int n = std::max(1, static_cast<int>(half));
  for (int k = -n; k <= n; ++k) {
    const Vec2d p = Vec2d(section.middle()) + half * k / n * section.aside;
    if (!below.disc_is_free(p, kPier_m + 1.2, kCoverPaved)) return false;
  }
  return true;
}

void add_pier(TriangleMesh& mesh, const StructureSection& section, double depth,
              const Terrain& terrain) {
  const double half = section.half_width_m();
  const double cap = section.low_m() - depth;
  const int columns = std::max(1, static_cast<int>(std::round(half / 2.2)));
  for (int k = 0; k < columns; ++k) {
    const double t = columns > 1 ? (2.0 * k / (columns - 1) - 1) * (half - 1.3) : 0;
    const Vec2d p = Vec2d(section.middle()) + t * section.aside;
    const Vec3d foot(p, terrain.height(p) - kBuried_m);
    if (cap - foot.z < 1) continue;
    const auto r = static_cast<float>(kPier_m);
    mesh.append(asset::cylinder(Vec3f(foot), Vec3f(Vec3d(p, cap - .7)), r, r, 20, kGroundConcrete));
  }
  mesh.append(asset::box({0, 0, 0}, Vec3f(1.4, 2 * half - 1, .9), kGroundConcrete, .04f),
              frame_at(section, Vec3d(Vec2d(section.middle()), cap - .35)));
}

// Equal spans; a pier that would stand on a road moves on as far as it must.
void add_piers(TriangleMesh& mesh, const StructureLine& line, double depth, const Terrain& terrain,
               const Occupancy& below) {
  const double length = line.structure().length_m;
  const int spans = std::max(1, static_cast<int>(std::ceil(length / kSpan_m)));
  const double first = line.sections().front().from_start_m;
  const double last = line.sections().back().from_start_m;
  for (int k = 1; k < spans; ++k) {
    const double wanted = length * k / spans;
    for (const double shift : {0., 1., -1., 2., -2., 3., -3., 4.5, -4.5, 6., -6., 8., -8.}) {
      const double s = wanted + shift;
      if (s < std::max(first, 4.0) || s > std::min(last, length - 4)) continue;
      if (!may_stand(line.at(s), below)) continue;
      add_pier(mesh, line.at(s), depth, terrain);
      break;
    }
  }
}

}  // namespace

TriangleMesh bridge_mesh(const StructureLine& line, const Terrain& terrain,
                         const Occupancy& below) {
  TriangleMesh mesh;
  const double depth = depth_of(line);
  add_deck(mesh, line, depth);
  add_railings(mesh, line);
  if (line.begins()) add_abutment(mesh, line.sections().front(), 1, depth, terrain);
  if (line.ends()) add_abutment(mesh, line.sections().back(), -1, depth, terrain);
  add_piers(mesh, line, depth, terrain, below);
  return mesh;
}

}  // namespace oddroad::stage

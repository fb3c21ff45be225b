#include <array>
#include <cmath>

#include "engine/asset/mesh_tools.h"
#include "engine/stage/dressing.h"
#include "engine/stage/roadside.h"
#include "engine/stage/surface.h"

namespace oddroad::stage {

namespace {

using math::TriangleMesh;
using math::Vec2d;
using math::Vec3d;
using math::Vec3f;

constexpr double kBehindEdge_m = 0.6;
constexpr double kTop_m = 0.75;
constexpr double kPostStep_m = 4.0;

// The W section: height below the top against depth towards the road, metres.
constexpr std::array<std::array<double, 2>, 9> kBeam = {{{0, 0},
                                                         {.015, .002},
                                                         {.042, .038},
                                                         {.066, .078},
                                                         {.080, .083},
                                                         {.112, .083},
                                                         {.126, .076},
                                                         {.146, .034},
                                                         {.155, .022}}};

// The whole section is the half above mirrored downwards.
std::vector<Vec2d> beam_section() {
  std::vector<Vec2d> out;
  for (const auto& [z, d] : kBeam) out.emplace_back(d, -z);
  for (std::size_t i = kBeam.size() - 1; i-- > 0;) {
    out.emplace_back(kBeam[i][1], -(2 * kBeam.back()[0] - kBeam[i][0]));
  }
  return out;
}

TriangleMesh rail_along(const Roadside& side, const Terrain& terrain, bool left) {
  TriangleMesh mesh;
  const std::vector<Vec2d> section = beam_section();
  std::vector<asset::Ring> rings;
  const auto line = [&](double d) {
    const RoadsidePlace at = side.at(d);
    return std::pair(at.position + Vec3d(kBehindEdge_m * at.outward, 0), at);
  };
  const int pieces = std::max(1, static_cast<int>(std::ceil(side.length_m() / kPostStep_m)));
  for (int k = 0; k <= pieces; ++k) {
    const double d = side.length_m() * k / pieces;
    const auto [p, at] = line(d);
    asset::Ring ring;
    for (const Vec2d& q : section) {
      ring.emplace_back(p + Vec3d(-q.x * at.outward, kTop_m + q.y));
    }
    rings.push_back(std::move(ring));
    // A post behind the beam, down into the ground.
    const double foot = std::min(terrain.height(Vec2d(p)), p.z) - .2;
    const Vec3d middle = p + Vec3d(.05 * at.outward, 0);
    const double tall = p.z + kTop_m - .03 - foot;
    TriangleMesh post = asset::box({0, 0, 0}, {.1f, .055f, static_cast<float>(tall)}, kGroundSteel);
    const Vec2d n = at.outward;
    mesh.append(post, {glm::mat3(Vec3f(n.x, n.y, 0), Vec3f(-n.y, n.x, 0), Vec3f(0, 0, 1)),
                       Vec3f(middle.x, middle.y, foot + .5 * tall)});
  }
  TriangleMesh beam = asset::loft(rings, kGroundSteel, {.closed_rings = false, .crease_rad = .6f});
  // Section points run down; with s growing that faces the road on the right side only.
  mesh.append(left ? asset::flipped(beam) : beam);
  return mesh;
}

}  // namespace

std::vector<TriangleMesh> guard_rails(const Run& run, const Terrain& terrain,
                                      const Occupancy& occupied) {
  std::vector<TriangleMesh> out;
  const std::size_t n = run.strips.size();
  for (std::size_t k = 0; k < n; ++k) {
    if (!is_carriageway(run.strips[k])) continue;
    for (const bool left : {true, false}) {
      const bool rim = left ? k == 0 : k + 1 == n;
      const std::size_t beyond = left ? k - 1 : k + 1;
      if (!rim && run.strips[beyond] != SurfaceKind::kGrass) continue;
      const std::size_t edge = left ? k : k + 1;
      const Roadside side(run, edge, left);
      // Not across a slip road or into an opposite carriageway.
      bool clear = true;
      for (double d = 0; d <= side.length_m() && clear; d += 4) {
        const RoadsidePlace at = side.at(d);
        clear = occupied.disc_is_free(Vec2d(at.position) + (kBehindEdge_m + .55) * at.outward, .1,
                                      kCoverPaved);
      }
      if (clear && side.length_m() > 8) out.push_back(rail_along(side, terrain, left));
    }
  }
  return out;
}

}  // namespace oddroad::stage

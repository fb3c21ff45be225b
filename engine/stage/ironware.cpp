// Manhole covers and gully grates in town streets: flat, part of the road's own surface.
#include <algorithm>
#include <cmath>

#include "engine/core/random.h"
#include "engine/stage/roadside.h"
#include "engine/stage/surface.h"

namespace oddroad::stage {

namespace {

using math::TriangleMesh;
using math::Vec2d;
using math::Vec3d;
using math::Vec3f;

constexpr double kLift_m = 0.002;
constexpr double kCover_m = 0.32;   // radius, EN 124 frames of 785 mm with their rim
constexpr double kCollar_m = 0.46;  // of the newer asphalt around it
constexpr double kGrateLong_m = 0.5, kGrateWide_m = 0.32;

// The road's points over a small figure about (s, t).
class Figure {
 public:
  Figure(const road::Road& road, const Run& run, const Vec3d& origin)
      : road_(road), run_(run), origin_(origin) {}

  [[nodiscard]] Vec3f at(double s, double t, double lift) const {
    return Vec3f(road_.surface(run_.section, s, t) - origin_ + Vec3d(0, 0, lift));
  }
  void disc(TriangleMesh& mesh, double s, double t, double radius, double lift,
            std::uint16_t material) const {
    constexpr int kSides = 20;
    const auto add = [&](double u, double v) {
      return mesh.add_vertex(at(s + u, t + v, lift), {0, 0, 1},
                             {static_cast<float>(s + u), static_cast<float>(t + v)});
    };
    const std::uint32_t middle = add(0, 0);
    std::uint32_t last = add(radius, 0);
    for (int k = 1; k <= kSides; ++k) {
      const double a = 2 * M_PI * k / kSides;
      const std::uint32_t next = add(radius * std::cos(a), radius * std::sin(a));
      mesh.add_triangle(middle, last, next, material);
      last = next;
    }
  }
  void plate(TriangleMesh& mesh, double s, double t, double along, double across,
             std::uint16_t material) const {
    const double u = .5 * along, v = .5 * across;
    mesh.add_quad(at(s - u, t - v, kLift_m), at(s + u, t - v, kLift_m), at(s + u, t + v, kLift_m),
                  at(s - u, t + v, kLift_m), material);
    // Bars across the flow.
    math::Vec2f* uv = &mesh.uvs[mesh.uvs.size() - 4];
    const auto long_uv = static_cast<float>(along), wide_uv = static_cast<float>(across);
    uv[0] = {0, 0};
    uv[1] = {0, long_uv};
    uv[2] = {wide_uv, long_uv};
    uv[3] = {wide_uv, 0};
  }

 private:
  const road::Road& road_;
  const Run& run_;
  Vec3d origin_;
};

}  // namespace

void add_ironware(std::map<std::string, TriangleMesh>& by_class, const road::RoadMap& map,
                  const Run& run, const Vec3d& origin_map) {
  const road::Road& road = map.roads[static_cast<std::size_t>(run.road)];
  if (run.connecting || run.structure != nullptr) return;
  const Figure figure(road, run, origin_map);
  core::RandomStream random(0, "stage/iron/" + road.id + "/" + std::to_string(run.section));
  const double begin = run.stations.front().s_m, end = run.stations.back().s_m;
  // Covers: along the section from its start, so that a clipped run keeps its own.
  double s = road.sections[static_cast<std::size_t>(run.section)].s_m;
  while ((s += random.uniform(14, 42)) < end - 1) {
    const double share = random.uniform(.25, .75), lane_draw = random.uniform();
    if (s < begin + 1) continue;
    std::vector<int> lanes;
    for (const road::Lane& lane : road.sections[static_cast<std::size_t>(run.section)].lanes) {
      const bool wide = lane.id != 0 && road.strip(run.section, lane.id, s).width_m() > 2.5;
      if (wide && surface_of(lane) == SurfaceKind::kAsphalt) lanes.push_back(lane.id);
    }
    if (lanes.empty()) continue;
    const int lane = lanes[static_cast<std::size_t>(lane_draw * static_cast<double>(lanes.size()))];
    const road::LaneStrip strip = road.strip(run.section, lane, s);
    const double t = strip.inner_t_m + share * (strip.outer_t_m - strip.inner_t_m);
    figure.disc(by_class["road"], s, t, kCollar_m, .5 * kLift_m, kGroundShoulder);
    figure.disc(by_class["road"], s, t, kCover_m, kLift_m, kGroundIron);
  }
  // Grates before the kerbs.
  for (const bool left : {true, false}) {
    const std::size_t edge = carriageway_edge(run, left);
    if (edge > run.strips.size()) continue;
    const std::size_t strip = left ? edge : edge - 1;
    const bool kerb = left ? edge > 0 && run.strips[edge - 1] == SurfaceKind::kKerb
                           : edge < run.strips.size() && run.strips[edge] == SurfaceKind::kKerb;
    if (!kerb) continue;
    TriangleMesh& mesh = by_class[class_of(run.strips[strip])];
    const double step = 24, phase = left ? 5 : 14;
    for (double at = std::ceil((begin + 1 - phase) / step) * step + phase; at < end - 1;
         at += step) {
      const auto next = std::lower_bound(run.stations.begin() + 1, run.stations.end() - 1, at,
                                         [](const Station& st, double value) {
                                           return st.s_m < value;
                                         });
      const Station& a = *(next - 1);
      const double u = (at - a.s_m) / std::max(1e-9, next->s_m - a.s_m);
      const double t = glm::mix(a.points[edge].t_m, next->points[edge].t_m, u);
      figure.plate(mesh, at, t + (left ? -1 : 1) * (.5 * kGrateWide_m + .03), kGrateLong_m,
                   kGrateWide_m, kGroundGrate);
    }
  }
}

}  // namespace oddroad::stage

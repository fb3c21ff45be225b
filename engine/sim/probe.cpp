#include "engine/sim/probe.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

#include "engine/sim/relations.h"
#include "engine/sim/simulation.h"
#include "engine/world/scene_window.h"

namespace oddroad::sim {
namespace {

constexpr std::size_t kPoints = 64;
constexpr double kClose_s = 2.0;  // before the end of the search: looked at every 100 ms,
constexpr int kCloseSteps = 10;   // earlier every 300 ms
constexpr int kFarSteps = 30;

struct Target {
  std::set<core::InstanceId> ids;  // of the actor and whoever rides it
};

Target find_target(const world::Timeline& timeline, const std::string& name) {
  Target out;
  core::InstanceId own;
  for (const world::Actor& actor : timeline.actors) {
    if (actor.name == name) own = actor.id;
  }
  out.ids.insert(own);
  for (const world::Actor& actor : timeline.actors) {
    if (actor.rides == own) out.ids.insert(actor.id);
  }
  return out;
}

// The i-th point of an even spread over a triangle (the R2 sequence, folded).
math::Vec3d point_in(const std::array<math::Vec3d, 3>& corners, std::size_t i) {
  const auto fraction = [](double x) { return x - std::floor(x); };
  double u = fraction(0.5 + 0.7548776662466927 * static_cast<double>(i));
  double v = fraction(0.5 + 0.5698402909980532 * static_cast<double>(i));
  if (u + v > 1) {
    u = 1 - u;
    v = 1 - v;
  }
  return corners[0] + u * (corners[1] - corners[0]) + v * (corners[2] - corners[0]);
}

// Points on what of the target faces the eye, spread evenly by apparent area.
std::vector<math::Vec3d> facing_points(const world::SceneWindow& window, const Target& target,
                                       const math::Vec3d& eye, std::int64_t stamp) {
  struct Patch {
    std::array<math::Vec3d, 3> corners;
    double upto;
  };
  std::vector<Patch> patches;
  double total = 0;
  for (const world::Drawable& d : window.drawables) {
    if (!target.ids.contains(d.instance)) continue;
    for (std::uint32_t t = 0; t < d.mesh->triangle_count(); ++t) {
      const auto p = world::triangle_at(window, d, t, stamp);
      const math::Vec3d centre = (p[0] + p[1] + p[2]) / 3.0;
      const math::Vec3d to_eye = eye - centre;
      const double r = glm::length(to_eye);
      const double apparent = glm::dot(glm::cross(p[1] - p[0], p[2] - p[0]), to_eye) / (r * r * r);
      if (!(apparent > 0)) continue;
      total += apparent;
      patches.push_back({p, total});
    }
  }
  std::vector<math::Vec3d> out;
  std::size_t k = 0;
  for (std::size_t i = 0; i < kPoints && !patches.empty(); ++i) {
    const double wanted = total * (static_cast<double>(i) + 0.5) / kPoints;
    while (k + 1 < patches.size() && patches[k].upto < wanted) ++k;
    out.push_back(point_in(patches[k].corners, i));
  }
  return out;
}

double visible_share(const world::SceneWindow& window, const scene::RayCaster& caster,
                     const Target& target, const math::Vec3d& eye, std::int64_t stamp) {
  const std::vector<math::Vec3d> points = facing_points(window, target, eye, stamp);
  if (points.empty()) return 0;
  scene::RayBatch rays;
  rays.resize(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    rays.set(i, eye, points[i] - eye, stamp, std::numeric_limits<float>::infinity());
  }
  scene::RayHits hits;
  caster.intersect(rays, scene::RayKind::kSensor, false, hits);
  std::size_t seen = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::uint32_t drawable = hits.drawable[i];
    const bool on_target =
        drawable != 0 && target.ids.contains(window.drawables[drawable - 1].instance);
    if (on_target || drawable == 0 || hits.t[i] > 0.999f) ++seen;
  }
  return static_cast<double>(seen) / static_cast<double>(points.size());
}

// The last instant first: that is where a target shows itself if it does at all.
std::vector<std::int64_t> instants_before(std::int64_t end_ns) {
  std::vector<std::int64_t> out;
  const auto close_ns = static_cast<std::int64_t>(kClose_s * 1e9);
  for (std::int64_t t = end_ns; t >= 0;) {
    out.push_back(t);
    t -= world::kStepNs * (end_ns - t < close_ns ? kCloseSteps : kFarSteps);
  }
  return out;
}

}  // namespace

SimProbe::SimProbe(const road::LaneGraph& graph, const SimContext& context,
                   scene::RayCasterFactory& casters, const math::Vec3d& eye_ego, StageSource stage)
    : graph_(graph),
      context_(context),
      casters_(casters),
      eye_ego_(eye_ego),
      stage_(std::move(stage)) {}

std::optional<core::Diagnostics> SimProbe::placement_problem(const scenario::Variant& variant) {
  const auto simulation = Simulation::create(variant, graph_, context_);
  if (simulation) return std::nullopt;
  return simulation.error();
}

core::Result<SightRange> SimProbe::sight(const scenario::Variant& variant,
                                         const scenario::HiddenQuery& query,
                                         const world::StaticWorld* stage) const {
  auto simulation = Simulation::create(variant, graph_, context_);
  if (!simulation) return core::forward_error(simulation);
  const Bodies& bodies = (*simulation)->bodies();
  const Body* target = nullptr;
  for (const Body& body : bodies) {
    if (body.name == query.target) target = &body;
  }
  if (target == nullptr) return core::fail("unknown actor '" + query.target + "' to look at");
  if (query.from != bodies[variant.ego].name) {
    return core::fail("sight is judged from the ego only, not from '" + query.from + "'");
  }
  const Body& ego = bodies[variant.ego];
  while (path_ttc_s(ego, *target) > query.until_ttc_s && (*simulation)->step()) {
  }
  const world::Timeline timeline = (*simulation)->timeline();
  const world::StaticWorld nothing;
  const world::SceneBuilder builder(timeline, stage != nullptr ? *stage : nothing);
  const Target ids = find_target(timeline, query.target);
  SightRange out{1, 0, 0};
  for (const std::int64_t stamp : instants_before(timeline.end_ns)) {
    const world::SceneWindow window = builder.window(stamp, stamp);
    const auto caster = casters_.create(window);
    const math::Vec3d eye = world::pose_at(timeline.actors[timeline.ego], stamp).point(eye_ego_);
    const double share = visible_share(window, *caster, ids, eye, stamp);
    out.least = std::min(out.least, share);
    out.most = std::max(out.most, share);
    ++out.instants;
    if (query.must_be_visible ? out.least < query.below : out.most >= query.below) break;
  }
  return out;
}

core::Result<bool> SimProbe::holds(const scenario::Variant& variant,
                                   const scenario::HiddenQuery& query) {
  const auto judge = [&](const SightRange& seen) {
    return query.must_be_visible ? seen.least >= query.below : seen.most < query.below;
  };
  const auto actors_only = sight(variant, query, nullptr);
  if (!actors_only) return core::forward_error(actors_only);
  const bool answer = judge(*actors_only);
  // A stage can only hide more: it may turn a failed `hidden` or a passed `visible`.
  if (!stage_ || answer != query.must_be_visible) return answer;
  const auto stage = stage_(variant);
  if (!stage) return core::forward_error(stage);
  const auto with_stage = sight(variant, query, &*stage);
  if (!with_stage) return core::forward_error(with_stage);
  return judge(*with_stage);
}

}  // namespace oddroad::sim

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

// The run up to the end of the search, with the models of `timeline` as far as they are made.
struct DryRun {
  world::Timeline timeline;
  std::vector<asset::ModelRequest> requests;  // as timeline.actors; those of riders are not used
  std::set<core::InstanceId> target;          // the actor and whoever rides it
};

core::Result<DryRun> dry_run(const scenario::Variant& variant, const road::LaneGraph& graph,
                             const SimContext& context, const scenario::HiddenQuery& query) {
  SimContext outlines = context;
  outlines.outlines_only = true;
  auto simulation = Simulation::create(variant, graph, outlines);
  if (!simulation) return core::forward_error(simulation);
  const Bodies& bodies = (*simulation)->bodies();
  const Body* target = nullptr;
  for (const Body& body : bodies) {
    if (body.name == query.target) target = &body;
  }
  if (target == nullptr) return core::fail("unknown actor '" + query.target + "' to look at");
  const Body& ego = bodies[variant.ego];
  if (query.from != ego.name) {
    return core::fail("sight is judged from the ego only, not from '" + query.from + "'");
  }
  while (path_ttc_s(ego, *target) > query.until_ttc_s && (*simulation)->step()) {
  }
  DryRun out{(*simulation)->timeline(), {}, {}};
  for (const scenario::VariantActor& actor : variant.actors) out.requests.push_back(actor.model);
  for (const world::Actor& actor : out.timeline.actors) {
    const bool is_target =
        actor.name == query.target || (actor.rides && out.target.contains(actor.rides));
    if (is_target) out.target.insert(actor.id);
  }
  return out;
}

// Gives an actor of the run its full model if it has only an outline.
core::Result<bool> flesh_out(DryRun& run, std::size_t actor, ModelSource& models) {
  if (!run.timeline.actors[actor].model->parts.empty()) return true;
  auto model = models.model(run.requests[actor]);
  if (!model) return core::forward_error(model);
  run.timeline.actors[actor].model = *model;
  return true;
}

// The i-th point of an even spread over a triangle (the R2 sequence, folded).
math::Vec3d point_in(const std::array<math::Vec3d, 3>& corners, std::size_t i) {
  const auto fraction = [](double x) {
    return x - std::floor(x);
  };
  double u = fraction(0.5 + 0.7548776662466927 * static_cast<double>(i));
  double v = fraction(0.5 + 0.5698402909980532 * static_cast<double>(i));
  if (u + v > 1) {
    u = 1 - u;
    v = 1 - v;
  }
  return corners[0] + u * (corners[1] - corners[0]) + v * (corners[2] - corners[0]);
}

// Points on what of the target faces the eye, spread evenly by apparent area.
std::vector<math::Vec3d> facing_points(const world::SceneWindow& window,
                                       const std::set<core::InstanceId>& target,
                                       const math::Vec3d& eye, std::int64_t stamp) {
  struct Patch {
    std::array<math::Vec3d, 3> corners;
    double upto;
  };
  std::vector<Patch> patches;
  double total = 0;
  for (const world::Drawable& d : window.drawables) {
    if (!target.contains(d.instance)) continue;
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

// One look: the eye, the points of the target, and when.
struct Look {
  std::int64_t stamp = 0;
  math::Vec3d eye;
  std::vector<math::Vec3d> points;
};

double visible_share(const world::SceneWindow& window, const scene::RayCaster& caster,
                     const std::set<core::InstanceId>& target, const Look& look) {
  if (look.points.empty()) return 0;
  scene::RayBatch rays;
  rays.resize(look.points.size());
  for (std::size_t i = 0; i < look.points.size(); ++i) {
    rays.set(i, look.eye, look.points[i] - look.eye, look.stamp,
             std::numeric_limits<float>::infinity());
  }
  scene::RayHits hits;
  caster.intersect(rays, scene::RayKind::kSensor, false, hits);
  std::size_t seen = 0;
  for (std::size_t i = 0; i < look.points.size(); ++i) {
    const std::uint32_t drawable = hits.drawable[i];
    const bool on_target =
        drawable != 0 && target.contains(window.drawables[drawable - 1].instance);
    if (on_target || drawable == 0 || hits.t[i] > 0.999f) ++seen;
  }
  return static_cast<double>(seen) / static_cast<double>(look.points.size());
}

// Does the segment from a to b meet the box?
bool meets(const math::Aabb& box, const math::Vec3d& a, const math::Vec3d& b) {
  double enter = 0;
  double leave = 1;
  for (int axis = 0; axis < 3; ++axis) {
    const double d = b[axis] - a[axis];
    if (std::abs(d) < 1e-12) {
      if (a[axis] < box.lower[axis] || a[axis] > box.upper[axis]) return false;
      continue;
    }
    const double t0 = (box.lower[axis] - a[axis]) / d;
    const double t1 = (box.upper[axis] - a[axis]) / d;
    enter = std::max(enter, std::min(t0, t1));
    leave = std::min(leave, std::max(t0, t1));
  }
  return enter <= leave;
}

// Which actors may hide the target at a look (true per actor), and the share of rays that meet no
// box at all: that much is seen for certain if nothing but actors hides.
double certain_share(const DryRun& run, const Look& look, std::vector<bool>& may_hide) {
  constexpr double kBeyondBox_m = 0.35;  // mirrors, swinging limbs
  std::vector<bool> blocked(look.points.size(), false);
  for (std::size_t k = 0; k < run.timeline.actors.size(); ++k) {
    const world::Actor& actor = run.timeline.actors[k];
    if (k == run.timeline.ego || run.target.contains(actor.id)) continue;
    const math::Affine3d T_actor_world = world::pose_at(actor, look.stamp).inverse();
    math::Aabb box = actor.model->box;
    box.lower -= math::Vec3d(kBeyondBox_m);
    box.upper += math::Vec3d(kBeyondBox_m);
    for (std::size_t i = 0; i < look.points.size(); ++i) {
      if (!meets(box, T_actor_world.point(look.eye), T_actor_world.point(look.points[i]))) continue;
      blocked[i] = true;
      may_hide[k] = true;
    }
  }
  if (blocked.empty()) return 0;
  const auto free = std::count(blocked.begin(), blocked.end(), false);
  return static_cast<double>(free) / static_cast<double>(blocked.size());
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
  SimContext outlines = context_;
  outlines.outlines_only = true;
  const auto simulation = Simulation::create(variant, graph_, outlines);
  if (simulation) return std::nullopt;
  return simulation.error();
}

core::Result<SightRange> SimProbe::sight(const scenario::Variant& variant,
                                         const scenario::HiddenQuery& query,
                                         const world::StaticWorld* stage) const {
  auto run = dry_run(variant, graph_, context_, query);
  if (!run) return core::forward_error(run);
  world::Timeline& timeline = run->timeline;
  std::vector<bool> needed(timeline.actors.size(), false);
  for (std::size_t k = 0; k < needed.size(); ++k) {
    if (!run->target.contains(timeline.actors[k].id)) continue;
    if (auto made = flesh_out(*run, k, *context_.models); !made) return core::forward_error(made);
  }
  const world::StaticWorld nothing;
  const world::SceneBuilder builder(timeline, stage != nullptr ? *stage : nothing);
  std::vector<Look> looks;
  for (const std::int64_t stamp : instants_before(timeline.end_ns)) {
    const world::SceneWindow window = builder.window(stamp, stamp);
    const math::Vec3d eye = world::pose_at(timeline.actors[timeline.ego], stamp).point(eye_ego_);
    looks.push_back({stamp, eye, facing_points(window, run->target, eye, stamp)});
    const double certain = certain_share(*run, looks.back(), needed);
    if (stage == nullptr && !query.must_be_visible && certain >= query.below) {
      return SightRange{certain, certain, static_cast<int>(looks.size())};
    }
  }
  for (std::size_t k = 0; k < needed.size(); ++k) {
    if (!needed[k]) continue;
    if (auto made = flesh_out(*run, k, *context_.models); !made) return core::forward_error(made);
  }
  SightRange out{1, 0, 0};
  for (const Look& look : looks) {
    const world::SceneWindow window = builder.window(look.stamp, look.stamp);
    const auto caster = casters_.create(window);
    const double share = visible_share(window, *caster, run->target, look);
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

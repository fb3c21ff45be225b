#include "engine/sim/probe.h"

#include <algorithm>

#include "engine/sim/relations.h"
#include "engine/sim/simulation.h"
#include "engine/world/scene_window.h"

namespace oddroad::sim {

// The run up to the end of the search, with the models of `timeline` as far as they are made.
struct SimProbe::DryRun {
  world::Timeline timeline;
  std::vector<asset::ModelRequest> requests;  // as timeline.actors; those of riders are not used
  InstanceSet target;                         // the actor and whoever rides it
};

namespace {

using DryRun = SimProbe::DryRun;

constexpr double kClose_s = 2.0;  // before the end of the search: looked at every 100 ms,
constexpr int kCloseSteps = 10;   // earlier every 300 ms
constexpr int kFarSteps = 30;

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

// Gives the actors of the run that are named by their place and have only an outline their full
// models.
core::Result<void> flesh_out(DryRun& run, const std::vector<std::size_t>& actors,
                             ModelSource& models) {
  std::vector<std::size_t> bare;
  std::vector<asset::ModelRequest> requests;
  for (const std::size_t k : actors) {
    if (!run.timeline.actors[k].model->parts.empty()) continue;
    bare.push_back(k);
    requests.push_back(run.requests[k]);
  }
  const auto made = make_models(models, requests);
  for (std::size_t i = 0; i < bare.size(); ++i) {
    if (!made[i]) return core::forward_error(made[i]);
    run.timeline.actors[bare[i]].model = *made[i];
  }
  return {};
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

core::Result<SimProbe::Watch> SimProbe::watch(const scenario::Variant& variant,
                                              const scenario::HiddenQuery& query) const {
  auto run = dry_run(variant, graph_, context_, query);
  if (!run) return core::forward_error(run);
  world::Timeline& timeline = run->timeline;
  std::vector<std::size_t> targets;
  for (std::size_t k = 0; k < timeline.actors.size(); ++k) {
    if (run->target.contains(timeline.actors[k].id)) targets.push_back(k);
  }
  if (auto made = flesh_out(*run, targets, *context_.models); !made) {
    return core::forward_error(made);
  }
  Watch out;
  std::vector<bool> needed(timeline.actors.size(), false);
  const world::StaticWorld nothing;
  const world::SceneBuilder actors(timeline, nothing);
  for (const std::int64_t stamp : instants_before(timeline.end_ns)) {
    const world::SceneWindow window = actors.window(stamp, stamp);
    const math::Vec3d eye = world::pose_at(timeline.actors[timeline.ego], stamp).point(eye_ego_);
    out.looks.push_back(look_at(window, run->target, eye, stamp));
    out.free.push_back(free_points(timeline, run->target, out.looks.back(), needed));
  }
  for (std::size_t k = 0; k < needed.size(); ++k) {
    if (needed[k]) out.may_hide.push_back(k);
  }
  out.run = std::make_shared<DryRun>(std::move(*run));
  return out;
}

core::Result<SightRange> SimProbe::look_exactly(Watch& watched, const world::StaticWorld& around,
                                                const scenario::HiddenQuery& query) const {
  DryRun& run = *watched.run;
  if (auto made = flesh_out(run, watched.may_hide, *context_.models); !made) {
    return core::forward_error(made);
  }
  const world::SceneBuilder builder(run.timeline, around);
  SightRange out{1, 0, 0};
  for (const Look& look : watched.looks) {
    const world::SceneWindow window = builder.window(look.stamp, look.stamp);
    const auto caster = casters_.create_at(window, look.stamp);
    const double share = share_of(seen_points(window, *caster, run.target, look));
    out.least = std::min(out.least, share);
    out.most = std::max(out.most, share);
    ++out.instants;
    if (query.must_be_visible ? out.least < query.below : out.most >= query.below) break;
  }
  return out;
}

core::Result<SightRange> SimProbe::sight(const scenario::Variant& variant,
                                         const scenario::HiddenQuery& query,
                                         const StageSource* stage) const {
  auto watched = watch(variant, query);
  if (!watched) return core::forward_error(watched);
  world::StaticWorld around;
  if (stage != nullptr) {
    auto made = (*stage)(variant, watched->looks);
    if (!made) return core::forward_error(made);
    around = std::move(*made);
  }
  return look_exactly(*watched, around, query);
}

bool SimProbe::surely_hidden(const Watch& watched, double below) const {
  const world::Timeline& timeline = watched.run->timeline;
  std::vector<std::pair<std::size_t, asset::VehicleCore>> cores;
  for (const std::size_t k : watched.may_hide) {
    if (k >= watched.run->requests.size()) continue;
    if (auto core = context_.models->core(watched.run->requests[k])) cores.emplace_back(k, *core);
  }
  return std::all_of(watched.looks.begin(), watched.looks.end(), [&](const Look& look) {
    std::vector<bool> may_be_seen(look.points.size(), true);
    for (const auto& [k, core] : cores) {
      const math::Affine3d T = world::pose_at(timeline.actors[k], look.stamp).inverse();
      for (std::size_t i = 0; i < look.points.size(); ++i) {
        if (may_be_seen[i] && core.blocks(T.point(look.eye), T.point(look.points[i]))) {
          may_be_seen[i] = false;
        }
      }
    }
    return share_of(may_be_seen) < below;
  });
}

bool SimProbe::surely_seen(const Watch& watched, double below) {
  return std::any_of(watched.free.begin(), watched.free.end(), [&](const auto& free) {
    return share_of(free) >= below;
  });
}

// Points that no actor can hide, seen past the stage. Only the target has a mesh yet.
bool SimProbe::seen_past(const Watch& watched, const world::StaticWorld& around,
                         double below) const {
  const world::SceneBuilder builder(watched.run->timeline, around);
  for (std::size_t n = 0; n < watched.looks.size(); ++n) {
    if (share_of(watched.free[n]) < below) continue;
    const Look& look = watched.looks[n];
    const world::SceneWindow window = builder.window(look.stamp, look.stamp);
    const auto caster = casters_.create_at(window, look.stamp);
    std::vector<bool> seen = seen_points(window, *caster, watched.run->target, look);
    for (std::size_t i = 0; i < seen.size(); ++i) seen[i] = seen[i] && watched.free[n][i];
    if (share_of(seen) >= below) return true;
  }
  return false;
}

core::Result<bool> SimProbe::holds(const scenario::Variant& variant,
                                   const scenario::HiddenQuery& query) {
  auto watched = watch(variant, query);
  if (!watched) return core::forward_error(watched);
  const auto exactly = [&](const world::StaticWorld& around) -> core::Result<bool> {
    const auto seen = look_exactly(*watched, around, query);
    if (!seen) return core::forward_error(seen);
    return query.must_be_visible ? seen->least >= query.below : seen->most < query.below;
  };
  // Bounds first: they need no meshes.
  const bool hide = !query.must_be_visible;
  const bool seen = hide && surely_seen(*watched, query.below);
  if (hide && !seen && surely_hidden(*watched, query.below)) return true;
  const core::Result<bool> answer = seen ? core::Result<bool>(false) : exactly({});
  // A stage can only hide more: it may turn a failed `hidden` or a passed `visible`.
  if (!answer || !stage_ || *answer != query.must_be_visible) return answer;
  const auto around = stage_(variant, watched->looks);
  if (!around) return core::forward_error(around);
  if (hide && seen_past(*watched, *around, query.below)) return false;
  return exactly(*around);
}

}  // namespace oddroad::sim

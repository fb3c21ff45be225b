#include "engine/sim/probe.h"

#include <algorithm>

#include "engine/sim/relations.h"
#include "engine/sim/simulation.h"
#include "engine/world/scene_window.h"

namespace oddroad::sim {
namespace {

constexpr double kClose_s = 2.0;  // before the end of the search: looked at every 100 ms,
constexpr int kCloseSteps = 10;   // earlier every 300 ms
constexpr int kFarSteps = 30;

// The run up to the end of the search, with the models of `timeline` as far as they are made.
struct DryRun {
  world::Timeline timeline;
  std::vector<asset::ModelRequest> requests;  // as timeline.actors; those of riders are not used
  InstanceSet target;                         // the actor and whoever rides it
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

core::Result<SightRange> SimProbe::sight(const scenario::Variant& variant,
                                         const scenario::HiddenQuery& query,
                                         const StageSource* stage) const {
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
  std::vector<bool> needed(timeline.actors.size(), false);
  world::StaticWorld around;
  const world::SceneBuilder actors(timeline, around);
  std::vector<Look> looks;
  for (const std::int64_t stamp : instants_before(timeline.end_ns)) {
    const world::SceneWindow window = actors.window(stamp, stamp);
    const math::Vec3d eye = world::pose_at(timeline.actors[timeline.ego], stamp).point(eye_ego_);
    looks.push_back(look_at(window, run->target, eye, stamp));
    const double certain = certain_share(timeline, run->target, looks.back(), needed);
    if (stage == nullptr && !query.must_be_visible && certain >= query.below) {
      return SightRange{certain, certain, static_cast<int>(looks.size())};
    }
  }
  std::vector<std::size_t> hiding;
  for (std::size_t k = 0; k < needed.size(); ++k) {
    if (needed[k]) hiding.push_back(k);
  }
  if (auto made = flesh_out(*run, hiding, *context_.models); !made) {
    return core::forward_error(made);
  }
  if (stage != nullptr) {
    auto made = (*stage)(variant, looks);
    if (!made) return core::forward_error(made);
    around = std::move(*made);
  }
  const world::SceneBuilder builder(timeline, around);
  SightRange out{1, 0, 0};
  for (const Look& look : looks) {
    const world::SceneWindow window = builder.window(look.stamp, look.stamp);
    const auto caster = casters_.create_at(window, look.stamp);
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
  const auto with_stage = sight(variant, query, &stage_);
  if (!with_stage) return core::forward_error(with_stage);
  return judge(*with_stage);
}

}  // namespace oddroad::sim

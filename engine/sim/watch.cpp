#include "engine/sim/watch.h"

#include "engine/sim/relations.h"
#include "engine/sim/simulation.h"
#include "engine/world/scene_window.h"

namespace oddroad::sim {
namespace {

constexpr double kClose_s = 2.0;  // before the end of the search: looked at every 100 ms,
constexpr int kCloseSteps = 10;   // earlier every 300 ms
constexpr int kFarSteps = 30;

std::vector<std::int64_t> instants_before(std::int64_t end_ns) {
  std::vector<std::int64_t> out;
  const auto close_ns = static_cast<std::int64_t>(kClose_s * 1e9);
  for (std::int64_t t = end_ns; t >= 0;) {
    out.push_back(t);
    t -= world::kStepNs * (end_ns - t < close_ns ? kCloseSteps : kFarSteps);
  }
  return out;
}

// What is left of somebody who need not be seen.
std::shared_ptr<const asset::Model> bare(const asset::Model& model) {
  auto out = std::make_shared<asset::Model>();
  out->name = model.name;
  out->box = model.box;
  return out;
}

}  // namespace

core::Result<std::unique_ptr<Watch>> Watch::begin(const scenario::Variant& variant,
                                                  const road::LaneGraph& graph,
                                                  const SimContext& context,
                                                  const scenario::HiddenQuery& query,
                                                  const math::Vec3d& eye_ego) {
  std::unique_ptr<Watch> out(new Watch(*context.models, eye_ego));
  if (auto run = out->run(variant, graph, context, query); !run) return core::forward_error(run);
  if (auto left = out->undress(query.target); !left) return core::forward_error(left);
  out->stamps_ = instants_before(out->timeline_.end_ns);
  out->looks_.resize(out->count());
  out->judgements_.resize(out->count());
  return out;
}

core::Result<void> Watch::run(const scenario::Variant& variant, const road::LaneGraph& graph,
                              SimContext context, const scenario::HiddenQuery& query) {
  context.models = &models_;
  context.outlines_only = true;
  auto simulation = Simulation::create(variant, graph, context);
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
  timeline_ = (*simulation)->timeline();
  return {};
}

// People come with meshes, which cost time at every look: only the target keeps its own.
core::Result<void> Watch::undress(const std::string& target) {
  std::vector<std::size_t> targets;
  for (std::size_t k = 0; k < timeline_.actors.size(); ++k) {
    world::Actor& actor = timeline_.actors[k];
    outlines_.push_back(actor.model);
    const bool watched = actor.name == target || (actor.rides && target_.contains(actor.rides));
    if (watched) {
      target_.insert(actor.id);
      targets.push_back(k);
    } else {
      actor.model = bare(*actor.model);
    }
  }
  return flesh_out(targets);
}

core::Result<void> Watch::flesh_out(const std::vector<std::size_t>& actors) {
  for (const std::size_t k : actors) {
    world::Actor& actor = timeline_.actors[k];
    if (!actor.model->parts.empty()) continue;
    auto made = models_.in_full(outlines_[k]);
    if (!made) return core::forward_error(made);
    actor.model = std::move(*made);
  }
  return {};
}

const Look& Watch::look(std::size_t n) {
  if (!looks_[n]) {
    const world::StaticWorld nothing;
    const std::int64_t stamp = stamps_[n];
    const auto window = world::SceneBuilder(timeline_, nothing).window(stamp, stamp);
    const math::Vec3d eye = world::pose_at(timeline_.actors[timeline_.ego], stamp).point(eye_ego_);
    looks_[n] = look_at(window, target_, eye, stamp);
  }
  return *looks_[n];
}

const Judgement& Watch::judgement(std::size_t n) {
  if (!judgements_[n]) judgements_[n] = judge_.judge(look(n));
  return *judgements_[n];
}

std::vector<Look> Watch::looks() {
  std::vector<Look> out;
  for (std::size_t n = 0; n < count(); ++n) out.push_back(look(n));
  return out;
}

core::Result<void> Watch::settle(std::size_t n, std::size_t actor,
                                 scene::RayCasterFactory& casters) {
  (void)judgement(n);
  if (auto made = flesh_out({actor}); !made) return made;
  const auto seen = past({}, std::vector<bool>(look(n).points.size(), true), n, casters);
  std::vector<Sightline>& lines = judgements_[n]->lines;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (std::erase(lines[i].may_hide, actor) == 0 || seen[i]) continue;
    lines[i] = {true, {}};
  }
  return {};
}

core::Result<std::vector<bool>> Watch::seen_in(std::size_t n, const world::StaticWorld& around,
                                               scene::RayCasterFactory& casters) {
  std::vector<bool> near(timeline_.actors.size(), false);
  (void)free_points(timeline_, target_, look(n), near);
  std::vector<std::size_t> actors;
  for (std::size_t k = 0; k < near.size(); ++k) {
    if (near[k]) actors.push_back(k);
  }
  if (auto made = flesh_out(actors); !made) return core::forward_error(made);
  return past(around, std::vector<bool>(look(n).points.size(), true), n, casters);
}

std::vector<bool> Watch::past(const world::StaticWorld& around, std::vector<bool> points,
                              std::size_t n, scene::RayCasterFactory& casters) {
  const Look& at = look(n);
  const auto window = world::SceneBuilder(timeline_, around).window(at.stamp, at.stamp);
  const auto caster = casters.create_at(window, at.stamp);
  const std::vector<bool> seen = seen_points(window, *caster, target_, at);
  for (std::size_t i = 0; i < points.size(); ++i) points[i] = points[i] && seen[i];
  return points;
}

}  // namespace oddroad::sim

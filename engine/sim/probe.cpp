#include "engine/sim/probe.h"

#include <algorithm>

#include "engine/sim/simulation.h"

namespace oddroad::sim {

// One question about one variant.
class SimProbe::Case {
 public:
  using Stage = std::function<core::Result<world::StaticWorld>(const std::vector<Look>&)>;
  Case(Watch& watch, scene::RayCasterFactory& casters, double below, Stage stage)
      : watch_(watch), casters_(casters), below_(below), stage_(std::move(stage)) {}

  // Does the target show at least `below` of itself: at any look?
  core::Result<bool> shows_once() {
    // Where bounds alone tell it no mesh is needed.
    for (std::size_t n = 0; n < watch_.count(); ++n) {
      const auto shown = shows_for_certain(n);
      if (!shown || *shown) return shown;
    }
    for (std::size_t n = 0; n < watch_.count(); ++n) {
      const auto shown = shows(n);
      if (!shown || *shown) return shown;
    }
    return false;
  }

  // At every look?
  core::Result<bool> shows_always() {
    for (std::size_t n = 0; n < watch_.count(); ++n) {
      const auto shown = shows(n);
      if (!shown || !*shown) return shown;
    }
    return true;
  }

 private:
  // Makes the meshes that it takes, one by one.
  core::Result<bool> shows(std::size_t n) {
    for (;;) {
      if (watch_.judgement(n).most() < below_) return false;
      const auto shown = shows_for_certain(n);
      if (!shown || *shown) return shown;
      const auto suspect = watch_.judgement(n).suspect();
      if (!suspect) return false;
      const auto settled = watch_.settle(n, *suspect, casters_);
      if (!settled) return core::forward_error(settled);
    }
  }

  // By the points that no actor can hide.
  core::Result<bool> shows_for_certain(std::size_t n) {
    const std::vector<bool> points = watch_.judgement(n).free();
    if (share_of(points) < below_) return false;
    if (!stage_) return true;
    if (auto made = set_stage(n); !made) return core::forward_error(made);
    return share_of(watch_.past(*around_, points, n, casters_)) >= below_;
  }

  // One look mostly decides: the stage is made for it, and for all if another one is needed.
  core::Result<void> set_stage(std::size_t n) {
    if (around_ && (!only_ || *only_ == n)) return {};
    const bool all = around_.has_value();
    auto made = stage_(all ? watch_.looks() : std::vector<Look>{watch_.look(n)});
    if (!made) return core::forward_error(made);
    around_ = std::move(*made);
    only_ = all ? std::nullopt : std::optional(n);
    return {};
  }

  Watch& watch_;
  scene::RayCasterFactory& casters_;
  double below_;
  Stage stage_;
  std::optional<world::StaticWorld> around_;
  std::optional<std::size_t> only_;  // the look that the stage was made for; none: all
};

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
  return Simulation::placement_problem(variant, graph_, outlines);
}

core::Result<SightRange> SimProbe::sight(const scenario::Variant& variant,
                                         const scenario::HiddenQuery& query,
                                         const StageSource* stage) const {
  const auto watch = Watch::begin(variant, graph_, context_, query, eye_ego_);
  if (!watch) return core::forward_error(watch);
  world::StaticWorld around;
  if (stage != nullptr) {
    auto made = (*stage)(variant, (*watch)->looks());
    if (!made) return core::forward_error(made);
    around = std::move(*made);
  }
  SightRange out{1, 0, 0};
  for (std::size_t n = 0; n < (*watch)->count(); ++n) {
    const auto seen = (*watch)->seen_in(n, around, casters_);
    if (!seen) return core::forward_error(seen);
    const double share = share_of(*seen);
    out.least = std::min(out.least, share);
    out.most = std::max(out.most, share);
    ++out.instants;
    if (query.must_be_visible ? out.least < query.below : out.most >= query.below) break;
  }
  return out;
}

core::Result<bool> SimProbe::holds(const scenario::Variant& variant,
                                   const scenario::HiddenQuery& query) {
  const auto watch = Watch::begin(variant, graph_, context_, query, eye_ego_);
  if (!watch) return core::forward_error(watch);
  Case::Stage stage;
  if (stage_) {
    stage = [&](const std::vector<Look>& looks) {
      return stage_(variant, looks);
    };
  }
  Case question(**watch, casters_, query.below, std::move(stage));
  if (query.must_be_visible) return question.shows_always();
  const auto shown = question.shows_once();
  if (!shown) return core::forward_error(shown);
  return !*shown;
}

}  // namespace oddroad::sim

// A run whose target is watched from the ego, with no more meshes than the answer needs.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/sim/cast.h"
#include "engine/sim/remembered_models.h"
#include "engine/sim/sight.h"
#include "engine/sim/sightlines.h"
#include "engine/world/static_world.h"
#include "render/scene/visibility.h"

namespace oddroad::sim {

// Looks and judgements are made when they are asked for. The ego hides nothing from itself.
class Watch {
 public:
  // Runs the variant until ego->target.path_ttc has fallen to query.until_ttc_s or it ends. Errors:
  // those of the simulation; a target that is nobody, eyes other than the ego's.
  static core::Result<std::unique_ptr<Watch>> begin(const scenario::Variant& variant,
                                                    const road::LaneGraph& graph,
                                                    const SimContext& context,
                                                    const scenario::HiddenQuery& query,
                                                    const math::Vec3d& eye_ego);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  // Instants looked at, the last first: that is where a target shows itself if it does at all.
  [[nodiscard]] std::size_t count() const { return stamps_.size(); }
  const Look& look(std::size_t n);
  const Judgement& judgement(std::size_t n);
  std::vector<Look> looks();

  // Judges the lines of a look that depend on this actor by its mesh.
  core::Result<void> settle(std::size_t n, std::size_t actor, scene::RayCasterFactory& casters);
  // Which points of a look are seen, with meshes of all may be near a line of sight and a
  // stage around, bounds or no bounds.
  core::Result<std::vector<bool>> seen_in(std::size_t n, const world::StaticWorld& around,
                                          scene::RayCasterFactory& casters);
  // Which of these points of a look the stage does not hide.
  [[nodiscard]] std::vector<bool> past(const world::StaticWorld& around, std::vector<bool> points,
                                       std::size_t n, scene::RayCasterFactory& casters);

 private:
  Watch(ModelSource& models, const math::Vec3d& eye_ego)
      : models_(models), eye_ego_(eye_ego), judge_(timeline_, target_, outlines_, models_) {}
  core::Result<void> run(const scenario::Variant& variant, const road::LaneGraph& graph,
                         SimContext context, const scenario::HiddenQuery& query);
  core::Result<void> undress(const std::string& target);
  core::Result<void> flesh_out(const std::vector<std::size_t>& actors);

  RememberedModels models_;
  world::Timeline timeline_;  // only who must be seen has a mesh
  SightJudge::Outlines outlines_;
  InstanceSet target_;  // the actor and whoever rides it
  math::Vec3d eye_ego_;
  std::vector<std::int64_t> stamps_;
  std::vector<std::optional<Look>> looks_;
  std::vector<std::optional<Judgement>> judgements_;
  SightJudge judge_;
};

}  // namespace oddroad::sim

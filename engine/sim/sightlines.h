// What is known of lines of sight before anybody who may be in their way has a mesh.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "engine/sim/remembered_models.h"
#include "engine/sim/sight.h"
#include "engine/world/timeline.h"

namespace oddroad::sim {

struct Sightline {
  bool blocked = false;               // by an actor, for certain
  std::vector<std::size_t> may_hide;  // actors whose meshes must tell, if it is not
};

struct Judgement {
  std::vector<Sightline> lines;  // as Look::points

  // Which points no actor hides for certain.
  [[nodiscard]] std::vector<bool> free() const;
  // The share of points that are seen at least and at most, as far as actors hide.
  [[nodiscard]] double least() const { return share_of(free()); }
  [[nodiscard]] double most() const;
  // The actor on whom most lines depend.
  [[nodiscard]] std::optional<std::size_t> suspect() const;
};

// Judges looks at a target in one run by boxes, which are grown by 0.35 m for mirrors and limbs,
// and by bounds of vehicles. Borrows all; `outlines`: of the timeline's actors, made by `models`.
class SightJudge {
 public:
  using Outlines = std::vector<std::shared_ptr<const asset::Model>>;
  SightJudge(const world::Timeline& timeline, const InstanceSet& target, const Outlines& outlines,
             RememberedModels& models)
      : timeline_(timeline), target_(target), outlines_(outlines), models_(models) {}

  [[nodiscard]] Judgement judge(const Look& look);

 private:
  // Who may be in the way of a look, and the way into their frames.
  struct Suspect {
    std::size_t actor;
    math::Affine3d T_actor_world;
    math::Aabb box;
    const asset::VehicleBounds* bounds;  // null: not told
    bool wheels_rest;
  };
  [[nodiscard]] std::vector<Suspect> suspects_of(const Look& look);
  static Sightline judge(std::vector<Suspect>& suspects, const math::Vec3d& eye,
                         const math::Vec3d& point);
  const asset::VehicleBounds* bounds_of(std::size_t actor);

  const world::Timeline& timeline_;
  const InstanceSet& target_;
  const Outlines& outlines_;
  RememberedModels& models_;
  std::map<std::size_t, std::optional<asset::VehicleBounds>> bounds_;  // by actor, when asked for
};

}  // namespace oddroad::sim

#include "engine/pipeline/clip_state.h"

#include <array>

namespace oddroad::pipeline {

ClipState::ClipState(const world::Timeline& timeline, const Rig& rig, const ClipPlan& plan,
                     const BackEnds& back_ends) {
  for (const RigCamera& camera : rig.cameras) {
    if (back_ends.shading && capture::needs_colour(plan.kinds)) {
      cameras.emplace_back(camera.settings);
    }
  }
  if (rig.rcs && plan.ontology) reflectors = rig.rcs->by_class(*plan.ontology);
  for (std::size_t r = 0; r < rig.radars.size(); ++r) trackers.emplace_back();
  if (records_motion(rig.motion, plan.kinds)) motion.emplace(timeline, rig, plan);
}

void ClipState::remember(core::Archive& archive) {
  const std::array<std::uint64_t, 3> ours = {cameras.size(), trackers.size(), motion ? 1u : 0u};
  auto parts = ours;
  archive(parts);
  if (parts != ours) return archive.refuse();
  for (camera::CameraChain& camera : cameras) archive(camera);
  for (radar::Tracker& tracker : trackers) archive(tracker);
  if (motion) archive(*motion);
}

}  // namespace oddroad::pipeline

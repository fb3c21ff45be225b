// Keypoints of people and vehicles: where they are, where they appear, and what is seen of them.
#pragma once

#include <vector>

#include "engine/capture/labels.h"
#include "engine/world/scene_window.h"
#include "render/scene/visibility.h"

namespace oddroad::labels {

// In world coordinates at an instant, in the order of the model's keypoints. Those of deforming
// things are linear between whole 10 ms steps, as their vertices are; others move with their part.
std::vector<math::Vec3d> keypoints_at(const world::SceneWindow& window,
                                      const world::InstanceInfo& instance, std::int64_t stamp_ns);

// Fills keypoints_ego_m of every object, at the stamp, in the ego frame then.
void add_keypoints(const world::SceneWindow& window, std::int64_t stamp_ns,
                   std::vector<capture::ObjectInWorld>& objects);

// In the image: each at the instant of the row that exposes it. A ray towards the keypoint decides
// what is seen: the object itself within the anchor's reach = visible; the object farther in front
// = self-occluded; anything else in front = occluded.
std::vector<capture::Keypoint2> keypoints_in_image(const world::SceneWindow& window,
                                                   const world::InstanceInfo& instance,
                                                   const scene::CameraView& view,
                                                   const scene::RayCaster& caster);

}  // namespace oddroad::labels

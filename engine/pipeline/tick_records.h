// What the cameras of a tick see. What a device renders is begun for all of them in one submission,
// and made while the caller casts sweeps.
#pragma once

#include <memory>
#include <vector>

#include "engine/pipeline/clip_renderer.h"
#include "engine/pipeline/tick_scene.h"

namespace oddroad::pipeline {

class TickRecords {
 public:
  // For the cameras that fire, in their order. The scene and the back-ends must outlive it.
  static core::Result<TickRecords> begin(const TickScene& scene, const Rig& rig,
                                         const std::vector<Trigger>& cameras,
                                         const BackEnds& back_ends);
  [[nodiscard]] const scene::CameraView& view(std::size_t k) const { return views_[k]; }
  // Of the k-th of them, edges decided; each once. Errors: a back-end's.
  core::Result<scene::VisibilityRecord> take(std::size_t k);

 private:
  explicit TickRecords(const TickScene& scene) : scene_(&scene) {}

  const TickScene* scene_;
  std::vector<scene::CameraView> views_;
  std::unique_ptr<scene::PendingRecords> pending_;  // null: none is rendered by a device
  std::vector<int> pending_place_;                  // by camera; -1: cast
};

}  // namespace oddroad::pipeline

#include "engine/pipeline/tick_records.h"

#include "render/scene/resolve.h"
#include "sensors/camera/view.h"

namespace oddroad::pipeline {

core::Result<TickRecords> TickRecords::begin(const TickScene& scene, const Rig& rig,
                                             const std::vector<Trigger>& cameras,
                                             const BackEnds& back_ends) {
  TickRecords out(scene);
  std::vector<scene::CameraView> rendered;
  for (const Trigger& t : cameras) {
    const RigCamera& sensor = rig.cameras[t.sensor];
    out.views_.push_back(
        camera::make_view(sensor.settings, sensor.T_ego_camera, *scene.window.ego, scene.stamp_ns));
    const bool by_device =
        back_ends.visibility && back_ends.visibility->can_render(out.views_.back());
    out.pending_place_.push_back(by_device ? static_cast<int>(rendered.size()) : -1);
    if (by_device) rendered.push_back(out.views_.back());
  }
  if (rendered.empty()) return out;
  auto pending = back_ends.visibility->begin(scene.window, rendered);
  if (!pending) return core::forward_error(pending);
  out.pending_ = std::move(*pending);
  return out;
}

core::Result<scene::VisibilityRecord> TickRecords::take(std::size_t k) {
  scene::VisibilityRecord record;
  if (pending_place_[k] < 0) {
    record = scene_->caster->record(views_[k]);
  } else {
    auto made = pending_->take(static_cast<std::size_t>(pending_place_[k]));
    if (!made) return made;
    record = std::move(*made);
  }
  scene::resolve_edges(scene_->window, views_[k], *scene_->caster, record);
  return record;
}

}  // namespace oddroad::pipeline

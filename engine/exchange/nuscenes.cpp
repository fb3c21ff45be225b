#include "engine/exchange/nuscenes.h"

#include "engine/exchange/nuscenes_names.h"
#include "engine/exchange/nuscenes_scene.h"
#include "engine/exchange/nuscenes_tables.h"

namespace oddroad::exchange {
namespace {

class Nuscenes : public Format {
 public:
  explicit Nuscenes(const FormatContext& context) : context_(context), tables_(context) {}

  core::Result<std::unique_ptr<ClipExport>> open(
      const std::shared_ptr<const ExportClip>& clip) override {
    auto scene = NuscenesScene::open(clip, context_, tables_, ++scenes_, times_);
    if (!scene) return core::forward_error(scene);
    return std::move(*scene);
  }
  core::Result<void> close() override { return tables_.close(); }

 private:
  const FormatContext& context_;
  NuscenesTables tables_;
  int scenes_ = 0;
  SceneTimes times_;
};

}  // namespace

FormatTraits nuscenes_format() {
  return {.name = "nuscenes",
          .summary = "nuScenes v1.0: all tables, sweeps, radars, lidarseg, panoptic",
          .class_names = nuscenes_categories(),
          .usual_name = nuscenes_category,
          .lost = {"masks, depth, flow, normals, keypoints of pictures; 2-D boxes",
                   "sensors beyond six cameras, LIDAR_TOP and five radars; cameras that are no "
                   "pinholes; the motion of a rolling shutter",
                   "echo, time and cause of LiDAR points; causes, ghosts and truth of radar points",
                   "motion sensors: the CAN bus extension is not written",
                   "vector maps: of the map there is a mask of the drivable area",
                   "exact visibility: four steps over all cameras together",
                   "the time of day: scenes of one date follow one another",
                   "the splits' plain names, which mean the original's scenes: splits.json has "
                   "oddroad_train for train; evaluate with eval_set='oddroad_val'",
                   "boxes of people change from step to step: a keyframe has the size at the "
                   "middle of its sweep"},
          .make = [](const FormatContext& context) -> std::unique_ptr<Format> {
            return std::make_unique<Nuscenes>(context);
          }};
}

}  // namespace oddroad::exchange

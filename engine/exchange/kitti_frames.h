// What both KITTI layouts write of a frame: pictures, points, labels, calibration.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/exchange/format.h"
#include "engine/exchange/kitti_labels.h"
#include "engine/exchange/kitti_pairing.h"

namespace oddroad::exchange {

// Where the files of one frame go, without extension.
struct KittiPaths {
  std::string image_2, image_3, velodyne;
};

class KittiFrames {
 public:
  // Picks sensors, pairs captures; tells the notes which images have no sweep.
  static core::Result<KittiFrames> open(const std::shared_ptr<const ExportClip>& clip,
                                        const FormatContext& context, const KittiOptions& options);

  [[nodiscard]] std::size_t size() const { return frames_.size(); }
  [[nodiscard]] const KittiCaptures& captures(std::size_t k) const { return frames_[k]; }
  [[nodiscard]] const ExportClip& clip() const { return *clip_; }
  [[nodiscard]] const KittiSensors& sensors() const { return sensors_; }
  [[nodiscard]] std::string calibration_text() const;

  // Writes pictures and points of frame k. Any thread.
  core::Result<void> write_sensors(std::size_t k, const KittiPaths& paths) const;
  // Labels of frame k, DontCare last; counts them.
  [[nodiscard]] core::Result<std::vector<KittiLabel>> labels(std::size_t k) const;

 private:
  KittiFrames(std::shared_ptr<const ExportClip> clip, const FormatContext& context,
              const KittiOptions& options)
      : clip_(std::move(clip)), context_(&context), options_(&options) {}

  std::shared_ptr<const ExportClip> clip_;
  const FormatContext* context_;
  const KittiOptions* options_;
  KittiSensors sensors_;
  std::vector<KittiCaptures> frames_;
};

}  // namespace oddroad::exchange

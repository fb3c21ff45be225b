// What is wrong with a camera at a frame (fault_settings.h), and what that does to its picture.
// Soiling and scratches lie on the glass, far out of focus: soft shapes that hide the scene and
// glow with its mean light. Each fault has its own randomness, by its place in the list.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/capture/exposure.h"
#include "engine/capture/image.h"
#include "sensors/camera/camera_settings.h"
#include "sensors/camera/picture.h"

namespace oddroad::camera {

// The faults of one camera over a clip. Borrows nothing.
class Faults {
 public:
  explicit Faults(const CameraSettings& settings);

  // Those at work in a frame; frame_key decides which frames are dropped.
  [[nodiscard]] std::vector<const FaultSettings*> at(std::int64_t stamp_ns,
                                                     std::uint64_t frame_key) const;
  // As recorded.
  [[nodiscard]] static capture::SensorFault record(const FaultSettings& fault);

  // Draws dirt and scratches over the light that comes in.
  void soil(const std::vector<const FaultSettings*>& active,
            capture::Image<math::Vec3f>& radiance) const;
  // Hot pixels and rows without signal.
  void spoil(const std::vector<const FaultSettings*>& active, std::uint64_t frame_key,
             RawFrame& raw) const;

 private:
  [[nodiscard]] std::uint64_t key_of(const FaultSettings& fault) const;

  std::vector<FaultSettings> faults_;
  std::vector<capture::Image<float>> covers_;  // of each: share that is hidden; empty: nothing
  SensorSettings sensor_;
};

}  // namespace oddroad::camera

// From linear radiance to what a camera delivers. One per camera and clip: exposure and white
// balance follow the frames, which must come in order. For each frame
//   1. expose()   chooses shutter, gain and white balance, as metered by the camera;
//   2. whoever needs the exposure time changes the radiance: motion blur (motion_blur.h), rain;
//   3. deliver()  lens, chip and picture:
//        faults on the glass -> stray light -> chromatic shift -> falloff -> blur   (glare, lens)
//        -> colour filters -> electrons, noise, numbers                             (chip)
//        -> faults of the chip -> raw -> picture                                    (picture)
#pragma once

#include <memory>
#include <optional>

#include "engine/capture/exposure.h"
#include "engine/capture/image.h"
#include "engine/core/archive.h"
#include "sensors/camera/auto_exposure.h"
#include "sensors/camera/camera_settings.h"
#include "sensors/camera/white_balance.h"

namespace oddroad::camera {

// What one frame of a camera is. No picture: dropped.
struct Shot {
  capture::Image<capture::Rgb8> rgb;
  capture::Image<std::uint16_t> raw;  // numbers of the mosaic, HDR companded (see compand.h)
  capture::Exposure exposure;         // of the picture that is shown
  std::vector<capture::SensorFault> faults;
};

struct ShotKey {
  std::int64_t stamp_ns = 0;
  std::uint64_t noise_key = 0;  // hash of (variant, camera, tick)
  bool rgb = true;
  bool raw = false;  // needs a mosaic
};

class CameraChain {
 public:
  explicit CameraChain(const CameraSettings& settings);
  CameraChain(CameraChain&&) noexcept;
  ~CameraChain();

  capture::Exposure expose(const capture::Image<math::Vec3f>& radiance, std::int64_t stamp_ns);
  Shot deliver(const capture::Image<math::Vec3f>& radiance, const capture::Exposure& exposure,
               const ShotKey& key);
  // What the frames so far have left behind; settings are not in it.
  void remember(core::Archive& archive);

 private:
  struct Parts;
  void take(const capture::Image<math::Vec3f>& radiance, const ShotKey& key, Shot& shot) const;

  std::unique_ptr<const Parts> parts_;
  AutoExposure auto_exposure_;
  AutoWhite auto_white_;
  std::optional<std::int64_t> last_ns_;
  double shown_s_ = 0;         // its stamp
  std::optional<Shot> shown_;  // the last picture: a frozen camera shows it again
};

}  // namespace oddroad::camera

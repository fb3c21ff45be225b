// Automatic exposure as cameras do it: metered frames take effect some frames later, with a time
// constant, inside the limits of shutter and amplifier; small errors are let be.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "engine/capture/exposure.h"
#include "engine/core/archive.h"
#include "sensors/camera/camera_settings.h"
#include "sensors/camera/meter.h"

namespace oddroad::camera {

// The exposure value that puts the key luminance at mid-grey, but
//   darker by up to kHighlightEv where highlights would be beyond white;
//   brighter by kLiftShare of the room that highlights leave, at most lift_ev: a scene without
//   highlights, such as fog or snow, is one of bright things more often than of dark ones;
//   darker by night_ev at night, which comes between keys of 50 and 0.5 cd/m2: pictures of it look
//   dark, and noise is less. Its highlights are lamps and may burn out.
inline constexpr double kHighlightEv = 1.0;
inline constexpr double kLiftShare = 0.7;
double wanted_ev100(const Metered& metered, const CameraSettings& settings);

// Shutter and gain of an exposure value: gain stays 1 until time_max, then grows to gain_max.
// f-number, ISO speed and the exposure value that comes of the limits with them.
capture::Exposure expose_at(double ev100, const CameraSettings& settings);
capture::Exposure expose_with(double time_s, double gain, const CameraSettings& settings);

// One per camera and clip; frames must come in order. The first frame of a clip is exposed as if
// the camera had run before.
class AutoExposure {
 public:
  // Exposure value (ISO 100) of a frame. Settings' rate tells how long the delay is; where frames
  // come less often than the camera's own, those between have been metered, too.
  double update(const Metered& metered, std::int64_t stamp_ns, const CameraSettings& settings);
  void remember(core::Archive& archive) { archive(measured_, ev100_, moving_, last_ns_); }

 private:
  struct Measurement {
    std::int64_t stamp_ns;
    double ev100;
  };
  [[nodiscard]] double known_at(std::int64_t stamp_ns, const CameraSettings& settings);

  std::deque<Measurement> measured_;
  double ev100_ = 0;
  bool moving_ = false;  // on its way, until near enough
  std::optional<std::int64_t> last_ns_;
};

}  // namespace oddroad::camera

#include "sensors/camera/auto_exposure.h"

#include <algorithm>
#include <cmath>

#include "sensors/camera/photometry.h"

namespace oddroad::camera {
namespace {

constexpr double kArrivedEv = 0.02;
// Key luminances between which day becomes night, cd/m2: a lit hall, a street with few lamps.
constexpr double kDay = 50, kNight = 0.5;

// 0 by day, 1 at night.
double night(double key_luminance) {
  const double key = std::clamp(key_luminance, kNight, kDay);
  return std::log2(kDay / key) / std::log2(kDay / kNight);
}

}  // namespace

double wanted_ev100(const Metered& metered, const CameraSettings& settings) {
  const double key = std::log2(std::max(metered.key_luminance, 1e-6) / kMidGreyLuminance);
  const double white = kSaturationLuminance * white_level(settings.sensor, settings.image);
  const double highlight = std::log2(std::max(metered.highlight_luminance, 1e-6) / white);
  const double beyond = highlight - key;  // of white, below 0: room
  const double dark = night(metered.key_luminance);
  const double change = beyond > 0 ? std::min(beyond, kHighlightEv * (1 - dark))
                                   : std::max(beyond * kLiftShare, -settings.exposure.lift_ev);
  return key + change + dark * settings.exposure.night_ev - settings.exposure.compensation_ev;
}

capture::Exposure expose_with(double time_s, double gain, const CameraSettings& settings) {
  capture::Exposure out;
  const OpticsSettings& optics = settings.optics;
  out.time_s = time_s;
  out.gain = gain;
  out.f_number = optics.f_number;
  const double saturation =
      settings.sensor.full_well_e /
      (electrons_per_luminance_second(optics, settings.sensor) * time_s * gain);
  out.ev100 = std::log2(saturation / kSaturationLuminance);
  out.iso = 100 * optics.f_number * optics.f_number / (time_s * std::exp2(out.ev100));
  return out;
}

capture::Exposure expose_at(double ev100, const CameraSettings& settings) {
  const ExposureSettings& limits = settings.exposure;
  const double product = settings.sensor.full_well_e /
                         (electrons_per_luminance_second(settings.optics, settings.sensor) *
                          kSaturationLuminance * std::exp2(ev100));
  const double time_s = std::clamp(product, limits.time_min_s, limits.time_max_s);
  const double gain = std::clamp(product / time_s, 1.0, limits.gain_max);
  return expose_with(time_s, gain, settings);
}

double AutoExposure::known_at(std::int64_t stamp_ns, const CameraSettings& settings) {
  const auto frame_ns = static_cast<std::int64_t>(std::llround(1e9 / settings.rate_hz));
  const std::int64_t latest = stamp_ns - settings.exposure.delay_frames * frame_ns;
  const bool sparse = last_ns_ && stamp_ns - *last_ns_ > settings.exposure.delay_frames * frame_ns;
  if (sparse) return measured_.back().ev100;
  while (measured_.size() > 1 && measured_[1].stamp_ns <= latest) measured_.pop_front();
  return measured_.front().ev100;
}

double AutoExposure::update(const Metered& metered, std::int64_t stamp_ns,
                            const CameraSettings& settings) {
  measured_.push_back({stamp_ns, wanted_ev100(metered, settings)});
  const double wanted = known_at(stamp_ns, settings);
  if (!last_ns_) {
    ev100_ = wanted;
  } else {
    const double off = wanted - ev100_;
    if (std::abs(off) > settings.exposure.hysteresis_ev) moving_ = true;
    if (std::abs(off) < kArrivedEv) moving_ = false;
    const double tau = off > 0 ? settings.exposure.darker_s : settings.exposure.brighter_s;
    const double seconds = static_cast<double>(stamp_ns - *last_ns_) * 1e-9;
    if (moving_) ev100_ += off * (tau > 0 ? 1 - std::exp(-seconds / tau) : 1);
  }
  last_ns_ = stamp_ns;
  return ev100_;
}

}  // namespace oddroad::camera

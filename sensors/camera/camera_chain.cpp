#include "sensors/camera/camera_chain.h"

#include <algorithm>
#include <cmath>

#include "engine/core/check.h"
#include "engine/core/parallel.h"
#include "sensors/camera/chip.h"
#include "sensors/camera/colour_response.h"
#include "sensors/camera/compand.h"
#include "sensors/camera/faults.h"
#include "sensors/camera/glare.h"
#include "sensors/camera/lens.h"
#include "sensors/camera/photometry.h"
#include "sensors/camera/picture.h"

namespace oddroad::camera {
namespace {

using Radiance = capture::Image<math::Vec3f>;

constexpr std::size_t kRowsAtOnce = 32;

// Electrons of one row: even pixels through one colour filter, odd ones through another.
void filter_row(int width_px, const float* red, const float* green, const float* blue,
                const math::Vec3f& even, const math::Vec3f& odd, float* electrons) {
  for (int x = 0; x < width_px; ++x) {
    const math::Vec3f& f = (x & 1) != 0 ? odd : even;
    electrons[x] = f.x * red[x] + f.y * green[x] + f.z * blue[x];
  }
}

capture::Image<std::uint16_t> companded(const capture::Image<std::uint16_t>& plane,
                                        const SensorSettings& sensor) {
  if (sensor.hdr_ratio <= 1) return plane;
  core::RawVector<std::uint16_t> table(65536);
  for (std::size_t k = 0; k < table.size(); ++k) {
    table[k] = compand(static_cast<std::uint16_t>(k), sensor.bits, sensor.hdr_ratio);
  }
  capture::Image<std::uint16_t> out = plane;
  for (std::uint16_t& number : out.pixels) number = table[number];
  return out;
}

}  // namespace

struct CameraChain::Parts {
  CameraSettings settings;
  Lens lens;
  Chip chip;
  Picture picture;
  Faults faults;

  explicit Parts(const CameraSettings& s)
      : settings(s),
        lens(s),
        chip(s.sensor, s.camera.width_px, s.camera.height_px),
        picture(s, lens.falloff()),
        faults(s) {}

  [[nodiscard]] RawFrame expose(const Radiance& radiance, const capture::Exposure& exposure,
                                std::uint64_t noise_key) const;
};

CameraChain::CameraChain(const CameraSettings& settings)
    : parts_(std::make_unique<const Parts>(settings)) {}
CameraChain::CameraChain(CameraChain&&) noexcept = default;
CameraChain::~CameraChain() = default;

capture::Exposure CameraChain::expose(const Radiance& radiance, std::int64_t stamp_ns) {
  const CameraSettings& settings = parts_->settings;
  const Metered metered = meter(radiance, settings.exposure.lower_two_thirds);
  const double seconds = last_ns_ ? static_cast<double>(stamp_ns - *last_ns_) * 1e-9 : 0;
  last_ns_ = stamp_ns;
  double too_bright_ev = 0;
  for (const FaultSettings& fault : settings.faults) {
    if (fault.type == FaultType::kOverexposed && fault.at(stamp_ns)) too_bright_ev += fault.amount;
  }
  capture::Exposure out;
  if (const auto& fixed = settings.exposure.fixed) {
    out = expose_with(fixed->time_s * std::exp2(too_bright_ev), fixed->gain, settings);
  } else {
    const double automatic = auto_exposure_.update(metered, stamp_ns, settings);
    out = expose_at(settings.exposure.fixed_ev100.value_or(automatic) - too_bright_ev, settings);
  }
  const auto& white = settings.white_balance;
  const WhiteLight light = white.fixed_kelvin ? WhiteLight{*white.fixed_kelvin, 0}
                                              : auto_white_.update(metered.grey, seconds, white);
  out.white_kelvin = light.kelvin;
  const auto gains = white_gains(light);
  out.white_gains = {gains[0] * white.red_error, gains[1], gains[2] * white.blue_error};
  // What saturates stays white.
  const double least = *std::min_element(out.white_gains.begin(), out.white_gains.end());
  for (double& gain : out.white_gains) gain /= least;
  return out;
}

RawFrame CameraChain::Parts::expose(const Radiance& radiance, const capture::Exposure& exposure,
                                    std::uint64_t noise_key) const {
  const int w = radiance.width_px, h = radiance.height_px;
  const Mosaic mosaic = settings.sensor.mosaic;
  const int planes = mosaic == Mosaic::kNone ? 3 : 1;
  RawFrame raw;
  for (int p = 0; p < planes; ++p) raw.planes[p] = capture::Image<std::uint16_t>::unwritten(w, h);
  const CoarseImage stray = stray_light(radiance, settings.optics);
  // Filters in electrons per cd/m2, row by row of the matrix.
  const auto electrons = static_cast<float>(
      electrons_per_luminance_second(settings.optics, settings.sensor) * exposure.time_s);
  const glm::mat3 filters = glm::transpose(response_matrix()) * electrons;
  const ChipExposure read{exposure.time_s, exposure.gain, noise_key, settings.noise};
  const std::size_t pieces = (static_cast<std::size_t>(h) + kRowsAtOnce - 1) / kRowsAtOnce;
  core::parallel_for(pieces, [&](std::size_t piece) {
    const int first = static_cast<int>(piece * kRowsAtOnce);
    const int last = std::min(first + static_cast<int>(kRowsAtOnce), h);
    core::RawVector<float> row(static_cast<std::size_t>(w));
    lens.rows(radiance, stray, first, last,
              [&](int y, const float* red, const float* green, const float* blue) {
                for (int p = 0; p < planes; ++p) {
                  const int even = planes == 1 ? mosaic_colour(mosaic, 0, y) : p;
                  const int odd = planes == 1 ? mosaic_colour(mosaic, 1, y) : p;
                  filter_row(w, red, green, blue, filters[even], filters[odd], row.data());
                  chip.read_row(row.data(), y, p, read, &raw.planes[p].at(0, y));
                }
              });
  });
  return raw;
}

void CameraChain::take(const Radiance& radiance, const ShotKey& key, Shot& shot) const {
  const Parts& parts = *parts_;
  const auto active = parts.faults.at(key.stamp_ns, key.noise_key);
  const bool soiled = std::any_of(active.begin(), active.end(), [](const FaultSettings* fault) {
    return fault->type == FaultType::kSoiling || fault->type == FaultType::kScratches;
  });
  RawFrame raw;
  if (soiled) {
    Radiance seen = radiance;
    parts.faults.soil(active, seen);
    raw = parts.expose(seen, shot.exposure, key.noise_key);
  } else {
    raw = parts.expose(radiance, shot.exposure, key.noise_key);
  }
  parts.faults.spoil(active, key.noise_key, raw);
  if (key.raw) shot.raw = companded(raw.planes[0], parts.settings.sensor);
  if (key.rgb) shot.rgb = parts.picture.develop(raw, shot.exposure);
}

Shot CameraChain::deliver(const Radiance& radiance, const capture::Exposure& exposure,
                          const ShotKey& key) {
  const math::CameraModel& camera = parts_->settings.camera;
  ODDROAD_CHECK(radiance.width_px == camera.width_px && radiance.height_px == camera.height_px);
  ODDROAD_CHECK(!key.raw || parts_->settings.sensor.mosaic != Mosaic::kNone);
  Shot shot;
  shot.exposure = exposure;
  bool frozen = false, dropped = false, may_freeze = false;
  for (const FaultSettings* fault : parts_->faults.at(key.stamp_ns, key.noise_key)) {
    shot.faults.push_back(Faults::record(*fault));
    frozen = frozen || fault->type == FaultType::kFrozen;
    dropped = dropped || fault->type == FaultType::kDropped;
  }
  for (const FaultSettings& fault : parts_->settings.faults) {
    may_freeze = may_freeze || fault.type == FaultType::kFrozen;
  }
  if (frozen && shown_) {
    for (capture::SensorFault& fault : shot.faults) {
      if (fault.type == "frozen") fault.parameters["shown_s"] = shown_s_;
    }
    shot.rgb = shown_->rgb;
    shot.raw = shown_->raw;
    shot.exposure = shown_->exposure;
  } else if (!dropped || (may_freeze && !shown_)) {
    take(radiance, key, shot);
    if (may_freeze) shown_ = shot;
    shown_s_ = static_cast<double>(key.stamp_ns) * 1e-9;
  }
  if (dropped) {
    shot.rgb = {};
    shot.raw = {};
  }
  return shot;
}

void CameraChain::remember(core::Archive& archive) {
  archive(auto_exposure_, auto_white_, last_ns_, shown_s_);
  bool shown = shown_.has_value();
  archive(shown);
  if (!shown) return shown_.reset();
  if (archive.reads()) shown_.emplace();
  // Of the picture that would be shown again; its faults were of its own moment.
  archive(shown_->rgb.width_px, shown_->rgb.height_px, shown_->rgb.pixels);
  archive(shown_->raw.width_px, shown_->raw.height_px, shown_->raw.pixels);
  archive(shown_->exposure);
}

}  // namespace oddroad::camera

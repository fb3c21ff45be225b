#include "sensors/camera/faults.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "sensors/camera/coarse_image.h"
#include "sensors/camera/soiling.h"

namespace oddroad::camera {
namespace {

using math::Vec3f;

// Dirt lit from behind and from the side: a share of the mean light, brownish.
const Vec3f kDirtColour(0.34f, 0.30f, 0.25f);
const Vec3f kScratchColour(1.0f, 1.0f, 1.0f);

Vec3f mean_of(const capture::Image<Vec3f>& image) {
  glm::dvec3 sum(0);
  for (const Vec3f& pixel : image.pixels) sum += glm::dvec3(pixel);
  return {sum / static_cast<double>(image.pixels.size())};
}

float between_cells(const capture::Image<float>& cells, int x, int y) {
  const auto axis = [](int at, int size, int& first, int& second) {
    const float u = std::clamp((static_cast<float>(at) + 0.5f) / kCoarse - 0.5f, 0.0f,
                               static_cast<float>(size - 1));
    first = static_cast<int>(u);
    second = std::min(first + 1, size - 1);
    return u - static_cast<float>(first);
  };
  int x0, x1, y0, y1;
  const float u = axis(x, cells.width_px, x0, x1), v = axis(y, cells.height_px, y0, y1);
  return (cells.at(x0, y0) * (1 - u) + cells.at(x1, y0) * u) * (1 - v) +
         (cells.at(x0, y1) * (1 - u) + cells.at(x1, y1) * u) * v;
}

void cover_with(const capture::Image<float>& cover, const Vec3f& glow,
                capture::Image<Vec3f>& radiance) {
  core::parallel_for(radiance.height_px, [&](int y) {
    for (int x = 0; x < radiance.width_px; ++x) {
      const float share = between_cells(cover, x, y);
      Vec3f& pixel = radiance.at(x, y);
      pixel = pixel * (1 - share) + glow * share;
    }
  });
}

}  // namespace

Faults::Faults(const CameraSettings& settings)
    : faults_(settings.faults), covers_(settings.faults.size()), sensor_(settings.sensor) {
  const int w = settings.camera.width_px, h = settings.camera.height_px;
  for (std::size_t k = 0; k < faults_.size(); ++k) {
    const FaultSettings& fault = faults_[k];
    const std::uint64_t key = key_of(fault);
    if (fault.type == FaultType::kSoiling) {
      covers_[k] = soiling_cover(w, h, fault.amount, fault.opacity, key);
    } else if (fault.type == FaultType::kScratches) {
      covers_[k] = scratches_cover(w, h, static_cast<int>(std::lround(fault.amount)), key);
    }
  }
}

std::uint64_t Faults::key_of(const FaultSettings& fault) const {
  return core::hash64(static_cast<std::uint64_t>(&fault - faults_.data()),
                      core::hash64("fault", sensor_.serial));
}

std::vector<const FaultSettings*> Faults::at(std::int64_t stamp_ns, std::uint64_t frame_key) const {
  std::vector<const FaultSettings*> out;
  for (const FaultSettings& fault : faults_) {
    if (!fault.at(stamp_ns)) continue;
    if (fault.type == FaultType::kDropped) {
      core::RandomStream random(core::hash64(key_of(fault), frame_key), "dropped");
      if (!random.chance(fault.amount)) continue;
    }
    out.push_back(&fault);
  }
  return out;
}

capture::SensorFault Faults::record(const FaultSettings& fault) {
  capture::SensorFault out{name_of(fault.type), fault.from_ns, {}};
  switch (fault.type) {
    case FaultType::kSoiling:
      out.parameters = {{"coverage", fault.amount}, {"opacity", fault.opacity}};
      break;
    case FaultType::kScratches:
      out.parameters = {{"count", fault.amount}};
      break;
    case FaultType::kOverexposed:
      out.parameters = {{"by_ev", fault.amount}};
      break;
    case FaultType::kDropped:
    case FaultType::kHotPixels:
    case FaultType::kRowDropout:
      out.parameters = {{"share", fault.amount}};
      break;
    case FaultType::kFrozen:
      break;
  }
  return out;
}

void Faults::soil(const std::vector<const FaultSettings*>& active,
                  capture::Image<Vec3f>& radiance) const {
  for (const FaultSettings* fault : active) {
    const capture::Image<float>& cover = covers_[static_cast<std::size_t>(fault - faults_.data())];
    if (cover.empty()) continue;
    const Vec3f colour = fault->type == FaultType::kSoiling ? kDirtColour : kScratchColour;
    cover_with(cover, mean_of(radiance) * colour, radiance);
  }
}

void Faults::spoil(const std::vector<const FaultSettings*>& active, std::uint64_t frame_key,
                   RawFrame& raw) const {
  const auto full = static_cast<std::uint16_t>(
      std::lround(sensor_.black_level_dn + sensor_.range_dn() * sensor_.hdr_ratio));
  for (const FaultSettings* fault : active) {
    core::RandomStream chip(key_of(*fault), "pixels");
    core::RandomStream frame(core::hash64(key_of(*fault), frame_key), "rows");
    for (auto& plane : raw.planes) {
      if (plane.empty()) continue;
      const auto n = static_cast<double>(plane.pixels.size());
      for (int k = 0; fault->type == FaultType::kHotPixels && k < fault->amount * n; ++k) {
        plane.pixels[chip.below(static_cast<std::uint32_t>(plane.pixels.size()))] = full;
      }
      for (int y = 0; fault->type == FaultType::kRowDropout && y < plane.height_px; ++y) {
        if (!frame.chance(fault->amount)) continue;
        std::fill_n(&plane.at(0, y), plane.width_px,
                    static_cast<std::uint16_t>(sensor_.black_level_dn));
      }
    }
  }
}

}  // namespace oddroad::camera

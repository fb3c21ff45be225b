// Which points of the image are shaded: one in the middle of each pixel, and four more in pixels on
// an edge (anti-aliasing is for colour only; ids and depth hold at pixel centres).
#pragma once

#include <cstdint>
#include <vector>

#include "render/scene/visibility.h"
#include "sensors/camera/panes.h"

namespace oddroad::camera {

struct SampleSet {
  std::vector<scene::ShadeSample> samples;  // the first width * height are the pixel centres
  std::vector<std::uint32_t> edge_pixels;   // pixel k owns samples first + 4 k ... + 3
  std::size_t first_edge_sample = 0;
  std::vector<SeenThrough> seen_through;  // of samples on panes; what lies behind comes last
};

inline constexpr int kEdgeSamples = 4;

// Finds edges where neighbours differ in drawable, material or, on one drawable, by more than about
// 25 degrees in face normal; casts the extra rays; traces sun and sky visibility of every sample.
SampleSet make_samples(const world::SceneWindow& window, const scene::CameraView& view,
                       const scene::RayCaster& caster, const scene::VisibilityRecord& record);

}  // namespace oddroad::camera

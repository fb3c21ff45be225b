// What is seen through panes. Truth ends at the pane (a window belongs to its vehicle); colour goes
// on: the line of sight is followed by rays through every pane to what lies behind, and each of
// these places is shaded like any other sample. Internal to this module.
//
// Of the light that arrives at a sheet, `transmission` less what both faces mirror passes (Fresnel
// at normal incidence 0.04 a face, Schlick's approximation; faces without interference reflect
// 2 f / (1 + f)). The shading source counts the same for what covers the air behind.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "render/scene/visibility.h"

namespace oddroad::camera {

struct SeenThrough {
  std::uint32_t pane = 0;    // index of the pane's sample
  std::uint32_t behind = 0;  // index of the sample on the same line of sight, behind it
  math::Vec3f passes{0};     // share of the light from there
};

bool is_clear_pane(const world::SceneWindow& window, std::uint32_t drawable,
                   std::uint32_t triangle);

// Appends what lies behind the panes among the samples, lit as far as light comes in through panes.
// The first pixel_samples are pixel centres, of which the `unused` (ascending) are left out. A pane
// comes before what lies behind it.
std::vector<SeenThrough> look_through(const world::SceneWindow& window,
                                      const scene::CameraView& view, const scene::RayCaster& caster,
                                      std::size_t pixel_samples,
                                      std::span<const std::uint32_t> unused,
                                      std::vector<scene::ShadeSample>& samples);

// Adds the radiance of what is seen through panes to theirs.
void add_seen_through(std::span<const SeenThrough> seen, std::vector<math::Vec3f>& radiance);

}  // namespace oddroad::camera

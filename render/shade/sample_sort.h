// Samples in the order the device shades them: grouped by family. Internal to this module.
#pragma once

#include <array>
#include <span>

#include "render/scene/visibility.h"
#include "render/shaders/layouts.h"
#include "render/shaders/surface_patterns.h"

namespace oddroad::shade {

// Where to find the family of a drawable's triangles.
struct FamilyTable {
  const std::uint16_t* material = nullptr;  // per triangle
  const std::uint8_t* family = nullptr;     // per material
  std::uint32_t triangle_count = 0;
};

using FamilyRanges = std::array<std::uint32_t, ODDROAD_FAMILY_COUNT + 1>;

// Writes samples.size() records to `out`; family f occupies [ranges[f], ranges[f + 1]).
// tables has one entry per drawable of the window; samples must name triangles that exist.
FamilyRanges sort_samples(std::span<const scene::ShadeSample> samples,
                          std::span<const FamilyTable> tables, shaders::ShadeInput* out);

}  // namespace oddroad::shade

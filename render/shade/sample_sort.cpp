#include "render/shade/sample_sort.h"

#include <algorithm>
#include <cmath>

#include "engine/core/check.h"
#include "engine/core/parallel.h"

namespace oddroad::shade {
namespace {

constexpr std::size_t kBlock = 1 << 14;

std::uint8_t family_at(const scene::ShadeSample& s, std::span<const FamilyTable> tables) {
  if (s.drawable == 0) return ODDROAD_FAMILY_SKY;
  const FamilyTable& table = tables[s.drawable - 1];
  return table.family[table.material[s.triangle]];
}

std::uint32_t unorm16(float value) {
  return static_cast<std::uint32_t>(std::clamp(value, 0.0f, 1.0f) * 65535.0f + 0.5f);
}

}  // namespace

FamilyRanges sort_samples(std::span<const scene::ShadeSample> samples,
                          std::span<const FamilyTable> tables, shaders::ShadeInput* out) {
  const std::size_t blocks = (samples.size() + kBlock - 1) / kBlock;
  // starts[block][family]: first counts, then places.
  std::vector<std::array<std::uint32_t, ODDROAD_FAMILY_COUNT>> starts(blocks);
  std::vector<std::uint8_t> families(samples.size());
  core::parallel_for(blocks, [&](std::size_t b) {
    starts[b].fill(0);
    for (std::size_t i = b * kBlock; i < std::min((b + 1) * kBlock, samples.size()); ++i) {
      const scene::ShadeSample& s = samples[i];
      if (s.drawable != 0) {
        ODDROAD_CHECK_OP(s.drawable, <=, tables.size());
        ODDROAD_CHECK_OP(s.triangle, <, tables[s.drawable - 1].triangle_count);
      }
      families[i] = family_at(s, tables);
      ++starts[b][families[i]];
    }
  });
  FamilyRanges ranges{};
  std::uint32_t place = 0;
  for (std::uint32_t f = 0; f < ODDROAD_FAMILY_COUNT; ++f) {
    ranges[f] = place;
    for (auto& block : starts) {
      const std::uint32_t count = block[f];
      block[f] = place;
      place += count;
    }
  }
  ranges[ODDROAD_FAMILY_COUNT] = place;
  core::parallel_for(blocks, [&](std::size_t b) {
    auto next = starts[b];
    for (std::size_t i = b * kBlock; i < std::min((b + 1) * kBlock, samples.size()); ++i) {
      const scene::ShadeSample& s = samples[i];
      out[next[families[i]]++] = {s.drawable == 0 ? 0 : s.drawable - 1,
                                  s.triangle,
                                  s.u_px,
                                  s.v_px,
                                  unorm16(s.sun_visibility) | unorm16(s.sky_visibility) << 16,
                                  static_cast<std::uint32_t>(i),
                                  s.light_cell,
                                  s.light_visibility,
                                  s.reflection};
    }
  });
  return ranges;
}

}  // namespace oddroad::shade

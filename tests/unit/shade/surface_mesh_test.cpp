#include "render/shade/surface_mesh.h"

#include <bit>

#include <glm/gtc/packing.hpp>
#include <gtest/gtest.h>

#include "render/shade/material_record.h"
#include "render/shade/sample_sort.h"

namespace oddroad::shade {
namespace {

TEST(Pieces, QuadsWithOwnVerticesArePieces) {
  math::TriangleMesh mesh;
  mesh.add_quad({0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}, 0);
  mesh.add_quad({2, 0, 0}, {3, 0, 0}, {3, 1, 0}, {2, 1, 0}, 0);
  EXPECT_EQ(pieces_of(mesh), (std::vector<std::uint32_t>{0, 0, 2, 2}));
}

TEST(Panes, CornersRunFromZeroToOneUpwards) {
  math::TriangleMesh mesh;
  mesh.add_quad({5, 1, 2}, {5, 3, 2}, {5, 3, 3.5f}, {5, 1, 3.5f}, 0);
  asset::Model model;
  model.materials.resize(1);
  model.materials[0].pattern = asset::Pattern::kGlassWindow;
  const auto triangles = make_triangles(mesh, model);
  EXPECT_EQ(triangles[0].uv01.y, 0);
  EXPECT_EQ(triangles[0].uv2_word.y, 1);
  const auto size =
      glm::unpackUnorm2x16(std::bit_cast<std::uint32_t>(triangles[0].uv2_word.w)) * 8.0f;
  EXPECT_NEAR(size.x, 2, 1e-3);
  EXPECT_NEAR(size.y, 1.5, 1e-3);
  EXPECT_EQ(std::bit_cast<std::uint32_t>(triangles[0].uv2_word.z),
            std::bit_cast<std::uint32_t>(triangles[1].uv2_word.z));
}

TEST(MipChain, EndsInTheMeanOfTheImage) {
  asset::Texture texture;
  texture.width_px = 3;
  texture.height_px = 2;
  texture.rgba.assign(3 * 2 * 4, 128);
  const MipChain chain = mip_chain(texture);
  EXPECT_EQ(chain.levels, 2u);
  ASSERT_EQ(chain.texels.size(), 7u);
  EXPECT_EQ(chain.texels.back(), 0x80808080u);
  EXPECT_EQ(mip_chain({}).levels, 0u);
}

TEST(Families, EmissionAndImagesComeFirst) {
  asset::Material m;
  m.pattern = asset::Pattern::kBrick;
  EXPECT_EQ(family_of(m, 0), ODDROAD_FAMILY_BLOCKS);
  m.texture = 0;
  EXPECT_EQ(family_of(m, 1), ODDROAD_FAMILY_TEXTURED);
  EXPECT_EQ(family_of(m, 0), ODDROAD_FAMILY_BLOCKS);  // names an image that is not there
  m.emission_cd_m2 = {1, 0, 0};
  EXPECT_EQ(family_of(m, 0), ODDROAD_FAMILY_PLAIN);
}

TEST(SortSamples, GroupsByFamilyAndKeepsEverySampleOnce) {
  const std::vector<std::uint16_t> material{0, 1, 0};
  const std::vector<std::uint8_t> family{ODDROAD_FAMILY_ROAD, ODDROAD_FAMILY_GLASS};
  const std::vector<FamilyTable> tables{{material.data(), family.data(), 3}};
  std::vector<scene::ShadeSample> samples(50'000);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i].drawable = i % 5 == 0 ? 0 : 1;
    samples[i].triangle = static_cast<std::uint32_t>(i % 3);
  }
  std::vector<shaders::ShadeInput> out(samples.size());
  const FamilyRanges ranges = sort_samples(samples, tables, out.data());
  EXPECT_EQ(ranges.back(), samples.size());
  std::vector<int> seen(samples.size(), 0);
  for (std::uint32_t f = 0; f < ODDROAD_FAMILY_COUNT; ++f) {
    for (std::uint32_t k = ranges[f]; k < ranges[f + 1]; ++k) {
      const std::uint32_t i = out[k].output_index;
      ++seen[i];
      const std::uint32_t expected = i % 5 == 0   ? ODDROAD_FAMILY_SKY
                                     : i % 3 == 1 ? ODDROAD_FAMILY_GLASS
                                                  : ODDROAD_FAMILY_ROAD;
      ASSERT_EQ(f, expected);
    }
  }
  EXPECT_EQ(std::count(seen.begin(), seen.end(), 1), static_cast<int>(seen.size()));
}

}  // namespace
}  // namespace oddroad::shade

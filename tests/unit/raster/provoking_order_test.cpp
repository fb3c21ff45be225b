#include "render/raster/provoking_order.h"

#include <gtest/gtest.h>

#include "tests/unit/raster/test_scene.h"

namespace oddroad::raster {
namespace {

void expect_same_surface(const math::TriangleMesh& mesh, const ProvokingOrder& order) {
  ASSERT_EQ(order.triangles.size(), mesh.triangles.size());
  for (std::uint32_t t = 0; t < order.triangles.size(); ++t) {
    EXPECT_EQ(order.triangles[t][0], t);
    std::array<std::uint32_t, 3> old{};
    for (int k = 0; k < 3; ++k) old[k] = order.source[order.triangles[t][k]];
    // The same corners in the same turn, begun anywhere.
    bool found = false;
    for (int shift = 0; shift < 3; ++shift) {
      const auto& m = mesh.triangles[t];
      found |= old == std::array{m[shift], m[(shift + 1) % 3], m[(shift + 2) % 3]};
    }
    EXPECT_TRUE(found) << "triangle " << t;
  }
}

TEST(ProvokingOrder, KeepsTrianglesAndWinding) {
  const math::TriangleMesh mesh = scene::testing::bumpy_sheet(20);
  const ProvokingOrder order = provoking_order(mesh);
  expect_same_surface(mesh, order);
  // A closed sheet has half as many vertices as triangles: few need a copy.
  EXPECT_LE(order.source.size(), mesh.triangles.size() + mesh.positions.size() / 10);
}

TEST(ProvokingOrder, ManyTrianglesAroundOneVertex) {
  math::TriangleMesh fan;
  fan.add_vertex({0, 0, 0}, {0, 0, 1}, {0, 0});
  for (int i = 0; i <= 12; ++i) fan.add_vertex({1, static_cast<float>(i), 0}, {0, 0, 1}, {0, 0});
  for (std::uint32_t i = 1; i <= 12; ++i) fan.add_triangle(0, i, i + 1, 0);
  expect_same_surface(fan, provoking_order(fan));
  // The same three vertices over and over.
  math::TriangleMesh stack;
  for (int i = 0; i < 3; ++i) stack.add_vertex(math::Vec3f(i), {0, 0, 1}, {0, 0});
  for (int i = 0; i < 9; ++i) stack.add_triangle(0, 1, 2, 0);
  expect_same_surface(stack, provoking_order(stack));
  EXPECT_TRUE(provoking_order({}).source.empty());
}

}  // namespace
}  // namespace oddroad::raster

// What the inside of a vehicle is said to hide, its mesh hides.
#include "engine/asset/vehicle_core.h"

#include <gtest/gtest.h>

#include "engine/asset/vehicle.h"
#include "engine/core/random.h"
#include "tests/unit/asset/lines_of_sight.h"

namespace oddroad::asset {
namespace {

using math::Vec3d;

struct Tried {
  int blocked = 0;  // by the inside
  int hidden = 0;   // by the mesh
  int wrong = 0;    // blocked, but not hidden
};

// Lines from eyes beside and behind to points low and high on the other side.
Tried try_lines(const ModelRequest& request, int count) {
  const auto model = make_vehicle(request);
  const auto core = VehicleCore::of(request);
  EXPECT_TRUE(model && core) << request.type;
  Tried out;
  if (!model || !core) return out;
  const std::vector<testing::Face> faces = testing::faces_of(**model);
  core::RandomStream draw(7, request.type);
  const math::Aabb& box = (*model)->box;
  for (int k = 0; k < count; ++k) {
    const double side = draw.chance(0.5) ? 1 : -1;
    const Vec3d eye(draw.uniform(box.lower.x - 25, box.lower.x - 1),
                    side * draw.uniform(0, box.upper.y + 3), draw.uniform(0.6, 2.2));
    const Vec3d point(draw.uniform(box.lower.x, box.upper.x + 2),
                      -side * draw.uniform(0, box.upper.y + 0.8), draw.uniform(0.05, 1.5));
    // The far end must lie outside, as a person does.
    if (core->blocks(point, point + Vec3d(0, 0, 1e-3))) continue;
    const bool blocked = core->blocks(eye, point);
    const Vec3d towards = glm::normalize(eye - point);
    const double cover = testing::cover_m(faces, point, towards);
    const bool hidden = cover > 0 && cover < glm::length(eye - point);
    out.blocked += blocked ? 1 : 0;
    out.hidden += hidden ? 1 : 0;
    out.wrong += blocked && !hidden ? 1 : 0;
  }
  return out;
}

TEST(VehicleCore, WhatItBlocksTheMeshHides) {
  for (const char* type : {"van.panel", "van.delivery", "car.hatchback", "car.sedan", "car.suv"}) {
    for (const std::uint64_t seed : {1u, 2u}) {
      const Tried tried = try_lines({type, seed, {}, {}}, 400);
      EXPECT_EQ(tried.wrong, 0) << type;
      EXPECT_GT(tried.blocked, 0.6 * tried.hidden) << type << " hides " << tried.hidden;
    }
  }
}

TEST(VehicleCore, IsSymmetricAndKnowsItsLimits) {
  const auto van = VehicleCore::of({"van.panel", 3, {}, {}});
  ASSERT_TRUE(van);
  EXPECT_TRUE(van->blocks({1, -5, 1}, {1, 5, 1}));
  EXPECT_TRUE(van->blocks({1, 5, 1}, {1, -5, 1}));
  EXPECT_FALSE(van->blocks({1, -5, 0.1}, {1, 5, 0.1}));  // underneath
  EXPECT_FALSE(van->blocks({1, -5, 3}, {1, 5, 3}));      // over it
  EXPECT_FALSE(van->blocks({1, -5, 1}, {1, -3, 1}));     // ends before
  EXPECT_FALSE(van->blocks({0, -5, 0.3}, {0, 5, 0.3}));  // through the wheel houses
  EXPECT_FALSE(VehicleCore::of({"car.pickup", 3, {}, {}}));
  EXPECT_FALSE(VehicleCore::of({"car.sedan", 3, {{"door", 1}}, {}}));
  EXPECT_FALSE(VehicleCore::of({"pedestrian.adult", 3, {}, {}}));
}

}  // namespace
}  // namespace oddroad::asset

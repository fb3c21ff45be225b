// What the inside of a vehicle is said to hide, its mesh hides.
#include "engine/asset/vehicle_bounds.h"

#include <gtest/gtest.h>

#include "engine/asset/vehicle.h"
#include "engine/asset/vehicle_shape.h"
#include "engine/core/random.h"
#include "tests/unit/asset/lines_of_sight.h"

namespace oddroad::asset {
namespace {

using math::Vec3d;

struct Tried {
  int blocked = 0;  // for certain
  int missed = 0;   // for certain
  int hidden = 0;   // by the mesh
  int in_view = 0;
  int wrong = 0;
};

// Lines from eyes beside and behind to points low and high around it, most of them near the skin.
Tried try_lines(const ModelRequest& request, int count) {
  const auto model = make_vehicle(request);
  const auto bounds = VehicleBounds::of(request);
  EXPECT_TRUE(model && bounds) << request.type;
  Tried out;
  if (!model || !bounds) return out;
  const std::vector<testing::Face> faces = testing::faces_of(**model);
  core::RandomStream draw(7, request.type);
  const math::Aabb& box = (*model)->box;
  for (int k = 0; k < count; ++k) {
    const double side = draw.chance(0.5) ? 1 : -1;
    const Vec3d eye(draw.uniform(box.lower.x - 25, box.lower.x - 1),
                    side * draw.uniform(0, box.upper.y + 3), draw.uniform(0.6, 2.2));
    const Vec3d point(draw.uniform(box.lower.x, box.upper.x + 2),
                      -side * draw.uniform(-1, box.upper.y + 0.8), draw.uniform(0.05, 2));
    // The far end must lie outside, as a person does.
    if (!bounds->misses(point, point + Vec3d(0, 0, 1e-3), true)) continue;
    const bool blocked = bounds->blocks(eye, point, true);
    const bool missed = bounds->misses(eye, point, true);
    const Vec3d towards = glm::normalize(eye - point);
    const double cover = testing::cover_m(faces, point, towards);
    const bool hidden = cover > 0 && cover < glm::length(eye - point);
    out.blocked += blocked ? 1 : 0;
    out.missed += missed ? 1 : 0;
    out.hidden += hidden ? 1 : 0;
    out.in_view += hidden ? 0 : 1;
    if (hidden ? missed : blocked) {
      ++out.wrong;
      ADD_FAILURE() << request.type << ' ' << request.seed << (hidden ? " hides " : " shows ")
                    << point.x << ' ' << point.y << ' ' << point.z << " from " << eye.x << ' '
                    << eye.y << ' ' << eye.z;
    }
  }
  return out;
}

TEST(VehicleBounds, SayWhatTheMeshShows) {
  for (const char* type : {"van.panel", "van.ambulance", "car.hatchback", "car.sedan", "car.suv"}) {
    for (const std::uint64_t seed : {1u, 2u}) {
      const Tried tried = try_lines({type, seed, {}, {}}, 400);
      EXPECT_EQ(tried.wrong, 0) << type;
      EXPECT_GT(tried.blocked, 0.8 * tried.hidden) << type << " hides " << tried.hidden;
      EXPECT_GT(tried.missed, 0.5 * tried.in_view) << type << " leaves " << tried.in_view;
    }
  }
}

// Every vertex of every kind: a line that ends there does not miss it.
TEST(VehicleBounds, NothingSticksOut) {
  for (const std::string& type : vehicle_types()) {
    const ModelRequest request{type, 5, {}, {}};
    const auto bounds = VehicleBounds::of(request);
    if (!bounds) continue;
    const auto model = make_vehicle(request);
    ASSERT_TRUE(model) << type;
    for (const Part& part : (*model)->parts) {
      int out = 0;
      for (std::size_t i = 0; i < part.mesh->positions.size(); i += 7) {
        const Vec3d p = part.T_model_part.point(Vec3d(part.mesh->positions[i]));
        out += bounds->misses(p, p + Vec3d(0, 0, 1e-3), true) ? 1 : 0;
      }
      EXPECT_EQ(out, 0) << type << ' ' << part.name;
    }
  }
}

TEST(VehicleBounds, AreSymmetricAndKnowTheirLimits) {
  const auto van = VehicleBounds::of({"van.panel", 3, {}, {}});
  ASSERT_TRUE(van);
  const auto blocks = [&](const Vec3d& from, const Vec3d& to, bool wheels_at_rest = false) {
    return van->blocks(from, to, wheels_at_rest);
  };
  EXPECT_TRUE(blocks({1, -5, 1}, {1, 5, 1}));
  EXPECT_TRUE(blocks({1, 5, 1}, {1, -5, 1}));
  EXPECT_FALSE(blocks({1, -5, 0.1}, {1, 5, 0.1}));  // underneath
  EXPECT_FALSE(blocks({1, -5, 3}, {1, 5, 3}));      // over it
  EXPECT_FALSE(blocks({1, -5, 1}, {1, -3, 1}));     // ends before
  EXPECT_FALSE(blocks({0, -5, 0.3}, {0, 5, 0.3}));  // through the wheels
  EXPECT_TRUE(blocks({0, -5, 0.3}, {0, 5, 0.3}, true));
  const auto misses = [&](const Vec3d& from, const Vec3d& to, bool wheels_at_rest = false) {
    return van->misses(from, to, wheels_at_rest);
  };
  EXPECT_TRUE(misses({1, -5, 0.1}, {1, 5, 0.1}));
  EXPECT_TRUE(misses({1, -5, 3}, {1, 5, 3}));
  EXPECT_TRUE(misses({1, -5, 1}, {1, -3, 1}));
  EXPECT_FALSE(misses({0, -5, 0.3}, {0, 5, 0.3}, true));
  // Beside a front wheel, which may be turned.
  const double beside = 0.5 * vehicle_size({"van.panel", 3, {}, {}})->width_m + 0.1;
  EXPECT_TRUE(misses({-5, beside, 0.3}, {9, beside, 0.3}, true));
  EXPECT_FALSE(misses({-5, beside, 0.3}, {9, beside, 0.3}));
  EXPECT_FALSE(VehicleBounds::of({"car.pickup", 3, {}, {}}));
  EXPECT_FALSE(VehicleBounds::of({"car.sedan", 3, {{"door", 1}}, {}}));
  EXPECT_FALSE(VehicleBounds::of({"pedestrian.adult", 3, {}, {}}));
}

}  // namespace
}  // namespace oddroad::asset

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "engine/asset/catalog.h"

namespace oddroad::asset {
namespace {

using math::Vec3d;
using math::Vec3f;

std::shared_ptr<const Model> make(const char* type, double door) {
  const auto model = make_model({type, 2, {{"door", door}}, {}});
  EXPECT_TRUE(model.has_value()) << (model ? "" : core::to_string(model.error()));
  return *model;
}

const Part& door_of(const Model& model) {
  const auto found = std::find_if(model.parts.begin(), model.parts.end(), [](const Part& p) {
    return p.role == PartRole::kDoor;
  });
  EXPECT_NE(found, model.parts.end());
  return *found;
}

math::Aabb bounds(const Part& part, const math::Affine3d& T) {
  math::Aabb box;
  for (const Vec3f& p : part.mesh->positions) box.include(T.point(Vec3d(p)));
  return box;
}

const char* const kTypes[] = {"car.hatchback", "car.sedan", "car.estate", "car.suv", "van.panel"};

TEST(VehicleDoor, ClosedItFillsTheHoleAndChangesNoMeasure) {
  for (const char* type : kTypes) {
    SCOPED_TRACE(type);
    const auto closed = make(type, 0);
    const auto model = make(type, 1);
    EXPECT_TRUE(*make_model({type, 2, {}, {}}).value()->parts[0].mesh == *closed->parts[0].mesh);
    EXPECT_NEAR(glm::length(model->box.size() - closed->box.size()), 0, .004);
    const Part& door = door_of(*model);
    EXPECT_TRUE(open_door(door, 0) == door.T_model_part);
    const math::Aabb box = bounds(door, door.T_model_part);
    EXPECT_GT(box.lower.y, .25 * closed->width_m());  // all of it on the left
    EXPECT_GT(box.size().x, .65);
    EXPECT_LT(box.size().x, 1.40);
    EXPECT_GT(box.size().z, .45 * closed->height_m);
    EXPECT_LT(box.upper.y, closed->box.upper.y + .004);
    // Seen from the left, outer sheet and what is left of the skin cover what the skin covered.
    const auto covered = [](const Model& m) {
      double area = 0;
      for (const Part& part : m.parts) {
        if (part.role != PartRole::kBody && part.role != PartRole::kDoor) continue;
        for (const auto& t : part.mesh->triangles) {
          Vec3d p[3];
          for (int k = 0; k < 3; ++k) {
            p[k] = part.T_model_part.point(Vec3d(part.mesh->positions[t[std::size_t(k)]]));
          }
          const Vec3d n = glm::cross(p[1] - p[0], p[2] - p[0]);
          if (n.y > 0 && (p[0].y + p[1].y + p[2].y) / 3 > .27 * m.width_m()) area += .5 * n.y;
        }
      }
      return area;
    };
    EXPECT_GT(covered(*model), covered(*closed) - .005);
  }
}

TEST(VehicleDoor, OpensOutwardAboutItsFrontEdge) {
  for (const char* type : kTypes) {
    SCOPED_TRACE(type);
    const auto model = make(type, 1);
    const Part& door = door_of(*model);
    const math::Aabb closed = bounds(door, door.T_model_part);
    const math::Aabb open = bounds(door, open_door(door, 1.15));
    EXPECT_GT(open.upper.y, closed.upper.y + .6);
    EXPECT_NEAR(open.upper.x, closed.upper.x, .12);
    EXPECT_GT(open.lower.x, closed.lower.x + .05);
    EXPECT_NEAR(open.size().z, closed.size().z, 1e-5);
    // Its mirror swings along, the other one stays.
    for (const Part& part : model->parts) {
      if (part.role != PartRole::kMirror) continue;
      const bool left = part.name == "mirror left";
      EXPECT_EQ(part.door_turn != 0, left);
      const double moved = glm::length(bounds(part, open_door(part, 1.0)).centre() -
                                       bounds(part, part.T_model_part).centre());
      EXPECT_EQ(moved > .01, left);
    }
  }
}

TEST(VehicleDoor, OnlyZeroOrOne) {
  EXPECT_FALSE(make_model({"car.suv", 2, {{"door", .5}}, {}}).has_value());
}

}  // namespace
}  // namespace oddroad::asset

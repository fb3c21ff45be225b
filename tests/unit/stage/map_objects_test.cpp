#include <algorithm>

#include <gtest/gtest.h>

#include "engine/stage/object_mesh.h"
#include "tests/unit/stage/stage_fixture.h"

namespace oddroad::stage {
namespace {

using math::Vec2d;
using math::Vec3d;

// The street of the fixture with objects on it.
world::StaticWorld street_with(const std::string& objects) {
  std::string text = kStreet;
  text.insert(text.find("</road>"), "<objects>" + objects + "</objects>");
  const auto map = road::parse_opendrive(text, "street");
  EXPECT_TRUE(map.has_value());
  StageOptions options = street_options();
  options.houses = options.trees = options.lamps = options.fences = false;
  auto world = build_stage(*map, test_ontology(), options);
  EXPECT_TRUE(world.has_value());
  return *world;
}

const world::StaticThing* find(const world::StaticWorld& world, const std::string& name) {
  for (const auto& thing : world.things) {
    if (thing.name == name) return &thing;
  }
  return nullptr;
}

double area_in_plan(const math::TriangleMesh& mesh) {
  double area = 0;
  for (const auto& t : mesh.triangles) {
    const Vec2d a(mesh.positions[t[0]]), b(mesh.positions[t[1]]), c(mesh.positions[t[2]]);
    area += 0.5 * ((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y));
  }
  return area;
}

TEST(MapObjects, BoxesStandOnTheRoadWhereTheFileSays) {
  const auto world = street_with(
      R"(<object id="7" type="obstacle" s="20" t="-1.5" zOffset="0" hdg="0.2" orientation="none"
          length="2" width="0.8" height="1.1"/>)");
  const auto* thing = find(world, "object.1.7");
  ASSERT_NE(thing, nullptr);
  EXPECT_TRUE(thing->labelled_box);
  EXPECT_NEAR(thing->model->length_m(), 2, 1e-6);
  EXPECT_NEAR(thing->model->width_m(), 0.8, 1e-6);
  EXPECT_NEAR(thing->model->height_m, 1.1, 1e-6);
  const road::RoadMap map = street();
  const Vec3d foot = map.roads[0].surface(0, 20, -1.5) - street_options().origin_map;
  EXPECT_LT(glm::length(thing->T_world_model.translation - foot), 1e-6);
}

TEST(MapObjects, ZebraBarsCoverHalfTheCrossingAndLieOnTheSurface) {
  // 6.5 m of carriageway across, 4 m along.
  const auto world = street_with(
      R"(<object id="9" type="crosswalk" s="20" t="0" zOffset="0" hdg="0" orientation="none"
          length="4" width="6.5"/>)");
  const auto* paint = find(world, "paint");
  ASSERT_NE(paint, nullptr);
  const math::TriangleMesh& mesh = *paint->model->parts[0].mesh;
  EXPECT_NEAR(area_in_plan(mesh), 7 * 0.5 * 4, 0.05);  // seven bars, six gaps
  for (const auto& p : mesh.positions) {
    const auto road = drop(world, Vec2d(p), {"road", "parking"});
    ASSERT_TRUE(road);
    EXPECT_NEAR(p.z - road->z, kMarkLift_m + kJunctionDrop_m, 0.006);
  }
}

TEST(MapObjects, RepeatsWithoutDistanceAreOneBodyAlongTheRoad) {
  const auto world = street_with(
      R"(<object id="3" type="barrier" s="10" t="6" zOffset="0" hdg="0" orientation="none"
          length="1" width="0.4" height="0.8">
          <repeat s="10" length="60" distance="0" tStart="6" tEnd="6" widthStart="0.4" widthEnd="0.4"
           heightStart="0.8" heightEnd="0.8" zOffsetStart="0" zOffsetEnd="0"/></object>)");
  const auto* thing = find(world, "object.1.3");
  ASSERT_NE(thing, nullptr);
  const road::RoadMap map = street();
  for (const double s : {15.0, 40.0, 65.0}) {
    const Vec3d p = map.roads[0].surface(0, s, 6) - street_options().origin_map;
    double nearest = 1e9;
    for (const auto& v : thing->model->parts[0].mesh->positions) {
      nearest = std::min(nearest, glm::length(Vec2d(v) - Vec2d(p)));
    }
    EXPECT_LT(nearest, 1.5) << s;
  }
  EXPECT_GT(math::TriangleMesh(*thing->model->parts[0].mesh).bounds().size().z, 0.8);
}

TEST(MapObjects, WindHasNoBodyAndUnknownTypesDo) {
  const auto world = street_with(
      R"(<object id="1" type="wind" s="20" t="3" zOffset="0" hdg="0" orientation="none"
          length="2" width="2" height="2"/>
         <object id="2" type="sculpture" s="30" t="7.5" zOffset="0" hdg="0" orientation="none"
          radius="0.5" height="2"/>)");
  EXPECT_EQ(find(world, "object.1.1"), nullptr);
  const auto* round = find(world, "object.1.2");
  ASSERT_NE(round, nullptr);
  EXPECT_NEAR(round->model->length_m(), 1, 0.03);
  EXPECT_EQ(round->model->class_name, "unknown");
}

TEST(ObjectMesh, OutlinesOfEitherSenseEnclosePositiveVolume) {
  road::PlacedOutline outline;
  for (const Vec2d& p :
       {Vec2d(0, 0), Vec2d(4, 0), Vec2d(4, 1), Vec2d(1, 1), Vec2d(1, 3), Vec2d(0, 3)}) {
    outline.points.push_back({Vec3d(p, 0), Vec3d(p, 2)});
  }
  const auto volume = [&] {
    const auto mesh = outline_body(outline, {0, 0, 0});
    double six = 0;
    for (const auto& t : mesh.triangles) {
      const Vec3d a(mesh.positions[t[0]]), b(mesh.positions[t[1]]), c(mesh.positions[t[2]]);
      six += glm::dot(a, glm::cross(b, c));
    }
    return six / 6;
  };
  // The lower lid is left out: it stands on z = 0, where it would add nothing.
  EXPECT_NEAR(volume(), 2 * (4 * 1 + 1 * 2), 1e-5);
  std::reverse(outline.points.begin(), outline.points.end());
  EXPECT_NEAR(volume(), 2 * (4 * 1 + 1 * 2), 1e-5);
}

}  // namespace
}  // namespace oddroad::stage

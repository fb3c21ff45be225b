// Objects: what they are taken for, and where their copies, outlines and markings lie in the map.
#include "road_fixture.h"

#include <cmath>

#include "engine/road/placed_objects.h"

namespace oddroad::road {
namespace {

using namespace testing;
using math::Vec3d;

RoadMap with_objects(const std::string& objects, const std::string& shape = "<line/>",
                     const std::string& profiles = "", const std::string& lanes = two_lanes()) {
  return parsed(one_road("100", geometry("100", shape), lanes,
                         profiles + "<objects>" + objects + "</objects>"));
}

std::string object(const std::string& attributes, const std::string& inside = "") {
  return "<object id=\"7\" " + attributes + ">" + inside + "</object>";
}

const char* const kHill =
    "<elevationProfile><elevation s=\"0\" a=\"5\" b=\"0.05\" c=\"0\" d=\"0\"/></elevationProfile>"
    "<lateralProfile><superelevation s=\"0\" a=\"0.06\" b=\"0\" c=\"0\" d=\"0\"/></lateralProfile>";

TEST(ObjectKind, ComesFromTypeThenFromWords) {
  EXPECT_EQ(object_kind_from("tree", "", ""), ObjectKind::kTree);
  EXPECT_EQ(object_kind_from("-1", "", "Speed_30"), ObjectKind::kTrafficSign);
  EXPECT_EQ(object_kind_from("-1", "", "StreetLight01"), ObjectKind::kStreetLamp);
  EXPECT_EQ(object_kind_from("none", "", "Building2"), ObjectKind::kBuilding);
  EXPECT_EQ(object_kind_from("barrier", "", "../models/fence_plank_and_pole.osgb"),
            ObjectKind::kFence);
  EXPECT_EQ(object_kind_from("barrier", "guardRail", ""), ObjectKind::kGuardRail);
  EXPECT_EQ(object_kind_from("barrier", "", "house"), ObjectKind::kBarrier);
  EXPECT_EQ(object_kind_from("guide-post", "", "../models/guide-post.osgb"),
            ObjectKind::kDelineator);
  EXPECT_EQ(object_kind_from("obstacle", "", "cone-100"), ObjectKind::kCone);
  EXPECT_EQ(object_kind_from("vegetation", "", "../models/hedge.osgb"), ObjectKind::kHedge);
  EXPECT_EQ(object_kind_from("building", "", "wall"), ObjectKind::kBuilding);
  EXPECT_EQ(object_kind_from("", "", "carpet"), ObjectKind::kOther);
  EXPECT_EQ(to_string(ObjectKind::kParkingSpace), "parking space");
}

TEST(Objects, AreReadWithAllTheirParts) {
  const RoadMap map = with_objects(
      object("type=\"parkingSpace\" name=\"p\" s=\"10\" t=\"3\" zOffset=\"0.1\" hdg=\"0.2\" "
             "pitch=\"0.1\" roll=\"0.3\" orientation=\"-\" length=\"5\" width=\"2\"",
             "<validity fromLane=\"1\" toLane=\"-1\"/><material surface=\"asphalt\"/>"
             "<parkingSpace access=\"handicapped\" restrictions=\"2 h\"/>"
             "<markings><marking side=\"left\" color=\"blue\" width=\"0.2\"/></markings>") +
      "<objectReference id=\"9\" s=\"20\" t=\"1\" orientation=\"+\"/>"
      "<tunnel id=\"t\" s=\"50\" length=\"20\" type=\"underpass\" lighting=\"0.4\"/>"
      "<bridge id=\"b\" s=\"30\" length=\"1000\" type=\"steel\"/>");
  const Road& road = map.roads[0];
  ASSERT_EQ(road.objects.size(), 1U);
  const RoadObject& o = road.objects[0];
  EXPECT_EQ(o.kind, ObjectKind::kParkingSpace);
  EXPECT_EQ(o.orientation, Orientation::kAgainstS);
  EXPECT_EQ(o.validities.at(0).from, -1);
  EXPECT_DOUBLE_EQ(o.pitch_rad, -0.1);
  EXPECT_EQ(o.parking_access, "handicapped");
  EXPECT_EQ(o.material, "asphalt");
  EXPECT_EQ(o.markings.at(0).side, ObjectMarking::Side::kLeft);
  EXPECT_EQ(road.object_references.at(0).object_id, "9");
  ASSERT_EQ(road.structures.size(), 2U);
  EXPECT_EQ(road.structures[0].kind, RoadStructure::Kind::kBridge);
  EXPECT_DOUBLE_EQ(road.structures[0].length_m, 70);
  EXPECT_DOUBLE_EQ(road.structures[1].lighting, 0.4);
  EXPECT_EQ(map.warnings.items().size(), 1U);  // the bridge beyond the end
}

TEST(Objects, StandUprightUnlessTheyAreSquareToTheRoad) {
  const RoadMap map = with_objects(
      object("type=\"pole\" s=\"10\" t=\"3\" zOffset=\"0.5\" hdg=\"0.3\" height=\"4\"") +
          object("type=\"pole\" s=\"10\" t=\"3\" perpToRoad=\"true\""),
      "<line/>", kHill);
  const PlacedObjects placed = place_objects(map);
  ASSERT_EQ(placed.objects.size(), 2U);
  const PlacedObject& pole = placed.objects[0];
  EXPECT_NEAR(glm::length(pole.T_map_object.translation - map.roads[0].position(10, 3, 0.5)), 0,
              1e-12);
  EXPECT_NEAR(pole.heading_rad, 0.3, 1e-12);
  EXPECT_NEAR(pole.T_map_object.linear[2].z, 1, 1e-12);
  const PlacedObject& square = placed.objects[1];
  EXPECT_NEAR(glm::length(square.T_map_object.linear[2] - map.roads[0].frame(10, 3).up), 0, 1e-12);
  EXPECT_NEAR(square.pitch_rad, std::atan(0.05), 1e-12);
}

TEST(Objects, TheFilesPitchLowersTheFrontAndRollLiftsTheLeft) {
  const RoadMap map =
      with_objects(object("type=\"obstacle\" s=\"10\" t=\"0\" pitch=\"0.1\" roll=\"0.2\""));
  const PlacedObject o = place_objects(map).objects.at(0);
  EXPECT_NEAR(o.T_map_object.linear[0].z, -std::sin(0.1), 1e-12);
  EXPECT_GT(o.T_map_object.linear[1].z, 0);
  EXPECT_NEAR(o.pitch_rad, -0.1, 1e-12);
  EXPECT_NEAR(o.roll_rad, 0.2, 1e-12);
}

TEST(Objects, DoNotMoveWithTheLaneOffset) {
  const std::string offset = "<laneOffset s=\"0\" a=\"2\" b=\"0\" c=\"0\" d=\"0\"/>";
  const RoadMap map =
      with_objects(object("type=\"tree\" s=\"10\" t=\"-6\""), "<line/>", "", offset + two_lanes());
  EXPECT_NEAR(place_objects(map).objects.at(0).T_map_object.translation.y, -6, 1e-12);
}

TEST(Objects, RepeatsMakeCopiesWithLinearValues) {
  const RoadMap map = with_objects(
      object("type=\"tree\" s=\"0\" t=\"0\" height=\"3\" radius=\"0.2\"",
             "<repeat s=\"10\" length=\"60\" distance=\"20\" tStart=\"5\" tEnd=\"8\" "
             "heightStart=\"4\" heightEnd=\"7\" zOffsetStart=\"0\" zOffsetEnd=\"3\"/>"
             "<repeat s=\"80\" length=\"0\" distance=\"5\" tStart=\"1\" tEnd=\"1\"/>"));
  const PlacedObjects placed = place_objects(map);
  EXPECT_TRUE(placed.warnings.empty());
  ASSERT_EQ(placed.objects.size(), 5U);
  for (int k = 0; k < 4; ++k) {
    const PlacedObject& o = placed.objects[static_cast<std::size_t>(k)];
    EXPECT_EQ(o.copy, k);
    EXPECT_NEAR(o.height_m, 4 + k, 1e-12);
    EXPECT_DOUBLE_EQ(o.radius_m, 0.2);
    EXPECT_NEAR(glm::length(o.T_map_object.translation - Vec3d(10 + 20 * k, 5 + k, k)), 0, 1e-9);
  }
  EXPECT_DOUBLE_EQ(placed.objects[4].height_m, 3);
}

TEST(Objects, ADistanceOfZeroIsOneBodyAlongTheRoad) {
  const std::string repeat =
      "<repeat s=\"10\" length=\"60\" distance=\"0\" tStart=\"5\" tEnd=\"5\" widthStart=\"1\" "
      "widthEnd=\"2\" heightStart=\"3\" heightEnd=\"3\" zOffsetStart=\"0.2\" zOffsetEnd=\"0.2\"";
  const RoadMap map = with_objects(object("type=\"barrier\" s=\"0\" t=\"0\"", repeat + "/>"),
                                   "<arc curvature=\"0.02\"/>");
  const PlacedObject o = place_objects(map).objects.at(0);
  ASSERT_GT(o.path.size(), 5U);
  for (const PathPoint& p : o.path) {
    EXPECT_NEAR(std::hypot(p.base.x, p.base.y - 50), 45, 1e-9);
    EXPECT_NEAR(p.base.z, 0.2, 1e-12);
    EXPECT_NEAR(p.left.x * p.base.x + p.left.y * (p.base.y - 50), -45, 1e-9);  // to the centre
  }
  EXPECT_NEAR(o.path.front().width_m, 1, 1e-12);
  EXPECT_NEAR(o.path.back().width_m, 2, 1e-12);
  // Chords stay near the bend.
  for (std::size_t i = 1; i < o.path.size(); ++i) {
    const Vec3d m = 0.5 * (o.path[i].base + o.path[i - 1].base);
    EXPECT_NEAR(std::hypot(m.x, m.y - 50), 45, 0.03);
  }
  const RoadMap straight = with_objects(
      object("type=\"barrier\" s=\"0\" t=\"0\"", repeat + " detachFromReferenceLine=\"true\"/>"),
      "<arc curvature=\"0.02\"/>");
  EXPECT_EQ(place_objects(straight).objects.at(0).path.size(), 2U);
}

std::string square(const std::string& height) {
  std::string out = "<outlines><outline id=\"0\" closed=\"true\" fillType=\"grass\">";
  int id = 0;
  for (const auto& [u, v] : {std::pair("-10", "-2"), {"10", "-2"}, {"10", "2"}, {"-10", "2"}}) {
    out += "<cornerLocal id=\"" + std::to_string(id++) + "\" u=\"" + u + "\" v=\"" + v +
           "\" z=\"0\" height=\"" + height + "\"/>";
  }
  return out + "</outline></outlines>";
}

TEST(Objects, LocalOutlinesStandRigidAndFlatOnesLieOnTheRoad) {
  const RoadMap map =
      with_objects(object("type=\"building\" s=\"40\" t=\"-5\" hdg=\"0.4\"", square("8")) +
                       object("type=\"crosswalk\" s=\"40\" t=\"0\" hdg=\"1.57\"", square("4")),
                   "<arc curvature=\"0.02\"/>", kHill);
  const PlacedObjects placed = place_objects(map);
  const PlacedOutline& house = placed.objects.at(0).outlines.at(0);
  EXPECT_EQ(house.fill_type, "grass");
  EXPECT_NEAR(glm::length(house.points[1].base - house.points[0].base), 20, 1e-9);
  for (const OutlinePoint& p : house.points) {
    EXPECT_NEAR(p.base.z, map.roads[0].position(40, -5).z, 1e-9);
    EXPECT_NEAR(p.top.z - p.base.z, 8, 1e-9);
  }
  const PlacedOutline& walk = placed.objects.at(1).outlines.at(0);
  for (const OutlinePoint& p : walk.points) {
    EXPECT_EQ(p.base, p.top);
    // On the surface: the radius from the bend's centre tells t, the angle tells s.
    const double angle = std::atan2(p.base.x, 50 - p.base.y);
    const double s = 50 * angle;
    EXPECT_NEAR(s, 40, 12);
    // t runs along the rolled axis and the climb leans the section: a few mm against the plan.
    const double t = (50 - std::hypot(p.base.x, p.base.y - 50)) / std::cos(0.06);
    EXPECT_NEAR(p.base.z, map.roads[0].position(s, t).z, 0.02);
  }
}

TEST(Objects, RoadOutlinesAreShiftedWithTheirCopies) {
  const std::string corners =
      "<outlines><outline><cornerRoad s=\"0\" t=\"3\" dz=\"0\" height=\"4\"/>"
      "<cornerRoad s=\"2\" t=\"3\" dz=\"0\" height=\"4\"/>"
      "<cornerRoad s=\"2\" t=\"8\" dz=\"1\" height=\"4\"/></outline></outlines>";
  const RoadMap map =
      with_objects(object("type=\"building\" s=\"0\" t=\"3\" height=\"4\"",
                          "<repeat s=\"30\" length=\"20\" distance=\"10\" tStart=\"4\" tEnd=\"4\" "
                          "heightStart=\"2\" heightEnd=\"2\"/>" +
                              corners));
  const PlacedObjects placed = place_objects(map);
  ASSERT_EQ(placed.objects.size(), 3U);
  const OutlinePoint& p = placed.objects[1].outlines.at(0).points.at(2);
  EXPECT_NEAR(glm::length(p.base - Vec3d(42, 9, 1)), 0, 1e-9);
  EXPECT_NEAR(p.top.z - p.base.z, 2, 1e-9);
}

TEST(Objects, FlatObjectsWithoutOutlineGetTheirBoxAndPaintLiesOnPavements) {
  const std::string lanes =
      "<laneSection s=\"0\"><center><lane id=\"0\"/></center><right><lane id=\"-1\" "
      "type=\"driving\">" +
      width("3") + "</lane><lane id=\"-2\" type=\"sidewalk\">" + width("4") +
      "<height sOffset=\"0\" inner=\"0.12\" outer=\"0.12\"/></lane></right></laneSection>";
  const RoadMap map =
      with_objects(object("type=\"parkingSpace\" s=\"50\" t=\"-5\" length=\"4\" width=\"2\"",
                          "<markings><marking side=\"left\" width=\"0.1\" zOffset=\"0.01\" "
                          "lineLength=\"1\" spaceLength=\"0.5\"/></markings>"),
                   "<line/>", "", lanes);
  const PlacedObject o = place_objects(map).objects.at(0);
  ASSERT_EQ(o.outlines.at(0).points.size(), 4U);
  EXPECT_NEAR(glm::length(o.outlines[0].points[0].base - Vec3d(48, -6, 0.12)), 0, 1e-9);
  ASSERT_EQ(o.markings.size(), 1U);
  EXPECT_NEAR(glm::length(o.markings[0].line[1] - Vec3d(52, -4, 0.13)), 0, 1e-9);
  EXPECT_DOUBLE_EQ(o.markings[0].space_m, 0.5);
}

TEST(Objects, MarkingsRunAlongTheNamedCorners) {
  const RoadMap map = with_objects(
      object("type=\"crosswalk\" s=\"40\" t=\"0\"",
             square("0") + "<markings><marking width=\"4\"><cornerReference id=\"0\"/>"
                           "<cornerReference id=\"3\"/><cornerReference id=\"99\"/></marking>"
                           "</markings>"));
  const PlacedMarking m = place_objects(map).objects.at(0).markings.at(0);
  ASSERT_EQ(m.line.size(), 2U);
  EXPECT_NEAR(glm::length(m.line[0] - Vec3d(30, -2, 0.005)), 0, 1e-9);
  EXPECT_NEAR(glm::length(m.line[1] - Vec3d(30, 2, 0.005)), 0, 1e-9);
}

TEST(Objects, EndlessRepeatsAreBounded) {
  const auto with_distance = [](const std::string& distance) {
    return with_objects(object("type=\"pole\" s=\"0\" t=\"4\"",
                               "<repeat s=\"0\" length=\"100\" distance=\"" + distance + "\"/>"));
  };
  EXPECT_EQ(place_objects(with_distance("1e-9")).objects.size(), 1U);
  EXPECT_EQ(place_objects(with_distance("0.0101")).objects.size(), 9901U);
  EXPECT_EQ(with_distance("-1").warnings.items().size(), 1U);
  const PlacedObjects cut = place_objects(
      parsed(one_road("3000", geometry("3000", "<line/>"), two_lanes(),
                      "<objects>" +
                          object("type=\"pole\" s=\"0\" t=\"4\"",
                                 "<repeat s=\"0\" length=\"3000\" distance=\"0.1\"/>") +
                          "</objects>")));
  EXPECT_EQ(cut.objects.size(), 20000U);
  EXPECT_EQ(cut.warnings.items().size(), 1U);
  std::string many;
  for (int i = 0; i < 300; ++i) {
    many += object("type=\"pole\" s=\"0\" t=\"4\"",
                   "<repeat s=\"0\" length=\"100\" distance=\"0.01\"/>");
  }
  const PlacedObjects placed = place_objects(with_objects(many));
  EXPECT_LE(placed.objects.size(), 2000000U);
  EXPECT_EQ(placed.warnings.items().size(), 1U);
}

TEST(Objects, WhatLiesNowhereIsDroppedAndTold) {
  const RoadMap map = with_objects(
      object("type=\"pole\" s=\"1e7\" t=\"0\"") + object("type=\"pole\" s=\"1\" t=\"nan\"") +
      object("type=\"ufo\" s=\"1\" t=\"2\" height=\"-3\"") +
      object("type=\"tree\" s=\"1\" t=\"2\"",
             "<outlines><outline><cornerLocal u=\"0\" v=\"0\"/></outline></outlines>"));
  EXPECT_EQ(map.roads[0].objects.size(), 3U);
  EXPECT_EQ(map.warnings.items().size(), 5U) << core::to_string(map.warnings);
  EXPECT_EQ(place_objects(map).objects.size(), 3U);
}

TEST(Objects, OfTheCollectionAreNearTheirRoads) {
  if (collected_maps().empty()) GTEST_SKIP() << "no folder data/xodr in the shared directory";
  for (const auto& path : collected_maps()) {
    const auto map = load_opendrive(path);
    ASSERT_TRUE(map.has_value());
    const PlacedObjects placed = place_objects(*map);
    EXPECT_TRUE(placed.warnings.empty());
    int others = 0;
    for (const PlacedObject& o : placed.objects) {
      others += o.kind == ObjectKind::kOther ? 1 : 0;
      for (const PlacedOutline& outline : o.outlines) {
        for (const OutlinePoint& p : outline.points) {
          EXPECT_LT(glm::length(p.base - o.T_map_object.translation), 150) << path;
        }
      }
    }
    if (!placed.objects.empty()) {
      std::printf("%-32s %4zu objects, %d of unknown kind\n", path.filename().c_str(),
                  placed.objects.size(), others);
    }
  }
}

}  // namespace
}  // namespace oddroad::road

// How the dressing of streets varies from style to style, and what holds for all of them.
#include <cstdio>

#include "engine/core/random.h"
#include "tests/unit/stage/stage_fixture.h"

namespace oddroad::stage {
namespace {

// Which things stand where, to the millimetre.
std::uint64_t digest(const world::StaticWorld& world) {
  std::uint64_t out = 0;
  for (const world::StaticThing& thing : world.things) {
    const math::Vec3d& p = thing.T_world_model.translation;
    char text[160];
    std::snprintf(text, sizeof text, "%s %.3f %.3f %.3f %.4f", thing.name.c_str(), p.x, p.y, p.z,
                  thing.T_world_model.linear[0].x);
    out = core::hash64(text, out);
  }
  return out;
}

road::RoadMap street_of_type(const std::string& type) {
  std::string text = kStreet;
  const std::string town = "type=\"town\"";
  text.replace(text.find(town), town.size(), "type=\"" + type + "\"");
  auto map = road::parse_opendrive(text, type);
  EXPECT_TRUE(map.has_value());
  return *map;
}

TEST(StreetStyle, WithoutOneEveryRoadStaysAsItWas) {
  const std::pair<const char*, std::uint64_t> before[] = {{"town", 18371438039896586859u},
                                                          {"rural", 10183076702570112196u}};
  for (const auto& [type, expected] : before) {
    StageOptions options = street_options();
    options.seed = 7;
    const auto world = build_stage(street_of_type(type), test_ontology(), options);
    ASSERT_TRUE(world);
    EXPECT_EQ(digest(*world), expected) << type << ": " << world->things.size() << " things";
  }
}

}  // namespace
}  // namespace oddroad::stage

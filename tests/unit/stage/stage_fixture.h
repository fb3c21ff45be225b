// Little maps and helpers for the tests of the static world.
#pragma once

#include <cmath>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "engine/stage/stage.h"

namespace oddroad::stage {

inline capture::Ontology test_ontology() {
  capture::Ontology out;
  std::uint8_t id = 1;
  for (const char* name : {"unknown",      "road",
                           "sidewalk",     "parking",
                           "lane_mark",    "kerb",
                           "terrain",      "building",
                           "vegetation",   "pole",
                           "fence",        "guard_rail",
                           "traffic_sign", "traffic_light",
                           "traffic_cone", "car",
                           "van",          "pedestrian",
                           "barrier",      "bridge",
                           "tunnel",       "street_furniture",
                           "debris"}) {
    capture::OntologyClass c;
    c.id = core::ClassId(id++);
    c.name = name;
    out.classes.push_back(c);
  }
  return out;
}

// A town street of 120 m: an S of two arcs on a slope with superelevation; each side has a driving
// lane, a parking lane and a footway 0.12 m higher.
inline const char* kStreet = R"(<?xml version="1.0"?><OpenDRIVE>
<header revMajor="1" revMinor="6"/>
<road id="1" junction="-1" length="120" name="street">
 <type s="0" type="town"/>
 <planView>
  <geometry s="0" x="100" y="200" hdg="0.3" length="60"><arc curvature="0.02"/></geometry>
  <geometry s="60" x="135.09873" y="244.22990" hdg="1.5" length="60"><arc curvature="-0.01"/></geometry>
 </planView>
 <elevationProfile><elevation s="0" a="5" b="0.03" c="0.0002" d="0"/></elevationProfile>
 <lateralProfile><superelevation s="0" a="0" b="0.0005" c="0" d="0"/></lateralProfile>
 <lanes><laneSection s="0">
  <left>
   <lane id="3" type="sidewalk" level="false"><width sOffset="0" a="2.2" b="0" c="0" d="0"/>
    <height sOffset="0" inner="0.12" outer="0.12"/></lane>
   <lane id="2" type="parking" level="false"><width sOffset="0" a="2.0" b="0" c="0" d="0"/></lane>
   <lane id="1" type="driving" level="false"><width sOffset="0" a="3.25" b="0" c="0" d="0"/>
    <roadMark sOffset="0" type="solid" weight="standard" color="white" width="0.12"/></lane>
  </left>
  <center><lane id="0" type="none" level="false">
    <roadMark sOffset="0" type="broken" weight="standard" color="white" width="0.12"/></lane></center>
  <right>
   <lane id="-1" type="driving" level="false"><width sOffset="0" a="3.25" b="0" c="0" d="0"/></lane>
   <lane id="-2" type="parking" level="false"><width sOffset="0" a="2.0" b="0" c="0" d="0"/>
    <roadMark sOffset="0" type="solid" weight="standard" color="white" width="0.2"/></lane>
   <lane id="-3" type="sidewalk" level="false"><width sOffset="0" a="2.2" b="0" c="0" d="0"/>
    <height sOffset="0" inner="0.12" outer="0.12"/></lane>
  </right>
 </laneSection></lanes>
</road></OpenDRIVE>)";

inline road::RoadMap street() {
  auto map = road::parse_opendrive(kStreet, "street");
  EXPECT_TRUE(map.has_value());
  return *map;
}

inline StageOptions street_options() {
  StageOptions options;
  options.origin_map = {110, 230, 6};
  options.radius_m = 150;
  return options;
}

struct Hit {
  double z = 0;
  std::string thing;
  std::string class_name;
};

// Highest triangle of the world over (x, y), of things whose class is in `classes` (all if empty).
inline std::optional<Hit> drop(const world::StaticWorld& world, const math::Vec2d& p,
                               const std::vector<std::string>& classes = {}) {
  std::optional<Hit> best;
  for (const world::StaticThing& thing : world.things) {
    const std::string& name = thing.model->class_name;
    if (!classes.empty() && std::find(classes.begin(), classes.end(), name) == classes.end()) {
      continue;
    }
    for (const asset::Part& part : thing.model->parts) {
      for (const auto& [ia, ib, ic] : part.mesh->triangles) {
        const auto at = [&](std::uint32_t i) {
          return thing.T_world_model.point(math::Vec3d(part.mesh->positions[i]));
        };
        const math::Vec3d a = at(ia), b = at(ib), c = at(ic);
        if (p.x < std::min({a.x, b.x, c.x}) - 1e-6 || p.x > std::max({a.x, b.x, c.x}) + 1e-6 ||
            p.y < std::min({a.y, b.y, c.y}) - 1e-6 || p.y > std::max({a.y, b.y, c.y}) + 1e-6) {
          continue;
        }
        const double area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
        if (std::abs(area) < 1e-9) continue;
        const double u = ((p.x - a.x) * (c.y - a.y) - (p.y - a.y) * (c.x - a.x)) / area;
        const double v = ((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)) / area;
        if (u < -1e-6 || v < -1e-6 || u + v > 1 + 1e-6) continue;
        const double z = a.z + u * (b.z - a.z) + v * (c.z - a.z);
        if (!best || z > best->z) best = Hit{z, thing.name, name};
      }
    }
  }
  return best;
}

}  // namespace oddroad::stage

// Maps for traffic written in the test: straight roads, crossings, bridges.
#pragma once

#include <cmath>
#include <cstdio>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "engine/traffic/traffic.h"

namespace oddroad::traffic::testing {

inline std::string number(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.12g", value);
  return text;
}

inline std::string lane_xml(int id, const std::string& links = "", double width_m = 3.5,
                            const std::string& extra = "") {
  return "<lane id=\"" + std::to_string(id) + "\" type=\"driving\"><link>" + links +
         "</link><width sOffset=\"0\" a=\"" + number(width_m) + "\" b=\"0\" c=\"0\" d=\"0\"/>" +
         extra + "</lane>";
}

struct Piece {
  double x = 0, y = 0, heading = 0, length = 100, curvature = 0;
};

struct RoadText {
  std::string id = "1";
  std::string junction = "-1";
  Piece plan;
  std::string left, right;  // lanes
  std::string links, types, signals;
  double height_m = 0;
  std::string rule;
};

inline std::string road_xml(const RoadText& r) {
  const std::string shape =
      r.plan.curvature == 0 ? "<line/>" : "<arc curvature=\"" + number(r.plan.curvature) + "\"/>";
  return "<road id=\"" + r.id + "\" junction=\"" + r.junction + "\" length=\"" +
         number(r.plan.length) + "\"" + (r.rule.empty() ? "" : " rule=\"" + r.rule + "\"") +
         "><link>" + r.links + "</link>" + r.types + "<planView><geometry s=\"0\" x=\"" +
         number(r.plan.x) + "\" y=\"" + number(r.plan.y) + "\" hdg=\"" + number(r.plan.heading) +
         "\" length=\"" + number(r.plan.length) + "\">" + shape +
         "</geometry></planView><elevationProfile><elevation s=\"0\" a=\"" + number(r.height_m) +
         "\" b=\"0\" c=\"0\" d=\"0\"/></elevationProfile><lanes><laneSection s=\"0\">" +
         (r.left.empty() ? "" : "<left>" + r.left + "</left>") +
         "<center><lane id=\"0\" type=\"none\"/></center>" +
         (r.right.empty() ? "" : "<right>" + r.right + "</right>") +
         "</laneSection></lanes><signals>" + r.signals + "</signals></road>";
}

inline std::string town(double kmh) {
  return "<type s=\"0\" type=\"town\"><speed max=\"" + number(kmh) + "\" unit=\"km/h\"/></type>";
}

inline std::string signal_xml(const std::string& id, const std::string& type, double s,
                              const std::string& orientation, const std::string& country = "DE") {
  return "<signal id=\"" + id + "\" s=\"" + number(s) + "\" t=\"4\" type=\"" + type +
         "\" subtype=\"-1\" country=\"" + country + "\" orientation=\"" + orientation +
         "\" dynamic=\"no\" zOffset=\"2\" value=\"-1\"/>";
}

inline std::string map_xml(const std::string& body) {
  return "<OpenDRIVE><header revMajor=\"1\" revMinor=\"6\"/>" + body + "</OpenDRIVE>";
}

// A crossing of arms that leave the origin; arm k heads to `headings[k]`. Roads "1", "2", ...; the
// connecting road from arm i to arm j is "ij" (with arms counted from 1).
struct Crossing {
  std::vector<double> headings = {0, M_PI / 2, M_PI, 3 * M_PI / 2};
  double radius_m = 14;
  double arm_m = 150;
  bool left_hand = false;
  std::vector<double> limits_kmh = {50, 50, 50, 50};
  std::vector<std::string> signals = {"", "", "", ""};  // by arm
  std::string junction_extra;                           // priorities, controllers
  std::string map_extra;                                // controllers

  [[nodiscard]] std::string text() const {
    std::string roads;
    std::string connections;
    const std::string rule = left_hand ? "LHT" : "";
    const int in = left_hand ? -1 : 1;  // lane that leads to the junction
    const int through = left_hand ? 1 : -1;
    for (std::size_t i = 0; i < headings.size(); ++i) {
      RoadText arm;
      arm.id = std::to_string(i + 1);
      arm.rule = rule;
      arm.plan = {radius_m * std::cos(headings[i]), radius_m * std::sin(headings[i]), headings[i],
                  arm_m, 0};
      arm.left = lane_xml(1);
      arm.right = lane_xml(-1);
      arm.links = "<predecessor elementType=\"junction\" elementId=\"9\"/>";
      arm.types = town(limits_kmh[i]);
      arm.signals = signals[i];
      roads += road_xml(arm);
      for (std::size_t j = 0; j < headings.size(); ++j) {
        if (i == j) continue;
        const std::string id = std::to_string(i + 1) + std::to_string(j + 1);
        roads += connecting(i, j, id, rule, in, through);
        connections += "<connection id=\"" + id + "\" incomingRoad=\"" + std::to_string(i + 1) +
                       "\" connectingRoad=\"" + id + "\" contactPoint=\"start\"><laneLink from=\"" +
                       std::to_string(in) + "\" to=\"" + std::to_string(through) +
                       "\"/></connection>";
      }
    }
    return map_xml(roads + "<junction id=\"9\" name=\"x\">" + connections + junction_extra +
                   "</junction>" + map_extra);
  }

 private:
  [[nodiscard]] std::string connecting(std::size_t i, std::size_t j, const std::string& id,
                                       const std::string& rule, int in, int through) const {
    RoadText road;
    road.id = id;
    road.junction = "9";
    road.rule = rule;
    const double from = headings[i] + M_PI;
    const double turn = math::wrap_angle(headings[j] - from);
    road.plan = {radius_m * std::cos(headings[i]), radius_m * std::sin(headings[i]), from,
                 2 * radius_m, 0};
    if (std::abs(turn) > 0.01) {  // the arc that is tangent to both arms
      const double r = radius_m / std::tan(0.5 * std::abs(turn));
      road.plan.length = r * std::abs(turn);
      road.plan.curvature = (turn > 0 ? 1 : -1) / r;
    }
    const std::string links = "<predecessor id=\"" + std::to_string(in) + "\"/><successor id=\"" +
                              std::to_string(through) + "\"/>";
    (through > 0 ? road.left : road.right) = lane_xml(through, links);
    road.links = "<predecessor elementType=\"road\" elementId=\"" + std::to_string(i + 1) +
                 "\" contactPoint=\"start\"/><successor elementType=\"road\" elementId=\"" +
                 std::to_string(j + 1) + "\" contactPoint=\"start\"/>";
    return road_xml(road);
  }
};

// A map with all that is built on it.
struct World {
  explicit World(const std::string& text) {
    auto parsed = road::parse_opendrive(text, "test.xodr");
    EXPECT_TRUE(parsed.has_value()) << core::to_string(parsed.error());
    map = std::make_unique<road::RoadMap>(std::move(*parsed));
    graph = std::make_unique<road::LaneGraph>(*map);
    network = std::make_unique<Network>(*graph);
  }
  [[nodiscard]] std::uint32_t lane(const std::string& road, int id) const {
    const road::LaneId found = graph->find(map->road_index(road), 0, id);
    EXPECT_TRUE(found) << road << " " << id;
    return found.value - 1;
  }
  // The conflict of two lanes, as the first sees it; null if there is none.
  [[nodiscard]] const Conflict* conflict(std::uint32_t a, std::uint32_t b) const {
    const ConflictTable& all = network->conflicts();
    for (const Conflict* c = all.begin(a); c != all.end(a); ++c) {
      if (c->other == b) return c;
    }
    return nullptr;
  }
  std::unique_ptr<road::RoadMap> map;
  std::unique_ptr<road::LaneGraph> graph;
  std::unique_ptr<Network> network;
};

inline std::string straight_road(double length_m, int lanes_each_way = 1, double kmh = 50) {
  RoadText road;
  road.plan.length = length_m;
  road.types = town(kmh);
  for (int i = lanes_each_way; i >= 1; --i) road.left += lane_xml(i);
  for (int i = 1; i <= lanes_each_way; ++i) road.right += lane_xml(-i);
  return map_xml(road_xml(road));
}

// No traffic but what the test puts there.
inline Settings empty_settings() {
  Settings out;
  out.density_per_km = 0;
  out.refill = false;
  out.speed_factor_deviation = 0;
  return out;
}

inline VehicleView view_of(const Traffic& traffic, std::uint32_t id) {
  for (const VehicleView& v : traffic.vehicles()) {
    if (v.id == id) return v;
  }
  ADD_FAILURE() << "no vehicle " << id;
  return {};
}

}  // namespace oddroad::traffic::testing

// A town of crossings: streets with two lanes each way, turn lanes by choice of lane, lights at a
// third of the crossings, yield signs at another, nothing at the rest; streets lead off the map all
// around.
#pragma once

#include "tests/unit/traffic/small_maps.h"

namespace oddroad::traffic::testing {

struct GridMap {
  int count = 3;  // crossings each way
  double spacing_m = 150;
  double radius_m = 18;  // of a crossing
  double stub_m = 120;   // streets that lead off the map
  int lanes = 2;         // each way: 1 or 2
  double width_m = 3.3;
  bool left_hand = false;
  double kmh = 50;

  [[nodiscard]] std::string text() const {
    std::string streets;
    std::string crossings;
    for (int x = 0; x < count; ++x) {
      for (int y = 0; y < count; ++y) {
        for (int arm = 0; arm < 4; ++arm) {
          if (owns(x, y, arm)) streets += street(x, y, arm);
        }
        crossings += crossing(x, y, streets);
      }
    }
    return map_xml(streets + crossings);
  }

 private:
  // Arms: 0 east, 1 north, 2 west, 3 south.
  static constexpr int kDx[4] = {1, 0, -1, 0};
  static constexpr int kDy[4] = {0, 1, 0, -1};

  [[nodiscard]] bool is_node(int x, int y) const {
    return x >= 0 && y >= 0 && x < count && y < count;
  }
  // A street starts at the crossing that owns it: eastward and northward ones, and stubs.
  [[nodiscard]] bool owns(int x, int y, int arm) const {
    return arm < 2 || !is_node(x + kDx[arm], y + kDy[arm]);
  }
  [[nodiscard]] std::string node_id(int x, int y) const {
    return std::to_string(9000 + x * 100 + y);
  }
  [[nodiscard]] std::string street_id(int x, int y, int arm) const {
    if (owns(x, y, arm)) return std::to_string(10 * (100 * x + y) + arm + 1);
    return street_id(x + kDx[arm], y + kDy[arm], arm - 2);
  }
  // Sign of the lanes whose traffic runs with s.
  [[nodiscard]] int with_s() const { return left_hand ? 1 : -1; }

  [[nodiscard]] std::string lanes_xml(int sign,
                                      const std::string& type_of_inner = "driving") const {
    std::string out;
    for (int k = 1; k <= lanes; ++k) {
      const int i = sign > 0 ? lanes + 1 - k : k;
      std::string lane = lane_xml(sign * i, "", width_m);
      if (i == 1 && type_of_inner != "driving") {
        lane.replace(lane.find("driving"), 7, type_of_inner);
      }
      out += lane;
    }
    return out;
  }

  [[nodiscard]] std::string street(int x, int y, int arm) const {
    const int x2 = x + kDx[arm];
    const int y2 = y + kDy[arm];
    RoadText road;
    road.id = street_id(x, y, arm);
    road.rule = left_hand ? "LHT" : "RHT";
    road.types = town(kmh);
    road.plan = {x * spacing_m + radius_m * kDx[arm], y * spacing_m + radius_m * kDy[arm],
                 0.5 * M_PI * arm, is_node(x2, y2) ? spacing_m - 2 * radius_m : stub_m, 0};
    road.left = lanes_xml(1);
    road.right = lanes_xml(-1);
    road.links = "<predecessor elementType=\"junction\" elementId=\"" + node_id(x, y) + "\"/>";
    road.signals = control(x, y, arm, true, road.plan.length);
    if (is_node(x2, y2)) {
      road.links += "<successor elementType=\"junction\" elementId=\"" + node_id(x2, y2) + "\"/>";
      road.signals += control(x2, y2, (arm + 2) % 4, false, road.plan.length);
    }
    return road_xml(road);
  }

  // The light or sign of one arm; at_start: the street starts at that crossing.
  [[nodiscard]] std::string control(int x, int y, int arm, bool at_start, double length) const {
    const int kind = (x + 2 * y) % 3;
    if (kind == 2 || (kind == 1 && arm % 2 == 0)) return {};
    const std::string id = "s" + node_id(x, y) + std::to_string(arm);
    return signal_xml(id, kind == 0 ? "1000001" : "205", at_start ? 2 : length - 2,
                      at_start ? "-" : "+");
  }

  [[nodiscard]] std::string crossing(int x, int y, std::string& roads) const {
    std::string out = "<junction id=\"" + node_id(x, y) + "\" name=\"x\">";
    for (int from = 0; from < 4; ++from) {
      for (int turn = 1; turn < 4; ++turn) {
        const int to = (from + turn) % 4;
        const std::string id = node_id(x, y) + std::to_string(from) + std::to_string(to);
        // turn 1: to the arm on the right of where one comes from... seen from above the arms run
        // counter-clockwise, so coming from `from`, arm from + 1 lies to the driver's right.
        const bool straight = turn == 2;
        const bool crosses = left_hand ? turn == 1 : turn == 3;
        out += "<connection id=\"" + id + "\" incomingRoad=\"" + street_id(x, y, from) +
               "\" connectingRoad=\"" + id + "\" contactPoint=\"start\">";
        const int first = straight || crosses ? 1 : lanes;
        const int last = straight ? lanes : first;
        const int in = owns(x, y, from) ? -with_s() : with_s();
        const int onto = owns(x, y, to) ? with_s() : -with_s();
        std::string own;
        for (int k = 1; k <= lanes; ++k) {
          const int i = with_s() > 0 ? lanes + 1 - k : k;
          if (i > last) continue;
          if (i < first) {
            std::string gap = lane_xml(with_s() * i, "", width_m);
            own += gap.replace(gap.find("driving"), 7, "none");
            continue;
          }
          out += "<laneLink from=\"" + std::to_string(in * i) + "\" to=\"" +
                 std::to_string(with_s() * i) + "\"/>";
          own += lane_xml(with_s() * i,
                          "<predecessor id=\"" + std::to_string(in * i) + "\"/><successor id=\"" +
                              std::to_string(onto * i) + "\"/>",
                          width_m);
        }
        out += "</connection>";
        roads += connecting(x, y, from, to, id, own);
      }
    }
    return out + "</junction>";
  }

  [[nodiscard]] std::string connecting(int x, int y, int from, int to, const std::string& id,
                                       const std::string& own) const {
    RoadText road;
    road.id = id;
    road.junction = node_id(x, y);
    road.rule = left_hand ? "LHT" : "RHT";
    const double heading = 0.5 * M_PI * from + M_PI;
    const double turn = math::wrap_angle(0.5 * M_PI * to - heading);
    road.plan = {x * spacing_m + radius_m * kDx[from], y * spacing_m + radius_m * kDy[from],
                 heading, 2 * radius_m, 0};
    if (std::abs(turn) > 0.01) {
      road.plan.length = radius_m * std::abs(turn);
      road.plan.curvature = (turn > 0 ? 1 : -1) / radius_m;
    }
    (with_s() > 0 ? road.left : road.right) = own;
    const auto link = [&](const char* name, int arm) {
      return std::string("<") + name + " elementType=\"road\" elementId=\"" + street_id(x, y, arm) +
             "\" contactPoint=\"" + (owns(x, y, arm) ? "start" : "end") + "\"/>";
    };
    road.links = link("predecessor", from) + link("successor", to);
    return road_xml(road);
  }
};

}  // namespace oddroad::traffic::testing

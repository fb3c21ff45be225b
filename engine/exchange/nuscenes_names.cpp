#include "engine/exchange/nuscenes_names.h"

#include <algorithm>
#include <map>

#include "engine/exchange/class_names.h"

namespace oddroad::exchange {

const std::vector<std::string>& nuscenes_categories() {
  static const std::vector<std::string> all = {
      "noise",
      "animal",
      "human.pedestrian.adult",
      "human.pedestrian.child",
      "human.pedestrian.construction_worker",
      "human.pedestrian.personal_mobility",
      "human.pedestrian.police_officer",
      "human.pedestrian.stroller",
      "human.pedestrian.wheelchair",
      "movable_object.barrier",
      "movable_object.debris",
      "movable_object.pushable_pullable",
      "movable_object.trafficcone",
      "static_object.bicycle_rack",
      "vehicle.bicycle",
      "vehicle.bus.bendy",
      "vehicle.bus.rigid",
      "vehicle.car",
      "vehicle.construction",
      "vehicle.emergency.ambulance",
      "vehicle.emergency.police",
      "vehicle.motorcycle",
      "vehicle.trailer",
      "vehicle.truck",
      "flat.driveable_surface",
      "flat.other",
      "flat.sidewalk",
      "flat.terrain",
      "static.manmade",
      "static.other",
      "static.vegetation",
      "vehicle.ego",
  };
  return all;
}

int nuscenes_index(const std::string& category) {
  const auto& all = nuscenes_categories();
  const auto it = std::find(all.begin(), all.end(), category);
  return it == all.end() ? 0 : static_cast<int>(it - all.begin());
}

std::string nuscenes_category(const capture::OntologyClass& one) {
  static const std::map<std::string, std::string> theirs = {
      {"road", "flat.driveable_surface"},
      {"lane_mark", "flat.driveable_surface"},
      {"parking", "flat.driveable_surface"},
      {"sidewalk", "flat.sidewalk"},
      {"kerb", "flat.sidewalk"},
      {"terrain", "flat.terrain"},
      {"building", "static.manmade"},
      {"pole", "static.manmade"},
      {"traffic_sign", "static.manmade"},
      {"traffic_light", "static.manmade"},
      {"fence", "static.manmade"},
      {"guard_rail", "static.manmade"},
      {"bridge", "static.manmade"},
      {"tunnel", "static.manmade"},
      {"street_furniture", "static.manmade"},
      {"unknown", "static.other"},
      {"vegetation", "static.vegetation"},
      {"traffic_cone", "movable_object.trafficcone"},
      {"debris", "movable_object.debris"},
      {"barrier", "movable_object.barrier"},
      {"car", "vehicle.car"},
      {"van", "vehicle.car"},
      {"truck", "vehicle.truck"},
      {"bus", "vehicle.bus.rigid"},
      {"trailer", "vehicle.trailer"},
      {"work_machine", "vehicle.construction"},
      {"bicycle", "vehicle.bicycle"},
      {"motorcycle", "vehicle.motorcycle"},
      {"pedestrian", "human.pedestrian.adult"},
      {"rider", "human.pedestrian.adult"},
      {"stroller", "human.pedestrian.stroller"},
      {"wheelchair", "human.pedestrian.wheelchair"},
      {"personal_mobility", "human.pedestrian.personal_mobility"},
      {"animal", "animal"},
      {"tram", "static.other"},
  };
  const auto it = theirs.find(one.name);
  return it == theirs.end() ? kNoClass : it->second;
}

std::string refine_category(const std::string& category, const std::string& type) {
  const auto has = [&](const char* word) {
    return type.find(word) != std::string::npos;
  };
  if (category == "human.pedestrian.adult") {
    if (has("child")) return "human.pedestrian.child";
    if (has("worker")) return "human.pedestrian.construction_worker";
    if (has("police")) return "human.pedestrian.police_officer";
  }
  if (category.rfind("vehicle.", 0) == 0) {
    if (has("ambulance")) return "vehicle.emergency.ambulance";
    if (has("police")) return "vehicle.emergency.police";
  }
  return category;
}

const std::vector<std::string>& nuscenes_attributes() {
  static const std::vector<std::string> all = {
      "vehicle.moving",      "vehicle.stopped",
      "vehicle.parked",      "cycle.with_rider",
      "cycle.without_rider", "pedestrian.moving",
      "pedestrian.standing", "pedestrian.sitting_lying_down"};
  return all;
}

}  // namespace oddroad::exchange

#include "engine/exchange/semantickitti_classes.h"

#include <map>

namespace oddroad::exchange {
namespace {

struct Label {
  std::uint16_t id = 0;
  std::uint16_t moving = 0;  // 0: has no moving form
  bool thing = false;        // points carry an instance
};

const std::map<std::string, Label>& labels() {
  static const std::map<std::string, Label> all = {
      {"unlabeled", {0}},
      {"outlier", {1}},
      {"car", {10, 252, true}},
      {"bicycle", {11, 0, true}},
      {"bus", {13, 257, true}},
      {"motorcycle", {15, 0, true}},
      {"on-rails", {16, 256, true}},
      {"truck", {18, 258, true}},
      {"other-vehicle", {20, 259, true}},
      {"person", {30, 254, true}},
      {"bicyclist", {31, 253, true}},
      {"motorcyclist", {32, 255, true}},
      {"road", {40}},
      {"parking", {44}},
      {"sidewalk", {48}},
      {"other-ground", {49}},
      {"building", {50}},
      {"fence", {51}},
      {"other-structure", {52}},
      {"lane-marking", {60}},
      {"vegetation", {70}},
      {"trunk", {71}},
      {"terrain", {72}},
      {"pole", {80}},
      {"traffic-sign", {81}},
      {"other-object", {99}},
  };
  return all;
}

Label label_of(const std::string& name) {
  const auto it = labels().find(name);
  return it == labels().end() ? Label{} : it->second;
}

// Farther than settling springs and swaying people take it.
constexpr double kMovedM = 0.5;

bool moves(const world::Actor& actor) {
  const math::Vec3d start = actor.states.front().T_world_actor.translation;
  return std::any_of(actor.states.begin(), actor.states.end(), [&](const auto& state) {
    return glm::length(state.T_world_actor.translation - start) > kMovedM;
  });
}

}  // namespace

const std::vector<std::string>& semantickitti_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> out;
    for (const auto& [name, label] : labels()) out.push_back(name);
    return out;
  }();
  return names;
}

std::string semantickitti_name(const capture::OntologyClass& one) {
  static const std::map<std::string, std::string> theirs = {
      {"unknown", "other-object"},
      {"road", "road"},
      {"sidewalk", "sidewalk"},
      {"parking", "parking"},
      {"lane_mark", "lane-marking"},
      {"kerb", "sidewalk"},
      {"terrain", "terrain"},
      {"building", "building"},
      {"vegetation", "vegetation"},
      {"pole", "pole"},
      {"traffic_cone", "other-object"},
      {"debris", "other-object"},
      {"car", "car"},
      {"van", "car"},
      {"truck", "truck"},
      {"bus", "bus"},
      {"pedestrian", "person"},
      {"rider", "person"},
      {"bicycle", "bicycle"},
      {"motorcycle", "motorcycle"},
      {"animal", "other-object"},
      {"traffic_sign", "traffic-sign"},
      {"traffic_light", "other-object"},
      {"fence", "fence"},
      {"guard_rail", "fence"},
      {"barrier", "other-object"},
      {"street_furniture", "other-object"},
      {"trailer", "other-vehicle"},
      {"stroller", "other-object"},
      {"wheelchair", "other-object"},
      {"personal_mobility", "other-vehicle"},
      {"bridge", "other-structure"},
      {"tunnel", "other-structure"},
      {"tram", "on-rails"},
      {"work_machine", "other-vehicle"},
  };
  const auto it = theirs.find(one.name);
  return it == theirs.end() ? "unlabeled" : it->second;
}

SemanticKittiLabels::SemanticKittiLabels(const dataset::ClipInfo& info,
                                         const world::Timeline& timeline, const ClassNames& names)
    : by_class_(256, 0) {
  for (int c = 0; c < 256; ++c) {
    const core::ClassId id(static_cast<std::uint8_t>(c));
    by_class_[static_cast<std::size_t>(c)] = label_of(names.of(id)).id;
  }
  std::map<core::InstanceId, std::string> name_of;  // of things as one: with their riders
  for (const auto& actor : info.actors) name_of[actor.id] = names.of(actor.class_id);
  for (const auto& actor : info.actors) {
    const auto mount = name_of.find(actor.rides);
    if (!actor.rides || mount == name_of.end()) continue;
    if (mount->second == "bicycle") mount->second = "bicyclist";
    if (mount->second == "motorcycle") mount->second = "motorcyclist";
  }
  for (std::size_t i = 0; i < info.actors.size(); ++i) {
    const auto& actor = info.actors[i];
    const auto mount = name_of.find(actor.rides);
    const bool one_with_mount =
        mount != name_of.end() && (mount->second == "bicyclist" || mount->second == "motorcyclist");
    const std::string& name = one_with_mount ? mount->second : name_of.at(actor.id);
    const Label label = label_of(name);
    const bool moving = label.moving != 0 && moves(timeline.actors[i]);
    const std::uint32_t instance =
        label.thing ? (one_with_mount ? actor.rides : actor.id).value : 0;
    set(actor.id, instance << 16 | (moving ? label.moving : label.id));
  }
  for (const auto& one : info.statics) {  // parked cars; houses and trees go by their surfaces
    const Label label = label_of(names.of(one.class_id));
    if (label.thing) set(one.id, std::uint32_t{one.id.value} << 16 | label.id);
  }
}

void SemanticKittiLabels::set(core::InstanceId id, std::uint32_t label) {
  if (by_instance_.size() <= id.value) by_instance_.resize(id.value + 1u);
  by_instance_[id.value] = label;
}

std::uint32_t SemanticKittiLabels::of(std::uint8_t class_id, std::uint16_t instance) const {
  const bool own = instance < by_instance_.size() && by_instance_[instance];
  return own ? *by_instance_[instance] : by_class_[class_id];
}

}  // namespace oddroad::exchange

#include "engine/exchange/openlabel_tracks.h"

namespace oddroad::exchange::openlabel {
namespace {

Json agents(const char* type, const std::string& uid) {
  return Json::array({{{"type", type}, {"uid", uid}}});
}

}  // namespace

void Intervals::add(int frame) {
  if (!list_.empty() && list_.back().second == frame - 1) {
    list_.back().second = frame;
  } else {
    list_.emplace_back(frame, frame);
  }
}

Json Intervals::json() const {
  Json out = Json::array();
  for (const auto& [first, last] : list_) {
    out.push_back({{"frame_start", first}, {"frame_end", last}});
  }
  return out;
}

void Tracks::add(int frame, const std::vector<Sight>& sights) {
  for (const Sight& sight : sights) {
    Object& object = objects_.try_emplace(sight.id, Object{sight, {}, {}}).first->second;
    object.frames.add(frame);
    for (const auto& [name, type] : sight.data) {
      Data& data = object.data[name];
      data.type = type;
      data.frames.add(frame);
    }
    for (const std::string& action : sight.actions) actions_[{sight.id, action}].add(frame);
  }
}

Json Tracks::objects(const ClassNames& classes) const {
  Json out = Json::object();
  for (const auto& [id, object] : objects_) {
    const Sight& is = object.first;
    Json pointers = Json::object();
    for (const auto& [name, data] : object.data) {
      pointers[name] = {{"type", data.type}, {"frame_intervals", data.frames.json()}};
    }
    const auto& size = is.track_size_m;
    out[std::to_string(id.value)] = {
        {"name", is.name},
        {"type", classes.of(is.class_id)},
        {"ontology_uid", "0"},
        {"coordinate_system", kVehicle},
        {"frame_intervals", object.frames.json()},
        {"object_data",
         {{"text", Json::array({named("model", is.type)})},
          {"vec", Json::array({named("rest_size", {size.x, size.y, size.z})})}}},
        {"object_data_pointers", pointers}};
  }
  return out;
}

Json Tracks::actions() const {
  Json out = Json::object();
  for (const auto& [what, frames] : actions_) {
    out[std::to_string(out.size())] = {
        {"name", objects_.at(what.first).first.name + " " + what.second},
        {"type", what.second},
        {"frame_intervals", frames.json()}};
  }
  return out;
}

Json Tracks::relations() const {
  Json out = Json::object();
  const auto add = [&](const char* type, core::InstanceId subject, const Json& objects) {
    out[std::to_string(out.size())] = {
        {"name", type},
        {"type", type},
        {"rdf_subjects", agents("object", std::to_string(subject.value))},
        {"rdf_objects", objects}};
  };
  for (const auto& [id, object] : objects_) {
    if (!objects_.contains(object.first.rides)) continue;
    add("rides", id, agents("object", std::to_string(object.first.rides.value)));
  }
  int action = 0;
  for (const auto& [what, frames] : actions_) {
    add("isSubjectOfAction", what.first, agents("action", std::to_string(action++)));
  }
  return out;
}

}  // namespace oddroad::exchange::openlabel

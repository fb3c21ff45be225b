#include <algorithm>

#include "engine/verify/json_fields.h"
#include "engine/verify/readers.h"

namespace oddroad::verify {
namespace {

ActorRecord read_actor(const Json& json) {
  ActorRecord actor;
  actor.id = whole<std::uint16_t>(json.at("id"));
  actor.name = text(json.at("name"));
  actor.type = text(json.at("type"));
  actor.class_id = whole<std::uint8_t>(json.at("class"));
  actor.rides = whole<std::uint16_t>(json.at("rides"));
  actor.is_ego = json.at("is_ego").get<bool>();
  actor.box = aabb(json.at("model_box"));
  return actor;
}

void read_identity(const Json& json, ClipRecord& clip) {
  clip.identity = json.dump();
  clip.scenario = text(json.at("scenario"));
  clip.content_hash = text(json.at("content_hash"));
  clip.software = text(json.at("software_version"));
  clip.seed = whole<std::uint64_t>(json.at("seed"));
  clip.index = whole<std::uint32_t>(json.at("index"));
}

void read_place(const Json& json, ClipRecord& clip) {
  clip.map = text(json.at("map"));
  clip.rig = text(json.at("rig"));
  const Json& site = json.at("site");
  clip.site_road = text(site.at("road"));
  clip.site_s_m = number(site.at("s_m"));
  clip.site_lane = whole<std::int64_t>(site.at("lane"));
  clip.site_length_m = number(site.at("length_m"));
  clip.T_map_world = affine(json.at("T_map_world"));
}

void read_things(const Json& json, ClipRecord& clip) {
  for (const Json& actor : json.at("actors")) clip.actors.push_back(read_actor(actor));
  for (const Json& thing : json.at("statics")) {
    clip.statics.push_back({whole<std::uint16_t>(thing.at("id")), text(thing.at("name")),
                            whole<std::uint8_t>(thing.at("class"))});
  }
  for (const Json& event : json.at("events")) {
    clip.events.push_back({whole<std::int64_t>(event.at("stamp_ns")), text(event.at("what"))});
  }
}

}  // namespace

bool ClipRecord::has(const std::string& kind) const {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

core::Result<ClipRecord> read_clip(const std::filesystem::path& file) {
  return read_json<ClipRecord>(file, [](const Json& json) {
    ClipRecord clip;
    read_identity(json.at("identity"), clip);
    clip.attempt = whole<std::uint32_t>(json.at("attempt"));
    for (const auto& [name, value] : json.at("parameters").items()) {
      clip.parameters[name] = text(value);
    }
    for (const auto& [name, value] : json.at("parameter_values").items()) {
      clip.parameter_values[name] = number(value);
    }
    for (const auto& [name, value] : json.at("environment").items()) {
      if (name == "street_lights") {
        clip.street_lights = text(value);
      } else {
        clip.environment[name] = number(value);
      }
    }
    read_place(json, clip);
    clip.rate_hz = number(json.at("rate_hz"));
    for (const Json& kind : json.at("kinds")) clip.kinds.push_back(text(kind));
    clip.end_ns = whole<std::int64_t>(json.at("end_ns"));
    read_things(json, clip);
    for (const Json& name : json.at("materials")) clip.materials.push_back(text(name));
    return clip;
  });
}

}  // namespace oddroad::verify

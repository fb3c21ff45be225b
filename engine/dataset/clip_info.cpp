#include "engine/dataset/clip_info.h"

#include <cstdio>
#include <stdexcept>

#include "engine/core/sha256.h"
#include "engine/dataset/clip_facts.h"
#include "engine/dataset/json_types.h"

namespace oddroad::dataset {
namespace {

Json identity_json(const ClipIdentity& id) {
  return {{"scenario", id.scenario},
          {"content_hash", id.content_hash},
          {"seed", id.seed},
          {"index", id.index},
          {"software_version", id.software_version},
          {"visibility", id.visibility},
          {"shading", id.shading},
          {"colour", id.colour}};
}

ClipIdentity as_identity(const Json& json) {
  ClipIdentity id;
  id.scenario = json.at("scenario").get<std::string>();
  id.content_hash = json.at("content_hash").get<std::string>();
  id.seed = json.at("seed").get<std::uint64_t>();
  id.index = as_integer<std::uint32_t>(json.at("index"));
  id.software_version = json.at("software_version").get<std::string>();
  id.visibility = json.at("visibility").get<std::string>();
  id.shading = json.at("shading").get<std::string>();
  id.colour = json.at("colour").get<bool>();
  return id;
}

Json environment_json(const world::Environment& e) {
  Json json;
  for (const auto& [name, member] : world::kEnvironmentNumbers) {
    json[std::string(name)] = number(e.*member);
  }
  json["sky_seed"] = e.sky_seed;
  json["start_utc_s"] = e.start_utc_s;
  json["street_lights"] = std::string(world::to_string(e.street_lights));
  return json;
}

// What a clip of an earlier version does not say keeps its default: no such weather.
world::Environment as_environment(const Json& json) {
  world::Environment e;
  for (const auto& [name, member] : world::kEnvironmentNumbers) {
    const auto it = json.find(std::string(name));
    if (it != json.end()) e.*member = as_number(*it);
  }
  e.sky_seed = json.at("sky_seed").get<std::uint64_t>();
  e.start_utc_s = json.value("start_utc_s", e.start_utc_s);
  const std::string lights = json.value("street_lights", "auto");
  for (const auto choice : {world::StreetLights::kOn, world::StreetLights::kOff}) {
    if (lights == world::to_string(choice)) e.street_lights = choice;
  }
  return e;
}

Json actor_json(const ActorInfo& actor) {
  return {{"id", actor.id.value},
          {"name", actor.name},
          {"type", actor.type},
          {"class", actor.class_id.value},
          {"rides", actor.rides.value},
          {"is_ego", actor.is_ego},
          {"model_box", aabb_json(actor.box)},
          {"keypoints", actor.keypoints}};
}

ActorInfo as_actor(const Json& json) {
  ActorInfo actor;
  actor.id.value = as_integer<std::uint16_t>(json.at("id"));
  actor.name = json.at("name").get<std::string>();
  actor.type = json.at("type").get<std::string>();
  actor.class_id.value = as_integer<std::uint8_t>(json.at("class"));
  actor.rides.value = as_integer<std::uint16_t>(json.at("rides"));
  actor.is_ego = json.at("is_ego").get<bool>();
  actor.box = as_aabb(json.at("model_box"));
  actor.keypoints = json.at("keypoints").get<std::vector<std::string>>();
  return actor;
}

Json signals_json(const std::vector<world::SignalTrack>& signals) {
  Json out = Json::array();
  for (const world::SignalTrack& track : signals) {
    Json changes = Json::array();
    for (const auto& change : track.changes) {
      changes.push_back({{"stamp_ns", change.stamp_ns}, {"state", to_string(change.state)}});
    }
    out.push_back({{"signal", track.signal_id}, {"changes", changes}});
  }
  return out;
}

std::vector<world::SignalTrack> as_signals(const Json& json) {
  std::vector<world::SignalTrack> out;
  for (const Json& signal : json) {
    world::SignalTrack track{signal.at("signal").get<std::string>(), {}};
    for (const Json& change : signal.at("changes")) {
      const auto state = world::signal_state_from(change.at("state").get<std::string>());
      if (!state) throw std::invalid_argument("unknown state of a signal");
      track.changes.push_back({as_integer<std::int64_t>(change.at("stamp_ns")), *state});
    }
    out.push_back(std::move(track));
  }
  return out;
}

Json things_json(const ClipInfo& info) {
  Json parameters = Json::object();
  for (const auto& [name, text] : info.parameters) parameters[name] = text;
  Json values = Json::object();
  for (const auto& [name, value] : info.parameter_values) values[name] = number(value);
  Json actors = Json::array();
  for (const auto& actor : info.actors) actors.push_back(actor_json(actor));
  Json statics = Json::array();
  for (const auto& thing : info.statics) {
    statics.push_back(
        {{"id", thing.id.value}, {"name", thing.name}, {"class", thing.class_id.value}});
  }
  Json events = Json::array();
  for (const auto& event : info.events) {
    events.push_back({{"stamp_ns", event.stamp_ns}, {"what", event.what}});
  }
  return {{"parameters", parameters},
          {"parameter_values", values},
          {"actors", actors},
          {"statics", statics},
          {"events", events},
          {"signals", signals_json(info.signals)},
          {"facts", facts_json(info.facts)},
          {"materials", info.materials}};
}

void read_things(const Json& json, ClipInfo& info) {
  for (const auto& [name, text] : json.at("parameters").items()) {
    info.parameters[name] = text.get<std::string>();
  }
  for (const auto& [name, value] : json.at("parameter_values").items()) {
    info.parameter_values[name] = as_number(value);
  }
  for (const auto& actor : json.at("actors")) info.actors.push_back(as_actor(actor));
  for (const auto& thing : json.at("statics")) {
    info.statics.push_back({core::InstanceId(as_integer<std::uint16_t>(thing.at("id"))),
                            thing.at("name").get<std::string>(),
                            core::ClassId(as_integer<std::uint8_t>(thing.at("class")))});
  }
  info.signals = as_signals(json.at("signals"));
  info.materials = json.at("materials").get<std::vector<std::string>>();
  for (const auto& event : json.at("events")) {
    info.events.push_back(
        {as_integer<std::int64_t>(event.at("stamp_ns")), event.at("what").get<std::string>()});
  }
  if (json.contains("facts")) info.facts = as_facts(json.at("facts"));  // clips before facts
}

std::string safe_name(const std::string& name) {
  std::string safe;
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || (c == '.' && !safe.empty());
    safe += plain ? c : '_';
  }
  return safe.empty() ? "_" : safe.substr(0, 100);
}

}  // namespace

std::string encode_identity(const ClipIdentity& identity) {
  return identity_json(identity).dump();
}

std::string short_id(const ClipIdentity& identity) {
  return core::sha256_hex(encode_identity(identity)).substr(0, 10);
}

std::filesystem::path clip_folder(const ClipIdentity& identity) {
  char index[16];
  std::snprintf(index, sizeof index, "%06u-", identity.index);
  return std::filesystem::path("clips") / safe_name(identity.scenario) /
         (index + short_id(identity));
}

void describe(const world::Timeline& timeline, ClipInfo& info) {
  info.actors.clear();
  for (std::size_t i = 0; i < timeline.actors.size(); ++i) {
    const world::Actor& actor = timeline.actors[i];
    ActorInfo one{actor.id,    actor.name,        actor.type, actor.class_id,
                  actor.rides, i == timeline.ego, {},         {}};
    if (actor.model) {
      one.box = actor.model->box;
      for (const auto& keypoint : actor.model->keypoints) one.keypoints.push_back(keypoint.name);
    }
    info.actors.push_back(std::move(one));
  }
  info.events.clear();
  for (const auto& event : timeline.events) info.events.push_back({event.stamp_ns, event.what});
  info.signals = timeline.signals;
  info.facts = timeline.facts;
  info.environment = timeline.environment;
  info.end_ns = timeline.end_ns;
}

void describe(const world::StaticWorld& stage, ClipInfo& info) {
  info.T_map_world = stage.T_map_world;
  info.statics.clear();
  for (const auto& thing : stage.things) {
    info.statics.push_back({thing.id, thing.name, thing.class_id});
  }
}

std::string encode_clip_info(const ClipInfo& info) {
  Json json = {{"identity", identity_json(info.identity)},
               {"summary", info.summary},
               {"attempt", info.attempt},
               {"map", info.map_name},
               {"rig", info.rig_name},
               {"site",
                {{"road", info.site.road_id},
                 {"s_m", number(info.site.s_m)},
                 {"lane", info.site.lane_id},
                 {"length_m", number(info.site.length_m)}}},
               {"T_map_world", affine_json(info.T_map_world)},
               {"rate_hz", number(info.rate_hz)},
               {"kinds", info.kinds},
               {"end_ns", info.end_ns},
               {"environment", environment_json(info.environment)}};
  json.update(things_json(info));
  return dump_json(json);
}

core::Result<ClipInfo> decode_clip_info(const std::string& text, const std::string& file) {
  return decode_json<ClipInfo>(text, file, [](const Json& json) {
    ClipInfo info;
    info.identity = as_identity(json.at("identity"));
    info.summary = json.at("summary").get<std::string>();
    info.attempt = as_integer<std::uint32_t>(json.at("attempt"));
    info.map_name = json.at("map").get<std::string>();
    info.rig_name = json.at("rig").get<std::string>();
    const Json& site = json.at("site");
    info.site = {site.at("road").get<std::string>(), as_number(site.at("s_m")),
                 as_integer<int>(site.at("lane")), as_number(site.at("length_m"))};
    info.T_map_world = as_affine(json.at("T_map_world"));
    info.rate_hz = as_number(json.at("rate_hz"));
    info.kinds = json.at("kinds").get<std::vector<std::string>>();
    info.end_ns = as_integer<std::int64_t>(json.at("end_ns"));
    info.environment = as_environment(json.at("environment"));
    read_things(json, info);
    return info;
  });
}

}  // namespace oddroad::dataset

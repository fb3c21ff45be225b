// What a clip is and what it holds: the content of clip.json. No host, time or path ever enters.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/core/ids.h"
#include "engine/core/result.h"
#include "engine/math/affine.h"
#include "engine/world/static_world.h"
#include "engine/world/timeline.h"

namespace oddroad::dataset {

// Two clips of one identity have the same bytes. Any change of it makes another clip.
struct ClipIdentity {
  std::string scenario;      // name
  std::string content_hash;  // SHA-256 of the resolved scenario and every file it reads
  std::uint64_t seed = 0;
  std::uint32_t index = 0;
  std::string software_version;
  std::string visibility;  // producer: "raster" or "cast"
  std::string shading;     // back-end: "gpu", "cpu", or "none" for label-only clips
  bool colour = true;
  bool operator==(const ClipIdentity&) const = default;
};

// 10 hex digits of the SHA-256 of the identity.
std::string short_id(const ClipIdentity& identity);
// "clips/<scenario>/<index, 6 digits>-<short id>", relative to the dataset. Characters that do not
// belong in file names are replaced; the short id keeps such names apart.
std::filesystem::path clip_folder(const ClipIdentity& identity);

// Where on the map the scenario was placed (OpenDRIVE coordinates).
struct SiteInfo {
  std::string road_id;
  double s_m = 0;
  int lane_id = 0;
  double length_m = 0;
  bool operator==(const SiteInfo&) const = default;
};

struct ActorInfo {
  core::InstanceId id;
  std::string name;
  std::string type;  // catalog name
  core::ClassId class_id;
  core::InstanceId rides;
  bool is_ego = false;
  math::Aabb box;                      // rest pose, model frame
  std::vector<std::string> keypoints;  // names, in the order of every list of its keypoints
  bool operator==(const ActorInfo&) const = default;
};

struct StaticInfo {
  core::InstanceId id;
  std::string name;
  core::ClassId class_id;
  bool operator==(const StaticInfo&) const = default;
};

struct EventInfo {
  std::int64_t stamp_ns = 0;
  std::string what;
  bool operator==(const EventInfo&) const = default;
};

struct ClipInfo {
  ClipIdentity identity;
  std::string summary;
  std::uint32_t attempt = 0;                       // the attempt that met the scenario's `require`
  std::map<std::string, std::string> parameters;   // as drawn, with units
  std::map<std::string, double> parameter_values;  // numbers only, SI
  world::Environment environment;
  std::string map_name;  // file name without folder
  std::string rig_name;
  SiteInfo site;
  math::Affine3d T_map_world;  // p_map = T_map_world * p_world
  double rate_hz = 0;
  std::vector<std::string> kinds;   // what was recorded: "rgb", "ids", ...
  std::int64_t end_ns = 0;          // last instant of the timeline
  std::vector<ActorInfo> actors;    // ascending id
  std::vector<StaticInfo> statics;  // descending id: map order
  std::vector<EventInfo> events;
  world::Facts facts;
  std::vector<world::SignalTrack> signals;  // heads of traffic lights, ascending signal id
  std::vector<std::string> materials;       // what numbers of materials mean
};

// Fills actors, events, facts, signals, environment and end_ns; and statics and T_map_world.
void describe(const world::Timeline& timeline, ClipInfo& info);
void describe(const world::StaticWorld& stage, ClipInfo& info);

// clip.json. Equal infos give equal bytes.
std::string encode_clip_info(const ClipInfo& info);
core::Result<ClipInfo> decode_clip_info(const std::string& text, const std::string& file);
// The identity alone, as it stands in clip.json and in the manifest.
std::string encode_identity(const ClipIdentity& identity);

}  // namespace oddroad::dataset

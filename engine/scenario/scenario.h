// A scenario file, understood and checked: what may vary, where, who, when it ends, what is
// recorded. Schema version 1; the README of scenarios/ describes the language.
//
// Conventions of the language: units stand in the values; positions are relative, distances are
// free gaps between outlines; the sun's azimuth counts counter-clockwise from the map's x axis
// (east).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/paths.h"
#include "engine/core/yaml.h"
#include "engine/scenario/formula.h"
#include "engine/scenario/outcomes.h"
#include "engine/scenario/randomize.h"
#include "engine/scenario/sampling.h"
#include "engine/scenario/site.h"
#include "engine/scenario/value.h"

namespace oddroad::scenario {

struct Parameter {
  std::string name;
  Value value;
};

// One entry of `require:` on parameters alone.
struct BoundRule {
  Formula formula;
  std::string text;  // as written, for messages
};

// {hidden: child, from: ego, until_ttc: 1.6 s, below: 5 %}, or visible: ... above: ...
struct SightRule {
  bool must_be_visible = false;
  std::string target;
  std::string from;
  Value until_ttc;
  Value share;
  core::SourceLocation where;
};

struct SiteRule {
  std::string road_type;
  std::vector<std::string> has_lanes;
  std::optional<Value> straight_for, length, min_radius, min_lanes, min_lane_width;
};

struct PatchRule {
  std::optional<Value> from, length, width, lateral, friction;
};

// smoke: {visibility: 20 m, from: 60 m, lateral: 4 m, radius: 5 m}
struct SmokeRule {
  std::optional<Value> visibility, from, lateral, radius;
};

struct EnvironmentRule {
  // Light. Times in seconds since midnight, dates in days since 1970-01-01.
  std::optional<Value> time, date, utc_offset, latitude, longitude;
  std::optional<Value> sun_elevation, sun_azimuth, moon, clouds, turbidity, street_lights;
  // Air.
  std::optional<Value> fog, fog_height, fog_banks, dust, wind_speed, wind_from, temperature;
  std::optional<SmokeRule> smoke;
  // Water. Wetness, puddles and snow on the road are "auto" where they are absent.
  std::optional<Value> rain, snow, snow_cover, snow_depth, ice, friction;
  std::optional<Value> road_state, wetness, puddles, snow_on_road;
  std::vector<PatchRule> patches;
};

struct PlacementRule {
  PlacementKind kind = PlacementKind::kSite;
  std::string other;
  std::optional<Value> site_offset, by, gap, gaps, side_gap, lateral, s, yaw, height, ahead;
  std::string deck = "roof";
  std::string end = "front";
  std::string facing;
  std::string lane = "same";
  std::string road_id;
  int lane_id = 0;
  bool from_middle = false;
  core::SourceLocation where;
};

struct DriveRule {
  std::string model = "idm";
  bool react = true;
  std::optional<Value> speed, sway;
  std::vector<std::string> route;
};

struct WaypointRule {
  std::optional<Value> along, left;
};

struct ActionRule {
  std::string verb;
  std::string across;
  std::optional<Formula> when;
  std::optional<Value> aim;
  std::map<std::string, Value> numbers;
  std::map<std::string, std::string> words;
  std::map<std::string, std::string> actors;
  std::vector<std::string> route;
  std::vector<WaypointRule> path;
  bool with_last = false;  // as Action::with_last
  core::SourceLocation where;
};

// {count: 4 .. 9, spread: 3 m, last_behind: 2 .. 5 s}
struct GroupRule {
  std::optional<Value> count, spread, last_behind;
};

// A prop from a file; `file` is absolute.
struct ModelRule {
  std::string file;
  std::vector<std::string> files;  // `file` and what it refers to
  std::optional<Value> scale, reflectance;
  char up_axis = 'y';
  std::string class_name = "unknown";
  core::SourceLocation file_where, class_where;
};

struct ActorRule {
  std::string name;
  std::optional<Value> type;       // this or `model`
  std::optional<ModelRule> model;  // stands still
  std::map<std::string, Value> size;
  std::optional<Value> many;
  std::optional<GroupRule> group;
  PlacementRule at;
  std::optional<DriveRule> drive;
  std::vector<ActionRule> actions;
  core::SourceLocation where;
};

struct TrafficRule {
  std::optional<Value> density, radius, sight;
  std::optional<Value> parked;  // share of parking places taken; draw.h has the default
  std::map<std::string, Value> mix;
};

struct RecordRule {
  std::optional<Value> rate, from, duration;
  std::vector<std::string> kinds;  // empty: Record's default
  // Most triangles in the scene before far things are made coarser than anybody sees; empty: the
  // default of engine/world/levels.h.
  std::optional<std::int64_t> triangles;
};

// What the scenario stands for, for readers: changes no variant.
struct About {
  std::string entry;                 // of a catalogue
  std::vector<std::string> anchors;  // codes of test protocols and typologies: NCAP CPNA
  std::string level;                 // of the corner case, see corner_case_levels()
  std::string look_alike;            // absolute: the harmless scenario that looks like this one
  std::string key;                   // what must start for it to be this scenario: child.run
};

// {event: ego->child.hit, over: [v_ego, ttc]}: what draws are tilted towards; the tilts themselves
// stand in the sample plan.
struct RareRule {
  Formula event;
  std::vector<std::string> over;  // paths of parameters
};

struct Scenario {
  std::string file;
  std::string name;
  std::string summary;
  std::vector<std::string> tags;
  About about;
  std::string map_path;               // absolute
  std::string rig_path;               // absolute
  std::vector<Parameter> parameters;  // as declared; each refers to earlier ones only
  std::vector<BoundRule> bounds;
  std::vector<SightRule> sights;
  SiteRule site;
  EnvironmentRule environment;
  TrafficRule traffic;
  RandomizeRule randomize;
  std::vector<ActorRule> actors;  // as declared; one is called ego
  std::optional<Formula> end;     // none: time > 20 s
  RecordRule record;
  SamplePlan sample;
  std::optional<RareRule> rare;
  OutcomeRule outcomes;
  std::vector<DataFile> data_files;  // tables that values are drawn from
  std::string content_hash;          // see Variant
  core::YamlNode resolved;           // the file with --set applied
  core::Diagnostics warnings;
};

// `overrides` are "key.path=value", as given to --set; problems in them point to "--set key.path".
// Errors: every problem of the file, in the order of its sections.
core::Result<Scenario> load_scenario(const std::string& path, const core::SearchRoots& roots,
                                     const std::vector<std::string>& overrides = {});
// The same for a text in memory; relative paths in it count from `file_name`.
core::Result<Scenario> parse_scenario(std::string_view text, const std::string& file_name,
                                      const core::SearchRoots& roots,
                                      const std::vector<std::string>& overrides = {});

// The tree with the name of each of these files replaced, wherever it stands.
core::YamlNode with_data_files(const core::YamlNode& root, const std::vector<DataFile>& files,
                               const std::function<std::string(const DataFile&)>& name);

// All problems of a file, warnings included; empty if there are none. The map itself is not opened.
core::Diagnostics check_scenario(const std::string& path, const core::SearchRoots& roots,
                                 const std::vector<std::string>& overrides = {});

}  // namespace oddroad::scenario

// One draw of a scenario: every random value fixed, every unit gone (SI, radians). This is all that
// engine/sim needs to know; it never sees YAML.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/asset/catalog.h"
#include "engine/capture/kinds.h"
#include "engine/core/result.h"
#include "engine/world/environment.h"

namespace oddroad::scenario {

// A place on the map that a scenario's `site:` found. s runs along the driving direction of the
// start lane from where the ego starts; the stretch is free of junctions for length_m.
struct Site {
  std::string road_id;
  double s_m = 0;       // OpenDRIVE s where the ego's model origin starts
  int lane_id = 0;      // OpenDRIVE lane id of the start lane
  double length_m = 0;  // usable length ahead, in driving direction
  bool operator==(const Site&) const = default;
};

enum class PlacementKind {
  kSite,     // at the site's start (+ offset_m along the driving direction)
  kAheadOf,  // `by_m` free gap in front of the front face of `other`, in `lane`
  kBehind,   // `by_m` free gap behind the rear face of `other`
  kBeside,   // next to `other`: `end` = front/middle/rear of other, `gap_m` between outlines
  kAlong,    // one of `many`: in `lane`, lined up behind and ahead of `other` with gaps
  kRoad,     // absolute: road_id, s_m, lane_id
  kOn,  // lying on `other`, carried along with it: `deck`, height_m, along_m, lateral_m, yaw_rad
};

struct Placement {
  PlacementKind kind = PlacementKind::kSite;
  std::string other;         // actor it refers to
  double offset_m = 0;       // kSite
  double by_m = 0;           // kAheadOf, kBehind
  bool from_middle = false;  // kAheadOf, kBehind: by_m counts from the other's middle
  double gap_m = 0;          // kBeside
  // kAlong: piece k of a row has gaps_m[0..k]. Pieces 0, 2, 4, ... stand behind `other`, pieces
  // 1, 3, 5, ... ahead of it; gaps_m[i] is the free gap between piece i and the one nearer to
  // `other` on its side (piece i - 2, or `other` itself).
  std::vector<double> gaps_m;
  std::string end = "front";  // kBeside: front, middle or rear of `other`
  // "road" (towards the ego's lane), "along" or "against" the ego's driving direction; empty: along
  // the lane's own direction. Any kind of placement may have it.
  std::string facing;
  // same (as `other`), driving (the site's), left, right (next to the site's), parking, sidewalk,
  // shoulder (nearest on the right of the site's lane, else on its left), opposite (nearest driving
  // lane of the other direction; its traffic comes towards the ego).
  std::string lane = "same";
  std::optional<double>
      side_gap_m;        // free gap between this outline and the ego's outline, sideways
  double lateral_m = 0;  // from the lane centre, + left
  std::string road_id;   // kRoad
  double s_m = 0;
  int lane_id = 0;
  std::string deck = "roof";       // kOn: roof, or front, middle or rear of the bed
  std::optional<double> height_m;  // kOn: of what it lies on above the road, else the deck's
  double along_m = 0;              // kOn: forward of the deck's middle
  double yaw_rad = 0;              // turned to the left of what `facing` says
  // One of a group: from the place that the placement means, along and to the left of its facing.
  double aside_m = 0;
  double ahead_m = 0;
  core::SourceLocation where;
};

// A condition with all numbers fixed.
struct Condition {
  enum class Kind {
    kCompare,
    kEvent,
    kAfter,
    kBecomes,
    kAnd,
    kOr,
    kNot,
    kAlways
  } kind = Kind::kAlways;
  // kCompare: quantity(a, b) op value. Quantities: time; speed (a); gap, distance, headway, ttc,
  // path_ttc, lateral, rel_speed (a -> b). kEvent: hit, passed (a -> b), crossed, stopped (a).
  // kBecomes: its term was false, is true, and has been for `for_s`; true at that step only.
  // kAfter: an entry of what `a` does has started; `quantity` is what it is called ("run").
  std::string a, b, quantity;
  std::size_t entry = 0;  // kAfter: in the actions of `a`
  std::string op;         // "<", "<=", ">", ">=", "=="
  double value = 0;
  double for_s = 0;              // must have held for this long; kAfter: since the entry started
  std::vector<Condition> terms;  // kAnd, kOr; kNot, kBecomes: one
  core::SourceLocation where;
};

// A place to walk to, from where the actor was put: along the ego's driving direction there, and to
// the left of it.
struct Waypoint {
  double along_m = 0;
  double left_m = 0;
};

// One entry of an actor's `do:` list. Entries run in order; an entry waits for `when`. Verbs and
// their keys: engine/scenario/verbs.h.
struct Action {
  std::string verb;
  std::string label;  // for messages
  Condition when;
  std::optional<double> speed_mps;
  std::optional<double> accel_mps2;
  std::optional<double> duration_s;
  std::string across;         // run, walk, cross, meet: the actor whose lane is crossed ("ego")
  std::optional<double> aim;  // 0..1: where on the front of `across` the paths meet, from its left
                              // when the walker comes from the left, else from its right (NCAP)
  std::string target_lane;    // change_lane: left or right
  std::map<std::string, double> numbers;     // the verb's other keys, SI
  std::map<std::string, std::string> words;  // words, and names of actors
  std::vector<std::string> route;            // left, right, straight, or ids of roads
  std::vector<Waypoint> path;
  bool with_last = false;  // starts together with the entry before it, and has no `when` of its own
  core::SourceLocation where;

  [[nodiscard]] std::optional<double> number(const std::string& key) const {
    const auto found = numbers.find(key);
    return found == numbers.end() ? std::nullopt : std::optional(found->second);
  }
  [[nodiscard]] double number(const std::string& key, double fallback) const {
    return number(key).value_or(fallback);
  }
  [[nodiscard]] std::string word(const std::string& key, const std::string& fallback = {}) const {
    const auto found = words.find(key);
    return found == words.end() ? fallback : found->second;
  }
};

struct Drive {
  std::string model = "idm";  // "idm" (keeps distance) or "constant"
  double speed_mps = 0;
  bool react = true;               // false: ignores everything ahead
  std::vector<std::string> route;  // as Action::route, from the start
  double sway = 1;                 // of cyclists: how much of the usual
};

struct VariantActor {
  std::string name;
  asset::ModelRequest model;
  Placement at;
  std::optional<Drive> drive;
  std::vector<Action> actions;
  core::SourceLocation where;
};

// A stretch of the site's lane with friction of its own (a spill, a sheet of ice).
struct FrictionPatch {
  double from_m = 0;  // along the driving direction from the site's start
  double length_m = 0;
  double width_m = 0;
  double lateral_m = 0;  // of its middle, from the lane's centre, + left
  double friction = 0;
};

// A plume that stands on the road or beside it.
struct SmokePlume {
  double from_m = 0;     // along the driving direction from the site's start
  double lateral_m = 0;  // from the lane's centre, + left
};

// The weather as drawn; the simulation adds what follows from it: water film, friction and, where
// they are not stated, the state of the road, and where the plume stands.
struct EnvironmentDraw : world::Environment {
  std::optional<double> road_wetness;     // world::Environment::wetness
  std::optional<double> road_puddles;     // world::Environment::puddles
  std::optional<double> road_snow;        // world::Environment::snow_on_road
  double ice = 0;                         // share of the road that is ice
  std::optional<double> stated_friction;  // of the road, whatever the weather
  std::optional<SmokePlume> smoke;
  std::vector<FrictionPatch> patches;
};

// Vehicles that belong to no story, around the ego.
struct TrafficDraw {
  double density_per_km = 0;          // vehicles per kilometre of lane; 0: none
  std::map<std::string, double> mix;  // weights by class (traffic::to_string); empty: by road type
  double radius_m = 400;              // how far from the ego
  double sight_m = 150;               // nothing appears or vanishes nearer to the ego
};

struct Record {
  double rate_hz = 10;
  double from_s = 0;  // first instant recorded
  std::vector<std::string> kinds = capture::default_kinds();
};

// How surfaces and the dressing of the map differ from what they usually are (randomize:).
struct Looks {
  double albedo_jitter = 0;                    // colours times 1 +- this, surface by surface
  double texture_share = 0;                    // of surfaces with colours and patterns at random
  std::uint64_t seed = 0;                      // of both
  std::optional<std::uint64_t> dressing_seed;  // of houses and trees; none: the variant's own
  bool operator==(const Looks&) const = default;
};

struct Variant {
  std::string scenario;  // name
  std::string summary;
  std::uint64_t seed = 0;
  std::uint32_t index = 0;
  std::uint32_t attempt = 0;                       // the attempt that passed `require`
  std::uint64_t random_key = 0;                    // hash of (scenario name, seed, index, attempt)
  std::map<std::string, std::string> parameters;   // as drawn, printable with units: for labels
  std::map<std::string, double> parameter_values;  // numbers only, SI
  std::string map_path;                            // absolute
  std::string rig_path;                            // absolute
  Site site;
  EnvironmentDraw environment;
  TrafficDraw traffic;
  Looks looks;
  double parked_share = 0;  // of the places along the streets that parked cars of no story take
  std::vector<VariantActor> actors;  // declared order; `many` unrolled to name.1, name.2, ...
  std::size_t ego = 0;
  Condition end;                        // when the clip ends
  std::optional<Condition> rare_event;  // rare: what is looked for
  double max_duration_s = 20;
  Record record;
  std::string content_hash;  // SHA-256, hex: resolved scenario and files it reads
};

// Conditions on sight need motion and geometry: scenario asks, engine/sim answers.
// {hidden: child, from: ego, until_ttc: 1.6 s, below: 5 %}
struct HiddenQuery {
  std::string target;
  std::string from;
  double until_ttc_s = 0;        // looked at until from->target.path_ttc falls to this
  double below = 0.05;           // visible share of the target's outline
  bool must_be_visible = false;  // the opposite condition, `visible:`
};

class VariantProbe {
 public:
  virtual ~VariantProbe() = default;
  // True if the condition holds over the (physics-only) run of the variant.
  virtual core::Result<bool> holds(const Variant& variant, const HiddenQuery& query) = 0;
  // Errors of the placement itself (overlap at start, lane not found): nullopt if it is fine.
  virtual std::optional<core::Diagnostics> placement_problem(const Variant& variant) = 0;
};

}  // namespace oddroad::scenario

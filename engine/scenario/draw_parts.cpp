// Site query, traffic and actors of one variant.
#include <algorithm>
#include <cmath>
#include <filesystem>

#include "engine/asset/model_description.h"
#include "engine/asset/vehicle.h"
#include "engine/scenario/draw.h"

namespace oddroad::scenario {

namespace {

core::Result<int> whole_number(const Value& value, double number) {
  const double rounded = std::round(number);
  if (std::abs(number - rounded) < 1e-9) return static_cast<int>(rounded);
  return core::fail_at(value.where, "'" + value.path + "' is " +
                                        core::format_quantity(number, core::kNumber) +
                                        ", expected a whole number");
}

Placement draw_placement(const PlacementRule& rule, Drawer& drawer) {
  Placement at;
  at.kind = rule.kind;
  at.other = rule.other;
  at.offset_m = drawer.number(rule.site_offset, 0);
  at.by_m = drawer.number(rule.by, 0);
  at.from_middle = rule.from_middle;
  at.gap_m = drawer.number(rule.gap, 0);
  at.end = rule.end;
  at.facing = rule.facing;
  at.lane = rule.lane;
  at.side_gap_m = drawer.maybe(rule.side_gap);
  at.lateral_m = drawer.number(rule.lateral, 0);
  at.road_id = rule.road_id;
  at.s_m = drawer.number(rule.s, 0);
  at.lane_id = rule.lane_id;
  at.deck = rule.deck;
  at.height_m = drawer.maybe(rule.height);
  at.along_m = drawer.number(rule.ahead, 0);
  at.yaw_rad = drawer.number(rule.yaw, 0);
  at.where = rule.where;
  if (rule.kind != PlacementKind::kAlong) return at;
  // Every piece knows the gaps of those before it, whatever order it is asked in.
  for (int piece = 1; piece < drawer.piece(); ++piece) {
    at.gaps_m.push_back(drawer.of_piece(piece).draw(*rule.gaps).number);
  }
  at.gaps_m.push_back(drawer.number(rule.gaps, 0));
  return at;
}

Action draw_action(const ActionRule& rule, const std::string& actor, Drawer& drawer) {
  Action action;
  action.verb = rule.verb;
  action.label = actor + "." + rule.verb;
  if (rule.when) action.when = to_condition(*rule.when, drawer.draws());
  for (const auto& [key, value] : rule.numbers) {
    const auto number = drawer.maybe(value);
    if (number) action.numbers[key] = *number;
  }
  action.speed_mps = action.number("speed");
  action.accel_mps2 = action.number("accel");
  action.duration_s = action.number("duration");
  action.words = rule.words;
  action.words.insert(rule.actors.begin(), rule.actors.end());
  if (action.verb == "change_lane") {
    action.duration_s = action.number("within");
    action.target_lane = action.word("to");
  }
  action.across = rule.across;
  action.aim = drawer.maybe(rule.aim);
  if (action.verb == "meet" && !action.aim) action.aim = 0.5;
  action.route = rule.route;
  for (const WaypointRule& point : rule.path) {
    action.path.push_back({drawer.number(point.along, 0), drawer.number(point.left, 0)});
  }
  action.with_last = rule.with_last;
  action.where = rule.where;
  return action;
}

// The pieces of a group stand around its place like the seeds of a sunflower (Vogel 1979): evenly,
// never two in one spot. The last one sets out later than the others.
void place_in_group(const GroupRule& group, int pieces, Drawer& shared, VariantActor& actor,
                    int piece) {
  constexpr double kGoldenAngle_rad = 2.399963229728653;
  constexpr double kElbowRoom_m = 0.45;  // least radius per root of a person
  const double widest = std::sqrt(static_cast<double>(std::max(pieces - 1, 1)));
  const double spread = std::max(shared.number(group.spread, 1.5), kElbowRoom_m * widest);
  const double radius = spread * std::sqrt(static_cast<double>(piece - 1)) / widest;
  const double angle = kGoldenAngle_rad * (piece - 1);
  actor.at.ahead_m = radius * std::cos(angle);
  actor.at.aside_m = radius * std::sin(angle);
  if (piece < pieces || pieces == 1 || actor.actions.empty()) return;
  const double behind = shared.number(group.last_behind, 0);
  if (behind > 0) actor.actions.front().numbers["delay"] = behind;
}

// Files look the same in every variant, so they have no seed: all pieces share one model.
asset::ModelRequest draw_model(const ActorRule& rule, Drawer& drawer) {
  asset::ModelRequest out;
  if (rule.model) {
    const ModelRule& model = *rule.model;
    asset::ModelFile file{.path = model.file, .up_axis = model.up_axis};
    file.class_name = model.class_name;
    file.scale = drawer.number(model.scale, file.scale);
    file.reflectance_905nm = drawer.number(model.reflectance, file.reflectance_905nm);
    const std::filesystem::path path(model.file);
    out.type = (asset::is_description(model.file) ? path.stem() : path.filename()).string();
    out.file = std::move(file);
    return out;
  }
  out.type = drawer.draw(*rule.type).word;
  out.seed = drawer.seed("actors." + rule.name + ".look");
  for (const auto& [name, value] : rule.size) out.numbers[name] = drawer.number(value, 0);
  const bool opens = std::any_of(rule.actions.begin(), rule.actions.end(), [](const auto& action) {
    return action.verb == "open_door";
  });
  if (opens && asset::is_vehicle_type(out.type)) out.numbers.try_emplace("door", 1);
  return out;
}

// One piece; `piece` 0: the actor is not many.
core::Result<VariantActor> draw_actor(const ActorRule& rule, const Sampler& sampler,
                                      const Draws& draws, int piece) {
  Drawer drawer(sampler, draws, piece);
  VariantActor actor;
  actor.name = piece > 0 ? rule.name + "." + std::to_string(piece) : rule.name;
  actor.where = rule.where;
  actor.model = draw_model(rule, drawer);
  actor.at = draw_placement(rule.at, drawer);
  if (rule.drive) {
    actor.drive = Drive{rule.drive->model, drawer.number(rule.drive->speed, 0), rule.drive->react,
                        rule.drive->route, drawer.number(rule.drive->sway, 1)};
  }
  for (const ActionRule& action : rule.actions) {
    actor.actions.push_back(draw_action(action, actor.name, drawer));
  }
  if (drawer.problems().has_errors()) return tl::unexpected<core::Diagnostics>(drawer.problems());
  if (actor.model.file) return actor;  // read already, and read again when it is needed
  const auto size = asset::model_size(actor.model);
  if (!size) return core::fail_at(actor.where, size.error().items().at(0).message);
  return actor;
}

}  // namespace

core::Result<SiteQuery> make_site_query(const Scenario& scenario, const Sampler& sampler,
                                        const Draws& draws) {
  Drawer drawer(sampler, draws);
  SiteQuery query;
  query.road_type = scenario.site.road_type;
  query.has_lanes = scenario.site.has_lanes;
  const std::optional<double> straight = drawer.maybe(scenario.site.straight_for);
  query.straight = straight.has_value();
  query.length_m = std::max(straight.value_or(0),
                            drawer.number(scenario.site.length, straight ? 0 : query.length_m));
  query.min_radius_m = drawer.number(scenario.site.min_radius, 0);
  query.min_lane_width_m = drawer.number(scenario.site.min_lane_width, 0);
  query.min_lanes = static_cast<int>(std::ceil(drawer.number(scenario.site.min_lanes, 1)));
  if (drawer.problems().has_errors()) return tl::unexpected<core::Diagnostics>(drawer.problems());
  return query;
}

core::Result<TrafficDraw> draw_traffic(const Scenario& scenario, const Sampler& sampler,
                                       const Draws& draws) {
  Drawer drawer(sampler, draws);
  const TrafficRule& rule = scenario.traffic;
  TrafficDraw out;
  out.density_per_km = drawer.number(rule.density, 0);
  out.radius_m = drawer.number(rule.radius, out.radius_m);
  out.sight_m = drawer.number(rule.sight, out.sight_m);
  for (const auto& [name, weight] : rule.mix) out.mix[name] = drawer.number(weight, 0);
  if (drawer.problems().has_errors()) return tl::unexpected<core::Diagnostics>(drawer.problems());
  return out;
}

core::Result<double> draw_parked_share(const Scenario& scenario, const Sampler& sampler,
                                       const Draws& draws) {
  Drawer drawer(sampler, draws);
  const double share = drawer.number(scenario.traffic.parked, kParkedShare);
  if (drawer.problems().has_errors()) return tl::unexpected<core::Diagnostics>(drawer.problems());
  return share;
}

core::Result<std::vector<VariantActor>> draw_actors(const Scenario& scenario,
                                                    const Sampler& sampler, const Draws& draws) {
  std::vector<VariantActor> actors;
  core::Diagnostics problems;
  for (const ActorRule& rule : scenario.actors) {
    int pieces = 0;
    const std::optional<Value>& how_many = rule.group ? rule.group->count : rule.many;
    Drawer shared(sampler, draws);
    if (how_many) {
      Drawer drawer(sampler, draws);
      const auto count = whole_number(*how_many, drawer.number(how_many, 0));
      problems.append(drawer.problems());
      if (!count) problems.append(count.error());
      pieces = count.value_or(0);
      if (pieces == 0) continue;
    }
    for (int piece = how_many ? 1 : 0; piece <= pieces; ++piece) {
      auto actor = draw_actor(rule, sampler, draws, piece);
      if (!actor) {
        problems.append(actor.error());
        continue;
      }
      if (rule.group) place_in_group(*rule.group, pieces, shared, *actor, piece);
      actors.push_back(std::move(*actor));
    }
    problems.append(shared.problems());
  }
  if (problems.has_errors()) return tl::unexpected<core::Diagnostics>(std::move(problems));
  return actors;
}

}  // namespace oddroad::scenario

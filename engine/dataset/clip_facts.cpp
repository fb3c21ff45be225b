#include "engine/dataset/clip_facts.h"

#include <cmath>
#include <limits>

namespace oddroad::dataset {
namespace {

Json time_json(double time_s) {
  return std::isfinite(time_s) ? number(time_s) : Json(nullptr);
}

double as_time(const Json& json) {
  return json.is_null() ? std::numeric_limits<double>::infinity() : as_number(json);
}

core::InstanceId as_id(const Json& json) {
  return core::InstanceId(as_integer<std::uint16_t>(json));
}

}  // namespace

Json facts_json(const world::Facts& facts) {
  Json collisions = Json::array();
  for (const world::CollisionFact& c : facts.collisions) {
    collisions.push_back({{"stamp_ns", c.stamp_ns},
                          {"a", c.a.value},
                          {"b", c.b.value},
                          {"relative_speed_mps", number(c.relative_speed_mps)}});
  }
  Json encounters = Json::array();
  for (const world::EncounterFact& e : facts.encounters) {
    encounters.push_back({{"other", e.other.value},
                          {"min_gap_m", number(e.min_gap_m)},
                          {"min_gap_ns", e.min_gap_ns},
                          {"min_ttc_s", time_json(e.min_ttc_s)},
                          {"min_ttc_ns", e.min_ttc_ns},
                          {"post_encroachment_s", time_json(e.post_encroachment_s)}});
  }
  return {{"collisions", collisions}, {"encounters", encounters}};
}

world::Facts as_facts(const Json& json) {
  world::Facts facts;
  for (const Json& c : json.at("collisions")) {
    facts.collisions.push_back({as_integer<std::int64_t>(c.at("stamp_ns")), as_id(c.at("a")),
                                as_id(c.at("b")), as_number(c.at("relative_speed_mps"))});
  }
  for (const Json& e : json.at("encounters")) {
    facts.encounters.push_back(
        {as_id(e.at("other")), as_number(e.at("min_gap_m")),
         as_integer<std::int64_t>(e.at("min_gap_ns")), as_time(e.at("min_ttc_s")),
         as_integer<std::int64_t>(e.at("min_ttc_ns")), as_time(e.at("post_encroachment_s"))});
  }
  return facts;
}

}  // namespace oddroad::dataset

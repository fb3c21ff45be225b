#include <cctype>
#include <cstdio>

#include "engine/catalogue/query.h"
#include "engine/core/suggest.h"

namespace oddroad::catalogue {
namespace {

// Civil twilight ends where the sun stands 6 degrees below the horizon.
const std::vector<NamedQuery> kQueries = {
    {"night-hidden-pedestrians",
     "frames at night that show a pedestrian who is near and mostly hidden",
     {{"distance", 30}, {"hidden", 0.5}, {"sun", -6}},
     // CROSS JOIN keeps the order: few clips are of the night, and objects_by_clip has theirs.
     R"(SELECT clips.clip, frames.sensor, frames.tick, objects.object, objects.distance_m,
       objects.hidden
FROM clips
CROSS JOIN objects ON objects.clip_id = clips.id
CROSS JOIN frames ON frames.id = objects.frame_id
WHERE clips.sun_elevation_deg < :sun
  AND objects.class_id IN (SELECT id FROM classes WHERE name = 'pedestrian')
  AND objects.distance_m < :distance AND objects.hidden > :hidden
ORDER BY clips.clip, frames.sensor, frames.tick, objects.object)"},
    {"near-misses",
     "clips whose ego came near somebody without touching",
     {{"gap", 1}},
     R"(SELECT clips.clip, actors.type, encounters.min_gap_m, encounters.min_ttc_s
FROM encounters
JOIN clips ON clips.id = encounters.clip_id
JOIN actors ON actors.clip_id = encounters.clip_id AND actors.object = encounters.other
WHERE encounters.min_gap_m > 0 AND encounters.min_gap_m < :gap
ORDER BY encounters.min_gap_m, clips.clip)"},
    {"collisions",
     "clips with a collision, and how fast it was",
     {{"speed", 0}},
     R"(SELECT clips.clip, collisions.stamp_ns, collisions.a, collisions.b,
       collisions.relative_speed_mps
FROM collisions
JOIN clips ON clips.id = collisions.clip_id
WHERE collisions.relative_speed_mps >= :speed
ORDER BY collisions.relative_speed_mps DESC, clips.clip)"},
    {"rain",
     "clips with at least so much rain (mm/h)",
     {{"rain", 1}},
     R"(SELECT clip, rain_mm_per_h, wetness, sun_elevation_deg FROM clips
WHERE rain_mm_per_h >= :rain ORDER BY rain_mm_per_h DESC, clip)"},
    {"class-statistics",
     "frames, objects and visible pixels of every class",
     {},
     R"(SELECT classes.name AS class, sum(frames) AS frames, sum(objects) AS objects,
       sum(visible_px) AS visible_px, count(*) AS clips
FROM class_statistics JOIN classes ON classes.id = class_statistics.class_id
GROUP BY classes.name ORDER BY objects DESC, class)"},
};

std::string number(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.17g", value);
  return text;
}

std::vector<std::string> names_of(const std::map<std::string, double>& values) {
  std::vector<std::string> names;
  for (const auto& [name, value] : values) names.push_back(name);
  return names;
}

// Replaces ":name" where no letter goes on.
void put(std::string& sql, const std::string& name, const std::string& value) {
  const std::string mark = ":" + name;
  for (auto at = sql.find(mark); at != std::string::npos; at = sql.find(mark, at + value.size())) {
    sql.replace(at, mark.size(), value);
  }
}

}  // namespace

const std::vector<NamedQuery>& named_queries() {
  return kQueries;
}

core::Result<std::string> named_sql(const std::string& name,
                                    const std::map<std::string, double>& values) {
  std::vector<std::string> names;
  for (const NamedQuery& query : kQueries) {
    names.push_back(query.name);
    if (query.name != name) continue;
    std::map<std::string, double> all = query.values;
    for (const auto& [key, value] : values) {
      if (!all.contains(key)) {
        return core::fail("query " + name + " has no value '" + key + "'",
                          core::did_you_mean(key, names_of(all)));
      }
      all[key] = value;
    }
    std::string sql = query.sql;
    for (const auto& [key, value] : all) put(sql, key, number(value));
    return sql;
  }
  return core::fail("no query is named '" + name + "'", core::did_you_mean(name, names));
}

}  // namespace oddroad::catalogue

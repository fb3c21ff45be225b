#include "engine/catalogue/clip_inserter.h"

#include <cmath>
#include <limits>
#include <numbers>

#include "engine/world/environment.h"

namespace oddroad::catalogue {
namespace {

enum TableId {
  kClips,
  kParameters,
  kActors,
  kEvents,
  kCollisions,
  kEncounters,
  kFrames,
  kFiles,
  kObjects,
  kStatistics,
  kTableCount
};

constexpr std::pair<const char*, int> kColumns[kTableCount] = {
    {"clips", 17},     {"parameters", 3}, {"actors", 5}, {"events", 3},   {"collisions", 5},
    {"encounters", 6}, {"frames", 5},     {"files", 5},  {"objects", 15}, {"class_statistics", 6}};

std::string insert_sql(TableId table) {
  const auto& [name, columns] = kColumns[table];
  const bool numbered = table == kClips || table == kFrames;  // the first column is the row's id
  std::string sql = std::string("INSERT INTO ") + name + " VALUES (" + (numbered ? "NULL," : "");
  for (int c = 0; c < columns; ++c) sql += c == 0 ? "?" : ",?";
  return sql + ")";
}

// What cannot be is null.
double or_null(double value) {
  return std::isfinite(value) ? value : std::numeric_limits<double>::quiet_NaN();
}

void bind_count(Statement& statement, std::int64_t value) {
  if (value < 0) {
    statement.bind_null();
  } else {
    statement.bind(value);
  }
}

}  // namespace

ClipInserter::ClipInserter(Database& database, std::vector<Statement> statements)
    : database_(database), statements_(std::move(statements)) {}

core::Result<ClipInserter> ClipInserter::create(Database& database) {
  std::vector<Statement> statements;
  for (int t = 0; t < kTableCount; ++t) {
    auto prepared = database.prepare(insert_sql(static_cast<TableId>(t)));
    if (!prepared) return core::forward_error(prepared);
    statements.push_back(std::move(*prepared));
  }
  return ClipInserter(database, std::move(statements));
}

core::Result<void> ClipInserter::insert(const ClipRows& rows) {
  if (auto done = insert_clip(rows); !done) return done;
  const std::int64_t clip = database_.last_row();
  if (auto done = insert_facts(rows, clip); !done) return done;
  for (const FrameRow& frame : rows.frames) {
    if (auto done = insert_frame(frame, rows.name, clip); !done) return done;
  }
  for (const auto& [class_id, row] : rows.classes) {
    auto done = statements_[kStatistics]
                    .bind(clip)
                    .bind(std::int64_t{class_id})
                    .bind(row.frames)
                    .bind(row.objects)
                    .bind(row.visible_px)
                    .bind(row.returns)
                    .run();
    if (!done) return done;
  }
  return {};
}

core::Result<void> ClipInserter::insert_clip(const ClipRows& rows) {
  const dataset::ClipInfo& info = rows.info;
  const world::Environment& air = info.environment;
  return statements_[kClips]
      .bind(rows.name)
      .bind(info.identity.scenario)
      .bind(std::int64_t{info.identity.index})
      .bind(static_cast<std::int64_t>(info.identity.seed))
      .bind(info.summary)
      .bind(info.map_name)
      .bind(info.rig_name)
      .bind(std::int64_t{info.identity.colour})
      .bind(info.identity.software_version)
      .bind(rows.manifest_sha256)
      .bind(static_cast<double>(info.end_ns) * 1e-9)
      .bind(air.sun_elevation_rad * 180 / std::numbers::pi)
      .bind(air.rain_mm_per_h)
      .bind(air.snow_mm_per_h)
      .bind(air.fog_visibility_m)
      .bind(air.wetness)
      .bind(air.cloud_cover)
      .run();
}

core::Result<void> ClipInserter::insert_facts(const ClipRows& rows, std::int64_t clip) {
  core::Result<void> done;
  const auto run = [&](Statement& statement) {
    if (auto ran = statement.run(); done && !ran) done = ran;
  };
  const auto parameter = [&](const std::string& name, double value) {
    if (std::isfinite(value)) run(statements_[kParameters].bind(clip).bind(name).bind(value));
  };
  for (const auto& [name, value] : rows.info.parameter_values) parameter(name, value);
  for (const auto& [name, member] : world::kEnvironmentNumbers) {
    parameter("environment." + std::string(name), rows.info.environment.*member);
  }
  for (const dataset::ActorInfo& actor : rows.info.actors) {
    run(statements_[kActors]
            .bind(clip)
            .bind(std::int64_t{actor.id.value})
            .bind(actor.name)
            .bind(actor.type)
            .bind(std::int64_t{actor.class_id.value}));
  }
  for (const dataset::EventInfo& event : rows.info.events) {
    run(statements_[kEvents].bind(clip).bind(event.stamp_ns).bind(event.what));
  }
  for (const world::CollisionFact& c : rows.info.facts.collisions) {
    run(statements_[kCollisions]
            .bind(clip)
            .bind(c.stamp_ns)
            .bind(std::int64_t{c.a.value})
            .bind(std::int64_t{c.b.value})
            .bind(c.relative_speed_mps));
  }
  for (const world::EncounterFact& e : rows.info.facts.encounters) {
    run(statements_[kEncounters]
            .bind(clip)
            .bind(std::int64_t{e.other.value})
            .bind(e.min_gap_m)
            .bind(e.min_gap_ns)
            .bind(or_null(e.min_ttc_s))
            .bind(or_null(e.post_encroachment_s)));
  }
  return done;
}

core::Result<void> ClipInserter::insert_frame(const FrameRow& frame, const std::string& name,
                                              std::int64_t clip) {
  auto done = statements_[kFrames]
                  .bind(clip)
                  .bind(frame.sensor)
                  .bind(frame.kind)
                  .bind(std::int64_t{frame.tick})
                  .bind(frame.stamp_ns)
                  .run();
  const std::int64_t id = database_.last_row();
  for (std::size_t k = 0; done && k < frame.files.size(); ++k) {
    const FileRow& file = frame.files[k];
    done = statements_[kFiles]
               .bind(clip)
               .bind(id)
               .bind(file.kind)
               .bind("clips/" + name + "/" + file.name)
               .bind(static_cast<std::int64_t>(file.bytes))
               .run();
  }
  for (std::size_t k = 0; done && k < frame.objects.size(); ++k) {
    const ObjectRow& object = frame.objects[k];
    Statement& row = statements_[kObjects];
    row.bind(clip).bind(id).bind(std::int64_t{object.object}).bind(std::int64_t{object.class_id});
    row.bind(object.distance_m).bind(object.x_ego_m).bind(object.y_ego_m).bind(object.speed_mps);
    bind_count(row, object.visible_px);
    bind_count(row, object.in_frame_px);
    bind_count(row, object.unoccluded_px);
    row.bind(object.in_frame_px > 0 ? 1 - static_cast<double>(object.visible_px) /
                                              static_cast<double>(object.in_frame_px)
                                    : std::numeric_limits<double>::quiet_NaN());
    row.bind(object.truncation);
    bind_count(row, object.returns);
    bind_count(row, object.points_in_box);
    done = row.run();
  }
  return done;
}

}  // namespace oddroad::catalogue

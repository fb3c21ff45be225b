#include "engine/catalogue/schema.h"

namespace oddroad::catalogue {

// Units stand in the names; stamps are ns from the start of simulation. Nulls: not recorded.
const char* const kTables = R"(
CREATE TABLE clips (
  id INTEGER PRIMARY KEY,
  clip TEXT NOT NULL UNIQUE,         -- "<scenario>/<index>-<id>", below clips/
  scenario TEXT NOT NULL,
  sample INTEGER NOT NULL,           -- index of the variant
  seed INTEGER NOT NULL,
  summary TEXT NOT NULL,
  map TEXT NOT NULL,
  rig TEXT NOT NULL,
  colour INTEGER NOT NULL,
  software TEXT NOT NULL,
  manifest_sha256 TEXT NOT NULL,
  end_s REAL NOT NULL,
  sun_elevation_deg REAL NOT NULL,
  rain_mm_per_h REAL NOT NULL,
  snow_mm_per_h REAL NOT NULL,
  fog_visibility_m REAL NOT NULL,    -- 0: no fog
  wetness REAL NOT NULL,
  cloud_cover REAL NOT NULL);
CREATE TABLE parameters (
  clip_id INTEGER NOT NULL,
  name TEXT NOT NULL,                -- as drawn, or "environment.<name>"
  value REAL NOT NULL);
CREATE TABLE actors (
  clip_id INTEGER NOT NULL,
  object INTEGER NOT NULL,           -- the id in pixels, points, boxes and tracks
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  class_id INTEGER NOT NULL);
CREATE TABLE events (
  clip_id INTEGER NOT NULL,
  stamp_ns INTEGER NOT NULL,
  what TEXT NOT NULL);
CREATE TABLE collisions (
  clip_id INTEGER NOT NULL,
  stamp_ns INTEGER NOT NULL,
  a INTEGER NOT NULL,
  b INTEGER NOT NULL,
  relative_speed_mps REAL NOT NULL);
CREATE TABLE encounters (            -- of the ego with everybody else, over the whole clip
  clip_id INTEGER NOT NULL,
  other INTEGER NOT NULL,
  min_gap_m REAL NOT NULL,
  min_gap_ns INTEGER NOT NULL,
  min_ttc_s REAL,                    -- null: they never would have touched
  post_encroachment_s REAL);         -- null: their ways do not cross
CREATE TABLE frames (
  id INTEGER PRIMARY KEY,
  clip_id INTEGER NOT NULL,
  sensor TEXT NOT NULL,
  kind TEXT NOT NULL,                -- camera, lidar, radar
  tick INTEGER NOT NULL,
  stamp_ns INTEGER NOT NULL);
CREATE TABLE files (
  clip_id INTEGER NOT NULL,
  frame_id INTEGER NOT NULL,
  kind TEXT NOT NULL,                -- "rgb.png", "pcd", ...
  path TEXT NOT NULL,                -- below the dataset
  bytes INTEGER NOT NULL);
CREATE TABLE shard_files (           -- of shards/index.jsonl, where the dataset is packed
  path TEXT PRIMARY KEY,             -- as in files
  shard TEXT NOT NULL,               -- below shards/
  offset INTEGER NOT NULL,           -- of the content in the shard
  bytes INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE meta (
  name TEXT PRIMARY KEY,             -- "shards": SHA-256 of shards/index.jsonl
  value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE objects (
  clip_id INTEGER NOT NULL,
  frame_id INTEGER NOT NULL,
  object INTEGER NOT NULL,
  class_id INTEGER NOT NULL,
  distance_m REAL NOT NULL,          -- of the box's centre from the ego's origin, on the ground
  x_ego_m REAL NOT NULL,
  y_ego_m REAL NOT NULL,
  speed_mps REAL NOT NULL,
  visible_px INTEGER,                -- cameras: engine/capture/labels.h
  in_frame_px INTEGER,
  unoccluded_px INTEGER,
  hidden REAL,                       -- share of in_frame_px that something else covers
  truncation REAL,
  returns INTEGER,                   -- LiDARs: points that hit it
  points_in_box INTEGER);
CREATE TABLE class_statistics (
  clip_id INTEGER NOT NULL,
  class_id INTEGER NOT NULL,
  frames INTEGER NOT NULL,           -- that show one at least
  objects INTEGER NOT NULL,          -- summed over frames
  visible_px INTEGER NOT NULL,
  returns INTEGER NOT NULL);
CREATE TABLE classes (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL);
CREATE VIEW places AS                -- of files: in a shard where there is one, else in their own
  SELECT clips.clip, frames.sensor, frames.tick, files.kind,
         coalesce('shards/' || shard_files.shard, files.path) AS path,
         coalesce(shard_files.offset, 0) AS offset, files.bytes
  FROM files
  JOIN clips ON clips.id = files.clip_id
  JOIN frames ON frames.id = files.frame_id
  LEFT JOIN shard_files ON shard_files.path = files.path;
CREATE VIEW seen AS
  SELECT clips.clip, clips.scenario, frames.sensor, frames.kind, frames.tick, frames.stamp_ns,
         classes.name AS class, objects.*
  FROM objects
  JOIN clips ON clips.id = objects.clip_id
  JOIN frames ON frames.id = objects.frame_id
  JOIN classes ON classes.id = objects.class_id;
)";

const char* const kIndexes = R"(
CREATE INDEX IF NOT EXISTS parameters_by_clip ON parameters (clip_id, name, value);
CREATE INDEX IF NOT EXISTS parameters_by_value ON parameters (name, value);
CREATE INDEX IF NOT EXISTS actors_by_clip ON actors (clip_id, object);
CREATE INDEX IF NOT EXISTS events_by_clip ON events (clip_id);
CREATE INDEX IF NOT EXISTS collisions_by_clip ON collisions (clip_id);
CREATE INDEX IF NOT EXISTS encounters_by_clip ON encounters (clip_id);
CREATE INDEX IF NOT EXISTS encounters_by_gap ON encounters (min_gap_m);
CREATE INDEX IF NOT EXISTS frames_by_clip ON frames (clip_id, sensor, tick);
CREATE INDEX IF NOT EXISTS files_by_frame ON files (frame_id);
CREATE INDEX IF NOT EXISTS files_by_clip ON files (clip_id);
CREATE INDEX IF NOT EXISTS objects_by_clip ON objects (clip_id, class_id, distance_m, hidden);
CREATE INDEX IF NOT EXISTS objects_by_frame ON objects (frame_id);
CREATE INDEX IF NOT EXISTS objects_by_class ON objects (class_id, distance_m, hidden);
CREATE INDEX IF NOT EXISTS statistics_by_clip ON class_statistics (clip_id, class_id);
ANALYZE;
)";

const char* const kTablesOfClips[9] = {"parameters", "actors",     "events",
                                       "collisions", "encounters", "frames",
                                       "files",      "objects",    "class_statistics"};

}  // namespace oddroad::catalogue

// The catalogue says what the dataset's own reader says, keeps up with it, survives being killed,
// and cannot be changed by a question.
#include <cmath>
#include <fstream>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/catalogue/index.h"
#include "engine/catalogue/query.h"
#include "engine/dataset/reader.h"
#include "tests/unit/dataset/sample_clip.h"

namespace oddroad::catalogue {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

bool go_on(std::size_t, std::size_t) {
  return true;
}

IndexSummary refresh(const fs::path& dataset) {
  const auto summary = index_dataset(dataset, go_on);
  EXPECT_TRUE(summary) << core::to_string(summary.error());
  return summary ? *summary : IndexSummary{};
}

Table ask(const fs::path& dataset, const std::string& sql) {
  const auto table = query(dataset, sql);
  EXPECT_TRUE(table) << sql << "\n" << core::to_string(table.error());
  return table ? *table : Table{};
}

std::int64_t number(const fs::path& dataset, const std::string& sql) {
  const Table table = ask(dataset, sql);
  EXPECT_EQ(table.rows.size(), 1u) << sql;
  return table.rows.size() == 1 ? std::get<std::int64_t>(table.rows[0][0]) : -1;
}

std::string error_of(const fs::path& dataset, const std::string& sql) {
  const auto table = query(dataset, sql);
  return table ? "no error" : core::to_string(table.error());
}

// Everything in the tables, as text.
std::string dump(const fs::path& dataset) {
  std::string out;
  for (const char* sql :
       {"SELECT clip, scenario, sample, seed, manifest_sha256, sun_elevation_deg FROM clips "
        "ORDER BY clip",
        "SELECT clip, name, value FROM parameters JOIN clips ON clips.id = clip_id ORDER BY 1, 2",
        "SELECT clip, sensor, tick, class, object, distance_m, hidden, returns FROM seen "
        "ORDER BY 1, 2, 3, 5",
        "SELECT path, kind, bytes FROM files ORDER BY 1",
        "SELECT clip, class_id, frames, objects FROM class_statistics JOIN clips ON clips.id = "
        "clip_id ORDER BY 1, 2"}) {
    out += to_csv(ask(dataset, sql));
  }
  return out;
}

TEST(Catalogue, SaysWhatTheReaderSays) {
  const TemporaryFolder folder;
  const auto commit = test::write_sample_clip(folder.path(), 3);
  const IndexSummary summary = refresh(folder.path());
  EXPECT_EQ(summary.added, 1);
  EXPECT_EQ(summary.frames, 9);
  const auto clip = dataset::ClipReader::open(commit.folder);
  ASSERT_TRUE(clip);
  int objects = 0;
  for (const char* sensor : {"cam_left", "cam_right"}) {
    for (const int tick : clip->ticks(sensor)) {
      const auto labels = clip->labels(sensor, tick);
      ASSERT_TRUE(labels);
      for (const auto& object : labels->in_image) {
        ++objects;
        const Table row = ask(folder.path(),
                              "SELECT visible_px, in_frame_px, hidden, class, distance_m FROM seen "
                              "WHERE sensor = '" +
                                  std::string(sensor) + "' AND tick = " + std::to_string(tick) +
                                  " AND object = " + std::to_string(object.id.value));
        ASSERT_EQ(row.rows.size(), 1u);
        EXPECT_EQ(std::get<std::int64_t>(row.rows[0][0]), object.visible_px);
        EXPECT_EQ(std::get<std::int64_t>(row.rows[0][1]), object.in_frame_px);
        const double share =
            static_cast<double>(object.visible_px) / static_cast<double>(object.in_frame_px);
        EXPECT_DOUBLE_EQ(std::get<double>(row.rows[0][2]), 1 - share);
        const auto world =
            std::find_if(labels->in_world.begin(), labels->in_world.end(), [&](const auto& o) {
              return o.id == object.id;
            });
        const auto& centre = world->box_ego.pose.translation;
        EXPECT_DOUBLE_EQ(std::get<double>(row.rows[0][4]), std::hypot(centre.x, centre.y));
      }
    }
  }
  EXPECT_GT(objects, 10);
  EXPECT_EQ(number(folder.path(), "SELECT count(*) FROM objects WHERE visible_px IS NOT NULL"),
            objects);
  const auto sweep = clip->labels("lidar", 1);
  std::int64_t returns = 0;
  for (const auto& object : sweep->in_world) returns += object.returns_by_id;
  EXPECT_EQ(
      number(folder.path(), "SELECT sum(returns) FROM seen WHERE sensor = 'lidar' AND tick = 1"),
      returns);
  EXPECT_EQ(number(folder.path(), "SELECT count(*) FROM collisions WHERE a = 1 AND b = 2"), 1);
  EXPECT_EQ(number(folder.path(),
                   "SELECT count(*) FROM encounters WHERE min_ttc_s IS NULL AND min_gap_m = 0.5"),
            1);
}

TEST(Catalogue, FilesLieWhereItSays) {
  const TemporaryFolder folder;
  test::write_sample_clip(folder.path(), 2);
  refresh(folder.path());
  const Table files = ask(folder.path(), "SELECT path, offset, bytes, kind FROM places");
  EXPECT_EQ(files.rows.size(), 2u * (2 * 5 + 2));  // rgb, ids, classes, depth, json; pcd, json
  for (const auto& row : files.rows) {
    const fs::path file = folder.path() / std::get<std::string>(row[0]);
    EXPECT_EQ(static_cast<std::int64_t>(fs::file_size(file)),
              std::get<std::int64_t>(row[1]) + std::get<std::int64_t>(row[2]));
  }
}

TEST(Catalogue, FilesOfAPackedDatasetLieInItsShards) {
  const TemporaryFolder folder;
  const auto commit = test::write_sample_clip(folder.path(), 1);
  refresh(folder.path());
  const std::string clip = commit.folder.lexically_relative(folder.path() / "clips").string();
  fs::create_directories(folder.path() / "shards");
  const auto write_index = [&](int offset) {
    std::ofstream(folder.path() / "shards/index.jsonl")
        << R"({"shard":"000000.tar","file":")" << clip << R"(/lidar/000000.pcd","offset":)"
        << offset << R"(,"bytes":7,"sha256":""})"
        << "\n";
  };
  const std::string sql = "SELECT offset FROM places WHERE path = 'shards/000000.tar'";
  write_index(512);
  EXPECT_EQ(refresh(folder.path()).kept, 1);
  EXPECT_EQ(number(folder.path(), sql), 512);
  write_index(1024);
  refresh(folder.path());
  EXPECT_EQ(number(folder.path(), sql), 1024);
  std::ofstream(folder.path() / "shards/index.jsonl") << "{\n";
  const auto broken = index_dataset(folder.path(), go_on);
  ASSERT_FALSE(broken);
  EXPECT_NE(core::to_string(broken.error()).find("index.jsonl:1"), std::string::npos);
  EXPECT_EQ(number(folder.path(), sql), 1024);  // as it was
  fs::remove_all(folder.path() / "shards");
  refresh(folder.path());
  EXPECT_EQ(number(folder.path(), "SELECT count(*) FROM shard_files"), 0);
}

TEST(Catalogue, KeepsUpWithTheDataset) {
  const TemporaryFolder folder, other;
  test::write_sample_clip(folder.path(), 2, 1);
  const auto gone = test::write_sample_clip(folder.path(), 2, 2);
  EXPECT_EQ(refresh(folder.path()).added, 2);
  const std::string before = dump(folder.path());
  const IndexSummary again = refresh(folder.path());
  EXPECT_EQ(again.kept, 2);
  EXPECT_EQ(again.frames, 0);
  EXPECT_EQ(dump(folder.path()), before);

  fs::remove_all(gone.folder);
  const auto changed = test::write_sample_clip(folder.path(), 3, 3);
  const IndexSummary next = refresh(folder.path());
  EXPECT_EQ(next.removed, 1);
  EXPECT_EQ(next.added, 1);
  // The same folder with other contents.
  fs::remove_all(changed.folder);
  test::write_sample_clip(folder.path(), 1, 3);
  EXPECT_EQ(refresh(folder.path()).changed, 1);

  // Step by step or in one go: the same.
  test::write_sample_clip(other.path(), 2, 1);
  test::write_sample_clip(other.path(), 1, 3);
  refresh(other.path());
  EXPECT_EQ(dump(folder.path()), dump(other.path()));
}

TEST(Catalogue, BrokenClipsAreLeftOutAndNamed) {
  const TemporaryFolder folder;
  test::write_sample_clip(folder.path(), 2, 1);
  const auto broken = test::write_sample_clip(folder.path(), 2, 2);
  std::ofstream(broken.folder / "cam_left/000001.json") << "{";
  const IndexSummary summary = refresh(folder.path());
  EXPECT_EQ(summary.added, 1);
  EXPECT_NE(core::to_string(summary.problems).find("cam_left/000001.json"), std::string::npos);
  EXPECT_EQ(number(folder.path(), "SELECT count(*) FROM clips"), 1);
}

TEST(Catalogue, KilledAtAnyMomentItGoesOn) {
  const TemporaryFolder folder;
  for (std::uint32_t k = 0; k < 4; ++k) test::write_sample_clip(folder.path(), 1, k);
  for (int kill_after = 0; kill_after < 4; ++kill_after) {
    const pid_t child = fork();
    if (child == 0) {
      (void)index_dataset(folder.path(), [&](std::size_t read, std::size_t) {
        if (static_cast<int>(read) > kill_after) ::kill(getpid(), SIGKILL);
        return true;
      });
      _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
    // Whole clips only.
    EXPECT_EQ(number(folder.path(),
                     "SELECT count(*) FROM clips WHERE id NOT IN (SELECT clip_id "
                     "FROM frames WHERE sensor = 'lidar')"),
              0);
  }
  const IndexSummary summary = refresh(folder.path());
  EXPECT_EQ(summary.added + summary.kept, 4);
  EXPECT_EQ(number(folder.path(), "SELECT count(*) FROM frames"), 12);
}

TEST(Catalogue, StoppingKeepsWhatWasRead) {
  const TemporaryFolder folder;
  for (std::uint32_t k = 0; k < 4; ++k) test::write_sample_clip(folder.path(), 1, k);
  const auto stopped = index_dataset(folder.path(), [](std::size_t read, std::size_t) {
    return read < 2;
  });
  ASSERT_FALSE(stopped);
  const std::int64_t kept = number(folder.path(), "SELECT count(*) FROM clips");
  EXPECT_GE(kept, 2);
  EXPECT_EQ(refresh(folder.path()).kept, kept);
}

TEST(Catalogue, QuestionsChangeNothing) {
  const TemporaryFolder folder;
  test::write_sample_clip(folder.path(), 1);
  EXPECT_NE(error_of(folder.path(), "SELECT 1").find("has no catalogue"), std::string::npos);
  refresh(folder.path());
  const std::string before = dump(folder.path());
  for (const char* sql :
       {"DELETE FROM clips", "UPDATE clips SET seed = 1", "DROP TABLE clips",
        "ATTACH 'other.db' AS other", "PRAGMA user_version = 7", "VACUUM INTO 'copy.db'",
        "SELECT 1; DELETE FROM clips", "INSERT INTO clips SELECT * FROM clips", "BEGIN", "", "  ;",
        "SELEC 1", "SELECT load_extension('x')"}) {
    EXPECT_NE(error_of(folder.path(), sql), "no error") << sql;
  }
  EXPECT_EQ(dump(folder.path()), before);
  EXPECT_FALSE(fs::exists("other.db") || fs::exists("copy.db"));
  EXPECT_EQ(error_of(folder.path(), "WITH c AS (SELECT * FROM clips) SELECT count(*) FROM c; "),
            "no error");
}

TEST(Catalogue, OtherVersionsAreMadeAnew) {
  const TemporaryFolder folder;
  test::write_sample_clip(folder.path(), 1);
  refresh(folder.path());
  // user_version is the big-endian number at offset 60 of the header (SQLite file format, 1.3).
  std::fstream file(folder.path() / "index.sqlite",
                    std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(63).put(99);
  file.close();
  EXPECT_NE(error_of(folder.path(), "SELECT 1").find("another version"), std::string::npos);
  EXPECT_EQ(refresh(folder.path()).added, 1);
  std::ofstream(folder.path() / "index.sqlite") << std::string(4096, 'x');
  EXPECT_FALSE(index_dataset(folder.path(), go_on));
}

TEST(NamedQueries, AllRunAndTakeTheirValues) {
  const TemporaryFolder folder;
  test::write_sample_clip(folder.path(), 2);
  refresh(folder.path());
  for (const NamedQuery& named : named_queries()) {
    const auto sql = named_sql(named.name, {});
    ASSERT_TRUE(sql);
    ask(folder.path(), *sql);
  }
  const auto rows = [&](double speed) {
    return ask(folder.path(), *named_sql("collisions", {{"speed", speed}})).rows.size();
  };
  EXPECT_EQ(rows(8.2), 1u);
  EXPECT_EQ(rows(8.3), 0u);
  // By day nothing; when all is night, what is hidden more than that.
  const std::string night = "night-hidden-pedestrians";
  EXPECT_EQ(ask(folder.path(), *named_sql(night, {{"hidden", -1}})).rows.size(), 0u);
  const Table all = ask(folder.path(), *named_sql(night, {{"hidden", -1}, {"sun", 91}}));
  EXPECT_GT(all.rows.size(), 0u);
  EXPECT_EQ(ask(folder.path(), *named_sql(night, {{"hidden", -1}, {"sun", 91}, {"distance", 1}}))
                .rows.size(),
            0u);
  EXPECT_NE(core::to_string(named_sql("colisions", {}).error()).find("'collisions'"),
            std::string::npos);
  EXPECT_FALSE(named_sql("collisions", {{"sped", 1}}));
}

TEST(QueryOutput, TextCsvJsonAndClips) {
  Table table;
  table.columns = {"clip", "note"};
  table.rows = {{std::string("a/1"), std::string("say \"hi\", you")},
                {std::string("b/2"), std::monostate()},
                {std::string("a/1"), 0.1}};
  EXPECT_EQ(to_csv(table),
            "clip,note\r\na/1,\"say \"\"hi\"\", you\"\r\nb/2,\r\na/1,0.10000000000000001\r\n");
  EXPECT_NE(to_json(table).find("\"note\": null"), std::string::npos);
  EXPECT_EQ(to_text(table).substr(0, 11), "clip  note\n");
  EXPECT_EQ(*to_clip_list(table), "a/1\nb/2\n");
  table.columns[0] = "c";
  EXPECT_FALSE(to_clip_list(table));
}

}  // namespace
}  // namespace oddroad::catalogue

#include "engine/catalogue/index.h"

#include <atomic>
#include <map>
#include <memory>
#include <set>

#include "engine/catalogue/clip_inserter.h"
#include "engine/catalogue/clip_rows.h"
#include "engine/catalogue/database.h"
#include "engine/catalogue/schema.h"
#include "engine/catalogue/shard_rows.h"
#include "engine/core/parallel.h"
#include "engine/dataset/manifest.h"
#include "engine/dataset/reader.h"

namespace oddroad::catalogue {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kInMemory = 8;  // clips that are read and not yet written
constexpr std::size_t kFramesInACommit = 20'000;
// Rows are sorted into indexes and pages wait for their commit in memory, not on disk.
constexpr const char* kMemory = "PRAGMA cache_size=-131072";  // KiB

core::Result<std::int64_t> version_of(Database& database) {
  auto statement = database.prepare("PRAGMA user_version");
  if (!statement) return core::forward_error(statement);
  const auto row = statement->step();
  if (!row) return core::forward_error(row);
  return statement->integer(0);
}

// Opens the catalogue, makes it where it is not, makes it anew where it is of another version.
core::Result<Database> open_catalogue(const fs::path& file) {
  for (int round = 0;; ++round) {
    auto database = Database::open(file, Database::Mode::kReadWrite);
    if (!database) return database;
    auto done = database->execute(kMemory);
    if (done) done = database->execute("BEGIN IMMEDIATE");
    if (!done) return core::forward_error(done);
    const auto version = version_of(*database);
    if (!version) return core::forward_error(version);
    if (*version == kSchemaVersion) {
      done = database->execute("COMMIT");
    } else if (*version == 0) {
      done = database->execute(kTables);
      if (done) {
        done =
            database->execute("PRAGMA user_version=" + std::to_string(kSchemaVersion) + "; COMMIT");
      }
    } else if (round == 0) {
      std::error_code ignored;
      fs::remove(file, ignored);
      continue;
    } else {
      return core::fail_at({file.string()}, "cannot be made anew");
    }
    if (!done) return core::forward_error(done);
    return database;
  }
}

class Indexer {
 public:
  Indexer(const fs::path& dataset, const dataset::DatasetReader& reader, Database& database,
          ClipInserter inserter, const IndexProgress& progress)
      : dataset_(dataset),
        reader_(reader),
        database_(database),
        inserter_(std::move(inserter)),
        progress_(progress) {}

  core::Result<IndexSummary> run() {
    if (auto known = read_known(); !known) return core::forward_error(known);
    list_work();
    auto done = database_.execute("BEGIN IMMEDIATE");
    if (done) done = write_classes();
    if (done) done = refresh_shards(dataset_, database_);
    for (const std::string& name : gone_) {
      if (done) done = remove(name);
    }
    if (!done) return core::forward_error(done);
    summary_.removed = static_cast<int>(gone_.size());
    read_all();
    if (failed_) return tl::unexpected(problem_);
    done = database_.execute("COMMIT");
    if (done && !stopped_) done = make_indexes();
    if (!done) return core::forward_error(done);
    if (stopped_) return core::fail("interrupted");
    return summary_;
  }

 private:
  core::Result<void> read_known() {
    auto statement = database_.prepare("SELECT clip, manifest_sha256 FROM clips");
    if (!statement) return core::forward_error(statement);
    while (true) {
      const auto row = statement->step();
      if (!row) return core::forward_error(row);
      if (!*row) return {};
      known_[statement->text(0)] = statement->text(1);
    }
  }

  void list_work() {
    std::set<std::string> there;
    for (const fs::path& folder : reader_.clips()) {
      const std::string name = folder.lexically_relative(dataset_ / "clips").generic_string();
      const auto hash = dataset::clip_hash(folder);
      if (!hash) continue;  // no manifest: no clip
      there.insert(name);
      const auto it = known_.find(name);
      if (it != known_.end() && it->second == *hash) {
        ++summary_.kept;
      } else {
        work_.push_back(name);
      }
    }
    for (const auto& [name, hash] : known_) {
      if (!there.contains(name)) gone_.push_back(name);
    }
  }

  core::Result<void> write_classes() {
    auto statement = database_.prepare("INSERT OR REPLACE INTO classes VALUES (?, ?)");
    if (!statement) return core::forward_error(statement);
    for (const auto& one : reader_.ontology().classes) {
      auto done = statement->bind(std::int64_t{one.id.value}).bind(one.name).run();
      if (!done) return done;
    }
    return {};
  }

  core::Result<void> remove(const std::string& name) {
    auto statement = database_.prepare("SELECT id FROM clips WHERE clip = ?");
    if (!statement) return core::forward_error(statement);
    const auto row = statement->bind(name).step();
    if (!row) return core::forward_error(row);
    if (!*row) return {};
    const std::string id = std::to_string(statement->integer(0));
    std::string sql;
    for (const char* table : kTablesOfClips) {
      sql += std::string("DELETE FROM ") + table + " WHERE clip_id = " + id + ";";
    }
    // The row is still being read: it goes when that is over.
    while (true) {
      const auto more = statement->step();
      if (!more) return core::forward_error(more);
      if (!*more) break;
    }
    return database_.execute(sql + "DELETE FROM clips WHERE id = " + id + ";");
  }

  void read_all() {
    std::size_t next = 0;
    core::run_in_order(kInMemory, [&]() -> std::function<core::LastStep()> {
      if (next == work_.size() || failed_ || stopped_) return {};
      return [this, name = work_[next++]]() -> core::LastStep {
        auto rows = std::make_shared<const core::Result<ClipRows>>(read_clip_rows(dataset_, name));
        return [this, name, rows] {
          take(name, *rows);
        };
      };
    });
  }

  // Statistics of tables are their last step: where there are some and nothing has changed, all is
  // done.
  core::Result<void> make_indexes() {
    auto statistics =
        database_.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'");
    if (!statistics) return core::forward_error(statistics);
    const auto row = statistics->step();
    if (!row) return core::forward_error(row);
    const bool there = statistics->integer(0) > 0;
    if (auto end = statistics->run(); !end) return end;
    const bool changed = summary_.added + summary_.changed + summary_.removed > 0;
    return there && !changed ? core::Result<void>() : database_.execute(kIndexes);
  }

  // In order, one at a time.
  void take(const std::string& name, const core::Result<ClipRows>& rows) {
    if (failed_) return;
    ++read_;
    if (!rows) {
      summary_.problems.append(rows.error());
    } else if (auto done = write(name, *rows); !done) {
      problem_ = done.error();
      failed_ = true;
    }
    if (!progress_(read_, work_.size())) stopped_ = true;
  }

  core::Result<void> write(const std::string& name, const ClipRows& rows) {
    const bool known = known_.contains(name);
    // Always: another process may have written it since we looked.
    auto done = remove(name);
    if (done) done = inserter_.insert(rows);
    if (!done) return done;
    ++(known ? summary_.changed : summary_.added);
    summary_.frames += static_cast<std::int64_t>(rows.frames.size());
    uncommitted_ += rows.frames.size();
    if (uncommitted_ < kFramesInACommit) return {};
    uncommitted_ = 0;
    return database_.execute("COMMIT; BEGIN IMMEDIATE");
  }

  const fs::path& dataset_;
  const dataset::DatasetReader& reader_;
  Database& database_;
  ClipInserter inserter_;
  const IndexProgress& progress_;
  std::map<std::string, std::string> known_;  // clip to hash of its manifest
  std::vector<std::string> work_, gone_;
  std::size_t read_ = 0, uncommitted_ = 0;
  std::atomic<bool> failed_ = false, stopped_ = false;
  core::Diagnostics problem_;
  IndexSummary summary_;
};

}  // namespace

core::Result<IndexSummary> index_dataset(const fs::path& dataset, const IndexProgress& progress) {
  const auto reader = dataset::DatasetReader::open(dataset);
  if (!reader) return core::forward_error(reader);
  auto database = open_catalogue(dataset / kCatalogueFile);
  if (!database) return core::forward_error(database);
  auto inserter = ClipInserter::create(*database);
  if (!inserter) return core::forward_error(inserter);
  return Indexer(dataset, *reader, *database, std::move(*inserter), progress).run();
}

}  // namespace oddroad::catalogue

#include "engine/catalogue/shard_rows.h"

#include <sstream>

#include <nlohmann/json.hpp>

#include "engine/core/sha256.h"
#include "engine/dataset/file_io.h"

namespace oddroad::catalogue {
namespace {

core::Result<std::string> known_hash(Database& database) {
  auto statement = database.prepare("SELECT value FROM meta WHERE name = 'shards'");
  if (!statement) return core::forward_error(statement);
  const auto row = statement->step();
  if (!row) return core::forward_error(row);
  return *row ? statement->text(0) : "";
}

core::Result<void> insert_line(const std::string& text, Statement& statement,
                               const core::SourceLocation& where) {
  try {
    const auto line = nlohmann::json::parse(text);
    return statement.bind("clips/" + line.at("file").get<std::string>())
        .bind(line.at("shard").get<std::string>())
        .bind(line.at("offset").get<std::int64_t>())
        .bind(line.at("bytes").get<std::int64_t>())
        .run();
  } catch (const nlohmann::json::exception& error) {
    return core::fail_at(where, std::string("not a line of an index of shards: ") + error.what());
  }
}

}  // namespace

core::Result<void> refresh_shards(const std::filesystem::path& dataset, Database& database) {
  const std::filesystem::path file = dataset / "shards/index.jsonl";
  std::string text;
  if (std::filesystem::exists(file)) {
    auto read = dataset::read_file(file);
    if (!read) return core::forward_error(read);
    text = std::move(*read);
  }
  const std::string hash = text.empty() ? "" : core::sha256_hex(text);
  const auto known = known_hash(database);
  if (!known) return core::forward_error(known);
  if (*known == hash) return {};
  auto done = database.execute("DELETE FROM shard_files; DELETE FROM meta WHERE name = 'shards';");
  if (!done || hash.empty()) return done;
  auto statement = database.prepare("INSERT INTO shard_files VALUES (?, ?, ?, ?)");
  if (!statement) return core::forward_error(statement);
  std::istringstream lines(text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    done = insert_line(line, *statement, {file.string(), ++number});
    if (!done) return done;
  }
  return database.execute("INSERT INTO meta VALUES ('shards', '" + hash + "')");
}

}  // namespace oddroad::catalogue

#include "engine/catalogue/query.h"

#include "engine/catalogue/database.h"
#include "engine/catalogue/schema.h"

namespace oddroad::catalogue {
namespace {

core::Result<void> check_version(Database& database, const std::filesystem::path& file) {
  auto version = database.prepare("PRAGMA user_version");
  if (!version) return core::forward_error(version);
  const auto row = version->step();
  if (!row) return core::forward_error(row);
  if (version->integer(0) == kSchemaVersion) return {};
  return core::fail_at({file.string()}, "a catalogue of another version",
                       "oddroad index makes it anew");
}

}  // namespace

core::Result<Table> query(const std::filesystem::path& dataset, const std::string& sql) {
  const std::filesystem::path file = dataset / kCatalogueFile;
  if (!std::filesystem::exists(file)) {
    return core::fail_at({dataset.string()}, "has no catalogue", "oddroad index makes one");
  }
  auto database = Database::open(file, Database::Mode::kReadOnly);
  if (!database) return core::forward_error(database);
  if (auto fits = check_version(*database, file); !fits) return core::forward_error(fits);
  database->allow_reading_only();
  auto statement = database->prepare(sql);
  if (!statement) return core::forward_error(statement);
  if (!statement->is_read_only()) return core::fail("only queries that read: SELECT ...");
  Table table;
  table.columns = statement->columns();
  const int columns = static_cast<int>(table.columns.size());
  for (auto row = statement->step();; row = statement->step()) {
    if (!row) return core::forward_error(row);
    if (!*row) return table;
    auto& cells = table.rows.emplace_back();
    for (int c = 0; c < columns; ++c) cells.push_back(statement->cell(c));
  }
}

}  // namespace oddroad::catalogue

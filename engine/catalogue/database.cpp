#include "engine/catalogue/database.h"

#include <cmath>
#include <utility>

#include <sqlite3.h>

namespace oddroad::catalogue {
namespace {

constexpr int kBusyMs = 10'000;

tl::unexpected<core::Diagnostics> fail_database(sqlite3* database, const std::string& what) {
  return core::fail(what + ": " + (database ? sqlite3_errmsg(database) : "out of memory"));
}

int only_reading(void*, int action, const char*, const char*, const char*, const char*) {
  const bool reads = action == SQLITE_SELECT || action == SQLITE_READ ||
                     action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE;
  return reads ? SQLITE_OK : SQLITE_DENY;
}

}  // namespace

Statement::Statement(sqlite3* database, sqlite3_stmt* statement)
    : database_(database), statement_(statement) {}
Statement::Statement(Statement&& other) noexcept
    : database_(other.database_),
      statement_(std::exchange(other.statement_, nullptr)),
      bound_(other.bound_) {}
Statement::~Statement() {
  sqlite3_finalize(statement_);
}

Statement& Statement::bind(std::int64_t value) {
  sqlite3_bind_int64(statement_, ++bound_, value);
  return *this;
}
Statement& Statement::bind(double value) {
  if (std::isnan(value)) return bind_null();
  sqlite3_bind_double(statement_, ++bound_, value);
  return *this;
}
Statement& Statement::bind(const std::string& value) {
  sqlite3_bind_text(statement_, ++bound_, value.data(), static_cast<int>(value.size()),
                    SQLITE_TRANSIENT);
  return *this;
}
Statement& Statement::bind_null() {
  sqlite3_bind_null(statement_, ++bound_);
  return *this;
}

void Statement::reset() {
  sqlite3_reset(statement_);
  bound_ = 0;
}

core::Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    reset();
    return false;
  }
  const auto failed = fail_database(database_, "the catalogue");
  reset();
  return failed;
}

core::Result<void> Statement::run() {
  const auto row = step();
  if (!row) return core::forward_error(row);
  if (*row) reset();
  return {};
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Cell Statement::cell(int column) const {
  switch (sqlite3_column_type(statement_, column)) {
    case SQLITE_INTEGER:
      return integer(column);
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement_, column);
    case SQLITE_NULL:
      return std::monostate();
    default:
      return text(column);
  }
}

std::vector<std::string> Statement::columns() const {
  std::vector<std::string> out;
  for (int c = 0; c < sqlite3_column_count(statement_); ++c) {
    out.emplace_back(sqlite3_column_name(statement_, c));
  }
  return out;
}

bool Statement::is_read_only() const {
  return sqlite3_stmt_readonly(statement_) != 0 && sqlite3_column_count(statement_) > 0;
}

core::Result<Database> Database::open(const std::filesystem::path& file, Mode mode) {
  sqlite3* handle = nullptr;
  const int flags =
      mode == Mode::kReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
  if (code != SQLITE_OK) {
    auto failed = fail_database(handle, file.string() + ": cannot be opened");
    sqlite3_close(handle);
    return failed;
  }
  sqlite3_busy_timeout(handle, kBusyMs);
  return Database(handle);
}

Database::Database(Database&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
Database::~Database() {
  sqlite3_close(handle_);
}

core::Result<void> Database::execute(const std::string& sql) {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return fail_database(handle_, "the catalogue");
}

core::Result<Statement> Database::prepare(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, &rest);
  if (code != SQLITE_OK) return fail_database(handle_, "the query");
  Statement out(handle_, statement);
  if (statement == nullptr) return core::fail("the query is empty");
  if (std::string(rest).find_first_not_of(" \t\r\n;") != std::string::npos) {
    return core::fail("one query at a time: there is more behind the first ';'");
  }
  return out;
}

std::int64_t Database::last_row() const {
  return sqlite3_last_insert_rowid(handle_);
}

void Database::allow_reading_only() {
  sqlite3_set_authorizer(handle_, only_reading, nullptr);
}

}  // namespace oddroad::catalogue

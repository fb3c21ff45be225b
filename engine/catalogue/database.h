// SQLite with errors as Results. Internal to this module: third-party types stay in database.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/catalogue/query.h"
#include "engine/core/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace oddroad::catalogue {

class Database;

// A prepared statement. Values are bound in order; a failure shows at the next step.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  Statement& bind(std::int64_t value);
  Statement& bind(double value);  // NaN: null
  Statement& bind(const std::string& value);
  Statement& bind_null();
  // True: a row is there to be read. False: the end; the statement is ready for other values.
  core::Result<bool> step();
  // For statements without rows.
  core::Result<void> run();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] Cell cell(int column) const;
  [[nodiscard]] std::vector<std::string> columns() const;
  // It changes nothing.
  [[nodiscard]] bool is_read_only() const;

 private:
  friend class Database;
  Statement(sqlite3* database, sqlite3_stmt* statement);
  void reset();
  sqlite3* database_;
  sqlite3_stmt* statement_;
  int bound_ = 0;
};

class Database {
 public:
  enum class Mode { kReadOnly, kReadWrite };
  // kReadWrite makes the file where it is not. Errors: cannot open, not a database.
  static core::Result<Database> open(const std::filesystem::path& file, Mode mode);
  Database(Database&& other) noexcept;
  Database& operator=(Database&&) = delete;
  ~Database();

  // Statements without parameters, several with semicolons.
  core::Result<void> execute(const std::string& sql);
  // One statement. Errors: SQL that is wrong; more than one statement.
  core::Result<Statement> prepare(const std::string& sql);
  [[nodiscard]] std::int64_t last_row() const;
  // From now on nothing but reading of this file is let through: no other file can be attached.
  void allow_reading_only();

 private:
  explicit Database(sqlite3* handle) : handle_(handle) {}
  sqlite3* handle_;
};

}  // namespace oddroad::catalogue

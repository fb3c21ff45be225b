// Questions to a catalogue, on a connection that cannot change it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "engine/core/result.h"

namespace oddroad::catalogue {

using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;

struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
};

// Errors: there is no catalogue, the SQL is wrong, is no reading of this catalogue, is more than
// one statement.
core::Result<Table> query(const std::filesystem::path& dataset, const std::string& sql);

// A question with numbers that can be set.
struct NamedQuery {
  std::string name;
  std::string about;                     // one line
  std::map<std::string, double> values;  // with their defaults
  std::string sql;                       // ":value" stands for a value
};
const std::vector<NamedQuery>& named_queries();
// The SQL with values put in. Errors: no query, or no value, of that name.
core::Result<std::string> named_sql(const std::string& name,
                                    const std::map<std::string, double>& values);

// Columns aligned for people; RFC 4180; an array of objects.
std::string to_text(const Table& table);
std::string to_csv(const Table& table);
std::string to_json(const Table& table);
// The column `clip`, each clip once, a line each. Errors: there is no such column.
core::Result<std::string> to_clip_list(const Table& table);

}  // namespace oddroad::catalogue

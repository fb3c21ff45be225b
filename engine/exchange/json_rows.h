// A JSON array of objects, row by row, with the place of each for errors.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/core/result.h"
#include "engine/math/affine.h"

namespace oddroad::exchange {

struct JsonRow {
  nlohmann::json value;
  core::SourceLocation where;
};

// Errors: missing, no JSON (with line and column), no array of objects.
core::Result<std::vector<JsonRow>> read_json_rows(const std::filesystem::path& file);

// Typed members of a row. What is missing or of another type is told at the row, and a value of
// nothing comes back.
class RowReader {
 public:
  RowReader(const JsonRow& row, core::Diagnostics& problems) : row_(row), problems_(problems) {}

  std::string text(const char* key);
  std::int64_t integer(const char* key);
  bool flag(const char* key);
  std::vector<double> numbers(const char* key, std::size_t count);
  std::vector<std::string> texts(const char* key);
  math::Pose pose();  // of "translation" and "rotation" (w, x, y, z)

 private:
  const nlohmann::json* member(const char* key);
  void wrong(const char* key, const char* what);

  const JsonRow& row_;
  core::Diagnostics& problems_;
};

}  // namespace oddroad::exchange

#include "engine/exchange/json_rows.h"

#include <cmath>

#include "engine/dataset/file_io.h"

namespace oddroad::exchange {
namespace {

using Json = nlohmann::json;

// Lines and columns of ascending offsets.
class Places {
 public:
  Places(const std::string& text, std::string file) : text_(text), file_(std::move(file)) {}
  core::SourceLocation at(std::size_t offset) {
    for (; at_ < offset && at_ < text_.size(); ++at_) {
      if (text_[at_] != '\n') continue;
      ++line_;
      line_start_ = at_ + 1;
    }
    return {file_, line_, static_cast<int>(at_ - line_start_) + 1};
  }

 private:
  const std::string& text_;
  std::string file_;
  std::size_t at_ = 0, line_start_ = 0;
  int line_ = 1;
};

// Where the objects of an array of objects begin. The text is good JSON.
std::vector<std::size_t> row_starts(const std::string& text) {
  std::vector<std::size_t> out;
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      i += c == '\\';
      quoted = c != '"';
      continue;
    }
    quoted = c == '"';
    if (c == '{' && depth == 1) out.push_back(i);
    depth += c == '{' || c == '[';
    depth -= c == '}' || c == ']';
  }
  return out;
}

}  // namespace

core::Result<std::vector<JsonRow>> read_json_rows(const std::filesystem::path& file) {
  const auto text = dataset::read_file(file);
  if (!text) return core::forward_error(text);
  Places places(*text, file.string());
  Json all;
  try {
    all = Json::parse(*text);
  } catch (const Json::parse_error& error) {
    const std::size_t offset = error.byte > 0 ? error.byte - 1 : 0;
    return core::fail_at(places.at(offset), "no JSON goes on like this");
  }
  if (!all.is_array()) return core::fail_at({file.string(), 1, 1}, "a table is an array of rows");
  const auto starts = row_starts(*text);
  std::vector<JsonRow> out;
  for (Json& row : all) {
    if (!row.is_object()) {
      return core::fail_at({file.string(), 1, 1},
                           "row " + std::to_string(out.size() + 1) + " is no object");
    }
    const auto where = places.at(starts[out.size()]);
    out.push_back({std::move(row), where});
  }
  return out;
}

const Json* RowReader::member(const char* key) {
  const auto it = row_.value.find(key);
  return it == row_.value.end() ? nullptr : &*it;
}

void RowReader::wrong(const char* key, const char* what) {
  problems_.error(row_.where, std::string("'") + key + "' is " + what);
}

std::string RowReader::text(const char* key) {
  const Json* value = member(key);
  if (value != nullptr && value->is_string()) return value->get<std::string>();
  wrong(key, "a text");
  return "";
}

std::int64_t RowReader::integer(const char* key) {
  const Json* value = member(key);
  if (value != nullptr && value->is_number_integer()) return value->get<std::int64_t>();
  wrong(key, "a whole number");
  return 0;
}

bool RowReader::flag(const char* key) {
  const Json* value = member(key);
  if (value != nullptr && value->is_boolean()) return value->get<bool>();
  wrong(key, "true or false");
  return false;
}

std::vector<double> RowReader::numbers(const char* key, std::size_t count) {
  const Json* value = member(key);
  std::vector<double> out;
  if (value != nullptr && value->is_array()) {
    for (const Json& one : *value) {
      if (one.is_number() && std::isfinite(one.get<double>())) out.push_back(one.get<double>());
    }
    if (out.size() == count && value->size() == count) return out;
  }
  problems_.error(row_.where,
                  std::string("'") + key + "' is a list of " + std::to_string(count) + " numbers");
  return std::vector<double>(count, 0.0);
}

std::vector<std::string> RowReader::texts(const char* key) {
  const Json* value = member(key);
  std::vector<std::string> out;
  if (value != nullptr && value->is_array()) {
    for (const Json& one : *value) {
      if (one.is_string()) out.push_back(one.get<std::string>());
    }
    if (out.size() == value->size()) return out;
  }
  wrong(key, "a list of texts");
  return {};
}

math::Pose RowReader::pose() {
  const auto t = numbers("translation", 3), q = numbers("rotation", 4);
  const glm::dquat rotation(q[0], q[1], q[2], q[3]);
  const double length = glm::length(rotation);
  if (!(std::abs(length - 1) < 1e-3)) {
    wrong("rotation", "a quaternion w, x, y, z of length 1");
    return {};
  }
  return {rotation / length, {t[0], t[1], t[2]}};
}

}  // namespace oddroad::exchange

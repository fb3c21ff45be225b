#include <algorithm>
#include <cstdio>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/catalogue/query.h"

namespace oddroad::catalogue {
namespace {

constexpr std::size_t kWidest = 60;

// `digits`: of numbers that are not whole.
std::string text_of(const Cell& cell, int digits) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return std::to_string(*whole);
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<double>(&cell)) {
    char out[64];
    std::snprintf(out, sizeof out, "%.*g", digits, *number);
    return out;
  }
  return "";
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

}  // namespace

std::string to_text(const Table& table) {
  std::vector<std::vector<std::string>> lines = {table.columns};
  for (const auto& row : table.rows) {
    auto& line = lines.emplace_back();
    for (const Cell& cell : row) line.push_back(text_of(cell, 6));
  }
  std::vector<std::size_t> widths(table.columns.size());
  for (const auto& line : lines) {
    for (std::size_t c = 0; c < line.size(); ++c) {
      widths[c] = std::max(widths[c], std::min(line[c].size(), kWidest));
    }
  }
  std::string out;
  for (const auto& line : lines) {
    std::string text;
    for (std::size_t c = 0; c < line.size(); ++c) {
      text += line[c];
      if (line[c].size() < widths[c]) text += std::string(widths[c] - line[c].size(), ' ');
      text += "  ";
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out += text + "\n";
  }
  return out;
}

std::string to_csv(const Table& table) {
  std::string out;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    out += (c > 0 ? "," : "") + csv_field(table.columns[c]);
  }
  out += "\r\n";
  for (const auto& row : table.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      out += (c > 0 ? "," : "") + csv_field(text_of(row[c], 17));
    }
    out += "\r\n";
  }
  return out;
}

std::string to_json(const Table& table) {
  auto rows = nlohmann::ordered_json::array();
  for (const auto& row : table.rows) {
    auto object = nlohmann::ordered_json::object();
    for (std::size_t c = 0; c < row.size(); ++c) {
      std::visit(
          [&](const auto& value) {
            if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::monostate>) {
              object[table.columns[c]] = nullptr;
            } else {
              object[table.columns[c]] = value;
            }
          },
          row[c]);
    }
    rows.push_back(std::move(object));
  }
  return rows.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

core::Result<std::string> to_clip_list(const Table& table) {
  const auto it = std::find(table.columns.begin(), table.columns.end(), "clip");
  if (it == table.columns.end()) {
    return core::fail("a list of clips needs a column 'clip': SELECT clip FROM ...");
  }
  const auto column = static_cast<std::size_t>(it - table.columns.begin());
  std::set<std::string> seen;
  std::string out;
  for (const auto& row : table.rows) {
    const std::string clip = text_of(row[column], 17);
    if (!clip.empty() && seen.insert(clip).second) out += clip + "\n";
  }
  return out;
}

}  // namespace oddroad::catalogue

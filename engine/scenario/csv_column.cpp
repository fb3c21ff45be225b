#include "engine/scenario/csv_column.h"

#include <algorithm>
#include <fstream>

#include "engine/core/suggest.h"

namespace oddroad::scenario {

namespace {

constexpr std::size_t kMostLines = 1'000'000;
constexpr std::size_t kMostTold = 5;

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// A quoted cell may hold commas; "" in it is one quote.
std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      cells.back() += line[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  for (std::string& cell : cells) cell = trimmed(cell);
  return cells;
}

class ColumnReader {
 public:
  ColumnReader(std::string path, std::string column, core::SourceLocation where)
      : path_(std::move(path)), column_(std::move(column)), where_(std::move(where)) {}

  core::Result<std::vector<CsvCell>> run() {
    std::ifstream file(path_);
    if (!file) return core::fail_at({path_}, "cannot be read");
    for (std::string line; std::getline(file, line) && !problems_.has_errors();) {
      ++line_;
      if (line_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
      const std::string text = trimmed(line);
      if (text.empty() || text[0] == '#') continue;
      if (index_ == kNone) {
        read_head(split(line));
      } else {
        read_line(split(line));
      }
    }
    if (!problems_.has_errors() && cells_.empty()) problems_.error({path_}, "there is no line");
    problems_.append(told_);
    if (absent_ > kMostTold) {
      problems_.error({path_}, std::to_string(absent_ - kMostTold) + " more lines without a value");
    }
    if (problems_.has_errors()) return tl::unexpected<core::Diagnostics>(std::move(problems_));
    return std::move(cells_);
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  void read_head(const std::vector<std::string>& names) {
    const auto found = std::find(names.begin(), names.end(), column_);
    index_ = static_cast<std::size_t>(found - names.begin());
    if (found != names.end()) return;
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
    const std::string near = core::did_you_mean(column_, names);
    problems_.error(where_, "'" + path_ + "' has no column '" + column_ + "'",
                    near.empty() ? "its columns are " + all : near);
  }

  void read_line(const std::vector<std::string>& cells) {
    if (cells_.size() == kMostLines) {
      return problems_.error({path_, line_}, "more than a million lines");
    }
    if (index_ < cells.size() && !cells[index_].empty()) {
      cells_.push_back({cells[index_], {path_, line_}});
    } else if (++absent_ <= kMostTold) {
      told_.error({path_, line_}, "there is no value for '" + column_ + "'");
    }
  }

  std::string path_, column_;
  core::SourceLocation where_;
  int line_ = 0;
  std::size_t index_ = kNone;
  std::size_t absent_ = 0;
  std::vector<CsvCell> cells_;
  core::Diagnostics problems_, told_;
};

}  // namespace

core::Result<std::vector<CsvCell>> read_csv_column(const std::string& path,
                                                   const std::string& column,
                                                   const core::SourceLocation& column_where) {
  return ColumnReader(path, column, column_where).run();
}

}  // namespace oddroad::scenario

#include "engine/core/yaml_hints.h"

#include <algorithm>

namespace oddroad::core {

namespace {

constexpr std::string_view kBlank = " \t";

// Where the first line up to `last` (from 0) that a tab indents has that tab; nothing: there is
// none.
std::optional<SourceLocation> find_tab(const std::vector<std::string_view>& lines, std::size_t last,
                                       const std::string& file) {
  for (std::size_t i = 0; i < std::min(last + 1, lines.size()); ++i) {
    const std::size_t tab = lines[i].find('\t');
    if (tab == std::string_view::npos || lines[i].find_first_not_of(kBlank) < tab) continue;
    return SourceLocation{file, static_cast<int>(i) + 1, static_cast<int>(tab) + 1};
  }
  return std::nullopt;
}

// "name:value": a key whose value follows without a space.
bool lacks_space(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon != std::string_view::npos && colon + 1 < line.size() && line[colon + 1] != ' ' &&
         line.find(' ', line.find_first_not_of(kBlank)) > colon;
}

std::string hint_for(std::string_view line, std::string_view above, std::size_t column,
                     const std::string& problem) {
  if (line.find("${") != std::string_view::npos || above.find("${") != std::string_view::npos) {
    return "a parameter is written $name, without braces";
  }
  if (lacks_space(line) || lacks_space(above)) return "a space belongs behind the ':' of a key";
  if (problem == "illegal map value") return "a text with ': ' in it belongs in quotes";
  if (problem.find("flow") != std::string::npos) {
    return "a '{' or '[' is not closed, or a comma is missing";
  }
  if (problem != "end of map not found" && problem != "end of sequence not found") return "";
  const std::size_t first = line.find_first_not_of(kBlank);
  if (column > first) return "something stands behind a value that is complete: quote the whole";
  return "this line begins further to the left or right than those it belongs to";
}

}  // namespace

Diagnostic explain_yaml_error(const std::vector<std::string_view>& lines,
                              const SourceLocation& where, const std::string& problem) {
  const std::string message = "YAML: " + problem;
  if (where.line < 1 || static_cast<std::size_t>(where.line) > lines.size()) {
    return {Severity::kError, where, message, ""};
  }
  const auto row = static_cast<std::size_t>(where.line) - 1;
  if (const auto tab = find_tab(lines, row + 1, where.file)) {
    return {Severity::kError, *tab, "a tab indents this line", "indent by spaces"};
  }
  const std::string_view above = row > 0 ? lines[row - 1] : std::string_view();
  return {Severity::kError, where, message,
          hint_for(lines[row], above, static_cast<std::size_t>(std::max(where.column, 1)) - 1,
                   problem)};
}

}  // namespace oddroad::core

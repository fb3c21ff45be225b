#include "engine/exchange/number_lines.h"

#include <charconv>
#include <cmath>

#include "engine/dataset/file_io.h"

namespace oddroad::exchange {

core::Result<std::vector<WordLine>> read_word_lines(const std::filesystem::path& file) {
  const auto text = dataset::read_file(file);
  if (!text) return core::forward_error(text);
  std::vector<WordLine> out;
  int line = 1;
  std::size_t line_start = 0;
  bool fresh = true;
  for (std::size_t i = 0; i < text->size();) {
    const char c = (*text)[i];
    if (c == '\n') {
      ++line;
      line_start = i + 1;
      fresh = true;
    }
    if (c == '\n' || c == ' ' || c == '\t' || c == '\r') {
      ++i;
      continue;
    }
    const auto end = std::min(text->find_first_of(" \t\r\n", i), text->size());
    const core::SourceLocation where{file.string(), line, static_cast<int>(i - line_start) + 1};
    if (fresh) out.push_back({where, {}});
    fresh = false;
    out.back().words.push_back({text->substr(i, end - i), where});
    i = end;
  }
  return out;
}

double read_number(const Word& word, const std::string& what, core::Diagnostics& problems) {
  double value = 0;
  const char* begin = word.text.data();
  const char* end = begin + word.text.size();
  if (begin != end && *begin == '+') ++begin;  // "+1.0e+00" of printf's
  const auto read = std::from_chars(begin, end, value);
  if (read.ec == std::errc() && read.ptr == end && std::isfinite(value)) return value;
  problems.error(word.where, what + " is a number, not '" + word.text + "'");
  return 0;
}

}  // namespace oddroad::exchange

#include "engine/asset/text_lines.h"

#include <charconv>
#include <cmath>

namespace oddroad::asset {
namespace {

constexpr std::string_view kBlanks = " \t\r\v\f";

template <typename T>
std::optional<T> value_from(std::string_view word) {
  if (word.starts_with('+')) word.remove_prefix(1);
  T value{};
  const auto end = word.data() + word.size();
  const auto read = std::from_chars(word.data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return value;
}

}  // namespace

bool TextLines::next() {
  words_.clear();
  while (words_.empty() && !rest_.empty()) {
    number_ = next_number_;
    joined_.clear();
    std::string_view line;
    for (bool goes_on = true; goes_on;) {
      const std::size_t end = rest_.find('\n');
      line = rest_.substr(0, end);
      rest_.remove_prefix(end == rest_.npos ? rest_.size() : end + 1);
      ++next_number_;
      if (line.ends_with('\r')) line.remove_suffix(1);
      goes_on = line.ends_with('\\') && !rest_.empty();
      if (line.ends_with('\\')) line.remove_suffix(1);
      if (goes_on || !joined_.empty()) joined_.append(line).append(" ");
    }
    if (!joined_.empty()) line = joined_;
    line = line.substr(0, line.find('#'));
    for (std::size_t at = line.find_first_not_of(kBlanks); at < line.size();) {
      const std::size_t end = std::min(line.find_first_of(kBlanks, at), line.size());
      words_.push_back(line.substr(at, end - at));
      at = line.find_first_not_of(kBlanks, end);
    }
  }
  return !words_.empty();
}

std::string TextLines::from_word(std::size_t i) const {
  if (i >= words_.size()) return {};
  return {words_[i].data(), words_.back().data() + words_.back().size()};
}

std::optional<float> float_from(std::string_view word) {
  const auto value = value_from<double>(word);
  if (!value || !std::isfinite(static_cast<float>(*value))) return std::nullopt;
  return static_cast<float>(*value);
}

std::optional<long long> whole_from(std::string_view word) {
  return value_from<long long>(word);
}

}  // namespace oddroad::asset

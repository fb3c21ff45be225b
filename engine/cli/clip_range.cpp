#include "engine/cli/clip_range.h"

#include <algorithm>
#include <charconv>

namespace oddroad::cli {
namespace {

bool read(std::string_view text, std::uint32_t& out) {
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
  return code == std::errc() && end == text.data() + text.size() && out < 1'000'000;
}

}  // namespace

core::Result<ClipRange> parse_clip_range(const std::string& option, const std::string& text,
                                         std::uint32_t sample_count) {
  if (text.empty()) return ClipRange{0, std::max(sample_count, 1u) - 1};
  ClipRange range;
  const std::size_t dots = text.find("..");
  const std::string_view all(text);
  const bool fine = dots == std::string::npos ? read(all, range.first)
                                              : read(all.substr(0, dots), range.first) &&
                                                    read(all.substr(dots + 2), range.last);
  if (dots == std::string::npos) range.last = range.first;
  if (!fine || range.last < range.first) {
    return core::fail(option + " takes A..B or A with A <= B below 1,000,000, found '" + text +
                      "'");
  }
  return range;
}

}  // namespace oddroad::cli

#include "engine/exchange/rle.h"

namespace oddroad::exchange {

std::vector<std::uint32_t> run_lengths(const capture::Image<SegmentKey>& keys, SegmentKey key,
                                       const PixelBox& box) {
  std::vector<std::uint32_t> runs;
  bool value = false;
  std::uint32_t length = static_cast<std::uint32_t>(box.left) *
                         static_cast<std::uint32_t>(keys.height_px);  // columns before the box
  for (int x = box.left; x < box.right; ++x) {
    for (int y = 0; y < keys.height_px; ++y) {
      if ((keys.at(x, y) == key) != value) {
        runs.push_back(length);
        length = 0;
        value = !value;
      }
      ++length;
    }
  }
  const auto after = static_cast<std::uint32_t>(keys.width_px - box.right) *
                     static_cast<std::uint32_t>(keys.height_px);
  if (value && after > 0) {
    runs.push_back(length);
    length = 0;
  }
  runs.push_back(length + after);
  return runs;
}

std::string encode_runs(const std::vector<std::uint32_t>& runs) {
  std::string text;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    auto rest = static_cast<std::int64_t>(runs[i]);
    if (i > 2) rest -= runs[i - 2];
    for (bool more = true; more;) {
      const auto bits = rest & 0x1f;
      rest >>= 5;
      more = (bits & 0x10) ? rest != -1 : rest != 0;
      text += static_cast<char>(48 + (bits | (more ? 0x20 : 0)));
    }
  }
  return text;
}

}  // namespace oddroad::exchange

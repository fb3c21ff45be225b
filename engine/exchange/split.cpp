#include "engine/exchange/split.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <sstream>

#include "engine/core/check.h"
#include "engine/core/random.h"

namespace oddroad::exchange {
namespace {

bool is_name(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '-' || c == '_';
  });
}

}  // namespace

core::Result<std::vector<SplitShare>> parse_split(const std::string& text) {
  std::vector<SplitShare> out;
  std::istringstream parts(text);
  double sum = 0;
  for (std::string part; std::getline(parts, part, ',');) {
    const auto colon = part.find(':');
    SplitShare one{part.substr(0, colon), -1};
    if (colon != std::string::npos) {
      const char* end = part.data() + part.size();
      const auto read = std::from_chars(part.data() + colon + 1, end, one.share);
      if (read.ec != std::errc() || read.ptr != end) one.share = -1;
    }
    if (!is_name(one.name) || !(one.share >= 0 && one.share <= 1)) {
      return core::fail("--split: '" + part + "' is no name with a share from 0 to 1",
                        "write it like train:0.8,val:0.2");
    }
    if (std::any_of(out.begin(), out.end(), [&](const auto& o) {
          return o.name == one.name;
        })) {
      return core::fail("--split: '" + one.name + "' stands there twice");
    }
    sum += one.share;
    out.push_back(one);
  }
  if (std::abs(sum - 1) > 1e-6) {
    return core::fail("--split: the shares add up to " + std::to_string(sum) + ", not to 1",
                      "write it like train:0.8,val:0.2");
  }
  return out;
}

const std::string& split_of(const std::string& clip, const std::vector<SplitShare>& split) {
  ODDROAD_CHECK(!split.empty());
  const double draw = static_cast<double>(core::hash64(clip) % 1'000'000) / 1e6;
  double end = 0;
  for (const auto& one : split) {
    end += one.share;
    if (draw < end) return one.name;
  }
  return split.back().name;
}

}  // namespace oddroad::exchange

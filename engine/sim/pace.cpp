#include "engine/sim/pace.h"

#include <algorithm>

namespace oddroad::sim {

Pace walking_pace(const std::string& kind, const std::string& type, double height) {
  const auto is = [&](const char* word) {
    return kind == word || (kind.empty() && type.find(word) != std::string::npos);
  };
  if (kind == "hurried") return {1.8, 0.2};
  if (is("elderly")) return {1.05, 0.2};
  if (is("wheelchair")) return {1.1, 0.2};
  if (is("child")) {
    // 1.10 m at five years, 1.50 m at twelve.
    const double grown = std::clamp((height - 1.10) / 0.40, 0.0, 1.0);
    return {1.05 + 0.23 * grown, 0.15};
  }
  return {};
}

}  // namespace oddroad::sim

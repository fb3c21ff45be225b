// libFuzzer target: any bytes as a map, and all that is built of what parses.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/road/check.h"
#include "engine/road/locator.h"
#include "engine/road/tools.h"

namespace {

// A drawing grows with the map's length; only small maps are drawn.
constexpr double kDrawn_m = 3000;

void require(bool condition) {
  if (!condition) std::abort();
}

void visit(const oddroad::road::RoadMap& map) {
  using namespace oddroad;
  const road::MapCheck check = road::check_map(map);
  for (const core::Diagnostic& d : check.warnings.items()) {
    require(d.severity == core::Severity::kWarning);
  }
  (void)road::shortened(check.warnings, 3);
  const road::RoadLocator locator(map);
  double length = 0;
  for (const road::Road& road : map.roads) {
    length += road.length_m;
    for (const double u : {0.0, 0.5, 1.0}) {
      const double s = u * road.length_m;
      const math::Vec3d p = road.surface(road.section_at(s), s, -1.5);
      require(std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.z));
      (void)locator.to_road(p);
      (void)road.frame(s, 2);
      (void)road.speed_limit_mps(s, -1);
    }
  }
  if (length < kDrawn_m) (void)road::road_draw_svg(map);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto map = oddroad::road::parse_opendrive(text, "fuzz.xodr");
  if (map) {
    visit(*map);
  } else {
    require(map.error().has_errors());
  }
  return 0;
}

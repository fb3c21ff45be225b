#include "engine/road/check.h"

#include <cctype>
#include <cstdio>
#include <map>
#include <vector>

#include "engine/road/placed_objects.h"
#include "engine/road/placed_signals.h"

namespace oddroad::road {
namespace {

// The message without quoted names and numbers.
std::string kind_of(const std::string& message) {
  std::string out;
  bool quoted = false;
  for (const char c : message) {
    if (c == '"') {
      quoted = !quoted;
      continue;
    }
    const auto u = static_cast<unsigned char>(c);
    if (quoted || std::isdigit(u) != 0 || c == '.' || c == '-' || c == '+') continue;
    out += c;
  }
  return out;
}

struct Kind {
  int count = 0;
  std::size_t last_kept = 0;
};

int count_kinds(const core::Diagnostics& all) {
  std::map<std::string, int> kinds;
  for (const core::Diagnostic& d : all.items()) ++kinds[kind_of(d.message)];
  return static_cast<int>(kinds.size());
}

std::string counted(std::size_t n, const std::string& thing) {
  return std::to_string(n) + " " + thing + (n == 1 ? "" : "s");
}

}  // namespace

core::Diagnostics shortened(const core::Diagnostics& all, int most) {
  std::map<std::string, Kind> kinds;
  std::vector<std::size_t> kept;
  std::vector<std::string> kind_of_kept;
  for (std::size_t i = 0; i < all.items().size(); ++i) {
    std::string name = kind_of(all.items()[i].message);
    Kind& kind = kinds[name];
    if (++kind.count > most) continue;
    kind.last_kept = i;
    kept.push_back(i);
    kind_of_kept.push_back(std::move(name));
  }
  core::Diagnostics out;
  for (std::size_t k = 0; k < kept.size(); ++k) {
    core::Diagnostic one = all.items()[kept[k]];
    const Kind& kind = kinds[kind_of_kept[k]];
    const int more = kind.count - most;
    if (more > 0 && kind.last_kept == kept[k]) {
      one.message += " (and " + std::to_string(more) + " more of this kind)";
    }
    out.add(std::move(one));
  }
  return out;
}

MapCheck check_map(const RoadMap& map) {
  const LaneGraph graph(map);
  const PlacedObjects objects = place_objects(map);
  const PlacedSignals signals = place_signals(graph);
  MapCheck out;
  out.warnings = map.warnings;
  for (const core::Diagnostics& more :
       {graph.warnings(), objects.warnings, signals.warnings, check_consistency(graph)}) {
    out.warnings.append(more);
  }
  double length = 0;
  for (const Road& road : map.roads) length += road.length_m;
  char km[32];
  std::snprintf(km, sizeof(km), "%.2f km", length / 1000);
  out.summary =
      map.source + ": usable: " + counted(map.roads.size(), "road") + ", " + km + ", " +
      counted(map.junctions.size(), "junction") + ", " + counted(graph.lanes().size(), "lane") +
      ", " + counted(graph.joins().size(), "lane join") + ", " +
      counted(signals.signals.size(), "signal") + ", " + counted(objects.objects.size(), "object") +
      "; " + counted(out.warnings.items().size(), "warning");
  const int kinds = count_kinds(out.warnings);
  if (kinds > 0) out.summary += " of " + counted(static_cast<std::size_t>(kinds), "kind");
  return out;
}

}  // namespace oddroad::road

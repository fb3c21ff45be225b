#include "engine/traffic/movement.h"

namespace oddroad::traffic {
namespace {

// Through the lanes of one junction.
constexpr int kMaxHops = 16;

}  // namespace

Movement movement_of(const LaneTable& lanes, std::uint32_t lane) {
  Movement out;
  out.entry = lane;
  if (!lanes[lane].usable) return out;
  const int junction = lanes[lane].junction;
  std::uint32_t last = lane;
  for (int hop = 0; hop < kMaxHops; ++hop) {
    if (lanes[out.entry].previous.empty()) break;
    const std::uint32_t before = lanes[out.entry].previous.front();
    if (junction < 0 || lanes[before].junction != junction) {
      out.approach = before;
      break;
    }
    out.entry = before;
  }
  for (int hop = 0; hop < kMaxHops && junction >= 0 && !lanes[last].next.empty(); ++hop) {
    if (lanes[lanes[last].next.front()].junction != junction) break;
    last = lanes[last].next.front();
  }
  const Lane& entry = lanes[out.entry];
  const Lane& exit = lanes[last];
  out.heading_rad = lanes.samples(entry)[0].heading_rad;
  out.turn_rad =
      math::wrap_angle(lanes.samples(exit)[exit.samples - 1].heading_rad - out.heading_rad);
  return out;
}

}  // namespace oddroad::traffic

// What drawings of one run and of many share. Internal to engine/sim.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/math/bounds.h"
#include "engine/road/svg.h"
#include "engine/scenario/variant.h"
#include "engine/world/timeline.h"

namespace oddroad::sim {

// "parked" of "parked.3", "traffic.trailer" of "traffic.3.trailer".
std::string group_of(const std::string& name);

// The farthest it came from where it started: who goes and comes back has a way, too.
double travelled_m(const world::Actor& actor);

std::string seconds_text(std::int64_t stamp_ns);

// Pieces of a row share a colour and a line of the legend; the ego's is red.
class Palette {
 public:
  void add(const world::Timeline& timeline);
  [[nodiscard]] const std::string& of(const world::Actor& actor) const;

 private:
  std::map<std::string, std::string> colour_of_;  // by group
  std::size_t next_ = 0;
};

using Legend = std::vector<std::pair<std::string, std::string>>;  // colour, what it stands for

// A line for each group that is not there yet; one of another kind or number than there says so.
// Riders count with what they ride.
void add_groups(const world::Timeline& timeline, const Palette& palette, Legend& legend);

// Map metres: around whoever of the story moves, and who stands or passes within 30 m of them.
// Traffic alone widens no picture. `origin`: of the world on the map.
math::Aabb action_view(const scenario::Variant& variant, const world::Timeline& timeline,
                       const math::Vec3d& origin);

// With room above for a legend of so many lines, and a margin all around.
math::Aabb with_rim(math::Aabb view, std::size_t legend_lines);

// The actor that an event names first; null: a remark, as of a site.
const world::Actor* event_actor(const world::Timeline& timeline, const std::string& what);

// Corners of its outline on the map.
std::vector<math::Vec2d> outline_corners(const world::Actor& actor, const world::ActorState& state,
                                         const math::Vec3d& origin);

// "start", "middle" or "end": how a text about p stays within the picture.
std::string anchor_within(const road::SvgCanvas& canvas, const math::Vec2d& p);

// Its way on the map, a point each 50 ms.
std::vector<math::Vec2d> way_of(const world::Actor& actor, const math::Vec3d& origin);

}  // namespace oddroad::sim

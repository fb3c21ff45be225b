#include "engine/sim/draw.h"

#include <algorithm>
#include <cmath>

#include "engine/core/check.h"
#include "engine/road/svg.h"
#include "engine/road/tools.h"
#include "engine/sim/draw_parts.h"
#include "engine/sim/simulate.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;
using road::SvgCanvas;
using road::SvgStyle;

class Drawing {
 public:
  Drawing(const world::Timeline& timeline, const math::Vec3d& origin)
      : timeline_(timeline), origin_(origin) {
    palette_.add(timeline);
    add_groups(timeline, palette_, legend_);
    legend_.emplace_back("#222222",
                         "tick = 1 s, dashed = at the end, " + seconds_text(timeline.end_ns));
  }

  [[nodiscard]] std::size_t legend_lines() const { return legend_.size(); }

  void draw(SvgCanvas& canvas) const {
    // Sizes follow the picture, so that text can be read on long roads too.
    const double unit = std::max(0.5, 9 * canvas.metres_per_px());
    for (const world::Actor& actor : timeline_.actors) draw_way(canvas, actor, unit);
    for (const world::Actor& actor : timeline_.actors) draw_outlines(canvas, actor, unit);
    draw_events(canvas, unit);
    canvas.legend(legend_);
    canvas.scale_bar();
  }

 private:
  [[nodiscard]] Vec2d at(const world::ActorState& s) const {
    return Vec2d(s.T_world_actor.translation + origin_);
  }

  void draw_way(SvgCanvas& canvas, const world::Actor& actor, double unit) const {
    if (actor.rides || travelled_m(actor) < 0.1) return;
    SvgStyle line;
    line.stroke = palette_.of(actor);
    line.stroke_width_m = 0.15 * unit;
    canvas.polyline(way_of(actor, origin_), line);
    const std::int64_t end = actor.end_ns() / world::kStepNs;
    for (std::int64_t k = (actor.first_step / 100 + 1) * 100; k <= end; k += 100) {
      const double yaw = math::yaw_of(actor.state(k).T_world_actor.rotation);
      const Vec2d left(-std::sin(yaw), std::cos(yaw));
      const Vec2d p = at(actor.state(k));
      canvas.polyline({p - 0.4 * unit * left, p + 0.4 * unit * left}, line);
      if (k % 200 == 0 && travelled_m(actor) > 20) {
        canvas.text(p + 1.1 * unit * left, std::to_string(k / 100) + " s", 1.1 * unit,
                    palette_.of(actor));
      }
    }
  }

  void draw_outlines(SvgCanvas& canvas, const world::Actor& actor, double unit) const {
    if (actor.rides) return;
    SvgStyle filled;
    filled.fill = palette_.of(actor);
    filled.stroke = "#222222";
    filled.stroke_width_m = 0.06 * unit;
    filled.opacity = 0.85;
    filled.title = actor.name + ", " + actor.type;
    canvas.polygon(outline_corners(actor, actor.states.front(), origin_), filled);
    if (travelled_m(actor) < 0.1) return;
    SvgStyle last;
    last.stroke = palette_.of(actor);
    last.stroke_width_m = 0.12 * unit;
    last.dash_m = {0.4, 0.3};
    last.title = actor.name + " at the end";
    canvas.polygon(outline_corners(actor, actor.states.back(), origin_), last);
  }

  // Where the actor was, and where the ego was at that moment.
  void draw_events(SvgCanvas& canvas, double unit) const {
    int row = 0;
    for (const world::TimelineEvent& event : timeline_.events) {
      const world::Actor* actor = event_actor(timeline_, event.what);
      if (actor == nullptr) continue;
      const std::int64_t k = event.stamp_ns / world::kStepNs;
      const Vec2d p = at(actor->state(k));
      SvgStyle ring;
      ring.stroke = "#000000";
      ring.stroke_width_m = 0.1 * unit;
      ring.title = event.what;
      canvas.circle(p, 0.5 * unit, ring);
      const world::Actor& ego = timeline_.actors[timeline_.ego];
      if (actor != &ego) {
        SvgStyle sight = ring;
        sight.stroke = "#555555";
        sight.stroke_width_m = 0.05 * unit;
        sight.dash_m = {0.5, 0.5};
        canvas.polyline({at(ego.state(k)), p}, sight);
        canvas.circle(at(ego.state(k)), 0.3 * unit, sight);
      }
      const double side = row++ % 2 == 0 ? -1 : 1;
      canvas.text(p + Vec2d(0, side * (1.8 + 0.5 * row) * unit),
                  event.what + " at " + seconds_text(event.stamp_ns), 1.3 * unit, "#222",
                  anchor_within(canvas, p));
    }
  }

  const world::Timeline& timeline_;
  math::Vec3d origin_;
  Palette palette_;
  Legend legend_;
};

}  // namespace

std::string draw_svg(const scenario::Variant& variant, const world::Timeline& timeline,
                     const road::LaneGraph& graph) {
  const auto T_map_world = choose_local_origin(variant, graph);
  ODDROAD_CHECK(T_map_world.has_value());
  const math::Vec3d origin = T_map_world->translation;
  const Drawing drawing(timeline, origin);
  SvgCanvas canvas(with_rim(action_view(variant, timeline, origin), drawing.legend_lines()));
  road::DrawOptions options;
  options.road_ids = false;
  road::draw_roads(canvas, graph.map(), options);
  drawing.draw(canvas);
  return canvas.to_string();
}

}  // namespace oddroad::sim

#include "engine/sim/draw.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>

#include "engine/core/check.h"
#include "engine/road/svg.h"
#include "engine/road/tools.h"
#include "engine/sim/outline.h"
#include "engine/sim/simulate.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;
using road::SvgCanvas;
using road::SvgStyle;

constexpr std::array<const char*, 8> kColours = {"#d62728", "#1f77b4", "#e8930c", "#2ca02c",
                                                 "#9467bd", "#17a2b8", "#8c564b", "#e377c2"};
constexpr double kMargin_m = 8;

std::string seconds(std::int64_t stamp_ns) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f s", static_cast<double>(stamp_ns) * 1e-9);
  return text;
}

class Drawing {
 public:
  Drawing(const world::Timeline& timeline, const math::Vec3d& origin)
      : timeline_(timeline), origin_(origin) {
    // Pieces of a row share a colour and a line of the legend.
    std::map<std::string, std::string> colour_of;
    std::size_t next = 0;
    for (std::size_t i = 0; i < timeline.actors.size(); ++i) {
      const std::string group = group_of(timeline.actors[i].name);
      const auto [entry, fresh] = colour_of.try_emplace(group);
      if (fresh && i == timeline.ego) entry->second = kColours[0];
      if (fresh && i != timeline.ego) entry->second = kColours[1 + next++ % (kColours.size() - 1)];
      colours_.push_back(entry->second);
    }
    fill_legend();
  }

  // Around everybody who moves, and who stands within 30 m of them.
  [[nodiscard]] math::Aabb view() const {
    math::Aabb moving;
    for (const world::Actor& actor : timeline_.actors) {
      if (travelled(actor) < 0.5 && &actor != &timeline_.actors[timeline_.ego]) continue;
      for (const world::ActorState& s : actor.states) {
        moving.include(s.T_world_actor.translation + origin_);
      }
    }
    math::Aabb all = moving;
    for (const world::Actor& actor : timeline_.actors) {
      const math::Vec3d p = actor.states.front().T_world_actor.translation + origin_;
      if (glm::length(glm::clamp(p, moving.lower, moving.upper) - p) < 30) all.include(p);
    }
    all.lower -= math::Vec3d(kMargin_m);
    all.upper += math::Vec3d(kMargin_m);
    // Room for the legend above: its lines take 18 of the picture's 1600 pixels each.
    const double longer = std::max(all.size().x, all.size().y);
    all.upper.y += std::min(0.35, static_cast<double>(legend_.size()) * 18 / 1600) * longer;
    return all;
  }

  void draw(SvgCanvas& canvas) const {
    // Sizes follow the picture, so that text can be read on long roads too.
    const double unit = std::max(0.5, 9 * canvas.metres_per_px());
    for (std::size_t i = 0; i < timeline_.actors.size(); ++i) draw_way(canvas, i, unit);
    for (std::size_t i = 0; i < timeline_.actors.size(); ++i) draw_outlines(canvas, i, unit);
    draw_events(canvas, unit);
    canvas.legend(legend_);
    canvas.scale_bar();
  }

 private:
  [[nodiscard]] Vec2d at(const world::ActorState& s) const {
    return Vec2d(s.T_world_actor.translation + origin_);
  }

  // "parked" of "parked.3".
  static std::string group_of(const std::string& name) {
    const std::size_t dot = name.rfind('.');
    const bool piece = dot != std::string::npos && dot + 1 < name.size() &&
                       name.find_first_not_of("0123456789", dot + 1) == std::string::npos;
    return piece ? name.substr(0, dot) : name;
  }

  void fill_legend() {
    std::set<std::string> told;
    for (std::size_t i = 0; i < timeline_.actors.size(); ++i) {
      const world::Actor& actor = timeline_.actors[i];
      const std::string group = group_of(actor.name);
      if (actor.rides || !told.insert(group).second) continue;
      const auto same = std::count_if(timeline_.actors.begin(), timeline_.actors.end(),
                                      [&](const world::Actor& a) {
                                        return group_of(a.name) == group;
                                      });
      const std::string what = same > 1 ? std::to_string(same) + " in a row" : actor.type;
      legend_.emplace_back(colours_[i], group + " (" + what + ")");
    }
    legend_.emplace_back("#222222",
                         "tick = 1 s, dashed = at the end, " + seconds(timeline_.end_ns));
  }

  // The farthest it came from where it started: who goes and comes back has a way, too.
  static double travelled(const world::Actor& actor) {
    double farthest = 0;
    const math::Vec3d start = actor.states.front().T_world_actor.translation;
    for (const world::ActorState& state : actor.states) {
      farthest = std::max(farthest, glm::length(state.T_world_actor.translation - start));
    }
    return farthest;
  }

  void draw_way(SvgCanvas& canvas, std::size_t i, double unit) const {
    const world::Actor& actor = timeline_.actors[i];
    if (actor.rides || travelled(actor) < 0.1) return;
    std::vector<Vec2d> way;
    for (std::size_t k = 0; k < actor.states.size(); k += 5) way.push_back(at(actor.states[k]));
    way.push_back(at(actor.states.back()));
    SvgStyle line;
    line.stroke = colours_[i];
    line.stroke_width_m = 0.15 * unit;
    canvas.polyline(way, line);
    const std::int64_t end = actor.end_ns() / world::kStepNs;
    for (std::int64_t k = (actor.first_step / 100 + 1) * 100; k <= end; k += 100) {
      const double yaw = math::yaw_of(actor.state(k).T_world_actor.rotation);
      const Vec2d left(-std::sin(yaw), std::cos(yaw));
      const Vec2d p = at(actor.state(k));
      canvas.polyline({p - 0.4 * unit * left, p + 0.4 * unit * left}, line);
      if (k % 200 == 0 && travelled(actor) > 20) {
        canvas.text(p + 1.1 * unit * left, std::to_string(k / 100) + " s", 1.1 * unit, colours_[i]);
      }
    }
  }

  void draw_outlines(SvgCanvas& canvas, std::size_t i, double unit) const {
    const world::Actor& actor = timeline_.actors[i];
    if (actor.rides) return;
    const auto corners = [&](const world::ActorState& s) {
      const auto c =
          outline_at(footprint_of(actor.model->box), at(s), math::yaw_of(s.T_world_actor.rotation))
              .corners();
      return std::vector<Vec2d>(c.begin(), c.end());
    };
    SvgStyle filled;
    filled.fill = colours_[i];
    filled.stroke = "#222222";
    filled.stroke_width_m = 0.06 * unit;
    filled.opacity = 0.85;
    filled.title = actor.name + ", " + actor.type;
    canvas.polygon(corners(actor.states.front()), filled);
    if (travelled(actor) < 0.1) return;
    SvgStyle last;
    last.stroke = colours_[i];
    last.stroke_width_m = 0.12 * unit;
    last.dash_m = {0.4, 0.3};
    last.title = actor.name + " at the end";
    canvas.polygon(corners(actor.states.back()), last);
  }

  // The actor that an event names first.
  [[nodiscard]] const world::Actor* who(const std::string& what) const {
    const world::Actor* best = nullptr;
    for (const world::Actor& actor : timeline_.actors) {
      const bool named = what.rfind(actor.name, 0) == 0 && what.size() > actor.name.size() &&
                         (what[actor.name.size()] == '.' || what[actor.name.size()] == ' ');
      if (named && (best == nullptr || actor.name.size() > best->name.size())) best = &actor;
    }
    return best;
  }

  // Where the actor was, and where the ego was at that moment.
  void draw_events(SvgCanvas& canvas, double unit) const {
    int row = 0;
    for (const world::TimelineEvent& event : timeline_.events) {
      const world::Actor* actor = who(event.what);
      if (actor == nullptr || event.what.find(": ") != std::string::npos) continue;
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
                  event.what + " at " + seconds(event.stamp_ns), 1.3 * unit);
    }
  }

  const world::Timeline& timeline_;
  math::Vec3d origin_;
  std::vector<std::string> colours_;
  std::vector<std::pair<std::string, std::string>> legend_;
};

}  // namespace

std::string draw_svg(const scenario::Variant& variant, const world::Timeline& timeline,
                     const road::LaneGraph& graph) {
  const auto T_map_world = choose_local_origin(variant, graph);
  ODDROAD_CHECK(T_map_world.has_value());
  const Drawing drawing(timeline, T_map_world->translation);
  SvgCanvas canvas(drawing.view());
  road::DrawOptions options;
  options.road_ids = false;
  road::draw_roads(canvas, graph.map(), options);
  drawing.draw(canvas);
  return canvas.to_string();
}

}  // namespace oddroad::sim

#include "engine/sim/draw_samples.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/core/check.h"
#include "engine/road/tools.h"
#include "engine/sim/draw_parts.h"
#include "engine/sim/simulate.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;
using road::SvgCanvas;
using road::SvgStyle;

constexpr double kApart_m = 20;

struct PlacedRun {
  const SampleRun* run = nullptr;
  math::Vec3d origin{0};
  math::Aabb view{};
};

// Runs in one picture.
struct Place {
  math::Aabb view{};
  std::vector<PlacedRun> runs{};
};

bool are_near(const math::Aabb& a, const math::Aabb& b) {
  const math::Vec3d rim(kApart_m);
  const Vec2d lower(glm::max(a.lower, b.lower) - rim), upper(glm::min(a.upper, b.upper));
  return lower.x <= upper.x && lower.y <= upper.y;
}

// Joins pictures until none is near another.
std::vector<Place> places_of(const std::vector<SampleRun>& runs, const road::LaneGraph& graph) {
  std::vector<Place> places;
  for (const SampleRun& run : runs) {
    const auto T_map_world = choose_local_origin(*run.variant, graph);
    ODDROAD_CHECK(T_map_world.has_value());
    const math::Vec3d origin = T_map_world->translation;
    const math::Aabb view = action_view(*run.variant, *run.timeline, origin);
    Place place{view, {{&run, origin, view}}};
    auto near = places.begin();
    while ((near = std::find_if(places.begin(), places.end(), [&](const Place& other) {
              return are_near(place.view, other.view);
            })) != places.end()) {
      place.view.include(near->view);
      place.runs.insert(place.runs.begin(), near->runs.begin(), near->runs.end());
      places.erase(near);
    }
    places.push_back(std::move(place));
  }
  return places;
}

// What happened under one name in some of the samples of a picture.
struct EventTally {
  std::set<std::uint32_t> samples{};
  std::int64_t first_ns = 0, last_ns = 0;
  Vec2d sum{0};
  int count = 0;
};

class Picture {
 public:
  Picture(const Place& place, const Palette& palette, const Legend& legend)
      : place_(place),
        palette_(palette),
        legend_(legend),
        canvas_(with_rim(place.view, legend.size())),
        unit_(std::max(0.5, 9 * canvas_.metres_per_px())) {}

  SvgCanvas draw(const road::RoadMap& map) && {
    road::DrawOptions options;
    options.road_ids = false;
    road::draw_roads(canvas_, map, options);
    for (const PlacedRun& run : place_.runs) draw_starts(run);
    for (const PlacedRun& run : place_.runs) draw_ways(run);
    for (const PlacedRun& run : place_.runs) draw_events(run);
    label_events();
    canvas_.legend(legend_);
    canvas_.scale_bar();
    return std::move(canvas_);
  }

 private:
  static std::string title(const PlacedRun& run, const std::string& what) {
    return "sample " + std::to_string(run.run->sample) + ": " + what;
  }

  void draw_starts(const PlacedRun& run) {
    for (const world::Actor& actor : run.run->timeline->actors) {
      if (actor.rides) continue;
      SvgStyle style;
      style.fill = palette_.of(actor);
      style.stroke = "#222222";
      style.stroke_width_m = 0.05 * unit_;
      style.opacity = 0.3;
      style.title = title(run, actor.name + ", " + actor.type);
      canvas_.polygon(outline_corners(actor, actor.states.front(), run.origin), style);
    }
  }

  void draw_ways(const PlacedRun& run) {
    for (const world::Actor& actor : run.run->timeline->actors) {
      if (actor.rides || travelled_m(actor) < 0.1) continue;
      SvgStyle style;
      style.stroke = palette_.of(actor);
      style.stroke_width_m = 0.1 * unit_;
      style.opacity = 0.6;
      style.title = title(run, actor.name);
      canvas_.polyline(way_of(actor, run.origin), style);
    }
  }

  void draw_events(const PlacedRun& run) {
    const world::Timeline& timeline = *run.run->timeline;
    const world::Actor& ego = timeline.actors[timeline.ego];
    for (const world::TimelineEvent& event : timeline.events) {
      const world::Actor* actor = event_actor(timeline, event.what);
      if (actor == nullptr) continue;
      const std::int64_t k = event.stamp_ns / world::kStepNs;
      const auto at = [&](const world::Actor& who) {
        return Vec2d(who.state(k).T_world_actor.translation + run.origin);
      };
      const std::string told = title(run, event.what + " at " + seconds_text(event.stamp_ns));
      if (actor != &ego) draw_sight(at(ego), at(*actor), told);
      draw_mark(at(*actor), event.what.find(" hit ") != std::string::npos, told);
      count(run, group_of(actor->name) + event.what.substr(actor->name.size()), event.stamp_ns,
            at(*actor));
    }
  }

  void draw_sight(const Vec2d& ego, const Vec2d& actor, const std::string& told) {
    SvgStyle style;
    style.stroke = "#555555";
    style.stroke_width_m = 0.04 * unit_;
    style.dash_m = {0.5, 0.5};
    style.opacity = 0.5;
    style.title = told;
    canvas_.polyline({ego, actor}, style);
    style.dash_m.clear();
    canvas_.circle(ego, 0.2 * unit_, style);
  }

  void draw_mark(const Vec2d& p, bool touched, const std::string& told) {
    SvgStyle style;
    style.stroke = "#000000";
    style.stroke_width_m = 0.08 * unit_;
    style.opacity = 0.8;
    style.title = told;
    if (!touched) return canvas_.circle(p, 0.35 * unit_, style);
    const double arm = 0.35 * unit_;
    canvas_.polyline({p + Vec2d(-arm, -arm), p + Vec2d(arm, arm)}, style);
    canvas_.polyline({p + Vec2d(-arm, arm), p + Vec2d(arm, -arm)}, style);
  }

  void count(const PlacedRun& run, const std::string& what, std::int64_t stamp_ns, const Vec2d& p) {
    EventTally& tally = tallies_[what];
    tally.first_ns = tally.count == 0 ? stamp_ns : std::min(tally.first_ns, stamp_ns);
    tally.last_ns = tally.count == 0 ? stamp_ns : std::max(tally.last_ns, stamp_ns);
    tally.samples.insert(run.run->sample);
    tally.sum += p;
    ++tally.count;
  }

  // Where it happened on average, above and below by turns.
  void label_events() {
    int row = 0;
    for (const auto& [what, tally] : tallies_) {
      const double side = row++ % 2 == 0 ? -1 : 1;
      const Vec2d p = tally.sum / static_cast<double>(tally.count);
      const std::string when =
          tally.first_ns == tally.last_ns
              ? seconds_text(tally.first_ns)
              : seconds_text(tally.first_ns) + " .. " + seconds_text(tally.last_ns);
      canvas_.text(p + Vec2d(0, side * (1.8 + 0.7 * row) * unit_),
                   what + " in " + std::to_string(tally.samples.size()) + " of " +
                       std::to_string(place_.runs.size()) + ", " + when,
                   1.2 * unit_, "#222", anchor_within(canvas_, p));
    }
  }

  const Place& place_;
  const Palette& palette_;
  const Legend& legend_;
  SvgCanvas canvas_;
  double unit_;
  std::map<std::string, EventTally> tallies_;
};

// "3, 5 .. 9".
std::string numbers_text(const std::vector<PlacedRun>& runs) {
  std::string out;
  for (std::size_t k = 0; k < runs.size();) {
    std::size_t last = k;
    while (last + 1 < runs.size() && runs[last + 1].run->sample == runs[last].run->sample + 1) {
      ++last;
    }
    if (!out.empty()) out += ", ";
    out += std::to_string(runs[k].run->sample);
    if (last > k) out += (last > k + 1 ? " .. " : ", ") + std::to_string(runs[last].run->sample);
    k = last + 1;
  }
  return out;
}

}  // namespace

std::string draw_samples_svg(const std::vector<SampleRun>& runs, const road::LaneGraph& graph) {
  ODDROAD_CHECK(!runs.empty());
  Palette palette;
  for (const SampleRun& run : runs) palette.add(*run.timeline);
  std::vector<SvgCanvas> pictures;
  for (Place& place : places_of(runs, graph)) {
    std::sort(place.runs.begin(), place.runs.end(), [](const PlacedRun& a, const PlacedRun& b) {
      return a.run->sample < b.run->sample;
    });
    Legend legend;
    for (const PlacedRun& run : place.runs) add_groups(*run.run->timeline, palette, legend);
    legend.emplace_back("#222222",
                        "ring = something starts, cross = two touch, dashed = to the ego");
    legend.emplace_back("#ffffff", "samples " + numbers_text(place.runs));
    pictures.push_back(Picture(place, palette, legend).draw(graph.map()));
  }
  return SvgCanvas::stacked(pictures);
}

}  // namespace oddroad::sim

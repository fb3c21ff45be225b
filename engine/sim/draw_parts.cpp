#include "engine/sim/draw_parts.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>

#include "engine/sim/outline.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

constexpr std::array<const char*, 8> kColours = {"#d62728", "#1f77b4", "#e8930c", "#2ca02c",
                                                 "#9467bd", "#17a2b8", "#8c564b", "#e377c2"};
constexpr double kMargin_m = 8;
constexpr double kNear_m = 30;

// The scenario names them, or they belong to one that it names ("van.trailer").
class Story {
 public:
  explicit Story(const scenario::Variant& variant) {
    for (const scenario::VariantActor& actor : variant.actors) names_.insert(actor.name);
  }
  [[nodiscard]] bool has(const world::Actor& actor) const {
    if (names_.contains(actor.name)) return true;
    const std::size_t dot = actor.name.rfind('.');
    return dot != std::string::npos && names_.contains(actor.name.substr(0, dot));
  }

 private:
  std::set<std::string> names_;
};

}  // namespace

std::string group_of(const std::string& name) {
  std::string out;
  for (std::size_t begin = 0; begin < name.size();) {
    const std::size_t end = std::min(name.find('.', begin), name.size());
    const std::string part = name.substr(begin, end - begin);
    const bool number = part.find_first_not_of("0123456789") == std::string::npos;
    if (!number) out += (out.empty() ? "" : ".") + part;
    begin = end + 1;
  }
  return out;
}

double travelled_m(const world::Actor& actor) {
  double farthest = 0;
  const math::Vec3d start = actor.states.front().T_world_actor.translation;
  for (const world::ActorState& state : actor.states) {
    farthest = std::max(farthest, glm::length(state.T_world_actor.translation - start));
  }
  return farthest;
}

std::string seconds_text(std::int64_t stamp_ns) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f s", static_cast<double>(stamp_ns) * 1e-9);
  return text;
}

void Palette::add(const world::Timeline& timeline) {
  for (std::size_t i = 0; i < timeline.actors.size(); ++i) {
    const auto [entry, fresh] = colour_of_.try_emplace(group_of(timeline.actors[i].name));
    if (!fresh) continue;
    entry->second = i == timeline.ego ? kColours[0] : kColours[1 + next_++ % (kColours.size() - 1)];
  }
}

const std::string& Palette::of(const world::Actor& actor) const {
  return colour_of_.at(group_of(actor.name));
}

void add_groups(const world::Timeline& timeline, const Palette& palette, Legend& legend) {
  std::map<std::string, int> size;
  for (const world::Actor& actor : timeline.actors) ++size[group_of(actor.name)];
  for (const world::Actor& actor : timeline.actors) {
    const std::string group = group_of(actor.name);
    if (actor.rides || size[group] == 0) continue;
    const std::string what =
        size[group] > 1 ? std::to_string(size[group]) + " of them" : actor.type;
    size[group] = 0;  // told
    const std::string line = group + " (" + what + ")";
    const auto told = std::find_if(legend.begin(), legend.end(), [&](const auto& entry) {
      return entry.second.starts_with(group + " (");
    });
    if (told == legend.end()) {
      legend.emplace_back(palette.of(actor), line);
    } else if (told->second != line) {
      told->second = group + " (differs)";
    }
  }
}

math::Aabb action_view(const scenario::Variant& variant, const world::Timeline& timeline,
                       const math::Vec3d& origin) {
  const Story story(variant);
  const world::Actor& ego = timeline.actors[timeline.ego];
  math::Aabb moving;
  for (const world::Actor& actor : timeline.actors) {
    if (&actor != &ego && (!story.has(actor) || travelled_m(actor) < 0.5)) continue;
    for (const world::ActorState& s : actor.states) {
      moving.include(s.T_world_actor.translation + origin);
    }
  }
  math::Aabb all = moving;
  for (const world::Actor& actor : timeline.actors) {
    const math::Vec3d p = actor.states.front().T_world_actor.translation + origin;
    if (glm::length(glm::clamp(p, moving.lower, moving.upper) - p) < kNear_m) all.include(p);
  }
  return all;
}

math::Aabb with_rim(math::Aabb view, std::size_t legend_lines) {
  view.lower -= math::Vec3d(kMargin_m);
  view.upper += math::Vec3d(kMargin_m);
  // Lines take 18 of the picture's 1600 pixels each.
  const double longer = std::max(view.size().x, view.size().y);
  view.upper.y += std::min(0.35, static_cast<double>(legend_lines) * 18 / 1600) * longer;
  return view;
}

const world::Actor* event_actor(const world::Timeline& timeline, const std::string& what) {
  if (what.find(": ") != std::string::npos) return nullptr;
  const world::Actor* best = nullptr;
  for (const world::Actor& actor : timeline.actors) {
    const bool named = what.starts_with(actor.name) && what.size() > actor.name.size() &&
                       (what[actor.name.size()] == '.' || what[actor.name.size()] == ' ');
    if (named && (best == nullptr || actor.name.size() > best->name.size())) best = &actor;
  }
  return best;
}

std::vector<Vec2d> outline_corners(const world::Actor& actor, const world::ActorState& state,
                                   const math::Vec3d& origin) {
  const auto corners =
      outline_at(footprint_of(actor.model->box), Vec2d(state.T_world_actor.translation + origin),
                 math::yaw_of(state.T_world_actor.rotation))
          .corners();
  return {corners.begin(), corners.end()};
}

std::string anchor_within(const road::SvgCanvas& canvas, const Vec2d& p) {
  const double share = (p.x - canvas.view().lower.x) / canvas.view().size().x;
  return share < 0.2 ? "start" : share > 0.8 ? "end" : "middle";
}

std::vector<Vec2d> way_of(const world::Actor& actor, const math::Vec3d& origin) {
  std::vector<Vec2d> way;
  for (std::size_t k = 0; k < actor.states.size(); k += 5) {
    way.emplace_back(actor.states[k].T_world_actor.translation + origin);
  }
  way.emplace_back(actor.states.back().T_world_actor.translation + origin);
  return way;
}

}  // namespace oddroad::sim

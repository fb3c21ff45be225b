#include <algorithm>
#include <cmath>
#include <cstdio>

#include "engine/scenario/degrees.h"
#include "engine/sim/outline.h"
#include "engine/sim/quantities.h"
#include "engine/sim/rehearse.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

constexpr std::size_t kMostEncounters = 10;

std::string seconds(double s) {
  return amount(s, core::kTime);
}
std::string seconds_ns(std::int64_t ns) {
  return seconds(static_cast<double>(ns) * 1e-9);
}

std::string line(const std::string& name, const std::string& text) {
  char out[64];
  std::snprintf(out, sizeof out, "  %-18s ", name.c_str());
  return out + text + "\n";
}

Outline outline_of(const world::Actor& actor, std::int64_t stamp_ns) {
  const math::Pose& pose = actor.state(stamp_ns / world::kStepNs).T_world_actor;
  return outline_at(footprint_of(actor.model->box), Vec2d(pose.translation),
                    math::yaw_of(pose.rotation));
}

class Teller {
 public:
  Teller(const scenario::Variant& variant, const Rehearsal& run)
      : variant_(variant), run_(run), ego_(run.timeline.actors[run.timeline.ego]) {}

  [[nodiscard]] std::string tell() const {
    return head() + "\n" + happened() + not_started() + "\n" + facts();
  }

 private:
  [[nodiscard]] std::string head() const {
    char site[160];
    std::snprintf(site, sizeof site, "road %s, lane %d, s %.1f m, %.0f m of it",
                  variant_.site.road_id.c_str(), variant_.site.lane_id, variant_.site.s_m,
                  variant_.site.length_m);
    std::string out = variant_.scenario + ", sample " + std::to_string(variant_.index) + ", seed " +
                      std::to_string(variant_.seed) + ", attempt " +
                      std::to_string(variant_.attempt) + "\n" + line("site", site);
    for (const auto& [name, value] : variant_.parameters)
      out += line(name, scenario::in_degrees(value));
    return out;
  }

  // The actor that an event names first; null for none, and for the ego.
  [[nodiscard]] const world::Actor* other(const std::string& what) const {
    const world::Actor* best = nullptr;
    for (const world::Actor& actor : run_.timeline.actors) {
      const std::size_t n = actor.name.size();
      const bool named = what.compare(0, n, actor.name) == 0 && what.size() > n &&
                         (what[n] == '.' || what[n] == ' ');
      if (named && (best == nullptr || n > best->name.size())) best = &actor;
    }
    return best == &ego_ ? nullptr : best;
  }

  // "ego at 30.0 km/h", and how far from whom the event is about.
  [[nodiscard]] std::string situation(const world::TimelineEvent& event) const {
    const world::ActorState& state = ego_.state(event.stamp_ns / world::kStepNs);
    std::string out = ego_.name + " at " + amount(glm::length(state.velocity_mps), core::kSpeed);
    const world::Actor* whom = other(event.what);
    if (whom == nullptr) return out;
    const double gap =
        free_gap(outline_of(ego_, event.stamp_ns), outline_of(*whom, event.stamp_ns)).distance_m;
    return out + ", " + amount(gap, core::kLength) + " from " + whom->name;
  }

  [[nodiscard]] std::string happened() const {
    std::size_t widest = 0;
    for (const auto& event : run_.timeline.events) {
      const bool remark = event.what.find(": ") != std::string::npos;
      if (!remark) widest = std::max(widest, event.what.size());
    }
    std::string out;
    for (const auto& event : run_.timeline.events) {
      char time[32];
      std::snprintf(time, sizeof time, "%8.2f s  ", static_cast<double>(event.stamp_ns) * 1e-9);
      if (is_end(event)) {
        out += time + ("end: " + run_.report.end) + "\n";
        continue;
      }
      const std::size_t gap = widest > event.what.size() ? widest - event.what.size() : 0;
      out += time + event.what + std::string(gap + 2, ' ') + "(" + situation(event) + ")\n";
    }
    return out;
  }

  static bool is_end(const world::TimelineEvent& event) { return event.what.starts_with("end: "); }

  [[nodiscard]] std::string not_started() const {
    std::string out;
    for (const ActionReport& action : run_.report.actions) {
      const std::string why = why_not(action);
      if (!why.empty()) out += "  " + why + "\n";
    }
    if (run_.report.rare && !run_.report.rare->happened) {
      out += "  the rare event never happened: " + run_.report.rare->shortfall.text + "\n";
    }
    const Shortfall& end = run_.report.end_shortfall;
    if (!end.text.empty()) out += "  the end condition never came true: " + end.text + "\n";
    return out;
  }

  [[nodiscard]] const world::Actor* find(core::InstanceId id) const {
    for (const world::Actor& actor : run_.timeline.actors) {
      if (actor.id == id) return &actor;
    }
    return nullptr;
  }
  [[nodiscard]] std::string name_of(core::InstanceId id) const {
    const world::Actor* actor = find(id);
    return actor == nullptr ? "?" : actor->name;
  }

  [[nodiscard]] std::string facts() const {
    const world::Facts& facts = run_.timeline.facts;
    std::string out;
    for (const world::CollisionFact& c : facts.collisions) {
      out += line("collision",
                  seconds_ns(c.stamp_ns) + ": " + name_of(c.a) + " and " + name_of(c.b) + " at " +
                      amount(c.relative_speed_mps, core::kSpeed) + " relative to each other");
    }
    if (facts.collisions.empty()) out += line("collisions", "none");
    std::vector<world::EncounterFact> near = facts.encounters;
    std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) {
      return a.min_gap_m < b.min_gap_m;
    });
    const std::size_t told = std::min(near.size(), kMostEncounters);
    for (std::size_t k = 0; k < told; ++k) out += line(name_of(near[k].other), encounter(near[k]));
    if (told < near.size()) {
      out += line("", "and " + std::to_string(near.size() - told) + " more, farther away");
    }
    return out;
  }

  static std::string encounter(const world::EncounterFact& fact) {
    if (fact.min_gap_ns < 0) return "never at the same height as the ego";
    std::string out =
        "least gap " + amount(fact.min_gap_m, core::kLength) + " at " + seconds_ns(fact.min_gap_ns);
    if (std::isfinite(fact.min_ttc_s) && fact.min_ttc_ns >= 0) {
      out += ", least time to collision " + seconds(fact.min_ttc_s) + " at " +
             seconds_ns(fact.min_ttc_ns);
    }
    if (std::isfinite(fact.post_encroachment_s)) {
      out += ", one left a spot " + seconds(fact.post_encroachment_s) + " before the other took it";
    }
    return out;
  }

  const scenario::Variant& variant_;
  const Rehearsal& run_;
  const world::Actor& ego_;
};

}  // namespace

std::string to_text(const scenario::Variant& variant, const Rehearsal& run) {
  return Teller(variant, run).tell();
}

}  // namespace oddroad::sim

// What clip.json says came of a clip, against the recorded tracks: who touched whom and when, how
// near the ego and the others came. From outlines of the recorded poses by this module's own
// geometry; never from the simulation's records.
#include <cmath>
#include <optional>
#include <set>

#include "engine/capture/tolerances.h"
#include "engine/verify/check_clip.h"
#include "engine/verify/ground_outline.h"
#include "engine/verify/json_fields.h"
#include "engine/verify/loose_hulls.h"
#include "engine/verify/lying_bodies.h"
#include "engine/verify/text.h"

namespace oddroad::verify {
namespace {

struct Collision {
  std::int64_t stamp_ns = 0;
  std::uint16_t a = 0, b = 0;
  double relative_speed_mps = 0;
};
struct Encounter {
  std::uint16_t other = 0;
  double min_gap_m = 0;
  std::int64_t min_gap_ns = 0;
  double min_ttc_s = 0;  // infinite: never
  std::int64_t min_ttc_ns = -1;
};
struct FactsRecord {
  std::vector<Collision> collisions;
  std::vector<Encounter> encounters;
};

core::Result<FactsRecord> read_facts(const std::filesystem::path& file) {
  return read_json<FactsRecord>(file, [](const Json& json) {
    FactsRecord out;
    const Json& facts = json.at("facts");
    for (const Json& c : facts.at("collisions")) {
      out.collisions.push_back({whole<std::int64_t>(c.at("stamp_ns")),
                                whole<std::uint16_t>(c.at("a")), whole<std::uint16_t>(c.at("b")),
                                number(c.at("relative_speed_mps"))});
    }
    for (const Json& e : facts.at("encounters")) {
      const Json& ttc = e.at("min_ttc_s");
      out.encounters.push_back({whole<std::uint16_t>(e.at("other")), number(e.at("min_gap_m")),
                                whole<std::int64_t>(e.at("min_gap_ns")),
                                ttc.is_null() ? INFINITY : number(ttc),
                                whole<std::int64_t>(e.at("min_ttc_ns"))});
    }
    return out;
  });
}

class FactChecker {
 public:
  FactChecker(const ClipContext& context, Check& check)
      : clip_(context.clip), actors_(context.rebuilt.timeline.actors), check_(check) {
    const Npy& npy = context.timeline;
    steps_ = npy.shape.size() == 2 ? npy.shape[1] : 0;
    values_ = &npy.values;
    for (std::size_t i = 0; i < clip_.actors.size(); ++i) {
      if (clip_.actors[i].is_ego) ego_ = i;
      boxes_.push_back(clip_.actors[i].box);
    }
    loose_ = loose_hulls(context.rebuilt);
    loose_.resize(boxes_.size());
    // Who rides shares the frame of what is ridden, and counts with it.
    for (const ActorRecord& rider : clip_.actors) {
      if (rider.rides >= 1 && rider.rides <= boxes_.size()) {
        boxes_[rider.rides - 1u].include(rider.box);
      }
    }
  }

  void run(const FactsRecord& facts) {
    for (const Collision& c : facts.collisions) collision(c);
    std::set<std::uint16_t> met;
    for (const Encounter& e : facts.encounters) {
      if (!known(e.other)) continue;
      met.insert(e.other);
      encounter(e);
    }
    for (std::size_t i = 0; i < clip_.actors.size(); ++i) {
      const ActorRecord& actor = clip_.actors[i];
      if (actor.is_ego || actor.rides != 0) continue;
      same("an encounter with " + actor.name, met.contains(actor.id) ? 0 : 1, 0, 0);
    }
  }

 private:
  static constexpr std::size_t kNumbers = 14;

  void same(const std::string& where, double found, double expected, double tolerance) {
    check_.compare(std::abs(found - expected), tolerance, [&] {
      return Disagreement{"clip.json", "facts: " + where, to_text(found), to_text(expected)};
    });
  }

  bool known(std::uint16_t id) {
    const bool is = id >= 1 && id <= clip_.actors.size();
    same("id " + std::to_string(id) + " is an actor's", is ? 0 : 1, 0, 0);
    return is;
  }

  [[nodiscard]] const double* state(std::size_t actor, std::int64_t stamp_ns) const {
    const std::int64_t step = stamp_ns / world::kStepNs;
    if (step < 0 || step >= static_cast<std::int64_t>(steps_)) return nullptr;
    const double* at =
        values_->data() + (actor * steps_ + static_cast<std::size_t>(step)) * kNumbers;
    return std::isnan(at[0]) ? nullptr : at;
  }
  [[nodiscard]] std::optional<GroundOutline> outline(std::size_t actor, std::int64_t stamp_ns) {
    const double* v = state(actor, stamp_ns);
    if (v == nullptr) return std::nullopt;
    math::Pose pose;
    pose.translation = {v[0], v[1], v[2]};
    pose.rotation = glm::dquat(v[3], v[4], v[5], v[6]);
    if (loose_[actor]) return outline_of(*loose_[actor], pose);
    const auto lying = actor < actors_.size() ? lying_.box(actors_[actor], stamp_ns) : std::nullopt;
    return outline_of(lying.value_or(boxes_[actor]), pose);
  }
  [[nodiscard]] math::Vec2d velocity(std::size_t actor, std::int64_t stamp_ns) const {
    const double* v = state(actor, stamp_ns);
    return v == nullptr ? math::Vec2d(0) : math::Vec2d(v[7], v[8]);
  }
  // None where one of them is not there.
  [[nodiscard]] std::optional<double> gap(std::size_t a, std::size_t b, std::int64_t stamp_ns) {
    const auto p = outline(a, stamp_ns), q = outline(b, stamp_ns);
    if (!p || !q) return std::nullopt;
    return separation_m(*p, *q);
  }
  [[nodiscard]] bool level(std::size_t a, std::size_t b, std::int64_t stamp_ns) {
    const auto p = outline(a, stamp_ns), q = outline(b, stamp_ns);
    return p && q && p->low_m + capture::kOutlineM < q->high_m &&
           q->low_m + capture::kOutlineM < p->high_m;
  }

  void collision(const Collision& c) {
    if (!known(c.a) || !known(c.b)) return;
    const std::string who = "collision of " + std::to_string(c.a) + " and " + std::to_string(c.b);
    const auto apart = gap(c.a - 1u, c.b - 1u, c.stamp_ns);
    same(who + ", both are there", apart ? 0 : 1, 0, 0);
    if (!apart) return;
    same(who + ", distance then", std::max(*apart, 0.0), 0, capture::kOutlineM);
    collided_.insert({c.a, c.b});
    collided_.insert({c.b, c.a});
  }

  void encounter(const Encounter& e) {
    const std::size_t i = e.other - 1u;
    const std::string who = "least gap to " + clip_.actors[i].name;
    if (e.min_gap_ns >= 0) {
      const auto then = gap(ego_, i, e.min_gap_ns);
      same(who + ", both are there", then ? 0 : 1, 0, 0);
      if (then) same(who, e.min_gap_m, std::max(*then, 0.0), capture::kOutlineM);
    }
    // Nothing came nearer at any step, and what overlapped is a collision.
    double least = INFINITY;
    for (std::size_t k = 0; k < steps_; ++k) {
      const auto stamp = static_cast<std::int64_t>(k) * world::kStepNs;
      const auto apart = gap(ego_, i, stamp);
      if (apart && level(ego_, i, stamp)) least = std::min(least, *apart);
    }
    if (std::isfinite(least)) {
      same(who + " is the least", std::max(0.0, e.min_gap_m - std::max(least, 0.0)), 0,
           capture::kOutlineM);
    }
    if (least < -capture::kOutlineM) {
      const bool told = collided_.contains({clip_.actors[ego_].id, e.other});
      same("collision with " + clip_.actors[i].name, told ? 0 : 1, 0, 0);
    }
    if (std::isfinite(e.min_ttc_s)) time_to_collision(e, i);
  }

  // Both go on as they went: then they touch, and just before they do not.
  void time_to_collision(const Encounter& e, std::size_t i) {
    const auto p = outline(ego_, e.min_ttc_ns), q = outline(i, e.min_ttc_ns);
    const std::string who = "least time to collision with " + clip_.actors[i].name;
    same(who + ", both are there", p && q ? 0 : 1, 0, 0);
    if (!p || !q) return;
    const math::Vec2d closing = velocity(i, e.min_ttc_ns) - velocity(ego_, e.min_ttc_ns);
    const double then = separation_m(*p, moved(*q, closing * e.min_ttc_s));
    // Velocities are those of the step, positions those at its end.
    const double leeway = capture::kOutlineM + 0.01 * glm::length(closing) * (1 + e.min_ttc_s);
    if (e.min_ttc_s == 0) return same(who, std::max(then, 0.0), 0, leeway);
    same(who, then, 0, leeway);
  }

  const ClipRecord& clip_;
  const std::vector<world::Actor>& actors_;
  Check& check_;
  const std::vector<double>* values_ = nullptr;
  std::vector<math::Aabb> boxes_;                // as clip_.actors
  std::vector<std::optional<LooseHull>> loose_;  // as clip_.actors
  LyingBodies lying_;
  std::size_t steps_ = 0;
  std::size_t ego_ = 0;
  std::set<std::pair<std::uint16_t, std::uint16_t>> collided_;
};

}  // namespace

void check_facts(const ClipContext& context, Report& report) {
  Check& check = report["facts"];
  const auto facts = read_facts(context.folder / "clip.json");
  if (!facts) {
    check.disagree(1e9, [&] {
      return Disagreement{"clip.json", "facts", core::to_string(facts.error()), "facts"};
    });
    return;
  }
  FactChecker(context, check).run(*facts);
}

}  // namespace oddroad::verify

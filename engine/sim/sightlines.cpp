#include "engine/sim/sightlines.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace oddroad::sim {
namespace {

// Neither steered nor moved by springs.
bool wheels_rest(const world::Actor& actor, std::int64_t stamp) {
  const world::ActorState& state = actor.state(stamp / world::kStepNs);
  const world::ActorState& next = actor.state(stamp / world::kStepNs + 1);
  const auto rests = [](const world::ActorState& s) {
    const auto moved_m = [&](const math::Vec3d& p) {
      return glm::length(s.T_actor_unsprung * p - p);
    };
    return std::abs(s.steer_rad) < 0.01 && moved_m({-2, 1, 0}) < 0.01 && moved_m({5, -1, 0}) < 0.01;
  };
  return rests(state) && rests(next);
}

}  // namespace

std::vector<bool> Judgement::free() const {
  std::vector<bool> out;
  for (const Sightline& line : lines) out.push_back(!line.blocked && line.may_hide.empty());
  return out;
}

double Judgement::most() const {
  std::vector<bool> unblocked;
  for (const Sightline& line : lines) unblocked.push_back(!line.blocked);
  return share_of(unblocked);
}

std::optional<std::size_t> Judgement::suspect() const {
  std::map<std::size_t, int> lines_of;
  for (const Sightline& line : lines) {
    for (const std::size_t actor : line.may_hide) ++lines_of[actor];
  }
  const auto most =
      std::max_element(lines_of.begin(), lines_of.end(), [](const auto& a, const auto& b) {
        return a.second < b.second;
      });
  if (most == lines_of.end()) return std::nullopt;
  return most->first;
}

const asset::VehicleBounds* SightJudge::bounds_of(std::size_t actor) {
  const auto [entry, fresh] = bounds_.try_emplace(actor);
  if (fresh) entry->second = models_.bounds_of(outlines_[actor]);
  return entry->second ? &*entry->second : nullptr;
}

std::vector<SightJudge::Suspect> SightJudge::suspects_of(const Look& look) {
  std::vector<Suspect> out;
  for (std::size_t k = 0; k < timeline_.actors.size(); ++k) {
    const world::Actor& actor = timeline_.actors[k];
    const bool there = actor.begin_ns() <= look.stamp && look.stamp <= actor.end_ns();
    if (!there || k == timeline_.ego || target_.contains(actor.id)) continue;
    const math::Affine3d T_actor_world = world::pose_at(actor, look.stamp).inverse();
    const math::Aabb box = grown_for_sight(actor.model->box);
    const math::Vec3d eye = T_actor_world.point(look.eye);
    const bool near = std::any_of(look.points.begin(), look.points.end(), [&](const auto& point) {
      return meets(box, eye, T_actor_world.point(point));
    });
    if (near) out.push_back({k, T_actor_world, box, bounds_of(k), wheels_rest(actor, look.stamp)});
  }
  return out;
}

Sightline SightJudge::judge(std::vector<Suspect>& suspects, const math::Vec3d& eye,
                            const math::Vec3d& point) {
  std::vector<std::size_t> near;
  for (std::size_t k = 0; k < suspects.size(); ++k) {
    const Suspect& suspect = suspects[k];
    const math::Vec3d from = suspect.T_actor_world.point(eye);
    const math::Vec3d to = suspect.T_actor_world.point(point);
    if (!meets(suspect.box, from, to)) continue;
    near.push_back(k);
    if (suspect.bounds == nullptr || !suspect.bounds->blocks(from, to, suspect.wheels_rest)) {
      continue;
    }
    std::swap(suspects[0], suspects[k]);  // asked first about the next line
    return {true, {}};
  }
  Sightline out;
  for (const std::size_t k : near) {
    const Suspect& suspect = suspects[k];
    const bool missed =
        suspect.bounds != nullptr &&
        suspect.bounds->misses(suspect.T_actor_world.point(eye), suspect.T_actor_world.point(point),
                               suspect.wheels_rest);
    if (!missed) out.may_hide.push_back(suspect.actor);
  }
  return out;
}

Judgement SightJudge::judge(const Look& look) {
  std::vector<Suspect> suspects = suspects_of(look);
  Judgement out;
  for (const math::Vec3d& point : look.points) {
    out.lines.push_back(judge(suspects, look.eye, point));
  }
  return out;
}

}  // namespace oddroad::sim

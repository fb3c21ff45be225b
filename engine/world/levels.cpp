#include "engine/world/levels.h"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/asset/detail_level.h"
#include "engine/core/parallel.h"
#include "engine/world/lamp_looks.h"
#include "engine/world/nearness.h"

namespace oddroad::world {
namespace {

using ModelPtr = std::shared_ptr<const asset::Model>;

// Beyond this angle things would change their shape to the eye.
constexpr double kLargestError_rad = 5e-3;

struct Subject {
  Actor* actor = nullptr;  // one of the two
  StaticThing* thing = nullptr;
  ModelPtr full;
  double distance_m = 0;
  int level = 0;
};

int coarsest_within(double error_m) {
  int level = 0;
  while (level < asset::kCoarsestLevel && asset::level_error_m(level + 1) <= error_m) ++level;
  return level;
}

// The levels made so far, each of them once.
class Made {
 public:
  explicit Made(const LevelMaker& make) : make_(make) {}

  void make_all(const std::vector<Subject>& subjects, double error_rad) {
    std::vector<std::pair<ModelPtr, int>> wanted;
    for (const Subject& s : subjects) {
      const std::pair key(s.full, coarsest_within(error_rad * s.distance_m));
      if (key.second > 0 && known_.emplace(key, nullptr).second) wanted.push_back(key);
    }
    std::vector<ModelPtr> made(wanted.size());
    core::parallel_for(wanted.size(), [&](std::size_t k) {
      made[k] = make_ ? make_(wanted[k].first, wanted[k].second)
                      : asset::make_level(wanted[k].first, wanted[k].second);
    });
    for (std::size_t k = 0; k < wanted.size(); ++k) known_[wanted[k]] = std::move(made[k]);
  }
  [[nodiscard]] const ModelPtr& get(const Subject& s) const {
    return s.level == 0 ? s.full : known_.at({s.full, s.level});
  }

 private:
  const LevelMaker& make_;
  std::map<std::pair<ModelPtr, int>, ModelPtr> known_;  // looked up only: addresses order nothing
};

std::vector<Subject> subjects_of(Timeline& timeline, StaticWorld& stage) {
  std::vector<Subject> out;
  const Nearness nearness(timeline);
  for (std::size_t k = 0; k < timeline.actors.size(); ++k) {
    Actor& actor = timeline.actors[k];
    if (k == timeline.ego || actor.model->deformer) continue;
    out.push_back({&actor, nullptr, actor.model, nearness.least_m(actor)});
  }
  for (StaticThing& thing : stage.things) {
    // Ground lies in world coordinates, marks a hair above roads: it stays as it is.
    const bool ground = thing.T_world_model == math::Affine3d{};
    if (ground || !thing.signal_id.empty() || thing.model->deformer) continue;
    out.push_back({nullptr, &thing, thing.model, nearness.least_m(thing)});
  }
  // Farthest first; equally far ones in order of their ids, as they came.
  std::stable_sort(out.begin(), out.end(), [](const Subject& a, const Subject& b) {
    return a.distance_m > b.distance_m;
  });
  return out;
}

void show(const Subject& subject, const ModelPtr& model, LampLooks& looks) {
  if (model == subject.full) return;
  if (subject.thing != nullptr) {
    subject.thing->model = model;
    return;
  }
  subject.actor->model = model;
  for (auto& [lit, look] : subject.actor->looks) look = looks.look(model, lit);
}

std::size_t count_all(const Timeline& timeline, const StaticWorld& stage) {
  std::size_t out = 0;
  for (const Actor& actor : timeline.actors) out += asset::triangle_count(*actor.model);
  for (const StaticThing& thing : stage.things) out += asset::triangle_count(*thing.model);
  return out;
}

}  // namespace

std::map<std::string, double> told(const LevelRule& rule, const LevelOutcome& outcome) {
  if (outcome.error_rad <= rule.error_rad) return {};
  return {{"levels.error", outcome.error_rad},
          {"levels.triangles", static_cast<double>(outcome.triangles)}};
}

LevelOutcome choose_levels(const LevelRule& rule, const LevelMaker& make, Timeline& timeline,
                           StaticWorld& stage) {
  LevelOutcome out;
  if (timeline.actors.empty()) return out;
  out.full_triangles = out.triangles = count_all(timeline, stage);
  std::vector<Subject> subjects = subjects_of(timeline, stage);
  Made made(make);
  const auto coarsen = [&](double error_rad, std::size_t enough) {
    made.make_all(subjects, error_rad);
    for (Subject& s : subjects) {
      if (out.triangles <= enough) return;
      out.triangles -= asset::triangle_count(*made.get(s));
      s.level = coarsest_within(error_rad * s.distance_m);
      out.triangles += asset::triangle_count(*made.get(s));
    }
  };
  out.error_rad = rule.error_rad;
  if (rule.error_rad > 0) coarsen(rule.error_rad, 0);
  while (out.triangles > rule.budget && out.error_rad < kLargestError_rad) {
    out.error_rad = out.error_rad > 0 ? 2 * out.error_rad : kLevelError_rad;
    coarsen(out.error_rad, rule.budget);
  }
  out.within_budget = out.triangles <= rule.budget;
  LampLooks looks;
  for (const Subject& s : subjects) {
    const ModelPtr& model = made.get(s);
    if (model != s.full) ++out.coarser_things;
    show(s, model, looks);
  }
  return out;
}

}  // namespace oddroad::world

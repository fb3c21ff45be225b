#include "engine/pipeline/try_out.h"

#include <algorithm>
#include <vector>

#include "engine/core/parallel.h"
#include "engine/scenario/draw.h"
#include "engine/sim/simulation.h"

namespace oddroad::pipeline {
namespace {

// Draws are cheap; placing takes models of people.
constexpr std::uint32_t kDrawn = 64, kPlaced = 2;

// Places and asks no more. Of one place in the file always the first problem is told: the same one
// with other numbers is no other one.
class PlacesOnly : public scenario::VariantProbe {
 public:
  PlacesOnly(const road::LaneGraph& graph, const capture::Ontology& ontology)
      : graph_(graph), context_{&ontology, &models_, true} {}

  core::Result<bool> holds(const scenario::Variant& /*variant*/,
                           const scenario::HiddenQuery& /*query*/) override {
    return true;
  }
  std::optional<core::Diagnostics> placement_problem(const scenario::Variant& variant) override {
    auto problem = sim::Simulation::placement_problem(variant, graph_, context_);
    if (!problem || problem->empty()) return problem;
    for (const core::Diagnostics& known : seen_) {
      if (known.items()[0].where == problem->items()[0].where) return known;
    }
    seen_.push_back(*problem);
    return problem;
  }

 private:
  const road::LaneGraph& graph_;
  sim::CatalogModels models_;
  sim::SimContext context_;
  std::vector<core::Diagnostics> seen_;
};

class Trial {
 public:
  Trial(const ScenarioSetup& setup, const capture::Ontology& ontology)
      : setup_(setup), ontology_(ontology) {}

  core::Diagnostics run() {
    std::vector<core::Result<scenario::Variant>> drawn(kDrawn, core::fail("not drawn"));
    core::parallel_for(kDrawn, [&](std::uint32_t index) {
      drawn[index] = draw(index, nullptr);
    });
    std::vector<std::uint32_t> fine;
    for (std::uint32_t index = 0; index < kDrawn; ++index) {
      if (drawn[index]) {
        fine.push_back(index);
      } else {
        tell(drawn[index].error(), index);
      }
    }
    PlacesOnly places(*setup_.graph, ontology_);
    for (std::size_t k = 0; k < std::min<std::size_t>(kPlaced, fine.size()); ++k) {
      const auto placed = draw(fine[k], &places);
      if (placed) continue;
      tell(placed.error(), fine[k]);
      break;
    }
    return std::move(problems_);
  }

 private:
  core::Result<scenario::Variant> draw(std::uint32_t index, scenario::VariantProbe* probe) const {
    return scenario::draw_variant(setup_.scenario, setup_.scenario.sample.seed, index,
                                  *setup_.sites, probe);
  }

  void tell(const core::Diagnostics& problems, std::uint32_t index) {
    for (core::Diagnostic one : problems.items()) {
      const bool of_map = one.where.file.empty();
      const bool named = one.message.starts_with("variant ");
      if (of_map) one.where = place_of_site();
      const auto& told = problems_.items();
      if (std::any_of(told.begin(), told.end(), [&](const core::Diagnostic& other) {
            return other.where == one.where;
          })) {
        continue;
      }
      if (one.hint.empty() && !of_map && !named)
        one.hint = "so it is in sample " + std::to_string(index);
      problems_.add(std::move(one));
    }
  }

  // The one thing that the map says: it knows no place in the scenario.
  [[nodiscard]] core::SourceLocation place_of_site() const {
    for (const char* key : {"site", "map"}) {
      for (const core::YamlEntry& entry : setup_.scenario.resolved.entries()) {
        if (entry.key == key) return entry.where;
      }
    }
    return {setup_.scenario.file};
  }

  const ScenarioSetup& setup_;
  const capture::Ontology& ontology_;
  core::Diagnostics problems_;
};

}  // namespace

core::Diagnostics try_out(const ScenarioSetup& setup, const capture::Ontology& ontology) {
  return Trial(setup, ontology).run();
}

}  // namespace oddroad::pipeline

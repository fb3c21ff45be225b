#include <algorithm>
#include <cstdio>
#include <mutex>

#include "engine/cli/commands.h"
#include "engine/cli/rehearser.h"
#include "engine/explore/measure.h"
#include "engine/explore/outcome_table.h"
#include "engine/report/sample_page.h"
#include "engine/scenario/draw.h"

namespace oddroad::cli {
namespace {

constexpr std::size_t kMostTold = 3;

// Whom the outcomes are about: as asked, as the scenario says, or who starts its key event.
std::string target_of(const scenario::Scenario& scenario, const ExploreOptions& options) {
  if (!options.of.empty()) return options.of;
  if (!scenario.outcomes.of.empty()) return scenario.outcomes.of;
  const std::string& key = scenario.about.key;
  const std::string actor = key.substr(0, std::min(key.rfind('.'), key.size()));
  return actor == "ego" ? "" : actor;
}

bool wants_sight(const scenario::OutcomeRule& rule, const ExploreOptions& options) {
  return options.sight ||
         std::any_of(rule.cover.begin(), rule.cover.end(), [](const scenario::OutcomeGoal& goal) {
           return scenario::outcome_quantities()[goal.quantity].by_sight;
         });
}

class Explorer {
 public:
  Explorer(const Context& context, Rehearser& rehearser, const ExploreOptions& options)
      : context_(context),
        rehearser_(rehearser),
        models_(rehearser.models),
        job_{rehearser.setup,
             rehearser.ontology,
             models_,
             *rehearser.rays,
             target_of(rehearser.setup.scenario, options),
             options.seed.value_or(rehearser.setup.scenario.sample.seed),
             wants_sight(rehearser.setup.scenario.outcomes, options)} {}

  explore::SearchResult run(std::uint32_t most) {
    explore::SearchSpace space;
    space.coordinates = [this](std::uint32_t index) {
      return coordinates(index);
    };
    space.play = [this](std::uint32_t index) {
      return play(index);
    };
    space.told = [this](std::uint32_t runs) {
      std::fprintf(context_.err, "%u runs\n", runs);
      return true;
    };
    return explore::search(rehearser_.setup.scenario.outcomes, {.most = most}, space);
  }

  [[nodiscard]] const core::Diagnostics& problems() const { return problems_; }
  [[nodiscard]] const std::string& target() const { return job_.target; }
  [[nodiscard]] std::uint64_t seed() const { return job_.seed; }

 private:
  // Where the draws of its parameters lie. `hidden` and `visible` are not looked at.
  std::vector<double> coordinates(std::uint32_t index) const {
    const scenario::Scenario& scenario = rehearser_.setup.scenario;
    const auto variant =
        scenario::draw_variant(scenario, job_.seed, index, *rehearser_.setup.sites, nullptr);
    std::vector<double> out;
    if (!variant) return out;
    const scenario::Sampler sampler = scenario::sampler_of(scenario, *variant);
    for (const scenario::Parameter& parameter : scenario.parameters) {
      if (parameter.value.kind == scenario::Value::Kind::kFixed) continue;
      out.push_back(sampler.uniform(parameter.value.path));
    }
    return out;
  }

  std::optional<explore::Outcome> play(std::uint32_t index) {
    auto made = explore::measure(job_, index);
    if (made) return std::move(*made);
    const std::scoped_lock lock(mutex_);
    if (problems_.items().size() < kMostTold) problems_.append(made.error());
    return std::nullopt;
  }

  const Context& context_;
  Rehearser& rehearser_;
  sim::RememberedModels models_;
  explore::MeasureJob job_;
  std::mutex mutex_;
  core::Diagnostics problems_;
};

// "0..3, 7, 9..10"
std::string ranges(std::vector<std::uint32_t> indices) {
  std::sort(indices.begin(), indices.end());
  std::string out;
  for (std::size_t k = 0; k < indices.size();) {
    std::size_t end = k;
    while (end + 1 < indices.size() && indices[end + 1] == indices[end] + 1) ++end;
    out += (out.empty() ? "" : ", ") + std::to_string(indices[k]) +
           (end > k ? ".." + std::to_string(indices[end]) : "");
    k = end + 1;
  }
  return out;
}

std::vector<std::uint32_t> kept_of(const explore::SearchResult& result) {
  std::vector<std::uint32_t> out;
  for (std::size_t k = 0; k < result.played.size(); ++k) {
    if (result.kept[k]) out.push_back(result.played[k].index);
  }
  return out;
}

}  // namespace

int explore_command(const Context& context, const ExploreOptions& options) {
  int code = kDone;
  const auto rehearser = load_rehearser(context, options.scenario, options.overrides, code);
  if (!rehearser) return code;
  const scenario::Scenario& scenario = rehearser->setup.scenario;
  Explorer explorer(context, *rehearser, options);
  if (explorer.target().empty()) {
    core::Diagnostics why;
    why.error({options.scenario}, "nobody is named whom the ego meets",
              "write outcomes: {of: child}, or --of child");
    return fail(context, why, kBadInput);
  }
  const explore::SearchResult result = explorer.run(options.runs.value_or(
      scenario.outcomes.cover.empty() ? scenario.sample.count : explore::SearchOptions{}.most));
  print(context, explorer.problems());
  if (result.played.empty()) return kBadInput;
  const bool goals = !scenario.outcomes.cover.empty();
  const std::vector<std::uint32_t> kept = kept_of(result);
  const std::vector<std::pair<std::string, std::string>> facts = {
      {"scenario", scenario.file},
      {"of", explorer.target()},
      {"samples", std::to_string(result.played.size()) + " played, " + std::to_string(kept.size()) +
                      " kept, seed " + std::to_string(explorer.seed())},
      {"goals", !goals           ? "none"
                : result.reached ? "reached"
                                 : "not reached"}};
  for (const auto& [name, text] : facts) {
    std::fprintf(context.out, "%-14s %s\n", name.c_str(), text.c_str());
  }
  std::fprintf(context.out, "\n%s", explore::to_text(scenario.outcomes, result).c_str());
  if (goals) std::fprintf(context.out, "\nkept: %s\n", ranges(kept).c_str());
  for (const auto& [path, bytes] :
       {std::pair(options.csv, options.csv.empty() ? "" : explore::to_csv(scenario, result)),
        std::pair(options.html,
                  options.html.empty()
                      ? ""
                      : report::sample_page(explore::to_table(scenario, result), facts))}) {
    if (path.empty()) continue;
    const auto written = write_file(path, bytes);
    if (!written) return fail(context, written.error(), kCannotWrite);
  }
  return result.failed > 0 ? kBadInput : kDone;
}

}  // namespace oddroad::cli

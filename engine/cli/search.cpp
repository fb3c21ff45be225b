#include <algorithm>
#include <cstdio>
#include <optional>

#include "engine/cli/commands.h"
#include "engine/cli/rehearser.h"
#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "engine/scenario/cross_entropy.h"
#include "engine/scenario/draw.h"

namespace oddroad::cli {
namespace {

// The judging round has as many runs as this many others.
constexpr std::uint32_t kJudging = 2;

class Search {
 public:
  Search(const Context& context, Rehearser& rehearser, const SearchCommand& options)
      : context_(context), rehearser_(rehearser), options_(options) {}

  core::Result<scenario::SearchResult> run() {
    const scenario::RareRule& rare = *rehearser_.setup.scenario.rare;
    return scenario::search_rare(rare.over, rehearser_.setup.scenario.sample.tilt.natural,
                                 {.rounds = options_.rounds},
                                 [&](std::size_t round, const scenario::TiltPlan& plan, bool last) {
                                   return play(round, plan, last);
                                 });
  }
  [[nodiscard]] std::size_t runs() const { return runs_; }

 private:
  std::vector<scenario::SearchRun> play(std::size_t round, const scenario::TiltPlan& plan,
                                        bool last) {
    rehearser_.setup.scenario.sample.tilt = plan;
    // Positive, so that it can be asked for again.
    const std::uint64_t seed = core::hash64(round, core::hash64("rare", *options_.seed)) >> 1;
    const std::uint32_t count = options_.runs * (last ? kJudging : 1);
    std::vector<std::optional<scenario::SearchRun>> played(count);
    core::parallel_for(count, [&](std::uint32_t index) {
      played[index] = play_one(seed, index);
    });
    std::vector<scenario::SearchRun> out;
    for (auto& one : played) {
      if (one) out.push_back(std::move(*one));
    }
    runs_ += out.size();
    const scenario::RareEstimate now = scenario::estimate(out);
    std::fprintf(context_.err,
                 "round %zu: event in %zu of %zu runs, about %.3g %% of natural ones\n", round + 1,
                 now.events, now.runs, 100 * now.probability);
    return out;
  }

  std::optional<scenario::SearchRun> play_one(std::uint64_t seed, std::uint32_t index) {
    const auto played = rehearser_.rehearse(seed, index, nullptr);
    if (!played) return std::nullopt;
    const scenario::Sampler sampler =
        scenario::sampler_of(rehearser_.setup.scenario, played->variant);
    const sim::WatchReport& event = played->run.report.rare.value();
    return scenario::SearchRun{sampler.scores(), sampler.densities().log_weight(),
                               event.happened ? 0 : std::max(event.shortfall.share, 1e-9)};
  }

  const Context& context_;
  Rehearser& rehearser_;
  const SearchCommand& options_;
  std::size_t runs_ = 0;
};

// What was found as a file of parts, which the scenario uses from then on.
std::string part_of(const std::string& file, const scenario::SearchResult& found,
                    std::uint64_t seed, std::size_t runs) {
  const scenario::RareEstimate& e = found.judged;
  char head[400];
  std::snprintf(head, sizeof head,
                "# oddroad search %s --seed %llu: %zu rounds, %zu runs.\n"
                "# The event happens in %.3g %% of natural draws (+- %.2g), in %zu of %zu with\n"
                "# these tilts; effective sample size: %.0f %% of all, %.0f %% of those runs.\n"
                "rare:\n  natural: %.10g\n  tilt:\n",
                file.c_str(), static_cast<unsigned long long>(seed), found.rounds + 1, runs,
                100 * e.probability, 100 * e.error, e.events, e.runs, 100 * e.effective,
                100 * e.effective_event, found.plan.natural);
  std::string out = head;
  for (const scenario::Tilt& tilt : found.plan.tilts) {
    char line[200];
    std::snprintf(line, sizeof line, "    %s: {shift: %.4f, spread: %.4f}\n",
                  tilt.path.substr(tilt.path.find('.') + 1).c_str(), tilt.shift, tilt.spread);
    out += line;
  }
  return out;
}

}  // namespace

int search_command(const Context& context, const SearchCommand& options) {
  int code = kDone;
  const auto rehearser = load_rehearser(context, options.scenario, options.overrides, code);
  if (!rehearser) return code;
  scenario::Scenario& found = rehearser->setup.scenario;
  const bool rows = !found.sample.rows.rows.empty();
  if (!found.rare || rows) {
    core::Diagnostics why;
    if (rows)
      why.error({options.scenario}, "rare: does not go with rows: sample.cover or method grid");
    if (!found.rare) {
      why.error({options.scenario}, "there is no 'rare'",
                "say which event is rare: {event: ego->child.hit}");
    }
    return fail(context, why, kBadInput);
  }
  SearchCommand settled = options;
  settled.seed = options.seed.value_or(found.sample.seed);
  Search search(context, *rehearser, settled);
  const auto result = search.run();
  if (!result) return fail(context, result.error(), kBadInput);
  const std::string text = part_of(options.scenario, *result, *settled.seed, search.runs());
  std::fputs(text.c_str(), context.out);
  if (options.out.empty()) return kDone;
  const auto written = write_file(options.out, text);
  if (!written) return fail(context, written.error(), kCannotWrite);
  return kDone;
}

}  // namespace oddroad::cli

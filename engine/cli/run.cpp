#include <algorithm>

#include "engine/cli/clip_range.h"
#include "engine/cli/commands.h"
#include "engine/cli/rehearser.h"
#include "engine/core/parallel.h"
#include "engine/report/run_summary.h"

namespace oddroad::cli {
namespace {

constexpr std::size_t kMostTold = 3;

// The fate of each sample, in their order.
struct Fate {
  core::Result<sim::RunOutcome> run = core::fail("not run");
  std::uint32_t attempts = 0;
  scenario::Rejections turned_away;
};

report::RunSummary summarise(const std::string& file, std::uint64_t seed,
                             const std::vector<Fate>& fates) {
  report::RunSummary out;
  out.scenario = file;
  out.seed = seed;
  std::vector<sim::RunOutcome> runs;
  for (const Fate& fate : fates) {
    ++out.samples;
    out.attempts += fate.attempts;
    out.turned_away.add(fate.turned_away);
    if (fate.run) {
      runs.push_back(*fate.run);
    } else {
      out.failures.push_back(fate.run.error());
    }
  }
  out.tally = sim::tally(runs);
  return out;
}

void tell(const Context& context, const report::RunSummary& summary) {
  std::fprintf(context.out, "%s: %u samples, seed %llu\n", summary.scenario.c_str(),
               summary.samples, static_cast<unsigned long long>(summary.seed));
  std::fprintf(context.out, "  %-25s %.1f %% of %u attempts\n", "accepted",
               100 * summary.acceptance(), summary.attempts);
  for (const scenario::Rejections::Entry& entry : summary.turned_away.entries()) {
    std::fprintf(context.out, "  %-25s %d %s\n", "turned away", entry.count, entry.reason.c_str());
  }
  if (!summary.failures.empty()) {
    std::fprintf(context.out, "  %-25s %zu of %u\n", "could not be run", summary.failures.size(),
                 summary.samples);
  }
  std::fputs(sim::to_text(summary.tally).c_str(), context.out);
}

int run_one(const Context& context, Rehearser& rehearser, std::uint64_t seed,
            std::uint32_t sample) {
  const auto played = rehearser.rehearse(seed, sample, nullptr);
  if (!played) return fail(context, played.error(), kBadInput);
  std::fputs(sim::to_text(played->variant, played->run).c_str(), context.out);
  return kDone;
}

int run_many(const Context& context, Rehearser& rehearser, std::uint64_t seed,
             const ClipRange& range, const RunOptions& options) {
  std::vector<Fate> fates(range.last - range.first + 1);
  core::parallel_for(fates.size(), [&](std::size_t k) {
    const auto sample = range.first + static_cast<std::uint32_t>(k);
    const auto played = rehearser.rehearse(seed, sample, &fates[k].turned_away);
    fates[k].attempts = static_cast<std::uint32_t>(fates[k].turned_away.count());
    if (played) {
      fates[k].run = sim::outcome_of(sample, played->run);
      const auto& values = played->variant.parameter_values;
      for (const char* name : {"rare.log_weight", "balance.log_weight"}) {
        const auto weight = values.find(name);
        if (weight != values.end()) fates[k].run->log_weight += weight->second;
      }
      ++fates[k].attempts;
    } else {
      fates[k].run = core::forward_error(played);
    }
  });
  const report::RunSummary summary = summarise(options.scenario, seed, fates);
  for (std::size_t k = 0; k < std::min(summary.failures.size(), kMostTold); ++k) {
    print(context, summary.failures[k]);
  }
  tell(context, summary);
  if (!options.report.empty()) {
    const auto written = write_file(options.report, report::to_json(summary));
    if (!written) return fail(context, written.error(), kCannotWrite);
  }
  return summary.failures.empty() ? kDone : kBadInput;
}

}  // namespace

int run_command(const Context& context, const RunOptions& options) {
  int code = kDone;
  const auto rehearser = load_rehearser(context, options.scenario, options.overrides, code);
  if (!rehearser) return code;
  const scenario::SamplePlan& plan = rehearser->setup.scenario.sample;
  const std::uint64_t seed = options.seed.value_or(plan.seed);
  if (options.samples.empty()) return run_one(context, *rehearser, seed, options.sample);
  const std::string samples = options.samples == "all" ? "" : options.samples;
  const auto range = parse_clip_range("--samples", samples, plan.count);
  if (!range) return fail(context, range.error(), kUsage);
  return run_many(context, *rehearser, seed, *range, options);
}

}  // namespace oddroad::cli

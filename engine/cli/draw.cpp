#include "engine/sim/draw.h"

#include "engine/cli/clip_range.h"
#include "engine/cli/commands.h"
#include "engine/cli/rehearser.h"
#include "engine/core/parallel.h"
#include "engine/sim/draw_samples.h"

namespace oddroad::cli {
namespace {

using Played = core::Result<pipeline::Rehearsed>;

int write(const Context& context, const DrawOptions& options, const std::string& svg) {
  const auto written = write_file(options.out, svg);
  return written ? kDone : fail(context, written.error(), kCannotWrite);
}

int draw_one(const Context& context, Rehearser& rehearser, std::uint64_t seed,
             const DrawOptions& options) {
  const Played played = rehearser.rehearse(seed, *options.sample, nullptr);
  if (!played) return fail(context, played.error(), kBadInput);
  return write(context, options,
               sim::draw_svg(played->variant, played->run.timeline, *rehearser.setup.graph));
}

// Samples that cannot be played are told and left out.
int draw_many(const Context& context, Rehearser& rehearser, std::uint64_t seed,
              const ClipRange& range, const DrawOptions& options) {
  std::vector<Played> played(range.last - range.first + 1, core::fail("not run"));
  core::parallel_for(played.size(), [&](std::size_t k) {
    played[k] = rehearser.rehearse(seed, range.first + static_cast<std::uint32_t>(k), nullptr);
  });
  std::vector<sim::SampleRun> runs;
  for (std::size_t k = 0; k < played.size(); ++k) {
    if (!played[k]) {
      print(context, played[k].error());
      continue;
    }
    runs.push_back({range.first + static_cast<std::uint32_t>(k), &played[k]->variant,
                    &played[k]->run.timeline});
  }
  if (runs.empty()) return kBadInput;
  const int code = write(context, options, sim::draw_samples_svg(runs, *rehearser.setup.graph));
  return code == kDone && runs.size() < played.size() ? kBadInput : code;
}

}  // namespace

int draw_command(const Context& context, const DrawOptions& options) {
  int code = kDone;
  const auto rehearser = load_rehearser(context, options.scenario, options.overrides, code);
  if (!rehearser) return code;
  const scenario::SamplePlan& plan = rehearser->setup.scenario.sample;
  const std::uint64_t seed = options.seed.value_or(plan.seed);
  if (options.sample) return draw_one(context, *rehearser, seed, options);
  const std::string samples = options.samples == "all" ? "" : options.samples;
  const auto range = parse_clip_range("--samples", samples, plan.count);
  if (!range) return fail(context, range.error(), kUsage);
  return draw_many(context, *rehearser, seed, *range, options);
}

}  // namespace oddroad::cli

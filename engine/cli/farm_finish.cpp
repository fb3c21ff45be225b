#include <set>

#include "engine/cli/farm.h"
#include "engine/cli/farm_run.h"
#include "engine/cli/farm_submit.h"
#include "engine/farm/ledger.h"
#include "engine/farm/survey.h"

namespace oddroad::cli {
namespace {

// What a survey found, with damaged clips moved away; the clips to make again.
core::Result<std::vector<farm::PlannedClip>> find_missing(const Context& context,
                                                          const farm::Plan& plan, farm::Output& out,
                                                          bool deep) {
  auto clips =
      farm::survey(plan, out, deep ? farm::SurveyDepth::kHashes : farm::SurveyDepth::kSizes);
  if (!clips) return core::forward_error(clips);
  for (const farm::SurveyedClip& clip : *clips) {
    if (clip.state != farm::ClipState::kDamaged) continue;
    std::fprintf(context.err, "%s: damaged, moved to quarantine\n", clip.name.c_str());
  }
  if (auto removed = farm::remove_damaged(plan, out, *clips); !removed) {
    return core::forward_error(removed);
  }
  std::vector<farm::PlannedClip> missing;
  for (const farm::SurveyedClip& clip : *clips) {
    if (clip.state == farm::ClipState::kMissing) missing.push_back(clip.clip);
  }
  return missing;
}

// Clips that were made twice with other bytes: the first stays, and somebody should know.
int tell_faults(const Context& context, const farm::Ledger& ledger, const farm::Output& out) {
  int faults = 0;
  for (const auto& [clip, history] : ledger.clips) {
    if (history.differing == 0) continue;
    ++faults;
    std::fprintf(context.err, "%s: determinism fault: made again with other bytes, see %s\n",
                 clip.c_str(), (out.place() + "/quarantine").c_str());
  }
  return faults;
}

int submit_missing(const Context& context, const FarmFinishOptions& options,
                   const std::vector<farm::PlannedClip>& missing) {
  std::set<std::uint32_t> tasks;
  for (const farm::PlannedClip& clip : missing) tasks.insert(clip.task);
  std::fprintf(context.err, "%zu clips are missing: round %d of %d\n", missing.size(),
               options.round, options.slurm.rounds);
  return submit_slurm(context, options.work, options.slurm, {tasks.begin(), tasks.end()},
                      options.round + 1, false);
}

}  // namespace

int farm_finish_command(const Context& context, const FarmFinishOptions& options) {
  farm::Plan plan;
  if (const int code = open_plan(context, options.work.plan, plan); code != kDone) return code;
  const auto output = output_at(options.work.out);
  if (!output) return fail(context, output.error(), kCannotWrite);
  farm::Output& out = **output;
  auto missing = find_missing(context, plan, out, options.slurm.deep);
  for (int round = 1;
       missing && !missing->empty() && options.local && round <= options.slurm.rounds; ++round) {
    std::fprintf(context.err, "%zu clips are missing: round %d of %d\n", missing->size(), round,
                 options.slurm.rounds);
    const int code = run_clips(context, plan, *missing, out, options.work);
    if (code != kDone && code != kSetAside) return code;
    missing = find_missing(context, plan, out, options.slurm.deep);
  }
  if (!missing) return fail_output(context, out, missing.error());
  if (!missing->empty() && options.on_slurm && options.round <= options.slurm.rounds) {
    return submit_missing(context, options, *missing);
  }
  if (!missing->empty()) {
    for (const farm::PlannedClip& clip : *missing) {
      const std::string where = out.stopped_at(plan.identity(clip.clip));
      std::fprintf(context.err, "%s: missing%s%s\n", plan.name(clip.clip).c_str(),
                   where.empty() ? "" : ", ", where.c_str());
    }
    return kInterrupted;
  }
  const auto ledger = farm::read_ledger(out, plan);
  if (!ledger) return fail_output(context, out, ledger.error());
  const int faults = tell_faults(context, *ledger, out);
  const int merged = farm_merge_command(context, options.work.plan, options.work.out);
  return merged == kDone && faults > 0 ? kSetAside : merged;
}

}  // namespace oddroad::cli

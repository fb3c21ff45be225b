#include <chrono>

#include "engine/cli/farm.h"
#include "engine/cli/farm_run.h"
#include "engine/cli/interrupt.h"
#include "engine/farm/fetch.h"
#include "engine/farm/pack.h"
#include "engine/farm/status.h"
#include "engine/farm/survey.h"

namespace oddroad::cli {

int farm_status_command(const Context& context, const FarmStatusOptions& options) {
  const auto plan = farm::read_plan(options.plan);
  if (!plan) return fail(context, plan.error(), kBadInput);
  const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::system_clock::now().time_since_epoch());
  const auto out = output_at(options.out);
  if (!out) return fail(context, out.error(), kCannotWrite);
  const auto status = farm::read_status(*plan, **out, now.count());
  if (!status) return fail_output(context, **out, status.error());
  std::fputs(farm::status_text(*status, options.price_per_hour).c_str(), context.out);
  core::Diagnostics problems;
  const auto write = [&](const std::string& file, const std::string& text) {
    if (file.empty()) return;
    if (const auto written = write_file(file, text); !written) problems.append(written.error());
  };
  write(options.html, farm::status_page(*status, options.price_per_hour));
  write(options.prometheus, farm::status_metrics(*status));
  return problems.has_errors() ? fail(context, problems, kCannotWrite) : kDone;
}

int farm_pack_command(const Context& context, const std::string& file, const std::string& out,
                      double shard_mb) {
  const auto plan = farm::read_plan(file);
  if (!plan) return fail(context, plan.error(), kBadInput);
  catch_interrupts();
  const auto packed = farm::pack(*plan, out, static_cast<std::uint64_t>(shard_mb * 1e6), [] {
    return !interrupted();
  });
  if (!packed) return fail(context, packed.error(), kInterrupted);
  std::fprintf(context.out, "%s/shards: %d clips in %d shards, %.1f MB; %d were there\n",
               out.c_str(), packed->clips, packed->shards,
               static_cast<double>(packed->bytes) * 1e-6, packed->kept);
  return kDone;
}

int farm_merge_command(const Context& context, const std::string& file, const std::string& out) {
  const auto plan = farm::read_plan(file);
  if (!plan) return fail(context, plan.error(), kBadInput);
  const auto output = output_at(out);
  if (!output) return fail(context, output.error(), kCannotWrite);
  const auto merged = farm::merge(*plan, **output);
  if (!merged) return fail(context, merged.error(), kInterrupted);
  std::fprintf(context.out, "%s/clips.jsonl: %d clips, %d set aside, dataset %s\n",
               (*output)->place().c_str(), merged->clips, merged->set_aside, merged->hash.c_str());
  return merged->set_aside > 0 ? kSetAside : kDone;
}

int farm_fetch_command(const Context& context, const FarmFetchOptions& options) {
  const auto plan = farm::read_plan(options.plan);
  if (!plan) return fail(context, plan.error(), kBadInput);
  const auto bucket = bucket_at(options.out);
  if (!bucket) return fail(context, bucket.error(), kCannotWrite);
  const auto folder = farm::folder_output(options.to);
  const auto opened = open_output(context, *folder);
  if (!opened) return fail(context, opened.error(), kCannotWrite);
  catch_interrupts();
  const auto fetched = farm::fetch(*plan, **bucket, options.to, [] {
    return !interrupted();
  });
  if (!fetched) return fail(context, fetched.error(), kInterrupted);
  std::fprintf(context.out, "%s: fetched %d clips, were there %d, set aside %d, missing %d\n",
               options.to.c_str(), fetched->fetched, fetched->were_there, fetched->set_aside,
               fetched->missing);
  return fetched->missing > 0 ? kInterrupted : fetched->set_aside > 0 ? kSetAside : kDone;
}

}  // namespace oddroad::cli

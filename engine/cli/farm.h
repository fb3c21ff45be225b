// The commands of `oddroad farm`; each returns an exit code.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/cli/context.h"

namespace CLI {
class App;
}

namespace oddroad::cli {

struct FarmPlanOptions {
  std::vector<std::string> scenarios;
  std::string out;
  std::string clips;  // "N" (0 to N-1) or "A..B" of each; empty: all of sample.count
  std::optional<std::uint64_t> seed;
  std::vector<std::string> overrides;
  std::string device = "auto", visibility = "auto", shade = "auto", isa;
  bool colour = true;
  bool any_build = false;
  double task_minutes = 15;
  std::size_t clips_per_task = 0;  // 0: by the probe
  double probe_seconds = 60;
};
int farm_plan_command(const Context& context, const FarmPlanOptions& options);

// What all commands that work on clips have in common.
struct FarmWorkOptions {
  std::string plan, out, scratch;
  std::string wrap;  // program that starts renderers in our place; empty: none
  int workers = 1;   // renderers at the same time
  int threads = 0;   // of each; 0: the processors, shared evenly
  double tick_limit_s = 600, grace_s = 90;
  std::optional<std::uint32_t> task;  // none: all
  bool ok_if_set_aside = false;       // kDone instead of kSetAside
};
int farm_work_command(const Context& context, const FarmWorkOptions& options);

// How jobs look to Slurm (engine/farm/slurm.h).
struct FarmSlurmOptions {
  std::string partition;
  int parallel = 64;
  int cpus = 4;
  std::string memory = "8G";
  int minutes = 60;
  int rounds = 3;
  bool deep = false;
  std::vector<std::string> sbatch;
};

// One of `local`, `on_slurm`, `kubernetes`.
struct FarmSubmitOptions {
  FarmWorkOptions work;
  FarmSlurmOptions slurm;
  bool local = false, on_slurm = false, dry_run = false;
  std::string kubernetes;  // manifest file; empty: none
  std::string image = "oddroad:latest", claim = "oddroad", mount = "/data";
  std::string secret = "oddroad-s3";  // with the AWS_... of an OUT in a bucket
};
int farm_submit_command(const Context& context, const FarmSubmitOptions& options);

// The process that renders, started by farm_work_command.
struct FarmRenderOptions {
  std::string plan, out, scratch;
  int threads = 0;  // 0: no limit
};
int farm_render_command(const Context& context, const FarmRenderOptions& options);

struct FarmStatusOptions {
  std::string plan, out;
  double price_per_hour = 0;
  std::string html, prometheus;  // files; empty: none
};
int farm_status_command(const Context& context, const FarmStatusOptions& options);

struct FarmFinishOptions {
  FarmWorkOptions work;
  FarmSlurmOptions slurm;  // `deep`: compare contents, not sizes; `rounds`: how often to try
  bool local = false, on_slurm = false;
  int round = 1;  // on Slurm: which one this is
};
int farm_finish_command(const Context& context, const FarmFinishOptions& options);

// Tar shards of the whole plan (engine/farm/pack.h).
int farm_pack_command(const Context& context, const std::string& plan, const std::string& out,
                      double shard_mb);

struct FarmFetchOptions {
  std::string plan, out, to;
};
// Copies clips from a bucket into a dataset folder (engine/farm/fetch.h).
int farm_fetch_command(const Context& context, const FarmFetchOptions& options);

int farm_merge_command(const Context& context, const std::string& plan, const std::string& out);

// Adds `farm` with its subcommands.
void add_farm_commands(CLI::App& app, const Context& context, int& exit_code);

}  // namespace oddroad::cli

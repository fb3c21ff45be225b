#include <CLI/CLI.hpp>

#include "engine/cli/farm.h"
#include "engine/cli/is_folder.h"

namespace oddroad::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  oddroad farm plan scenarios/vru/*.yaml --clips 200 -o plan.jsonl
  oddroad farm submit plan.jsonl -o dataset --local 8
  oddroad farm status plan.jsonl -o dataset --html status.html --price 1.50
  oddroad farm finish plan.jsonl -o dataset --local 8
  oddroad farm submit plan.jsonl -o s3://bucket/dataset --local 8
  oddroad farm fetch plan.jsonl -o s3://bucket/dataset --to dataset

Buckets of S3-compatible stores: credentials and address come from AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION and AWS_ENDPOINT_URL.
)";

struct Parsed {
  FarmPlanOptions plan;
  FarmWorkOptions work;
  FarmSubmitOptions submit;
  FarmRenderOptions render;
  FarmStatusOptions status;
  FarmFinishOptions finish;
  FarmFetchOptions fetch;
  std::string merge_plan, merge_out;
  double shard_mb = 512;
};

void add_plan(CLI::App& farm, Parsed& p, const Context& context, int& exit_code) {
  auto* plan = farm.add_subcommand("plan", "list clips and cut them into tasks, by a probe");
  plan->add_option("SCENARIO", p.plan.scenarios, "scenario files")->required();
  plan->add_option("-o,--out", p.plan.out, "plan file (JSON lines)")->required();
  plan->add_option("--clips", p.plan.clips,
                   "clips of each scenario: N for 0 to N-1, or A..B (default: all)");
  plan->add_option("--seed", p.plan.seed, "seed (default: the scenarios')");
  plan->add_option("--set", p.plan.overrides, "replace a value of all scenarios (repeatable)")
      ->expected(1)
      ->take_all()
      ->type_name("KEY=VALUE");
  plan->add_option("--device", p.plan.device, "as in oddroad render");
  plan->add_option("--visibility", p.plan.visibility, "raster, cast or auto")
      ->check(CLI::IsMember({"raster", "cast", "auto"}));
  plan->add_option("--shade", p.plan.shade, "gpu, cpu or auto")
      ->check(CLI::IsMember({"gpu", "cpu", "auto"}));
  plan->add_flag("!--no-color,!--no-colour", p.plan.colour, "labels and LiDAR only");
  plan->add_option("--isa", p.plan.isa,
                   "pin the instruction set, for farms of unlike processors (avx2, ...)");
  plan->add_flag("--any-build", p.plan.any_build,
                 "other builds of this version may work on the plan, too");
  plan->add_option("--task-minutes", p.plan.task_minutes, "how long a task is (default 15)")
      ->check(CLI::Range(0.01, 10'000.0));
  plan->add_option("--clips-per-task", p.plan.clips_per_task, "instead of measuring")
      ->check(CLI::Range(1, 1'000'000));
  plan->add_option("--probe-seconds", p.plan.probe_seconds,
                   "time for the clip of each scenario that is measured (default 60)")
      ->check(CLI::Range(0.1, 86'400.0));
  plan->callback([&] {
    exit_code = farm_plan_command(context, p.plan);
  });
}

void add_plan_and_out(CLI::App& command, std::string& plan, std::string& out) {
  command.add_option("PLAN", plan, "plan file")->required();
  command.add_option("-o,--out", out, "dataset folder, or s3://BUCKET/PREFIX")->required();
}

void add_work_options(CLI::App& command, FarmWorkOptions& options) {
  command.add_option(
      "--scratch", options.scratch,
      "folder on a disk of this machine where clips grow (of buckets, else: TMPDIR)");
  command
      .add_option("--threads", options.threads,
                  "of each renderer (default: the processors, shared evenly)")
      ->check(CLI::Range(1, 1024));
  command
      .add_option("--tick-limit", options.tick_limit_s,
                  "seconds without a capture after which a renderer hangs (default 600)")
      ->check(CLI::Range(0.1, 1e6));
  command
      .add_option("--grace", options.grace_s,
                  "seconds that a clip may still take when told to stop (default 90); one that "
                  "would take longer stops between two ticks and goes on there next time (not in "
                  "a bucket)")
      ->check(CLI::Range(0.0, 1e6));
  command.add_option("--wrap", options.wrap,
                     "program that starts each renderer: it gets the command as arguments");
}

void add_work(CLI::App& farm, Parsed& p, const Context& context, int& exit_code) {
  auto* work = farm.add_subcommand("work", "one task of a plan: what array jobs call");
  add_plan_and_out(*work, p.work.plan, p.work.out);
  work->add_option("--task", p.work.task, "its number (default: JOB_COMPLETION_INDEX)")
      ->envname("JOB_COMPLETION_INDEX")
      ->required();
  work->add_flag("--ok-if-set-aside", p.work.ok_if_set_aside, "exit with 0, not 65, then");
  add_work_options(*work, p.work);
  work->callback([&] {
    exit_code = farm_work_command(context, p.work);
  });

  auto* render = farm.add_subcommand("render", "")->group("");  // started by us, not by people
  add_plan_and_out(*render, p.render.plan, p.render.out);
  render->add_option("--scratch", p.render.scratch);
  render->add_option("--threads", p.render.threads);
  render->callback([&] {
    exit_code = farm_render_command(context, p.render);
  });
}

void add_slurm_options(CLI::App& command, FarmSlurmOptions& options) {
  command.add_option("--partition", options.partition, "of Slurm (default: the cluster's)");
  command.add_option("--parallel", options.parallel, "tasks at the same time (default 64)")
      ->check(CLI::Range(1, 100'000));
  command.add_option("--cpus", options.cpus, "of a task (default 4)")->check(CLI::Range(1, 1024));
  command.add_option("--memory", options.memory, "of a task (default 8G)");
  command.add_option("--minutes", options.minutes, "time limit of a task (default 60)")
      ->check(CLI::Range(1, 100'000));
  command.add_option("--sbatch", options.sbatch, "a further option of sbatch (repeatable)")
      ->expected(1)
      ->take_all();
}

void add_submit(CLI::App& farm, Parsed& p, const Context& context, int& exit_code) {
  auto* submit = farm.add_subcommand("submit", "have a plan rendered");
  FarmSubmitOptions& options = p.submit;
  add_plan_and_out(*submit, options.work.plan, options.work.out);
  auto* engine = submit->add_option_group("engine", "who schedules");
  auto* local =
      engine->add_option("--local", options.work.workers, "renderers on this machine, until done");
  local->check(CLI::Range(1, 1024));
  engine->add_flag("--slurm", options.on_slurm, "a job array, and farm finish behind it");
  engine->add_option("--kubernetes", options.kubernetes,
                     "write the manifest of an Indexed Job into this file, and a Containerfile "
                     "beside it; PLAN and OUT as containers see them");
  engine->require_option(1);
  submit->add_flag("--dry-run", options.dry_run, "print scripts and manifests, submit nothing");
  submit->add_option("--image", options.image, "container image (default oddroad:latest)");
  submit->add_option("--claim", options.claim, "PersistentVolumeClaim (default oddroad)");
  submit->add_option(
      "--secret", options.secret,
      "Secret with the AWS_... variables of an OUT in a bucket (default oddroad-s3)");
  submit->add_option("--mount", options.mount, "where containers see it (default /data)");
  add_work_options(*submit, options.work);
  add_slurm_options(*submit, options.slurm);
  submit->callback([&, local] {
    p.submit.local = local->count() > 0;
    exit_code = farm_submit_command(context, p.submit);
  });
}

void add_finish(CLI::App& farm, Parsed& p, const Context& context, int& exit_code) {
  auto* finish =
      farm.add_subcommand("finish", "look for what is missing or damaged, have it rendered, merge");
  add_plan_and_out(*finish, p.finish.work.plan, p.finish.work.out);
  auto* local = finish->add_option("--local", p.finish.work.workers,
                                   "render what is missing on this machine, so many at a time");
  local->check(CLI::Range(1, 1024));
  finish->add_flag("--slurm", p.finish.on_slurm, "submit what is missing to Slurm")
      ->excludes(local);
  finish->add_option("--round", p.finish.round, "on Slurm: which round this is (default 1)")
      ->check(CLI::Range(1, 1000));
  finish->add_flag("--deep", p.finish.slurm.deep, "compare the contents of files, not their sizes");
  finish->add_option("--rounds", p.finish.slurm.rounds, "how often to try (default 3)")
      ->check(CLI::Range(1, 100));
  add_slurm_options(*finish, p.finish.slurm);
  add_work_options(*finish, p.finish.work);
  finish->callback([&, local] {
    p.finish.local = local->count() > 0;
    exit_code = farm_finish_command(context, p.finish);
  });

  auto* merge = farm.add_subcommand("merge", "write clips.jsonl once nothing is missing");
  add_plan_and_out(*merge, p.merge_plan, p.merge_out);
  merge->callback([&] {
    exit_code = farm_merge_command(context, p.merge_plan, p.merge_out);
  });
}

void add_pack(CLI::App& farm, Parsed& p, const Context& context, int& exit_code) {
  auto* pack = farm.add_subcommand("pack", "tar shards of whole clips, with an index");
  pack->add_option("PLAN", p.merge_plan, "plan file")->required();
  pack->add_option("-o,--out", p.merge_out, "dataset folder")->required()->check(is_folder());
  pack->add_option("--shard-mb", p.shard_mb, "size of a shard (default 512)")
      ->check(CLI::Range(0.001, 8000.0));
  pack->callback([&] {
    exit_code = farm_pack_command(context, p.merge_plan, p.merge_out, p.shard_mb);
  });
}

void add_fetch(CLI::App& farm, Parsed& p, const Context& context, int& exit_code) {
  auto* fetch = farm.add_subcommand("fetch", "copy clips from a bucket into a dataset folder");
  fetch->add_option("PLAN", p.fetch.plan, "plan file")->required();
  fetch->add_option("-o,--out", p.fetch.out, "s3://BUCKET/PREFIX")->required();
  fetch->add_option("--to", p.fetch.to, "dataset folder (made, or added to)")
      ->required()
      ->check(is_folder());
  fetch->callback([&] {
    exit_code = farm_fetch_command(context, p.fetch);
  });
}

void add_status(CLI::App& farm, Parsed& p, const Context& context, int& exit_code) {
  auto* status = farm.add_subcommand("status", "how far a plan is");
  add_plan_and_out(*status, p.status.plan, p.status.out);
  status
      ->add_option("--price", p.status.price_per_hour,
                   "of a worker's hour: tells what 1,000 frames cost")
      ->check(CLI::PositiveNumber);
  status->add_option("--html", p.status.html, "a page, into this file");
  status->add_option("--prometheus", p.status.prometheus,
                     "metrics for node_exporter's textfile collector, into this file");
  status->callback([&] {
    exit_code = farm_status_command(context, p.status);
  });
}

}  // namespace

void add_farm_commands(CLI::App& app, const Context& context, int& exit_code) {
  auto* farm = app.add_subcommand("farm", "many clips on many machines");
  farm->require_subcommand(1);
  farm->footer(kExamples);
  const auto parsed = std::make_shared<Parsed>();
  // The callbacks hold references into it; it lives as long as the app.
  farm->final_callback([parsed] {});
  add_plan(*farm, *parsed, context, exit_code);
  add_submit(*farm, *parsed, context, exit_code);
  add_work(*farm, *parsed, context, exit_code);
  add_status(*farm, *parsed, context, exit_code);
  add_finish(*farm, *parsed, context, exit_code);
  add_pack(*farm, *parsed, context, exit_code);
  add_fetch(*farm, *parsed, context, exit_code);
}

}  // namespace oddroad::cli

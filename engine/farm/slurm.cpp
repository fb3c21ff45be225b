#include "engine/farm/slurm.h"

namespace oddroad::farm {
namespace {

std::string replaced(std::string text,
                     const std::vector<std::pair<std::string, std::string>>& values) {
  for (const auto& [name, value] : values) {
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
      text.replace(at, name.size(), value);
      at += value.size();
    }
  }
  return text;
}

std::string arguments(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += " " + shell_quoted(word);
  return out;
}

std::vector<std::string> sbatch_common(const SlurmOptions& options) {
  std::vector<std::string> out = {"sbatch", "--parsable"};
  if (!options.partition.empty()) out.push_back("--partition=" + options.partition);
  out.insert(out.end(), options.sbatch.begin(), options.sbatch.end());
  return out;
}

// Exit codes: 0 and 65 (clips are set aside and on record) are the end of a task; 75 asks to be run
// again, which is requeueing oneself: the requeue also sends TERM here, hence the trap. A parent
// that dies (128 and more) is tried again at once.
constexpr const char* kArrayScript = R"sh(#!/bin/bash
#SBATCH --job-name=oddroad
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=@CPUS@
#SBATCH --mem=@MEMORY@
#SBATCH --time=@MINUTES@
#SBATCH --signal=B:TERM@120
#SBATCH --requeue
#SBATCH --open-mode=append
child= asked=
trap 'asked=1; [ -n "$child" ] && kill -TERM "$child" 2>/dev/null' TERM
for try in 1 2 3; do
  @PROGRAM@ farm work @PLAN@ -o @OUT@ \
    --task "$((SLURM_ARRAY_TASK_ID + ${OFFSET:-0}))" --threads "${SLURM_CPUS_PER_TASK:-@CPUS@}"@WORK@ &
  child=$!
  # A signal interrupts wait; the child goes on until its clip is done or has stopped.
  while :; do wait "$child"; code=$?; kill -0 "$child" 2>/dev/null || break; done
  [ "$code" -ge 128 ] && [ -z "$asked" ] || break
done
case $code in
  0 | 65) exit 0 ;;
  75)
    if [ "${SLURM_RESTART_COUNT:-0}" -lt 20 ]; then
      trap '' TERM
      scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}" && sleep 60
    fi
    exit 75
    ;;
  *) exit "$code" ;;
esac
)sh";

constexpr const char* kFinishScript = R"sh(#!/bin/bash
#SBATCH --job-name=oddroad-finish
#SBATCH --ntasks=1
#SBATCH --time=@MINUTES@
#SBATCH --requeue
#SBATCH --open-mode=append
exec @PROGRAM@ farm finish @PLAN@ -o @OUT@ --slurm --round @ROUND@ --rounds @ROUNDS@@FINISH@
)sh";

}  // namespace

std::string shell_quoted(const std::string& word) {
  const bool plain = !word.empty() && word.find_first_not_of(
                                          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                          "0123456789_-./:=,@%+") == std::string::npos;
  if (plain) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string shell_line(const std::vector<std::string>& words) {
  return words.empty() ? "" : arguments(words).substr(1);
}

std::vector<SlurmArray> slurm_arrays(const std::vector<std::uint32_t>& tasks) {
  std::vector<SlurmArray> out;
  for (std::size_t k = 0; k < tasks.size();) {
    const std::uint32_t offset = tasks[k] / kArraySize * kArraySize;
    if (out.empty() || out.back().offset != offset) out.push_back({offset, ""});
    std::size_t end = k + 1;
    while (end < tasks.size() && tasks[end] == tasks[end - 1] + 1 &&
           tasks[end] < offset + kArraySize) {
      ++end;
    }
    std::string& indices = out.back().indices;
    if (!indices.empty()) indices += ",";
    indices += std::to_string(tasks[k] - offset);
    if (end - k > 1) indices += "-" + std::to_string(tasks[end - 1] - offset);
    k = end;
  }
  return out;
}

std::string slurm_array_script(const SlurmOptions& options) {
  // $SLURM_TMPDIR and the like are for the shell of the job.
  const std::string scratch =
      options.scratch.empty() ? "" : " --scratch \"" + options.scratch + "\"";
  return replaced(kArrayScript, {{"@CPUS@", std::to_string(options.cpus)},
                                 {"@MEMORY@", options.memory},
                                 {"@MINUTES@", std::to_string(options.minutes)},
                                 {"@PROGRAM@", shell_quoted(options.program)},
                                 {"@PLAN@", shell_quoted(options.plan)},
                                 {"@OUT@", shell_quoted(options.out)},
                                 {"@WORK@", scratch + arguments(options.work)}});
}

std::string slurm_finish_script(const SlurmOptions& options, int round) {
  return replaced(kFinishScript, {{"@MINUTES@", std::to_string(options.minutes)},
                                  {"@PROGRAM@", shell_quoted(options.program)},
                                  {"@PLAN@", shell_quoted(options.plan)},
                                  {"@OUT@", shell_quoted(options.out)},
                                  {"@ROUND@", std::to_string(round)},
                                  {"@ROUNDS@", std::to_string(options.rounds)},
                                  {"@FINISH@", arguments(options.finish)}});
}

std::vector<std::string> sbatch_array(const SlurmOptions& options, const SlurmArray& array,
                                      const std::string& script) {
  std::vector<std::string> out = sbatch_common(options);
  out.push_back("--array=" + array.indices + "%" + std::to_string(options.parallel));
  out.push_back("--output=" + options.out + "/attempts/slurm/%A_%a.log");
  out.push_back("--export=ALL,OFFSET=" + std::to_string(array.offset));
  out.push_back(script);
  return out;
}

std::vector<std::string> sbatch_finish(const SlurmOptions& options,
                                       const std::vector<std::string>& after,
                                       const std::string& script) {
  std::vector<std::string> out = sbatch_common(options);
  std::string dependency = "--dependency=afterany";
  for (const std::string& job : after) dependency += ":" + job;
  out.push_back(dependency);
  out.push_back("--output=" + options.out + "/attempts/slurm/finish_%j.log");
  out.push_back(script);
  return out;
}

}  // namespace oddroad::farm

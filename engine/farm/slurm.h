// Job files for Slurm: an array over the tasks of a plan, and a job behind it that looks for what
// is missing. afterany and not afterok: a task that failed once would hold the latter for ever,
// even if it is run again and succeeds (Slurm 22.05); and no RequeueExit for the same reason.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace oddroad::farm {

struct SlurmOptions {
  std::string program;  // oddroad, absolute
  std::string plan, out;
  std::string scratch;              // "": clips grow in the dataset; may use shell variables
  std::string partition;            // "": the cluster's own
  int parallel = 64;                // tasks at the same time
  int cpus = 4;                     // of a task
  std::string memory = "8G";        // of a task
  int minutes = 60;                 // time limit of a task
  std::vector<std::string> sbatch;  // more options for sbatch, for every job
  std::vector<std::string> finish;  // more arguments of farm finish
  std::vector<std::string> work;    // more arguments of farm work
  int rounds = 3;                   // of finish
};

// Numbers below this are safe with Slurm's default MaxArraySize of 1001.
inline constexpr std::uint32_t kArraySize = 1000;

// A job array: its indices count from `offset`, which the script gets as OFFSET.
struct SlurmArray {
  std::uint32_t offset = 0;
  std::string indices;  // "0-959" or "1,4,6-7"
};

// `tasks`: ascending.
std::vector<SlurmArray> slurm_arrays(const std::vector<std::uint32_t>& tasks);

// The script of the arrays, and of the job behind them; `round` counts from 1.
std::string slurm_array_script(const SlurmOptions& options);
std::string slurm_finish_script(const SlurmOptions& options, int round);

// Arguments of sbatch beside the script: program first.
std::vector<std::string> sbatch_array(const SlurmOptions& options, const SlurmArray& array,
                                      const std::string& script);
// `after`: job ids of the arrays.
std::vector<std::string> sbatch_finish(const SlurmOptions& options,
                                       const std::vector<std::string>& after,
                                       const std::string& script);

// As a shell reads it.
std::string shell_quoted(const std::string& word);
std::string shell_line(const std::vector<std::string>& words);

}  // namespace oddroad::farm

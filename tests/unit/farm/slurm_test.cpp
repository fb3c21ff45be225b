// Job files for Slurm; that they work is tests/integration/slurm_test.sh.
#include "engine/farm/slurm.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <regex>
#include <sstream>

#include "tests/unit/farm/plans.h"

namespace oddroad::farm {
namespace {

// The tasks that an array stands for, read as sbatch reads them.
std::vector<std::uint32_t> expanded(const SlurmArray& array) {
  std::vector<std::uint32_t> out;
  std::istringstream parts(array.indices);
  for (std::string part; std::getline(parts, part, ',');) {
    const auto dash = part.find('-');
    const unsigned long first = std::stoul(part);
    const unsigned long last =
        dash == std::string::npos ? first : std::stoul(part.substr(dash + 1));
    for (unsigned long k = first; k <= last; ++k) {
      out.push_back(array.offset + static_cast<std::uint32_t>(k));
    }
  }
  return out;
}

TEST(Slurm, ArraysHoldEveryTaskOnceBelowTheSizeLimit) {
  std::vector<std::uint32_t> all(2500);
  std::iota(all.begin(), all.end(), 0u);
  std::vector<std::uint32_t> some = {1, 4, 6, 7, 998, 999, 1000, 1001, 2400};
  for (const auto& tasks : {all, some, std::vector<std::uint32_t>{0}}) {
    std::vector<std::uint32_t> seen;
    for (const SlurmArray& array : slurm_arrays(tasks)) {
      for (const std::uint32_t task : expanded(array)) {
        EXPECT_LT(task - array.offset, kArraySize);
        seen.push_back(task);
      }
    }
    EXPECT_EQ(seen, tasks);
  }
  EXPECT_EQ(slurm_arrays(some)[0].indices, "1,4,6-7,998-999");
  EXPECT_EQ(slurm_arrays(all).size(), 3u);
}

TEST(Slurm, OddNamesSurviveTheShell) {
  EXPECT_EQ(shell_quoted("/data/plan.jsonl"), "/data/plan.jsonl");
  EXPECT_EQ(shell_quoted(""), "''");
  for (const std::string word : {"it's", "a b", "$HOME", "`x`", "\"", "a\nb", "!"}) {
    std::FILE* pipe = ::popen(("printf %s " + shell_quoted(word)).c_str(), "r");
    ASSERT_NE(pipe, nullptr);
    char bytes[64] = {};
    const std::size_t got = std::fread(bytes, 1, sizeof bytes, pipe);
    ::pclose(pipe);
    EXPECT_EQ(std::string(bytes, got), word);
  }
}

using SlurmScripts = FarmTest;

TEST_F(SlurmScripts, AreShell) {
  SlurmOptions options;
  options.program = "/opt/odd road/oddroad";
  options.plan = "/data/it's/plan.jsonl";
  options.out = "/data/out";
  options.scratch = "$SLURM_TMPDIR";
  options.finish = {"--cpus", "4"};
  for (const std::string& text : {slurm_array_script(options), slurm_finish_script(options, 2)}) {
    EXPECT_TRUE(text.starts_with("#!/bin/bash\n#SBATCH"));
    EXPECT_FALSE(std::regex_search(text, std::regex("@[A-Z]+@"))) << text;
    EXPECT_EQ(std::system(("bash -n " + put("job.sh", text).string()).c_str()), 0) << text;
  }
  EXPECT_NE(slurm_array_script(options).find("--scratch \"$SLURM_TMPDIR\""), std::string::npos);
  const auto after = sbatch_finish(options, {"12", "13"}, "finish.sh");
  EXPECT_NE(std::find(after.begin(), after.end(), "--dependency=afterany:12:13"), after.end());
}

// The script reacts to the exit codes of `farm work` as the table in slurm.cpp says.
TEST_F(SlurmScripts, ExitCodesMeanWhatTheyShould) {
  const auto exit_of = [&](const std::string& codes) {
    // Each call of the program ends with the next of the codes.
    const auto program = put("program.sh", "#!/bin/bash\nread -r code rest <" +
                                               (folder_ / "codes").string() + "\necho \"$rest\" >" +
                                               (folder_ / "codes").string() + "\nexit $code\n");
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    put("codes", codes + "\n");
    SlurmOptions options;
    options.program = program.string();
    options.plan = "plan";
    options.out = folder_.string();
    const auto script = put("array.sh", slurm_array_script(options));
    const int status = std::system(
        ("SLURM_ARRAY_TASK_ID=3 SLURM_RESTART_COUNT=20 bash " + script.string()).c_str());
    return WEXITSTATUS(status);
  };
  EXPECT_EQ(exit_of("0"), 0);
  EXPECT_EQ(exit_of("65"), 0);         // set aside, and on record
  EXPECT_EQ(exit_of("66"), 66);        // not tried again
  EXPECT_EQ(exit_of("75"), 75);        // run again, but not for ever
  EXPECT_EQ(exit_of("139 134 0"), 0);  // a parent that dies is tried three times
  EXPECT_EQ(exit_of("139 139 139 0"), 139);
}

}  // namespace
}  // namespace oddroad::farm

// What processes note of their attempts, and what is read from it.
#include "engine/farm/ledger.h"

#include <sys/wait.h>

#include "engine/farm/status.h"
#include "tests/unit/farm/plans.h"

namespace oddroad::farm {
namespace {

using LedgerFiles = FarmTest;

TEST_F(LedgerFiles, TellsCrashesLossesAndTimes) {
  const Plan plan = make_plan(8);
  {
    auto log = AttemptLog::open(*out_, plan, 1, 0);
    ASSERT_TRUE(log) << core::to_string(log.error());
    ASSERT_TRUE(log->begin("a"));
    ASSERT_TRUE(log->end("a", {AttemptEnd::kCrashed, 2, 3, 11, 0, "it \"died\"\n", "\xff log"}));
    ASSERT_TRUE(log->begin("a"));
    ASSERT_TRUE(log->end("a", {AttemptEnd::kCommitted, 4, 18}));
    ASSERT_TRUE(log->begin("b"));
  }
  const Ledger ledger = *read_ledger(*out_, plan, 1);
  EXPECT_EQ(ledger.clips.at("a").crashes, 1);
  EXPECT_EQ(ledger.clips.at("a").frames, 18);
  EXPECT_EQ(ledger.clips.at("a").seconds, 4);
  EXPECT_EQ(ledger.worker_seconds, 6);
  EXPECT_TRUE(ledger.clips.at("b").open);  // we live
  EXPECT_EQ(ledger.clips.at("b").lost, 0);
  EXPECT_TRUE(read_ledger(*out_, plan, 0)->clips.empty());
  EXPECT_EQ(read_ledger(*out_, plan)->clips.size(), 2u);
}

TEST_F(LedgerFiles, BeginningsOfDeadProcessesAreLost) {
  const Plan plan = make_plan(8);
  const pid_t child = fork();
  if (child == 0) {
    auto log = AttemptLog::open(*out_, plan, 0, 0);
    _exit(log && log->begin("a") && log->begin("b") ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_EQ(status, 0);
  const Ledger ledger = *read_ledger(*out_, plan);
  EXPECT_EQ(ledger.clips.at("a").lost, 1);
  EXPECT_EQ(ledger.clips.at("b").lost, 1);
  EXPECT_FALSE(ledger.clips.at("b").open);
}

TEST_F(LedgerFiles, LinesCutShortArePassedOver) {
  const Plan plan = make_plan(8);
  const auto file = put("attempts/" + plan.id + "/tasks/000000/elsewhere-1-0.jsonl",
                        R"({"clip":"a","event":"begin","at_ms":1}
{"clip":"a","event":"crashed","at_ms":2,"seconds":1,"host":"elsewhere"}
{"clip":"a","event":"beg
{"clip":"a"}
[]
{"clip":"a","event":"crashed","at_ms":2,"seconds":"long","host":"elsewhere"}
)");
  const Ledger ledger = *read_ledger(*out_, plan);
  EXPECT_EQ(ledger.clips.at("a").crashes, 1);
  EXPECT_EQ(ledger.worker_seconds, 1);
}

TEST_F(LedgerFiles, StatusCountsEveryClipOnce) {
  const Plan plan = make_plan(8);
  const auto clips = plan.clips();
  put("clips/" + plan.name(clips[0].clip) + "/manifest.json", "{}");
  put("attempts/set_aside/" + plan.name(clips[1].clip) + ".json", R"({"reason":"no <luck>"})");
  {
    auto log = AttemptLog::open(*out_, plan, 0, 0);
    ASSERT_TRUE(log);
    ASSERT_TRUE(log->begin(plan.name(clips[0].clip)));
    ASSERT_TRUE(log->end(plan.name(clips[0].clip), {AttemptEnd::kCommitted, 1800, 500}));
    ASSERT_TRUE(log->begin(plan.name(clips[2].clip)));
  }
  const std::int64_t begun = read_ledger(*out_, plan)->first_ms;
  const Status status = *read_status(plan, *out_, begun + 100'000);
  EXPECT_EQ(status.clips, 8);
  EXPECT_EQ(status.done, 1);
  EXPECT_EQ(status.failed, 1);
  EXPECT_EQ(status.running, 1);
  EXPECT_EQ(status.missing, 5);
  EXPECT_NEAR(status.frames_per_s, 5, 0.1);   // 500 in 100 s
  EXPECT_NEAR(status.seconds_left, 600, 10);  // 6 clips, one in 100 s
  ASSERT_EQ(status.slowest.size(), 1u);
  EXPECT_DOUBLE_EQ(status.slowest[0].seconds_per_frame, 3.6);
  // Half an hour at 3 an hour for 500 frames: 1,000 cost 3.
  EXPECT_NE(status_text(status, 3).find("cost of 1,000 frames   3\n"), std::string::npos)
      << status_text(status, 3);
  EXPECT_NE(status_page(status, 0).find("no &lt;luck&gt;"), std::string::npos);
  const std::string metrics = status_metrics(status);
  EXPECT_NE(metrics.find("oddroad_farm_clips{plan=\"0123456789\",state=\"missing\"} 5\n"),
            std::string::npos)
      << metrics;
}

}  // namespace
}  // namespace oddroad::farm

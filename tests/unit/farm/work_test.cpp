// Supervision: a shell script stands where the renderer stands, so that it can crash, hang and
// fail on demand. It makes no clips; what is committed is tested with the real one
// (tests/integration/farm_test.sh).
#include "engine/farm/work.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "engine/farm/set_aside.h"
#include "tests/unit/farm/plans.h"

namespace oddroad::farm {
namespace {

class Supervision : public FarmTest {
 protected:
  // `act`: shell commands for the clip $n. `say EVENT` tells an event.
  WorkOptions renderer(const std::string& act) {
    const auto script = put("renderer.sh",
                            "say() { echo \"{\\\"event\\\":\\\"$1\\\"}\" >&3; }\n"
                            "say ready\nwhile read -r n; do\n" +
                                act + "\ndone\n");
    WorkOptions options;
    options.renderer = {"/bin/bash", script.string()};
    return options;
  }

  WorkSummary run(const WorkOptions& options, std::function<StopLevel()> stop = nullptr) {
    WorkProgress progress;
    progress.stop = stop ? stop : [] {
      return StopLevel::kNone;
    };
    progress.frame = [this](const std::string&) {
      ++frames_;
    };
    progress.clip = [this](const std::string& clip, const std::string& outcome) {
      told_ += clip + ": " + outcome + "\n";
    };
    progress.trouble = progress.clip;
    return work(plan_, plan_.clips(), *out_, options, progress);
  }

  nlohmann::json set_aside(std::size_t clip) {
    std::ifstream file(folder_ / set_aside_name(plan_.name(plan_.clips()[clip].clip)));
    return file ? nlohmann::json::parse(file) : nlohmann::json();
  }

  Plan plan_ = make_plan(6);
  std::atomic<int> frames_ = 0;
  std::string told_;
};

TEST_F(Supervision, AllClipsAreAskedForOnce) {
  auto options = renderer("echo $n >>" + (folder_ / "asked").string() +
                          "\nsay frames\nsay frame\nsay frame\nsay committed");
  options.workers = 3;
  const auto summary = run(options);
  EXPECT_EQ(summary.made, 6) << told_;
  EXPECT_EQ(frames_, 12);
  EXPECT_FALSE(summary.stopped);
  std::ifstream asked(folder_ / "asked");
  std::multiset<int> numbers;
  for (int n = 0; asked >> n;) numbers.insert(n);
  EXPECT_EQ(numbers, (std::multiset<int>{0, 1, 2, 3, 4, 5}));
}

TEST_F(Supervision, AClipThatKillsItsRendererThreeTimesIsSetAside) {
  const auto summary =
      run(renderer("say frame\n[ $n = 2 ] && { echo oh no >&2; kill -SEGV $$; }\nsay committed"));
  EXPECT_EQ(summary.made, 5) << told_;
  EXPECT_EQ(summary.set_aside, 1);
  const auto why = set_aside(2);
  EXPECT_EQ(why.value("signal", 0), 11) << why;
  EXPECT_EQ(why.value("crashes", 0), 3);
  EXPECT_EQ(why.value("captures", 0), 1);
  EXPECT_EQ(why.value("seed", 0), 9);
  EXPECT_NE(why.value("log", "").find("oh no"), std::string::npos);
  // Nobody tries it again.
  EXPECT_EQ(run(renderer("say committed")).set_aside, 1);
}

TEST_F(Supervision, CrashesOfEarlierProcessesCount) {
  auto options = renderer("[ $n = 2 ] && exit 9\nsay committed");
  options.crash_limit = 2;
  {
    auto log = AttemptLog::open(*out_, plan_, 0, 7);
    ASSERT_TRUE(log);
    ASSERT_TRUE(log->begin(plan_.name(plan_.clips()[2].clip)));
    ASSERT_TRUE(log->end(plan_.name(plan_.clips()[2].clip), {AttemptEnd::kCrashed, 1}));
  }
  EXPECT_EQ(run(options).set_aside, 1) << told_;
  EXPECT_EQ(set_aside(2).value("exit_code", 0), 9);
  EXPECT_EQ(read_ledger(*out_, plan_)->clips[plan_.name(plan_.clips()[2].clip)].crashes, 2);
}

TEST_F(Supervision, KillsByTheSystemCountLess) {
  const auto summary = run(renderer("[ $n = 2 ] && kill -KILL $$\nsay committed"));
  EXPECT_EQ(summary.set_aside, 1) << told_;
  EXPECT_EQ(set_aside(2).value("lost", 0), 10);
  EXPECT_EQ(set_aside(2).value("crashes", -1), 0);
}

TEST_F(Supervision, ARendererThatHangsIsKilled) {
  auto options = renderer("[ $n = 1 ] && sleep 60\nsay committed");
  options.tick_limit_s = 0.3;
  options.crash_limit = 1;
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(run(options).set_aside, 1) << told_;
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  EXPECT_EQ(set_aside(1).value("last_end", ""), "hung");
}

TEST_F(Supervision, AClipThatCannotBeMadeIsTriedOnce) {
  const auto summary = run(renderer(
      "[ $n = 3 ] && { echo $n >>" + (folder_ / "tries").string() +
      "; echo '{\"event\":\"failed\",\"text\":\"no site\"}' >&3; continue; }\nsay committed"));
  EXPECT_EQ(summary.made, 5) << told_;
  EXPECT_EQ(set_aside(3).value("reason", ""), "cannot be made: no site");
  EXPECT_EQ(std::filesystem::file_size(folder_ / "tries"), 2u);
}

TEST_F(Supervision, AFullDiskBlamesNoClip) {
  const auto summary = run(renderer(
      "[ $n = 1 ] && { echo '{\"event\":\"cannot_write\",\"text\":\"No space\"}' >&3; continue; }\n"
      "say committed"));
  EXPECT_TRUE(summary.stopped);
  EXPECT_EQ(summary.set_aside, 0);
  EXPECT_EQ(core::to_string(summary.cannot_write), "error: No space");
  EXPECT_TRUE(set_aside(1).is_null());
}

TEST_F(Supervision, OtherBytesAreADeterminismFault) {
  const auto summary = run(renderer(
      "[ $n = 4 ] && { echo '{\"event\":\"differs\",\"text\":\"quarantine/x\"}' >&3; continue; }\n"
      "say committed"));
  EXPECT_EQ(summary.made, 5);
  EXPECT_EQ(summary.differing, 1);
  EXPECT_NE(told_.find("kept aside in quarantine/x"), std::string::npos) << told_;
  EXPECT_EQ(read_ledger(*out_, plan_)->clips[plan_.name(plan_.clips()[4].clip)].differing, 1);
}

TEST_F(Supervision, AMachineThatCannotRenderSaysSo) {
  WorkOptions options;
  options.renderer = {"/bin/bash",
                      put("bad.sh",
                          "echo '{\"event\":\"unavailable\",\"text\":\"no GPU\"}' >&3\n"
                          "exit 69")
                          .string()};
  EXPECT_EQ(core::to_string(run(options).unavailable), "error: no GPU");
  options.renderer = {"/nowhere/at/all"};
  EXPECT_NE(core::to_string(run(options).unavailable).find("/nowhere/at/all"), std::string::npos);
}

TEST_F(Supervision, StopsAtTheEndOfAClip) {
  std::atomic<bool> begun = false;
  auto options = renderer("say frame\nsleep 0.5\nsay committed");
  const auto summary = run(options, [&] {
    begun = begun || frames_ > 0;
    return begun ? StopLevel::kAfterClip : StopLevel::kNone;
  });
  EXPECT_EQ(summary.made, 1) << told_;
  EXPECT_TRUE(summary.stopped);
}

TEST_F(Supervision, GraceIsLimited) {
  auto options = renderer("say frame\nsleep 60\nsay committed");
  options.grace_s = 0.3;
  const auto summary = run(options, [&] {
    return frames_ > 0 ? StopLevel::kAfterClip : StopLevel::kNone;
  });
  EXPECT_EQ(summary.made, 0);
  EXPECT_TRUE(summary.stopped);
  const auto history = read_ledger(*out_, plan_)->clips[plan_.name(plan_.clips()[0].clip)];
  EXPECT_EQ(history.crashes + history.lost, 0);  // it was us, not the clip
}

// A clip of a thousand captures that would take longer than the grace, told by a few.
TEST_F(Supervision, ALongClipIsPausedWithinTheGrace) {
  auto options = renderer(
      "echo '{\"event\":\"frames\",\"frames\":1000}' >&3; sleep 0.2; say frame\n"
      "read -r order; [ \"$order\" = \"pause $n\" ] || exit 1\n"
      "echo '{\"event\":\"paused\",\"text\":\"stopped at tick 3 of 9\"}' >&3");
  options.grace_s = 60;
  const auto begin = std::chrono::steady_clock::now();
  const auto summary = run(options, [&] {
    return frames_ > 0 ? StopLevel::kAfterClip : StopLevel::kNone;
  });
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  EXPECT_EQ(summary.made, 0);
  EXPECT_TRUE(summary.stopped);
  EXPECT_NE(told_.find("stopped at tick 3 of 9"), std::string::npos) << told_;
  const auto history = read_ledger(*out_, plan_)->clips[plan_.name(plan_.clips()[0].clip)];
  EXPECT_EQ(history.crashes + history.lost, 0);
  EXPECT_FALSE(history.open);
}

// Captures that come so quickly that there is never a quiet moment.
TEST_F(Supervision, AnEagerRendererIsStoppedAllTheSame) {
  auto options = renderer("while true; do say frame; sleep 0.02; done");
  options.grace_s = 0.5;
  const auto summary = run(options, [&] {
    return frames_ > 0 ? StopLevel::kAfterClip : StopLevel::kNone;
  });
  EXPECT_TRUE(summary.stopped);
  EXPECT_EQ(summary.made, 0);
}

TEST_F(Supervision, AClipThatEndsInTimeIsNotPaused) {
  auto options = renderer("echo \"$n\" >>" + (folder_ / "orders").string() +
                          "\necho '{\"event\":\"frames\",\"frames\":3}' >&3\n"
                          "for k in 1 2 3; do sleep 0.2; say frame; done\n"
                          "read -r -t 0.5 order && echo \"$order\" >>" +
                          (folder_ / "orders").string() + "\nsay committed");
  const auto summary = run(options, [&] {
    return frames_ > 0 ? StopLevel::kAfterClip : StopLevel::kNone;
  });
  EXPECT_EQ(summary.made, 1) << told_;
  std::ifstream orders(folder_ / "orders");
  std::stringstream text;
  text << orders.rdbuf();
  EXPECT_EQ(text.str(), "0\n");
}

TEST_F(Supervision, AClipThatGoesOnHasAllItsCaptures) {
  const auto summary = run(renderer(
      "echo '{\"event\":\"frames\",\"frames\":7}' >&3\n"
      "[ $n = 2 ] && echo '{\"event\":\"resumed\",\"frames\":5,\"text\":\"goes on\"}' >&3\n"
      "say frame\nsay frame\nsay committed"));
  EXPECT_EQ(summary.made, 6) << told_;
  EXPECT_NE(told_.find(plan_.name(plan_.clips()[2].clip) + ": goes on"), std::string::npos);
  auto ledger = *read_ledger(*out_, plan_);
  EXPECT_EQ(ledger.clips[plan_.name(plan_.clips()[2].clip)].frames, 7);
  EXPECT_EQ(ledger.clips[plan_.name(plan_.clips()[2].clip)].made, 2);
  EXPECT_EQ(ledger.clips[plan_.name(plan_.clips()[1].clip)].frames, 2);
}

TEST_F(Supervision, ClipsThatOthersWorkOnComeLast) {
  {
    auto log = AttemptLog::open(*out_, plan_, 0, 7);
    ASSERT_TRUE(log);
    ASSERT_TRUE(log->begin(plan_.name(plan_.clips()[0].clip)));
  }
  run(renderer("say committed"));
  EXPECT_EQ(told_.rfind(plan_.name(plan_.clips()[0].clip)), told_.rfind('\n', told_.size() - 2) + 1)
      << told_;
}

}  // namespace
}  // namespace oddroad::farm

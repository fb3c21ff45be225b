// What is kept of clips that stopped, once nobody goes on with them.
#include "engine/farm/set_aside.h"
#include "engine/farm/status.h"
#include "engine/farm/survey.h"
#include "tests/unit/farm/plans.h"

namespace oddroad::farm {
namespace {

class Partial : public FarmTest {
 protected:
  // A checkpoint of the k-th clip, with nothing in it.
  std::filesystem::path stop(std::size_t k) {
    const auto folder = "partial/" + plan_.name(plan_.clips()[k].clip);
    put(folder + "/000003/checkpoint.json", "{}");
    return folder_ / folder;
  }
  void set_aside(std::size_t k) {
    ASSERT_TRUE(write_set_aside(*out_, plan_, plan_.clips()[k].clip, {3, 0, {}}));
  }

  Plan plan_ = make_plan(3);
};

TEST_F(Partial, MergeSweepsThatOfItsClips) {
  const auto first = stop(0), second = stop(1);
  const auto others = put("partial/another/000000-0123456789/000001/checkpoint.json", "{}");
  for (std::size_t k = 0; k < 3; ++k) set_aside(k);
  const auto merged = merge(plan_, *out_);
  ASSERT_TRUE(merged) << core::to_string(merged.error());
  EXPECT_EQ(merged->set_aside, 3);
  EXPECT_FALSE(std::filesystem::exists(first));
  EXPECT_FALSE(std::filesystem::exists(second));
  EXPECT_TRUE(std::filesystem::exists(others));  // of another plan
}

TEST_F(Partial, MergeLeavesItWhileAClipIsMissing) {
  const auto first = stop(0), second = stop(1);
  set_aside(0);
  EXPECT_FALSE(merge(plan_, *out_));
  EXPECT_TRUE(std::filesystem::exists(first));
  EXPECT_TRUE(std::filesystem::exists(second));
}

TEST_F(Partial, StatusTellsWhereMissingClipsStopped) {
  stop(2);  // nothing that can be read: nothing to tell
  const auto status = read_status(plan_, *out_, 0);
  ASSERT_TRUE(status);
  EXPECT_EQ(status->missing, 3);
  EXPECT_TRUE(status->paused.empty());
  Status told = *status;
  told.paused = {{"away/000002", "stopped at tick 3 of 9"}};
  const std::string line = "away/000002: stopped at tick 3 of 9";
  EXPECT_NE(status_text(told, 0).find(line), std::string::npos);
  EXPECT_NE(status_page(told, 0).find("stopped at tick 3 of 9"), std::string::npos);
  EXPECT_NE(status_metrics(told).find("oddroad_farm_paused{plan=\"0123456789\"} 1\n"),
            std::string::npos);
}

}  // namespace
}  // namespace oddroad::farm

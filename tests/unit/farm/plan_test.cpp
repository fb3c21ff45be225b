// Plans as files, and who may work on them.
#include "tests/unit/farm/plans.h"

namespace oddroad::farm {
namespace {

using PlanFile = FarmTest;

TEST_F(PlanFile, ComesBackAsItWas) {
  const Plan plan = make_plan(10);
  const auto read = read_plan(put("plan.jsonl", encode_plan(plan)));
  ASSERT_TRUE(read) << core::to_string(read.error());
  EXPECT_EQ(read->header, plan.header);
  EXPECT_EQ(read->tasks, plan.tasks);
  EXPECT_EQ(read->id.size(), 10u);
  EXPECT_EQ(read->clips().size(), 10u);
  EXPECT_EQ(read->clips()[9].task, 2u);
}

TEST_F(PlanFile, ClipsAreNamedByTheirIdentity) {
  Plan plan = make_plan(4);
  const PlanClip clip = plan.tasks[0].clips[3];
  const std::string name = plan.name(clip);
  EXPECT_TRUE(name.starts_with("here/000003-")) << name;
  plan.header.scenarios[1].content_hash[0] = 'd';
  EXPECT_NE(plan.name(clip), name);
}

TEST_F(PlanFile, TellsTheLineThatIsWrong) {
  const std::string good = encode_plan(make_plan(10));
  const auto error_of = [&](const std::string& text) {
    const auto read = read_plan(put("bad.jsonl", text));
    return read ? std::string("no error") : core::to_string(read.error());
  };
  const auto line = [&](int number) {
    std::size_t at = 0;
    while (--number > 0) at = good.find('\n', at) + 1;
    return at;
  };
  const auto with = [&](const std::string& what, const std::string& by, int number) {
    std::string text = good;
    return text.replace(text.find(what, line(number)), what.size(), by);
  };
  EXPECT_NE(error_of("").find("empty"), std::string::npos);
  EXPECT_NE(error_of("{").find("bad.jsonl:1:"), std::string::npos);
  EXPECT_NE(error_of(with("\"oddroad_plan\":1", "\"oddroad_plan\":9", 1)).find("plan version 9"),
            std::string::npos);
  // Another content hash: the ids of the clips no longer follow from the header.
  const std::string other = error_of(with("bbbb", "bbbd", 1));
  EXPECT_NE(other.find("bad.jsonl:2:"), std::string::npos) << other;
  EXPECT_NE(other.find("not what the header makes of it"), std::string::npos) << other;
  EXPECT_NE(error_of(with("\"task\":1", "\"task\":2", 3)).find("bad.jsonl:3:"), std::string::npos);
  EXPECT_NE(error_of(with("[[0,", "[[5,", 2)).find("no scenario 5"), std::string::npos);
  Plan twice = make_plan(2);
  twice.tasks.push_back(twice.tasks[0]);
  EXPECT_NE(error_of(encode_plan(twice)).find("twice"), std::string::npos);
  // Every length that a cut-off copy may have: an error, or a plan of fewer tasks.
  for (std::size_t n = 0; n < good.size(); n += 7) error_of(good.substr(0, n));
}

TEST(PlanSoftware, MixedFarmsAreRefusedUnlessPinned) {
  PlanHeader header = make_plan(1).header;
  const Software same = header.software;
  EXPECT_TRUE(check_software(header, same));
  Software other_build = same, other_isa = same, other_version = same;
  other_build.hash = std::string(64, 'f');
  other_isa.isa = "avx512";
  other_version.version = "1.2.4";
  EXPECT_FALSE(check_software(header, other_build));
  EXPECT_FALSE(check_software(header, other_isa));
  EXPECT_FALSE(check_software(header, other_version));
  header.any_build = true;
  EXPECT_TRUE(check_software(header, other_build));
  EXPECT_FALSE(check_software(header, other_version));
  header.pinned_isa = "avx2";
  EXPECT_TRUE(check_software(header, other_isa));
}

}  // namespace
}  // namespace oddroad::farm

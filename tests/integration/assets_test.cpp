// oddroad assets, and what it shows.
#include "engine/dataset/file_io.h"
#include "engine/dataset/png.h"
#include "tests/integration/fixture.h"

namespace oddroad::tests {
namespace {

TEST(Assets, ListKnowsClasses) {
  const Ran all = run_cli({"assets", "list"});
  EXPECT_EQ(all.code, cli::kDone);
  EXPECT_NE(all.out.find("traffic_cone"), std::string::npos);
  const Ran some = run_cli({"assets", "list", "--class", "rider"});
  EXPECT_NE(some.out.find("bicycle.cyclist"), std::string::npos);
  EXPECT_EQ(some.out.find("traffic_cone"), std::string::npos);
  const Ran none = run_cli({"assets", "list", "--class", "bycicle"});
  EXPECT_EQ(none.code, cli::kBadInput);
  EXPECT_NE(none.err.find("did you mean 'bicycle'?"), std::string::npos);
}

TEST(Assets, SheetsOfModelsAndSeeds) {
  const Scratch scratch;
  const std::string sheet = scratch / "cone.png", again = scratch / "again.png";
  const Ran shown =
      run_cli({"assets", "show", "traffic_cone", "--set", "height=0.9 m", "-o", sheet});
  ASSERT_EQ(shown.code, cli::kDone) << shown.err;
  run_cli({"assets", "show", "traffic_cone", "--set", "height=0.9", "-o", again});
  const auto bytes = dataset::read_file(sheet);
  EXPECT_EQ(*bytes, *dataset::read_file(again));
  const auto picture = dataset::decode_png_rgb(*bytes, sheet);
  ASSERT_TRUE(picture);
  // Front three-quarter: the cone stands in the middle, orange; the floor about it is grey.
  const capture::Rgb8 cone = picture->at(3 + 280, 3 + 330), floor = picture->at(30, 380);
  EXPECT_GT(cone.x, cone.z + 40);
  EXPECT_LT(std::abs(floor.x - floor.z), 12);
  const Ran seeds = run_cli({"assets", "show", "bin", "--seeds", "0..1", "-o", sheet});
  EXPECT_EQ(seeds.code, cli::kDone) << seeds.err;
}

TEST(Assets, WrongRequestsAreToldApart) {
  const auto code = [](std::vector<std::string> more) {
    more.insert(more.begin(), {"assets", "show"});
    more.insert(more.end(), {"-o", "/nowhere/x.png"});
    return run_cli(more).code;
  };
  EXPECT_EQ(code({"car.spaceship"}), cli::kBadInput);
  EXPECT_EQ(code({"traffic_cone", "--set", "height=9"}), cli::kBadInput);
  EXPECT_EQ(code({"traffic_cone", "--set", "height"}), cli::kBadInput);
  EXPECT_EQ(code({"nowhere.glb"}), cli::kBadInput);
  EXPECT_EQ(code({"traffic_cone", "--seeds", "5..1"}), cli::kUsage);
  EXPECT_EQ(code({"traffic_cone", "--seeds", "0..900"}), cli::kUsage);
}

TEST(Stats, JudgesFiles) {
  const Scratch scratch;
  const std::string png = scratch / "flat.png";
  const capture::Image<capture::Rgb8> flat(128, 128, capture::Rgb8(90));
  ASSERT_TRUE(dataset::write_file(png, dataset::encode_png(flat)));
  const Ran plain = run_cli({"stats", png});
  EXPECT_EQ(plain.code, cli::kDone);
  EXPECT_NE(plain.out.find("flat.png"), std::string::npos);
  EXPECT_EQ(run_cli({"stats", "--strict", png, "--reference", png}).code, cli::kSetAside);
  const Ran missing = run_cli({"stats", scratch / "a.png", scratch / "b.png"});
  EXPECT_EQ(missing.code, cli::kBadInput);
  EXPECT_NE(missing.err.find("b.png"), std::string::npos) << "all problems at once";
}

}  // namespace
}  // namespace oddroad::tests

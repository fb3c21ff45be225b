#include "engine/scenario/rig_files.h"

#include "tests/unit/scenario/scenario_fixture.h"

namespace oddroad::scenario {
namespace {

class RigFilesTest : public ScenarioTest {
 protected:
  void write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }
  std::vector<std::string> names() {
    std::vector<std::string> out;
    for (const RigFile& file : rig_files((folder_ / "r.yaml").string())) {
      EXPECT_TRUE(std::filesystem::is_regular_file(file.path)) << file.path;
      out.push_back(file.name);
    }
    return out;
  }
};

TEST_F(RigFilesTest, DevicesOfTheUserAndTheirTables) {
  write("r.yaml",
        "sensors:\n"
        "  a: {type: lidar, model: velodyne_vlp16}\n"
        "  b: {type: lidar, model: devices/mine.yaml}\n"
        "  c: {type: lidar, model: ./devices/mine.yaml}\n"
        "  d: {type: lidar, model: bare.yaml}\n"
        "  e: {type: lidar, model: none.yaml}\n"
        "  f: {type: camera}\n");
  write("devices/mine.yaml", "table: tables/mine.csv\n");
  write("devices/tables/mine.csv", "elevation_deg\n1\n");
  write("bare.yaml", "cycle: 1 us\n");
  EXPECT_EQ(names(), (std::vector<std::string>{"devices/mine.yaml", "devices/tables/mine.csv",
                                               "bare.yaml"}));
  write("r.yaml", "rig");
  EXPECT_EQ(names(), std::vector<std::string>{});
}

TEST_F(RigFilesTest, TheirContentIsContentOfTheScenario) {
  write("r.yaml", "sensors:\n  a: {type: lidar, model: mine.yaml}\n");
  write("mine.yaml", "table: mine.csv\n");
  write("mine.csv", "elevation_deg\n1\n");
  const std::string before = good(kGood).content_hash;
  EXPECT_EQ(good(kGood).content_hash, before);
  write("mine.csv", "elevation_deg\n2\n");
  EXPECT_NE(good(kGood).content_hash, before);
}

}  // namespace
}  // namespace oddroad::scenario

// Files that users write: what is wrong is told with its place, all of it.
#include "sensors/lidar/model_file.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "sensors/lidar/beam_table.h"
#include "sensors/lidar/lidar_settings.h"

namespace oddroad {
namespace {

namespace fs = std::filesystem;

constexpr const char* kModel = R"(schema: 1
table: mine.csv
columns_per_s: 10 kHz
rate: {default: 10 Hz, only: [10 Hz, 20 Hz]}
range: {min: 1 m, max: 100 m, at_10_percent: 50 m, step: 2 mm}
noise: {floor: 10 mm, per_metre: 0.5 mm}
optics: {wavelength: 905 nm, divergence_h: 1 mrad, divergence_v: 2 mrad, exit: 10 mm, pulse: 5 ns}
intensity: {diffuse: 100, above: linear, saturation: 2.55}
returns: {most: 2, modes: [last, dual]}
)";
constexpr const char* kTable =
    "elevation_deg,azimuth_offset_deg,fire_time_us\n-1,0.5,10\n1,-0.5,4\n";

class ModelFile : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) /
              ("model_file_" +
               std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    write("mine.csv", kTable);
    write("mine.yaml", kModel);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
  }
  std::string with(const std::string& from, const std::string& to) {
    std::string text = kModel;
    EXPECT_NE(text.find(from), std::string::npos) << from;
    return text.replace(text.find(from), from.size(), to);
  }
  // Of mine.yaml with one text replaced.
  std::string problems(const std::string& from, const std::string& to) {
    write("mine.yaml", with(from, to));
    const auto model = lidar::read_lidar_model((folder_ / "mine.yaml").string());
    return model ? "" : core::to_string(model.error());
  }

  core::Result<lidar::LidarSettings> rig_entry(const std::string& text) {
    const auto node = core::parse_yaml(text, (folder_ / "rig.yaml").string());
    EXPECT_TRUE(node.has_value());
    return lidar::parse_lidar_settings(*node, {{ODDROAD_SOURCE_DIR}});
  }

  fs::path folder_;
};

TEST_F(ModelFile, BesideTheRigOrInALibrary) {
  const auto beside = rig_entry("{model: mine.yaml, rate: 20 Hz}");
  ASSERT_TRUE(beside.has_value()) << core::to_string(beside.error());
  EXPECT_EQ(beside->model.name, "mine");
  EXPECT_EQ(beside->model.rate_hz, 20);
  EXPECT_EQ(beside->model.scan().columns, 500u);
  ASSERT_EQ(beside->model.beams.size(), 2u);
  EXPECT_EQ(beside->model.beams[0].ring, 1);  // fires first
  EXPECT_EQ(beside->model.beams[0].fire_time_ns, 0);
  EXPECT_EQ(beside->model.beams[1].fire_time_ns, 6000);
  EXPECT_NEAR(beside->model.noise_per_m, 0.0005, 1e-12);

  fs::create_directories(folder_ / "assets" / "lidar");
  fs::rename(folder_ / "mine.yaml", folder_ / "assets" / "lidar" / "mine.yaml");
  fs::rename(folder_ / "mine.csv", folder_ / "assets" / "lidar" / "mine.csv");
  EXPECT_TRUE(lidar::load_lidar_model("mine", {{folder_, ODDROAD_SOURCE_DIR}}).has_value());
  const auto slip = lidar::load_lidar_model("mime", {{folder_, ODDROAD_SOURCE_DIR}});
  ASSERT_FALSE(slip.has_value());
  EXPECT_NE(core::to_string(slip.error()).find("did you mean 'mine'?"), std::string::npos);
  EXPECT_FALSE(rig_entry("{model: other.yaml}").has_value());
}

TEST_F(ModelFile, EveryMistakeAtOnceWithItsPlace) {
  write("mine.csv", "elevation_deg,azimuth_offset_deg,fire_time_us\n-1,0.5,ten\n1,-0.5\n");
  write("mine.yaml",
        with("columns_per_s: 10 kHz", "colums_per_s: 10 kHz") + "returs: 2\nrange_max: 10\n");
  const auto model = lidar::read_lidar_model((folder_ / "mine.yaml").string());
  ASSERT_FALSE(model.has_value());
  const std::string said = core::to_string(model.error());
  for (const char* part :
       {"mine.csv:2:8: error: 'ten' is no number", "mine.csv:3:1: error: 2 cells",
        "mine.yaml:3:1: error", "did you mean 'columns_per_s'?", "mine.yaml:10:1: error",
        "mine.yaml:11:1: error", "expected one of cycle, columns_per_s and columns"}) {
    EXPECT_NE(said.find(part), std::string::npos) << part << "\n" << said;
  }
}

TEST_F(ModelFile, WrongValuesAreRefused) {
  struct Case {
    const char *from, *to, *said;
  };
  for (const auto& [from, to, said] : std::vector<Case>{
           {"schema: 1", "schema: 2", "schema 1"},
           {"table: mine.csv", "table: none.csv", "cannot be read"},
           {"columns_per_s: 10 kHz", "columns_per_s: 0 Hz", "above 0"},
           {"columns_per_s: 10 kHz", "columns_per_s: 1 Hz", "no column fits"},
           {"columns_per_s: 10 kHz", "columns_per_s: 200 kHz", "next column begins"},
           {"columns_per_s: 10 kHz", "cycle: 2 us\nfire_times: []\nfield: 400 deg",
            "field <= turn"},
           {"columns_per_s: 10 kHz", "columns: [1.5]", "whole numbers"},
           {"default: 10 Hz", "default: 15 Hz", "default of 1 Hz or more among"},
           {"only: [10 Hz, 20 Hz]", "only: [0.5 Hz, 10 Hz]", "a second at most"},
           {"max: 100 m", "max: 0.5 m", "min < max"},
           {"step: 2 mm", "step: 0 mm", "step > 0"},
           {"floor: 10 mm", "floor: -1 mm", "0 m or more"},
           {"wavelength: 905 nm", "wavelength: 905 mm", "700 to 2000 nm"},
           {"pulse: 5 ns", "pulse: -5 ns", "pulse of 0 or more"},
           {"above: linear", "above: lineer", "did you mean 'linear'?"},
           {"modes: [last, dual]", "modes: [last, duel]", "did you mean 'dual'?"},
           {"most: 2", "most: 20", "1 to 8"},
           {"noise: {", "rotors: [{rpm: 100, horizontal: 100 deg, vertical: 0 deg}]\nnoise: {",
            "90 deg at most"},
           {"noise: {",
            "rotors: [{rpm: 9, horizontal: 1 deg, vertical: 0 deg}]\nturn: 9 deg\nnoise: {",
            "does not turn"}}) {
    EXPECT_NE(problems(from, to).find(said), std::string::npos) << to << "\n" << problems(from, to);
  }
  EXPECT_EQ(problems("schema: 1", "schema: 1"), "");
}

TEST_F(ModelFile, RigEntriesAreChecked) {
  struct Case {
    const char *entry, *said;
  };
  for (const auto& [entry, said] : std::vector<Case>{
           {"{model: velodyne_vls129}", "did you mean 'velodyne_vls128'?"},
           {"{model: hesai_ot128, rate: 15 Hz}", "turns at 10 or 20 Hz"},
           {"{model: velodyne_vlp16, rate: 4 Hz}", "5 to 20 Hz"},
           {"{model: velodyne_vlp16, rate: 30 Hz}", "5 to 20 Hz"},
           {"{model: velodyne_vlp16, columns: 1024}", "no choice of columns"},
           {"{model: ouster_os1_128, columns: 1000}", "has 1024, 512, 2048 columns"},
           {"{model: ouster_os1_128, columns: 2048, rate: 20 Hz}", "more than 'ouster_os1_128'"},
           {"{model: ouster_os1_128, unit: -1}", "a unit is 0"},
           {"{model: ouster_os1_128, colums: 512}", "did you mean 'columns'?"}}) {
    const auto settings = rig_entry(entry);
    ASSERT_FALSE(settings.has_value()) << entry;
    EXPECT_NE(core::to_string(settings.error()).find(said), std::string::npos)
        << core::to_string(settings.error());
  }
  EXPECT_TRUE(rig_entry("{model: velodyne_vlp16, rate: 5 Hz}").has_value());
  EXPECT_TRUE(rig_entry("{model: ouster_os1_128, columns: 2048}").has_value());
  EXPECT_TRUE(rig_entry("{model: ouster_os1_128, columns: 512, rate: 20 Hz}").has_value());
}

TEST(BeamTable, StatesAndSigns) {
  const std::string text = "elevation_deg,azimuth_offset_deg,a,b\n-1,2,-3,\n1,-2,5,1\n";
  const auto beams = lidar::parse_beam_table(text, "t.csv", {{"a", "b"}, true});
  ASSERT_TRUE(beams.has_value()) << core::to_string(beams.error());
  ASSERT_EQ(beams->size(), 3u);
  EXPECT_EQ((*beams)[0].ring, 0);
  EXPECT_LT((*beams)[0].azimuth_offset_rad, 0);
  EXPECT_EQ((*beams)[0].fire_time_ns, 0);
  EXPECT_EQ((*beams)[1].fire_time_ns, 8000);
  EXPECT_EQ((*beams)[2].fire_time_ns, 4000);
  EXPECT_EQ((*beams)[2].state, 1);
  EXPECT_EQ((*beams)[2].ring, (*beams)[1].ring);
  const auto slip =
      lidar::parse_beam_table("elevation_deg,azimut_offset_deg\n1,2\n", "t.csv", {{}});
  ASSERT_FALSE(slip.has_value());
  EXPECT_NE(core::to_string(slip.error()).find("no column 'azimuth_offset_deg'"),
            std::string::npos);
  const auto idle = lidar::parse_beam_table("elevation_deg,azimuth_offset_deg,a,b\n-1,2,,\n",
                                            "t.csv", {{"a", "b"}, true});
  ASSERT_FALSE(idle.has_value());
  EXPECT_NE(core::to_string(idle.error()).find("never fires"), std::string::npos);
}

}  // namespace
}  // namespace oddroad

// Read back by the rules of the format's description, nothing shared with the writer.
#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "engine/exchange/semantickitti_numbers.h"
#include "tests/unit/exchange/exported.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;

using Row = std::array<double, 12>;

struct Scan {
  std::vector<std::array<float, 4>> points;
  std::vector<std::uint32_t> labels;
};

template <typename T>
std::vector<T> read_array(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::vector<T> out;
  for (T one; in.read(reinterpret_cast<char*>(&one), sizeof one);) out.push_back(one);
  EXPECT_EQ(in.gcount(), 0) << file << " ends inside a record";
  return out;
}

// "KEY: 12 numbers" a line as generate_sequential.py reads it: exactly one ':' and no blank line.
std::map<std::string, Row> read_calibration(const fs::path& file) {
  std::map<std::string, Row> out;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    EXPECT_EQ(std::count(line.begin(), line.end(), ':'), 1) << "'" << line << "'";
    std::istringstream numbers(line.substr(line.find(':') + 1));
    Row& row = out[line.substr(0, line.find(':'))];
    for (double& x : row) numbers >> x;
    std::string rest;
    EXPECT_TRUE(numbers && !(numbers >> rest)) << line;
  }
  return out;
}

std::vector<Row> read_poses(const fs::path& file) {
  std::vector<Row> out;
  std::ifstream in(file);
  for (Row row; in >> row[0];) {
    for (std::size_t i = 1; i < 12; ++i) in >> row[i];
    out.push_back(row);
  }
  return out;
}

glm::dmat4 matrix(const Row& r) {
  return glm::transpose(glm::dmat4(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9],
                                   r[10], r[11], 0, 0, 0, 1));
}

struct SemanticKitti : test::Exported {
  std::vector<Scan> scans;
  glm::dmat4 Tr{1};
  std::vector<glm::dmat4> T_world_lidar;  // world: the first scan's frame

  explicit SemanticKitti(const ExportOptions& options = {}, int ticks = 5)
      : Exported(test::format_named("semantickitti"), options, ticks) {
    const fs::path sequence = out / "sequences/00";
    Tr = matrix(read_calibration(sequence / "calib.txt").at("Tr"));
    for (const Row& row : read_poses(sequence / "poses.txt")) {
      char name[16];
      std::snprintf(name, sizeof name, "%06zu", scans.size());
      scans.push_back(
          {read_array<std::array<float, 4>>(sequence / "velodyne" / (std::string(name) + ".bin")),
           read_array<std::uint32_t>(sequence / "labels" / (std::string(name) + ".label"))});
      T_world_lidar.push_back(glm::inverse(Tr) * matrix(row) * Tr);
    }
  }
};

glm::dvec3 moved(const glm::dmat4& T, const std::array<float, 4>& p) {
  return glm::dvec3(T * glm::dvec4(p[0], p[1], p[2], 1));
}

TEST(SemanticKitti, OneLabelAPointInTwoHalfWords) {
  const SemanticKitti e;
  ASSERT_EQ(e.scans.size(), 5u);
  std::set<std::uint32_t> all;
  for (const Scan& scan : e.scans) {
    ASSERT_EQ(scan.points.size(), scan.labels.size());
    ASSERT_GT(scan.points.size(), 1000u);
    all.insert(scan.labels.begin(), scan.labels.end());
  }
  // Standing car 2, walking child 3, rider 5 on bicycle 4 as one bicyclist, road; nothing of the
  // ego.
  EXPECT_EQ(all, (std::set<std::uint32_t>{2u << 16 | 10, 3u << 16 | 254, 4u << 16 | 253, 40}));
}

// Points of standing things, accumulated by the exported poses, lie on their boxes: wrong poses,
// calibration, order of labels or instants would smear them.
TEST(SemanticKitti, StandingThingsStayInOnePlaceOverTheSweeps) {
  const SemanticKitti e;
  const auto rig = test::sample_calibration();
  const glm::dmat4 T_clip_world = [&] {  // the first scan's LiDAR in the clip's frame
    const math::Pose pose =
        test::thing_at(test::sample_things()[0], 0.18) * rig.lidars[0].T_ego_lidar;
    const math::Affine3d a = to_affine(pose);
    glm::dmat4 out(a.linear);
    out[3] = glm::dvec4(a.translation, 1);
    return out;
  }();
  const auto car = test::box_at(test::sample_things()[1], 0);
  double worst_car = 0, worst_road = 0;
  int on_car = 0;
  for (std::size_t k = 0; k < e.scans.size(); ++k) {
    for (std::size_t i = 0; i < e.scans[k].points.size(); ++i) {
      const auto p = moved(T_clip_world * e.T_world_lidar[k], e.scans[k].points[i]);
      const std::uint32_t label = e.scans[k].labels[i] & 0xffff;
      if (label == 40) worst_road = std::max(worst_road, std::abs(p.z));
      if (label != 10) continue;
      const auto q = glm::abs(car.pose.inverse() * math::Vec3d(p)) - 0.5 * car.size_m;
      worst_car = std::max(worst_car, std::abs(std::max({q.x, q.y, q.z})));
      ++on_car;
    }
  }
  EXPECT_GT(on_car, 100);
  EXPECT_LT(worst_car, 0.01);
  EXPECT_LT(worst_road, 0.01);
}

TEST(SemanticKitti, PosesAreTheCamerasAndBeginAtTheOrigin) {
  const SemanticKitti e;
  const auto poses = read_poses(e.out / "sequences/00/poses.txt");
  for (std::size_t i = 0; i < 12; ++i) EXPECT_NEAR(poses[0][i], i % 5 == 0 ? 1 : 0, 1e-8);
  // The ego drives 4 m in 0.4 s: along z of a camera that looks ahead.
  EXPECT_NEAR(poses[4][11], 4, 0.1);
  EXPECT_NEAR(poses[4][3], 0, 0.4);
  const auto calibration = read_calibration(e.out / "sequences/00/calib.txt");
  EXPECT_EQ(calibration.size(), 5u);
  const glm::dvec3 ahead = moved(e.Tr, {10, 0, 0, 0});
  EXPECT_GT(ahead.z, 9);  // of the camera's axis
}

TEST(SemanticKitti, TimesCountFromTheFirstScan) {
  const SemanticKitti e;
  std::ifstream in(e.out / "sequences/00/times.txt");
  std::string line;
  ASSERT_TRUE(std::getline(in, line));
  EXPECT_EQ(line, "0.000000e+00");
  ASSERT_TRUE(std::getline(in, line));
  EXPECT_EQ(line, "1.000000e-01");
}

// config/semantic-kitti.yaml of its API: who splits by number gets the split that was asked for.
TEST(SemanticKitti, NumbersTellTheSplit) {
  const std::map<std::string, std::set<int>> usual = {
      {"train", {0, 1, 2, 3, 4, 5, 6, 7, 9, 10}},
      {"val", {8}},
      {"test", {11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21}}};
  SemanticKittiNumbers numbers;
  std::map<std::string, std::set<int>> got;
  std::set<int> all;
  for (int k = 0; k < 12; ++k) {
    for (const char* split : {"test", "val", "train", "night"}) {
      const int number = numbers.next(split);
      EXPECT_TRUE(all.insert(number).second) << number << " twice";
      if (number < SemanticKittiNumbers::kFirstFree) got[split].insert(number);
    }
  }
  EXPECT_EQ(got, usual);
  EXPECT_EQ(*all.rbegin(), 48 - 1) << "no gap";
  SemanticKittiNumbers valid;
  EXPECT_EQ(valid.next("valid"), 8);
  EXPECT_EQ(valid.next("val"), 22) << "one split by either name";
}

TEST(SemanticKitti, SequencesBeyondTheNumbersAreTold) {
  const test::TemporaryFolder folder;
  for (const std::uint32_t index : {3u, 4u}) {
    test::write_sample_clip(folder.path() / "set", 1, index);
  }
  for (const auto& [split, second] : {std::pair("val", "22"), std::pair("test", "12")}) {
    const fs::path out = folder.path() / split;
    const auto done = export_dataset(folder.path() / "set", test::format_named("semantickitti"),
                                     out, {{{split, 1}}});
    ASSERT_TRUE(done) << core::to_string(done.error().why);
    EXPECT_TRUE(fs::exists(out / "sequences" / second / "labels/000000.label"));
    const auto csv = *dataset::read_file(out / "sequences.csv");
    EXPECT_NE(csv.find(std::string("\n") + second + "," + split + ","), std::string::npos) << csv;
    EXPECT_EQ(done->losses.size(), second == std::string("22") ? 1u : 0u) << split;
  }
}

TEST(SemanticKitti, ClassMapsAct) {
  const test::TemporaryFolder folder;
  ExportOptions options;
  options.classes = (folder.path() / "map.yaml").string();
  std::ofstream(options.classes) << "car: other-vehicle\npedestrian: none\n";
  const SemanticKitti e(options, 1);
  std::set<std::uint32_t> all(e.scans[0].labels.begin(), e.scans[0].labels.end());
  EXPECT_TRUE(all.contains(2u << 16 | 20));
  EXPECT_TRUE(all.contains(0));
}

}  // namespace
}  // namespace oddroad::exchange

// Read back by the columns of the tracking benchmark's description.
#include "engine/exchange/kitti_tracking.h"

#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "tests/unit/exchange/exported.h"
#include "tests/unit/exchange/kitti_reader.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;

struct Track {
  int frame = 0, id = 0, truncated = 0;
  test::KittiRow row;
  std::vector<std::string> words;
};

std::vector<Track> read_tracks(const fs::path& file) {
  std::vector<Track> out;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    Track t;
    std::istringstream words(line);
    for (std::string word; words >> word;) t.words.push_back(word);
    EXPECT_EQ(t.words.size(), 17u) << line;
    auto& r = t.row;
    EXPECT_EQ(std::sscanf(line.c_str(),
                          "%d %d %31s %d %d %lf %lf %lf %lf %lf %lf %lf %lf %lf %lf %lf %lf",
                          &t.frame, &t.id, r.type, &t.truncated, &r.occluded, &r.alpha, &r.left,
                          &r.top, &r.right, &r.bottom, &r.h, &r.w, &r.l, &r.x, &r.y, &r.z, &r.ry),
              17)
        << line;
    out.push_back(t);
  }
  return out;
}

TEST(KittiTracking, OneIdAThingOverTheSequence) {
  const test::Exported e(kitti_tracking_format(), {{{"train", 1}}}, 3);
  std::map<std::string, std::set<int>> ids;
  std::map<int, std::vector<int>> frames;
  for (const Track& t : read_tracks(e.out / "training/label_02/0000.txt")) {
    ids[t.row.type].insert(t.id);
    frames[t.id].push_back(t.frame);
    EXPECT_TRUE(t.words[3] == "0" || t.words[3] == "1" || t.words[3] == "2") << t.words[3];
    EXPECT_EQ(t.words[4].find('.'), std::string::npos);
  }
  EXPECT_EQ(ids, (std::map<std::string, std::set<int>>{
                     {"Car", {2}}, {"Pedestrian", {3}}, {"Cyclist", {4}}}));
  for (const auto& [id, list] : frames) EXPECT_EQ(list, (std::vector<int>{0, 1, 2})) << id;
  EXPECT_EQ(*dataset::read_file(e.out / "training/evaluate_tracking.seqmap.training"),
            "0000 empty 000000 000003\n");
}

// The boxes are those of the object format: a walking child moves by its speed.
TEST(KittiTracking, ThingsMoveAsTheyDo) {
  const test::Exported e(kitti_tracking_format(), {{{"train", 1}}}, 3);
  for (const Track& t : read_tracks(e.out / "training/label_02/0000.txt")) {
    const auto objects = test::sample_objects(0.2 + 0.1 * t.frame);
    const auto& object = objects[static_cast<std::size_t>(t.id - 2)];
    const auto camera = test::sample_calibration().cameras[0].T_ego_camera;
    const math::Vec3d centre = camera.inverse() * object.box_ego.pose.translation;
    EXPECT_NEAR(t.row.x, centre.x, 0.02) << t.row.type;
    EXPECT_NEAR(t.row.z, centre.z, 0.02) << t.row.type;
  }
}

TEST(KittiTracking, DontCareRowsAreTheTrackingBenchmarks) {
  KittiOptions strict;
  strict.min_visible_px = 1'000'000;
  const test::Exported e(kitti_tracking_format(strict), {{{"train", 1}}}, 1);
  const auto rows = read_tracks(e.out / "training/label_02/0000.txt");
  ASSERT_EQ(rows.size(), 3u);
  for (const Track& t : rows) {
    EXPECT_EQ(t.id, -1);
    EXPECT_EQ(t.truncated, -1);
    EXPECT_EQ(t.row.occluded, -1);
    EXPECT_EQ(std::vector<double>({t.row.h, t.row.w, t.row.l, t.row.x, t.row.y, t.row.z, t.row.ry}),
              std::vector<double>({-1000, -1000, -1000, -10, -1, -1, -1}));
  }
}

// pykitti's way back: Mercator with the scale of the first frame's latitude.
TEST(KittiTracking, OxtsGivesTheEgosWayBack) {
  const test::Exported e(kitti_tracking_format(), {{{"train", 1}}}, 4);
  std::ifstream in(e.out / "training/oxts/0000.txt");
  std::vector<std::array<double, 30>> rows;
  for (std::string line; std::getline(in, line);) {
    std::istringstream numbers(line);
    for (double& x : rows.emplace_back()) ASSERT_TRUE(numbers >> x);
    std::string rest;
    EXPECT_FALSE(numbers >> rest);
  }
  ASSERT_EQ(rows.size(), 4u);
  const double scale = std::cos(rows[0][0] * M_PI / 180);
  const auto x = [&](const auto& r) {
    return scale * r[1] * M_PI * 6378137 / 180;
  };
  const auto y = [&](const auto& r) {
    return scale * 6378137 * std::log(std::tan((90 + r[0]) * M_PI / 360));
  };
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const auto ego = test::thing_at(test::sample_things()[0], 0.2 + 0.1 * static_cast<double>(k));
    const auto first = test::thing_at(test::sample_things()[0], 0.2);
    EXPECT_NEAR(x(rows[k]) - x(rows[0]), ego.translation.x - first.translation.x, 1e-3);
    EXPECT_NEAR(y(rows[k]) - y(rows[0]), ego.translation.y - first.translation.y, 1e-3);
    const double yaw = math::yaw_of(ego.rotation);
    EXPECT_NEAR(rows[k][5], yaw, 1e-5);
    EXPECT_NEAR(rows[k][8], 10 * std::cos(yaw), 1e-5);   // forward
    EXPECT_NEAR(rows[k][9], -10 * std::sin(yaw), 1e-5);  // left
    EXPECT_NEAR(rows[k][13], 9.81, 1e-9);
    EXPECT_NEAR(rows[k][19], 0.2, 1e-4);  // turns at 0.2 rad/s
  }
}

}  // namespace
}  // namespace oddroad::exchange

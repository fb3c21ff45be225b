// Read back by the columns of the tracking benchmark's description.
#include "engine/exchange/kitti_tracking.h"

#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "engine/exchange/oxts.h"
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

using Oxts = std::array<double, 30>;

std::vector<Oxts> read_oxts(const fs::path& file) {
  std::ifstream in(file);
  std::vector<Oxts> rows;
  for (std::string line; std::getline(in, line);) {
    std::istringstream numbers(line);
    for (double& x : rows.emplace_back()) EXPECT_TRUE(numbers >> x);
    std::string rest;
    EXPECT_FALSE(numbers >> rest);
  }
  return rows;
}

// pykitti's way back: Mercator with the scale of the first frame's latitude.
math::Vec3d mercator(const Oxts& row, const Oxts& first) {
  const double scale = std::cos(first[0] * M_PI / 180);
  return {scale * row[1] * M_PI * 6378137 / 180,
          scale * 6378137 * std::log(std::tan((90 + row[0]) * M_PI / 360)), row[2]};
}

// Points of five frames by oxts and Tr_imu_to_velo, as pykitti joins them: those on the standing
// car lie on its box.
TEST(KittiTracking, SweepsAccumulateOnStandingThings) {
  const test::Exported e(kitti_tracking_format(), {{{"train", 1}}}, 5);
  const auto rows = read_oxts(e.out / "training/oxts/0000.txt");
  ASSERT_EQ(rows.size(), 5u);
  test::KittiMatrix Tr;
  std::ifstream calib(e.out / "training/calib/0000.txt");
  for (std::string line; std::getline(calib, line);) {
    std::istringstream words(line);
    std::string key;
    words >> key;
    if (key != "Tr_imu_to_velo:") continue;
    for (double x = 0; words >> x;) Tr.values.push_back(x);
  }
  ASSERT_EQ(Tr.values.size(), 12u);
  const glm::dmat4 T_velo_imu = glm::transpose(
      glm::dmat4(Tr.values[0], Tr.values[1], Tr.values[2], Tr.values[3], Tr.values[4], Tr.values[5],
                 Tr.values[6], Tr.values[7], Tr.values[8], Tr.values[9], Tr.values[10],
                 Tr.values[11], 0, 0, 0, 1));
  const auto start = test::thing_at(test::sample_things()[0], 0.2);
  const auto car = test::box_at(test::sample_things()[1], 0);
  int near = 0;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const math::Pose T_world_imu(
        math::from_yaw_pitch_roll(rows[k][5], rows[k][4], rows[k][3]),
        start.translation + mercator(rows[k], rows[0]) - mercator(rows[0], rows[0]));
    char name[40];
    std::snprintf(name, sizeof name, "training/velodyne/0000/%06zu.bin", k);
    const std::string bytes = *dataset::read_file(e.out / name);
    for (std::size_t i = 0; i < bytes.size(); i += 16) {
      float p[4];
      std::memcpy(p, bytes.data() + i, 16);
      const math::Vec3d imu(glm::inverse(T_velo_imu) * glm::dvec4(p[0], p[1], p[2], 1));
      const math::Vec3d world = T_world_imu * imu;
      const auto q = glm::abs(car.pose.inverse() * world) - 0.5 * car.size_m;
      const double outside = std::max({q.x, q.y, q.z});
      if (outside > 0.3 || world.z < 0.05) continue;
      EXPECT_NEAR(outside, 0, 0.01);
      ++near;
    }
  }
  EXPECT_GT(near, 100);
}

// The sample's ego stays on the x axis; this one drives north-east, at the latitude of a scene.
TEST(KittiTracking, OxtsGoesNorthAndEast) {
  world::Timeline timeline = test::sample_timeline();
  timeline.environment.latitude_rad = 0.85;
  timeline.environment.longitude_rad = 0.15;
  auto& states = timeline.actors[timeline.ego].states;
  for (std::size_t k = 0; k < states.size(); ++k) {
    states[k].T_world_actor.translation.y += 0.03 * static_cast<double>(k);
  }
  const auto row = [&](std::int64_t stamp_ns) {
    std::istringstream numbers(oxts_line(timeline, stamp_ns));
    Oxts out{};
    for (double& x : out) EXPECT_TRUE(numbers >> x);
    return out;
  };
  const Oxts first = row(200'000'000), last = row(600'000'000);
  EXPECT_NEAR(first[0], 0.85 * 180 / M_PI, 1e-4);
  EXPECT_GT(last[0], first[0]) << "north";
  EXPECT_GT(last[1], first[1]) << "east";
  const auto way = mercator(last, first) - mercator(first, first);
  EXPECT_NEAR(way.x, 4, 1e-3);
  EXPECT_NEAR(way.y, 1.2, 1e-3);
}

TEST(KittiTracking, OxtsGivesTheEgosWayBack) {
  const test::Exported e(kitti_tracking_format(), {{{"train", 1}}}, 4);
  const auto rows = read_oxts(e.out / "training/oxts/0000.txt");
  ASSERT_EQ(rows.size(), 4u);
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const auto ego = test::thing_at(test::sample_things()[0], 0.2 + 0.1 * static_cast<double>(k));
    const auto first = test::thing_at(test::sample_things()[0], 0.2);
    const auto way = mercator(rows[k], rows[0]) - mercator(rows[0], rows[0]);
    EXPECT_NEAR(way.x, ego.translation.x - first.translation.x, 1e-3);
    EXPECT_NEAR(way.y, ego.translation.y - first.translation.y, 1e-3);
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

#include "engine/exchange/kitti.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "engine/exchange/kitti_velodyne.h"
#include "tests/unit/exchange/exported.h"
#include "tests/unit/exchange/kitti_reader.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;
using test::KittiFrame;
using test::TemporaryFolder;

struct Kitti : test::Exported {
  KittiFrame frame;  // the second

  explicit Kitti(const KittiOptions& kitti = {}, const ExportOptions& options = {{{"train", 1}}})
      : Exported(kitti_format(kitti), options) {
    EXPECT_TRUE(test::read_kitti_frame(out / "training", "000001", frame));
  }
};

math::OrientedBox in_camera(const math::OrientedBox& box_ego) {
  const auto camera = test::sample_calibration().cameras[0];
  return {camera.T_ego_camera.inverse() * box_ego.pose, box_ego.size_m};
}

double nearest_distance(const test::Point3& p, const std::array<math::Vec3d, 8>& corners) {
  double best = 1e9;
  for (const auto& c : corners) {
    best = std::min(best, glm::length(c - math::Vec3d(p[0], p[1], p[2])));
  }
  return best;
}

TEST(Kitti, TreeAndSummary) {
  const Kitti e;
  EXPECT_EQ(e.summary.clips, 1);
  EXPECT_EQ(e.summary.frames, 2);
  EXPECT_EQ(e.summary.counts.at("objects"), 6);
  EXPECT_TRUE(e.summary.losses.empty());
  for (const char* file :
       {"training/image_2/000001.png", "training/image_3/000001.png", "training/planes/000001.txt",
        "ImageSets/val.txt", "ImageSets/test.txt", "frames.csv", "LOST.md"}) {
    EXPECT_TRUE(fs::exists(e.out / file)) << file;
  }
  EXPECT_EQ(*dataset::read_file(e.out / "ImageSets/train.txt"), "000000\n000001\n");
  EXPECT_EQ(*dataset::read_file(e.out / "ImageSets/trainval.txt"), "000000\n000001\n");
  EXPECT_EQ(test::tree_bytes(e.out).size(), 2 * 6 + 4 + 2u);
}

TEST(Kitti, ATestSplitHasNoLabels) {
  const test::Exported e(kitti_format(), {{{"test", 1}}});
  EXPECT_EQ(*dataset::read_file(e.out / "ImageSets/test.txt"), "000000\n000001\n");
  EXPECT_EQ(*dataset::read_file(e.out / "ImageSets/trainval.txt"), "");
  EXPECT_TRUE(fs::exists(e.out / "testing/velodyne/000001.bin"));
  EXPECT_TRUE(fs::exists(e.out / "testing/calib/000001.txt"));
  EXPECT_FALSE(fs::exists(e.out / "training"));
}

// The plane of the file holds the lowest corners of every box: they stand on the ground.
TEST(Kitti, ThePlaneIsTheGroundUnderTheBoxes) {
  const Kitti e;
  std::ifstream file(e.out / "training/planes/000001.txt");
  std::string line;
  for (int i = 0; i < 3; ++i) std::getline(file, line);
  double a = 0, b = 0, c = 0, d = 0;
  file >> a >> b >> c >> d;
  EXPECT_NEAR(a * a + b * b + c * c, 1, 1e-6);
  EXPECT_LT(b, 0);  // the normal looks up
  for (const auto& row : e.frame.rows) {
    EXPECT_NEAR(a * row.x + b * row.y + c * row.z + d, 0, 1e-4) << row.type;
  }
}

TEST(Kitti, CornersFromTheLabelFileAreTheBoxes) {
  const Kitti e;
  const auto objects = test::sample_objects(0.3);
  for (const auto& [type, index] : {std::pair("Car", 0), std::pair("Pedestrian", 1)}) {
    const auto row =
        std::find_if(e.frame.rows.begin(), e.frame.rows.end(), [t = type](const auto& r) {
          return r.is(t);
        });
    ASSERT_NE(row, e.frame.rows.end()) << type;
    const auto want = in_camera(objects[static_cast<std::size_t>(index)].box_ego).corners();
    for (const auto& corner : test::kitti_corners(*row)) {
      EXPECT_LT(nearest_distance(corner, want), 5e-6) << type;
    }
    EXPECT_NEAR(row->alpha, math::wrap_angle(row->ry - std::atan2(row->x, row->z)), 2e-6);
  }
}

// A box that points along +x of the box frame must not come out turned around: length is along the
// heading, and rotation_y = -yaw - pi/2 for a camera that looks along the ego's x.
TEST(Kitti, RotationFollowsTheHeading) {
  const Kitti e;
  const auto& row = e.frame.rows[0];
  ASSERT_TRUE(row.is("Car"));
  const double yaw = math::yaw_of(test::sample_objects(0.3)[0].box_ego.pose.rotation);
  EXPECT_NEAR(std::remainder(row.ry - (-yaw - M_PI / 2), 2 * M_PI), 0, 2e-6);
  EXPECT_NEAR(row.l, 4.4, 1e-9);
  EXPECT_NEAR(row.w, 1.9, 1e-9);
  EXPECT_NEAR(row.h, 1.6, 1e-9);
}

TEST(Kitti, RiderAndBicycleAreOneCyclist) {
  const Kitti e;
  std::map<std::string, int> count;
  for (const auto& row : e.frame.rows) ++count[row.type];
  EXPECT_EQ(count, (std::map<std::string, int>{{"Car", 1}, {"Pedestrian", 1}, {"Cyclist", 1}}));
  const auto row = std::find_if(e.frame.rows.begin(), e.frame.rows.end(), [](const auto& r) {
    return r.is("Cyclist");
  });
  EXPECT_NEAR(row->h, 1.8, 1e-6);  // wheels on the ground to the rider's head
  EXPECT_NEAR(row->l, 1.8, 1e-6);
  const auto objects = test::sample_objects(0.3);
  const auto ground = in_camera(objects[2].box_ego);
  EXPECT_NEAR(row->y, ground.pose.translation.y + 0.55, 1e-5);
}

TEST(Kitti, TwoDimensionalBoxesHoldTheProjectedCorners) {
  const Kitti e;
  for (const auto& row : e.frame.rows) {
    double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
    for (const auto& corner : test::kitti_corners(row)) {
      const auto [u, v] = e.frame.project(2, corner);
      left = std::min(left, u);
      right = std::max(right, u);
      top = std::min(top, v);
      bottom = std::max(bottom, v);
    }
    // The merged box of the cyclist is a little larger than the two outlines.
    const double slack = row.is("Cyclist") ? 6 : 0.01;
    EXPECT_NEAR(row.left, std::clamp(left, 0.0, 319.0), slack) << row.type;
    EXPECT_NEAR(row.right, std::clamp(right, 0.0, 319.0), slack) << row.type;
    EXPECT_NEAR(row.top, std::clamp(top, 0.0, 119.0), slack) << row.type;
    EXPECT_NEAR(row.bottom, std::clamp(bottom, 0.0, 119.0), slack) << row.type;
  }
}

TEST(Kitti, TheRightCameraHasItsBaseline) {
  const Kitti e;
  // A point projects to the same row and to the left by f b / z.
  const auto left = e.frame.project(2, {1, 0.5, 10});
  const auto right = e.frame.project(3, {1, 0.5, 10});
  EXPECT_NEAR(left[0] - right[0], 200 * 0.53 / 10, 1e-6);
  EXPECT_NEAR(left[1], right[1], 1e-9);
  EXPECT_NEAR(left[0], 200.0 * 1 / 10 + 160 - 0.5, 1e-6);
}

TEST(Kitti, CalibrationLinesStandInTheirOrder) {
  const Kitti e;
  const char* keys[] = {"P0", "P1", "P2", "P3", "R0_rect", "Tr_velo_to_cam", "Tr_imu_to_velo"};
  for (std::size_t i = 0; i < 7; ++i) EXPECT_EQ(e.frame.calibration[i].key, keys[i]);
  const std::string text = *dataset::read_file(e.out / "training/calib/000000.txt");
  EXPECT_EQ(text.substr(text.size() - 2), "\n\n");
  EXPECT_EQ(text.find("  "), std::string::npos);
}

// Things that stand still: their points, moved to the image's instant, lie on the box there.
TEST(Kitti, PointsAreWhereThingsAreInTheImage) {
  const auto rig = test::sample_calibration();
  auto sweep = test::sample_lidar_frame(rig.lidars[0], 1, 280'000'000);
  auto& cloud = sweep.cloud;
  for (std::size_t i = 0; i < cloud.size(); ++i) {  // mark the car
    cloud.intensity[i] = cloud.instance[i] == 2 ? 1.0f : 0.0f;
  }
  const auto timeline = test::sample_timeline();
  const auto moved =
      kitti_cloud(cloud, 280'000'000, rig.lidars[0], timeline.actors[0], 300'000'000);
  const auto car = test::sample_objects(0.3)[0];
  int on_car = 0;
  double worst_m = 0;
  for (const auto& p : moved.points) {
    if (p.reflectance < 0.5f) continue;
    const math::Vec3d in_box =
        car.box_ego.pose.inverse() * (rig.lidars[0].T_ego_lidar * math::Vec3d(p.x, p.y, p.z));
    const math::Vec3d outside = glm::abs(in_box) - 0.5 * car.box_ego.size_m;
    worst_m = std::max(worst_m, std::abs(std::max({outside.x, outside.y, outside.z})));
    ++on_car;
  }
  EXPECT_GT(on_car, 20);
  EXPECT_LT(worst_m, 1e-3);
}

TEST(Kitti, RingsCanBeRecoveredFromTheOrder) {
  const Kitti e;
  const auto rings = test::split_rings(e.frame);
  const auto sweep = test::sample_lidar_frame(test::sample_calibration().lidars[0], 1, 280'000'000);
  std::map<int, std::size_t, std::greater<>> want;  // top first
  for (std::size_t k = 0; k < sweep.cloud.size(); ++k) {
    if (sweep.cloud.instance[k] != 1) ++want[sweep.cloud.ring[k]];  // all but the ego's own
  }
  ASSERT_EQ(rings.size(), want.size());
  std::size_t i = 0;
  for (const auto& [ring, count] : want) {
    EXPECT_EQ(rings[i].size(), count) << ring;
    EXPECT_NEAR(rings[i][0][3], 0.05 * ring, 1e-6);  // the sample's reflectance names the ring
    ++i;
  }
}

TEST(Kitti, HiddenShareBecomesALevelAndFewPixelsDontCare) {
  KittiOptions strict;
  strict.min_visible_px = 1'000'000;
  const Kitti e(strict);
  EXPECT_FALSE(e.summary.counts.contains("objects"));
  ASSERT_EQ(e.frame.rows.size(), 3u);
  for (const auto& row : e.frame.rows) {
    EXPECT_TRUE(row.is("DontCare"));
    EXPECT_EQ(row.occluded, -1);
    EXPECT_EQ(row.x, -1000);
  }
  KittiOptions levels;
  levels.visible_share_0 = 1.1;
  levels.visible_share_1 = 1.05;
  const Kitti hidden(levels);
  for (const auto& row : hidden.frame.rows) EXPECT_EQ(row.occluded, 2);
}

TEST(Kitti, ThresholdsAndClassMapsActHere) {
  const TemporaryFolder folder;
  const auto rows = [&](const ExportOptions& options) {
    std::multiset<std::string> types;
    for (const auto& row : Kitti({}, options).frame.rows) types.insert(row.type);
    return types;
  };
  using Types = std::multiset<std::string>;
  ExportOptions options{{{"train", 1}}};
  options.thresholds.min_lidar_points = 1'000'000;
  EXPECT_EQ(rows(options), (Types{"DontCare", "DontCare", "DontCare"}));
  options.thresholds = {1.0, 0};  // the bicycle hides its rider's legs, all else is in sight
  EXPECT_EQ(rows(options), (Types{"Car", "Pedestrian", "DontCare"}));
  options.thresholds = {};
  options.classes = (folder.path() / "map.yaml").string();
  std::ofstream(options.classes) << "car: Van\npedestrian: none\nrider: Misc\n";
  EXPECT_EQ(rows(options), (Types{"Van", "Misc"}));
}

TEST(Kitti, RegionsStandLastWhateverTheirIds) {
  const TemporaryFolder folder;
  ExportOptions options{{{"train", 1}}};
  options.classes = (folder.path() / "map.yaml").string();
  std::ofstream(options.classes) << "car: DontCare\n";
  const Kitti e({}, options);
  ASSERT_EQ(e.frame.rows.size(), 3u);
  EXPECT_FALSE(e.frame.rows[0].is("DontCare"));
  EXPECT_FALSE(e.frame.rows[1].is("DontCare"));
  EXPECT_TRUE(e.frame.rows[2].is("DontCare"));
}

TEST(Kitti, ARigWithoutTheLidarIsNamed) {
  const TemporaryFolder folder;
  const fs::path set = folder.path() / "set";
  test::write_sample_clip(set, 1);
  KittiOptions options;
  options.lidar = "roof";
  const auto wrong = export_dataset(set, kitti_format(options), folder.path() / "out");
  ASSERT_FALSE(wrong);
  EXPECT_NE(core::to_string(wrong.error().why).find("the rig has: lidar"), std::string::npos);
}

// The same reader on a frame that a real car recorded: what it reads there makes sense, so the
// conventions it checks above are KITTI's and not ours alone.
TEST(Kitti, TheReaderAgreesWithARealFrame) {
  const fs::path training = ODDROAD_SHARED_DIR "/data/kitti/training";
  if (!fs::exists(training)) GTEST_SKIP() << "no real KITTI frame here";
  KittiFrame frame;
  ASSERT_TRUE(test::read_kitti_frame(training, "000001", frame));
  ASSERT_EQ(frame.rows.size(), 7u);
  for (const auto& row : frame.rows) {
    if (row.is("DontCare")) continue;
    EXPECT_NEAR(row.alpha, std::remainder(row.ry - std::atan2(row.x, row.z), 2 * M_PI), 0.03);
    double left = 1e9, right = -1e9;
    for (const auto& corner : test::kitti_corners(row)) {
      const auto [u, v] = frame.project(2, corner);
      left = std::min(left, u);
      right = std::max(right, u);
    }
    EXPECT_NEAR(row.left, left, 8) << row.type;
    EXPECT_NEAR(row.right, right, 8) << row.type;
  }
  EXPECT_NEAR(static_cast<double>(test::split_rings(frame).size()), 64, 1);
  int in_car = 0;
  for (const auto& p : frame.points) {
    const auto q = frame.velo_to_rect({p[0], p[1], p[2]});
    const auto& car = frame.rows[1];
    in_car += std::abs(q[0] - car.x) < 2 && std::abs(q[2] - car.z) < 2 && q[1] < car.y &&
              q[1] > car.y - car.h;
  }
  EXPECT_GT(in_car, 5);
}

}  // namespace
}  // namespace oddroad::exchange

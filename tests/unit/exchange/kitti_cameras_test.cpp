// Which cameras become image_2 and image_3, and what becomes of the others.
#include "engine/exchange/kitti_cameras.h"

#include <sstream>

#include "engine/exchange/stereo.h"
#include "tests/unit/exchange/changed_export.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;

capture::CameraCalibration camera(const std::string& name, double y_m, double yaw_deg = 0) {
  auto one = test::sample_calibration().cameras[0];
  one.name = name;
  one.T_ego_camera = math::Pose{math::from_yaw_pitch_roll(yaw_deg * M_PI / 180), math::Vec3d(0)} *
                     test::forward_camera(1.7, y_m, 1.65);
  return one;
}
capture::CameraCalibration rolling(capture::CameraCalibration one) {
  one.row_time_ns = 20'000;
  return one;
}
capture::CameraCalibration fisheye(capture::CameraCalibration one) {
  one.camera.lens = math::Lens::kKannalaBrandt;
  return one;
}

struct Chosen {
  std::string left, right;
  std::vector<std::string> left_out;
};
Chosen choose(const std::vector<capture::CameraCalibration>& cameras) {
  const capture::Calibration rig{cameras, {}};
  const auto all = kitti_cameras(rig);
  Chosen out{all.left ? all.left->name : "", all.right ? all.right->name : "", {}};
  for (const auto& [name, why] : all.left_out) out.left_out.push_back(name);
  return out;
}

TEST(Stereo, OnlyACameraThatLooksTheSameWayFromTheRightIsBeside) {
  const auto left = camera("left", 0.06);
  EXPECT_NEAR(baseline_m(left, camera("right", -0.47)), 0.53, 1e-12);
  EXPECT_EQ(baseline_m(camera("right", -0.47), left), 0) << "from the left";
  EXPECT_EQ(baseline_m(left, left), 0);
  EXPECT_EQ(baseline_m(left, camera("turned", -0.47, 2)), 0);
  auto higher = camera("higher", -0.47);
  higher.T_ego_camera.translation.z += 0.05;
  EXPECT_EQ(baseline_m(left, higher), 0);
}

TEST(KittiCameras, TheSecondIsOneBesideTheFirst) {
  using Names = std::vector<std::string>;
  const auto front = camera("front", 0.3), right = camera("right", -0.2);
  const auto around = choose({front, camera("front_left", 0.5, 55), camera("back", 0, 180)});
  EXPECT_EQ(around.left, "front");
  EXPECT_EQ(around.right, "");
  EXPECT_EQ(around.left_out, (Names{"front_left", "back"}));
  const auto third = choose({front, camera("front_left", 0.5, 55), right, camera("far", -0.6)});
  EXPECT_EQ(third.right, "right") << "not the second of the rig";
  EXPECT_EQ(third.left_out, (Names{"front_left", "far"}));
  const auto mixed = choose({fisheye(camera("fish", 0.4)), front, rolling(right)});
  EXPECT_EQ(mixed.left, "front");
  EXPECT_EQ(mixed.right, "");
  EXPECT_EQ(mixed.left_out, (Names{"fish", "right"}));
  const auto none = choose({fisheye(front), rolling(right)});
  EXPECT_EQ(none.left, "");
  EXPECT_EQ(none.left_out, (Names{"front", "right"}));
}

test::ClipChanges with_cameras(const std::vector<capture::CameraCalibration>& cameras) {
  test::ClipChanges changes;
  changes.calibration.cameras = cameras;
  return changes;
}

// "P2" and so on of a calibration file.
std::string line_of(const fs::path& file, const std::string& key) {
  std::istringstream lines(*dataset::read_file(file));
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(key + ":", 0) == 0) return line.substr(key.size());
  }
  ADD_FAILURE() << file << " has no " << key;
  return "";
}

struct Place {
  const char *format, *image_2, *image_3, *calib;
};
constexpr Place kPlaces[] = {
    {"kitti", "training/image_2/000000.png", "training/image_3", "training/calib/000000.txt"},
    {"kitti-tracking", "training/image_02/0000/000000.png", "training/image_03",
     "training/calib/0000.txt"},
    {"semantickitti", "sequences/00/image_2/000000.png", "sequences/00/image_3",
     "sequences/00/calib.txt"}};

// A camera that looks elsewhere is no right eye: P3 could not say so.
TEST(KittiCameras, ACameraThatLooksElsewhereIsLeftOutAndTold) {
  const auto changes = with_cameras({camera("front", 0.3), camera("side", 0.5, 30)});
  for (const Place& at : kPlaces) {
    const test::ChangedExport e(at.format, changes, 1);
    EXPECT_TRUE(fs::exists(e.out / at.image_2)) << at.format;
    EXPECT_FALSE(fs::exists(e.out / at.image_3)) << at.format;
    EXPECT_EQ(line_of(e.out / at.calib, "P3"), line_of(e.out / at.calib, "P2")) << at.format;
    EXPECT_NE(dataset::read_file(e.out / "LOST.md")->find("clips without camera 'side'"),
              std::string::npos)
        << at.format;
  }
}

// Nor does it keep the clip from being exported when the calibration cannot hold it at all.
TEST(KittiCameras, OtherLensesAndShuttersAreLeftOutAndTold) {
  const auto changes = with_cameras({rolling(camera("rolling", 0.5)), camera("front", 0.3)});
  for (const Place& at : kPlaces) {
    const test::ChangedExport e(at.format, changes, 1);
    const auto picture = *dataset::read_file(e.out / at.image_2);
    const auto file = dataset::DatasetReader::open(e.folder.path() / "set")->clips().front() /
                      "front/000000.rgb.png";
    EXPECT_TRUE(picture == *dataset::read_file(file)) << at.format;
    EXPECT_FALSE(fs::exists(e.out / at.image_3)) << at.format;
    EXPECT_NE(dataset::read_file(e.out / "LOST.md")->find("clips without camera 'rolling'"),
              std::string::npos)
        << at.format;
  }
}

TEST(KittiCameras, WithoutAnyThatFitsKittiSaysSoAndSemanticKittiGoesWithout) {
  const auto changes = with_cameras({rolling(camera("rolling", 0.5))});
  const test::TemporaryFolder folder;
  test::write_changed_clip(folder.path() / "set", changes, 1);
  const auto wrong = export_dataset(folder.path() / "set", test::format_named("kitti"),
                                    folder.path() / "out", {{{"train", 1}}});
  ASSERT_FALSE(wrong);
  EXPECT_NE(core::to_string(wrong.error().why).find("the rig has: rolling"), std::string::npos);
  const test::ChangedExport e("semantickitti", changes, 1);
  EXPECT_FALSE(fs::exists(e.out / "sequences/00/image_2"));
  std::istringstream Tr(line_of(e.out / "sequences/00/calib.txt", "Tr").substr(1));
  for (int i = 0; i < 12; ++i) {
    double value = -1;
    ASSERT_TRUE(Tr >> value);
    EXPECT_EQ(value, i % 5 == 0 ? 1 : 0);
  }
}

}  // namespace
}  // namespace oddroad::exchange

// Mistakes that other exporters made and that the sample clip cannot show: rigs without cameras,
// several cameras, the ego's own body, people with keypoints.
#include <cmath>
#include <cstring>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/dataset/png.h"
#include "tests/unit/exchange/changed_export.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using test::ChangedExport;

// Every third point is the ego's own roof.
void cover_with_ego(capture::LidarFrame& frame) {
  for (std::size_t i = 0; i < frame.cloud.size(); i += 3) {
    frame.cloud.instance[i] = 1;
    frame.cloud.class_id[i] = 13;
  }
}

std::int64_t ego_points(const test::ClipChanges& changes) {
  auto frame = test::sample_lidar_frame(changes.calibration.lidars[0], 0, 180'000'000);
  changes.lidar(frame);
  return std::count(frame.cloud.instance.begin(), frame.cloud.instance.end(), 1);
}

// Without cameras poses are the LiDAR's own: x ahead, Tr the identity.
TEST(SemanticKitti, WithoutCamerasTrIsTheIdentityAndPosesAreTheLidars) {
  test::ClipChanges changes;
  changes.calibration.cameras.clear();
  const ChangedExport e("semantickitti", changes, 5);
  std::istringstream calib(*dataset::read_file(e.out / "sequences/00/calib.txt"));
  int lines = 0;
  for (std::string line; std::getline(calib, line); ++lines) {
    std::istringstream words(line);
    std::string key;
    words >> key;
    for (int i = 0; i < 12; ++i) {
      double value = -1;
      EXPECT_TRUE(words >> value) << line;
      EXPECT_EQ(value, i % 5 == 0 ? 1 : 0) << key;
    }
  }
  EXPECT_EQ(lines, 5);
  std::istringstream poses(*dataset::read_file(e.out / "sequences/00/poses.txt"));
  const auto lidar = changes.calibration.lidars[0].T_ego_lidar;
  const auto at = [&](int scan) {
    return test::thing_at(test::sample_things()[0], 0.18 + 0.1 * scan) * lidar;
  };
  for (int scan = 0; scan < 5; ++scan) {
    const math::Affine3d want = math::to_affine(at(0).inverse() * at(scan));
    for (int r = 0; r < 3; ++r) {
      for (int c = 0; c < 4; ++c) {
        double value = 0;
        ASSERT_TRUE(poses >> value);
        EXPECT_NEAR(value, c < 3 ? want.linear[c][r] : want.translation[r], 1e-6);
      }
    }
  }
}

TEST(Kitti, PointsOnTheEgoItselfAreLeftOut) {
  test::ClipChanges changes;
  const ChangedExport whole("kitti", changes, 1);
  changes.lidar = cover_with_ego;
  const ChangedExport e("kitti", changes, 1);
  const auto size = [](const fs::path& out) {
    return static_cast<std::int64_t>(fs::file_size(out / "training/velodyne/000000.bin")) / 16;
  };
  EXPECT_GT(ego_points(changes), 500);
  EXPECT_EQ(size(whole.out) - size(e.out), ego_points(changes) - ego_points(test::ClipChanges{}));
}

TEST(SemanticKitti, PointsOnTheEgoItselfAreLeftOut) {
  test::ClipChanges changes;
  changes.lidar = cover_with_ego;
  const ChangedExport e("semantickitti", changes, 1);
  const std::string labels = *dataset::read_file(e.out / "sequences/00/labels/000000.label");
  EXPECT_EQ(labels.size() / 4, fs::file_size(e.out / "sequences/00/velodyne/000000.bin") / 16);
  EXPECT_GT(labels.size(), 1000u);
  for (std::size_t i = 0; i < labels.size(); i += 4) {
    std::uint32_t label = 0;
    std::memcpy(&label, labels.data() + i, 4);
    ASSERT_NE(label >> 16, 1u) << "the ego's id";
  }
}

TEST(Nuscenes, PointsOnTheEgoItselfAreVehicleEgo) {
  test::ClipChanges changes;
  changes.lidar = cover_with_ego;
  const ChangedExport e("nuscenes", changes, 1);
  EXPECT_EQ(e.row("category", "name", "vehicle.ego").at("index"), 31);
  const Json seg = e.json("v1.0-oddroad/lidarseg.json")[0];
  const auto labels = *dataset::read_file(e.out / seg.at("filename").get<std::string>());
  EXPECT_EQ(std::count(labels.begin(), labels.end(), '\x1f'), ego_points(changes));
  for (const Json& one : e.json("v1.0-oddroad/instance.json")) {
    EXPECT_NE(one.at("category_token"), e.row("category", "name", "vehicle.ego").at("token"));
  }
}

TEST(Cityscapes, TheBonnetIsTheEgoVehicle) {
  test::ClipChanges changes;
  changes.camera = [](capture::CameraFrame& frame) {
    for (int y = 110; y < 120; ++y) {
      for (int x = 0; x < 320; ++x) {
        frame.instance.at(x, y) = 1;
        frame.class_id.at(x, y) = 13;
      }
    }
  };
  const ChangedExport e("cityscapes", changes, 1);
  const std::string stem = "gtFine/train/childbehindvan/childbehindvan_000000_000000_gtFine";
  const fs::path labels = e.out / (stem + "_labelIds.png");
  const fs::path instances = e.out / (stem + "_instanceIds.png");
  const auto label_ids = *dataset::decode_png8(*dataset::read_file(labels), labels.string());
  const auto ids = *dataset::decode_png16(*dataset::read_file(instances), instances.string());
  for (std::size_t i = 0; i < ids.pixels.size(); ++i) {
    const bool bonnet = i >= 110 * 320;
    ASSERT_EQ(label_ids.pixels[i] == 1, bonnet);
    ASSERT_EQ(ids.pixels[i] == 1, bonnet);
  }
  std::set<std::string> names;
  const Json polygons = e.json(stem + "_polygons.json");
  for (const Json& one : polygons.at("objects")) {
    names.insert(one.at("label"));
  }
  EXPECT_TRUE(names.contains("ego vehicle"));
}

// The share is that of all cameras together, not of the last or the best.
TEST(Nuscenes, VisibilityCountsThePixelsOfAllCameras) {
  test::ClipChanges changes;
  changes.calibration.cameras[1].T_ego_camera.rotation =
      math::from_yaw_pitch_roll(55 * M_PI / 180) *
      changes.calibration.cameras[1].T_ego_camera.rotation;
  changes.camera = [](capture::CameraFrame& frame) {
    const bool left = frame.stamp.sensor == "cam_left";
    capture::ObjectInImage car;
    car.id = core::InstanceId(2);
    car.class_id = core::ClassId(13);
    car.visible_px = left ? 30 : 90;
    car.in_frame_px = car.unoccluded_px = 100;
    frame.objects = {car};
  };
  const ChangedExport e("nuscenes", changes, 1);
  const Json category = e.row("category", "name", "vehicle.car");
  const Json instance = e.row("instance", "category_token", category.at("token"));
  const Json box = e.row("sample_annotation", "instance_token", instance.at("token"));
  EXPECT_EQ(box.at("visibility_token"), "3") << "120 of 200 pixels";
}

// Seventeen points on the child's front, from low to high; where they are in the image and what
// hides them by casting.
struct ChildPoints {
  std::vector<std::string> names = {
      "nose",           "left_eye",   "right_eye",   "left_ear",   "right_ear",   "left_shoulder",
      "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist", "left_hip",
      "right_hip",      "left_knee",  "right_knee",  "left_ankle", "right_ankle"};

  static capture::Keypoint2 seen(const capture::CameraCalibration& camera, double t_s, int k) {
    auto box = test::box_at(test::sample_things()[2], t_s);
    const math::Vec3d half = 0.5 * box.size_m;
    // Towards the camera, spread over the face; the last two beyond the image.
    math::Vec3d local(0, half.y, -half.z + box.size_m.z * (k + 0.5) / 17);
    if (k >= 15) local.x = 100;
    const math::Vec3d point = box.pose * local;
    const math::Pose T_world_camera =
        test::thing_at(test::sample_things()[0], t_s) * camera.T_ego_camera;
    const math::Vec3d p = T_world_camera.inverse() * point;
    const auto& lens = camera.camera;
    const double u = lens.fx_px * p.x / p.z + lens.cx_px, v = lens.fy_px * p.y / p.z + lens.cy_px;
    capture::Keypoint2 out{u, v, capture::KeypointState::kVisible};
    if (p.z < 0 || u < 0 || v < 0 || u >= lens.width_px || v >= lens.height_px) {
      out.state = capture::KeypointState::kOutside;
      return out;
    }
    const auto ray = point - T_world_camera.translation;
    const auto hit = test::cast(T_world_camera.translation, ray, t_s);
    if (hit.t < 1 - 1e-6) {
      out.state =
          hit.id == 3 ? capture::KeypointState::kSelfOccluded : capture::KeypointState::kOccluded;
    }
    return out;
  }
};

TEST(Coco, KeypointsAreThoseOfTheTruth) {
  const ChildPoints points;
  test::ClipChanges changes;
  changes.info.actors[2].keypoints = points.names;
  const auto rig = test::sample_calibration();
  changes.camera = [&](capture::CameraFrame& frame) {
    const auto& camera = rig.cameras[frame.stamp.sensor == "cam_left" ? 0 : 1];
    for (auto& object : frame.objects) {
      if (object.id.value != 3) continue;
      for (int k = 0; k < 17; ++k) {
        object.keypoints.push_back(
            ChildPoints::seen(camera, 1e-9 * static_cast<double>(frame.stamp.stamp_ns), k));
      }
    }
  };
  const ChangedExport e("coco", changes, 1);
  const Json all = e.json("annotations/person_keypoints_train.json");
  ASSERT_EQ(all.at("categories").size(), 1u);
  EXPECT_EQ(all.at("categories")[0].at("name"), "pedestrian");
  EXPECT_EQ(all.at("categories")[0].at("keypoints"), Json(points.names));
  ASSERT_EQ(all.at("annotations").size(), 2u) << "one child in two cameras, nobody else has points";
  std::map<int, int> states;
  for (const Json& one : all.at("annotations")) {
    std::string file;
    for (const Json& image : all.at("images")) {
      if (image.at("id") == one.at("image_id")) file = image.at("file_name");
    }
    const auto& camera = rig.cameras[file.find("cam_left") != std::string::npos ? 0 : 1];
    int labelled = 0;
    ASSERT_EQ(one.at("keypoints").size(), 51u);
    for (int k = 0; k < 17; ++k) {
      const auto want = ChildPoints::seen(camera, 0.2, k);
      const auto at = static_cast<std::size_t>(3 * k);
      const int flag = one.at("keypoints")[at + 2];
      ++states[flag];
      labelled += flag > 0;
      const bool outside = want.state == capture::KeypointState::kOutside;
      EXPECT_EQ(flag, outside ? 0 : want.state == capture::KeypointState::kVisible ? 2 : 1) << k;
      // COCO's pixels: the centre of the first is (0, 0).
      EXPECT_NEAR(one.at("keypoints")[at].get<double>(), outside ? 0 : want.u_px - 0.5, 1e-9);
      EXPECT_NEAR(one.at("keypoints")[at + 1].get<double>(), outside ? 0 : want.v_px - 0.5, 1e-9);
    }
    EXPECT_EQ(one.at("num_keypoints"), labelled);
  }
  EXPECT_EQ(states[0], 4);
  EXPECT_GT(states[2], 10);
}

}  // namespace
}  // namespace oddroad::exchange

// Other people's data on the way in: our own exports come back, a real frame fits together, and
// what is malformed is told with its place.
#include "engine/exchange/import.h"

#include <cmath>
#include <cstring>
#include <fstream>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/exchange/kitti.h"
#include "engine/exchange/nuscenes.h"
#include "engine/exchange/nuscenes_import.h"
#include "engine/exchange/nuscenes_names.h"
#include "tests/unit/exchange/exported.h"
#include "tests/unit/exchange/kitti_reader.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const ImportTraits& import_named(const std::string& name) {
  for (const auto& format : import_formats()) {
    if (format.name == name) return format;
  }
  throw std::runtime_error("no format " + name);
}

auto import_clips(const std::string& format, const fs::path& from, const fs::path& to) {
  return import_dataset(from, import_named(format), to, test::sample_header().ontology,
                        "0.1.0-test");
}

std::string wrong(const tl::expected<ImportSummary, ImportError>& result) {
  return result ? "" : core::to_string(result.error().why);
}

// Exported, then imported.
struct RoundTrip : test::Exported {
  fs::path back = folder.path() / "back";
  std::vector<dataset::ClipReader> clips;

  RoundTrip(const std::string& format, int ticks)
      : Exported(test::format_named(format), {{{"train", 1}}}, ticks) {
    const auto done = import_clips(format, out, back);
    EXPECT_TRUE(done) << wrong(done);
    const auto set = dataset::DatasetReader::open(back);
    EXPECT_TRUE(set);
    for (const auto& path : set ? set->clips() : std::vector<fs::path>()) {
      auto clip = dataset::ClipReader::open(path);
      EXPECT_TRUE(clip) << core::to_string(clip.error());
      if (clip) clips.push_back(std::move(*clip));
    }
  }
};

void expect_same_box(const math::OrientedBox& a, const math::OrientedBox& b, double m,
                     const std::string& what) {
  EXPECT_LT(glm::length(a.pose.translation - b.pose.translation), m) << what;
  EXPECT_LT(glm::length(a.size_m - b.size_m), m) << what;
  EXPECT_GT(std::abs(glm::dot(a.pose.rotation, b.pose.rotation)), 1 - 1e-8) << what;
}

template <std::size_t N>
std::vector<std::array<float, N>> read_points(const fs::path& file) {
  const std::string bytes = *dataset::read_file(file);
  std::vector<std::array<float, N>> out(bytes.size() / (4 * N));
  std::memcpy(out.data(), bytes.data(), bytes.size());
  return out;
}

TEST(ImportKitti, FramesOfOurOwnExportComeBack) {
  const RoundTrip e("kitti", 2);
  ASSERT_EQ(e.clips.size(), 2u);
  for (std::size_t k = 0; k < 2; ++k) {
    const auto& clip = e.clips[k];
    const std::string name = "00000" + std::to_string(k);
    EXPECT_TRUE(clip.verify());
    EXPECT_EQ(clip.info().identity.index, k);
    EXPECT_EQ(clip.info().identity.visibility, "imported");
    // Bytes of the picture and bits of the points.
    EXPECT_TRUE(*dataset::read_file(clip.folder() / "image_2/000000.rgb.png") ==
                *dataset::read_file(e.out / "training/image_2" / (name + ".png")));
    const auto sweep = *clip.lidar("velodyne", 0);
    const auto points = read_points<4>(e.out / "training/velodyne" / (name + ".bin"));
    ASSERT_EQ(sweep.cloud.size(), points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
      const std::array<float, 4> p{sweep.cloud.x_m[i], sweep.cloud.y_m[i], sweep.cloud.z_m[i],
                                   sweep.cloud.intensity[i]};
      ASSERT_EQ(std::memcmp(p.data(), points[i].data(), 16), 0) << i;
    }
    test::KittiFrame file;
    ASSERT_TRUE(test::read_kitti_frame(e.out / "training", name, file));
    EXPECT_EQ(std::set<int>(sweep.cloud.ring.begin(), sweep.cloud.ring.end()).size(),
              test::split_rings(file).size());
    // Boxes, in our ego frame.
    const auto truth = test::sample_objects(0.2 + 0.1 * static_cast<double>(k));
    const auto frame = *clip.camera("image_2", 0);
    ASSERT_EQ(frame.world.size(), 3u);
    std::map<std::string, core::InstanceId> seen;
    for (const auto& object : frame.world) {
      seen[object.type] = object.id;
      if (object.type == "Car") expect_same_box(object.box_ego, truth[0].box_ego, 1e-4, "car");
      if (object.type == "Pedestrian") {
        expect_same_box(object.box_ego, truth[1].box_ego, 1e-4, "child");
      }
    }
    EXPECT_EQ(seen, (std::map<std::string, core::InstanceId>{{"Car", core::InstanceId(2)},
                                                             {"Pedestrian", core::InstanceId(3)},
                                                             {"Cyclist", core::InstanceId(4)}}));
    for (const auto& object : sweep.world) {
      if (object.type == "Car") {
        EXPECT_GT(object.points_in_box, 0);
      }
      EXPECT_TRUE(std::isnan(object.velocity_world_mps.x)) << "nobody measured it";
    }
    // Calibration: ours again, and the ego frame below the rear axle on the ground.
    const auto want = test::sample_calibration();
    for (std::size_t c = 0; c < 2; ++c) {
      const auto& camera = clip.calibration().cameras[c];
      EXPECT_NEAR(camera.camera.fx_px, want.cameras[c].camera.fx_px, 1e-9);
      EXPECT_NEAR(camera.camera.cx_px, want.cameras[c].camera.cx_px, 1e-9);
      EXPECT_LT(
          glm::length(camera.T_ego_camera.translation - want.cameras[c].T_ego_camera.translation),
          1e-5);
    }
    EXPECT_LT(glm::length(clip.calibration().lidars[0].T_ego_lidar.translation -
                          want.lidars[0].T_ego_lidar.translation),
              1e-5);
  }
}

// Out, in and out again: only what KITTI's own judgement of occlusion was is gone.
TEST(ImportKitti, ImportedFramesGoOutAgain) {
  const RoundTrip e("kitti", 2);
  const fs::path again = e.folder.path() / "again";
  const auto done = export_dataset(e.back, kitti_format(), again, {{{"train", 1}}});
  ASSERT_TRUE(done) << core::to_string(done.error().why);
  for (const char* name : {"000000", "000001"}) {
    test::KittiFrame a, b;
    ASSERT_TRUE(test::read_kitti_frame(e.out / "training", name, a));
    ASSERT_TRUE(test::read_kitti_frame(again / "training", name, b));
    ASSERT_EQ(a.rows.size(), b.rows.size());
    for (std::size_t i = 0; i < a.rows.size(); ++i) {
      const auto &p = a.rows[i], &q = b.rows[i];
      EXPECT_STREQ(p.type, q.type);
      EXPECT_EQ(q.occluded, 3) << "unknown";
      const double pairs[][2] = {
          {p.x, q.x},       {p.y, q.y},         {p.z, q.z},          {p.h, q.h},
          {p.w, q.w},       {p.l, q.l},         {p.ry, q.ry},        {p.truncated, q.truncated},
          {p.left, q.left}, {p.right, q.right}, {p.bottom, q.bottom}};
      for (const auto& [x, y] : pairs) EXPECT_NEAR(x, y, 1e-4) << p.type;
    }
    ASSERT_EQ(a.points.size(), b.points.size());
    for (std::size_t i = 0; i < a.points.size(); ++i) {
      for (int c = 0; c < 4; ++c) EXPECT_NEAR(a.points[i][c], b.points[i][c], 1e-5) << i;
    }
  }
}

TEST(ImportKitti, ARealFrameFitsTogether) {
  const fs::path real = fs::path(ODDROAD_SHARED_DIR) / "data/kitti";
  if (!fs::exists(real / "training/label_2")) GTEST_SKIP() << "no real frame here";
  const test::TemporaryFolder folder;
  const auto done = import_clips("kitti", real, folder.path() / "set");
  ASSERT_TRUE(done) << wrong(done);
  EXPECT_EQ(done->clips, 1);
  EXPECT_GT(done->losses.at("DontCare regions"), 0);
  const auto set = dataset::DatasetReader::open(folder.path() / "set");
  const auto clip = dataset::ClipReader::open(set->clips().front());
  ASSERT_TRUE(clip) << core::to_string(clip.error());
  const auto frame = *clip->camera("image_2", 0);
  const auto& camera = clip->calibration().cameras[0];
  ASSERT_GT(frame.objects.size(), 0u);
  int judged = 0;
  for (std::size_t i = 0; i < frame.objects.size(); ++i) {
    capture::Box2 corners;
    for (const auto& corner : frame.world[i].box_ego.corners()) {
      const auto p = camera.camera.project(camera.T_ego_camera.inverse() * corner);
      ASSERT_TRUE(p);
      test::grow(corners, p->x, p->y, p->x + 1e-9, p->y + 1e-9);
    }
    const auto& theirs = frame.objects[i].amodal_box;  // drawn by hand
    const double slack = 3 + 0.05 * (theirs.right - theirs.left);
    EXPECT_NEAR(corners.left, theirs.left, slack);
    EXPECT_NEAR(corners.right, theirs.right, slack);
    EXPECT_NEAR(corners.top, theirs.top, slack);
    EXPECT_NEAR(corners.bottom, theirs.bottom, slack);
    ++judged;
  }
  EXPECT_EQ(judged, 3);
  const auto sweep = *clip->lidar("velodyne", 0);
  EXPECT_GT(sweep.cloud.size(), 100'000u);
  EXPECT_EQ(std::set<int>(sweep.cloud.ring.begin(), sweep.cloud.ring.end()).size(), 64u);
  for (const auto& object : sweep.world) {
    EXPECT_GT(object.points_in_box, 5) << object.name;
    EXPECT_EQ(object.returns_by_id, -1) << "nobody knows which points it returned";
  }
}

TEST(ImportKitti, EverythingWrongIsToldWithItsPlace) {
  const test::Exported e(kitti_format(), {{{"train", 1}}}, 2);
  const fs::path copy = e.folder.path() / "copy", set = e.folder.path() / "set";
  const auto told = [&](const std::string& file, const std::string& content) {
    fs::remove_all(copy);
    fs::remove_all(set);
    fs::copy(e.out, copy, fs::copy_options::recursive);
    if (content == "gone") {
      fs::remove(copy / "training" / file);
    } else {
      std::ofstream(copy / "training" / file, std::ios::binary) << content;
    }
    const auto done = import_clips("kitti", copy, set);
    EXPECT_FALSE(done) << file << " " << content;
    if (done) return std::string();
    EXPECT_EQ(done.error().kind, ImportError::Kind::kBadInput);
    EXPECT_EQ(done.error().clips, 1) << "the other frame is whole";
    EXPECT_EQ(dataset::DatasetReader::open(set)->clips().size(), 1u);
    return wrong(done);
  };
  const auto has = [](const std::string& text, const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n--- in ---\n" << text;
  };
  const auto label = told("label_2/000000.txt",
                          "Car 0 0 0 1 1 9 9 1.5 1.6 4 1 2 9 0\n"
                          "Caar 0 0 0 1 1 9 9 1.5 1.6 4 1 2 9 0\n"
                          "Car 0 0.00 0 1 1 9 9 1.5 1.6 4 1 2 9 0\n"
                          "Car 0 0 x 1 1 9 9 1.5 -1.6 4 1 nan 9 0\n"
                          "Car 0 0 0 9 1 1 9 1.5 1.6 4 1 2 9 0\n"
                          "Car 0 0 0\n");
  has(label, "000000.txt:2:1: error: KITTI has no type 'Caar'; did you mean 'Car'?");
  has(label, "000000.txt:3:7: error: occluded is 0, 1, 2 or 3, not '0.00'");
  has(label, "000000.txt:4:9: error: alpha is a number, not 'x'");
  has(label, "000000.txt:4:23: error: width is above 0, not '-1.6'");
  has(label, "000000.txt:4:32: error: y is a number, not 'nan'");
  has(label, "000000.txt:5:11: error: left, top, right, bottom hold nothing");
  has(label, "000000.txt:6:1: error: a label has 15 columns, this line has 4");
  const std::string good = *dataset::read_file(e.out / "training/calib/000000.txt");
  has(told("calib/000000.txt", "P2: 1 2 3\n" + good), "000000.txt:1:1: error: P2 has 3 numbers");
  has(told("calib/000000.txt", good.substr(0, good.find("R0_rect"))),
      "error: there is no line 'R0_rect:'");
  has(told("calib/000000.txt", good + "R0_rect: 1 0 0 0 2 0 0 0 1\n"),
      "000000.txt:9:1: error: R0_rect stands there twice");
  std::string bent = good;
  bent.replace(bent.find("R0_rect: 1.0"), 12, "R0_rect: 2.0");
  has(told("calib/000000.txt", bent), "000000.txt:5:1: error: R0_rect is no rotation");
  has(told("calib/000000.txt", "gone"), "calib/000000.txt: error");
  has(told("velodyne/000000.bin", "123"), "000000.bin: error: has 3 bytes");
  has(told("velodyne/000000.bin", std::string(16, '\xff')), "000000.bin: error: point 0");
  has(told("velodyne/000000.bin", "gone"), "velodyne/000000.bin: error");
  has(told("label_2/000000.txt", "gone"), "label_2/000000.txt: error");
  has(told("image_2/000000.png", "no picture"), "image_2/000000.png: error");
  has(told("planes/000000.txt", "# Plane\nWidth 4\nHeight 1\n0 0 1\n"), "a plane has");
  const auto nowhere = import_clips("kitti", e.folder.path() / "nowhere", set);
  has(wrong(nowhere), "holds no picture in training/image_2");
}

TEST(ImportNuscenes, ScenesOfOurOwnExportComeBack) {
  const RoundTrip e("nuscenes", 7);
  ASSERT_EQ(e.clips.size(), 1u);
  const auto& clip = e.clips[0];
  EXPECT_TRUE(clip.verify());
  ASSERT_EQ(clip.ticks("LIDAR_TOP").size(), 7u);
  std::vector<Json> rows;
  for (const Json& row :
       Json::parse(*dataset::read_file(e.out / "v1.0-oddroad/sample_data.json"))) {
    if (row.at("filename").get<std::string>().find("LIDAR_TOP") != std::string::npos) {
      rows.push_back(row);
    }
  }
  std::map<core::InstanceId, std::string> types;
  int labelled = 0;
  for (const int tick : clip.ticks("LIDAR_TOP")) {
    const auto sweep = *clip.lidar("LIDAR_TOP", tick);
    const Json& row = rows[static_cast<std::size_t>(tick)];
    const auto points = read_points<5>(e.out / row.at("filename").get<std::string>());
    ASSERT_EQ(points.size(), sweep.cloud.size());
    int on_car = 0, on_ego = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      // Theirs looks along y.
      const float p[3] = {points[i][1], -points[i][0], points[i][2]};
      const float q[3] = {sweep.cloud.x_m[i], sweep.cloud.y_m[i], sweep.cloud.z_m[i]};
      ASSERT_EQ(std::memcmp(p, q, 12), 0);
      EXPECT_EQ(sweep.cloud.ring[i], points[i][4]);
      EXPECT_NEAR(sweep.cloud.intensity[i] * 255, points[i][3], 1e-3);
      on_car += sweep.cloud.class_id[i] == 13;
      const bool own = sweep.cloud.cause[i] == static_cast<int>(capture::PointCause::kEgo);
      EXPECT_EQ(own, sweep.cloud.instance[i] == 1);
      on_ego += own ? 1 : 0;
    }
    if (row.at("is_key_frame") == false) {
      EXPECT_TRUE(sweep.world.empty());
      continue;
    }
    EXPECT_GT(on_car, 10) << "lidarseg";
    EXPECT_EQ(on_ego, 4);
    // The keyframe's instant is the end of the sweep, 50 ms behind our stamp.
    const double t_s = 0.18 + 0.1 * tick + 0.05;
    const auto truth = test::sample_objects(t_s);
    ASSERT_EQ(sweep.world.size(), 3u);
    for (const auto& object : sweep.world) {
      ++labelled;
      const bool fresh = types.emplace(object.id, object.type).second;
      EXPECT_TRUE(fresh || types[object.id] == object.type) << "one id, one thing";
      EXPECT_GT(object.points_in_box, 0);
      if (object.type == "vehicle.car") {
        expect_same_box(object.box_ego, truth[0].box_ego, 1e-4, "car");
      }
      if (object.type == "human.pedestrian.child") {
        expect_same_box(object.box_ego, truth[1].box_ego, 1e-4, "child");
      }
    }
  }
  EXPECT_EQ(labelled, 6);
  EXPECT_EQ(types.size(), 3u);
  const auto front = *clip.camera("CAM_FRONT", 0);
  EXPECT_EQ(front.rgb.width_px, 320);
  const auto& camera = clip.calibration().cameras[0];
  EXPECT_NEAR(camera.camera.cx_px, 160, 1e-9);
  EXPECT_LT(glm::length(camera.T_ego_camera.translation - math::Vec3d(1.7, 0.06, 1.65)), 1e-9);
}

// The sample clip with a radar that sees the car's rear and a pole.
void write_radar_set(const fs::path& set) {
  ASSERT_TRUE(dataset::open_for_writing(set, test::sample_header()));
  auto rig = test::sample_calibration();
  capture::RadarCalibration& radar = rig.radars.emplace_back();
  radar.name = "bumper";
  radar.model = "ars408_like";
  radar.T_ego_radar = math::pose_xyz_yaw(3.4, 0, 0.5, 0.1);
  radar.scans.emplace_back();
  auto writer = dataset::ClipWriter::create(set, test::sample_info(), rig,
                                            {"scenario: radar\n", {}}, test::sample_timeline());
  ASSERT_TRUE(writer);
  for (int tick = 0; tick < 7; ++tick) {
    const std::int64_t stamp_ns = 200'000'000 + tick * 100'000'000ll;
    ASSERT_TRUE(writer->write(test::sample_camera_frame(rig.cameras[0], tick, stamp_ns)));
    ASSERT_TRUE(writer->write(test::sample_lidar_frame(rig.lidars[0], tick, stamp_ns)));
    const double t_s = 1e-9 * static_cast<double>(stamp_ns);
    capture::RadarFrame cycle;
    cycle.stamp = {"bumper", tick, stamp_ns, test::thing_at(test::sample_things()[0], t_s)};
    cycle.world = test::sample_objects(t_s);
    const math::Pose T_radar_ego = radar.T_ego_radar.inverse();
    const math::Vec3d rear = cycle.world[0].box_ego.pose * math::Vec3d(-1.5, 0, 0);
    for (const math::Vec3d& p : {T_radar_ego * rear, math::Vec3d(60, -8, 0)}) {
      capture::RadarDetection& d = cycle.detections.emplace_back();
      d.x_m = static_cast<float>(p.x), d.y_m = static_cast<float>(p.y);
      d.z_m = static_cast<float>(p.z);
      d.range_m = static_cast<float>(glm::length(p));
      d.azimuth_rad = std::atan2(d.y_m, d.x_m);
      d.velocity_mps = -9, d.velocity_compensated_mps = 0.5f, d.rcs_dbsm = 4;
      d.cause = static_cast<std::uint8_t>(capture::RadarCause::kTarget);
    }
    ASSERT_TRUE(writer->write(cycle));
  }
  ASSERT_TRUE(writer->commit());
}

TEST(ImportNuscenes, RadarsComeBack) {
  const test::TemporaryFolder folder;
  const fs::path set = folder.path() / "set", out = folder.path() / "out",
                 back = folder.path() / "back";
  write_radar_set(set);
  const auto sent = export_dataset(set, nuscenes_format(), out, {{{"train", 1}}});
  ASSERT_TRUE(sent) << core::to_string(sent.error().why);
  const auto done = import_clips("nuscenes", out, back);
  ASSERT_TRUE(done) << wrong(done);
  EXPECT_TRUE(done->losses.empty());
  const auto ours = dataset::ClipReader::open(dataset::DatasetReader::open(set)->clips().front());
  const auto clip = dataset::ClipReader::open(dataset::DatasetReader::open(back)->clips().front());
  ASSERT_TRUE(clip) << core::to_string(clip.error());
  EXPECT_TRUE(clip->verify());
  ASSERT_EQ(clip->calibration().radars.size(), 1u);
  const auto& radar = clip->calibration().radars.front();
  EXPECT_EQ(radar.name, "RADAR_FRONT");
  EXPECT_LT(glm::length(radar.T_ego_radar.translation - math::Vec3d(3.4, 0, 0.5)), 1e-9);
  ASSERT_EQ(clip->ticks("RADAR_FRONT").size(), 7u);
  int labelled = 0;
  for (int tick = 0; tick < 7; ++tick) {
    const auto a = *ours->radar("bumper", tick), b = *clip->radar("RADAR_FRONT", tick);
    ASSERT_EQ(b.detections.size(), 2u);
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_EQ(a.detections[i].x_m, b.detections[i].x_m);
      EXPECT_EQ(a.detections[i].y_m, b.detections[i].y_m);
      EXPECT_EQ(a.detections[i].rcs_dbsm, b.detections[i].rcs_dbsm);
      EXPECT_NEAR(a.detections[i].velocity_mps, b.detections[i].velocity_mps, 1e-5);
      EXPECT_NEAR(b.detections[i].velocity_compensated_mps, 0.5, 1e-5);
    }
    for (const auto& object : b.world) {
      ++labelled;
      const bool car = object.type == "vehicle.car";
      EXPECT_EQ(object.points_in_box, car ? 1 : 0) << object.type << " at " << tick;
      EXPECT_EQ(object.returns_by_id, kUnknownCount);
    }
  }
  EXPECT_EQ(labelled, 6) << "keyframes have boxes";
}

TEST(ImportNuscenes, ImportedScenesGoOutAgain) {
  const RoundTrip e("nuscenes", 7);
  const fs::path again = e.folder.path() / "again";
  const auto done = export_dataset(e.back, nuscenes_format(), again, {{{"train", 1}}});
  ASSERT_TRUE(done) << core::to_string(done.error().why);
  const auto read = [](const fs::path& out, const char* table) {
    return Json::parse(*dataset::read_file(out / "v1.0-oddroad" / (std::string(table) + ".json")));
  };
  const Json a = read(e.out, "sample_annotation"), b = read(again, "sample_annotation");
  ASSERT_EQ(a.size(), 6u);
  ASSERT_EQ(b.size(), 6u);
  // Global frames begin elsewhere: gaps between things are compared.
  const auto places = [](const Json& rows) {
    std::multimap<std::string, math::Vec3d> out;
    for (const Json& row : rows) {
      char size[64];
      std::snprintf(size, sizeof size, "%.4f", row.at("size")[1].get<double>());
      const auto t = row.at("translation");
      out.emplace(size, math::Vec3d(t[0], t[1], t[2]));
      EXPECT_GT(row.at("num_lidar_pts"), 0);
    }
    return out;
  };
  const auto p = places(a), q = places(b);
  const math::Vec3d shift = q.find("4.4000")->second - p.find("4.4000")->second;
  for (auto i = p.begin(), j = q.begin(); i != p.end(); ++i, ++j) {
    EXPECT_EQ(i->first, j->first);
    EXPECT_LT(glm::length(j->second - i->second - shift), 0.02) << i->first;
  }
  for (const Json& row : b) EXPECT_EQ(row.at("visibility_token"), "") << "nobody counted pixels";
  EXPECT_EQ(read(again, "instance").size(), 3u);
}

TEST(ImportNuscenes, EverythingWrongIsToldWithItsPlace) {
  const test::Exported e(nuscenes_format(), {{{"train", 1}}}, 2);
  const fs::path copy = e.folder.path() / "copy", set = e.folder.path() / "set";
  const auto told = [&](const std::string& file, const std::string& from, const std::string& to) {
    fs::remove_all(copy);
    fs::remove_all(set);
    fs::copy(e.out, copy, fs::copy_options::recursive);
    std::string text = *dataset::read_file(copy / file);
    const auto at = text.rfind(from);  // in the last row
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
    if (to == "gone") {
      fs::remove(copy / file);
    } else {
      std::ofstream(copy / file, std::ios::binary) << text;
    }
    const auto done = import_clips("nuscenes", copy, set);
    EXPECT_FALSE(done) << file;
    EXPECT_TRUE(!fs::exists(set) || dataset::DatasetReader::open(set)->clips().empty());
    return wrong(done);
  };
  const auto has = [](const std::string& text, const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n--- in ---\n" << text;
  };
  const std::string tables = "v1.0-oddroad/";
  const auto rows = [&](const std::string& table) {
    return std::to_string(
        Json::parse(*dataset::read_file(e.out / (tables + table + ".json"))).size() + 1);
  };
  has(told(tables + "sample_data.json", "\"is_key_frame\"", "\"is_key\""),
      "sample_data.json:" + rows("sample_data") + ":1: error: 'is_key_frame' is true or false");
  has(told(tables + "ego_pose.json", "\"translation\":[", "\"translation\":[\"x\","),
      "ego_pose.json:" + rows("ego_pose") + ":1: error: 'translation' is a list of 3 numbers");
  has(told(tables + "sample_annotation.json", "\"instance_token\":\"", "\"instance_token\":\"0"),
      "error: 'instance_token' leads to no row of instance.json");
  has(told(tables + "sensor.json", "\"modality\":\"", "\"modality\":\"sonar"), "modality is");
  has(told(tables + "scene.json", "\n]", "\n"), "scene.json:4:1: error: no JSON goes on like this");
  has(told(tables + "sample.json", "token", "gone"), "sample.json");
  const std::string cloud = [&] {
    for (const auto& entry : fs::directory_iterator(e.out / "samples/LIDAR_TOP")) {
      return entry.path().lexically_relative(e.out).string();
    }
    return std::string();
  }();
  has(told(cloud, "", "gone"), cloud);
  std::ofstream(e.out / cloud, std::ios::app | std::ios::binary) << "x";
  has(told(tables + "scene.json", "", ""), "no multiple of the 20 of a point");
  EXPECT_NE(wrong(import_clips("nuscenes", e.folder.path(), set)).find("scene.json"),
            std::string::npos);
}

// Every category of nuScenes is a class of ours; those that we write come back as what they were.
TEST(ImportNuscenes, CategoriesAreClassesOfOurs) {
  const auto ontology = test::sample_header().ontology;
  for (const auto& category : nuscenes_categories()) {
    EXPECT_NE(ontology.find(class_of_category(category)), nullptr) << category;
  }
  for (const auto& one : ontology.classes) {
    const std::string category = nuscenes_category(one);
    if (category == kNoClass || !one.thing || category.rfind("static", 0) == 0) continue;
    const auto* back = ontology.find(class_of_category(category));
    EXPECT_EQ(nuscenes_category(*back), category) << one.name;
  }
}

// Real and synthetic clips in one dataset; a second import finds its clips there.
TEST(Import, ClipsJoinADatasetOnce) {
  const test::Exported kitti(kitti_format(), {{{"train", 1}}}, 2);
  const fs::path set = kitti.folder.path() / "set";
  test::write_sample_clip(set, 1);
  auto done = import_clips("kitti", kitti.out, set);
  ASSERT_TRUE(done) << wrong(done);
  EXPECT_EQ(done->clips, 2);
  EXPECT_EQ(done->captures, 6);
  const auto before = test::tree_bytes(set / "clips");
  done = import_clips("kitti", kitti.out, set);
  ASSERT_TRUE(done) << wrong(done);
  EXPECT_EQ(done->clips, 0);
  EXPECT_EQ(done->present, 2);
  EXPECT_TRUE(test::tree_bytes(set / "clips") == before);
  EXPECT_EQ(dataset::DatasetReader::open(set)->clips().size(), 3u);
  for (const char* format : {"kitti", "semantickitti", "yolo", "webdataset", "ply", "native"}) {
    const auto out = export_dataset(set, test::format_named(format), kitti.folder.path() / format);
    ASSERT_TRUE(out) << format << ": " << core::to_string(out.error().why);
    EXPECT_EQ(out->clips, 3) << format;
  }
  // Where masks are needed there are none, and that is said.
  const auto coco = export_dataset(set, test::format_named("coco"), kitti.folder.path() / "coco");
  ASSERT_FALSE(coco);
  EXPECT_NE(core::to_string(coco.error().why).find("needs masks"), std::string::npos);
}

TEST(Import, InterruptedAndUnwritableTargetsAreTold) {
  const test::Exported kitti(kitti_format(), {{{"train", 1}}}, 2);
  ImportProgress progress;
  progress.clip = [](const std::string&, std::size_t) {
    return false;
  };
  const fs::path set = kitti.folder.path() / "set";
  const auto stopped = import_dataset(kitti.out, import_named("kitti"), set,
                                      test::sample_header().ontology, "0.1.0-test", progress);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().kind, ImportError::Kind::kInterrupted);
  EXPECT_GE(stopped.error().clips, 1);
  EXPECT_TRUE(import_clips("kitti", kitti.out, set)) << "goes on";
  const auto nowhere = import_clips("kitti", kitti.out, "/proc/none/set");
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().kind, ImportError::Kind::kCannotWrite);
}

}  // namespace
}  // namespace oddroad::exchange

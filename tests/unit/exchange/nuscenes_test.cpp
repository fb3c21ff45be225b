// Tables and files read as the development kit does (tables by token, files by column), and what
// they mean recounted in nuScenes' own frames.
#include "engine/exchange/nuscenes.h"

#include <cmath>
#include <cstring>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/exchange/nuscenes_radar.h"
#include "engine/exchange/nuscenes_sensors.h"
#include "tests/unit/exchange/exported.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

math::Pose pose_of(const Json& row) {
  const auto t = row.at("translation").get<std::array<double, 3>>();
  const auto q = row.at("rotation").get<std::array<double, 4>>();
  return {{q[0], q[1], q[2], q[3]}, {t[0], t[1], t[2]}};
}

struct Nuscenes : test::Exported {
  std::map<std::string, std::map<std::string, Json>> tables;  // by name, by token
  explicit Nuscenes(const ExportOptions& options = {{{"train", 1}}}, int ticks = 7)
      : Exported(nuscenes_format(), options, ticks) {
    for (const char* name : {"category", "attribute", "visibility", "instance", "sensor",
                             "calibrated_sensor", "ego_pose", "log", "scene", "sample",
                             "sample_data", "sample_annotation", "map", "lidarseg", "panoptic"}) {
      const fs::path file = out / "v1.0-oddroad" / (std::string(name) + ".json");
      for (const Json& row : Json::parse(*dataset::read_file(file))) {
        const bool added = tables[name].emplace(row.at("token"), row).second;
        EXPECT_TRUE(added) << name << " has a token twice";
      }
    }
  }
  [[nodiscard]] const Json& get(const std::string& table, const std::string& token) const {
    return tables.at(table).at(token);
  }
  [[nodiscard]] std::string channel(const Json& data) const {
    const Json& calibration = get("calibrated_sensor", data.at("calibrated_sensor_token"));
    return get("sensor", calibration.at("sensor_token")).at("channel");
  }
  [[nodiscard]] math::Pose T_global_sensor(const Json& data) const {
    return pose_of(get("ego_pose", data.at("ego_pose_token"))) *
           pose_of(get("calibrated_sensor", data.at("calibrated_sensor_token")));
  }
  [[nodiscard]] std::vector<Json> data_of(const std::string& wanted) const {
    std::vector<Json> rows;
    for (const auto& [token, row] : tables.at("sample_data")) {
      if (channel(row) == wanted) rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end(), [](const Json& a, const Json& b) {
      return a.at("timestamp") < b.at("timestamp");
    });
    return rows;
  }
  [[nodiscard]] std::vector<std::array<float, 5>> points(const Json& data) const {
    const std::string bytes = *dataset::read_file(out / data.at("filename").get<std::string>());
    EXPECT_EQ(bytes.size() % 20, 0u);
    std::vector<std::array<float, 5>> list(bytes.size() / 20);
    std::memcpy(list.data(), bytes.data(), bytes.size());
    return list;
  }
};

math::Vec3d xyz(const std::array<float, 5>& p) {
  return {p[0], p[1], p[2]};
}

math::OrientedBox box_of(const Json& annotation) {
  const auto wlh = annotation.at("size").get<std::array<double, 3>>();
  return {pose_of(annotation), {wlh[1], wlh[0], wlh[2]}};
}

TEST(Nuscenes, TokensLeadSomewhereAndChainsClose) {
  const Nuscenes e;
  const std::map<std::string, std::map<std::string, std::string>> links = {
      {"instance",
       {{"category_token", "category"},
        {"first_annotation_token", "sample_annotation"},
        {"last_annotation_token", "sample_annotation"}}},
      {"calibrated_sensor", {{"sensor_token", "sensor"}}},
      {"scene",
       {{"log_token", "log"}, {"first_sample_token", "sample"}, {"last_sample_token", "sample"}}},
      {"sample", {{"scene_token", "scene"}, {"prev", "sample"}, {"next", "sample"}}},
      {"sample_data",
       {{"sample_token", "sample"},
        {"ego_pose_token", "ego_pose"},
        {"calibrated_sensor_token", "calibrated_sensor"},
        {"prev", "sample_data"},
        {"next", "sample_data"}}},
      {"sample_annotation",
       {{"sample_token", "sample"},
        {"instance_token", "instance"},
        {"visibility_token", "visibility"},
        {"prev", "sample_annotation"},
        {"next", "sample_annotation"}}},
      {"lidarseg", {{"sample_data_token", "sample_data"}, {"token", "sample_data"}}},
      {"panoptic", {{"sample_data_token", "sample_data"}, {"token", "sample_data"}}}};
  for (const auto& [table, fields] : links) {
    for (const auto& [token, row] : e.tables.at(table)) {
      for (const auto& [field, target] : fields) {
        const std::string to = row.at(field);
        if (to.empty() && (field == "prev" || field == "next")) continue;
        ASSERT_TRUE(e.tables.at(target).contains(to)) << table << "." << field;
        if (field == "prev" || field == "next") {
          EXPECT_EQ(e.get(target, to).at(field == "next" ? "prev" : "next"), token);
        }
      }
    }
  }
  for (const auto& [token, row] : e.tables.at("map")) {
    EXPECT_TRUE(e.tables.at("log").contains(row.at("log_tokens")[0]));
    EXPECT_TRUE(fs::exists(e.out / row.at("filename").get<std::string>()));
  }
  for (const auto& [token, row] : e.tables.at("sample_data")) {
    EXPECT_TRUE(fs::exists(e.out / row.at("filename").get<std::string>()));
    EXPECT_TRUE(row.at("timestamp").is_number_integer());
  }
  for (const auto& [token, row] : e.tables.at("instance")) {
    int n = 0;
    for (std::string at = row.at("first_annotation_token"); !at.empty(); ++n) {
      EXPECT_EQ(e.get("sample_annotation", at).at("instance_token"), token);
      at = e.get("sample_annotation", at).at("next");
    }
    EXPECT_EQ(row.at("nbr_annotations"), n);
  }
}

TEST(Nuscenes, KeyframesAreHalfASecondApartAndSweepsBelongToTheNext) {
  const Nuscenes e;  // sweeps 100 ms apart for 0.7 s
  EXPECT_EQ(e.tables.at("sample").size(), 2u);
  const auto sweeps = e.data_of("LIDAR_TOP");
  ASSERT_EQ(sweeps.size(), 7u);
  for (std::size_t k = 0; k < 7; ++k) {
    EXPECT_EQ(sweeps[k].at("is_key_frame"), k == 0 || k == 5) << k;
    EXPECT_EQ(sweeps[k].at("prev"), k > 0 ? sweeps[k - 1].at("token") : Json(""));
    // The stamp is the end of the sweep: 50 ms after its middle, which is 180 ms for the first.
    EXPECT_EQ(sweeps[k].at("timestamp"), 1577836800'000000ll + 230000 + 100000 * std::int64_t(k));
    EXPECT_EQ(sweeps[k]
                  .at("filename")
                  .get<std::string>()
                  .rfind(k == 0 || k == 5 ? "samples/LIDAR_TOP/" : "sweeps/LIDAR_TOP/", 0),
              0u);
    const Json& sample = e.get("sample", sweeps[k].at("sample_token"));
    EXPECT_EQ(sample.at("prev") == "", k == 0) << "after the first keyframe comes the second";
  }
  for (const auto& [token, sample] : e.tables.at("sample")) {
    int lidar = 0;
    for (const Json& sweep : sweeps) {
      lidar += sweep.at("is_key_frame") == true && sweep.at("sample_token") == token &&
               sweep.at("timestamp") == sample.at("timestamp");
    }
    EXPECT_EQ(lidar, 1);
  }
}

TEST(Nuscenes, PointsInBoxesAreTheExportedNumbers) {
  const Nuscenes e;
  int annotations = 0;
  for (const Json& sweep : e.data_of("LIDAR_TOP")) {
    if (sweep.at("is_key_frame") == false) continue;
    const auto points = e.points(sweep);
    const math::Pose T_global_lidar = e.T_global_sensor(sweep);
    for (const auto& [token, one] : e.tables.at("sample_annotation")) {
      if (one.at("sample_token") != sweep.at("sample_token")) continue;
      ++annotations;
      const auto box = box_of(one);
      int inside = 0, at_the_face = 0;
      for (const auto& p : points) {
        const auto q = glm::abs(box.pose.inverse() * (T_global_lidar * xyz(p))) - 0.5 * box.size_m;
        const double out = std::max({q.x, q.y, q.z});
        inside += out <= 0;
        at_the_face += std::abs(out) < 1e-6;
      }
      EXPECT_NEAR(one.at("num_lidar_pts").get<int>(), inside, at_the_face);
      EXPECT_GT(inside + at_the_face, 0);
    }
  }
  EXPECT_EQ(annotations, 6);  // car, child, cyclist in two samples
}

// Points of the standing car, by the exported poses of all sweeps, in the global frame: on its box
// within a centimetre, and half of what a car shows inside a box grown by that much.
TEST(Nuscenes, SweepsAccumulateOnStandingThings) {
  const Nuscenes e;
  math::OrientedBox car;
  for (const auto& [token, one] : e.tables.at("sample_annotation")) {
    const Json& instance = e.get("instance", one.at("instance_token"));
    if (e.get("category", instance.at("category_token")).at("name") == "vehicle.car") {
      car = box_of(one);
    }
  }
  EXPECT_NEAR(car.size_m.x, 4.4, 1e-9);
  int near = 0;
  for (const Json& sweep : e.data_of("LIDAR_TOP")) {
    for (const auto& p : e.points(sweep)) {
      const math::Vec3d global = e.T_global_sensor(sweep) * xyz(p);
      const auto q = glm::abs(car.pose.inverse() * global) - 0.5 * car.size_m;
      const double out = std::max({q.x, q.y, q.z});
      if (out > 0.3 || global.z < 0.05) continue;
      EXPECT_NEAR(out, 0, 0.01);
      ++near;
    }
  }
  EXPECT_GT(near, 200);
}

TEST(Nuscenes, TheLidarLooksAlongItsOwnY) {
  const Nuscenes e;
  const Json sweep = e.data_of("LIDAR_TOP").front();
  const math::Pose T = pose_of(e.get("calibrated_sensor", sweep.at("calibrated_sensor_token")));
  const math::Vec3d forward = T.rotation * math::Vec3d(0, 1, 0);
  EXPECT_GT(forward.x, 0.99);
  float most = 0, lowest_ring_z = 0;
  for (const auto& p : e.points(sweep)) {
    most = std::max(most, p[3]);
    EXPECT_EQ(p[4], std::round(p[4]));
    if (p[4] == 0) lowest_ring_z = std::min(lowest_ring_z, p[2]);
  }
  EXPECT_NEAR(most, 0.05 * 15 * 255, 60);  // 0 to 255, not 0 to 1
  EXPECT_LT(lowest_ring_z, -1);            // ring 0 looks down
}

// The box of a standing thing, through the camera's own ego pose, bounds its outline.
TEST(Nuscenes, BoxesProjectWithTheCamerasOwnPose) {
  const Nuscenes e;
  int checked = 0;
  for (const Json& shot : e.data_of("CAM_FRONT")) {
    if (shot.at("is_key_frame") == false) continue;
    const auto K = e.get("calibrated_sensor", shot.at("calibrated_sensor_token"))
                       .at("camera_intrinsic")
                       .get<std::array<std::array<double, 3>, 3>>();
    const double t_s =
        1e-6 * static_cast<double>(shot.at("timestamp").get<std::int64_t>() - 1577836800'000000ll);
    const auto frame = test::sample_camera_frame(test::sample_calibration().cameras[0], 0,
                                                 std::llround(t_s * 1e9));
    for (const auto& [token, one] : e.tables.at("sample_annotation")) {
      const Json& instance = e.get("instance", one.at("instance_token"));
      if (one.at("sample_token") != shot.at("sample_token") ||
          e.get("category", instance.at("category_token")).at("name") != "vehicle.car") {
        continue;
      }
      double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
      for (const auto& corner : box_of(one).corners()) {
        const math::Vec3d p = e.T_global_sensor(shot).inverse() * corner;
        left = std::min(left, K[0][0] * p.x / p.z + K[0][2]);
        right = std::max(right, K[0][0] * p.x / p.z + K[0][2]);
        top = std::min(top, K[1][1] * p.y / p.z + K[1][2]);
        bottom = std::max(bottom, K[1][1] * p.y / p.z + K[1][2]);
      }
      const auto& amodal = frame.objects.front().amodal_box_unclipped;
      EXPECT_NEAR(left, amodal.left - 0.5, 0.02);
      EXPECT_NEAR(right, amodal.right - 0.5, 0.02);
      EXPECT_NEAR(top, amodal.top - 0.5, 0.02);
      EXPECT_NEAR(bottom, amodal.bottom - 0.5, 0.02);
      ++checked;
    }
  }
  EXPECT_EQ(checked, 2);
}

TEST(Nuscenes, BoxesHoldForTheEndOfTheSweepAndRidersAreMerged) {
  const Nuscenes e;
  std::multiset<std::string> what;
  for (const auto& [token, one] : e.tables.at("sample_annotation")) {
    const Json& sample = e.get("sample", one.at("sample_token"));
    const double t_s = 1e-6 * static_cast<double>(sample.at("timestamp").get<std::int64_t>() -
                                                  1577836800'000000ll);
    const std::string category =
        e.get("category", e.get("instance", one.at("instance_token")).at("category_token"))
            .at("name");
    const std::string attribute =
        one.at("attribute_tokens").empty()
            ? ""
            : e.get("attribute", one.at("attribute_tokens")[0]).at("name").get<std::string>();
    what.insert(category + " " + attribute);
    if (category.rfind("human", 0) != 0) continue;
    // Against the car, which stands: the global origin is the export's own.
    for (const auto& [other_token, other] : e.tables.at("sample_annotation")) {
      if (other.at("sample_token") != one.at("sample_token") ||
          std::abs(box_of(other).size_m.x - 4.4) > 1e-6) {
        continue;
      }
      const math::Vec3d gap = box_of(one).pose.translation - box_of(other).pose.translation;
      const auto child = test::box_at(test::sample_things()[2], t_s);
      const auto car = test::box_at(test::sample_things()[1], t_s);
      EXPECT_LT(glm::length(gap - (child.pose.translation - car.pose.translation)), 1e-6);
    }
  }
  // The sample's objects know no attribute `moving`.
  EXPECT_EQ(what, (std::multiset<std::string>{
                      "human.pedestrian.child pedestrian.standing",
                      "human.pedestrian.child pedestrian.standing",
                      "vehicle.bicycle cycle.with_rider", "vehicle.bicycle cycle.with_rider",
                      "vehicle.car vehicle.parked", "vehicle.car vehicle.parked"}));
}

TEST(Nuscenes, PointLabelsAreOneBytePerPointAndPanopticAgrees) {
  const Nuscenes e;
  for (const auto& [token, row] : e.tables.at("lidarseg")) {
    const auto points = e.points(e.get("sample_data", token));
    const auto labels = *dataset::read_file(e.out / row.at("filename").get<std::string>());
    ASSERT_EQ(labels.size(), points.size());
    const auto npz =
        *dataset::read_file(e.out / e.get("panoptic", token).at("filename").get<std::string>());
    EXPECT_EQ(npz.substr(0, 4), "PK\x03\x04");
    EXPECT_EQ(npz.substr(30, 8), "data.npy");
    EXPECT_NE(npz.find("'descr': '<u2'"), std::string::npos);
    std::uint16_t header = 0;
    std::memcpy(&header, npz.data() + 38 + 8, 2);
    std::vector<std::uint16_t> panoptic(points.size());
    std::memcpy(panoptic.data(), npz.data() + 38 + 10 + header, 2 * points.size());
    std::map<std::uint16_t, int> count;
    for (std::size_t i = 0; i < points.size(); ++i) {
      EXPECT_EQ(panoptic[i] / 1000, static_cast<std::uint8_t>(labels[i]));
      ++count[panoptic[i]];
    }
    std::set<int> kinds;
    for (const auto& [value, n] : count) kinds.insert(value);
    EXPECT_EQ(kinds, (std::set<int>{3001, 14001, 17001, 24000, 31000}));
  }
  EXPECT_EQ(e.tables.at("lidarseg").size(), 2u);
  const Json splits = Json::parse(*dataset::read_file(e.out / "v1.0-oddroad/splits.json"));
  EXPECT_EQ(splits, Json({{"oddroad_train", {"scene-0001"}}}));
}

TEST(Nuscenes, RadarFilesHaveTheHeaderAndTheBytesReadersCount) {
  capture::RadarDetection d;
  d.x_m = 12.5f, d.y_m = -3, d.azimuth_rad = -0.2f, d.velocity_mps = -10;
  d.velocity_compensated_mps = 1, d.rcs_dbsm = 7;
  const std::string two = encode_nuscenes_radar({d, d});
  const auto data = two.find("DATA binary\n") + 12;
  EXPECT_EQ(std::count(two.begin(), two.begin() + static_cast<std::ptrdiff_t>(data), '\n'), 11);
  EXPECT_EQ(two.size(), data + 2 * 43 + 1);
  float x = 0, vx = 0, vx_comp = 0;
  std::memcpy(&x, two.data() + data, 4);
  std::memcpy(&vx, two.data() + data + 19, 4);
  std::memcpy(&vx_comp, two.data() + data + 27, 4);
  EXPECT_EQ(x, 12.5f);
  EXPECT_NEAR(vx, -10 * std::cos(-0.2), 1e-5);
  EXPECT_NEAR(vx_comp, std::cos(-0.2), 1e-5);
  EXPECT_EQ(two[data + 36], 3);  // ambig_state
  EXPECT_EQ(two[data + 39], 0);  // invalid_state
  const std::string none = encode_nuscenes_radar({});
  EXPECT_NE(none.find("POINTS 1\n"), std::string::npos);
  std::memcpy(&x, none.data() + none.find("DATA binary\n") + 12, 4);
  EXPECT_TRUE(std::isnan(x));
}

TEST(Nuscenes, RadarFilesComeBackButForWhatTheirSourceDoubts) {
  std::vector<capture::RadarDetection> sent;
  for (int i = 1; i <= 4; ++i) {
    capture::RadarDetection& d = sent.emplace_back();
    d.azimuth_rad = 0.3f * static_cast<float>(i - 2);
    d.range_m = 10.0f * static_cast<float>(i);
    d.x_m = d.range_m * std::cos(d.azimuth_rad), d.y_m = d.range_m * std::sin(d.azimuth_rad);
    d.velocity_mps = -7.5f, d.velocity_compensated_mps = 0.25f * static_cast<float>(i);
    d.rcs_dbsm = 3.5f;
  }
  std::swap(sent[0], sent[2]);
  const std::string file = encode_nuscenes_radar(sent);
  const auto back = decode_nuscenes_radar(file, "a.pcd");
  ASSERT_TRUE(back) << core::to_string(back.error());
  EXPECT_EQ(back->doubtful, 0);
  ASSERT_EQ(back->detections.size(), 4u);
  std::swap(sent[0], sent[2]);  // nearest first
  for (std::size_t i = 0; i < 4; ++i) {
    const auto &a = sent[i], &b = back->detections[i];
    EXPECT_EQ(a.x_m, b.x_m);
    EXPECT_EQ(a.y_m, b.y_m);
    EXPECT_EQ(a.rcs_dbsm, b.rcs_dbsm);
    EXPECT_NEAR(a.range_m, b.range_m, 1e-5);
    EXPECT_NEAR(a.azimuth_rad, b.azimuth_rad, 1e-6);
    EXPECT_NEAR(a.velocity_mps, b.velocity_mps, 1e-5);
    EXPECT_NEAR(a.velocity_compensated_mps, b.velocity_compensated_mps, 1e-5);
    EXPECT_TRUE(std::isnan(b.true_range_m) && std::isnan(b.snr_db)) << "nobody knows";
    EXPECT_EQ(b.cause, 0);
  }
  const auto data = file.find("DATA binary\n") + 12;
  for (const auto& [offset, value] : {std::pair(39, 1), {12, 7}, {36, 1}}) {
    std::string doubted = file;  // invalid_state, dyn_prop, ambig_state of the second
    doubted[data + 43 + static_cast<std::size_t>(offset)] = static_cast<char>(value);
    const auto rest = decode_nuscenes_radar(doubted, "a.pcd");
    ASSERT_TRUE(rest);
    EXPECT_EQ(rest->doubtful, 1) << offset;
    EXPECT_EQ(rest->detections.size(), 3u);
  }
  EXPECT_TRUE(decode_nuscenes_radar(encode_nuscenes_radar({}), "a.pcd")->detections.empty());
}

TEST(Nuscenes, RadarFilesThatAreNoneAreTold) {
  const std::string good = encode_nuscenes_radar({{}, {}});
  const auto told = [](const std::string& bytes) {
    const auto read = decode_nuscenes_radar(bytes, "a.pcd");
    return read ? std::string("nothing") : core::to_string(read.error());
  };
  EXPECT_NE(told(good.substr(0, good.size() - 2)).find("a.pcd: error: has 1 points, its header"),
            std::string::npos);
  std::string other = good;
  other.replace(other.find("vx_comp"), 7, "vx_cump");
  EXPECT_NE(told(other).find("a.pcd: error: is no radar file of nuScenes"), std::string::npos);
  EXPECT_NE(told("").find("is no radar file"), std::string::npos);
  std::string bad = good;
  bad.replace(bad.find("DATA binary\n") + 12 + 43, 4, std::string("\xff\xff\xff\xff", 4));
  EXPECT_NE(told(bad).find("a.pcd: error: point 1 is not made of numbers"), std::string::npos);
}

TEST(Nuscenes, SensorsTakeTheChannelsTheyLookLike) {
  auto rig = test::sample_calibration();
  rig.cameras[1].T_ego_camera.rotation =
      math::from_yaw_pitch_roll(M_PI) * rig.cameras[1].T_ego_camera.rotation;
  std::vector<std::string> left_out;
  std::map<std::string, std::string> channel;
  for (const auto& one : nuscenes_channels(rig, left_out)) channel[one.channel] = one.sensor;
  EXPECT_EQ(channel,
            (std::map<std::string, std::string>{
                {"LIDAR_TOP", "lidar"}, {"CAM_FRONT", "cam_left"}, {"CAM_BACK", "cam_right"}}));
  rig.cameras[1].name = "CAM_FRONT";  // a name wins over a view
  rig.cameras[0].camera.lens = math::Lens::kKannalaBrandt;
  channel.clear();
  for (const auto& one : nuscenes_channels(rig, left_out)) channel[one.channel] = one.sensor;
  EXPECT_EQ(channel["CAM_FRONT"], "CAM_FRONT");
  EXPECT_EQ(left_out, (std::vector<std::string>{"cam_left"}));
}

}  // namespace
}  // namespace oddroad::exchange

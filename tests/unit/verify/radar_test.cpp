// What the sensors say of a small world, proven by the checks; and faults that they must find.
#include "sensors/radar/radar.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "engine/dataset/radar_pcd.h"
#include "engine/dataset/series_npy.h"
#include "engine/verify/check_gnss.h"
#include "engine/verify/check_motion.h"
#include "engine/verify/check_radar.h"
#include "render/cast/embree_scene.h"
#include "sensors/ins/calibration.h"
#include "sensors/ins/gnss.h"
#include "tests/common/test_world.h"

namespace oddroad {
namespace {

using tests::TestWorld;

constexpr std::int64_t kStamp = 500'000'000;

core::SearchRoots roots() {
  return {{ODDROAD_SOURCE_DIR}};
}
core::YamlNode yaml(const std::string& text) {
  return *core::parse_yaml(text, "rig.yaml");
}

// A street of two walls, two cars ahead, rain; the ego turns and bounces a little.
void fill(TestWorld& world) {
  world.add_static("left", tests::model_of(tests::box_mesh({-80, 9, -1}, {160, 10, 7})));
  world.add_static("right", tests::model_of(tests::box_mesh({-80, -7, -1}, {160, -6, 12})));
  world.add_static("ground", tests::model_of(tests::box_mesh({-80, -6, -1}, {160, 9, 0})));
  const auto car = tests::model_of(tests::box_mesh({0, -0.9f, 0.22f}, {4.4f, 0.9f, 1.5f}));
  const auto low = tests::model_of(tests::box_mesh({0, -0.9f, 0.05f}, {4.4f, 0.9f, 1.5f}));
  world.add_actor("near", car, math::pose_xyz_yaw(16, 0.3, 0, 0.02), {11, 0.2, 0}, 0.05);
  world.add_actor("far", low, math::pose_xyz_yaw(40, 0.2, 0, 0), {14, 0, 0});
  world.add_actor("oncoming", low, math::pose_xyz_yaw(60, 4, 0, 3.1), {-12, 0, 0}, 0.1);
  for (int k = 0; k <= 100; ++k) {
    const double t = 0.01 * k;
    auto& s = world.timeline().actors[0].states[static_cast<std::size_t>(k)];
    s.T_world_actor = {math::from_yaw_pitch_roll(0.03 * t * t, 0.01 * std::sin(9 * t), 0.005 * t),
                       {12 * t + 0.8 * t * t, 0.05 * t * t * t, 0.01 * std::sin(7 * t)}};
    const math::Pose sprung{math::from_yaw_pitch_roll(0, 0.01 * std::sin(9 * t), 0.005 * t),
                            {0, 0, 0.01 * std::sin(7 * t)}};
    s.T_actor_unsprung = sprung.inverse();
    s.steer_rad = 0.02 * t;
    s.rolled_m = 12 * t;
  }
  world.timeline().environment.rain_mm_per_h = 12;
  world.timeline().environment.latitude_rad = 0.8;
  world.timeline().environment.longitude_rad = 0.2;
}

// Actors are vehicles, static things walls.
std::vector<radar::Reflector> reflectors() {
  radar::Reflector car, wall;
  car.object = true;
  car.aspect = {{0, 14}, {1.5, 10}, {3.2, 14}};
  car.mirror_db = -5;
  wall.diffuse_db = -10, wall.specular_db = 5, wall.width_rad = 0.3, wall.mirror_db = -3;
  std::vector<radar::Reflector> out(256, wall);
  out[7] = car;
  return out;
}

class Clip : public testing::Test {
 protected:
  void SetUp() override {
    fill(world_);
    folder_ =
        std::filesystem::path(testing::TempDir()) / ("verify_radar_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_ / "radar");
    context_.folder = folder_;
    context_.rebuilt.timeline = world_.timeline();
    context_.rebuilt.stage = world_.stage();
    context_.clip.kinds = {"radar", "imu", "gnss", "ins", "odometry"};
    capture::OntologyClass leaves;
    leaves.id = core::ClassId(21), leaves.name = "vegetation";
    context_.ontology.classes = {leaves};
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& file, const std::string& bytes) {
    std::ofstream(folder_ / file, std::ios::binary) << bytes;
  }

  std::vector<capture::RadarDetection> measure(const radar::RadarSettings& settings) {
    const auto window = world_.window(radar::begin_ns(settings.model, kStamp),
                                      radar::end_ns(settings.model, kStamp));
    auto factory = cast::make_embree_factory();
    return radar::measure(settings, reflectors(), window, *(*factory)->create(window), mount_,
                          kStamp, 3);
  }

  verify::Report check(const radar::RadarSettings& settings,
                       const std::vector<capture::RadarDetection>& detections) {
    write("radar/000000.pcd", dataset::encode_radar_pcd(detections));
    verify::FrameRecord frame;
    frame.sensor = "radar", frame.stamp_ns = kStamp, frame.file = "radar/000000.json";
    const auto window = world_.window(radar::begin_ns(settings.model, kStamp),
                                      radar::end_ns(settings.model, kStamp));
    verify::MeshTrees trees;
    verify::Report report;
    verify::check_radar(context_, radar::calibration("radar", mount_, settings), frame, window,
                        trees, report);
    return report;
  }

  TestWorld world_;
  verify::ClipContext context_;
  std::filesystem::path folder_;
  math::Pose mount_{math::from_yaw_pitch_roll(0.05, 0.01, 0), {3.5, 0.2, 0.6}};
};

TEST_F(Clip, RadarsAreProven) {
  for (const char* text : {"model: ars408_like", "model: imaging_4d", "model: corner",
                           "model: imaging_4d\nnoise: false\nfluctuation: false\nweather: false"}) {
    const auto settings = *radar::parse_radar_settings(yaml(text), roots());
    const auto detections = measure(settings);
    int of_cause[6] = {};
    for (const auto& d : detections) ++of_cause[d.cause];
    EXPECT_GT(of_cause[1], 10) << text;
    if (settings.model.name != "corner") {
      EXPECT_GT(of_cause[2], 0) << text;
      EXPECT_GT(of_cause[3], 0) << text;
    }
    const auto report = check(settings, detections);
    EXPECT_EQ(report.disagreements(), 0) << text << "\n" << verify::to_table(report);
    EXPECT_GT(report.find("radar_ids")->items(), 10);
    EXPECT_LT(report.find("radar_ids")->on_edges(), report.find("radar_ids")->items() / 20 + 1);
  }
}

TEST_F(Clip, FaultsOfRadarsAreFound) {
  const auto settings = *radar::parse_radar_settings(yaml("model: ars408_like"), roots());
  const auto good = measure(settings);
  using Edit = std::function<void(std::vector<capture::RadarDetection>&)>;
  const std::pair<const char*, Edit> faults[] = {{"radar_geometry",
                                                  [](auto& all) {
                                                    all[all.size() / 2].y_m += 0.1f;
                                                  }},
                                                 {"radar_geometry",
                                                  [](auto& all) {
                                                    all[0].velocity_compensated_mps += 1;
                                                  }},
                                                 {"radar_ids",
                                                  [](auto& all) {
                                                    for (auto& d : all)
                                                      d.instance ^= d.cause < 5 ? 1 : 0;
                                                  }},
                                                 {"radar_ids",
                                                  [](auto& all) {
                                                    for (auto& d : all) d.via += d.via > 0 ? 1 : 0;
                                                  }},
                                                 {"radar_ranges",
                                                  [](auto& all) {
                                                    for (auto& d : all) d.true_range_m += 0.1f;
                                                  }},
                                                 {"radar_velocities",
                                                  [](auto& all) {
                                                    for (auto& d : all) d.true_velocity_mps += 0.3f;
                                                  }},
                                                 {"radar_signal",
                                                  [](auto& all) {
                                                    all[1].rcs_dbsm += 1;
                                                  }},
                                                 {"radar_noise", [](auto& all) {
                                                    for (auto& d : all) d.true_azimuth_rad += 0.2f;
                                                  }}};
  for (const auto& [name, edit] : faults) {
    auto bad = good;
    edit(bad);
    const auto report = check(settings, bad);
    EXPECT_GT(report.find(name)->disagreements(), 0) << name;
  }
}

TEST_F(Clip, MotionSensorsAreProvenAndFaultsFound) {
  const world::Actor& ego = context_.rebuilt.timeline.actors[0];
  const ins::SmoothPath path(ego);
  const ins::LocalEarth earth(0.8, 0.2);
  const math::Pose mount{math::from_yaw_pitch_roll(0.1, -0.05, 0.02), {0.4, 0.2, 0.7}};
  const auto imu = *ins::parse_imu_settings(yaml("model: adis16448"), roots());
  const auto nav = *ins::parse_navigation_settings(yaml("model: rt3003\ngnss: roof"), roots());
  const auto gnss = *ins::parse_gnss_settings(yaml("model: standard"), roots());
  const auto wheels = *ins::parse_odometry_settings(yaml("model: passenger_car"), roots());
  const std::int64_t end = context_.rebuilt.timeline.end_ns;
  context_.calibration.motion.imus = {ins::calibration("imu", mount, imu)};
  context_.calibration.motion.navigations = {ins::calibration("nav", mount, nav)};
  context_.calibration.motion.gnss = {ins::calibration("roof", mount, gnss)};
  context_.calibration.motion.odometries = {ins::calibration("bus", *ego.model, wheels)};
  auto forces = ins::simulate_imu(imu, path, mount, earth.gravity_mps2(), 0, end, 1).samples;
  const auto satellites = ins::satellites_of(gnss.model.satellites, gnss.model.mask_rad, 5);
  ins::GnssReceiver receiver(gnss, path, mount, satellites, earth, core::ClassId(21), 2);
  capture::GnssSeries fixes;
  auto factory = cast::make_embree_factory();
  for (std::int64_t t = 0; t <= end; t += 100'000'000) {
    const auto window = world_.window(t, t);
    fixes.samples.push_back(receiver.fix(window, *(*factory)->create_at(window, t), t));
  }
  const auto told = ins::simulate_navigation(nav, path, mount, earth, &fixes, 0, end, 3).samples;
  const auto ticks = ins::simulate_odometry(wheels, ego, path, 0, end, 4).samples;
  const auto run = [&] {
    verify::Report report;
    verify::MeshTrees trees;
    verify::check_motion(context_, report);
    verify::check_gnss(context_, trees, report);
    return report;
  };
  write("imu.imu.npy", dataset::encode_series(forces));
  write("nav.ins.npy", dataset::encode_series(told));
  write("roof.gnss.npy", dataset::encode_series(fixes.samples));
  write("roof.satellites.npy", dataset::encode_satellites(satellites));
  write("bus.odometry.npy", dataset::encode_series(ticks));
  const auto report = run();
  EXPECT_EQ(report.disagreements(), 0) << verify::to_table(report);
  EXPECT_GT(report.find("gnss_sky")->items(), 100);
  const auto expect = [&](const char* name) {
    EXPECT_GT(run().find(name)->disagreements(), 0) << name;
  };
  auto bad = forces;
  for (auto& s : bad) s.true_force_mps2.z -= 2 * earth.gravity_mps2();
  write("imu.imu.npy", dataset::encode_series(bad));
  expect("imu");
  write("imu.imu.npy", dataset::encode_series(forces));
  context_.calibration.motion.imus[0].T_ego_imu.translation.x += 3;  // a lever arm
  expect("imu");
  context_.calibration.motion.imus[0].T_ego_imu = mount;
  auto sky = fixes.samples;
  for (auto& f : sky) f.in_sight ^= 0xfff;
  write("roof.gnss.npy", dataset::encode_series(sky));
  expect("gnss_sky");
  auto moved = fixes.samples;
  for (auto& f : moved) f.longitude_rad += 1e-7;
  write("roof.gnss.npy", dataset::encode_series(moved));
  expect("gnss");
  auto turned = told;
  for (auto& s : turned) s.true_yaw_rad = -s.true_yaw_rad + 0.3;
  write("nav.ins.npy", dataset::encode_series(turned));
  expect("ins");
  auto counted = ticks;
  for (auto& s : counted) s.ticks_rr += s.ticks_rr / 4;
  write("bus.odometry.npy", dataset::encode_series(counted));
  expect("odometry");
  auto late = ticks;
  for (auto& s : late) s.stamp_ns += 1'000'000;
  write("bus.odometry.npy", dataset::encode_series(late));
  expect("motion_series");
}

}  // namespace
}  // namespace oddroad

// Who checks the checker: faults of boxes, tracks and clips that `oddroad verify` must catch and
// name.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "tests/integration/planted.h"

namespace oddroad::tests {
namespace {

constexpr const char* kRig = "quick_rig.yaml";
constexpr int kTick = 2;

using dataset::FrameLabels;

TEST(Corruption, GoodDatasetsAgree) {
  for (const char* rig : {"quick_rig.yaml", "quick_distorted_rig.yaml", "quick_fisheye_rig.yaml",
                          "quick_rolling_rig.yaml"}) {
    EXPECT_TRUE(verify_all(good_dataset(rig)).empty()) << rig;
  }
}

TEST(Corruption, BoxOnePixelLargerOnEachSide) {
  Planted planted(good_dataset(kRig));
  planted.labels("front", kTick, [](FrameLabels& f) {
    capture::Box2& b = largest(f).box;
    b = {b.left - 1, b.top - 1, b.right + 1, b.bottom + 1};
  });
  expect_caught(planted, "boxes_2d");
}

TEST(Corruption, BoxFromTheUndistortedProjection) {
  Planted planted(good_dataset("quick_distorted_rig.yaml"));
  capture::Calibration calibration;
  planted.calibration([&](capture::Calibration& c) {
    calibration = c;
  });
  const math::CameraModel lens = calibration.cameras[0].camera;
  const auto straight = [&](double u, double v) {
    const math::Vec3d d = lens.direction(u, v);
    return math::Vec2d(lens.fx_px * d.x / d.z + lens.cx_px, lens.fy_px * d.y / d.z + lens.cy_px);
  };
  planted.labels("front", kTick, [&](FrameLabels& f) {
    capture::Box2& b = largest(f).box;
    const auto upper = straight(b.left, b.top), lower = straight(b.right, b.bottom);
    b = {upper.x, upper.y, lower.x, lower.y};
  });
  expect_caught(planted, "boxes_2d");
}

TEST(Corruption, StaleBoxOfThePreviousFrame) {
  Planted planted(good_dataset(kRig));
  auto before = planted.labels_at("front", kTick - 1);
  planted.labels("front", kTick, [&](FrameLabels& f) {
    capture::ObjectInImage& object = largest(f);
    for (const auto& old : before.in_image) {
      if (old.id == object.id) object.box = old.box;
    }
  });
  expect_caught(planted, "boxes_2d");
}

TEST(Corruption, MissingBox) {
  Planted planted(good_dataset(kRig));
  planted.labels("front", kTick, [](FrameLabels& f) {
    const auto id = largest(f).id;
    std::erase_if(f.in_image, [&](const auto& o) {
      return o.id == id;
    });
  });
  expect_caught(planted, "box_of_mask");
}

TEST(Corruption, InventedBox) {
  Planted planted(good_dataset(kRig));
  planted.labels("front", kTick, [](FrameLabels& f) {
    capture::ObjectInImage object = largest(f);
    object.id = core::InstanceId(99);
    f.in_image.push_back(object);
  });
  expect_caught(planted, "box_of_mask");
}

TEST(Corruption, AmodalBoxIsTheVisibleOne) {
  Planted planted(good_dataset(kRig));
  int planted_boxes = 0;
  for (int tick = 0; tick < 4; ++tick) {
    planted.labels("front", tick, [&](FrameLabels& f) {
      for (auto& o : f.in_image) {
        if (o.visible_px == 0 || o.box == o.amodal_box) continue;
        o.amodal_box = o.amodal_box_unclipped = o.box;
        ++planted_boxes;
      }
    });
  }
  ASSERT_GT(planted_boxes, 0);
  expect_caught(planted, "amodal");
}

TEST(Corruption, VisibilityOffByFivePercent) {
  Planted planted(good_dataset(kRig));
  planted.labels("front", kTick, [](FrameLabels& f) {
    auto& o = largest(f);
    o.visible_px -= o.in_frame_px / 20;
  });
  expect_caught(planted, "ledger");
}

TEST(Corruption, OccluderWithAnotherId) {
  Planted planted(good_dataset(kRig));
  int changed = 0;
  planted.labels("front", kTick, [&](FrameLabels& f) {
    for (auto& o : f.in_image) {
      if (o.occluders.empty() || changed > 0) continue;
      o.occluders[0].id = core::InstanceId(o.occluders[0].id.value == 2 ? 4 : 2);
      ++changed;
    }
  });
  ASSERT_EQ(changed, 1);
  expect_caught(planted, "occluders");
}

// Turns the boxes of one object in all frames that they stand in.
void edit_box(Planted& planted, const std::string& name,
              const std::function<void(math::OrientedBox&)>& edit) {
  for (const char* sensor : {"front", "top"}) {
    planted.labels(sensor, kTick, [&](FrameLabels& f) {
      for (auto& o : f.in_world) {
        if (o.name != name) continue;
        for (auto* box : {&o.box_ego, &o.box_world, &o.box_sensor, &o.box_ego_observed}) edit(*box);
      }
    });
  }
}

TEST(Corruption, BoxThatPointsBackwards) {
  Planted planted(good_dataset(kRig));
  edit_box(planted, "van", [](math::OrientedBox& box) {
    box.pose.rotation = box.pose.rotation * math::from_yaw_pitch_roll(3.14159265358979);
  });
  expect_caught(planted, "boxes_3d");
}

TEST(Corruption, WidthAndLengthSwapped) {
  Planted planted(good_dataset(kRig));
  edit_box(planted, "van", [](math::OrientedBox& box) {
    std::swap(box.size_m.x, box.size_m.y);
  });
  expect_caught(planted, "boxes_3d");
}

TEST(Corruption, BoxTwoCentimetresLow) {
  Planted planted(good_dataset(kRig));
  edit_box(planted, "van", [](math::OrientedBox& box) {
    box.pose.translation -= box.pose.rotation * math::Vec3d(0, 0, 0.02);
  });
  expect_caught(planted, "boxes_3d");
}

TEST(Corruption, BoxTwoCentimetresAsideIsSeenByPointsToo) {
  Planted planted(good_dataset(kRig));
  edit_box(planted, "van", [](math::OrientedBox& box) {
    box.pose.translation -= box.pose.rotation * math::Vec3d(0, 0.02, 0);
  });
  expect_caught(planted, "box_against_points");
}

TEST(Corruption, BoxOfTheEgoFrameInTheCameraFrame) {
  Planted planted(good_dataset(kRig));
  planted.labels("front", kTick, [](FrameLabels& f) {
    f.in_world[0].box_sensor = f.in_world[0].box_ego;
  });
  expect_caught(planted, "box_frames");
}

TEST(Corruption, VelocityWithTheWrongSign) {
  Planted planted(good_dataset(kRig));
  for (int tick = 0; tick < 4; ++tick) {
    planted.labels("front", tick, [](FrameLabels& f) {
      for (auto& o : f.in_world) {
        if (o.name == "cyclist") o.velocity_world_mps = -o.velocity_world_mps;
      }
    });
  }
  expect_caught(planted, "motion");
}

TEST(Corruption, VelocityIsCheckedAgainstTracksToo) {
  Planted planted(good_dataset(kRig));
  for (int tick = 0; tick < 4; ++tick) {
    planted.labels("front", tick, [](FrameLabels& f) {
      for (auto& o : f.in_world) o.velocity_world_mps = -o.velocity_world_mps;
    });
  }
  expect_caught(planted, "tracks");
}

// Rates that nobody turns at: caught by the poses beside them, not only by the clip made again.
TEST(Corruption, YawRatesOfTheTimelineOffByHalfARadianASecond) {
  constexpr std::size_t kFields = 14, kYawRate = 11, kPrelude = 10;
  Planted planted(good_dataset(kRig));
  std::string bytes = planted.read("timeline.npy");
  const auto byte = [&](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i]));
  };
  const std::size_t begin = kPrelude + byte(8) + 256 * byte(9);
  for (std::size_t at = begin; at < bytes.size(); at += kFields * sizeof(double)) {
    double rate = 0;
    std::memcpy(&rate, &bytes[at + kYawRate * sizeof rate], sizeof rate);
    rate += 0.5;
    std::memcpy(&bytes[at + kYawRate * sizeof rate], &rate, sizeof rate);
  }
  planted.write("timeline.npy", bytes);
  expect_caught(planted, "turns");
}

TEST(Corruption, TrackIdChangesInMidClip) {
  Planted planted(good_dataset(kRig));
  for (int tick = kTick; tick < 4; ++tick) {
    for (const char* sensor : {"front", "top"}) {
      planted.labels(sensor, tick, [](FrameLabels& f) {
        for (auto& o : f.in_world) {
          if (o.name == "van") o.id = core::InstanceId(42);
        }
        for (auto& o : f.in_image) {
          if (o.id.value == 2) o.id = core::InstanceId(42);
        }
      });
    }
  }
  expect_caught(planted, "tracks");
}

TEST(Corruption, ObservedAtTheStampInsteadOfTheRow) {
  Planted planted(good_dataset("quick_rolling_rig.yaml"));
  planted.labels("front", kTick, [](FrameLabels& f) {
    for (auto& o : f.in_image) o.observed_ns = f.stamp.stamp_ns;
  });
  expect_caught(planted, "observed");
}

TEST(Corruption, FrameDuplicated) {
  Planted planted(good_dataset(kRig));
  for (const char* suffix :
       {".ids.png", ".classes.png", ".panoptic.png", ".depth.exr", ".range.exr", ".normals.exr",
        ".flow_forward.exr", ".flow_backward.exr", ".drivable.png", ".lanes.json", ".json"}) {
    planted.write("front/000002" + std::string(suffix),
                  planted.read("front/000001" + std::string(suffix)));
  }
  expect_caught(planted, "frames");
}

TEST(Corruption, FocalLengthATenthOfAPercentLonger) {
  Planted planted(good_dataset(kRig));
  planted.calibration([](capture::Calibration& c) {
    c.cameras[0].camera.fx_px *= 1.001;
  });
  expect_caught(planted, "calibration");
  EXPECT_EQ(planted.verify().count("depth"), 1u);  // without looking at the rig
}

TEST(Corruption, CameraTurnedByATwentiethOfADegree) {
  Planted planted(good_dataset(kRig));
  planted.calibration([](capture::Calibration& c) {
    auto& q = c.cameras[0].T_ego_camera.rotation;
    q = math::from_yaw_pitch_roll(0.05 / 180 * 3.14159265358979) * q;
  });
  expect_caught(planted, "calibration");
  EXPECT_EQ(planted.verify().count("depth"), 1u);
}

TEST(Corruption, HashOfTheManifest) {
  Planted planted(good_dataset(kRig));
  planted.seal();
  std::string text = planted.read("manifest.json");
  const std::size_t at = text.find("\"sha256\":\"") + 10;
  text[at] = text[at] == '0' ? '1' : '0';
  planted.write("manifest.json", text);
  const auto wrong = planted.verify();
  EXPECT_EQ(wrong.size(), 1u);
  EXPECT_EQ(wrong.count("manifest"), 1u);
}

TEST(Corruption, MissingAndBrokenFilesAreNamed) {
  Planted planted(good_dataset(kRig));
  planted.remove("front/000001.depth.exr");
  planted.write("front/000002.ids.png", planted.read("front/000002.ids.png").substr(0, 300));
  planted.write("top/000001.pcd", planted.read("top/000001.pcd").substr(0, 5000));
  planted.write("front/000003.json", "{\"sensor\": ");
  expect_caught(planted, "files");
}

TEST(Corruption, NumbersOutOfAllReasonAreNamedToo) {
  Planted planted(good_dataset(kRig));
  planted.labels("front", 1, [](FrameLabels& f) {
    f.stamp.stamp_ns = std::int64_t{1} << 60;
  });
  planted.labels("top", 1, [](FrameLabels& f) {
    f.stamp.stamp_ns = -5;
  });
  planted.labels("front", 2, [](FrameLabels& f) {
    f.in_world[0].box_world.size_m.x = NAN;
  });
  planted.calibration([](capture::Calibration& c) {
    c.cameras[0].row_time_ns = 1'000'000'000;
  });
  expect_caught(planted, "frames");
}

TEST(Corruption, AnotherAttemptThanTheOneRecorded) {
  Planted planted(good_dataset(kRig));
  std::string text = planted.read("clip.json");
  text.replace(text.find("\"attempt\": 0"), 12, "\"attempt\": 1");
  planted.write("clip.json", text);
  expect_caught(planted, "timeline");
}

TEST(Corruption, AnObjectSeenInMoreFrames) {
  Planted planted(good_dataset(kRig));
  std::string text = planted.read("sightings.json");
  const auto at = text.find("\"frames\":");
  ASSERT_NE(at, std::string::npos);
  text.insert(at + 9, "1");  // 3 frames become 13
  planted.write("sightings.json", text);
  expect_caught(planted, "sightings");
}

// Facts of a clip, changed where `key` comes first.
void plant_fact(Planted& planted, const std::string& key, const std::string& value) {
  std::string text = planted.read("clip.json");
  const auto at = text.find(key + ":", text.find("\"facts\""));
  ASSERT_NE(at, std::string::npos);
  const auto begin = at + key.size() + 1;
  text.replace(begin, text.find_first_of(",\n}", begin) - begin, value);
  planted.write("clip.json", text);
}

TEST(Corruption, ALeastGapFromAnotherClip) {
  Planted planted(good_dataset(kRig));
  plant_fact(planted, "\"min_gap_m\"", " 77.25");
  expect_caught(planted, "facts");
}

TEST(Corruption, ALeastGapAtAnotherTime) {
  Planted planted(good_dataset(kRig));
  plant_fact(planted, "\"min_gap_ns\"", " 10000000");
  expect_caught(planted, "facts");
}

TEST(Corruption, AnInventedTimeToCollision) {
  Planted planted(good_dataset(kRig));
  plant_fact(planted, "\"min_ttc_s\"", " 0.125");
  expect_caught(planted, "facts");
}

TEST(Corruption, AnInventedCollision) {
  Planted planted(good_dataset(kRig));
  std::string text = planted.read("clip.json");
  const auto at = text.find("\"collisions\":");
  ASSERT_NE(at, std::string::npos);
  text.insert(text.find('[', at) + 1,
              R"({"stamp_ns": 0, "a": 1, "b": 2, "relative_speed_mps": 3.5})");
  planted.write("clip.json", text);
  expect_caught(planted, "facts");
}

TEST(Corruption, ABrakeLampThatIsNotLit) {
  Planted planted(good_dataset(kRig));
  planted.labels("front", kTick, [](FrameLabels& f) {
    for (auto& object : f.in_world) {
      if (!object.attributes.indicator.empty()) object.attributes.lit.push_back("reverse");
    }
  });
  expect_caught(planted, "lamps");
}

// An actor that is not there for its last step.
TEST(Corruption, AnActorThatLeavesTooEarly) {
  Planted planted(good_dataset(kRig));
  std::string bytes = planted.read("timeline.npy");
  const double nothing = std::numeric_limits<double>::quiet_NaN();
  std::memcpy(&bytes[bytes.size() - 14 * sizeof nothing], &nothing, sizeof nothing);
  planted.write("timeline.npy", bytes);
  expect_caught(planted, "timeline");
}

}  // namespace
}  // namespace oddroad::tests

// Faults of LiDAR points that `oddroad verify` must catch and name.
#include <algorithm>
#include <cmath>

#include "tests/integration/planted.h"

namespace oddroad::tests {
namespace {

constexpr const char* kRig = "quick_rig.yaml";
constexpr int kTick = 1;

using capture::PointCloud;

TEST(CorruptPoints, OneMovedTwoCentimetresAlongItsRay) {
  Planted planted(good_dataset(kRig));
  planted.cloud(kTick, [](PointCloud& c) {
    const std::size_t i = c.size() / 2;
    const float stretch = 1 + 0.02f / c.range_m[i];
    c.x_m[i] *= stretch, c.y_m[i] *= stretch, c.z_m[i] *= stretch;
  });
  expect_caught(planted, "point_rays");
}

TEST(CorruptPoints, OneMovedTwoCentimetresAcrossItsRay) {
  Planted planted(good_dataset(kRig));
  planted.cloud(kTick, [](PointCloud& c) {
    const std::size_t i = c.size() / 3;
    const float across = 0.02f / std::hypot(c.x_m[i], c.y_m[i]);
    const float x = c.x_m[i];
    c.x_m[i] -= across * c.y_m[i], c.y_m[i] += across * x;
  });
  expect_caught(planted, "point_rays");
}

TEST(CorruptPoints, NotCompensatedAtAll) {
  Planted planted(good_dataset(kRig));
  planted.cloud(kTick, [](PointCloud& c) {
    for (std::size_t i = 0; i < c.size(); ++i) {
      c.compensated_m[i] = {c.x_m[i], c.y_m[i], c.z_m[i]};
    }
  });
  expect_caught(planted, "compensated");
}

TEST(CorruptPoints, IdsShiftedByOnePoint) {
  Planted planted(good_dataset(kRig));
  planted.cloud(kTick, [](PointCloud& c) {
    std::rotate(c.instance.begin(), c.instance.begin() + 1, c.instance.end());
  });
  expect_caught(planted, "point_ids");
}

TEST(CorruptPoints, ClassesShiftedByOnePoint) {
  Planted planted(good_dataset(kRig));
  planted.cloud(kTick, [](PointCloud& c) {
    std::rotate(c.class_id.begin(), c.class_id.begin() + 1, c.class_id.end());
  });
  expect_caught(planted, "point_classes");
}

TEST(CorruptPoints, TimesReversed) {
  Planted planted(good_dataset(kRig));
  planted.cloud(kTick, [](PointCloud& c) {
    std::reverse(c.time_offset_ns.begin(), c.time_offset_ns.end());
  });
  expect_caught(planted, "point_rays");
}

TEST(CorruptPoints, ScanThatTheDeviceDidNotMake) {
  struct Fault {
    const char* name;
    const char* check;
    void (*plant)(capture::LidarCalibration& lidar);
  };
  for (const Fault& fault :
       std::vector<Fault>{{"a beam from beside the axis", "point_rays",
                           [](capture::LidarCalibration& l) {
                             l.beams[11].forward_offset_m += 0.05;
                           }},
                          {"one column less", "point_rays",
                           [](capture::LidarCalibration& l) {
                             --l.scan.columns;
                           }},
                          {"another unit", "calibration", [](capture::LidarCalibration& l) {
                             l.unit = 5;
                           }}}) {
    SCOPED_TRACE(fault.name);
    Planted planted(good_dataset(kRig));
    planted.calibration([&](capture::Calibration& c) {
      fault.plant(c.lidars[0]);
    });
    expect_caught(planted, fault.check);
  }
}

TEST(CorruptPoints, RangesWithoutTheirPoints) {
  Planted planted(good_dataset(kRig));
  planted.cloud(kTick, [](PointCloud& c) {
    for (std::size_t i = 0; i < c.size(); ++i) {
      const float stretch = 1 + 2 / c.range_m[i];  // rays stay, ranges do not
      c.x_m[i] *= stretch, c.y_m[i] *= stretch, c.z_m[i] *= stretch;
      c.range_m[i] += 2;
    }
  });
  expect_caught(planted, "point_ranges");
}

TEST(CorruptPoints, PointsOfAnotherSweepInTheImage) {
  Planted planted(good_dataset(kRig));
  planted.cloud(kTick, [](PointCloud& c) {
    for (std::size_t i = 0; i < c.size(); ++i) {
      if (c.instance[i] == 2) c.instance[i] = 4;
    }
  });
  expect_caught(planted, "camera_lidar");
}

TEST(CorruptPoints, CountOfReturns) {
  Planted planted(good_dataset(kRig));
  planted.labels("top", kTick, [](dataset::FrameLabels& f) {
    f.in_world[0].returns_by_id += 1;
  });
  expect_caught(planted, "point_counts");
}

TEST(CorruptPoints, NormalsTowardsTheSurface) {
  Planted planted(good_dataset(kRig));
  planted.cloud(kTick, [](PointCloud& c) {
    for (auto& n : c.normal) n = -n;
  });
  expect_caught(planted, "point_geometry");
}

TEST(CorruptPoints, VelocityRelativeToTheEgo) {
  Planted planted(good_dataset(kRig));
  planted.cloud(kTick, [](PointCloud& c) {
    for (auto& v : c.velocity_mps) v.x -= 8.6f;
  });
  expect_caught(planted, "point_geometry");
}

void make(PointCloud& c, std::size_t i, capture::PointCause cause) {
  c.cause[i] = static_cast<std::uint8_t>(cause);
}

TEST(CorruptPoints, RainOnADryDay) {
  Planted planted(good_dataset(kRig));
  planted.cloud(kTick, [](PointCloud& c) {
    const std::size_t i = c.size() / 2;
    make(c, i, capture::PointCause::kRain);
    c.instance[i] = 0, c.class_id[i] = 0;
  });
  expect_caught(planted, "point_causes");
}

TEST(CorruptPoints, GhostWithoutAMirror) {
  Planted planted(good_dataset(kRig));
  planted.cloud(kTick, [](PointCloud& c) {
    make(c, c.size() / 2, capture::PointCause::kGhost);
  });
  expect_caught(planted, "point_causes");
}

constexpr const char* kEgoRig = "quick_distorted_rig.yaml";  // its LiDAR records the ego

std::size_t first_of(const PointCloud& c, capture::PointCause cause) {
  const auto found = std::find(c.cause.begin(), c.cause.end(), static_cast<std::uint8_t>(cause));
  return static_cast<std::size_t>(found - c.cause.begin());
}

TEST(CorruptPoints, TheEgoTakenForATarget) {
  Planted planted(good_dataset(kEgoRig));
  planted.cloud(kTick, [](PointCloud& c) {
    const std::size_t i = first_of(c, capture::PointCause::kEgo);
    ASSERT_LT(i, c.size());
    make(c, i, capture::PointCause::kTarget);
  });
  expect_caught(planted, "point_causes");
}

TEST(CorruptPoints, ATargetTakenForTheEgo) {
  Planted planted(good_dataset(kEgoRig));
  planted.cloud(kTick, [](PointCloud& c) {
    make(c, first_of(c, capture::PointCause::kTarget), capture::PointCause::kEgo);
  });
  expect_caught(planted, "point_causes");
}

TEST(CorruptPoints, TheEgoWhereTheRigLeavesItOut) {
  Planted planted(good_dataset(kEgoRig));
  planted.calibration([](capture::Calibration& c) {
    c.lidars[0].ego_body = capture::EgoBody::kUnseen;
  });
  const auto wrong = planted.verify();
  EXPECT_EQ(wrong.count("calibration"), 1u);
  EXPECT_EQ(wrong.count("point_ids"), 1u);
}

TEST(CorruptPoints, AMaskThatTakesNoBeam) {
  Planted planted(good_dataset(kRig));  // its LiDAR does not see the ego
  planted.calibration([](capture::Calibration& c) {
    c.lidars[0].ego_body = capture::EgoBody::kMasked;
  });
  EXPECT_EQ(planted.verify().count("ray_ends"), 1u);
}

TEST(CorruptPoints, BeamsThatNoMaskTakes) {
  Planted planted(good_dataset("quick_fisheye_rig.yaml"));  // its LiDAR masks the ego
  planted.calibration([](capture::Calibration& c) {
    c.lidars[0].ego_body = capture::EgoBody::kUnseen;
  });
  EXPECT_EQ(planted.verify().count("ray_ends"), 1u);
}

TEST(CorruptPoints, MixedPointOfOneSurface) {
  Planted planted(good_dataset(kRig));
  planted.cloud(kTick, [](PointCloud& c) {
    const std::size_t i = c.size() / 2;
    make(c, i, capture::PointCause::kMixed);
    c.instance[i] = 2;
  });
  expect_caught(planted, "point_causes");
}

}  // namespace
}  // namespace oddroad::tests

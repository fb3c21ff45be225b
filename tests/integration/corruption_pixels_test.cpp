// Faults of images that `oddroad verify` must catch and name.
#include <cmath>
#include <fstream>

#include "engine/dataset/layout.h"
#include "tests/integration/planted.h"

namespace oddroad::tests {
namespace {

constexpr const char* kRig = "quick_rig.yaml";
constexpr int kTick = 2;

using Ids = capture::Image<std::uint16_t>;

std::uint16_t largest_id(const Planted& planted) {
  auto labels = planted.labels_at("front", kTick);
  return largest(labels).id.value;
}

TEST(CorruptPixels, TwoIdsSwapped) {
  Planted planted(good_dataset(kRig));
  planted.ids(kTick, [](Ids& ids) {
    for (auto& id : ids.pixels) id = id == 4 ? 5 : id == 5 ? 4 : id;
  });
  expect_caught(planted, "ids");
}

TEST(CorruptPixels, OneIdChangedInOneFrame) {
  Planted planted(good_dataset(kRig));
  const auto changed = largest_id(planted);
  planted.ids(kTick, [&](Ids& ids) {
    for (auto& id : ids.pixels) id = id == changed ? 33 : id;
  });
  planted.labels("front", kTick, [&](dataset::FrameLabels& f) {
    for (auto& o : f.in_image) o.id.value = o.id.value == changed ? 33 : o.id.value;
    for (auto& o : f.in_world) o.id.value = o.id.value == changed ? 33 : o.id.value;
  });
  expect_caught(planted, "ids");
}

TEST(CorruptPixels, ClassSwapped) {
  Planted planted(good_dataset(kRig));
  const auto id = largest_id(planted);
  const Ids ids = planted.ids_at(kTick);
  planted.classes(kTick, [&](capture::Image<std::uint8_t>& classes) {
    for (std::size_t i = 0; i < ids.pixels.size(); ++i) {
      if (ids.pixels[i] == id) classes.pixels[i] = 16;
    }
  });
  expect_caught(planted, "classes");
}

TEST(CorruptPixels, ClassOfAnObjectInThePicture) {
  Planted planted(good_dataset(kRig));
  planted.labels("front", kTick, [](dataset::FrameLabels& f) {
    largest(f).class_id.value += 1;
  });
  expect_caught(planted, "class_of_id");
}

TEST(CorruptPixels, ClassOfAnotherInstance) {
  Planted planted(good_dataset(kRig));
  planted.classes(kTick, [](capture::Image<std::uint8_t>& classes) {
    for (auto& c : classes.pixels) c = c == 2 ? 3 : c;  // road as sidewalk
  });
  expect_caught(planted, "class_of_id");
}

TEST(CorruptPixels, MaskErodedByOnePixel) {
  Planted planted(good_dataset(kRig));
  const auto id = largest_id(planted);
  planted.ids(kTick, [&](Ids& ids) {
    const Ids before = ids;
    for (int y = 1; y + 1 < ids.height_px; ++y) {
      for (int x = 1; x + 1 < ids.width_px; ++x) {
        if (before.at(x, y) != id) continue;
        for (const auto& [dx, dy] : {std::pair(-1, 0), {1, 0}, {0, -1}, {0, 1}}) {
          if (before.at(x + dx, y + dy) != id) ids.at(x, y) = before.at(x + dx, y + dy);
        }
      }
    }
  });
  expect_caught(planted, "ids");
}

TEST(CorruptPixels, PanopticOfAnotherFrame) {
  Planted planted(good_dataset(kRig));
  planted.write("front/000002.panoptic.png", planted.read("front/000001.panoptic.png"));
  expect_caught(planted, "panoptic");
}

TEST(CorruptPixels, DepthAThousandthTooLong) {
  Planted planted(good_dataset(kRig));
  planted.depth(kTick, [](capture::Image<float>& depth) {
    for (float& d : depth.pixels) d *= 1.001f;
  });
  expect_caught(planted, "depth");
}

TEST(CorruptPixels, DepthIsRange) {
  Planted planted(good_dataset(kRig));
  capture::Calibration calibration;
  planted.calibration([&](capture::Calibration& c) {
    calibration = c;
  });
  const math::CameraModel& camera = calibration.cameras[0].camera;
  planted.depth(kTick, [&](capture::Image<float>& depth) {
    for (int y = 0; y < depth.height_px; ++y) {
      for (int x = 0; x < depth.width_px; ++x) {
        depth.at(x, y) *= static_cast<float>(glm::length(camera.direction(x + 0.5, y + 0.5)));
      }
    }
  });
  expect_caught(planted, "depth");
}

TEST(CorruptPixels, DepthOfOneObjectFiveCentimetresOff) {
  Planted planted(good_dataset(kRig));
  const auto id = largest_id(planted);
  const Ids ids = planted.ids_at(kTick);
  planted.depth(kTick, [&](capture::Image<float>& depth) {
    for (std::size_t i = 0; i < ids.pixels.size(); ++i) {
      if (ids.pixels[i] == id) depth.pixels[i] += 0.05f;
    }
  });
  expect_caught(planted, "depth");
}

TEST(CorruptPixels, RangeIsDepth) {
  Planted planted(good_dataset(kRig));
  planted.depth(kTick, [&](capture::Image<float>&) {});
  std::string bytes = planted.read("front/000002.depth.exr");
  // The same numbers under the other channel's name.
  for (std::size_t at = 0; (at = bytes.find(std::string("Z\0\x02", 3), at)) != std::string::npos;) {
    bytes[at] = 'R';
  }
  planted.write("front/000002.range.exr", bytes);
  expect_caught(planted, "range");
}

TEST(CorruptPixels, NormalsFlipped) {
  Planted planted(good_dataset(kRig));
  planted.normals(kTick, [](capture::Image<math::Vec3f>& normals) {
    for (auto& n : normals.pixels) n = -n;
  });
  expect_caught(planted, "normals");
}

TEST(CorruptPixels, NormalsInTheWorldFrame) {
  Planted planted(good_dataset(kRig));
  const auto frame = planted.labels_at("front", kTick).stamp;
  capture::Calibration calibration;
  planted.calibration([&](capture::Calibration& c) {
    calibration = c;
  });
  const glm::dquat turn = frame.T_world_ego.rotation * calibration.cameras[0].T_ego_camera.rotation;
  planted.normals(kTick, [&](capture::Image<math::Vec3f>& normals) {
    for (auto& n : normals.pixels) n = math::Vec3f(turn * math::Vec3d(n));
  });
  expect_caught(planted, "normals");
}

TEST(CorruptPixels, FlowNegated) {
  Planted planted(good_dataset(kRig));
  planted.flow(kTick, dataset::kFlowForwardFile, [](capture::FlowImage& flow) {
    for (auto& d : flow.displacement_px.pixels) d = -d;
  });
  expect_caught(planted, "flow");
}

TEST(CorruptPixels, FlowThatForgetsMovers) {
  Planted planted(good_dataset(kRig));
  const Ids ids = planted.ids_at(kTick);
  planted.flow(kTick, dataset::kFlowForwardFile, [&](capture::FlowImage& flow) {
    for (std::size_t i = 0; i < ids.pixels.size(); ++i) {
      if (ids.pixels[i] > 2 && ids.pixels[i] < 100) flow.displacement_px.pixels[i] = {0, 0};
    }
  });
  expect_caught(planted, "flow");
}

TEST(CorruptPixels, FlowOfTheWrongNeighbour) {
  Planted planted(good_dataset(kRig));
  planted.write("front/000002.flow_forward.exr", planted.read("front/000002.flow_backward.exr"));
  expect_caught(planted, "flow");
}

TEST(CorruptPixels, FlowWithoutOcclusion) {
  Planted planted(good_dataset(kRig));
  planted.flow(kTick, dataset::kFlowForwardFile, [](capture::FlowImage& flow) {
    for (auto& state : flow.occlusion.pixels) state = 0;
  });
  expect_caught(planted, "flow_occlusion");
}

// The pixels of a rig that is the same but for its shutter.
TEST(CorruptPixels, RowTimeOfTheRollingShutterIgnored) {
  Planted planted(good_dataset("quick_rolling_rig.yaml"));
  std::string rig = planted.read("inputs/quick_rolling_rig.yaml");
  const std::size_t at = rig.find("    shutter:");
  ASSERT_NE(at, std::string::npos);
  rig.erase(at, rig.find('\n', at) + 1 - at);
  const std::string path =
      testing::TempDir() + "oddroad_global_rig_" + std::to_string(::getpid()) + ".yaml";
  std::ofstream(path, std::ios::binary) << rig;
  const std::string global = good_dataset(path);
  std::filesystem::remove(path);
  for (const char* suffix : {".ids.png", ".depth.exr"}) {
    const std::string file = "front/000002" + std::string(suffix);
    planted.write(file, read_of(global, file));
  }
  expect_caught(planted, "depth");
}

}  // namespace
}  // namespace oddroad::tests

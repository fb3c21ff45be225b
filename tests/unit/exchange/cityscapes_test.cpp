// Read as cityscapesScripts do: names in parts, ids by division, cameras by the calibration paper.
#include <cmath>
#include <random>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/dataset/exr.h"
#include "engine/dataset/png.h"
#include "tests/unit/exchange/changed_clip.h"
#include "tests/unit/exchange/exported.h"
#include "tests/unit/exchange/mask_decoders.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

struct Cityscapes : test::Exported {
  explicit Cityscapes(const ExportOptions& options = {{{"train", 1}}})
      : Exported(test::format_named("cityscapes"), options) {}
  [[nodiscard]] fs::path file(const std::string& type, const std::string& ending) const {
    return out / type / "train/childbehindvan" / ("childbehindvan_000000_000001_" + type + ending);
  }
  [[nodiscard]] Json json(const std::string& type, const std::string& ending = ".json") const {
    return Json::parse(*dataset::read_file(file(type, ending)));
  }
  template <typename Decode>
  auto image(const std::string& type, const std::string& ending, Decode decode) const {
    const fs::path path = file(type, ending);
    return *decode(*dataset::read_file(path), path.string());
  }
};

TEST(Cityscapes, InstancesDivideIntoLabelsAndNumbers) {
  const Cityscapes e;
  const auto labels = e.image("gtFine", "_labelIds.png", dataset::decode_png8);
  const auto train = e.image("gtFine", "_labelTrainIds.png", dataset::decode_png8);
  const auto instances = e.image("gtFine", "_instanceIds.png", dataset::decode_png16);
  const auto color = e.image("gtFine", "_color.png", dataset::decode_png_rgb);
  std::set<int> seen;
  for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
    const int value = instances.pixels[i], label = labels.pixels[i];
    EXPECT_EQ(value < 1000 ? value : value / 1000, label);
    EXPECT_EQ(value >= 1000, label >= 24);
    seen.insert(value);
    EXPECT_EQ(color.pixels[i] == capture::Rgb8(0, 0, 142), label == 26);
    EXPECT_EQ(train.pixels[i] == 0, label == 7);
  }
  EXPECT_EQ(seen, (std::set<int>{7, 23, 24000, 25000, 26000, 33000}));
}

const std::map<std::string, int> kIds = {{"road", 7},   {"sky", 23}, {"person", 24},
                                         {"rider", 25}, {"car", 26}, {"bicycle", 33}};

// As json2labelImg and json2instanceImg do it: polygons over each other in their order, each of a
// class with instances one more of it.
struct Drawn {
  std::vector<int> labels, instances;
  int fewest_corners = 1 << 20;
};
Drawn draw(const Json& file) {
  const int width = file.at("imgWidth");
  const std::size_t size =
      static_cast<std::size_t>(width) * file.at("imgHeight").get<std::size_t>();
  Drawn out{std::vector<int>(size), std::vector<int>(size)};
  std::map<int, int> next;
  for (const Json& object : file.at("objects")) {
    const auto corners = object.at("polygon").get<std::vector<std::array<int, 2>>>();
    out.fewest_corners = std::min(out.fewest_corners, static_cast<int>(corners.size()));
    std::vector<bool> mask(size);
    test::fill_with_border(corners, width, mask);
    const int label = kIds.at(object.at("label"));
    const int instance = label >= 24 ? 1000 * label + next[label]++ : label;
    for (std::size_t i = 0; i < size; ++i) {
      if (mask[i]) out.labels[i] = label, out.instances[i] = instance;
    }
  }
  return out;
}

TEST(Cityscapes, PolygonsDrawTheLabelsAndTheInstances) {
  const Cityscapes e;
  const auto labels = e.image("gtFine", "_labelIds.png", dataset::decode_png8);
  const auto instances = e.image("gtFine", "_instanceIds.png", dataset::decode_png16);
  const Json all = e.json("gtFine", "_polygons.json");
  EXPECT_EQ(all.at("imgWidth"), 320);
  const Drawn drawn = draw(all);
  EXPECT_GE(drawn.fewest_corners, 3);
  for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
    ASSERT_EQ(drawn.labels[i], labels.pixels[i]) << i;
    ASSERT_EQ(drawn.instances[i], instances.pixels[i]) << i;
  }
}

// Things in pieces, with holes, single pixels and rows of them, in front of and behind each other.
// What is drawn differs by the pixels that LOST.md counts, and by no more.
TEST(Cityscapes, PolygonsOfThingsInPiecesDrawOneInstanceEach) {
  const test::TemporaryFolder folder;
  const fs::path set = folder.path() / "set", out = folder.path() / "out";
  test::ClipChanges changes;
  changes.camera = [](capture::CameraFrame& frame) {
    std::mt19937 draw(7);
    for (int n = 0; n < 400; ++n) {
      const int x = static_cast<int>(draw() % 300), y = static_cast<int>(draw() % 100);
      const int w = 1 + static_cast<int>(draw() % 12), h = 1 + static_cast<int>(draw() % 9);
      // Of the car, the child, the bicycle, the rider; every other one of road.
      const auto k = draw() % 8;
      const std::uint8_t classes[] = {13, 17, 19, 18};
      for (int v = y; v < y + h; ++v) {
        for (int u = x; u < x + w; ++u) {
          frame.instance.at(u, v) = static_cast<std::uint16_t>(k < 4 ? 2 + k : 65535);
          frame.class_id.at(u, v) = k < 4 ? classes[k] : 2;
        }
      }
    }
  };
  test::write_changed_clip(set, changes);
  const auto done = export_dataset(set, test::format_named("cityscapes"), out, {{{"train", 1}}});
  ASSERT_TRUE(done) << core::to_string(done.error().why);
  std::int64_t wrong = 0, told = 0;
  for (const auto& [what, n] : done->losses)
    told += what.find("polygons.json") < what.size() ? n : 0;
  for (const char* tick : {"000000", "000001"}) {
    const std::string stem =
        (out / "gtFine/train/childbehindvan/childbehindvan_000000_").string() + tick + "_gtFine_";
    const auto image =
        *dataset::decode_png16(*dataset::read_file(stem + "instanceIds.png"), "instances");
    const Drawn drawn = draw(Json::parse(*dataset::read_file(stem + "polygons.json")));
    EXPECT_GE(drawn.fewest_corners, 3);
    std::map<int, std::pair<double, double>> overlap;  // of each: in both, in either
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
      const int truth = image.pixels[i], mine = drawn.instances[i];
      wrong += truth != mine;
      ++overlap[truth].second;
      if (truth == mine) ++overlap[truth].first;
      if (truth != mine) ++overlap[mine].second;
    }
    EXPECT_EQ(overlap.size(), 6u);
    for (const auto& [id, share] : overlap) {
      EXPECT_GE(share.first / share.second, 0.98) << id;
    }
  }
  EXPECT_LE(wrong, told);
}

// Corners of the boxes, projected with camera.json the paper's way, bound the amodal boxes.
TEST(Cityscapes, BoxesProjectOntoTheirOutlines) {
  const Cityscapes e;
  const Json camera = e.json("camera"), boxes = e.json("gtBbox3d");
  const Json& x = camera.at("extrinsic");
  const Json& k = camera.at("intrinsic");
  EXPECT_NEAR(x.at("baseline"), 0.53, 1e-9);
  const auto rotation = math::from_yaw_pitch_roll(x.at("yaw"), x.at("pitch"), x.at("roll"));
  const math::Pose T_vehicle_camera{rotation, {x.at("x"), x.at("y"), x.at("z")}};
  ASSERT_EQ(boxes.at("objects").size(), 4u);
  EXPECT_TRUE(boxes.contains("ignore"));
  for (const Json& object : boxes.at("objects")) {
    const auto c = object.at("3d").at("center").get<std::array<double, 3>>();
    const auto d = object.at("3d").at("dimensions").get<std::array<double, 3>>();
    const auto q = object.at("3d").at("rotation").get<std::array<double, 4>>();
    const math::Pose T{{q[0], q[1], q[2], q[3]}, {c[0], c[1], c[2]}};
    double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
    for (int i = 0; i < 8; ++i) {
      const math::Vec3d corner((i & 1 ? .5 : -.5) * d[0], (i & 2 ? .5 : -.5) * d[1],
                               (i & 4 ? .5 : -.5) * d[2]);
      const math::Vec3d p = T_vehicle_camera.inverse() * (T * corner);  // x forward, y left, z up
      const double u = k.at("fx").get<double>() * -p.y / p.x + k.at("u0").get<double>();
      const double v = k.at("fy").get<double>() * -p.z / p.x + k.at("v0").get<double>();
      left = std::min(left, u), right = std::max(right, u);
      top = std::min(top, v), bottom = std::max(bottom, v);
    }
    const auto amodal = object.at("2d").at("amodal").get<std::array<double, 4>>();
    EXPECT_NEAR(amodal[0], left, 1e-6) << object.at("label");
    EXPECT_NEAR(amodal[1], top, 1e-6);
    EXPECT_NEAR(amodal[0] + amodal[2], right, 1e-6);
    EXPECT_NEAR(amodal[1] + amodal[3], bottom, 1e-6);
    EXPECT_EQ(object.at("score"), 1.0);
    // The same through the matrix that the box file itself has.
    const auto rows =
        boxes.at("sensor").at("sensor_T_ISO_8855").get<std::array<std::array<double, 4>, 3>>();
    const math::Vec3d p = T_vehicle_camera.inverse() * T.translation;
    for (int r = 0; r < 3; ++r) {
      const auto& m = rows[static_cast<std::size_t>(r)];
      EXPECT_NEAR(m[0] * c[0] + m[1] * c[1] + m[2] * c[2] + m[3], p[r], 1e-9);
    }
  }
}

TEST(Cityscapes, DisparityGivesTheDepthBack) {
  const Cityscapes e;
  const auto disparity = e.image("disparity", ".png", dataset::decode_png16);
  const auto clip = dataset::DatasetReader::open(e.set)->clips().front();
  const fs::path depth_file = clip / "cam_left/000001.depth.exr";
  const auto depth =
      *dataset::decode_depth_exr(*dataset::read_file(depth_file), depth_file.string());
  for (std::size_t i = 0; i < depth.pixels.size(); ++i) {
    if (std::isinf(depth.pixels[i])) {
      EXPECT_EQ(disparity.pixels[i], 0);
    } else {
      const double d = (disparity.pixels[i] - 1) / 256.0;
      EXPECT_NEAR(d, 200 * 0.53 / static_cast<double>(depth.pixels[i]), 0.5 / 256 + 1e-9);
    }
  }
}

TEST(Cityscapes, NamesSplitIntoPartsAndTimesBeginAtZero) {
  const Cityscapes e;
  EXPECT_EQ(*dataset::read_file(e.file("timestamp", ".txt")), "100000000\n");
  EXPECT_NEAR(e.json("vehicle").at("speed"), 10 * std::cos(0.06), 1e-6);
  for (const auto& [name, bytes] : test::tree_bytes(e.out)) {
    if (name.find('/') == std::string::npos) continue;
    const std::string file = fs::path(name).filename();
    const auto parts = 1 + std::count(file.begin(), file.end(), '_');
    EXPECT_TRUE(parts == 4 || parts == 5) << file;
  }
  EXPECT_TRUE(fs::exists(e.file("rightImg8bit", ".png")));
}

}  // namespace
}  // namespace oddroad::exchange

// Files read by OpenEXR itself, from the disk, into buffers of this test's own.
#include "engine/exchange/exr.h"

#include <bit>
#include <set>

#include <OpenEXR/ImfChannelList.h>
#include <OpenEXR/ImfFrameBuffer.h>
#include <OpenEXR/ImfHeader.h>
#include <OpenEXR/ImfInputFile.h>
#include <OpenEXR/ImfStringAttribute.h>
#include <nlohmann/json.hpp>

#include "engine/exchange/cryptomatte.h"
#include "tests/unit/exchange/exported.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;

// Of the algorithm's reference implementation, and of Cryptomatte's document.
TEST(Cryptomatte, HashesAreTheKnownOnes) {
  EXPECT_EQ(murmur3(""), 0u);
  EXPECT_EQ(murmur3("hello"), 0x248bfa47u);
  EXPECT_EQ(murmur3("hello, world"), 0x149bbb7fu);
  EXPECT_EQ(murmur3("The quick brown fox jumps over the lazy dog"), 0x2e4ff723u);
  EXPECT_EQ(matte_bits("bunny"), 0x13851a76u);
  EXPECT_EQ(matte_bits("default"), 0x42c9679fu);
  EXPECT_EQ(murmur3("CryptoObject") >> 4, 0x3ae39a5u);
  EXPECT_EQ(murmur3("CryptoAsset") >> 4, 0xf42029du);
}

TEST(Cryptomatte, FloatsAreOrdinaryAndNamesOfOneHashAreToldApart) {
  std::map<std::uint32_t, std::string> seen;
  std::string one, other;
  int turned = 0;
  for (int i = 0; other.empty() || turned == 0; ++i) {
    ASSERT_LT(i, 2'000'000);
    const std::string name = "thing." + std::to_string(i);
    const std::uint32_t bits = matte_bits(name);
    ASSERT_TRUE(std::isnormal(std::bit_cast<float>(bits))) << name;
    turned += bits != murmur3(name);
    const auto [it, is_new] = seen.try_emplace(bits, name);
    if (is_new) continue;
    one = it->second;
    other = name;
  }
  MatteLayer layer("CryptoObject");
  layer.add(1, one);
  layer.add(2, other);
  layer.add(3, one);
  EXPECT_NE(layer.id(1), layer.id(2));
  EXPECT_EQ(layer.id(1), layer.id(3));
  EXPECT_EQ(layer.id(4), 0);
  std::map<std::string, std::string> texts;
  layer.describe(std::set<std::uint32_t>{1, 2}, texts);
  EXPECT_EQ(nlohmann::json::parse(texts.at("cryptomatte/3ae39a5/manifest")).size(), 2u);
}

// The sample's frame with every image that a file may have; values that are hard to keep included.
capture::CameraFrame full_frame(const capture::CameraCalibration& camera, int tick,
                                std::int64_t stamp_ns) {
  auto frame = test::sample_camera_frame(camera, tick, stamp_ns);
  const int w = camera.camera.width_px, h = camera.camera.height_px;
  frame.normal = {w, h};
  frame.radiance = {w, h};
  frame.range_m = frame.depth_m;
  for (float& range : frame.range_m.pixels) range *= 1.25f;
  for (int i = 0; i < w * h; ++i) {
    const auto f = static_cast<float>(i);
    frame.normal.pixels[static_cast<std::size_t>(i)] = {std::sin(f), std::cos(f), -0.0f};
    frame.radiance.pixels[static_cast<std::size_t>(i)] = {f * 1e-3f, 1e5f + f, 1e-30f};
  }
  const auto flow = [&](int to) {
    capture::FlowImage out{to, stamp_ns + (to - tick) * 100'000'000ll, {w, h}, {w, h}};
    for (std::size_t i = 0; i < out.occlusion.pixels.size(); ++i) {
      out.displacement_px.pixels[i] = {0.25f * static_cast<float>(i % 97), -1.0f / (1.0f + i)};
      out.occlusion.pixels[i] = static_cast<std::uint8_t>(i % 3);
    }
    out.displacement_px.pixels[5] = math::Vec2f(std::numeric_limits<float>::quiet_NaN());
    return out;
  };
  frame.flow_forward = flow(tick + 1);
  if (tick > 0) frame.flow_backward = flow(tick - 1);
  return frame;
}

void write_full_clip(const fs::path& set) {
  ASSERT_TRUE(dataset::open_for_writing(set, test::sample_header()));
  const auto rig = test::sample_calibration();
  auto writer = dataset::ClipWriter::create(set, test::sample_info(), rig, {"x: y\n", {}},
                                            test::sample_timeline());
  ASSERT_TRUE(writer);
  for (int tick = 0; tick < 2; ++tick) {
    ASSERT_TRUE(
        writer->write(full_frame(rig.cameras[0], tick, 200'000'000 + tick * 100'000'000ll)));
  }
  ASSERT_TRUE(writer->commit());
}

class Reader {
 public:
  explicit Reader(const fs::path& path) : file_(path.c_str()) {
    const auto window = file_.header().dataWindow();
    width_ = window.max.x + 1;
    height_ = window.max.y + 1;
  }
  // The bits of a channel, which must be of this type.
  std::vector<std::uint32_t> bits(const std::string& name, Imf::PixelType type) {
    const auto* channel = file_.header().channels().findChannel(name);
    EXPECT_TRUE(channel != nullptr && channel->type == type) << name;
    std::vector<std::uint32_t> out(static_cast<std::size_t>(width_ * height_));
    Imf::FrameBuffer buffer;
    buffer.insert(name, Imf::Slice(type, reinterpret_cast<char*>(out.data()), 4,
                                   4 * static_cast<std::size_t>(width_)));
    file_.setFrameBuffer(buffer);
    file_.readPixels(0, height_ - 1);
    return out;
  }
  std::string text(const std::string& name) {
    return file_.header().typedAttribute<Imf::StringAttribute>(name).value();
  }
  std::set<std::string> names() {
    std::set<std::string> out;
    const auto& list = file_.header().channels();
    for (auto it = list.begin(); it != list.end(); ++it) out.insert(it.name());
    return out;
  }

 private:
  Imf::InputFile file_;
  int width_ = 0, height_ = 0;
};

template <typename Image, typename Get>
std::vector<std::uint32_t> bits_of(const Image& image, const Get& get) {
  std::vector<std::uint32_t> out;
  for (const auto& pixel : image.pixels) out.push_back(std::bit_cast<std::uint32_t>(get(pixel)));
  return out;
}

struct Full {
  test::TemporaryFolder folder;
  fs::path file(int tick) const {
    return folder.path() / "out/train/child-behind-van" / clip / "cam_left" /
           ("00000" + std::to_string(tick) + ".exr");
  }
  std::string clip;
  Full() {
    const fs::path set = folder.path() / "set";
    write_full_clip(set);
    const auto done =
        export_dataset(set, test::format_named("exr"), folder.path() / "out", {{{"train", 1}}});
    EXPECT_TRUE(done) << core::to_string(done.error().why);
    clip = dataset::DatasetReader::open(set)->clips().front().filename();
  }
};

TEST(Exr, EveryBitOfEveryChannelComesBack) {
  const Full full;
  Reader exr(full.file(1));
  const auto frame = full_frame(test::sample_calibration().cameras[0], 1, 300'000'000);
  const auto same = [](const auto& value) {
    return value;
  };
  EXPECT_EQ(exr.bits("Z", Imf::FLOAT), bits_of(frame.depth_m, same));
  EXPECT_EQ(exr.bits("range", Imf::FLOAT), bits_of(frame.range_m, same));
  const auto axis = [](int k) {
    return [k](const auto& v) {
      return v[k];
    };
  };
  const char* const normals[] = {"N.X", "N.Y", "N.Z"};
  const char* const colours[] = {"R", "G", "B"};
  const char* const flows[][2] = {{"forward.u", "forward.v"}, {"backward.u", "backward.v"}};
  for (int k = 0; k < 3; ++k) {
    EXPECT_EQ(exr.bits(normals[k], Imf::FLOAT), bits_of(frame.normal, axis(k)));
    EXPECT_EQ(exr.bits(colours[k], Imf::FLOAT), bits_of(frame.radiance, axis(k)));
  }
  for (int k = 0; k < 2; ++k) {
    EXPECT_EQ(exr.bits(flows[0][k], Imf::FLOAT),
              bits_of(frame.flow_forward.displacement_px, axis(k)));
    EXPECT_EQ(exr.bits(flows[1][k], Imf::FLOAT),
              bits_of(frame.flow_backward.displacement_px, axis(k)));
  }
  const auto whole = [](auto value) {
    return static_cast<std::uint32_t>(value);
  };
  EXPECT_EQ(exr.bits("forward.occluded", Imf::UINT), bits_of(frame.flow_forward.occlusion, whole));
  EXPECT_EQ(exr.bits("instance.id", Imf::UINT), bits_of(frame.instance, whole));
  EXPECT_EQ(exr.bits("semantic.id", Imf::UINT), bits_of(frame.class_id, whole));
}

TEST(Exr, WhatWasNotRecordedIsNotThere) {
  const Full full;
  const auto names = Reader(full.file(0)).names();
  EXPECT_TRUE(names.contains("forward.u"));
  EXPECT_FALSE(names.contains("backward.u")) << "the first frame has no frame before it";
  const test::Exported plain(test::format_named("exr"), {{{"train", 1}}}, 1);
  const auto clip = dataset::DatasetReader::open(plain.set)->clips().front().filename();
  Reader exr(plain.out / "train/child-behind-van" / clip / "cam_left/000000.exr");
  EXPECT_EQ(exr.names(),
            (std::set<std::string>{"Z", "instance.id", "semantic.id", "CryptoObject00.R",
                                   "CryptoObject00.G", "CryptoObject00.B", "CryptoObject00.A",
                                   "CryptoAsset00.R", "CryptoAsset00.G", "CryptoAsset00.B",
                                   "CryptoAsset00.A"}));
}

TEST(Exr, MasksArePickedByTheNamesOfTheManifest) {
  const Full full;
  Reader exr(full.file(0));
  const auto frame = full_frame(test::sample_calibration().cameras[0], 0, 200'000'000);
  const auto ids = exr.bits("CryptoObject00.R", Imf::FLOAT);
  const auto coverage = exr.bits("CryptoObject00.G", Imf::FLOAT);
  const auto manifest = nlohmann::json::parse(exr.text("cryptomatte/3ae39a5/manifest"));
  const std::map<std::string, int> things = {{"car#2", 2}, {"child#3", 3}, {"rider#5", 5}};
  for (const auto& [name, id] : things) {
    const auto bits =
        static_cast<std::uint32_t>(std::stoul(manifest.at(name).get<std::string>(), nullptr, 16));
    int found = 0;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      ASSERT_EQ(ids[i] == bits, frame.instance.pixels[i] == id);
      if (ids[i] != bits) continue;
      ++found;
      ASSERT_EQ(coverage[i], std::bit_cast<std::uint32_t>(1.0f));
    }
    EXPECT_GT(found, 20) << name;
  }
  const auto classes = nlohmann::json::parse(exr.text("cryptomatte/f42029d/manifest"));
  EXPECT_TRUE(classes.contains("road") && classes.contains("pedestrian"));
  EXPECT_EQ(exr.text("cryptomatte/f42029d/name"), "CryptoAsset");
}

}  // namespace
}  // namespace oddroad::exchange

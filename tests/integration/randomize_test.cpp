// randomize: what a clip tells of its draws makes the same clip again.
#include <fstream>

#include <nlohmann/json.hpp>

#include "engine/dataset/file_io.h"
#include "tests/integration/fixture.h"

namespace oddroad::tests {
namespace {

namespace fs = std::filesystem;

class Randomize : public testing::Test {
 protected:
  // One tick of the quick scenario's street without weather of its own.
  std::string scenario(const std::string& randomize) const {
    const std::string file = scratch_ / "open.yaml";
    std::ofstream(file) << "like: " << quick_scenario() << "\nname: open\nenvironment: ~\n"
                        << "end: time > 0.15 s\nrecord: {rate: 10 Hz, kinds: [rgb, ids, boxes, "
                           "lidar]}\nrandomize: "
                        << randomize << "\n";
    return file;
  }
  // The folder of the one clip.
  fs::path render(const std::string& randomize, const std::string& name) const {
    const std::string dataset = scratch_ / name;
    const Ran ran =
        run_cli({"render", scenario(randomize), "-o", dataset, "--clips", "1", "--verify"});
    EXPECT_EQ(ran.code, cli::kDone) << ran.err;
    const auto reader = dataset::DatasetReader::open(dataset);
    return reader && !reader->clips().empty() ? reader->clips().front() : fs::path();
  }
  static std::string pinned(const std::map<std::string, std::string>& values) {
    std::string pins;
    for (const auto& [name, value] : values) {
      pins += (pins.empty() ? "" : ", ") + name + ": " + value;
    }
    return "{mode: structured, pin: {" + pins + "}}";
  }
  static std::map<std::string, std::string> drawn(const fs::path& clip) {
    std::map<std::string, std::string> out;
    std::ifstream in(clip / "clip.json");
    const auto json = nlohmann::json::parse(in);
    for (const auto& [name, value] : json["parameters"].items()) {
      if (name.starts_with("randomize.")) out[name.substr(10)] = value.get<std::string>();
    }
    return out;
  }
  // Bytes of what the sensors recorded.
  static std::map<std::string, std::string> recorded(const fs::path& clip) {
    std::map<std::string, std::string> out;
    for (const auto& entry : fs::recursive_directory_iterator(clip)) {
      const std::string name = entry.path().lexically_relative(clip).string();
      const std::string ending = entry.path().extension().string();
      if (ending == ".png" || ending == ".pcd" || name == "calibration.json") {
        out[name] = *dataset::read_file(entry.path());
      }
    }
    return out;
  }

  Scratch scratch_;
};

TEST_F(Randomize, APinnedClipReproducesItsBytes) {
  const fs::path free = render("structured", "free");
  auto values = drawn(free);
  const auto expected = recorded(free);
  ASSERT_EQ(expected.size(), 4u);  // picture, ids, points, calibration
  EXPECT_EQ(recorded(render(pinned(values), "pinned")), expected);
  // One factor alone: the picture changes, ids and points do not.
  values["materials.seed"] = "1";
  const auto repainted = recorded(render(pinned(values), "repainted"));
  for (const auto& [name, bytes] : expected) {
    const bool colour = name.find(".rgb.") != std::string::npos;
    EXPECT_EQ(repainted.at(name) == bytes, !colour) << name;
  }
}

// Labels are proven for mountings that are off, things beside the road and painted surfaces.
TEST_F(Randomize, WildClipsVerify) {
  const auto values = drawn(render("{mode: wild, pin: {distractors.count: 8}}", "wild"));
  EXPECT_EQ(values.at("distractors.count"), "8");
  EXPECT_EQ(values.count("mount.front.yaw"), 1u);
  EXPECT_EQ(values.count("mount.top.roll"), 1u);
  EXPECT_EQ(values.count("camera.front.exposure"), 1u);
}

}  // namespace
}  // namespace oddroad::tests

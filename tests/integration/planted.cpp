#include "tests/integration/planted.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "engine/core/sha256.h"
#include "engine/dataset/calibration_json.h"
#include "engine/dataset/exr.h"
#include "engine/dataset/layout.h"
#include "engine/dataset/pcd.h"
#include "engine/dataset/png.h"

namespace oddroad::tests {
namespace {

namespace fs = std::filesystem;

std::string read_whole(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

template <typename T>
T good(core::Result<T> result) {
  if (!result) throw std::runtime_error(core::to_string(result.error()));
  return std::move(*result);
}

fs::path only_clip(const std::string& dataset) {
  for (const auto& scenario : fs::directory_iterator(dataset + "/clips")) {
    for (const auto& clip : fs::directory_iterator(scenario.path())) return clip.path();
  }
  throw std::runtime_error("no clip in " + dataset);
}

// Go with the process.
struct GoodDatasets {
  std::map<std::string, std::string> made;
  ~GoodDatasets() {
    std::error_code ignored;
    for (const auto& [rig, dataset] : made) {
      fs::remove_all(dataset, ignored);
      fs::remove(dataset + ".report.json", ignored);
    }
  }
};

}  // namespace

std::string good_dataset(const std::string& rig) {
  static GoodDatasets all;
  std::string& dataset = all.made[rig];
  if (!dataset.empty()) return dataset;
  dataset = testing::TempDir() + "oddroad_good_" + std::to_string(::getpid()) + "_" +
            std::to_string(all.made.size());
  const std::string path =
      fs::path(rig).is_absolute() ? rig : source("tests/integration/data/" + rig);
  const auto ran =
      run_cli({"render", quick_scenario(), "-o", dataset, "--clips", "0", "--no-color", "--set",
               "record.kinds=all", "--set", "end=time > 0.45 s", "--set", "rig=" + path});
  if (ran.code != 0) throw std::runtime_error(ran.err);
  return dataset;
}

std::string read_of(const std::string& dataset, const std::string& file) {
  return read_whole(only_clip(dataset) / file);
}

std::map<std::string, std::int64_t> verify_all(const std::string& dataset) {
  const std::string report = dataset + ".report.json";
  const auto ran = run_cli({"verify", dataset, "--all", "--report", report});
  std::map<std::string, std::int64_t> wrong;
  const auto json = nlohmann::json::parse(read_whole(report));
  for (const auto& check : json.at("checks")) {
    const auto count = check.at("disagreements").get<std::int64_t>();
    if (count > 0) wrong[check.at("check").get<std::string>()] = count;
  }
  EXPECT_EQ(ran.code, wrong.empty() ? cli::kDone : cli::kSetAside) << ran.out << ran.err;
  return wrong;
}

// Hard links: an edit replaces the link by a file of its own.
Planted::Planted(const std::string& good_one) : dataset_(scratch_ / "dataset") {
  for (const auto& entry : fs::recursive_directory_iterator(good_one)) {
    const fs::path to = fs::path(dataset_) / entry.path().lexically_relative(good_one);
    if (entry.is_directory()) {
      fs::create_directories(to);
    } else {
      fs::create_directories(to.parent_path());
      fs::create_hard_link(entry.path(), to);
    }
  }
  clip_ = only_clip(dataset_);
}

std::string Planted::read(const std::string& file) const {
  return read_whole(clip_ / file);
}

void Planted::write(const std::string& file, const std::string& bytes) {
  fs::remove(clip_ / file);
  std::ofstream(clip_ / file, std::ios::binary) << bytes;
}

void Planted::remove(const std::string& file) {
  fs::remove(clip_ / file);
}

capture::Image<std::uint16_t> Planted::ids_at(int tick) const {
  return good(dataset::decode_png16(read(dataset::capture_file("front", tick, ".ids.png")), ""));
}

dataset::FrameLabels Planted::labels_at(const std::string& sensor, int tick) const {
  return good(dataset::decode_labels(read(dataset::capture_file(sensor, tick, ".json")), ""));
}

void Planted::labels(const std::string& sensor, int tick,
                     const std::function<void(dataset::FrameLabels&)>& edit) {
  auto labels = labels_at(sensor, tick);
  edit(labels);
  write(dataset::capture_file(sensor, tick, ".json"), dataset::encode_labels(labels));
}

void Planted::ids(int tick, const std::function<void(capture::Image<std::uint16_t>&)>& edit) {
  auto image = ids_at(tick);
  edit(image);
  write(dataset::capture_file("front", tick, ".ids.png"), dataset::encode_png(image));
}

void Planted::classes(int tick, const std::function<void(capture::Image<std::uint8_t>&)>& edit) {
  const std::string file = dataset::capture_file("front", tick, ".classes.png");
  auto image = good(dataset::decode_png8(read(file), file));
  edit(image);
  write(file, dataset::encode_png(image));
}

void Planted::depth(int tick, const std::function<void(capture::Image<float>&)>& edit) {
  const std::string file = dataset::capture_file("front", tick, ".depth.exr");
  auto image = good(dataset::decode_depth_exr(read(file), file));
  edit(image);
  write(file, dataset::encode_depth_exr(image));
}

void Planted::normals(int tick, const std::function<void(capture::Image<math::Vec3f>&)>& edit) {
  const std::string file = dataset::capture_file("front", tick, ".normals.exr");
  auto image = good(dataset::decode_normals_exr(read(file), file));
  edit(image);
  write(file, dataset::encode_normals_exr(image));
}

void Planted::flow(int tick, const char* suffix,
                   const std::function<void(capture::FlowImage&)>& edit) {
  const std::string file = dataset::capture_file("front", tick, suffix);
  auto image = good(dataset::decode_flow_exr(read(file), file));
  edit(image);
  write(file, dataset::encode_flow_exr(image));
}

void Planted::cloud(int tick, const std::function<void(capture::PointCloud&)>& edit) {
  const std::string file = dataset::capture_file("top", tick, ".pcd");
  auto cloud = good(dataset::decode_pcd(read(file), file));
  edit(cloud);
  write(file, dataset::encode_pcd(cloud));
}

void Planted::calibration(const std::function<void(capture::Calibration&)>& edit) {
  auto calibration = good(dataset::decode_calibration(read("calibration.json"), ""));
  edit(calibration);
  write("calibration.json", dataset::encode_calibration(calibration));
}

void Planted::seal() const {
  auto manifest = good(dataset::read_manifest(clip_));
  manifest.files.clear();
  for (const auto& entry : fs::recursive_directory_iterator(clip_)) {
    const std::string name = entry.path().lexically_relative(clip_).generic_string();
    if (entry.is_directory() || name == "manifest.json") continue;
    manifest.files[name] = {fs::file_size(entry.path()),
                            good(core::sha256_file(entry.path().string()))};
  }
  fs::remove(clip_ / "manifest.json");
  std::ofstream(clip_ / "manifest.json", std::ios::binary) << dataset::encode_manifest(manifest);
}

void expect_caught(const Planted& planted, const std::string& check) {
  planted.seal();
  const auto wrong = planted.verify();
  std::string caught;
  for (const auto& [name, count] : wrong) caught += " " + name + ":" + std::to_string(count);
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  std::printf("%-34s%s\n", test->name(), caught.c_str());
  EXPECT_EQ(wrong.count(check), 1u) << "expected " << check << " to disagree; caught:" << caught;
  EXPECT_EQ(wrong.count("manifest"), 0u);
}

capture::ObjectInImage& largest(dataset::FrameLabels& labels) {
  const auto it = std::max_element(labels.in_image.begin(), labels.in_image.end(),
                                   [](const auto& a, const auto& b) {
                                     return a.visible_px < b.visible_px;
                                   });
  if (it == labels.in_image.end() || it->visible_px == 0) throw std::runtime_error("nothing seen");
  return *it;
}

}  // namespace oddroad::tests

// Exports as a user runs them. Formats that copy and re-frame are held against `cp -r` of the very
// files that they made, both down to the disk; those that encode anew against their encoder alone,
// on all cores like the export. Memory may not grow with the number of frames.
#include <filesystem>
#include <fstream>

#include "engine/core/parallel.h"
#include "engine/dataset/file_io.h"
#include "engine/dataset/png.h"
#include "tests/bench/child.h"
#include "tests/bench/scene.h"
#include "tests/bench/table.h"
#include "tests/bench/timing.h"

namespace oddroad::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kRepetitions = 3;

// The folder of the only clip.
fs::path only_clip(const std::string& dataset) {
  for (const auto& scenario : fs::directory_iterator(fs::path(dataset) / "clips")) {
    for (const auto& clip : fs::directory_iterator(scenario.path())) return clip.path();
  }
  return {};
}

// The clip again and again under other names, until there are `clips` of them. Links where only
// the names matter.
void multiply(const fs::path& clip, int clips, bool links) {
  const auto how = fs::copy_options::recursive |
                   (links ? fs::copy_options::create_hard_links : fs::copy_options::none);
  for (int k = 1; k < clips; ++k) {
    char name[32];
    std::snprintf(name, sizeof name, "%06d-%010d", k, k);
    fs::copy(clip, clip.parent_path() / name, how);
  }
}

void render(const tests::Scratch& scratch, const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {"render", "-o", scratch / "dataset", "--clips", "0"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Ended ended = run_oddroad(arguments, scratch / "log");
  ASSERT_EQ(ended.exit_code, 0) << ended.output;
}

Ended exported(const tests::Scratch& scratch, const std::string& format) {
  fs::remove_all(scratch / "out");
  Ended ended = run_oddroad({"export", scratch / "dataset", "--to", format, scratch / "out"},
                            scratch / "log");
  EXPECT_EQ(ended.exit_code, 0) << format << ": " << ended.output;
  return ended;
}

double copy_seconds(const tests::Scratch& scratch) {
  fs::remove_all(scratch / "copy");
  return seconds_of([&] {
    const std::string command = "cp -r '" + (scratch / "out") + "' '" + (scratch / "copy") +
                                "' && sync -f '" + (scratch / "copy") + "'";
    EXPECT_EQ(std::system(command.c_str()), 0);
  });
}

double megabytes(const fs::path& folder) {
  double bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
  }
  return bytes / 1e6;
}

// Every PNG below folders of these names, encoded again from its pixels.
double encoder_seconds(const fs::path& out, const std::vector<std::string>& folders) {
  std::vector<std::function<void()>> work;
  for (const auto& entry : fs::recursive_directory_iterator(out)) {
    const std::string name = entry.path().string();
    const bool ours = std::any_of(folders.begin(), folders.end(), [&](const auto& folder) {
      return name.find("/" + folder + "/") != std::string::npos;
    });
    if (!ours || entry.path().extension() != ".png") continue;
    const std::string bytes = *dataset::read_file(entry.path());
    const auto add = [&](const auto& image) {
      if (!image) return false;
      work.push_back([pixels = *image] {
        EXPECT_FALSE(dataset::encode_png(pixels).empty());
      });
      return true;
    };
    EXPECT_TRUE(add(dataset::decode_png_rgb(bytes, name)) ||
                add(dataset::decode_png16(bytes, name)) || add(dataset::decode_png8(bytes, name)));
  }
  EXPECT_GT(work.size(), 0u);
  return seconds_of([&] {
    core::parallel_for(work.size(), [&](std::size_t k) {
      work[k]();
    });
  });
}

TEST(Export, SpeedAgainstCopies) {
  const tests::Scratch scratch;
  render(scratch, {scenario(), "--set", "rig=" + rig(true), "--set", "end=time > 0.9 s"});
  multiply(only_clip(scratch / "dataset"), 12, false);
  for (const char* format : {"native", "kitti", "kitti-tracking", "semantickitti", "nuscenes",
                             "webdataset", "mcap", "yolo"}) {
    const auto times = medians(kRepetitions, true, [&] {
      const double ours = exported(scratch, format).seconds;
      return std::vector<double>{ours, copy_seconds(scratch)};
    });
    const double mb = megabytes(scratch / "out");
    report({std::string("export to ") + format + ", MB/s over cp -r of its files",
            times[1] / times[0], quantity(mb / times[0], "MB/s"), quantity(mb / times[1], "MB/s"),
            std::string(format) == "yolo" ? "" : ">= 0.6"});
  }
  const std::pair<const char*, std::vector<std::string>> encoders[] = {
      {"coco", {"panoptic_train", "panoptic_val"}}, {"cityscapes", {"gtFine", "disparity"}}};
  for (const auto& [format, folders] : encoders) {
    const auto times = medians(kRepetitions, true, [&, name = format, where = folders] {
      const double ours = exported(scratch, name).seconds;
      return std::vector<double>{ours, encoder_seconds(scratch / "out", where)};
    });
    report_times(std::string("export to ") + format + " over its PNG encoder alone", times[0],
                 times[1]);
  }
}

// Two thousand frames of it fit on a disk.
void write_small_rig(const std::string& file) {
  std::ofstream(file) << "schema: 1\nname: small\nsensors:\n"
                         "  front: {type: camera, mount: {x: 1.2 m, z: 1.5 m}, size: [320, 160], "
                         "fov: 80 deg, rate: 10 Hz}\n"
                         "  top: {type: lidar, mount: {x: 0.8 m, z: 1.8 m}, "
                         "model: velodyne_vlp16, rate: 10 Hz}\n";
}

TEST(Export, MemoryOfTwoThousandFrames) {
  std::map<std::string, std::vector<double>> mib;  // by format: few frames, many
  const std::vector<std::string> formats = {
      "native", "kitti", "semantickitti",  "nuscenes", "webdataset", "coco", "cityscapes",
      "yolo",   "ply",   "kitti-tracking", "mcap",     "openlabel",  "exr"};
  for (const int clips : {34, 334}) {
    const tests::Scratch scratch;
    write_small_rig(scratch / "rig.yaml");
    render(scratch, {std::string(ODDROAD_SOURCE_DIR) + "/tests/integration/data/quick.yaml",
                     "--set", "rig=" + (scratch / "rig.yaml")});
    multiply(only_clip(scratch / "dataset"), clips, true);  // of 6 frames
    for (const auto& format : formats) mib[format].push_back(exported(scratch, format).peak_mib);
  }
  for (const auto& [format, peaks] : mib) {
    report({"peak memory of an export to " + format + ", 2,004 frames over 204",
            peaks[1] / peaks[0], quantity(peaks[1], "MiB"), quantity(peaks[0], "MiB"), "<= 1.1"});
  }
}

}  // namespace
}  // namespace oddroad::bench

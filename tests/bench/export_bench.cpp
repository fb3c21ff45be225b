// Exports as a user runs them. Formats that copy and re-frame are held against `cp -r` of the very
// files that they made; those that encode anew against their encoder alone, on all cores like the
// export. Memory may not grow with the number of frames.
//
// What is compared: wall time of the whole process `oddroad export`, which flushes the file system
// before its folder appears, and of `cp -r` followed by `sync -f`: both end with everything on the
// disk. What both read lies in the page cache (a first round that does not count puts it there):
// the export reads the dataset, whose points have more columns than any format takes, `cp` the
// export. `cp` uses copy_file_range, which on file systems without shared extents copies pages in
// the kernel, on one core. Core-seconds stand beside: on a busy machine they say more.
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>

#include <nlohmann/json.hpp>
#include <sys/resource.h>

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

double core_seconds_of_children() {
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

struct Cost {
  double seconds = 0, core_seconds = 0;
};

Cost copy_cost(const tests::Scratch& scratch) {
  fs::remove_all(scratch / "copy");
  const double before = core_seconds_of_children();
  Cost cost;
  cost.seconds = seconds_of([&] {
    const std::string command = "cp -r '" + (scratch / "out") + "' '" + (scratch / "copy") +
                                "' && sync -f '" + (scratch / "copy") + "'";
    EXPECT_EQ(std::system(command.c_str()), 0);
  });
  cost.core_seconds = core_seconds_of_children() - before;
  return cost;
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

// A clip of nine frames with a picture and a sweep of an HDL-64E each, twelve times: bytes are what
// costs, and there is a clip's own start for every nine of them.
void make_dataset(const tests::Scratch& scratch) {
  render(scratch, {scenario(), "--set", "rig=" + rig(true), "--set", "end=time > 0.9 s"});
  multiply(only_clip(scratch / "dataset"), 12, false);
}

TEST(Export, SpeedAgainstCopies) {
  const tests::Scratch scratch;
  make_dataset(scratch);
  constexpr double kWanted = 0.6;
  const std::set<std::string> promised = {"kitti", "semantickitti", "nuscenes", "webdataset",
                                          "mcap"};
  for (const char* format : {"native", "kitti", "kitti-tracking", "semantickitti", "nuscenes",
                             "webdataset", "mcap", "yolo", "ply"}) {
    const auto costs = medians(kRepetitions, true, [&] {
      const Ended ours = exported(scratch, format);
      const Cost copy = copy_cost(scratch);
      return std::vector<double>{ours.seconds, copy.seconds, ours.core_seconds, copy.core_seconds};
    });
    const double mb = megabytes(scratch / "out");
    const std::string name = std::string("export to ") + format;
    const double ratio = costs[1] / costs[0];
    report({name + ", MB/s over cp -r of its files", ratio, quantity(mb / costs[0], "MB/s"),
            quantity(mb / costs[1], "MB/s"), promised.contains(format) ? ">= 0.6" : ""});
    report({name + ", core-seconds over those of cp -r", costs[2] / costs[3],
            milliseconds(costs[2]), milliseconds(costs[3]), ""});
    if (promised.contains(format)) {
      EXPECT_GE(ratio, kWanted) << format;
    }
  }
}

// The share of its time that an export to EXR says it spent in the encoder.
double share_in_encoder(const std::string& output) {
  const auto at = output.find(" % of its time in the encoder");
  EXPECT_NE(at, std::string::npos) << output;
  const auto begin = output.find_last_of(" ,", at - 1);
  return at == std::string::npos ? 1 : std::stod(output.substr(begin + 1)) / 100;
}

// Writing the JSON below a folder once more.
double json_seconds(const fs::path& out) {
  std::vector<nlohmann::ordered_json> documents;
  for (const auto& entry : fs::recursive_directory_iterator(out)) {
    if (entry.path().extension() != ".json") continue;
    documents.push_back(nlohmann::ordered_json::parse(*dataset::read_file(entry.path())));
  }
  EXPECT_FALSE(documents.empty());
  return seconds_of([&] {
    core::parallel_for(documents.size(), [&](std::size_t k) {
      EXPECT_FALSE(documents[k].dump().empty());
    });
  });
}

TEST(Export, TimeAgainstEncoders) {
  const tests::Scratch scratch;
  make_dataset(scratch);
  const auto against = [&](const std::string& format, const std::string& encoder,
                           const std::function<double(const Ended&)>& alone) {
    const auto times = medians(kRepetitions, true, [&] {
      const Ended ours = exported(scratch, format);
      return std::vector<double>{ours.seconds, alone(ours)};
    });
    report_times("export to " + format + " over its " + encoder + " encoder alone", times[0],
                 times[1]);
  };
  const fs::path out = scratch / "out";
  against("coco", "PNG", [&](const Ended&) {
    return encoder_seconds(out, {"panoptic_train", "panoptic_val"});
  });
  against("cityscapes", "PNG", [&](const Ended&) {
    return encoder_seconds(out, {"gtFine", "disparity"});
  });
  against("exr", "OpenEXR", [](const Ended& ours) {
    return ours.seconds * share_in_encoder(ours.output);
  });
  against("openlabel", "JSON", [&](const Ended&) {
    return json_seconds(out);
  });
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
    EXPECT_LE(peaks[1], 1.1 * peaks[0]) << format;
  }
}

}  // namespace
}  // namespace oddroad::bench

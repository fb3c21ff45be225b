// Formats that copy and re-frame against `cp -r` of the files that they read, both until the disk
// has them; OpenEXR against its encoder.
#include <cstdlib>
#include <filesystem>

#include "engine/exchange/export.h"
#include "tests/bench/child.h"
#include "tests/bench/table.h"
#include "tests/bench/timing.h"
#include "tests/integration/fixture.h"

namespace oddroad::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kRepetitions = 5;
constexpr int kClips = 4;  // the same one: what it shows does not matter
constexpr double kBound = 0.6;

struct Case {
  const char* format;
  std::vector<std::string> reads;  // endings
};

// Ten frames of two cameras and an HDL-64E, four times.
void make_dataset(const tests::Scratch& scratch, const fs::path& dataset) {
  const Ended ended =
      run_oddroad({"render", tests::source("scenarios/vru/child-behind-parked-van.yaml"), "-o",
                   dataset, "--clips", "0", "--set", "record.duration=1 s"},
                  scratch / "log");
  ASSERT_EQ(ended.exit_code, 0) << ended.output;
  const fs::path folder = dataset / "clips/child-behind-parked-van";
  const fs::path clip = fs::directory_iterator(folder)->path();
  for (int i = 1; i < kClips; ++i) {
    fs::copy(clip, folder / ("00000" + std::to_string(i) + "-copy"), fs::copy_options::recursive);
  }
}

bool ends_with_one(const std::string& name, const std::vector<std::string>& endings) {
  return std::any_of(endings.begin(), endings.end(), [&](const auto& ending) {
    return name.ends_with(ending);
  });
}

// A folder of what the format reads. Returns its bytes.
double link_files(const fs::path& dataset, const Case& one, const fs::path& out) {
  double bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(dataset)) {
    if (!entry.is_regular_file() || !ends_with_one(entry.path().string(), one.reads)) continue;
    const fs::path target = out / entry.path().lexically_relative(dataset);
    fs::create_directories(target.parent_path());
    fs::create_hard_link(entry.path(), target);
    bytes += static_cast<double>(entry.file_size());
  }
  return bytes;
}

void run_export(const fs::path& dataset, const std::string& name, const fs::path& out) {
  for (const auto& format : exchange::formats()) {
    if (format.name != name) continue;
    const auto done = exchange::export_dataset(dataset, format, out, {{{"train", 1}}});
    ASSERT_TRUE(done) << core::to_string(done.error().why);
  }
}

void compare(const tests::Scratch& scratch, const fs::path& dataset, const Case& one) {
  const fs::path same = scratch / "same", copy = scratch / "copy", out = scratch / "out";
  fs::remove_all(same);
  const double bytes = link_files(dataset, one, same);
  const std::string cp =
      "cp -r '" + same.string() + "' '" + copy.string() + "' && sync -f '" + copy.string() + "'";
  const auto times = medians(kRepetitions, true, [&] {
    fs::remove_all(copy);
    fs::remove_all(out);
    const double copied_s = seconds_of([&] {
      EXPECT_EQ(std::system(cp.c_str()), 0);
    });
    const double exported_s = seconds_of([&] {
      run_export(dataset, one.format, out);
    });
    return std::vector<double>{copied_s, exported_s};
  });
  const double ratio = times[0] / times[1];
  report({std::string("export to ") + one.format + " over cp -r", ratio,
          quantity(1e-6 * bytes / times[1], "MB/s"), quantity(1e-6 * bytes / times[0], "MB/s"),
          ">= 0.6"});
  EXPECT_GE(ratio, kBound) << one.format;
}

void report_encoder(const fs::path& dataset, const fs::path& out) {
  const auto& all = exchange::formats();
  const auto exr = std::find_if(all.begin(), all.end(), [](const auto& format) {
    return format.name == "exr";
  });
  ASSERT_NE(exr, all.end());
  const auto done = exchange::export_dataset(dataset, *exr, out, {{{"train", 1}}});
  ASSERT_TRUE(done) << core::to_string(done.error().why);
  const auto share = static_cast<double>(done->counts.at("% of its time in the encoder"));
  report({"export to exr: its encoder's share of its time", share / 100, "", "", ""});
}

TEST(Export, KeepsUpWithCp) {
  const tests::Scratch scratch;
  const fs::path dataset = scratch / "dataset";
  make_dataset(scratch, dataset);
  const std::vector<std::string> copied = {".rgb.png", ".pcd", ".json"};
  for (const Case& one :
       {Case{"kitti", copied}, Case{"semantickitti", copied}, Case{"nuscenes", copied},
        Case{"webdataset", {""}}, Case{"mcap", copied}}) {
    compare(scratch, dataset, one);
  }
  report_encoder(dataset, scratch / "exr");
}

}  // namespace
}  // namespace oddroad::bench

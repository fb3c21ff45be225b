// Exports that end early and go on: the same bytes, and nothing written twice that was finished.
#include <fstream>

#include "tests/unit/exchange/exported.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;
using test::format_named;

struct Export {
  test::TemporaryFolder folder;
  fs::path out = folder.path() / "out";
  const FormatTraits& format;
  ExportOptions options{{{"train", 0.5}, {"val", 0.5}}};
  std::size_t frames_seen = 0;

  explicit Export(const std::string& name) : format(format_named(name)) {}

  // Ends as an interrupt does, at the first frame behind `clips` finished ones.
  void break_off(std::size_t clips) {
    std::size_t finished = 0;
    ExportProgress progress;
    progress.clip = [&](const std::string&, std::size_t) {
      ++finished;
    };
    progress.frame = [&](double) {
      return finished < clips;
    };
    const auto done = export_dataset(test::four_clips(), format, out, options, progress);
    ASSERT_FALSE(done) << format.name;
    EXPECT_EQ(done.error().kind, ExportError::Kind::kInterrupted);
    EXPECT_FALSE(fs::exists(out));
  }
  ExportSummary run() {
    ExportProgress progress;
    frames_seen = 0;
    progress.frame = [&](double) {
      ++frames_seen;
      return true;
    };
    const auto done = export_dataset(test::four_clips(), format, out, options, progress);
    EXPECT_TRUE(done) << format.name << ": " << core::to_string(done.error().why);
    return done ? *done : ExportSummary{};
  }
  // Where it grows; empty: nowhere.
  [[nodiscard]] fs::path left() const {
    for (const auto& entry : fs::directory_iterator(folder.path())) {
      if (entry.path().filename().string().find("partial") != std::string::npos) {
        return entry.path();
      }
    }
    return {};
  }
};

// What the same export makes in one go.
void expect_whole(Export& broken, const std::string& what) {
  Export whole(broken.format.name);
  whole.options = broken.options;
  const auto summary = whole.run();
  test::expect_equal_bytes(broken.out, whole.out);
  EXPECT_TRUE(broken.left().empty()) << what;
  EXPECT_EQ(summary.clips, 4) << what;
}

TEST(Resume, EveryFormatGoesOnBehindTheFinishedClips) {
  for (const FormatTraits& format : formats()) {
    Export e(format.name);
    e.break_off(2);
    if (e.left().empty()) continue;  // it cannot go on; the list below says which can
    auto done = e.run();
    EXPECT_GE(done.kept_clips, 2) << format.name;
    EXPECT_LT(done.kept_clips, 4) << format.name;
    EXPECT_EQ(done.clips, 4) << format.name;
    const auto per_clip = static_cast<std::size_t>(done.frames) / 4;
    EXPECT_EQ(e.frames_seen, (4 - static_cast<std::size_t>(done.kept_clips)) * per_clip)
        << format.name << ": finished clips are not written again";
    Export whole(format.name);
    auto summary = whole.run();
    for (auto* counts : {&done.counts, &summary.counts}) {
      counts->erase("% of its time in the encoder");  // of exr: a measurement, not a count
    }
    EXPECT_EQ(done.counts, summary.counts) << format.name;
    EXPECT_EQ(done.losses, summary.losses) << format.name;
    expect_whole(e, format.name);
  }
}

TEST(Resume, TheFormatsThatCanGoOn) {
  for (const char* name :
       {"kitti", "kitti-tracking", "semantickitti", "nuscenes", "coco", "yolo", "cityscapes",
        "openlabel", "mcap", "webdataset", "ply", "exr", "native"}) {
    Export e(name);
    e.break_off(1);
    EXPECT_FALSE(e.left().empty()) << name;
  }
}

// A process that is killed leaves lines and files that end anywhere.
TEST(Resume, TornEndsDoNoHarm) {
  for (const char* name : {"nuscenes", "coco", "webdataset", "kitti"}) {
    Export e(name);
    e.break_off(2);
    std::ofstream(e.left() / ".journal", std::ios::app) << "{\"clip\":\"child-beh";
    for (const auto& entry : fs::recursive_directory_iterator(e.left())) {
      const auto extension = entry.path().extension();
      if (extension == ".json" || extension == ".tar") {
        std::ofstream(entry.path(), std::ios::app) << "half a row";
      }
    }
    EXPECT_GE(e.run().kept_clips, 2) << name;
    expect_whole(e, name);
  }
}

TEST(Resume, FilesThatLostTheirEndsAreMadeAnew) {
  for (const char* name : {"nuscenes", "coco", "webdataset"}) {
    Export e(name);
    e.break_off(2);
    for (const auto& entry : fs::recursive_directory_iterator(e.left())) {
      const auto extension = entry.path().extension();
      if (extension == ".json" || extension == ".tar") fs::resize_file(entry.path(), 1);
    }
    EXPECT_EQ(e.run().kept_clips, 0) << name;
    expect_whole(e, name);
  }
}

TEST(Resume, AnotherExportBeginsAnew) {
  Export e("kitti");
  e.break_off(2);
  e.options.thresholds.min_visibility = 0.5;
  EXPECT_EQ(e.run().kept_clips, 0);
  expect_whole(e, "thresholds");

  Export split("yolo");
  split.break_off(2);
  split.options.split = {{"train", 1}};
  EXPECT_EQ(split.run().kept_clips, 0);

  Export chosen("ply");
  chosen.break_off(2);
  const auto clips = dataset::DatasetReader::open(test::four_clips())->clips();
  chosen.options.select = ClipList{clip_name(clips[0]) + "\n" + clip_name(clips[3]), "list"};
  const auto done = chosen.run();
  EXPECT_EQ(done.kept_clips, 0);
  EXPECT_EQ(done.clips, 2);
}

TEST(Resume, BrokenOffAgainAndAgain) {
  Export e("coco");
  e.break_off(1);
  e.break_off(2);
  e.break_off(3);
  const auto done = e.run();
  EXPECT_EQ(done.kept_clips, 3);
  expect_whole(e, "coco");
}

}  // namespace
}  // namespace oddroad::exchange

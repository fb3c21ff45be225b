// The frame that all formats share: order, splits, classes, and output that is whole or not there.
#include "engine/exchange/export.h"

#include <csignal>
#include <fstream>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/unit/exchange/exported.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;
using test::format_named;
using test::TemporaryFolder;

std::string message(const tl::expected<ExportSummary, ExportError>& result) {
  return result ? "" : core::to_string(result.error().why);
}

// Nothing of an export is left: neither its folder nor what it grew in.
bool left_nothing(const fs::path& out) {
  for (const auto& entry : fs::directory_iterator(out.parent_path())) {
    if (entry.path().filename().string().find(out.filename().string()) != std::string::npos) {
      return false;
    }
  }
  return true;
}

TEST(Export, EveryFormatIsWholeAndDeterministic) {
  const TemporaryFolder folder;
  const fs::path set = folder.path() / "set";
  test::write_sample_clip(set, 2, 3);
  test::write_sample_clip(set, 2, 4);
  for (const FormatTraits& format : formats()) {
    const fs::path a = folder.path() / (format.name + "_a"),
                   b = folder.path() / (format.name + "_b");
    const auto done = export_dataset(set, format, a);
    ASSERT_TRUE(done) << format.name << ": " << message(done);
    EXPECT_EQ(done->clips, 2) << format.name;
    ASSERT_TRUE(export_dataset(set, format, b)) << format.name;
    test::expect_equal_bytes(a, b);
    const auto lost = dataset::read_file(a / "LOST.md");
    ASSERT_EQ(lost.has_value(), format.name != "native") << format.name;
    for (const auto& one : format.lost) EXPECT_NE(lost->find(one), std::string::npos);
  }
}

TEST(Export, ProgressTellsFramesAndClipsInOrder) {
  const TemporaryFolder folder;
  const fs::path set = folder.path() / "set";
  for (const std::uint32_t index : {5u, 3u, 4u}) test::write_sample_clip(set, 3, index);
  std::vector<std::string> clips;
  std::size_t announced = 0;
  double share = 0;
  ExportProgress progress;
  progress.started = [&](std::size_t n) {
    announced = n;
  };
  progress.frame = [&](double part) {
    share += part;
    return true;
  };
  progress.clip = [&](const std::string& name, std::size_t frames) {
    clips.push_back(name);
    EXPECT_EQ(frames, 3u);
    EXPECT_NEAR(share, static_cast<double>(clips.size()), 1e-9) << "all frames of it are done";
  };
  const auto done = export_dataset(set, format_named("kitti"), folder.path() / "out", {}, progress);
  ASSERT_TRUE(done) << message(done);
  EXPECT_EQ(announced, 3u);
  ASSERT_EQ(clips.size(), 3u);
  EXPECT_TRUE(std::is_sorted(clips.begin(), clips.end()));
}

TEST(Export, InterruptedLeavesNothing) {
  const TemporaryFolder folder;
  test::write_sample_clip(folder.path() / "set", 3);
  ExportProgress progress;
  progress.frame = [](double) {
    return false;
  };
  const auto done = export_dataset(folder.path() / "set", format_named("kitti"),
                                   folder.path() / "out", {}, progress);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ExportError::Kind::kInterrupted);
  EXPECT_TRUE(left_nothing(folder.path() / "out"));
}

// A limit on the size of files stands for a full disk: write() fails in the same way.
TEST(Export, AWriteThatFailsLeavesNothing) {
  const TemporaryFolder folder;
  test::write_sample_clip(folder.path() / "set", 2);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{2000, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  const auto done =
      export_dataset(folder.path() / "set", format_named("kitti"), folder.path() / "out");
  setrlimit(RLIMIT_FSIZE, &before);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ExportError::Kind::kCannotWrite);
  EXPECT_NE(message(done).find("cannot write"), std::string::npos) << message(done);
  EXPECT_TRUE(left_nothing(folder.path() / "out"));
}

TEST(Export, ExistingAndUnreachableTargetsAreRefused) {
  const TemporaryFolder folder;
  const fs::path set = folder.path() / "set", out = folder.path() / "out";
  test::write_sample_clip(set, 1);
  const auto& kitti = format_named("kitti");
  fs::create_directories(out);
  std::ofstream(out / "holiday.jpg") << "x";
  auto done = export_dataset(set, kitti, out);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ExportError::Kind::kCannotWrite);
  EXPECT_NE(message(done).find("there is something already"), std::string::npos);
  EXPECT_TRUE(fs::exists(out / "holiday.jpg"));
  fs::remove(out / "holiday.jpg");
  EXPECT_TRUE(export_dataset(set, kitti, out)) << "an empty folder is fine";
  done = export_dataset(set, kitti, "/proc/none/out");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ExportError::Kind::kCannotWrite);
}

TEST(Export, WhatKilledExportsLeftGoesAndLivingOnesStay) {
  const TemporaryFolder folder;
  const fs::path set = folder.path() / "set";
  test::write_sample_clip(set, 1);
  const fs::path dead = folder.path() / ".out.partial.aaaaaa";
  const fs::path living = folder.path() / ".out.partial.bbbbbb";
  fs::create_directories(dead / "training");
  fs::create_directories(living);
  const int fd = ::open(living.c_str(), O_RDONLY | O_DIRECTORY);
  ASSERT_EQ(::flock(fd, LOCK_EX), 0);
  ASSERT_TRUE(export_dataset(set, format_named("kitti"), folder.path() / "out"));
  ::close(fd);
  EXPECT_FALSE(fs::exists(dead));
  EXPECT_TRUE(fs::exists(living));
}

TEST(Export, AMissingFileIsNamedAndLeavesNothing) {
  const TemporaryFolder folder;
  const fs::path set = folder.path() / "set";
  const auto commit = test::write_sample_clip(set, 2);
  fs::remove(commit.folder / "cam_left/000001.rgb.png");
  const auto done = export_dataset(set, format_named("kitti"), folder.path() / "out");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ExportError::Kind::kBadInput);
  EXPECT_NE(message(done).find("cam_left/000001.rgb.png"), std::string::npos) << message(done);
  EXPECT_TRUE(left_nothing(folder.path() / "out"));
  EXPECT_FALSE(export_dataset(folder.path() / "no", format_named("kitti"), folder.path() / "out"));
}

TEST(Export, SplitsAreReadAndKeepClipsWhereTheyAre) {
  const auto split = parse_split("train:0.7,val:0.2,test:0.1");
  ASSERT_TRUE(split);
  ASSERT_EQ(split->size(), 3u);
  EXPECT_EQ((*split)[1], (SplitShare{"val", 0.2}));
  std::map<std::string, int> count;
  for (int i = 0; i < 5000; ++i) ++count[split_of("town/" + std::to_string(i), *split)];
  EXPECT_NEAR(count["train"], 3500, 150);  // 4.6 deviations
  EXPECT_NEAR(count["test"], 500, 100);
  for (const char* bad : {"", "train", "train:x", "train:0.5", "train:1.5", "a:0.5,a:0.5", "a b:1",
                          "../x:1", "train:0.9,val:0.2", "train:1,"}) {
    EXPECT_EQ(parse_split(bad).has_value(), std::string(bad) == "train:1,") << bad;
  }
}

TEST(Export, ClassMapsAreCheckedWithPlaces) {
  const TemporaryFolder folder;
  const fs::path map = folder.path() / "map.yaml";
  const auto ontology = test::sample_header().ontology;
  const auto read = [&](const std::string& text) {
    std::ofstream(map) << text;
    ClassNames names(ontology, [](const auto& one) {
      return one.kitti;
    });
    const auto done = names.replace(map.string(), ontology, {"Car", "Van", "Misc"});
    return done ? names.of(core::ClassId(14)) : core::to_string(done.error());
  };
  EXPECT_EQ(read("van: Car\n"), "Car");
  EXPECT_EQ(read("van: none\n"), kNoClass);
  EXPECT_EQ(read("car: Misc\n"), "Van");
  const auto bad = read("vam: Car\nvan: Caar\ncar: [1]\n");
  EXPECT_NE(bad.find("map.yaml:1:1: error: the dataset has no class 'vam'; did you mean 'van'?"),
            std::string::npos)
      << bad;
  EXPECT_NE(bad.find("map.yaml:2:6: error: the format has no class 'Caar'"), std::string::npos);
  EXPECT_NE(bad.find("map.yaml:3:6"), std::string::npos) << bad;
  EXPECT_NE(read("- van\n").find("error"), std::string::npos);
}

TEST(Export, ThresholdsAndMapsThatMeanNothingAreRefused) {
  const TemporaryFolder folder;
  const fs::path set = folder.path() / "set";
  test::write_sample_clip(set, 1);
  FormatTraits blind = format_named("kitti");
  blind.sees_images = blind.sees_lidar = false;
  blind.keeps_classes = true;
  ExportOptions options;
  options.thresholds.min_visibility = 0.1;
  EXPECT_NE(message(export_dataset(set, blind, folder.path() / "out", options)).find("--min-vis"),
            std::string::npos);
  options.thresholds = {0, 1};
  EXPECT_NE(message(export_dataset(set, blind, folder.path() / "out", options)).find("--min-lidar"),
            std::string::npos);
  options.thresholds = {};
  options.classes = "map.yaml";
  EXPECT_NE(message(export_dataset(set, blind, folder.path() / "out", options)).find("--classes"),
            std::string::npos);
}

}  // namespace
}  // namespace oddroad::exchange

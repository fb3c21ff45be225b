// Copies in the dataset's own format, and lists of clips that any format takes.
#include "engine/exchange/native.h"

#include <fstream>

#include "tests/unit/exchange/exported.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;
using test::format_named;

// Three clips of two ticks.
struct Source {
  test::TemporaryFolder folder;
  fs::path set = folder.path() / "set", out = folder.path() / "out";
  std::vector<std::string> names;

  Source() {
    for (const std::uint32_t index : {3u, 4u, 5u}) {
      names.push_back(clip_name(test::write_sample_clip(set, 2, index).folder));
    }
  }

  [[nodiscard]] auto copy(const std::string& list, const std::string& format = "native") const {
    ExportOptions options;
    options.select = ClipList{list, "list.txt"};
    return export_dataset(set, format_named(format), out, options);
  }
  [[nodiscard]] std::string refused(const std::string& list) const {
    const auto done = copy(list);
    EXPECT_FALSE(done);
    EXPECT_FALSE(fs::exists(out));
    return done ? "" : core::to_string(done.error().why);
  }
};

TEST(Native, ChosenClipsAreThereByteByByteAndNothingElse) {
  const Source source;
  const auto done =
      source.copy("# good ones\n\n  " + source.names[2] + "\t# late\r\n" + source.names[0] + "\n");
  ASSERT_TRUE(done) << core::to_string(done.error().why);
  EXPECT_EQ(done->clips, 2);
  EXPECT_EQ(done->frames, 2 * 3 * 2) << "captures of three sensors";
  auto want = test::tree_bytes(source.set);
  std::erase_if(want, [&](const auto& file) {
    return file.first.find(source.names[1]) != std::string::npos ||
           file.first.find(".staging") != std::string::npos;
  });
  EXPECT_TRUE(test::tree_bytes(source.out) == want);
  const auto copy = dataset::DatasetReader::open(source.out);
  ASSERT_TRUE(copy);
  ASSERT_EQ(copy->clips().size(), 2u);
  for (const auto& folder : copy->clips()) {
    const auto clip = dataset::ClipReader::open(folder);
    ASSERT_TRUE(clip);
    EXPECT_TRUE(clip->verify());
  }
}

TEST(Native, WithoutAListAllClipsGo) {
  const Source source;
  const auto done = export_dataset(source.set, format_named("native"), source.out);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->clips, 3);
}

TEST(Native, AByteThatChangedIsFoundAndLeavesNothing) {
  const Source source;
  const fs::path file = source.set / "clips" / source.names[1] / "cam_left/000001.rgb.png";
  auto bytes = *dataset::read_file(file);
  bytes[bytes.size() / 2] ^= 1;
  ASSERT_TRUE(dataset::write_file(file, bytes));
  const auto text = source.refused(source.names[1] + "\n");
  EXPECT_NE(text.find("cam_left/000001.rgb.png: error: its content is not what the manifest says"),
            std::string::npos)
      << text;
  EXPECT_TRUE(source.copy(source.names[0])) << "the others are sound";
}

TEST(Native, EveryWrongLineOfAListIsToldWithItsPlace) {
  const Source source;
  fs::remove(source.set / "clips" / source.names[2] / "lidar/000000.pcd");
  std::ofstream(source.set / "clips" / source.names[2] / "notes.txt") << "x";
  std::string near = source.names[1];
  near.back() = near.back() == '0' ? '1' : '0';
  const auto text = source.refused(source.names[0] + "\n  " + near + "\nclips\n" + source.names[0] +
                                   "\n" + source.names[2] + "\n");
  const auto has = [&](const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  };
  has("list.txt:2:3: error: the dataset has no clip '" + near + "'; did you mean '" +
      source.names[1] + "'?");
  has("list.txt:3:1: error: the dataset has no clip 'clips'; write <scenario>/<index>-<id>");
  has("list.txt:4:1: error: '" + source.names[0] + "' stands in line 1 already");
  has("list.txt:5:1: error: ");
  has("lidar/000000.pcd: missing");
  has("notes.txt: is not in the manifest");
  fs::remove(source.set / "clips" / source.names[2] / "manifest.json");
  EXPECT_NE(source.refused(source.names[2]).find("list.txt:1:1"), std::string::npos);
  EXPECT_NE(source.refused("# none\n").find("list.txt: error: names no clip"), std::string::npos);
}

TEST(Native, AListHoldsForEveryFormat) {
  const Source source;
  for (const FormatTraits& format : formats()) {
    fs::remove_all(source.out);
    const auto done = source.copy(source.names[1], format.name);
    ASSERT_TRUE(done) << format.name << core::to_string(done.error().why);
    EXPECT_EQ(done->clips, 1) << format.name;
  }
}

TEST(Native, WhatIsThereAlreadyStays) {
  const Source source;
  ASSERT_TRUE(source.copy(source.names[1]));
  const auto again = source.copy(source.names[0]);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ExportError::Kind::kCannotWrite);
  EXPECT_EQ(dataset::DatasetReader::open(source.out)->clips().size(), 1u);
}

}  // namespace
}  // namespace oddroad::exchange

// Shards read as the webdataset package does: members in their order, keys up to the first dot.
#include "engine/exchange/webdataset.h"

#include <cstdlib>
#include <fstream>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/exchange/tar.h"
#include "tests/unit/exchange/exported.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;

struct Member {
  std::string name, bytes;
};

std::vector<Member> read_tar(const fs::path& file) {
  const std::string all = *dataset::read_file(file);
  EXPECT_EQ(all.size() % 512, 0u);
  std::vector<Member> out;
  std::size_t at = 0;
  while (at + 512 <= all.size() && all[at] != '\0') {
    const std::string head = all.substr(at, 512);
    const auto text = [&](std::size_t from, std::size_t length) {
      return std::string(head.substr(from, length).c_str());
    };
    EXPECT_EQ(head.substr(257, 8), std::string("ustar\0"
                                               "00",
                                               8));
    unsigned sum = 0;
    for (std::size_t i = 0; i < 512; ++i) {
      sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(head[i]);
    }
    EXPECT_EQ(sum, std::stoul(text(148, 8), nullptr, 8));
    const std::size_t size = std::stoul(text(124, 12), nullptr, 8);
    const std::string prefix = text(345, 155);
    out.push_back(
        {(prefix.empty() ? "" : prefix + "/") + text(0, 100), all.substr(at + 512, size)});
    at += 512 + (size + 511) / 512 * 512;
  }
  EXPECT_EQ(all.substr(at), std::string(1024, '\0'));
  return out;
}

std::pair<std::string, std::string> key_and_field(const std::string& name) {
  const auto slash = name.rfind('/');
  const auto dot = name.find('.', slash == std::string::npos ? 0 : slash);
  return {name.substr(0, dot), name.substr(dot + 1)};
}

TEST(WebDataset, SamplesHangTogetherAndHoldTheDatasetsFiles) {
  const test::Exported e(test::format_named("webdataset"), {{{"train", 1}}}, 3);
  const auto members = read_tar(e.out / "train-000000.tar");
  std::set<std::string> finished, fields;
  std::string key;
  const fs::path clips = e.set / "clips";
  for (const Member& one : members) {
    const auto [k, field] = key_and_field(one.name);
    if (k != key) {
      EXPECT_TRUE(finished.insert(k).second) << k << " is cut into pieces";
      key = k;
      fields.clear();
    }
    EXPECT_TRUE(fields.insert(field).second) << one.name << " is there twice";
    EXPECT_EQ(field.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), std::string::npos);
    if (field.rfind("cam_left.", 0) == 0) {  // of the sample's own tick
      const fs::path own = clips / fs::path(k).parent_path() / "cam_left" /
                           (fs::path(k).filename().string() + field.substr(8));
      EXPECT_TRUE(*dataset::read_file(own) == one.bytes) << own;
    }
  }
  EXPECT_EQ(finished.size(), 3u);
  EXPECT_EQ(fields,
            (std::set<std::string>{"cam_left.rgb.png", "cam_left.ids.png", "cam_left.classes.png",
                                   "cam_left.depth.exr", "cam_left.json", "cam_right.rgb.png",
                                   "cam_right.ids.png", "cam_right.classes.png",
                                   "cam_right.depth.exr", "cam_right.json", "lidar.pcd",
                                   "lidar.json", "calibration.json", "sample.json"}));
  const auto about = nlohmann::json::parse(members.back().bytes);
  EXPECT_EQ(about.at("sensors").at("lidar").at("stamp_ns"), 380'000'000);
}

TEST(WebDataset, ShardsAreCutBetweenSamples) {
  const test::Exported e(webdataset_format(1000), {{{"train", 1}}}, 3);
  std::set<std::string> keys;
  for (const char* name : {"train-000000.tar", "train-000001.tar", "train-000002.tar"}) {
    std::set<std::string> own;
    for (const Member& one : read_tar(e.out / name)) own.insert(key_and_field(one.name).first);
    EXPECT_EQ(own.size(), 1u);
    keys.insert(own.begin(), own.end());
  }
  EXPECT_EQ(keys.size(), 3u);
}

// Readers cut the key at the first dot of the last part of a name.
TEST(WebDataset, NamesWithDotsKeepTheirKeysWhole) {
  const test::TemporaryFolder folder;
  const fs::path set = folder.path() / "set", out = folder.path() / "out";
  const auto commit = test::write_sample_clip(set, 2);
  fs::rename(commit.folder, commit.folder.parent_path() / "000003-v1.5");
  ASSERT_TRUE(export_dataset(set, webdataset_format(), out, {{{"train", 1}}}));
  std::map<std::string, int> members;
  for (const Member& one : read_tar(out / "train-000000.tar")) {
    ++members[key_and_field(one.name).first];
  }
  EXPECT_EQ(members, (std::map<std::string, int>{{"child-behind-van/000003-v1_5/000000", 14},
                                                 {"child-behind-van/000003-v1_5/000001", 14}}));
}

TEST(WebDataset, LongNamesUseThePrefix) {
  const std::string folder(90, 'f'), file(60, 'n');
  EXPECT_TRUE(fits_tar(folder + "/" + file));
  EXPECT_FALSE(fits_tar(std::string(101, 'n')));
  EXPECT_FALSE(fits_tar(std::string(156, 'f') + "/" + file));
  const std::string block = tar_header(folder + "/" + file, 5);
  EXPECT_EQ(std::string(block.c_str()), file);
  EXPECT_EQ(std::string(block.c_str() + 345), folder);
}

// The system's tar agrees.
TEST(WebDataset, TarListsTheShard) {
  const test::Exported e(test::format_named("webdataset"), {{{"train", 1}}}, 1);
  const std::string command = "tar -tf " + (e.out / "train-000000.tar").string() + " | wc -l > " +
                              (e.folder.path() / "count").string();
  ASSERT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(std::stoi(*dataset::read_file(e.folder.path() / "count")), 14);
}

}  // namespace
}  // namespace oddroad::exchange

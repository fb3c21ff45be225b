// Suggestions, hashes and paths.
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "engine/core/paths.h"
#include "engine/core/sha256.h"
#include "engine/core/suggest.h"

namespace oddroad::core {
namespace {

namespace fs = std::filesystem;

TEST(Suggest, NearestWord) {
  const std::vector<std::string> known = {"traffic", "actors", "end", "van", "child"};
  EXPECT_EQ(nearest_word("trafic", known), "traffic");
  EXPECT_EQ(nearest_word("chidl", known), "child");
  EXPECT_EQ(nearest_word("Actors", known), "actors");
  EXPECT_EQ(nearest_word("weather", known), "");
  EXPECT_EQ(nearest_word("x", known), "");
  EXPECT_EQ(did_you_mean("ent", known), "did you mean 'end'?");
  EXPECT_EQ(did_you_mean("", known), "");
  EXPECT_EQ(nearest_word(std::string(1'000'000, 'a'), known), "");
}

TEST(Suggest, EditDistance) {
  EXPECT_EQ(edit_distance("", "abc"), 3);
  EXPECT_EQ(edit_distance("abc", "acb"), 1);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
  EXPECT_EQ(edit_distance("same", "same"), 0);
}

TEST(Sha256, KnownAnswers) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  Sha256 parts;
  parts.update("a");
  parts.update("bc");
  EXPECT_EQ(parts.hex(), sha256_hex("abc"));
  EXPECT_FALSE(sha256_file("/nonexistent"));
}

class Paths : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("oddroad_paths_" + std::to_string(::getpid()));
    fs::create_directories(root_ / "lib/scenarios/maps");
    fs::create_directories(root_ / "mine");
    write("lib/scenarios/maps/a.xodr");
    write("mine/a.xodr");
    write("lib/b.txt");
  }
  void TearDown() override { fs::remove_all(root_); }
  void write(const char* name) { std::ofstream(root_ / name) << "abc"; }

  fs::path root_;
};

TEST_F(Paths, BesideTheFileFirstThenLibraries) {
  const SearchRoots roots =
      make_search_roots((root_ / "absent").string() + ":" + (root_ / "lib").string(), {}, {});
  ASSERT_EQ(roots.directories.size(), 1u);
  const std::string mine = (root_ / "mine/s.yaml").string();
  EXPECT_EQ(*resolve_path("a.xodr", mine, roots), (root_ / "mine/a.xodr").string());
  EXPECT_EQ(*resolve_path("maps/a.xodr", mine, roots),
            (root_ / "lib/scenarios/maps/a.xodr").string());
  EXPECT_EQ(*resolve_path("../lib/b.txt", mine, roots), (root_ / "lib/b.txt").string());
  EXPECT_EQ(*resolve_path((root_ / "lib/b.txt").string(), mine, {}),
            (root_ / "lib/b.txt").string());
  const auto missing = resolve_path("c.xodr", mine, roots, {"s.yaml", 2, 6});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().items()[0].message, "file 'c.xodr' not found");
  EXPECT_EQ(missing.error().items()[0].where.line, 2);
  EXPECT_FALSE(resolve_path("", mine, roots));
  EXPECT_FALSE(resolve_path("..", mine, roots));  // a directory is no file
}

TEST_F(Paths, InstallPrefixFollowsTheExecutable) {
  fs::create_directories(root_ / "share/oddroad");
  const SearchRoots roots = make_search_roots("", root_ / "bin/oddroad", root_ / "lib");
  ASSERT_EQ(roots.directories.size(), 2u);
  EXPECT_EQ(roots.directories[0], root_ / "share/oddroad");
  EXPECT_EQ(*sha256_file((root_ / "lib/b.txt").string()), sha256_hex("abc"));
}

}  // namespace
}  // namespace oddroad::core

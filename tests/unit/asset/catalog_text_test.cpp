#include "engine/asset/catalog_text.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "engine/asset/catalog.h"

namespace oddroad::asset {
namespace {

TEST(CatalogText, TellsOfEveryTypeThatCanBeMade) {
  const auto entries = load_catalog(ODDROAD_SOURCE_DIR "/assets/catalog.yaml");
  ASSERT_TRUE(entries) << core::to_string(entries.error());
  std::vector<std::string> names;
  for (const CatalogEntry& entry : *entries) {
    names.push_back(entry.name);
    EXPECT_FALSE(entry.classes.empty()) << entry.name;
    EXPECT_FALSE(entry.what.empty()) << entry.name;
  }
  EXPECT_EQ(names, catalog_types());
}

TEST(CatalogText, ListsEverythingThatIsWrong) {
  const std::string path =
      testing::TempDir() + "oddroad_catalog_" + std::to_string(::getpid()) + ".yaml";
  std::ofstream(path) << "licence: x\norigin: y\nscale: z\ntypes:\n"
                         "  a: {class: car, size: [1, 2]}\n"
                         "  b: {class: car, what: thing, numbers: {height: [1]}, weight: 3}\n";
  const auto entries = load_catalog(path);
  ASSERT_FALSE(entries);
  const std::string all = core::to_string(entries.error());
  EXPECT_NE(all.find(path + ":5:"), std::string::npos) << all;
  EXPECT_NE(all.find("key 'what' is missing"), std::string::npos) << all;
  EXPECT_NE(all.find("expected [length, width, height]"), std::string::npos) << all;
  EXPECT_NE(all.find("height: expected [least, greatest]"), std::string::npos) << all;
  EXPECT_NE(all.find("weight"), std::string::npos) << all;
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace oddroad::asset

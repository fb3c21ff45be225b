#include "engine/capture/ontology.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace oddroad::capture {
namespace {

core::Result<Ontology> load_text(const std::string& text) {
  const auto* info = testing::UnitTest::GetInstance()->current_test_info();
  const std::string path = testing::TempDir() + "ontology_" + info->name() + ".yaml";
  std::ofstream(path) << text;
  auto result = load_ontology(path);
  std::filesystem::remove(path);
  return result;
}

const char* const kUnknown =
    "- {id: 1, name: unknown, color: [1, 2, 3], kitti: Misc, cityscapes: 4, thing: true}\n";

TEST(Ontology, ShippedFileLoads) {
  const auto ontology = load_ontology(ODDROAD_SOURCE_DIR "/assets/ontology.yaml");
  ASSERT_TRUE(ontology) << core::to_string(ontology.error());
  for (const char* name :
       {"unknown",      "road",         "sidewalk",      "parking",    "lane_mark",
        "kerb",         "terrain",      "building",      "vegetation", "pole",
        "traffic_cone", "debris",       "car",           "van",        "truck",
        "bus",          "pedestrian",   "rider",         "bicycle",    "motorcycle",
        "animal",       "traffic_sign", "traffic_light", "fence",      "guard_rail"}) {
    const auto* one = ontology->find(std::string(name));
    ASSERT_NE(one, nullptr) << name;
    EXPECT_GT(one->id.value, 0) << name;
    EXPECT_EQ(ontology->find(one->id), one);
  }
  EXPECT_EQ(ontology->find(std::string("sky"))->id.value, 0);
  EXPECT_EQ(ontology->find(std::string("car"))->kitti, "Car");
  EXPECT_EQ(ontology->find(std::string("pedestrian"))->cityscapes_id, 24);
}

// Datasets on disks hold these numbers.
TEST(Ontology, IdsAreFixedForEver) {
  const auto ontology = load_ontology(ODDROAD_SOURCE_DIR "/assets/ontology.yaml");
  ASSERT_TRUE(ontology);
  EXPECT_EQ(ontology->find(std::string("unknown"))->id.value, 1);
  EXPECT_EQ(ontology->find(std::string("car"))->id.value, 13);
  EXPECT_EQ(ontology->find(std::string("pedestrian"))->id.value, 17);
  EXPECT_EQ(ontology->find(std::string("guard_rail"))->id.value, 25);
}

TEST(Ontology, MissingFileIsAnError) {
  EXPECT_FALSE(load_ontology("/nowhere/ontology.yaml"));
}

TEST(Ontology, SmallestFile) {
  EXPECT_TRUE(load_text(std::string("version: 1\nclasses:\n") + kUnknown));
}

TEST(Ontology, NoUnknownIsAnError) {
  const auto result = load_text(
      "version: 1\nclasses:\n"
      "- {id: 1, name: car, color: [1, 2, 3], kitti: Car, cityscapes: 26, thing: true}\n");
  ASSERT_FALSE(result);
  EXPECT_NE(core::to_string(result.error()).find("unknown"), std::string::npos);
}

TEST(Ontology, DuplicatesAreErrorsWithTheirLine) {
  const auto result = load_text(std::string("version: 1\nclasses:\n") + kUnknown + kUnknown);
  ASSERT_FALSE(result);
  ASSERT_EQ(result.error().items().size(), 2u);
  EXPECT_EQ(result.error().items()[0].where.line, 4);
}

TEST(Ontology, AllProblemsOfABadClassAreReported) {
  const auto result = load_text(std::string("version: 1\nclasses:\n") + kUnknown +
                                "- {id: 700, color: [1, 2], kitti: Carr, cityscapes: 99}\n");
  ASSERT_FALSE(result);
  const std::string text = core::to_string(result.error());
  for (const char* part : {"0 to 255", "name", "color", "Carr", "labelId", "thing"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

}  // namespace
}  // namespace oddroad::capture

// Annotations read back as pycocotools and panopticapi read them.
#include <fstream>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/dataset/png.h"
#include "tests/unit/exchange/changed_clip.h"
#include "tests/unit/exchange/exported.h"
#include "tests/unit/exchange/mask_decoders.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

Json read_json(const fs::path& file) {
  return Json::parse(*dataset::read_file(file));
}

struct Coco : test::Exported {
  Json instances, polygons, keypoints, panoptic;
  explicit Coco(const ExportOptions& options = {{{"train", 1}, {"val", 0}}}, int ticks = 2)
      : Exported(test::format_named("coco"), options, ticks) {
    instances = read_json(out / "annotations/instances_train.json");
    polygons = read_json(out / "annotations/instances_polygons_train.json");
    keypoints = read_json(out / "annotations/person_keypoints_train.json");
    panoptic = read_json(out / "annotations/panoptic_train.json");
  }
  // The clip's own masks of a picture: its file name ends in "<camera>_<tick>.png".
  [[nodiscard]] capture::Image<std::uint16_t> ids(const std::string& file_name) const {
    const auto clip = dataset::DatasetReader::open(set)->clips().front();
    const std::string camera =
        file_name.find("cam_left") != std::string::npos ? "cam_left" : "cam_right";
    const std::string tick = file_name.substr(file_name.size() - 10, 6);
    const fs::path file = clip / camera / (tick + ".ids.png");
    return *dataset::decode_png16(*dataset::read_file(file), file.string());
  }
};

const Json& by_id(const Json& list, const Json& id) {
  for (const Json& one : list) {
    if (one.at("id") == id) return one;
  }
  throw std::runtime_error("no id " + id.dump());
}

TEST(Coco, MasksOfBothKindsAreTheDatasetsOwn) {
  const Coco e;
  ASSERT_EQ(e.instances.at("images").size(), 4u);
  ASSERT_EQ(e.instances.at("annotations").size(), 16u);
  for (std::size_t i = 0; i < 16; ++i) {
    const Json& one = e.instances.at("annotations")[i];
    const Json& same = e.polygons.at("annotations")[i];
    const Json& image = by_id(e.instances.at("images"), one.at("image_id"));
    const auto ids = e.ids(image.at("file_name"));
    const auto id = one.at("id").get<std::int64_t>() % 65536;
    ASSERT_EQ(one.at("segmentation").at("size"), Json({ids.height_px, ids.width_px}));
    const auto runs =
        test::decode_coco_rle(one.at("segmentation").at("counts"), ids.height_px, ids.width_px);
    ASSERT_EQ(runs.size(), ids.pixels.size());
    std::vector<bool> filled(ids.pixels.size());
    for (const Json& polygon : same.at("segmentation")) {
      test::fill_polygon(polygon.get<std::vector<double>>(), ids.width_px, filled);
    }
    std::int64_t area = 0;
    int left = 1 << 20, top = 1 << 20, right = -1, bottom = -1;
    for (int y = 0; y < ids.height_px; ++y) {
      for (int x = 0; x < ids.width_px; ++x) {
        const auto at = static_cast<std::size_t>(y * ids.width_px + x);
        const bool own = ids.at(x, y) == id;
        ASSERT_EQ(runs[at], own);
        ASSERT_EQ(filled[at], own);
        if (!own) continue;
        ++area;
        left = std::min(left, x), right = std::max(right, x);
        top = std::min(top, y), bottom = std::max(bottom, y);
      }
    }
    EXPECT_EQ(one.at("area"), area);
    EXPECT_EQ(one.at("bbox"), Json({left, top, right - left + 1, bottom - top + 1}));
    EXPECT_EQ(one.at("iscrowd"), 0);
    EXPECT_EQ(same.at("area"), area);
  }
}

TEST(Coco, IdsAreUniqueAndNeverZero) {
  const Coco e;
  std::set<std::int64_t> annotations, images, categories;
  for (const Json& one : e.instances.at("categories"))
    categories.insert(one.at("id").get<std::int64_t>());
  for (const Json& one : e.instances.at("images")) images.insert(one.at("id").get<std::int64_t>());
  for (const Json& one : e.instances.at("annotations")) {
    EXPECT_TRUE(annotations.insert(one.at("id").get<std::int64_t>()).second);
    EXPECT_TRUE(images.contains(one.at("image_id").get<std::int64_t>()));
    EXPECT_TRUE(categories.contains(one.at("category_id").get<std::int64_t>()));
  }
  EXPECT_EQ(annotations.size(), 16u);
  for (const auto* ids : {&annotations, &images, &categories}) EXPECT_GT(*ids->begin(), 0);
  for (const Json& one : e.instances.at("images")) {
    EXPECT_TRUE(fs::exists(e.out / "train" / one.at("file_name").get<std::string>()));
  }
}

TEST(Coco, EveryPanopticPixelIsListedAndEveryListedIdIsThere) {
  const Coco e;
  ASSERT_EQ(e.panoptic.at("annotations").size(), 4u);
  std::map<int, bool> is_thing;
  for (const Json& one : e.panoptic.at("categories")) {
    is_thing[one.at("id")] = one.at("isthing") == 1;
    EXPECT_EQ(one.at("color").size(), 3u);
  }
  for (const Json& one : e.panoptic.at("annotations")) {
    const fs::path file = e.out / "panoptic_train" / one.at("file_name").get<std::string>();
    const auto image = *dataset::decode_png_rgb(*dataset::read_file(file), file.string());
    const auto ids = e.ids(one.at("file_name"));
    std::map<std::int64_t, std::int64_t> px, want;
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
      const auto& p = image.pixels[i];
      const std::int64_t id = p.x + 256 * p.y + 65536 * p.z;
      ++px[id];
      EXPECT_TRUE(id >= 65536 || id == ids.pixels[i]) << id;
    }
    for (const Json& segment : one.at("segments_info")) {
      want[segment.at("id")] = segment.at("area");
      EXPECT_EQ(is_thing.at(segment.at("category_id")), segment.at("id") < 65536);
    }
    EXPECT_EQ(px, want);
    EXPECT_EQ(px.count(65536 + 0), 1u);  // sky
    EXPECT_EQ(px.count(65536 + 2), 1u);  // road
  }
}

TEST(Coco, PeopleHaveTheirPointsOrLostTellsThatThereAreNone) {
  const Coco without({{{"train", 1}}}, 1);
  EXPECT_TRUE(without.keypoints.at("annotations").empty());
  const std::string what = "people without keypoints: the dataset was recorded without 'keypoints'";
  EXPECT_EQ(without.summary.losses.at(what), 2) << "the child in two pictures";
  EXPECT_NE(dataset::read_file(without.out / "LOST.md")->find("- 2 " + what), std::string::npos);

  const test::TemporaryFolder folder;
  const fs::path set = folder.path() / "set", out = folder.path() / "out";
  test::ClipChanges changes;
  const char* names[] = {
      "nose",           "left_eye",   "right_eye",   "left_ear",   "right_ear",   "left_shoulder",
      "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist", "left_hip",
      "right_hip",      "left_knee",  "right_knee",  "left_ankle", "right_ankle"};
  for (auto& actor : changes.info.actors) {
    if (actor.id.value == 3) actor.keypoints.assign(std::begin(names), std::end(names));
  }
  changes.camera = [](capture::CameraFrame& frame) {
    for (auto& object : frame.objects) {
      if (object.id.value != 3) continue;
      object.keypoints.assign(17, {20.5, 30.5, capture::KeypointState::kVisible});
      object.keypoints[1] = {NAN, NAN, capture::KeypointState::kOutside};
      object.keypoints[2] = {21, 31, capture::KeypointState::kSelfOccluded};
    }
  };
  test::write_changed_clip(set, changes, 1);
  const auto done = export_dataset(set, test::format_named("coco"), out, {{{"train", 1}}});
  ASSERT_TRUE(done) << core::to_string(done.error().why);
  EXPECT_FALSE(done->losses.contains(what));
  const Json people = read_json(out / "annotations/person_keypoints_train.json");
  ASSERT_EQ(people.at("annotations").size(), 2u);
  ASSERT_EQ(people.at("categories").size(), 1u);
  EXPECT_EQ(people.at("categories")[0].at("keypoints"), Json(names));
  for (const Json& one : people.at("annotations")) {
    EXPECT_EQ(one.at("category_id"), people.at("categories")[0].at("id"));
    EXPECT_EQ(one.at("num_keypoints"), 16);
    const auto points = one.at("keypoints").get<std::vector<double>>();
    ASSERT_EQ(points.size(), 51u);
    EXPECT_EQ(std::vector<double>(points.begin(), points.begin() + 9),
              (std::vector<double>{20, 30, 2, 0, 0, 0, 20.5, 30.5, 1}));
  }
}

TEST(Coco, HiddenThingsAreCrowdsAndMapsNameCategories) {
  const test::TemporaryFolder folder;
  ExportOptions options{{{"train", 1}, {"val", 0}}};
  options.thresholds.min_visibility = 0.9;  // the bicycle hides its rider's legs
  options.classes = (folder.path() / "map.yaml").string();
  std::ofstream(options.classes) << "rider: person\npedestrian: person\ncar: none\n";
  const Coco e(options, 1);
  std::map<std::string, int> persons;
  int crowds = 0;
  for (const Json& one : e.instances.at("annotations")) {
    const std::string name = by_id(e.instances.at("categories"), one.at("category_id")).at("name");
    ++persons[name];
    crowds += one.at("iscrowd") == 1;
    EXPECT_TRUE(one.at("segmentation").is_object());
    const Json& same = by_id(e.polygons.at("annotations"), one.at("id"));
    EXPECT_EQ(same.at("segmentation").is_object(), one.at("iscrowd") == 1) << "crowds have runs";
  }
  EXPECT_EQ(persons, (std::map<std::string, int>{{"person", 4}, {"bicycle", 2}}));
  EXPECT_GT(crowds, 0);
  std::set<std::string> names;
  for (const Json& one : e.instances.at("categories")) {
    EXPECT_TRUE(names.insert(one.at("name").get<std::string>()).second) << one;
  }
  EXPECT_FALSE(names.contains("car"));
  EXPECT_TRUE(read_json(e.out / "annotations/instances_val.json").at("images").empty());
}

}  // namespace
}  // namespace oddroad::exchange

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "engine/dataset/png.h"
#include "tests/unit/exchange/exported.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;

// The names of data.yaml by their numbers.
std::map<int, std::string> read_names(const fs::path& file) {
  std::map<int, std::string> out;
  std::ifstream in(file);
  bool names = false;
  for (std::string line; std::getline(in, line);) {
    if (names) out[std::stoi(line)] = line.substr(line.find(": ") + 2);
    names |= line == "names:";
  }
  return out;
}

// Every line gives back the tight box of a mask in the dataset, in pixels, and the class of that
// thing.
TEST(Yolo, LinesAreTheBoxesOfTheMasks) {
  const test::Exported e(test::format_named("yolo"), {{{"train", 1}}}, 1);
  const auto clip = dataset::DatasetReader::open(e.set)->clips().front();
  const auto names = read_names(e.out / "data.yaml");
  const std::map<std::uint16_t, std::string> want = {
      {2, "car"}, {3, "pedestrian"}, {4, "bicycle"}, {5, "rider"}};
  int lines = 0;
  for (const std::string camera : {"cam_left", "cam_right"}) {
    const std::string stem = clip.parent_path().filename().string() + "_" +
                             clip.filename().string() + "_" + camera + "_000000";
    EXPECT_TRUE(fs::exists(e.out / "images/train" / (stem + ".png")));
    const fs::path masks = clip / camera / "000000.ids.png";
    const auto ids = *dataset::decode_png16(*dataset::read_file(masks), masks.string());
    std::ifstream in(e.out / "labels/train" / (stem + ".txt"));
    int number = 0;
    double cx = 0, cy = 0, w = 0, h = 0;
    while (in >> number >> cx >> cy >> w >> h) {
      ++lines;
      const double left = (cx - w / 2) * 320, right = (cx + w / 2) * 320;
      const double top = (cy - h / 2) * 120, bottom = (cy + h / 2) * 120;
      bool found = false;
      for (std::uint16_t id = 2; id <= 5; ++id) {
        int l = 999, t = 999, r = 0, b = 0;
        for (int y = 0; y < 120; ++y) {
          for (int x = 0; x < 320; ++x) {
            if (ids.at(x, y) != id) continue;
            l = std::min(l, x), r = std::max(r, x + 1), t = std::min(t, y), b = std::max(b, y + 1);
          }
        }
        const bool here = std::abs(l - left) < 1e-4 && std::abs(r - right) < 1e-4 &&
                          std::abs(t - top) < 1e-4 && std::abs(b - bottom) < 1e-4;
        found |= here;
        EXPECT_TRUE(!here || names.at(number) == want.at(id)) << names.at(number) << " " << id;
      }
      EXPECT_TRUE(found) << number << " " << left << " " << top << " " << right << " " << bottom;
    }
  }
  EXPECT_EQ(lines, 8);
}

TEST(Yolo, NumbersCountFromZeroInTheOrderOfTheNames) {
  const test::TemporaryFolder folder;
  ExportOptions options{{{"train", 1}, {"val", 0}}};
  options.classes = (folder.path() / "map.yaml").string();
  std::ofstream map(options.classes);
  for (const auto& one : test::sample_header().ontology.classes) {
    const std::string name = one.name == "car" || one.name == "bicycle" ? "vehicle"
                             : one.name == "pedestrian"                 ? "person"
                                                                        : "none";
    map << one.name << ": " << name << "\n";
  }
  map.close();
  const test::Exported e(test::format_named("yolo"), options, 1);
  EXPECT_EQ(*dataset::read_file(e.out / "data.yaml"),
            "train: images/train\nval: images/val\nnames:\n  0: vehicle\n  1: person\n");
  EXPECT_TRUE(fs::exists(e.out / "images/val"));
  EXPECT_EQ(e.summary.counts.at("objects"), 6);  // car, bicycle, child in two pictures
}

}  // namespace
}  // namespace oddroad::exchange

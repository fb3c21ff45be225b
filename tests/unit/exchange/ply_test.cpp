#include <cstring>
#include <fstream>
#include <sstream>

#include "tests/unit/exchange/exported.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;

struct Vertex {
  float x, y, z;
  std::uint8_t r, g, b;
  float intensity;
  std::uint16_t ring;
  std::int32_t time;
  std::uint16_t instance;
  std::uint8_t class_id, cause;
};

// By the header: names and types decide where a number stands.
std::vector<Vertex> read_ply(const fs::path& file) {
  const std::string all = *dataset::read_file(file);
  const auto end = all.find("end_header\n") + 11;
  std::istringstream header(all.substr(0, end));
  std::map<std::string, std::pair<std::size_t, std::string>> at;
  std::size_t stride = 0, count = 0;
  for (std::string line; std::getline(header, line);) {
    std::istringstream words(line);
    std::string word, type, name;
    words >> word >> type >> name;
    if (word == "element") count = std::stoul(name);
    if (word != "property") continue;
    at[name] = {stride, type};
    stride += type == "uchar" ? 1 : type == "ushort" ? 2 : 4;
  }
  EXPECT_EQ(all.size(), end + stride * count);
  std::vector<Vertex> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    const char* record = all.data() + end + i * stride;
    const auto get = [&](const char* name, auto& value) {
      EXPECT_EQ(sizeof value, at.at(name).second == "uchar"    ? 1u
                              : at.at(name).second == "ushort" ? 2u
                                                               : 4u);
      std::memcpy(&value, record + at.at(name).first, sizeof value);
    };
    Vertex& v = out[i];
    get("x", v.x), get("y", v.y), get("z", v.z), get("red", v.r), get("green", v.g);
    get("blue", v.b), get("intensity", v.intensity), get("ring", v.ring), get("time", v.time);
    get("instance", v.instance), get("class", v.class_id), get("cause", v.cause);
  }
  return out;
}

// Points of the standing car in all sweeps, by the exported poses, lie on its box in the world.
TEST(Ply, CloudsStandWhereThePosesPutThem) {
  const test::Exported e(test::format_named("ply"), {{{"train", 1}}}, 3);
  const auto clip = dataset::DatasetReader::open(e.set)->clips().front();
  const fs::path root = e.out / clip.parent_path().filename() / clip.filename();
  std::ifstream csv(root / "poses.csv");
  std::string line;
  std::getline(csv, line);
  const auto car = test::box_at(test::sample_things()[1], 0);
  int on_car = 0, sweeps = 0;
  while (std::getline(csv, line)) {
    std::istringstream cells(line);
    std::vector<std::string> row;
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
    ASSERT_EQ(row.size(), 15u);
    double m[12];
    for (std::size_t i = 0; i < 12; ++i) m[i] = std::stod(row[i + 3]);
    ++sweeps;
    for (const Vertex& v : read_ply(root / row[0])) {
      EXPECT_EQ(v.cause, v.instance == 1 ? 14 : 1);  // the ego, or what it sees
      if (v.instance != 2) continue;
      EXPECT_EQ(v.class_id, 13);
      EXPECT_EQ(capture::Rgb8(v.r, v.g, v.b), capture::Rgb8(30, 90, 255));
      EXPECT_NEAR(v.intensity, 0.05f * static_cast<float>(v.ring), 1e-6);
      math::Vec3d p;
      for (int r = 0; r < 3; ++r)
        p[r] = m[4 * r] * v.x + m[4 * r + 1] * v.y + m[4 * r + 2] * v.z + m[4 * r + 3];
      const auto q = glm::abs(car.pose.inverse() * p) - 0.5 * car.size_m;
      EXPECT_NEAR(std::max({q.x, q.y, q.z}), 0, 0.01);
      ++on_car;
    }
  }
  EXPECT_EQ(sweeps, 3);
  EXPECT_GT(on_car, 60);
}

}  // namespace
}  // namespace oddroad::exchange

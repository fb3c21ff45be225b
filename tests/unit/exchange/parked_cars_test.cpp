// Things that stand: their points have numbers as those of actors have.
#include <cstring>
#include <map>
#include <set>

#include "tests/unit/exchange/changed_export.h"

namespace oddroad::exchange {
namespace {

constexpr std::uint8_t kCar = 13, kHouse = 8;

// `count` cars are parked on the road, `seen` of them, those of the highest ids, where beams meet
// it in turn; and one house.
test::ClipChanges parked_cars(std::uint16_t count, std::uint16_t seen) {
  test::ClipChanges changes;
  changes.info.statics.push_back({core::InstanceId(65500), "house.1", core::ClassId(kHouse)});
  for (std::uint16_t k = 0; k < count; ++k) {
    changes.info.statics.push_back({core::InstanceId(static_cast<std::uint16_t>(65000 - k)),
                                    "parked_car." + std::to_string(k + 1), core::ClassId(kCar)});
  }
  changes.lidar = [seen](capture::LidarFrame& frame) {
    std::map<std::uint16_t, int> returns;
    int k = 0;
    for (std::size_t i = 0; i < frame.cloud.size(); ++i) {
      if (frame.cloud.instance[i] != 65535) continue;
      const int which = k++ % (seen + 1);
      frame.cloud.instance[i] = static_cast<std::uint16_t>(which < seen ? 65000 - which : 65500);
      frame.cloud.class_id[i] = which < seen ? kCar : kHouse;
      ++returns[frame.cloud.instance[i]];
    }
    capture::ObjectInWorld object = frame.world.front();
    object.rides = {};
    for (const auto& [id, n] : returns) {
      if (id == 65500) continue;
      object.id = core::InstanceId(id);
      object.class_id = core::ClassId(kCar);
      object.returns_by_id = n;
      frame.world.push_back(object);
    }
  };
  return changes;
}

// What the points of each id are called.
template <typename Value>
std::map<std::uint16_t, std::set<Value>> by_id(const test::ClipChanges& changes,
                                               const std::vector<Value>& values) {
  auto frame = test::sample_lidar_frame(changes.calibration.lidars[0], 0, 180'000'000);
  changes.lidar(frame);
  std::map<std::uint16_t, std::set<Value>> out;
  EXPECT_EQ(frame.cloud.size(), values.size());
  for (std::size_t i = 0; i < values.size(); ++i) out[frame.cloud.instance[i]].insert(values[i]);
  return out;
}

std::vector<std::uint16_t> panoptic_of(const test::ChangedExport& e) {
  const auto file = e.json("v1.0-oddroad/panoptic.json")[0].at("filename").get<std::string>();
  const auto npz = *dataset::read_file(e.out / file);
  constexpr std::size_t kArray = 30 + 8;  // behind the zip's header and "data.npy"
  std::uint16_t header = 0;
  std::memcpy(&header, npz.data() + kArray + 8, 2);
  std::uint32_t size = 0;
  std::memcpy(&size, npz.data() + 22, 4);
  std::vector<std::uint16_t> values((size - 10 - header) / 2);
  std::memcpy(values.data(), npz.data() + kArray + 10 + header, 2 * values.size());
  return values;
}

// Ids whose points have the same number as another's; the rider (5) is part of the bicycle.
int shared(const std::map<std::uint16_t, std::set<std::uint16_t>>& all, std::uint16_t but) {
  std::map<std::uint16_t, int> owners;
  for (const auto& [id, numbers] : all) {
    EXPECT_EQ(numbers.size(), 1u) << id;
    if (*numbers.begin() >= 24000 || *numbers.begin() == but || id == 5) continue;
    ++owners[*numbers.begin()];
  }
  int shared = 0;
  for (const auto& [number, n] : owners) shared += n > 1 ? n : 0;
  return shared;
}

// Points that the export says it could not number.
std::int64_t without_number(const test::ChangedExport& e) {
  for (const auto& [what, n] : e.summary.losses) {
    if (what.find("999 of a category") != std::string::npos) return n;
  }
  return 0;
}

TEST(Nuscenes, ParkedCarsHaveNumbersOfTheirOwn) {
  const auto changes = parked_cars(5, 5);
  const test::ChangedExport e("nuscenes", changes, 1);
  const auto all = by_id(changes, panoptic_of(e));
  EXPECT_EQ(shared(all, 0), 0);
  std::set<std::uint16_t> cars{*all.at(2).begin()};
  for (std::uint16_t id = 64996; id <= 65000; ++id) cars.insert(*all.at(id).begin());
  EXPECT_EQ(cars, (std::set<std::uint16_t>{17001, 17002, 17003, 17004, 17005, 17006}));
  EXPECT_EQ(*all.at(65500).begin(), 28000) << "houses are stuff";
  EXPECT_EQ(without_number(e), 0);
}

// A town has more cars than numbers: those in sight come first.
TEST(Nuscenes, WhatTheLidarSawHasANumberFirst) {
  const auto changes = parked_cars(1100, 40);
  const test::ChangedExport e("nuscenes", changes, 1);
  const auto all = by_id(changes, panoptic_of(e));
  EXPECT_EQ(shared(all, 0), 0);
  for (const auto& [id, numbers] : all) EXPECT_NE(*numbers.begin(), 17000) << id;
  EXPECT_EQ(without_number(e), 0);
}

// Category * 1000 + number: the thousandth car may not become another category's thing, nor share.
TEST(Nuscenes, ThingsBeyondTheNumbersAreTold) {
  const auto changes = parked_cars(1100, 1100);
  const test::ChangedExport e("nuscenes", changes, 1);
  const auto values = panoptic_of(e);
  const auto all = by_id(changes, values);
  EXPECT_EQ(shared(all, 17000), 0);
  std::set<std::uint16_t> cars;
  for (const auto& [id, numbers] : all) {
    if (id == 2 || (id >= 60000 && id < 65500)) cars.insert(*numbers.begin());
  }
  EXPECT_EQ(cars.size(), 1000u) << "999, and 17000 for the rest";
  EXPECT_EQ(*cars.begin(), 17000);
  EXPECT_EQ(*cars.rbegin(), 17999);
  EXPECT_EQ(without_number(e), std::count(values.begin(), values.end(), 17000));
  EXPECT_NE(dataset::read_file(e.out / "LOST.md")->find("999 of a category"), std::string::npos);
}

TEST(SemanticKitti, ParkedCarsAreInstancesOfTheWholeSequence) {
  const auto changes = parked_cars(5, 5);
  const test::ChangedExport e("semantickitti", changes, 2);
  for (const char* scan : {"000000", "000001"}) {
    const auto bytes =
        *dataset::read_file(e.out / "sequences/00/labels" / (std::string(scan) + ".label"));
    std::set<std::uint32_t> cars;
    for (std::size_t i = 0; i < bytes.size(); i += 4) {
      std::uint32_t label = 0;
      std::memcpy(&label, bytes.data() + i, 4);
      if ((label & 0xffff) == 10) cars.insert(label >> 16);
      if ((label & 0xffff) == 50) {
        EXPECT_EQ(label >> 16, 0u) << "houses are stuff";
      }
    }
    EXPECT_EQ(cars, (std::set<std::uint32_t>{2, 64996, 64997, 64998, 64999, 65000}));
  }
}

}  // namespace
}  // namespace oddroad::exchange

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>

#include "tests/unit/lidar/sweeps.h"

namespace {

std::atomic<bool> g_counting = false;
std::atomic<std::size_t> g_bytes = 0;

}  // namespace

// All memory that this program asks for passes here. Not inlined: compilers would see one half and
// warn of a mismatch. Both ways of asking, as sanitizers know which one belongs to which release.
__attribute__((noinline)) void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  if (g_counting) g_bytes += size;
  return std::malloc(size > 0 ? size : 1);
}
__attribute__((noinline)) void* operator new(std::size_t size) {
  void* const place = operator new(size, std::nothrow);
  if (place == nullptr) throw std::bad_alloc();
  return place;
}
__attribute__((noinline)) void operator delete(void* place) noexcept {
  std::free(place);
}
__attribute__((noinline)) void operator delete(void* place, std::size_t /*size*/) noexcept {
  std::free(place);
}

namespace oddroad {
namespace {

struct Device {
  const char* model;
  std::size_t bytes_per_shot;  // less than what any table of shots takes
  std::size_t least_shots, least_points;
};
class SweepMemory : public testing::TestWithParam<Device> {};

// What a sweep asks for does not grow with its shots once one like it has been made.
TEST_P(SweepMemory, IsUsedAgain) {
  tests::TestWorld world;
  world.add_static("wall", tests::model_of(tests::wall_mesh(20)));
  lidar::LidarSettings settings = tests::device(GetParam().model, {});
  const lidar::Scanner scanner(settings);
  auto window =
      world.window(scanner.begin_ns(tests::kSweepStampNs), scanner.end_ns(tests::kSweepStampNs));
  window.environment.rain_mm_per_h = 10;
  window.environment.wetness = 1;
  auto factory = cast::make_embree_factory();
  const auto caster = (*factory)->create(window);
  lidar::SweepRequest request;
  request.stamp_ns = tests::kSweepStampNs;
  request.rays = true;
  lidar::SweepRecord record;
  std::size_t least = ~std::size_t{0};
  for (int k = 0; k < 8; ++k) {
    g_bytes = 0;
    g_counting = true;
    scanner.sweep(window, *caster, {}, request, record);
    g_counting = false;
    // One more worker than ever before at the same moment needs memory of its own.
    least = std::min<std::size_t>(least, g_bytes);
  }
  const std::size_t shots = record.rays.size();
  ASSERT_GE(shots, GetParam().least_shots);
  ASSERT_GE(record.cloud.size(), GetParam().least_points);
  EXPECT_LT(least, GetParam().bytes_per_shot * shots);
}

INSTANTIATE_TEST_SUITE_P(Devices, SweepMemory,
                         testing::Values(Device{"velodyne_vls128", 1, 200'000, 50'000},
                                         // Its pattern never repeats.
                                         Device{"livox_avia_like", 4, 24'000, 5'000}),
                         [](const auto& of) {
                           return std::string(of.param.model);
                         });

}  // namespace
}  // namespace oddroad

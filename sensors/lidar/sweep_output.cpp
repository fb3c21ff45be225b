#include "sensors/lidar/sweep_output.h"

#include <functional>

#include "engine/core/parallel.h"

namespace oddroad::lidar {
namespace {

using capture::LidarRays;
using capture::PointCloud;

// Calls with a pointer to each column.
template <typename Each>
void for_points(const Each& each) {
  using C = PointCloud;
  each(&C::x_m), each(&C::y_m), each(&C::z_m), each(&C::range_m), each(&C::true_range_m);
  each(&C::intensity), each(&C::ring), each(&C::column), each(&C::echo), each(&C::time_offset_ns);
  each(&C::instance), each(&C::class_id), each(&C::cause), each(&C::drawable), each(&C::triangle);
}
template <typename Each>
void for_geometry(const Each& each) {
  using C = PointCloud;
  each(&C::normal), each(&C::incidence_rad), each(&C::velocity_mps), each(&C::material);
}
template <typename Each>
void for_rays(const Each& each) {
  using R = LidarRays;
  each(&R::ring), each(&R::column), each(&R::time_offset_ns), each(&R::end), each(&R::returns);
  each(&R::range_m);
}

}  // namespace

void SweepOutput::begin(std::size_t most_points) {
  points = 0;
  for_points([&](auto column) {
    if ((cloud.*column).size() < most_points) (cloud.*column).resize(most_points);
  });
  for_geometry([&](auto column) {
    (cloud.*column).clear();
  });
  for_rays([&](auto column) {
    (rays.*column).clear();
  });
}

void join(std::span<const SweepOutput> runs, PointCloud& cloud, LidarRays& rays) {
  std::size_t points = 0;
  for (const SweepOutput& run : runs) points += run.points;
  // Columns are independent of each other: one piece of work each.
  std::vector<std::function<void()>> work;
  for_points([&](auto column) {
    work.emplace_back([&, column] {
      auto& to = cloud.*column;
      to.clear();
      to.reserve(points);
      for (const SweepOutput& run : runs) {
        const auto& from = run.cloud.*column;
        to.insert(to.end(), from.begin(), from.begin() + static_cast<std::ptrdiff_t>(run.points));
      }
    });
  });
  const auto whole = [&](auto& to, auto of) {
    to.clear();
    for (const SweepOutput& run : runs) to.insert(to.end(), of(run).begin(), of(run).end());
  };
  for_geometry([&](auto column) {
    work.emplace_back([&, column] {
      whole(
          cloud.*column, [&](const SweepOutput& run) -> auto& { return run.cloud.*column; });
    });
  });
  for_rays([&](auto column) {
    work.emplace_back([&, column] {
      whole(
          rays.*column, [&](const SweepOutput& run) -> auto& { return run.rays.*column; });
    });
  });
  core::parallel_for(work.size(), [&](std::size_t k) {
    work[k]();
  });
}

}  // namespace oddroad::lidar

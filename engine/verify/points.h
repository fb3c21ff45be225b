// The points of a sweep as recorded.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "engine/core/result.h"
#include "engine/math/affine.h"

namespace oddroad::verify {

// Kind lidar_geometry.
struct PointGeometry {
  std::vector<double> true_range_m;
  std::vector<math::Vec3d> normal;
  std::vector<double> incidence_rad;
  std::vector<math::Vec3d> velocity_mps;
  std::vector<int> material;
};

struct Points {
  std::vector<math::Vec3d> position_m;  // LiDAR frame at the point's time
  std::vector<double> range_m;
  std::vector<double> intensity;
  std::vector<int> ring;
  std::vector<int> column;
  std::vector<int> echo;
  std::vector<std::int64_t> time_ns;  // from the stamp
  std::vector<std::uint16_t> instance;
  std::vector<int> class_id;
  std::vector<int> cause;                  // capture::PointCause
  std::vector<math::Vec3d> compensated_m;  // LiDAR frame at the stamp; kind lidar_compensated
  std::optional<PointGeometry> geometry;

  [[nodiscard]] bool on_surface(std::size_t i) const {
    return cause[i] == 1 || cause[i] == 2 || cause[i] == 14;
  }
  [[nodiscard]] std::size_t size() const { return position_m.size(); }
};

// Errors: unreadable, a field missing.
core::Result<Points> read_points(const std::filesystem::path& path, bool with_compensated,
                                 bool with_geometry);

}  // namespace oddroad::verify

// One image: where its camera is when each row is exposed, and the ray through any point of it.
#pragma once

#include <optional>
#include <vector>

#include "engine/verify/lens.h"
#include "engine/verify/ray.h"
#include "engine/verify/records.h"
#include "engine/world/timeline.h"

namespace oddroad::verify {

struct ImageRay {
  Ray world;
  math::Vec3d camera{0};  // the same direction in the camera frame, unit: depth = range * camera.z
};

class View {
 public:
  // Borrows the ego for the constructor only.
  View(const CameraRecord& camera, const world::Actor& ego, std::int64_t stamp_ns);

  [[nodiscard]] const CameraRecord& camera() const { return camera_; }
  [[nodiscard]] const Lens& lens() const { return lens_; }
  [[nodiscard]] std::int64_t stamp_ns() const { return stamp_ns_; }
  [[nodiscard]] std::int64_t begin_ns() const;
  [[nodiscard]] std::int64_t end_ns() const;
  // Rows beyond the image are exposed with the first or last one.
  [[nodiscard]] std::int64_t row_ns(int row) const;
  [[nodiscard]] const math::Affine3d& T_world_camera(int row) const;

  // The ray through (u, v) at the instant of `row`; empty where the lens shows nothing.
  [[nodiscard]] std::optional<ImageRay> ray(double u, double v, int row) const;
  // Through a pixel's centre.
  [[nodiscard]] std::optional<ImageRay> ray(int x, int y) const { return ray(x + 0.5, y + 0.5, y); }

 private:
  [[nodiscard]] std::size_t index(int row) const;

  CameraRecord camera_;
  Lens lens_;
  std::int64_t stamp_ns_;
  std::vector<std::int64_t> times_;  // one, or one a row
  std::vector<math::Affine3d> poses_;
};

}  // namespace oddroad::verify

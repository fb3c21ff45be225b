#include "engine/verify/view.h"

#include <algorithm>

namespace oddroad::verify {

View::View(const CameraRecord& camera, const world::Actor& ego, std::int64_t stamp_ns)
    : camera_(camera), lens_(camera), stamp_ns_(stamp_ns) {
  const math::Affine3d mount = math::to_affine(camera.T_ego_camera);
  const int rows = camera.rolling ? camera.height_px : 1;
  for (int row = 0; row < rows; ++row) {
    const std::int64_t halves = 2 * std::int64_t{row} + 1 - camera.height_px;
    times_.push_back(camera.rolling ? stamp_ns + halves * camera.row_time_ns / 2 : stamp_ns);
    poses_.push_back(world::pose_at(ego, times_.back()) * mount);
  }
}

std::size_t View::index(int row) const {
  return static_cast<std::size_t>(std::clamp(row, 0, static_cast<int>(times_.size()) - 1));
}

std::int64_t View::begin_ns() const {
  return std::min(times_.front(), times_.back());
}
std::int64_t View::end_ns() const {
  return std::max(times_.front(), times_.back());
}
std::int64_t View::row_ns(int row) const {
  return times_[index(row)];
}
const math::Affine3d& View::T_world_camera(int row) const {
  return poses_[index(row)];
}

std::optional<ImageRay> View::ray(double u, double v, int row) const {
  const auto direction = lens_.direction(u, v);
  if (!direction) return std::nullopt;
  const math::Affine3d& T = T_world_camera(row);
  return ImageRay{{T.translation, T.vector(*direction), row_ns(row)}, *direction};
}

}  // namespace oddroad::verify

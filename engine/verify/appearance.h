// Where a moving point appears in an image, and what lies before it.
#pragma once

#include <functional>
#include <optional>

#include "engine/verify/camera_scene.h"

namespace oddroad::verify {

struct Appearance {
  math::Vec2d image;
  math::Vec3d point;  // world, at the instant; a direction for things at infinity
  std::int64_t stamp_ns = 0;
  math::Affine3d T_world_camera;  // at that instant
};

// The instant at which a rolling row v (continuous, v = r + 0.5 in the middle of row r) is exposed.
std::int64_t exposed_ns(const View& view, double v);

// `place(stamp_ns)`: the world point at an instant. The row is found by halving the image, unlike
// the recorder, which follows the point. Empty where the lens cannot show it.
std::optional<Appearance> find_appearance(const View& view, const world::Actor& ego,
                                          bool at_infinity,
                                          const std::function<math::Vec3d(std::int64_t)>& place);

}  // namespace oddroad::verify

// Bodies of map objects that no asset stands for: what the file draws, no more. All in the frame of
// the points given, one material (index 0).
#pragma once

#include <vector>

#include "engine/math/mesh.h"
#include "engine/road/placed_objects.h"

namespace oddroad::stage {

// A closed outline: the body between base and top with its lid; an open one: walls of a hand's
// width. Flat outlines give their area. Points are moved by -origin. Bodies reach footing_m below
// their base.
math::TriangleMesh outline_body(const road::PlacedOutline& outline, const math::Vec3d& origin,
                                double footing_m = 0);

// A section of width x height (or a round one) drawn along the path, closed at both ends. Bodies
// without width are kSheet_m thick.
math::TriangleMesh path_body(const std::vector<road::PathPoint>& path, const math::Vec3d& origin,
                             double footing_m = 0);

// Posts every post_step_m along the path and `rails` horizontal bars between the ground and the
// path's height.
math::TriangleMesh path_railing(const std::vector<road::PathPoint>& path, const math::Vec3d& origin,
                                double post_step_m, int rails);

inline constexpr double kSheet_m = 0.06;

}  // namespace oddroad::stage

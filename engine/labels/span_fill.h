// What a thing covers in an image with a single projection, triangle by triangle. Internal to this
// module.
//
// A pixel is covered where the ray through its centre meets a triangle, edges included: where the
// ray's direction d has no negative share in p0, p1, p2, the corners seen from the camera. The
// signs of d . (p1 x p2), d . (p2 x p0) and d . (p0 x p1) tell; along a row each grows evenly, so
// that a triangle covers one span of it. No clipping, also where corners lie behind the camera
// (Olano and Greer, "Triangle Scan Conversion using 2D Homogeneous Coordinates", Graphics Hardware
// 1997).
#pragma once

#include "engine/labels/silhouette.h"
#include "render/scene/camera_view.h"

namespace oddroad::labels {

// Sets the pixels of out.rect that the instance covers; leaves the others as they are. What the
// ego's sensors do not see covers nothing. The view must have a single projection.
void fill_spans(const world::SceneWindow& window, const world::InstanceInfo& instance,
                const scene::CameraView& view, Silhouette& out);

}  // namespace oddroad::labels

// How far what is seen moves in the image while a frame is exposed: camera and actors, as rigid
// bodies. Coarser than the image: light moves with it, labels never do.
#pragma once

#include "engine/capture/image.h"
#include "render/scene/visibility.h"

namespace oddroad::camera {

inline constexpr int kMotionCell = 4;  // pixels a side

// What lies in the middle of a cell.
struct CellMotion {
  math::Vec2f displacement_px{0};  // from the begin of the exposure to its end
  float distance = 0;              // along the optical axis, m; +inf: sky
};

using ImageMotion = capture::Image<CellMotion>;

// exposure_s: around the instant of each row. T_ego_camera: where the camera rides on the ego.
ImageMotion image_motion(const world::SceneWindow& window, const scene::CameraView& view,
                         const math::Pose& T_ego_camera, const scene::VisibilityRecord& record,
                         double exposure_s);

// False where nothing in the window can move by half a pixel in that time.
bool may_blur(const world::SceneWindow& window, const math::CameraModel& camera, double exposure_s,
              std::int64_t stamp_ns);

}  // namespace oddroad::camera

// Check `camera_lidar`: points of a sweep, projected into an image of the same stamp, agree with it
// in id and distance where the camera sees them. Recorded points against recorded pixels; own rays
// only excuse what is finer than a pixel.
#pragma once

#include <vector>

#include "engine/verify/camera_scene.h"
#include "engine/verify/check_points.h"
#include "engine/verify/frame_files.h"
#include "engine/verify/points.h"
#include "engine/verify/report.h"

namespace oddroad::verify {

// What a sweep leaves behind for cameras of its stamp.
struct SweptPoints {
  std::string file;
  LidarRecord lidar;
  std::int64_t stamp_ns = 0;
  Points points;
  world::SceneWindow window;  // of the sweep: what the hits count in
  PointHits hits;             // which surface carries each point on until a row shows it
};

// Needs ids and one of depth and range; without them nothing is checked.
void check_camera_lidar(const CameraScene& scene, const FrameImages& images,
                        const SweptPoints& swept, Report& report);

}  // namespace oddroad::verify

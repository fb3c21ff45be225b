// Files of the KITTI object layout on the way in (kitti.h has the table of frames).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/capture/labels.h"
#include "engine/capture/point_cloud.h"
#include "engine/core/result.h"
#include "engine/math/affine.h"

namespace oddroad::exchange {

// A camera of the rectified frame: P = K [I | t].
struct KittiEye {
  double fx = 0, fy = 0, cx = 0, cy = 0;  // KITTI's pixels: the first centre is (0, 0)
  math::Vec3d t_eye_rect{0};              // p_eye = p_rect + t
};

struct KittiRig {
  KittiEye left;                  // P2
  std::optional<KittiEye> right;  // P3
  math::Pose T_rect_velo;         // R0_rect * Tr_velo_to_cam
  math::Pose T_velo_imu;          // Tr_imu_to_velo; the identity where the file has none
  bool has_imu = false;
};

// Keys with or without a colon, those of the tracking benchmark (R_rect, Tr_velo_cam, Tr_imu_velo)
// as well. Errors, with places: a matrix that is missing or has another count of numbers, that is
// no rotation, a projection with skew.
core::Result<KittiRig> read_kitti_rig(const std::filesystem::path& file);

struct KittiRow {
  std::string type;
  double truncated = 0;
  int occluded = 0;
  capture::Box2 box;           // our pixels
  math::OrientedBox box_rect;  // x along the length, z up; in the rectified camera frame
};

struct KittiRows {
  std::vector<KittiRow> rows;  // without DontCare
  int dont_care = 0;
};

// Errors, with places: another count of columns, an unknown type, what is no number or no size.
core::Result<KittiRows> read_kitti_rows(const std::filesystem::path& file);

// x, y, z, reflectance bit by bit. Rings follow from the order, as readers recover them: a new one
// begins where the azimuth falls back past +x; the last is ring 0. Nobody knows more of a point.
core::Result<capture::PointCloud> read_kitti_points(const std::filesystem::path& file);

// planes/: the ground a x + b y + c z + d = 0 in the rectified camera frame.
struct KittiPlane {
  math::Vec3d up{0};
  double d = 0;
};
core::Result<KittiPlane> read_kitti_plane(const std::filesystem::path& file);

}  // namespace oddroad::exchange

#include "sensors/camera/view.h"

namespace oddroad::camera {

std::int64_t exposure_begin_ns(const CameraSettings& settings) {
  return scene::row_offset_ns(0, settings.camera.height_px, settings.row_time_ns);
}

std::int64_t exposure_end_ns(const CameraSettings& settings) {
  return scene::row_offset_ns(settings.camera.height_px - 1, settings.camera.height_px,
                              settings.row_time_ns);
}

scene::CameraView make_view(const CameraSettings& settings, const math::Pose& T_ego_camera,
                            const world::Actor& ego, std::int64_t stamp_ns) {
  const math::Affine3d mount = math::to_affine(T_ego_camera);
  scene::CameraView view;
  view.camera = settings.camera;
  view.pixel_directions = settings.pixel_directions;
  view.stamp_ns = stamp_ns;
  view.T_world_camera = world::pose_at(ego, stamp_ns) * mount;
  if (settings.row_time_ns == 0) return view;
  for (int y = 0; y < settings.camera.height_px; ++y) {
    const std::int64_t t =
        stamp_ns + scene::row_offset_ns(y, settings.camera.height_px, settings.row_time_ns);
    view.rows.push_back({t, world::pose_at(ego, t) * mount});
  }
  return view;
}

}  // namespace oddroad::camera

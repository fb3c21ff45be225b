// What one view draws: culled, grouped by mesh. Internal to this module.
#pragma once

#include "render/raster/mesh_cache.h"
#include "render/scene/visibility.h"
#include "render/shaders/layouts.h"

namespace oddroad::raster {

struct Draw {
  const CachedMesh* mesh = nullptr;
  std::uint32_t first_instance = 0;
  std::uint32_t instance_count = 0;
  std::int64_t deformed_offset = -1;  // bytes into DrawList::deformed; -1 = rest vertices
};

struct DrawList {
  std::vector<Draw> draws;
  std::vector<shaders::RasterInstance> instances;
  std::vector<math::Vec3f> deformed;  // vertices of deforming drawables, in provoking order
};

// Clip space of a pinhole camera: x and y with the principal point off-centre, depth reversed with
// the far plane at infinity (near / z), camera coordinates x right, y down, z forward.
glm::dmat4 clip_from_camera(const math::CameraModel& camera);
// Nothing nearer than this is drawn, metres.
inline constexpr double kNearM = 0.01;

core::Result<DrawList> make_draw_list(const world::SceneWindow& window,
                                      const scene::CameraView& view, MeshCache& cache,
                                      vulkan::Uploads& uploads);

}  // namespace oddroad::raster

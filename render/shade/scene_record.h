// Drawables, materials and deformed meshes of one frame, as the shading source reads them, whoever
// runs it. Internal to this module.
#pragma once

#include <span>
#include <vector>

#include "render/scene/visibility.h"
#include "render/shade/sample_sort.h"
#include "render/shade/surface_cache.h"

namespace oddroad::shade {

struct SceneRecord {
  struct Deforming {
    std::size_t drawable;
    std::size_t first;  // in `deformed`
    const CachedSurface* surface;
  };
  std::vector<shaders::ShadeDrawable> drawables;  // as in the window; unused ones are empty
  std::vector<shaders::ShadeMaterial> materials;
  std::vector<FamilyTable> tables;  // one for each drawable
  std::vector<Deforming> deforming;
  std::vector<shaders::ShadeTriangle> deformed;

  // Tells the deforming drawables where the shading source finds `deformed`.
  void set_deformed_address(std::uint64_t address);
};

// The drawables that the samples name, at the view's stamp. Errors: the store's.
core::Result<SceneRecord> make_scene_record(const world::SceneWindow& window,
                                            const scene::CameraView& view,
                                            std::span<const scene::ShadeSample> samples,
                                            SurfaceCache& surfaces);

}  // namespace oddroad::shade

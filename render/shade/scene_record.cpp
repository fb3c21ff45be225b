#include "render/shade/scene_record.h"

#include <map>

#include "engine/core/check.h"
#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "render/scene/deform.h"
#include "render/shade/frame_record.h"
#include "render/shade/surface_mesh.h"

namespace oddroad::shade {
namespace {

void set_address(shaders::ShadeDrawable& drawable, std::uint64_t at) {
  drawable.data.x = static_cast<std::uint32_t>(at);
  drawable.data.y = static_cast<std::uint32_t>(at >> 32);
}

// Which drawables the samples name.
std::vector<std::uint8_t> used_drawables(std::span<const scene::ShadeSample> samples,
                                         std::size_t count) {
  std::vector<std::uint8_t> used(count, 0);
  std::uint32_t last = 0;
  for (const scene::ShadeSample& s : samples) {
    if (s.drawable == last || s.drawable == 0) continue;
    ODDROAD_CHECK_OP(s.drawable, <=, count);
    used[s.drawable - 1] = 1;
    last = s.drawable;
  }
  return used;
}

// What shines at night only.
void put_out(const asset::Model& model, std::span<shaders::ShadeMaterial> records) {
  for (std::size_t k = 0; k < model.materials.size(); ++k) {
    if (!model.materials[k].nocturnal) continue;
    glm::vec4& emission = records[k].emission_clearcoat;
    emission = glm::vec4(0, 0, 0, emission.w);
  }
}

void deform(const world::SceneWindow& window, const scene::CameraView& view, SceneRecord& record) {
  std::size_t total = 0;
  for (auto& item : record.deforming) {
    item.first = total;
    total += item.surface->deforming.size();
  }
  record.deformed.resize(total);
  core::parallel_for(record.deforming.size(), [&](std::size_t i) {
    const auto& item = record.deforming[i];
    const world::Drawable& drawable = window.drawables[item.drawable];
    std::vector<math::Vec3f> positions;
    std::vector<math::Vec3f> normals;
    scene::positions_at(window, drawable, view.stamp_ns, positions);
    scene::normals_at(window, drawable, view.stamp_ns, normals);
    const auto& rest = item.surface->deforming;
    const std::span out(record.deformed.data() + item.first, rest.size());
    std::copy(rest.begin(), rest.end(), out.begin());
    place_corners(*drawable.mesh, positions, normals, out);
  });
}

}  // namespace

void SceneRecord::set_deformed_address(std::uint64_t address) {
  for (const Deforming& item : deforming) {
    set_address(drawables[item.drawable], address + item.first * sizeof(shaders::ShadeTriangle));
  }
}

core::Result<SceneRecord> make_scene_record(const world::SceneWindow& window,
                                            const scene::CameraView& view,
                                            std::span<const scene::ShadeSample> samples,
                                            SurfaceCache& surfaces) {
  SceneRecord out;
  const auto used = used_drawables(samples, window.drawables.size());
  const math::Affine3d T_camera_world = view.T_world_camera.inverse();
  out.drawables.resize(window.drawables.size());
  out.tables.resize(window.drawables.size());
  std::map<const asset::Model*, std::uint32_t> first_material;
  for (std::size_t d = 0; d < window.drawables.size(); ++d) {
    if (!used[d]) continue;
    const world::Drawable& drawable = window.drawables[d];
    const auto model = surfaces.model(drawable.model);
    if (!model) return core::forward_error(model);
    const auto surface = surfaces.surface(drawable);
    if (!surface) return core::forward_error(surface);
    const auto [it, fresh] = first_material.emplace(
        drawable.model.get(), static_cast<std::uint32_t>(out.materials.size()));
    if (fresh) {
      out.materials.insert(out.materials.end(), (*model)->materials.begin(),
                           (*model)->materials.end());
      if (!world::lamps_on(window.environment)) {
        put_out(*drawable.model, std::span(out.materials).subspan(it->second));
      }
    }
    out.tables[d] = {drawable.mesh->material.data(), (*model)->families.data(),
                     static_cast<std::uint32_t>(drawable.mesh->triangles.size())};
    shaders::ShadeDrawable& record = out.drawables[d];
    set_rows(record.camera_from_mesh,
             T_camera_world * world::transform_at(window, drawable, view.stamp_ns));
    record.data.z = it->second;
    const bool moves = drawable.T_world_mesh.size() > 1 || !drawable.steps.empty();
    record.data.w = static_cast<std::uint32_t>(core::hash64(drawable.instance.value, 3)) & ~1u;
    record.data.w |= moves ? 0u : 1u;
    if (drawable.steps.empty()) {
      set_address(record, (*surface)->triangles->address());
    } else {
      out.deforming.push_back({d, 0, *surface});
    }
  }
  deform(window, view, out);
  return out;
}

}  // namespace oddroad::shade

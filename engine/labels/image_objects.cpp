#include "engine/labels/image_objects.h"

#include <tbb/parallel_for.h>

#include <cmath>
#include <limits>

namespace oddroad::labels {

using capture::Box2;
using math::Vec3d;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Bounds {
  Box2 box{kInfinity, kInfinity, -kInfinity, -kInfinity};
  void include(const math::Vec2d& p) {
    box.left = std::min(box.left, p.x);
    box.top = std::min(box.top, p.y);
    box.right = std::max(box.right, p.x);
    box.bottom = std::max(box.bottom, p.y);
  }
};

void include_drawable(const world::SceneWindow& window, const world::Drawable& drawable,
                      const scene::CameraView& view, Bounds& bounds) {
  const math::Affine3d T =
      view.T_world_camera.inverse() * world::transform_at(window, drawable, view.stamp_ns);
  const std::size_t count = drawable.mesh->positions.size();
  std::vector<Vec3d> p(count);
  bool crosses = false;
  for (std::uint32_t v = 0; v < count; ++v) {
    p[v] = T.point(world::vertex_at(window, drawable, v, view.stamp_ns));
    if (p[v].z > kNearM) {
      bounds.include(view.camera.project(p[v]));
    } else {
      crosses = true;
    }
  }
  if (!crosses) return;
  for (const auto& triangle : drawable.mesh->triangles) {
    for (int k = 0; k < 3; ++k) {
      const Vec3d& a = p[triangle[k]];
      const Vec3d& b = p[triangle[(k + 1) % 3]];
      if ((a.z > kNearM) == (b.z > kNearM)) continue;
      const double u = (kNearM - a.z) / (b.z - a.z);
      bounds.include(view.camera.project(a * (1 - u) + b * u));
    }
  }
}

Box2 clipped(const Box2& box, const math::PinholeCamera& camera) {
  Box2 out{std::clamp(box.left, 0.0, double(camera.width_px)),
           std::clamp(box.top, 0.0, double(camera.height_px)),
           std::clamp(box.right, 0.0, double(camera.width_px)),
           std::clamp(box.bottom, 0.0, double(camera.height_px))};
  return out.empty() ? Box2{} : out;
}

// Pixels whose centre the object would cover if it were alone.
std::int64_t unoccluded_pixels(const scene::CameraView& view, const scene::RayCaster& caster,
                               core::InstanceId id, const Box2& box) {
  const auto alone = caster.only(id);
  const int x0 = static_cast<int>(std::floor(box.left));
  const int y0 = static_cast<int>(std::floor(box.top));
  const int x1 = std::min(static_cast<int>(std::ceil(box.right)), view.camera.width_px);
  const int y1 = std::min(static_cast<int>(std::ceil(box.bottom)), view.camera.height_px);
  scene::RayBatch rays;
  rays.resize(static_cast<std::size_t>(x1 - x0) * (y1 - y0));
  std::size_t i = 0;
  for (int y = y0; y < y1; ++y) {
    for (int x = x0; x < x1; ++x) {
      rays.set(i++, view.T_world_camera.translation,
               view.T_world_camera.vector(view.camera.direction(x + 0.5, y + 0.5)), view.stamp_ns,
               std::numeric_limits<float>::infinity());
    }
  }
  scene::RayHits hits;
  alone->intersect(rays, scene::RayKind::kSensor, true, hits);
  std::int64_t count = 0;
  for (const std::uint32_t d : hits.drawable) count += d != 0;
  return count;
}

struct MaskBox {
  int left = std::numeric_limits<int>::max(), top = left, right = -1, bottom = -1;
  std::int64_t pixels = 0;
};

std::vector<MaskBox> mask_boxes(const capture::Image<std::uint16_t>& instances) {
  std::vector<MaskBox> boxes(65536);
  for (int y = 0; y < instances.height_px; ++y) {
    for (int x = 0; x < instances.width_px; ++x) {
      MaskBox& b = boxes[instances.at(x, y)];
      b.left = std::min(b.left, x);
      b.right = std::max(b.right, x);
      b.top = std::min(b.top, y);
      b.bottom = std::max(b.bottom, y);
      ++b.pixels;
    }
  }
  return boxes;
}

}  // namespace

Box2 amodal_box(const world::SceneWindow& window, const world::InstanceInfo& instance,
                const scene::CameraView& view) {
  Bounds bounds;
  for (const std::uint32_t d : instance.drawables) {
    include_drawable(window, window.drawables[d], view, bounds);
  }
  return bounds.box.empty() ? Box2{} : bounds.box;
}

std::vector<capture::ObjectInImage> objects_in_image(
    const world::SceneWindow& window, const scene::CameraView& view,
    const capture::Image<std::uint16_t>& instances, const scene::RayCaster& caster) {
  std::vector<const world::InstanceInfo*> labelled;
  for (const world::InstanceInfo& instance : window.instances) {
    if (!instance.is_ego && (instance.actor || instance.labelled_box)) {
      labelled.push_back(&instance);
    }
  }
  const std::vector<MaskBox> masks = mask_boxes(instances);
  std::vector<capture::ObjectInImage> all(labelled.size());
  tbb::parallel_for(std::size_t{0}, labelled.size(), [&](std::size_t k) {
    const world::InstanceInfo& instance = *labelled[k];
    capture::ObjectInImage& object = all[k];
    object.id = instance.id;
    object.class_id = instance.class_id;
    object.amodal_box_unclipped = amodal_box(window, instance, view);
    if (object.amodal_box_unclipped.empty()) return;
    object.amodal_box = clipped(object.amodal_box_unclipped, view.camera);
    if (object.amodal_box.empty()) return;
    object.truncation = 1 - object.amodal_box.area() / object.amodal_box_unclipped.area();
    object.unoccluded_px = unoccluded_pixels(view, caster, instance.id, object.amodal_box);
    const MaskBox& mask = masks[instance.id.value];
    object.visible_px = mask.pixels;
    if (mask.pixels > 0) {
      object.box = {double(mask.left), double(mask.top), mask.right + 1.0, mask.bottom + 1.0};
    }
  });
  std::vector<capture::ObjectInImage> out;
  for (auto& object : all) {
    if (object.unoccluded_px > 0 || object.visible_px > 0) out.push_back(object);
  }
  return out;
}

}  // namespace oddroad::labels

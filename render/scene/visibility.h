// What each pixel sees, and the interfaces through which sensors and labels look at a scene window.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/core/raw_vector.h"
#include "engine/core/result.h"
#include "engine/math/affine.h"
#include "engine/world/scene_window.h"
#include "render/scene/camera_view.h"
#include "render/scene/light_grid.h"

namespace oddroad::scene {

// Per pixel, row-major from the top: which triangle the ray through the pixel's centre meets first.
// drawable: index into SceneWindow::drawables plus 1, 0 = nothing (sky).
struct VisibilityRecord {
  // Sine of the angle between a ray and a surface, below which single precision is not believed to
  // know what is in front: such a ray passes beside its place by some 1e-7 of the coordinates that
  // it crosses, and over this sine, by 5e-6 of them, it takes the surface to be elsewhere.
  static constexpr double kGrazingSine = 0.02;

  int width_px = 0;
  int height_px = 0;
  core::RawVector<std::uint32_t> drawable;
  core::RawVector<std::uint32_t> triangle;
  bool by_rays = false;  // made by a RayCaster: casting a pixel again tells nothing new
  // Made by a RayCaster: how far away it is, in units of the ray's direction; +inf = nothing.
  // Single precision: enough to see that something lies behind what its neighbours show.
  core::RawVector<float> t;
  // Made by a RayCaster: the pixels that show a surface at less than kGrazingSine, ascending.
  std::vector<std::uint32_t> grazing;
};

// Records of some views of one window that are being made while the caller goes on. The window must
// stay as it is until all are taken.
class PendingRecords {
 public:
  virtual ~PendingRecords() = default;
  // The record of the k-th view of those begun; each once. Waits until it is there.
  virtual core::Result<VisibilityRecord> take(std::size_t k) = 0;
};

// Produces visibility records. Implementations: render/raster (Vulkan; views with a single
// projection only), render/cast (Embree; any view).
class Visibility {
 public:
  virtual ~Visibility() = default;
  [[nodiscard]] virtual bool can_render(const CameraView& view) const = 0;
  // Begins the records of views that it can render, all at once; one begin at a time.
  virtual core::Result<std::unique_ptr<PendingRecords>> begin(
      const world::SceneWindow& window, std::span<const CameraView> views) = 0;
  core::Result<VisibilityRecord> render(const world::SceneWindow& window, const CameraView& view) {
    auto pending = begin(window, {&view, 1});
    if (!pending) return core::forward_error(pending);
    return (*pending)->take(0);
  }
};

// Rays in world coordinates, structure of arrays, each with its own instant.
struct RayBatch {
  core::RawVector<float> origin_x, origin_y, origin_z;
  core::RawVector<float> direction_x, direction_y, direction_z;  // any length; t counts in it
  core::RawVector<float> t_max;                                  // +inf = no limit
  core::RawVector<std::int64_t> stamp_ns;                        // inside the window

  [[nodiscard]] std::size_t size() const { return origin_x.size(); }
  void resize(std::size_t n);  // set every ray afterwards
  void set(std::size_t i, const math::Vec3d& origin, const math::Vec3d& direction,
           std::int64_t stamp, float limit) {
    origin_x[i] = static_cast<float>(origin.x);
    origin_y[i] = static_cast<float>(origin.y);
    origin_z[i] = static_cast<float>(origin.z);
    direction_x[i] = static_cast<float>(direction.x);
    direction_y[i] = static_cast<float>(direction.y);
    direction_z[i] = static_cast<float>(direction.z);
    t_max[i] = limit;
    stamp_ns[i] = stamp;
  }
  // Without a limit; where the lens shows nothing, a ray that meets nothing.
  void set(std::size_t i, const ViewRay& ray);
};

struct RayHits {
  core::RawVector<std::uint32_t> drawable;  // + 1; 0 = nothing
  core::RawVector<std::uint32_t> triangle;
  core::RawVector<float> t;  // single precision: recompute in double where it matters
};

enum class RayKind {
  kSensor,  // sees what the ego's sensors see (not the ego itself)
  kShadow,  // sees everything that casts a shadow, the ego included
};

// Casts rays into one scene window. Rays are traced in packets of 16 in the order given, so put
// neighbours together. Thread-safe.
class RayCaster {
 public:
  virtual ~RayCaster() = default;
  virtual void intersect(const RayBatch& rays, RayKind kind, bool coherent,
                         RayHits& hits) const = 0;
  // occluded[i] = 1 where anything lies between origin and t_max. coherent: the 16 rays of a packet
  // fan out from one point.
  virtual void occluded(const RayBatch& rays, RayKind kind, bool coherent,
                        std::vector<std::uint8_t>& occluded) const = 0;
  // The record of a view by rays through pixel centres: sensor rays, packets of 4x4 pixels.
  [[nodiscard]] virtual VisibilityRecord record(const CameraView& view) const = 0;
  // Holds all vertices of a drawable (index) at the instants of the caster, in the mesh's frame.
  [[nodiscard]] virtual math::Aabb mesh_bounds(std::uint32_t drawable) const = 0;
  // A caster that sees only the drawables of one instance (amodal quantities).
  [[nodiscard]] virtual std::unique_ptr<RayCaster> only(core::InstanceId instance) const = 0;
};

// Makes ray casters; keeps acceleration structures of meshes that do not change between windows.
class RayCasterFactory {
 public:
  virtual ~RayCasterFactory() = default;
  // For rays of any instant of the window, which must outlive the caster.
  virtual std::unique_ptr<RayCaster> create(const world::SceneWindow& window) = 0;
  // For rays of one instant: nothing moves, which is quicker to build and to trace.
  virtual std::unique_ptr<RayCaster> create_at(const world::SceneWindow& window,
                                               std::int64_t stamp_ns) = 0;
};

// A point to be shaded: a place inside a pixel and the triangle seen there. drawable 0 = sky.
struct ShadeSample {
  std::uint32_t drawable = 0;
  std::uint32_t triangle = 0;
  float u_px = 0;
  float v_px = 0;
  float sun_visibility = 1;  // 0 in shadow, 1 lit
  float sky_visibility = 1;  // share of the sky's light that arrives (ambient occlusion)
  // Of the window's LightGrid, and how much of the cell's first four lights arrives (4 x unorm8,
  // the first in the low byte).
  std::uint32_t light_cell = LightGrid::kNoCell;
  std::uint32_t light_visibility = 0xffffffffu;
  std::uint32_t reflection = 0;  // 1 + index of what a level mirror here shows; 0 = not known
};

// Turns samples into linear radiance in cd/m2 per channel (RGB, sRGB primaries). `reflections`:
// what samples name as their reflection, in the same units; used where wet ground mirrors.
class Shading {
 public:
  virtual ~Shading() = default;
  virtual core::Result<std::vector<math::Vec3f>> shade(
      const world::SceneWindow& window, const CameraView& view,
      std::span<const ShadeSample> samples, std::span<const math::Vec3f> reflections) = 0;
  core::Result<std::vector<math::Vec3f>> shade(const world::SceneWindow& window,
                                               const CameraView& view,
                                               std::span<const ShadeSample> samples) {
    return shade(window, view, samples, {});
  }
};

// Unit vector towards what lights the scene (world::main_light): the sun, at night the moon. World
// frame.
math::Vec3d sun_direction(const world::Environment& environment);

}  // namespace oddroad::scene

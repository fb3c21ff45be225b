#include "render/cast/embree_scene.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <limits>
#include <mutex>
#include <unordered_map>

#include <embree3/rtcore.h>

#include "engine/core/check.h"
#include "engine/core/parallel.h"
#include "render/cast/bare_rays.h"

namespace oddroad::cast {
namespace {

struct DeviceDeleter {
  void operator()(RTCDevice device) const { rtcReleaseDevice(device); }
};
struct SceneDeleter {
  void operator()(RTCScene scene) const { rtcReleaseScene(scene); }
};
using DeviceHandle = std::shared_ptr<std::remove_pointer_t<RTCDevice>>;
using SceneHandle = std::shared_ptr<std::remove_pointer_t<RTCScene>>;

SceneHandle new_scene(RTCDevice device, RTCBuildQuality quality) {
  SceneHandle scene(rtcNewScene(device), SceneDeleter());
  rtcSetSceneFlags(scene.get(), RTC_SCENE_FLAG_ROBUST);
  rtcSetSceneBuildQuality(scene.get(), quality);
  return scene;
}

void fill_vertices(RTCGeometry geometry, unsigned step, const std::vector<math::Vec3f>& positions) {
  void* buffer = rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_VERTEX, step, RTC_FORMAT_FLOAT3,
                                         sizeof(math::Vec3f), positions.size());
  std::memcpy(buffer, positions.data(), positions.size() * sizeof(math::Vec3f));
}

// One mesh; `steps` empty means the rest vertices.
SceneHandle build_mesh_scene(RTCDevice device, const math::TriangleMesh& mesh,
                             const std::vector<std::shared_ptr<const world::DeformedStep>>& steps) {
  RTCGeometry geometry = rtcNewGeometry(device, RTC_GEOMETRY_TYPE_TRIANGLE);
  rtcSetGeometryBuildQuality(geometry, RTC_BUILD_QUALITY_MEDIUM);
  if (steps.empty()) {
    fill_vertices(geometry, 0, mesh.positions);
  } else {
    rtcSetGeometryTimeStepCount(geometry, static_cast<unsigned>(steps.size()));
    for (unsigned s = 0; s < steps.size(); ++s) fill_vertices(geometry, s, steps[s]->positions);
  }
  void* indices = rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT3,
                                          sizeof(mesh.triangles[0]), mesh.triangles.size());
  std::memcpy(indices, mesh.triangles.data(), mesh.triangles.size() * sizeof(mesh.triangles[0]));
  rtcCommitGeometry(geometry);
  SceneHandle scene = new_scene(device, RTC_BUILD_QUALITY_MEDIUM);
  rtcAttachGeometryByID(scene.get(), geometry, 0);
  rtcReleaseGeometry(geometry);
  rtcCommitScene(scene.get());
  return scene;
}

bool all_steps_equal(const world::Drawable& drawable) {
  for (const auto& step : drawable.steps) {
    if (step != drawable.steps.front()) return false;
  }
  return true;
}

// Rigid meshes outlive a window: kept with the model that owns them.
class MeshCache {
 public:
  explicit MeshCache(DeviceHandle device) : device_(std::move(device)) {}

  SceneHandle rigid(const world::Drawable& drawable) {
    const std::scoped_lock lock(mutex_);
    Entry& entry = scenes_[drawable.mesh];
    // A new model may reuse the address of a dead one.
    if (!entry.scene || entry.model.lock() != drawable.model) {
      entry = {drawable.model, build_mesh_scene(device_.get(), *drawable.mesh, {})};
    }
    return entry.scene;
  }

 private:
  struct Entry {
    std::weak_ptr<const asset::Model> model;
    SceneHandle scene;
  };
  DeviceHandle device_;
  std::mutex mutex_;
  std::unordered_map<const math::TriangleMesh*, Entry> scenes_;
};

struct Instance {
  std::uint32_t drawable;  // index, without the + 1
  SceneHandle scene;
};

SceneHandle build_top(RTCDevice device, const world::SceneWindow& window,
                      const std::vector<Instance>& instances, bool with_hidden) {
  SceneHandle top = new_scene(device, RTC_BUILD_QUALITY_MEDIUM);
  for (const Instance& instance : instances) {
    const world::Drawable& drawable = window.drawables[instance.drawable];
    if (drawable.hidden_from_ego && !with_hidden) continue;
    RTCGeometry geometry = rtcNewGeometry(device, RTC_GEOMETRY_TYPE_INSTANCE);
    rtcSetGeometryInstancedScene(geometry, instance.scene.get());
    const auto steps = static_cast<unsigned>(drawable.T_world_mesh.size());
    rtcSetGeometryTimeStepCount(geometry, steps);
    for (unsigned s = 0; s < steps; ++s) {
      static_assert(sizeof(math::Affine3f) == 12 * sizeof(float));
      rtcSetGeometryTransform(geometry, s, RTC_FORMAT_FLOAT3X4_COLUMN_MAJOR,
                              &drawable.T_world_mesh[s]);
    }
    rtcCommitGeometry(geometry);
    rtcAttachGeometryByID(top.get(), geometry, instance.drawable);
    rtcReleaseGeometry(geometry);
  }
  rtcCommitScene(top.get());
  return top;
}

class EmbreeCaster final : public scene::RayCaster {
 public:
  EmbreeCaster(DeviceHandle device, const world::SceneWindow& window,
               std::vector<Instance> instances)
      : device_(std::move(device)), window_(window), instances_(std::move(instances)) {
    sensor_ = build_top(device_.get(), window_, instances_, false);
    bool any_hidden = false;
    for (const Instance& i : instances_)
      any_hidden |= window_.drawables[i.drawable].hidden_from_ego;
    shadow_ = any_hidden ? build_top(device_.get(), window_, instances_, true) : sensor_;
    const double length = static_cast<double>(window_.end_ns - window_.begin_ns);
    per_ns_ = length > 0 ? 1.0 / length : 0.0;
  }

  void intersect(const scene::RayBatch& rays, scene::RayKind kind, bool coherent,
                 scene::RayHits& hits) const override {
    hits.drawable.resize(rays.size());
    hits.triangle.resize(rays.size());
    hits.t.resize(rays.size());
    const RTCScene top = kind == scene::RayKind::kSensor ? sensor_.get() : shadow_.get();
    for_packets(rays.size(), [&](std::size_t first, int count) {
      alignas(64) RTCRayHit16 packet;
      alignas(64) int valid[16];
      load(rays, first, count, packet.ray, valid);
      for (int k = 0; k < 16; ++k) {
        packet.hit.geomID[k] = RTC_INVALID_GEOMETRY_ID;
        packet.hit.instID[0][k] = RTC_INVALID_GEOMETRY_ID;
      }
      RTCIntersectContext context;
      rtcInitIntersectContext(&context);
      context.flags =
          coherent ? RTC_INTERSECT_CONTEXT_FLAG_COHERENT : RTC_INTERSECT_CONTEXT_FLAG_INCOHERENT;
      rtcIntersect16(valid, top, &context, &packet);
      for (int k = 0; k < count; ++k) {
        const bool hit = packet.hit.geomID[k] != RTC_INVALID_GEOMETRY_ID;
        hits.drawable[first + k] = hit ? packet.hit.instID[0][k] + 1 : 0;
        hits.triangle[first + k] = hit ? packet.hit.primID[k] : 0;
        hits.t[first + k] = packet.ray.tfar[k];
      }
    });
  }

  // INCOHERENT only: with COHERENT, Embree 3.13 never returned on parallel sun rays.
  void occluded(const scene::RayBatch& rays, scene::RayKind kind,
                std::vector<std::uint8_t>& occluded) const override {
    occluded.resize(rays.size());
    const RTCScene top = kind == scene::RayKind::kSensor ? sensor_.get() : shadow_.get();
    for_packets(rays.size(), [&](std::size_t first, int count) {
      alignas(64) RTCRay16 packet;
      alignas(64) int valid[16];
      load(rays, first, count, packet, valid);
      RTCIntersectContext context;
      rtcInitIntersectContext(&context);
      context.flags = RTC_INTERSECT_CONTEXT_FLAG_INCOHERENT;
      rtcOccluded16(valid, top, &context, &packet);
      for (int k = 0; k < count; ++k) occluded[first + k] = packet.tfar[k] < 0 ? 1 : 0;
    });
  }

  // Rays go from the view into packets without a batch between: as fast as bare rays but for the
  // arithmetic of their directions.
  scene::VisibilityRecord record(const scene::CameraView& view) const override {
    constexpr int kTile = 4;  // rays of a tile stay together
    const int w = view.camera.width_px;
    const int h = view.camera.height_px;
    scene::VisibilityRecord out{w, h, {}, {}, true};
    out.drawable.resize(static_cast<std::size_t>(w) * h);
    out.triangle.resize(out.drawable.size());
    core::parallel_for((h + kTile - 1) / kTile, [&](int tile_y) {
      alignas(64) RTCRayHit16 packet;
      alignas(64) int valid[16];
      for (int x0 = 0; x0 < w; x0 += kTile) {
        for (int k = 0; k < 16; ++k) {
          const int x = x0 + k % kTile;
          const int y = tile_y * kTile + k / kTile;
          valid[k] = x < w && y < h ? -1 : 0;
          load(view.ray_at(std::min(x, w - 1), std::min(y, h - 1)), k, packet, valid);
        }
        RTCIntersectContext context;
        rtcInitIntersectContext(&context);
        context.flags = RTC_INTERSECT_CONTEXT_FLAG_COHERENT;
        rtcIntersect16(valid, sensor_.get(), &context, &packet);
        for (int k = 0; k < 16; ++k) {
          if (valid[k] == 0 || packet.hit.geomID[k] == RTC_INVALID_GEOMETRY_ID) continue;
          const std::size_t at =
              static_cast<std::size_t>(tile_y * kTile + k / kTile) * w + x0 + k % kTile;
          out.drawable[at] = packet.hit.instID[0][k] + 1;
          out.triangle[at] = packet.hit.primID[k];
        }
      }
    });
    return out;
  }

  double bare_seconds(const scene::RayBatch& rays, bool coherent) const {
    struct alignas(64) Packet {
      RTCRayHit16 rays;
      int valid[16];
    };
    std::vector<Packet> packets((rays.size() + 15) / 16);
    for_packets(rays.size(), [&](std::size_t first, int count) {
      Packet& p = packets[first / 16];
      load(rays, first, count, p.rays.ray, p.valid);
      for (int k = 0; k < 16; ++k) p.rays.hit.geomID[k] = RTC_INVALID_GEOMETRY_ID;
    });
    const auto start = std::chrono::steady_clock::now();
    for_packets(rays.size(), [&](std::size_t first, int) {
      RTCIntersectContext context;
      rtcInitIntersectContext(&context);
      context.flags =
          coherent ? RTC_INTERSECT_CONTEXT_FLAG_COHERENT : RTC_INTERSECT_CONTEXT_FLAG_INCOHERENT;
      Packet& p = packets[first / 16];
      rtcIntersect16(p.valid, sensor_.get(), &context, &p.rays);
    });
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }

  std::unique_ptr<RayCaster> only(core::InstanceId instance) const override {
    std::vector<Instance> few;
    for (const Instance& i : instances_) {
      if (window_.drawables[i.drawable].instance == instance) few.push_back(i);
    }
    return std::make_unique<EmbreeCaster>(device_, window_, std::move(few));
  }

 private:
  template <typename Body>
  static void for_packets(std::size_t rays, const Body& body) {
    const std::size_t packets = (rays + 15) / 16;
    core::parallel_chunks(packets, 128, [&](std::size_t begin, std::size_t end) {
      for (std::size_t p = begin; p != end; ++p) {
        body(p * 16, static_cast<int>(std::min<std::size_t>(16, rays - p * 16)));
      }
    });
  }

  void load(const scene::RayBatch& rays, std::size_t first, int count, RTCRay16& out,
            int* valid) const {
    for (int k = 0; k < 16; ++k) {
      valid[k] = k < count ? -1 : 0;
      const std::size_t i = first + static_cast<std::size_t>(k < count ? k : 0);
      out.org_x[k] = rays.origin_x[i];
      out.org_y[k] = rays.origin_y[i];
      out.org_z[k] = rays.origin_z[i];
      out.dir_x[k] = rays.direction_x[i];
      out.dir_y[k] = rays.direction_y[i];
      out.dir_z[k] = rays.direction_z[i];
      out.tnear[k] = 0;
      out.tfar[k] = rays.t_max[i];
      out.time[k] = time_of(rays.stamp_ns[i]);
      out.mask[k] = ~0u;
      out.id[k] = static_cast<unsigned>(k);
      out.flags[k] = 0;
    }
  }

  // Ray k of a packet; where the lens shows nothing it is switched off.
  void load(const scene::ViewRay& ray, int k, RTCRayHit16& out, int* valid) const {
    if (!math::is_ray(ray.direction_camera)) valid[k] = 0;
    out.ray.org_x[k] = static_cast<float>(ray.origin.x);
    out.ray.org_y[k] = static_cast<float>(ray.origin.y);
    out.ray.org_z[k] = static_cast<float>(ray.origin.z);
    out.ray.dir_x[k] = static_cast<float>(ray.direction.x);
    out.ray.dir_y[k] = static_cast<float>(ray.direction.y);
    out.ray.dir_z[k] = static_cast<float>(ray.direction.z);
    out.ray.tnear[k] = 0;
    out.ray.tfar[k] = std::numeric_limits<float>::infinity();
    out.ray.time[k] = time_of(ray.stamp_ns);
    out.ray.mask[k] = ~0u;
    out.ray.id[k] = static_cast<unsigned>(k);
    out.ray.flags[k] = 0;
    out.hit.geomID[k] = RTC_INVALID_GEOMETRY_ID;
    out.hit.instID[0][k] = RTC_INVALID_GEOMETRY_ID;
  }

  // Embree's time: 0 at the window's begin, 1 at its end.
  [[nodiscard]] float time_of(std::int64_t stamp_ns) const {
    return static_cast<float>(static_cast<double>(stamp_ns - window_.begin_ns) * per_ns_);
  }

  DeviceHandle device_;
  const world::SceneWindow& window_;
  std::vector<Instance> instances_;
  SceneHandle sensor_;
  SceneHandle shadow_;
  double per_ns_ = 0;
};

class EmbreeFactory final : public scene::RayCasterFactory {
 public:
  explicit EmbreeFactory(DeviceHandle device) : device_(std::move(device)), cache_(device_) {}

  std::unique_ptr<scene::RayCaster> create(const world::SceneWindow& window) override {
    std::vector<Instance> instances(window.drawables.size());
    for (std::uint32_t d = 0; d < instances.size(); ++d) {
      const world::Drawable& drawable = window.drawables[d];
      ODDROAD_CHECK_OP(drawable.T_world_mesh.size(), <=, 129u);
      SceneHandle mesh;
      if (drawable.steps.empty()) {
        mesh = cache_.rigid(drawable);
      } else if (all_steps_equal(drawable)) {
        mesh = build_mesh_scene(device_.get(), *drawable.mesh, {drawable.steps.front()});
      } else {
        mesh = build_mesh_scene(device_.get(), *drawable.mesh, drawable.steps);
      }
      instances[d] = {d, std::move(mesh)};
    }
    return std::make_unique<EmbreeCaster>(device_, window, std::move(instances));
  }

 private:
  DeviceHandle device_;
  MeshCache cache_;
};

class CastVisibility final : public scene::Visibility {
 public:
  explicit CastVisibility(scene::RayCasterFactory& factory) : factory_(factory) {}
  [[nodiscard]] bool can_render(const scene::CameraView&) const override { return true; }
  core::Result<scene::VisibilityRecord> render(const world::SceneWindow& window,
                                               const scene::CameraView& view) override {
    return factory_.create(window)->record(view);
  }

 private:
  scene::RayCasterFactory& factory_;
};

}  // namespace

core::Result<std::unique_ptr<scene::RayCasterFactory>> make_embree_factory(const std::string& isa) {
  // user_threads: every place of Embree's arena is kept for callers, none for workers, so that a
  // tree is built by the thread that asks for it, alone. (threads=1 would do that too, but limits
  // oneTBB to one thread in the whole process.)
  std::string config = "user_threads=1024,set_affinity=0";
  if (!isa.empty()) config += ",isa=" + isa;
  DeviceHandle device(rtcNewDevice(config.c_str()), [](RTCDevice d) {
    if (d) rtcReleaseDevice(d);
  });
  if (!device) {
    return core::fail("Embree refused to start (error " +
                          std::to_string(rtcGetDeviceError(nullptr)) + ", config '" + config + "')",
                      "--isa takes sse2, sse4.2, avx, avx2 or avx512");
  }
  return std::make_unique<EmbreeFactory>(std::move(device));
}

std::unique_ptr<scene::Visibility> make_cast_visibility(scene::RayCasterFactory& factory) {
  return std::make_unique<CastVisibility>(factory);
}

double bare_intersect_seconds(const scene::RayCaster& caster, const scene::RayBatch& rays,
                              bool coherent) {
  const auto* ours = dynamic_cast<const EmbreeCaster*>(&caster);
  ODDROAD_CHECK(ours != nullptr);
  return ours->bare_seconds(rays, coherent);
}

std::string embree_description() {
  return "Embree " RTC_VERSION_STRING;
}

}  // namespace oddroad::cast

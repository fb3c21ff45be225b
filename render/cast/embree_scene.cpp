#include "render/cast/embree_scene.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <mutex>
#include <optional>

#include <embree3/rtcore.h>

#include "engine/core/check.h"
#include "engine/core/parallel.h"
#include "render/cast/bare_rays.h"
#include "render/cast/embree_trees.h"
#include "render/scene/row_rays.h"

namespace oddroad::cast {
namespace {

class EmbreeCaster final : public scene::RayCaster {
 public:
  // `sensor`: the tree of the instances that are not hidden. stamp_ns: where all rays are of one
  // instant.
  EmbreeCaster(DeviceHandle device, std::shared_ptr<AloneCache> alone,
               const world::SceneWindow& window, std::vector<Instance> instances,
               SceneHandle sensor, std::optional<std::int64_t> stamp_ns)
      : device_(std::move(device)),
        alone_(std::move(alone)),
        window_(window),
        instances_(std::move(instances)),
        stamp_ns_(stamp_ns),
        sensor_(std::move(sensor)) {
    const double length = static_cast<double>(window_.end_ns - window_.begin_ns);
    per_ns_ = length > 0 ? 1.0 / length : 0.0;
  }

  void intersect(const scene::RayBatch& rays, scene::RayKind kind, bool coherent,
                 scene::RayHits& hits) const override {
    hits.drawable.resize(rays.size());
    hits.triangle.resize(rays.size());
    hits.t.resize(rays.size());
    const RTCScene top = top_of(kind);
    for_packets(rays.size(), [&](std::size_t first, int count) {
      alignas(64) RTCRayHit16 packet;
      alignas(64) int valid[16];
      load(rays, first, count, packet.ray, valid);
      forget_hits(packet.hit);
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

  void occluded(const scene::RayBatch& rays, scene::RayKind kind, bool coherent,
                std::vector<std::uint8_t>& occluded) const override {
    occluded.resize(rays.size());
    const RTCScene top = top_of(kind);
    for_packets(rays.size(), [&](std::size_t first, int count) {
      alignas(64) RTCRayHit16 packet;
      alignas(64) int valid[16];
      load(rays, first, count, packet.ray, valid);
      RTCIntersectContext context;
      rtcInitIntersectContext(&context);
      if (coherent) {
        // Embree 3.13 never returns from coherent rtcOccluded16; its nearest hits are quicker than
        // any hit of incoherent packets.
        context.flags = RTC_INTERSECT_CONTEXT_FLAG_COHERENT;
        forget_hits(packet.hit);
        rtcIntersect16(valid, top, &context, &packet);
        for (int k = 0; k < count; ++k) {
          occluded[first + k] = packet.hit.geomID[k] != RTC_INVALID_GEOMETRY_ID;
        }
      } else {
        context.flags = RTC_INTERSECT_CONTEXT_FLAG_INCOHERENT;
        rtcOccluded16(valid, top, &context, &packet.ray);
        for (int k = 0; k < count; ++k) occluded[first + k] = packet.ray.tfar[k] < 0 ? 1 : 0;
      }
    });
  }

  // Rays go from the view into packets without a batch between: as fast as bare rays but for the
  // arithmetic of their directions.
  scene::VisibilityRecord record(const scene::CameraView& view) const override {
    const int w = view.camera.width_px;
    const int h = view.camera.height_px;
    scene::VisibilityRecord out;
    out.width_px = w;
    out.height_px = h;
    out.by_rays = true;
    out.drawable.resize(static_cast<std::size_t>(w) * h);
    out.triangle.resize(out.drawable.size());
    out.t.resize(out.drawable.size());
    std::vector<std::vector<std::uint32_t>> grazing((h + kTile - 1) / kTile);
    core::parallel_for(grazing.size(), [&](std::size_t k) {
      record_strip(view, static_cast<int>(k) * kTile, out, grazing[k]);
      std::sort(grazing[k].begin(), grazing[k].end());
    });
    for (const auto& strip : grazing) {
      out.grazing.insert(out.grazing.end(), strip.begin(), strip.end());
    }
    return out;
  }

  double bare_seconds(const scene::RayBatch& rays, bool coherent, double (*now_s)()) const {
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
    const double start_s = now_s();
    for_packets(rays.size(), [&](std::size_t first, int) {
      RTCIntersectContext context;
      rtcInitIntersectContext(&context);
      context.flags =
          coherent ? RTC_INTERSECT_CONTEXT_FLAG_COHERENT : RTC_INTERSECT_CONTEXT_FLAG_INCOHERENT;
      Packet& p = packets[first / 16];
      rtcIntersect16(p.valid, sensor_.get(), &context, &p.rays);
    });
    return now_s() - start_s;
  }

  math::Aabb mesh_bounds(std::uint32_t drawable) const override {
    const Instance* instance = find(drawable);
    if (instance == nullptr) return {};
    RTCBounds b;
    rtcGetSceneBounds(instance->scene.get(), &b);
    return {{b.lower_x, b.lower_y, b.lower_z}, {b.upper_x, b.upper_y, b.upper_z}};
  }

  std::unique_ptr<RayCaster> only(core::InstanceId instance) const override {
    std::vector<Instance> few;
    if (const world::InstanceInfo* info = window_.find(instance)) {
      for (const std::uint32_t d : info->drawables) {
        if (const Instance* i = find(d)) few.push_back(*i);
      }
    }
    SceneHandle sensor = alone_->get(device_.get(), window_, few, stamp_ns_);
    return std::make_unique<EmbreeCaster>(device_, alone_, window_, std::move(few),
                                          std::move(sensor), stamp_ns_);
  }

 private:
  static constexpr int kTile = 4;  // rays of a tile stay together

  [[nodiscard]] const Instance* find(std::uint32_t drawable) const {
    const auto at = std::lower_bound(instances_.begin(), instances_.end(), drawable,
                                     [](const Instance& i, std::uint32_t d) {
                                       return i.drawable < d;
                                     });
    return at != instances_.end() && at->drawable == drawable ? &*at : nullptr;
  }

  void record_strip(const scene::CameraView& view, int y0, scene::VisibilityRecord& out,
                    std::vector<std::uint32_t>& grazing) const {
    const int w = view.camera.width_px;
    const int last_y = view.camera.height_px - 1;
    const scene::RowRays rows[kTile] = {{view, y0},
                                        {view, std::min(y0 + 1, last_y)},
                                        {view, std::min(y0 + 2, last_y)},
                                        {view, std::min(y0 + 3, last_y)}};
    alignas(64) RTCRayHit16 packet;
    alignas(64) int valid[16];
    // What Embree leaves alone and a row shares.
    for (int k = 0; k < 16; ++k) {
      const scene::ViewInstant& at = rows[k / kTile].instant();
      start(at.T_world_camera.translation, at.stamp_ns, k, packet.ray);
    }
    for (int x0 = 0; x0 < w; x0 += kTile) {
      for (int k = 0; k < 16; ++k) {
        const int x = x0 + k % kTile;
        const math::Vec3d direction = rows[k / kTile].direction(x);
        const bool inside = x < w && y0 + k / kTile <= last_y;
        valid[k] = inside && math::is_ray(direction) ? -1 : 0;
        packet.ray.dir_x[k] = static_cast<float>(direction.x);
        packet.ray.dir_y[k] = static_cast<float>(direction.y);
        packet.ray.dir_z[k] = static_cast<float>(direction.z);
        packet.ray.tfar[k] = std::numeric_limits<float>::infinity();
      }
      forget_hits(packet.hit);
      RTCIntersectContext context;
      rtcInitIntersectContext(&context);
      context.flags = RTC_INTERSECT_CONTEXT_FLAG_COHERENT;
      rtcIntersect16(valid, sensor_.get(), &context, &packet);
      for (int k = 0; k < 16; ++k) {
        const int x = x0 + k % kTile;
        if (x >= w || y0 + k / kTile > last_y) continue;
        const bool hit = valid[k] != 0 && packet.hit.geomID[k] != RTC_INVALID_GEOMETRY_ID;
        const std::size_t at = static_cast<std::size_t>(y0 + k / kTile) * w + x;
        out.drawable[at] = hit ? packet.hit.instID[0][k] + 1 : 0;
        out.triangle[at] = hit ? packet.hit.primID[k] : 0;
        out.t[at] = packet.ray.tfar[k];
        if (hit && grazes(packet, k)) grazing.push_back(static_cast<std::uint32_t>(at));
      }
    }
  }

  // Normals are in the mesh's frame. The matrix of the nearest millisecond will do.
  [[nodiscard]] bool grazes(const RTCRayHit16& packet, int k) const {
    const auto& T_world_mesh = window_.drawables[packet.hit.instID[0][k]].T_world_mesh;
    const std::size_t step =
        T_world_mesh.size() == 1
            ? 0
            : static_cast<std::size_t>(
                  std::lround(packet.ray.time[k] * static_cast<float>(T_world_mesh.size() - 1)));
    const math::Vec3f normal =
        T_world_mesh[step].vector({packet.hit.Ng_x[k], packet.hit.Ng_y[k], packet.hit.Ng_z[k]});
    const math::Vec3f ray(packet.ray.dir_x[k], packet.ray.dir_y[k], packet.ray.dir_z[k]);
    constexpr auto kSine2 = static_cast<float>(scene::VisibilityRecord::kGrazingSine *
                                               scene::VisibilityRecord::kGrazingSine);
    const float toward = glm::dot(normal, ray);
    return toward * toward < kSine2 * glm::dot(normal, normal) * glm::dot(ray, ray);
  }

  // What casts shadows is built when the first shadow is asked for: labels need none.
  RTCScene top_of(scene::RayKind kind) const {
    if (kind == scene::RayKind::kSensor) return sensor_.get();
    std::call_once(shadow_made_, [&] {
      const bool any_hidden = std::any_of(instances_.begin(), instances_.end(), [&](auto& i) {
        return window_.drawables[i.drawable].hidden_from_ego;
      });
      shadow_ =
          any_hidden ? build_top(device_.get(), window_, instances_, true, stamp_ns_) : sensor_;
    });
    return shadow_.get();
  }

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

  static void forget_hits(RTCHit16& hit) {
    for (int k = 0; k < 16; ++k) {
      hit.geomID[k] = RTC_INVALID_GEOMETRY_ID;
      hit.instID[0][k] = RTC_INVALID_GEOMETRY_ID;
    }
  }

  // Ray k of a packet, without direction and end.
  void start(const math::Vec3d& origin, std::int64_t stamp_ns, int k, RTCRay16& out) const {
    out.org_x[k] = static_cast<float>(origin.x);
    out.org_y[k] = static_cast<float>(origin.y);
    out.org_z[k] = static_cast<float>(origin.z);
    out.tnear[k] = 0;
    out.time[k] = time_of(stamp_ns);
    out.mask[k] = ~0u;
    out.id[k] = static_cast<unsigned>(k);
    out.flags[k] = 0;
  }

  // Embree's time: 0 at the window's begin, 1 at its end.
  [[nodiscard]] float time_of(std::int64_t stamp_ns) const {
    return static_cast<float>(static_cast<double>(stamp_ns - window_.begin_ns) * per_ns_);
  }

  DeviceHandle device_;
  std::shared_ptr<AloneCache> alone_;
  const world::SceneWindow& window_;
  std::vector<Instance> instances_;
  std::optional<std::int64_t> stamp_ns_;
  SceneHandle sensor_;
  mutable std::once_flag shadow_made_;
  mutable SceneHandle shadow_;
  double per_ns_ = 0;
};

class EmbreeFactory final : public scene::RayCasterFactory {
 public:
  explicit EmbreeFactory(DeviceHandle device) : device_(std::move(device)), cache_(device_) {}

  std::unique_ptr<scene::RayCaster> create(const world::SceneWindow& window) override {
    return make(window, std::nullopt);
  }
  std::unique_ptr<scene::RayCaster> create_at(const world::SceneWindow& window,
                                              std::int64_t stamp_ns) override {
    return make(window, stamp_ns);
  }

 private:
  std::unique_ptr<scene::RayCaster> make(const world::SceneWindow& window,
                                         std::optional<std::int64_t> stamp_ns) {
    alone_->begin_window();
    cache_.drop_dead();
    std::vector<Instance> instances(window.drawables.size());
    for (std::uint32_t d = 0; d < instances.size(); ++d) {
      const world::Drawable& drawable = window.drawables[d];
      ODDROAD_CHECK_OP(drawable.T_world_mesh.size(), <=, 129u);
      instances[d] = {d, drawable.steps.empty()
                             ? cache_.rigid(drawable)
                             : build_deforming(device_.get(), window, drawable, stamp_ns)};
    }
    SceneHandle sensor = build_top(device_.get(), window, instances, false, stamp_ns);
    return std::make_unique<EmbreeCaster>(device_, alone_, window, std::move(instances),
                                          std::move(sensor), stamp_ns);
  }

  DeviceHandle device_;
  MeshCache cache_;
  std::shared_ptr<AloneCache> alone_ = std::make_shared<AloneCache>();
};

class CastVisibility final : public scene::Visibility {
 public:
  explicit CastVisibility(scene::RayCasterFactory& factory) : factory_(factory) {}
  [[nodiscard]] bool can_render(const scene::CameraView&) const override { return true; }
  core::Result<std::unique_ptr<scene::PendingRecords>> begin(
      const world::SceneWindow& window, std::span<const scene::CameraView> views) override {
    return std::make_unique<Records>(factory_.create(window), views);
  }

 private:
  // Made when they are taken: rays are cast by the caller's own threads.
  class Records final : public scene::PendingRecords {
   public:
    Records(std::unique_ptr<scene::RayCaster> caster, std::span<const scene::CameraView> views)
        : caster_(std::move(caster)), views_(views.begin(), views.end()) {}
    core::Result<scene::VisibilityRecord> take(std::size_t k) override {
      return caster_->record(views_[k]);
    }

   private:
    std::unique_ptr<scene::RayCaster> caster_;
    std::vector<scene::CameraView> views_;
  };

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

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double bare_intersect_seconds(const scene::RayCaster& caster, const scene::RayBatch& rays,
                              bool coherent, double (*now_s)()) {
  const auto* ours = dynamic_cast<const EmbreeCaster*>(&caster);
  ODDROAD_CHECK(ours != nullptr);
  return ours->bare_seconds(rays, coherent, now_s);
}

std::string embree_description() {
  return "Embree " RTC_VERSION_STRING;
}

}  // namespace oddroad::cast

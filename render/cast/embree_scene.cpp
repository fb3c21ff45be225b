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

// The window's trees over a slice of it.
struct SliceTrees {
  TimeSlice time;
  double per_ns = 0;                // 1 over its length; 0 without one
  std::vector<Instance> instances;  // ascending drawable
  SceneHandle sensor;               // of the instances that are not hidden
  SceneHandle shadow;               // of all; made when it is asked for

  explicit SliceTrees(const TimeSlice& slice) : time(slice) {
    const auto length = static_cast<double>(slice.end_ns - slice.begin_ns);
    per_ns = length > 0 ? 1.0 / length : 0.0;
  }
  // Embree's time: 0 at the slice's begin, 1 at its end.
  [[nodiscard]] float time_of(std::int64_t stamp_ns) const {
    return static_cast<float>(static_cast<double>(stamp_ns - time.begin_ns) * per_ns);
  }
  [[nodiscard]] const Instance* find(std::uint32_t drawable) const {
    const auto at = std::lower_bound(instances.begin(), instances.end(), drawable,
                                     [](const Instance& i, std::uint32_t d) {
                                       return i.drawable < d;
                                     });
    return at != instances.end() && at->drawable == drawable ? &*at : nullptr;
  }
};

// Which rays of a packet count, and the slice that each falls into.
struct alignas(64) Lanes {
  int valid[16];
  std::uint8_t slice[16];
};

class EmbreeCaster final : public scene::RayCaster {
 public:
  // stamp_ns: where all rays are of one instant.
  EmbreeCaster(DeviceHandle device, std::shared_ptr<AloneCache> alone,
               const world::SceneWindow& window, std::vector<SliceTrees> slices,
               std::optional<std::int64_t> stamp_ns)
      : device_(std::move(device)),
        alone_(std::move(alone)),
        window_(window),
        slices_(std::move(slices)),
        stamp_ns_(stamp_ns) {}

  void intersect(const scene::RayBatch& rays, scene::RayKind kind, bool coherent,
                 scene::RayHits& hits) const override {
    hits.drawable.resize(rays.size());
    hits.triangle.resize(rays.size());
    hits.t.resize(rays.size());
    make_trees_for(kind);
    for_packets(rays.size(), [&](std::size_t first, int count) {
      alignas(64) RTCRayHit16 packet;
      Lanes lanes;
      load(rays, first, count, packet.ray, lanes);
      forget_hits(packet.hit);
      nearest(kind, coherent, lanes, packet);
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
    make_trees_for(kind);
    for_packets(rays.size(), [&](std::size_t first, int count) {
      alignas(64) RTCRayHit16 packet;
      Lanes lanes;
      load(rays, first, count, packet.ray, lanes);
      if (coherent) {
        // Embree 3.13 never returns from coherent rtcOccluded16; its nearest hits are quicker than
        // any hit of incoherent packets.
        forget_hits(packet.hit);
        nearest(kind, true, lanes, packet);
        for (int k = 0; k < count; ++k) {
          occluded[first + k] = packet.hit.geomID[k] != RTC_INVALID_GEOMETRY_ID;
        }
      } else {
        RTCIntersectContext context = context_of(false);
        by_slice(lanes, [&](const SliceTrees& slice, const int* valid) {
          rtcOccluded16(valid, top_of(slice, kind), &context, &packet.ray);
        });
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
      Lanes lanes;
    };
    std::vector<Packet> packets((rays.size() + 15) / 16);
    for_packets(rays.size(), [&](std::size_t first, int count) {
      Packet& p = packets[first / 16];
      load(rays, first, count, p.rays.ray, p.lanes);
      for (int k = 0; k < 16; ++k) p.rays.hit.geomID[k] = RTC_INVALID_GEOMETRY_ID;
    });
    const double start_s = now_s();
    for_packets(rays.size(), [&](std::size_t first, int) {
      Packet& p = packets[first / 16];
      nearest(scene::RayKind::kSensor, coherent, p.lanes, p.rays);
    });
    return now_s() - start_s;
  }

  math::Aabb mesh_bounds(std::uint32_t drawable) const override {
    math::Aabb out;
    for (const SliceTrees& slice : slices_) {
      const Instance* instance = slice.find(drawable);
      if (instance == nullptr) return {};
      RTCBounds b;
      rtcGetSceneBounds(instance->scene.get(), &b);
      out.include({b.lower_x, b.lower_y, b.lower_z});
      out.include({b.upper_x, b.upper_y, b.upper_z});
    }
    return out;
  }

  std::unique_ptr<RayCaster> only(core::InstanceId instance) const override {
    std::vector<SliceTrees> few;
    const world::InstanceInfo* info = window_.find(instance);
    for (std::size_t s = 0; s < slices_.size(); ++s) {
      few.emplace_back(slices_[s].time);
      for (std::size_t k = 0; info != nullptr && k < info->drawables.size(); ++k) {
        if (const Instance* i = slices_[s].find(info->drawables[k])) few[s].instances.push_back(*i);
      }
      few[s].sensor = alone_->get(device_.get(), window_, few[s].time, few[s].instances, stamp_ns_);
    }
    return std::make_unique<EmbreeCaster>(device_, alone_, window_, std::move(few), stamp_ns_);
  }

 private:
  static constexpr int kTile = 4;  // rays of a tile stay together
  static constexpr auto kGrazingSine2 = static_cast<float>(scene::VisibilityRecord::kGrazingSine *
                                                           scene::VisibilityRecord::kGrazingSine);

  void record_strip(const scene::CameraView& view, int y0, scene::VisibilityRecord& out,
                    std::vector<std::uint32_t>& grazing) const {
    const int w = view.camera.width_px;
    const int last_y = view.camera.height_px - 1;
    const scene::RowRays rows[kTile] = {{view, y0},
                                        {view, std::min(y0 + 1, last_y)},
                                        {view, std::min(y0 + 2, last_y)},
                                        {view, std::min(y0 + 3, last_y)}};
    alignas(64) RTCRayHit16 packet;
    Lanes lanes;
    // What Embree leaves alone and a row shares.
    for (int k = 0; k < 16; ++k) {
      const scene::ViewInstant& at = rows[k / kTile].instant();
      start(at.T_world_camera.translation, at.stamp_ns, k, packet.ray, lanes);
    }
    const bool whole_rows = y0 + kTile - 1 <= last_y;
    for (int x0 = 0; x0 < w; x0 += kTile) {
      const bool whole = whole_rows && x0 + kTile <= w;
      for (int j = 0; j < kTile; ++j) aim(rows[j], x0, j * kTile, packet.ray, lanes);
      for (int k = 0; !whole && k < 16; ++k) {
        if (x0 + k % kTile >= w || y0 + k / kTile > last_y) lanes.valid[k] = 0;
      }
      forget_hits(packet.hit);
      nearest(scene::RayKind::kSensor, true, lanes, packet);
      const unsigned grazed = grazing_rays(packet, lanes);
      for (int j = 0; j < kTile && y0 + j <= last_y; ++j) {
        const std::size_t first = static_cast<std::size_t>(y0 + j) * w + x0;
        const int count = whole ? kTile : std::min(kTile, w - x0);
        for (int i = 0; i < count; ++i) {
          const int k = j * kTile + i;
          const bool hit = packet.hit.geomID[k] != RTC_INVALID_GEOMETRY_ID;
          out.drawable[first + i] = hit ? packet.hit.instID[0][k] + 1 : 0;
          out.triangle[first + i] = hit ? packet.hit.primID[k] : 0;
          out.t[first + i] = packet.ray.tfar[k];
          if ((grazed >> k & 1) != 0) grazing.push_back(static_cast<std::uint32_t>(first + i));
        }
      }
    }
  }

  // Rays k to k + kTile - 1 of a packet go through the pixels from x0 on of a row, without an end.
  static void aim(const scene::RowRays& row, int x0, int k, RTCRay16& out, Lanes& lanes) {
    if (row.even()) {  // as direction() does it; a pinhole shows something everywhere
      const math::Vec3d first = row.first(), step = row.step();
      for (int i = 0; i < kTile; ++i) {
        const double x = x0 + i;
        out.dir_x[k + i] = static_cast<float>(first.x + step.x * x);
        out.dir_y[k + i] = static_cast<float>(first.y + step.y * x);
        out.dir_z[k + i] = static_cast<float>(first.z + step.z * x);
        lanes.valid[k + i] = -1;
        out.tfar[k + i] = std::numeric_limits<float>::infinity();
      }
      return;
    }
    for (int i = 0; i < kTile; ++i, ++k) {
      const math::Vec3d direction = row.direction(x0 + i);
      lanes.valid[k] = math::is_ray(direction) ? -1 : 0;
      out.dir_x[k] = static_cast<float>(direction.x);
      out.dir_y[k] = static_cast<float>(direction.y);
      out.dir_z[k] = static_cast<float>(direction.z);
      out.tfar[k] = std::numeric_limits<float>::infinity();
    }
  }

  // Rays that meet a surface at less than kGrazingSine, as bits. Embree leaves rays that do not
  // count as forget_hits made them.
  [[nodiscard]] unsigned grazing_rays(const RTCRayHit16& packet, const Lanes& lanes) const {
    const std::uint32_t* seen = packet.hit.instID[0];
    std::uint32_t differs = 0;
    for (int k = 0; k < 16; ++k) differs |= seen[k] ^ seen[0];
    if (differs == 0) {
      if (seen[0] == RTC_INVALID_GEOMETRY_ID) return 0;
      const auto& T_world_mesh = window_.drawables[seen[0]].T_world_mesh;
      if (T_world_mesh.size() == 1) return grazing_rays(packet, T_world_mesh.front());
    }
    unsigned out = 0;
    for (int k = 0; k < 16; ++k) {
      if (seen[k] != RTC_INVALID_GEOMETRY_ID && grazes(packet, lanes, k)) out |= 1u << k;
    }
    return out;
  }

  // What grazes() says of rays that all meet one thing, which stands still: the same sums, written
  // so that the compiler does them side by side.
  static unsigned grazing_rays(const RTCRayHit16& packet, const math::Affine3f& T_world_mesh) {
    const glm::mat3& m = T_world_mesh.linear;
    const float* x = packet.hit.Ng_x;
    const float* y = packet.hit.Ng_y;
    const float* z = packet.hit.Ng_z;
    alignas(64) std::uint32_t grazed[16];
    std::uint32_t any = 0;
    for (int k = 0; k < 16; ++k) {
      const float nx = m[0][0] * x[k] + m[1][0] * y[k] + m[2][0] * z[k];
      const float ny = m[0][1] * x[k] + m[1][1] * y[k] + m[2][1] * z[k];
      const float nz = m[0][2] * x[k] + m[1][2] * y[k] + m[2][2] * z[k];
      const float dx = packet.ray.dir_x[k], dy = packet.ray.dir_y[k], dz = packet.ray.dir_z[k];
      const float toward = nx * dx + ny * dy + nz * dz;
      const float normal2 = nx * nx + ny * ny + nz * nz;
      const float ray2 = dx * dx + dy * dy + dz * dz;
      grazed[k] = toward * toward < kGrazingSine2 * normal2 * ray2 ? 1 : 0;
      any |= grazed[k];
    }
    unsigned out = 0;
    for (unsigned k = 0; any != 0 && k < 16; ++k) out |= grazed[k] << k;
    return out;
  }

  // Normals are in the mesh's frame. The matrix of the nearest millisecond will do.
  [[nodiscard]] bool grazes(const RTCRayHit16& packet, const Lanes& lanes, int k) const {
    const auto& T_world_mesh = window_.drawables[packet.hit.instID[0][k]].T_world_mesh;
    const TimeSlice& slice = slices_[slices_.size() == 1 ? 0 : lanes.slice[k]].time;
    const std::int64_t first = (slice.begin_ns - window_.begin_ns) / world::kMillisecondNs;
    const std::int64_t steps = (slice.end_ns - slice.begin_ns) / world::kMillisecondNs;
    const auto step =
        T_world_mesh.size() == 1
            ? std::size_t{0}
            : static_cast<std::size_t>(first +
                                       std::lround(packet.ray.time[k] * static_cast<float>(steps)));
    const math::Vec3f normal =
        T_world_mesh[step].vector({packet.hit.Ng_x[k], packet.hit.Ng_y[k], packet.hit.Ng_z[k]});
    const math::Vec3f ray(packet.ray.dir_x[k], packet.ray.dir_y[k], packet.ray.dir_z[k]);
    const float toward = glm::dot(normal, ray);
    return toward * toward < kGrazingSine2 * glm::dot(normal, normal) * glm::dot(ray, ray);
  }

  // What casts shadows is built when the first shadow is asked for: labels need none.
  void make_trees_for(scene::RayKind kind) const {
    if (kind == scene::RayKind::kSensor) return;
    std::call_once(shadow_made_, [&] {
      const auto& instances = slices_.front().instances;
      const bool any_hidden = std::any_of(instances.begin(), instances.end(), [&](auto& i) {
        return window_.drawables[i.drawable].hidden_from_ego;
      });
      for (SliceTrees& s : slices_) {
        s.shadow = any_hidden
                       ? build_top(device_.get(), window_, s.time, s.instances, true, stamp_ns_)
                       : s.sensor;
      }
    });
  }
  static RTCScene top_of(const SliceTrees& slice, scene::RayKind kind) {
    return kind == scene::RayKind::kSensor ? slice.sensor.get() : slice.shadow.get();
  }

  static RTCIntersectContext context_of(bool coherent) {
    RTCIntersectContext context;
    rtcInitIntersectContext(&context);
    context.flags =
        coherent ? RTC_INTERSECT_CONTEXT_FLAG_COHERENT : RTC_INTERSECT_CONTEXT_FLAG_INCOHERENT;
    return context;
  }

  void nearest(scene::RayKind kind, bool coherent, const Lanes& lanes, RTCRayHit16& packet) const {
    RTCIntersectContext context = context_of(coherent);
    by_slice(lanes, [&](const SliceTrees& slice, const int* valid) {
      rtcIntersect16(valid, top_of(slice, kind), &context, &packet);
    });
  }

  // Hands each slice its rays of a packet.
  template <typename Cast>
  void by_slice(const Lanes& lanes, const Cast& cast) const {
    if (slices_.size() == 1) return cast(slices_.front(), lanes.valid);
    for (std::size_t s = 0; s < slices_.size(); ++s) {
      alignas(64) int own[16];
      int any = 0;
      for (int k = 0; k < 16; ++k) any |= own[k] = lanes.slice[k] == s ? lanes.valid[k] : 0;
      if (any != 0) cast(slices_[s], own);
    }
  }

  // A ray's slice, and its time in it.
  void set_time(std::int64_t stamp_ns, int k, RTCRay16& out, Lanes& lanes) const {
    std::size_t s = 0;
    if (slices_.size() > 1) {
      const std::int64_t at = (stamp_ns - window_.begin_ns) / TimeSlice::kMostNs;
      s = std::min(static_cast<std::size_t>(std::max<std::int64_t>(at, 0)), slices_.size() - 1);
      lanes.slice[k] = static_cast<std::uint8_t>(s);
    }
    out.time[k] = slices_[s].time_of(stamp_ns);
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
            Lanes& lanes) const {
    for (int k = 0; k < 16; ++k) {
      lanes.valid[k] = k < count ? -1 : 0;
      const std::size_t i = first + static_cast<std::size_t>(k < count ? k : 0);
      out.org_x[k] = rays.origin_x[i];
      out.org_y[k] = rays.origin_y[i];
      out.org_z[k] = rays.origin_z[i];
      out.dir_x[k] = rays.direction_x[i];
      out.dir_y[k] = rays.direction_y[i];
      out.dir_z[k] = rays.direction_z[i];
      out.tnear[k] = 0;
      out.tfar[k] = rays.t_max[i];
      set_time(rays.stamp_ns[i], k, out, lanes);
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
  void start(const math::Vec3d& origin, std::int64_t stamp_ns, int k, RTCRay16& out,
             Lanes& lanes) const {
    out.org_x[k] = static_cast<float>(origin.x);
    out.org_y[k] = static_cast<float>(origin.y);
    out.org_z[k] = static_cast<float>(origin.z);
    out.tnear[k] = 0;
    set_time(stamp_ns, k, out, lanes);
    out.mask[k] = ~0u;
    out.id[k] = static_cast<unsigned>(k);
    out.flags[k] = 0;
  }

  DeviceHandle device_;
  std::shared_ptr<AloneCache> alone_;
  const world::SceneWindow& window_;
  mutable std::vector<SliceTrees> slices_;  // in order; what casts shadows comes later
  std::optional<std::int64_t> stamp_ns_;
  mutable std::once_flag shadow_made_;
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
    cache_.prepare(window);
    std::vector<SliceTrees> slices;
    for (const TimeSlice& time : time_slices(window)) {
      slices.emplace_back(time);
      if (stamp_ns) break;  // it holds for the whole window
    }
    build_meshes(window, stamp_ns, slices);
    core::parallel_for(slices.size(), [&](std::size_t s) {
      slices[s].sensor =
          build_top(device_.get(), window, slices[s].time, slices[s].instances, false, stamp_ns);
    });
    return std::make_unique<EmbreeCaster>(device_, alone_, window, std::move(slices), stamp_ns);
  }

  // What deforms is built side by side: a crowd takes longer than all the rest.
  void build_meshes(const world::SceneWindow& window, std::optional<std::int64_t> stamp_ns,
                    std::vector<SliceTrees>& slices) {
    struct Deforming {
      std::size_t slice;
      std::uint32_t drawable;
    };
    std::vector<Deforming> deforming;
    for (std::size_t s = 0; s < slices.size(); ++s) {
      slices[s].instances.resize(window.drawables.size());
      for (std::uint32_t d = 0; d < window.drawables.size(); ++d) {
        const world::Drawable& drawable = window.drawables[d];
        slices[s].instances[d] = {d, nullptr};
        if (drawable.steps.empty()) {
          slices[s].instances[d].scene = cache_.rigid(drawable);
        } else {
          deforming.push_back({s, d});
        }
      }
    }
    core::parallel_for(deforming.size(), [&](std::size_t k) {
      const auto [s, d] = deforming[k];
      slices[s].instances[d].scene =
          build_deforming(device_.get(), window, slices[s].time, window.drawables[d], stamp_ns);
    });
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

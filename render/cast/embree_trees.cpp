#include "render/cast/embree_trees.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <unordered_set>

#include "engine/core/parallel.h"
#include "render/scene/deform.h"

namespace oddroad::cast {
namespace {

struct SceneDeleter {
  void operator()(RTCScene scene) const { rtcReleaseScene(scene); }
};

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

// One mesh, with one set of vertices for each time step.
SceneHandle build_mesh_scene(RTCDevice device, const math::TriangleMesh& mesh,
                             const std::vector<const std::vector<math::Vec3f>*>& steps,
                             RTCBuildQuality quality) {
  RTCGeometry geometry = rtcNewGeometry(device, RTC_GEOMETRY_TYPE_TRIANGLE);
  rtcSetGeometryBuildQuality(geometry, quality);
  rtcSetGeometryTimeStepCount(geometry, static_cast<unsigned>(steps.size()));
  for (unsigned s = 0; s < steps.size(); ++s) fill_vertices(geometry, s, *steps[s]);
  void* indices = rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT3,
                                          sizeof(mesh.triangles[0]), mesh.triangles.size());
  std::memcpy(indices, mesh.triangles.data(), mesh.triangles.size() * sizeof(mesh.triangles[0]));
  rtcCommitGeometry(geometry);
  SceneHandle scene = new_scene(device, quality);
  rtcAttachGeometryByID(scene.get(), geometry, 0);
  rtcReleaseGeometry(geometry);
  rtcCommitScene(scene.get());
  return scene;
}

// What a slice has of states at every whole `period_ns` of the window; one holds throughout.
template <typename State>
std::span<const State> within(const std::vector<State>& states, const world::SceneWindow& window,
                              const TimeSlice& slice, std::int64_t period_ns) {
  if (states.size() == 1) return states;
  const std::int64_t first = (slice.begin_ns - window.begin_ns) / period_ns;
  const std::int64_t steps = (slice.end_ns - slice.begin_ns) / period_ns;
  return std::span(states).subspan(static_cast<std::size_t>(first),
                                   static_cast<std::size_t>(steps) + 1);
}

void set_motion(RTCGeometry geometry, std::span<const math::Affine3f> matrices) {
  static_assert(sizeof(math::Affine3f) == 12 * sizeof(float));
  rtcSetGeometryTimeStepCount(geometry, static_cast<unsigned>(matrices.size()));
  for (unsigned s = 0; s < matrices.size(); ++s) {
    rtcSetGeometryTransform(geometry, s, RTC_FORMAT_FLOAT3X4_COLUMN_MAJOR, &matrices[s]);
  }
}

}  // namespace

std::vector<TimeSlice> time_slices(const world::SceneWindow& window) {
  std::vector<TimeSlice> out;
  std::int64_t begin = window.begin_ns;
  do {
    const std::int64_t end = std::min(begin + TimeSlice::kMostNs, window.end_ns);
    out.push_back({begin, end});
    begin = end;
  } while (begin < window.end_ns);
  return out;
}

SceneHandle build_deforming(RTCDevice device, const world::SceneWindow& window,
                            const TimeSlice& slice, const world::Drawable& drawable,
                            std::optional<std::int64_t> stamp_ns) {
  if (stamp_ns) {
    std::vector<math::Vec3f> positions;
    scene::positions_at(window, drawable, *stamp_ns, positions);
    return build_mesh_scene(device, *drawable.mesh, {&positions}, RTC_BUILD_QUALITY_LOW);
  }
  std::vector<const std::vector<math::Vec3f>*> steps;
  for (const auto& step : within(drawable.steps, window, slice, world::kStepNs)) {
    steps.push_back(&step->positions);
  }
  const bool still = std::all_of(steps.begin(), steps.end(), [&](const auto* step) {
    return step == steps.front();
  });
  if (still) steps.resize(1);
  return build_mesh_scene(device, *drawable.mesh, steps, RTC_BUILD_QUALITY_MEDIUM);
}

SceneHandle build_top(RTCDevice device, const world::SceneWindow& window, const TimeSlice& slice,
                      const std::vector<Instance>& instances, bool with_hidden,
                      std::optional<std::int64_t> stamp_ns) {
  SceneHandle top = new_scene(device, RTC_BUILD_QUALITY_MEDIUM);
  for (const Instance& instance : instances) {
    const world::Drawable& drawable = window.drawables[instance.drawable];
    if (drawable.hidden_from_ego && !with_hidden) continue;
    RTCGeometry geometry = rtcNewGeometry(device, RTC_GEOMETRY_TYPE_INSTANCE);
    rtcSetGeometryInstancedScene(geometry, instance.scene.get());
    if (stamp_ns) {
      const math::Affine3f T = math::to_float(world::transform_at(window, drawable, *stamp_ns));
      set_motion(geometry, {&T, 1});
    } else {
      set_motion(geometry, within(drawable.T_world_mesh, window, slice, world::kMillisecondNs));
    }
    rtcCommitGeometry(geometry);
    rtcAttachGeometryByID(top.get(), geometry, instance.drawable);
    rtcReleaseGeometry(geometry);
  }
  rtcCommitScene(top.get());
  return top;
}

namespace {

bool stands_still(const world::Drawable& drawable) {
  return drawable.steps.empty() && drawable.T_world_mesh.size() == 1;
}

void append_bytes(std::string& to, const void* value, std::size_t size) {
  to.append(static_cast<const char*>(value), size);
}

// A mesh's tree has no other's address while a tree of instances holds it.
std::string key_of(const world::SceneWindow& window, const std::vector<Instance>& instances) {
  std::string key;
  for (const Instance& instance : instances) {
    const world::Drawable& drawable = window.drawables[instance.drawable];
    if (drawable.hidden_from_ego) continue;
    const auto* scene = instance.scene.get();
    append_bytes(key, &instance.drawable, sizeof instance.drawable);
    append_bytes(key, &scene, sizeof scene);
    append_bytes(key, &drawable.T_world_mesh.front(), sizeof(math::Affine3f));
  }
  return key;
}

}  // namespace

SceneHandle AloneCache::get(RTCDevice device, const world::SceneWindow& window,
                            const TimeSlice& slice, const std::vector<Instance>& instances,
                            std::optional<std::int64_t> stamp_ns) {
  const bool still = std::all_of(instances.begin(), instances.end(), [&](const Instance& i) {
    return stands_still(window.drawables[i.drawable]);
  });
  if (!still) return build_top(device, window, slice, instances, false, stamp_ns);
  const std::string key = key_of(window, instances);
  {
    const std::scoped_lock lock(mutex_);
    if (const auto known = scenes_.find(key); known != scenes_.end()) {
      known->second.window = window_;
      return known->second.scene;
    }
  }
  Entry entry;
  entry.scene = build_top(device, window, slice, instances, false, stamp_ns);
  for (const Instance& i : instances) entry.models.push_back(window.drawables[i.drawable].model);
  const std::scoped_lock lock(mutex_);
  entry.window = window_;
  return scenes_.emplace(key, std::move(entry)).first->second.scene;
}

std::size_t AloneCache::begin_window() {
  const std::scoped_lock lock(mutex_);
  ++window_;
  std::erase_if(scenes_, [this](const auto& scene) {
    const auto& models = scene.second.models;
    if (scene.second.window + kWindows < window_) return true;
    return std::any_of(models.begin(), models.end(), [](const auto& model) {
      return model.expired();
    });
  });
  return scenes_.size();
}

// A new model may reuse the address of a dead one.
bool MeshCache::knows(const world::Drawable& drawable) const {
  const auto known = scenes_.find(drawable.mesh);
  return known != scenes_.end() && known->second.model.lock() == drawable.model;
}

void MeshCache::prepare(const world::SceneWindow& window) {
  std::vector<const world::Drawable*> fresh;
  {
    const std::scoped_lock lock(mutex_);
    std::unordered_set<const math::TriangleMesh*> seen;
    for (const world::Drawable& d : window.drawables) {
      if (d.steps.empty() && !knows(d) && seen.insert(d.mesh).second) fresh.push_back(&d);
    }
  }
  std::vector<SceneHandle> built(fresh.size());
  core::parallel_for(fresh.size(), [&](std::size_t k) {
    const math::TriangleMesh& mesh = *fresh[k]->mesh;
    built[k] = build_mesh_scene(device_.get(), mesh, {&mesh.positions}, RTC_BUILD_QUALITY_MEDIUM);
  });
  const std::scoped_lock lock(mutex_);
  for (std::size_t k = 0; k < fresh.size(); ++k) {
    if (!knows(*fresh[k])) scenes_[fresh[k]->mesh] = {fresh[k]->model, std::move(built[k])};
  }
}

SceneHandle MeshCache::rigid(const world::Drawable& drawable) {
  const std::scoped_lock lock(mutex_);
  Entry& entry = scenes_[drawable.mesh];
  if (!entry.scene || entry.model.lock() != drawable.model) {
    entry = {drawable.model,
             build_mesh_scene(device_.get(), *drawable.mesh, {&drawable.mesh->positions},
                              RTC_BUILD_QUALITY_MEDIUM)};
  }
  return entry.scene;
}

std::size_t MeshCache::drop_dead() {
  const std::scoped_lock lock(mutex_);
  std::erase_if(scenes_, [](const auto& scene) {
    return scene.second.model.expired();
  });
  return scenes_.size();
}

}  // namespace oddroad::cast

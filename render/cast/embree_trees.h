// Embree's trees: one for each mesh, instances on top. Internal to this module.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <embree3/rtcore.h>

#include "engine/world/scene_window.h"

namespace oddroad::cast {

struct DeviceDeleter {
  void operator()(RTCDevice device) const { rtcReleaseDevice(device); }
};
using DeviceHandle = std::shared_ptr<std::remove_pointer_t<RTCDevice>>;
using SceneHandle = std::shared_ptr<std::remove_pointer_t<RTCScene>>;

// A drawable and the tree of its mesh.
struct Instance {
  std::uint32_t drawable;  // index, without the + 1
  SceneHandle scene;
};

// A piece of a window, whole 10 ms steps, that one tree can hold: Embree allows 129 time steps.
struct TimeSlice {
  static constexpr std::int64_t kMostNs = 120 * world::kMillisecondNs;
  std::int64_t begin_ns = 0;
  std::int64_t end_ns = 0;
};
std::vector<TimeSlice> time_slices(const world::SceneWindow& window);

// A deforming mesh over a slice of the window, or as it is at one instant.
SceneHandle build_deforming(RTCDevice device, const world::SceneWindow& window,
                            const TimeSlice& slice, const world::Drawable& drawable,
                            std::optional<std::int64_t> stamp_ns);

// Instances over a slice of the window, or at one instant. with_hidden: also what the ego's sensors
// do not see.
SceneHandle build_top(RTCDevice device, const world::SceneWindow& window, const TimeSlice& slice,
                      const std::vector<Instance>& instances, bool with_hidden,
                      std::optional<std::int64_t> stamp_ns);

// Trees of rigid meshes outlive a window: kept as long as the model that owns the mesh.
// Thread-safe.
class MeshCache {
 public:
  explicit MeshCache(DeviceHandle device) : device_(std::move(device)) {}
  // Builds what is not known of a window's rigid meshes side by side, ahead of `rigid`.
  void prepare(const world::SceneWindow& window);
  SceneHandle rigid(const world::Drawable& drawable);
  // Lets go of the trees of models that are gone; of the trees that are left: how many.
  std::size_t drop_dead();

 private:
  struct Entry {
    std::weak_ptr<const asset::Model> model;
    SceneHandle scene;
  };
  [[nodiscard]] bool knows(const world::Drawable& drawable) const;
  DeviceHandle device_;
  std::mutex mutex_;
  std::unordered_map<const math::TriangleMesh*, Entry> scenes_;
};

// The trees of single things that stand still, kept from window to window: labels look at most
// things alone, at every frame, and such a tree takes longer to build than the few rays into it. A
// model may live on in other clips where its place here is of no use, so what is not asked for
// goes, too. Thread-safe.
class AloneCache {
 public:
  static constexpr std::size_t kWindows = 16;

  // As build_top without what is hidden.
  SceneHandle get(RTCDevice device, const world::SceneWindow& window, const TimeSlice& slice,
                  const std::vector<Instance>& instances, std::optional<std::int64_t> stamp_ns);
  // Another window begins. Lets go of the trees of models that are gone and of those that none of
  // the last kWindows asked for; of the trees that are left: how many.
  std::size_t begin_window();

 private:
  struct Entry {
    std::vector<std::weak_ptr<const asset::Model>> models;
    SceneHandle scene;
    std::size_t window = 0;  // that asked for it last
  };
  std::mutex mutex_;
  std::unordered_map<std::string, Entry> scenes_;  // by all that build_top looks at
  std::size_t window_ = 0;
};

}  // namespace oddroad::cast

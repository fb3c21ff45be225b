// Corners of triangles in world coordinates, and what is made of them. Drawables that stand still
// are the common case and cost no search in time.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "engine/world/scene_window.h"

namespace oddroad::scene {

class TriangleSource {
 public:
  // The window must outlive it.
  explicit TriangleSource(const world::SceneWindow& window) : window_(&window) {
    places_.reserve(window.drawables.size());
    for (const world::Drawable& d : window.drawables) {
      places_.push_back({d.T_world_mesh.size() == 1 && d.steps.empty(), d.mesh->triangles.data(),
                         d.mesh->positions.data(), math::to_double(d.T_world_mesh.front())});
    }
  }
  [[nodiscard]] bool still(std::uint32_t drawable) const { return places_[drawable].still; }
  // `drawable`: index without the + 1 of records.
  [[nodiscard]] std::array<math::Vec3d, 3> corners(std::uint32_t drawable, std::uint32_t triangle,
                                                   std::int64_t stamp_ns) const {
    const Place& p = places_[drawable];
    if (!p.still) {
      return world::triangle_at(*window_, window_->drawables[drawable], triangle, stamp_ns);
    }
    const auto& index = p.triangles[triangle];
    return {p.T_world_mesh.point(math::Vec3d(p.positions[index[0]])),
            p.T_world_mesh.point(math::Vec3d(p.positions[index[1]])),
            p.T_world_mesh.point(math::Vec3d(p.positions[index[2]]))};
  }
  // corners() mostly waits for memory. Who knows beforehand what it will ask for says so twice: for
  // the indices of all, then for their corners. Hints; nothing for what moves. Always inlined: GCC
  // 12 takes a function of prefetches alone for one without effect, and drops its calls.
  [[gnu::always_inline]] void await_indices(std::uint32_t drawable, std::uint32_t triangle) const {
    const Place& p = places_[drawable];
    if (p.still) __builtin_prefetch(&p.triangles[triangle]);
  }
  [[gnu::always_inline]] void await_corners(std::uint32_t drawable, std::uint32_t triangle) const {
    const Place& p = places_[drawable];
    if (!p.still) return;
    for (const std::uint32_t vertex : p.triangles[triangle])
      __builtin_prefetch(&p.positions[vertex]);
  }

 private:
  struct Place {
    bool still;
    const std::array<std::uint32_t, 3>* triangles;
    const math::Vec3f* positions;
    math::Affine3d T_world_mesh;  // of the window's first instant
  };
  const world::SceneWindow* window_;
  std::vector<Place> places_;
};

// What was made of the triangles met last: a pixel and those around it, on this row and the next,
// name the same ones again and again.
template <typename Value>
class TriangleCache {
 public:
  [[nodiscard]] bool has(std::uint32_t drawable, std::uint32_t triangle,
                         std::int64_t stamp_ns) const {
    const Key& key = keys_[slot_of(drawable, triangle)];
    return key.drawable == drawable && key.triangle == triangle && key.stamp_ns == stamp_ns;
  }
  // What get() will read or write begins to load. A hint.
  [[gnu::always_inline]] void await(std::uint32_t drawable, std::uint32_t triangle) const {
    const auto* value = reinterpret_cast<const char*>(&values_[slot_of(drawable, triangle)]);
    __builtin_prefetch(value);
    __builtin_prefetch(value + sizeof(Value) - 1);
  }
  // `made()` is called where the triangle (of drawable index + 1, at an instant) is not at hand.
  // The reference holds until the next call.
  template <typename Make>
  const Value& get(std::uint32_t drawable, std::uint32_t triangle, std::int64_t stamp_ns,
                   const Make& made) {
    const std::size_t slot = slot_of(drawable, triangle);
    if (!has(drawable, triangle, stamp_ns)) {
      keys_[slot] = {drawable, triangle, stamp_ns};
      values_[slot] = made();
    }
    return values_[slot];
  }

 private:
  static constexpr std::size_t kSlots = 4096;  // what a few rows of foliage name
  static std::size_t slot_of(std::uint32_t drawable, std::uint32_t triangle) {
    return (triangle * 2654435761u ^ drawable * 40503u) % kSlots;
  }
  struct Key {
    std::uint32_t drawable = 0;  // 0: nothing at hand
    std::uint32_t triangle = 0;
    std::int64_t stamp_ns = 0;
  };
  std::vector<Key> keys_ = std::vector<Key>(kSlots);
  std::unique_ptr<Value[]> values_ = std::make_unique_for_overwrite<Value[]>(kSlots);
};

}  // namespace oddroad::scene

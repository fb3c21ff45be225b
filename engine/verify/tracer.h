// Double-precision rays into a scene window, each at its own instant. Motion is what
// world::transform_at and world::vertex_at say: matrices linear between whole milliseconds,
// vertices linear between whole 10 ms steps.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/verify/mesh_tree.h"
#include "engine/verify/ray.h"
#include "engine/world/scene_window.h"

namespace oddroad::verify {

struct Hit {
  std::uint32_t drawable = 0;  // index into SceneWindow::drawables
  std::uint32_t triangle = 0;
  double t = 0;            // in lengths of the ray's direction
  math::Vec3d weights{0};  // of the triangle's corners
};

class Tracer {
 public:
  // Borrows both; the window's meshes must outlive the trees. `with_ego`: for a sensor that sees
  // the vehicle that carries it.
  Tracer(const world::SceneWindow& window, MeshTrees& trees, bool with_ego = false);
  ~Tracer();

  // The nearest thing that the sensor can see. Of two at one distance, the first drawable's
  // first triangle.
  [[nodiscard]] std::optional<Hit> nearest(const Ray& ray) const;
  // The nearest of the given drawables, as if nothing else were there.
  [[nodiscard]] std::optional<Hit> nearest_of(const Ray& ray,
                                              std::span<const std::uint32_t> drawables) const;
  // Everything that the sensor can see up to a distance, in no order.
  [[nodiscard]] std::vector<Hit> all(const Ray& ray, double t_max) const;

  [[nodiscard]] const world::SceneWindow& window() const { return window_; }
  // Around a drawable over the whole window, world frame.
  [[nodiscard]] const FloatBox& bounds(std::uint32_t drawable) const;

 private:
  struct Body;
  template <typename Found>
  void hits_of(std::uint32_t drawable, const Ray& ray, double& limit, const Found& found) const;

  const world::SceneWindow& window_;
  std::vector<Body> bodies_;
  std::vector<std::uint32_t> seen_;  // bodies in the tree
  BoxTree tree_;
};

}  // namespace oddroad::verify

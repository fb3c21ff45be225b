// The world between two instants: what sensors look at. Immutable once built.
//
// Motion IS piecewise linear, for every consumer: rigid parts by 3x4 float matrices at whole
// milliseconds, skinned vertices at whole 10 ms steps. A window is widened to whole 10 ms steps and
// spans at most a second and what that widens it by.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/asset/model.h"
#include "engine/core/ids.h"
#include "engine/math/affine.h"
#include "engine/math/bounds.h"
#include "engine/world/lights.h"
#include "engine/world/static_world.h"
#include "engine/world/timeline.h"

namespace oddroad::world {

// Vertices of a deforming part at one 10 ms step, in the model frame.
struct DeformedStep {
  std::vector<math::Vec3f> positions;
  std::vector<math::Vec3f> normals;
  math::Aabb bounds;  // of the positions
};

// One mesh with one id: the unit that renderers draw. Drawable d of a window is written as d + 1
// in visibility records; 0 is nothing.
struct Drawable {
  core::InstanceId instance;
  core::ClassId class_id;
  asset::PartRole role = asset::PartRole::kBody;
  bool hidden_from_ego = false;  // casts shadows but is not seen by the ego's own sensors
  std::shared_ptr<const asset::Model> model;  // keeps mesh and materials alive
  const math::TriangleMesh* mesh = nullptr;   // topology, uvs; rest vertices
  // One entry = it does not move in this window; else one per whole millisecond of the window.
  std::vector<math::Affine3f> T_world_mesh;
  // Empty for rigid drawables; else one per whole 10 ms step of the window.
  std::vector<std::shared_ptr<const DeformedStep>> steps;
};

// What labels need to know of a thing in the window.
struct InstanceInfo {
  core::InstanceId id;
  core::ClassId class_id;
  std::string name;
  std::string type;
  bool is_ego = false;
  bool labelled_box = true;
  core::InstanceId rides;
  const Actor* actor = nullptr;  // null for static things; outlives the window
  const asset::Model* model = nullptr;
  math::Affine3d T_world_model;          // static things only
  std::vector<std::uint32_t> drawables;  // indices into SceneWindow::drawables
};

struct SceneWindow {
  std::int64_t begin_ns = 0;  // whole 10 ms steps
  std::int64_t end_ns = 0;
  std::vector<Drawable> drawables;      // ascending instance id
  std::vector<InstanceInfo> instances;  // ascending instance id
  std::vector<Light> lights;            // ascending instance id
  Environment environment;
  const Actor* ego = nullptr;  // outlives the window

  [[nodiscard]] const InstanceInfo* find(core::InstanceId id) const;
};

// Builds windows of one clip. Borrows timeline and static world: both must outlive the windows.
class SceneBuilder {
 public:
  SceneBuilder(const Timeline& timeline, const StaticWorld& stage);
  // Window around [begin_ns, end_ns], widened to whole 10 ms steps and clamped to the timeline. Who
  // is there, and what lights show, is decided at stamp_ns (by default in the middle) and holds for
  // all of it; an actor whose life begins or ends inside stands still in the rest.
  [[nodiscard]] SceneWindow window(std::int64_t begin_ns, std::int64_t end_ns,
                                   std::optional<std::int64_t> stamp_ns = std::nullopt) const;

 private:
  const Timeline& timeline_;
  const StaticWorld& stage_;
};

// The matrix of a drawable at an instant of the window: linear between whole milliseconds, in
// double from the float matrices.
math::Affine3d transform_at(const SceneWindow& window, const Drawable& drawable,
                            std::int64_t stamp_ns);
// Position of a vertex in the mesh frame at an instant (linear between 10 ms steps).
math::Vec3d vertex_at(const SceneWindow& window, const Drawable& drawable, std::uint32_t vertex,
                      std::int64_t stamp_ns);
// The three corners of a triangle in world coordinates at an instant.
std::array<math::Vec3d, 3> triangle_at(const SceneWindow& window, const Drawable& drawable,
                                       std::uint32_t triangle, std::int64_t stamp_ns);

// Which drawable of `other` is the same part of the same thing, for each drawable of `window`; -1
// where the thing is not there. Both windows are of one clip, whose actors come and go.
std::vector<std::int32_t> counterparts(const SceneWindow& window, const SceneWindow& other);

}  // namespace oddroad::world

// A thing that can be placed in the world: meshes in the model frame, materials, and for living
// things a deformer that turns an articulation into vertices.
//
// Model frame: x forward, y left, z up, metres. Origin: vehicles on the ground below the middle of
// the rear axle (ISO 8855, as DESIGN fixes for the ego); people and animals on the ground below the
// pelvis; riders share the frame of what they ride; everything else on the ground at its middle.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/asset/keypoints.h"
#include "engine/asset/luminaire.h"
#include "engine/asset/material.h"
#include "engine/math/affine.h"
#include "engine/math/bounds.h"
#include "engine/math/mesh.h"

namespace oddroad::asset {

enum class PartRole {
  kBody,    // rigid, belongs to the 3-D box
  kMirror,  // rigid, outside the 3-D box
  kWheel,   // turns about its y axis; steers about z if steered
  kSkin,    // vertices come from the deformer
  kDoor,    // swings about the z axis of its frame, the hinge; belongs to the 3-D box as closed
};

struct Part {
  std::string name;
  PartRole role = PartRole::kBody;
  std::shared_ptr<const math::TriangleMesh> mesh;  // in the part frame
  math::Affine3d T_model_part;                     // rest pose; a wheel's frame sits in its hub
  double wheel_radius_m = 0;                       // kWheel only
  bool steered = false;                            // kWheel only
  // Doors and what is mounted on them: +1 or -1, the sense of turning about the frame's +z that
  // opens the door; 0 = does not swing.
  double door_turn = 0;
};

// How a body is moving; everything a deformer may need. Distances drive gait, so feet do not slide.
struct Articulation {
  enum class Mode { kStand, kWalk, kRun, kCycle } mode = Mode::kStand;
  double speed_mps = 0;
  double travelled_m = 0;  // path length since the start of the clip
  double walk_weight = 0;  // 0 = standing pose, 1 = full gait at this speed (blends start and stop)
  // People: 0 = walking, 1 = running. Quadrupeds: 0 = walk, 1 = trot, 2 = gallop. Birds: 0 = on the
  // ground, 1 = flying.
  double run_weight = 0;
  double phase = 0;         // gait cycle in [0, 1) of the right leg, or pedal angle / 2 pi
  double phase_offset = 0;  // fixed per person so that no two walk in step
  double steer_rad = 0;     // handlebar
  // How far the body has left the upright for `rest`: 0 = not at all, 1 = there (a fall, lying
  // down).
  enum class Rest { kProne, kSupine, kSide } rest = Rest::kProne;
  double rest_weight = 0;
  double look_yaw_rad = 0;    // of the head, to the left of where it would look by itself
  double look_pitch_rad = 0;  // of the head, downwards
  double door_rad = 0;        // how far doors (PartRole::kDoor) stand open
  bool operator==(const Articulation&) const = default;
};

// How a body moves at a speed: what Articulation's walk_weight and run_weight should be.
struct GaitWeights {
  double walk = 0;
  double run = 0;
};

// Vertices of the kSkin part for an articulation, in the model frame. Same vertex order, triangles
// and uvs as the part's rest mesh. Pure: equal arguments give equal bits.
class Deformer {
 public:
  virtual ~Deformer() = default;
  virtual void deform(const Articulation& articulation, std::vector<math::Vec3f>& positions,
                      std::vector<math::Vec3f>& normals) const = 0;
  // Advances the phase by a travelled distance (metres) at the given speed.
  [[nodiscard]] virtual double phase_per_metre(double speed_mps) const = 0;
  // What this body does at a speed by itself; stands still for ever unless overridden.
  [[nodiscard]] virtual GaitWeights natural_gait(double /*speed_mps*/) const { return {}; }
  // The keypoints for an articulation, in the model frame, in the order of Model::keypoints; none
  // for bodies without. Pure.
  [[nodiscard]] virtual std::vector<math::Vec3d> keypoints(const Articulation&) const { return {}; }
};

// A lamp that can be lit: triangles of material `off` are shown with material `on` while it is.
// Both index Model::materials and differ in emission alone.
struct Lamp {
  std::string name;  // "red", "green", "brake", "indicator_left", ...
  std::uint16_t off = 0;
  std::uint16_t on = 0;
  int side = 0;  // +1: only triangles whose middle has y > 0, -1: y < 0, in the model frame
};

struct Model {
  std::string name;        // catalog name: "car.hatchback"
  std::string class_name;  // ontology name: "car"
  std::vector<Part> parts;
  std::vector<Material> materials;  // Part meshes index this list
  std::vector<Texture> textures;
  std::vector<Lamp> lamps;                   // all off as modelled
  std::vector<Luminaire> luminaires;         // what gives light once its lamp is lit
  std::shared_ptr<const Deformer> deformer;  // null for rigid things
  std::vector<KeypointAnchor> keypoints;     // fixed order per kind of thing (keypoints.h)

  // Rest-pose body without mirrors (parts kBody and kWheel, rest pose), model frame. For deforming
  // things: the standing rest pose. The constant 3-D box of a vehicle; the track size of a person.
  math::Aabb box;
  double wheelbase_m = 0;       // vehicles and bicycles, else 0
  double front_overhang_m = 0;  // front axle to foremost point
  double max_steer_rad = 0;
  double height_m = 0;

  [[nodiscard]] double length_m() const { return box.size().x; }
  [[nodiscard]] double width_m() const { return box.size().y; }
};

// Where a part lies when doors stand open by an angle (Articulation::door_rad), model frame.
math::Affine3d open_door(const Part& part, double door_rad);

// Box of all parts of the given roles in rest pose.
math::Aabb rest_bounds(const Model& model, bool with_mirrors);

}  // namespace oddroad::asset

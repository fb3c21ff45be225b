// Skinning for bodies of any bones: animals and birds. A vertex follows one bone by its weight and
// that bone's parent by the rest, turning about the joint that both share (as person_skin.h does
// for people).
#pragma once

#include <cstdint>
#include <vector>

#include "engine/math/affine.h"
#include "engine/math/mesh.h"

namespace oddroad::asset {

// Bind pose: all rotations identity.
struct BoneRig {
  std::vector<math::Vec3d> joint;    // where each bone begins
  std::vector<std::uint8_t> parent;  // the root is its own
};
struct RigPose {
  std::vector<math::Vec3d> joint;
  std::vector<glm::dquat> rotation;
};
RigPose bind_pose(const BoneRig& rig);

struct BoneWeight {
  std::uint8_t bone = 0;
  float weight = 1;
};

// A mesh in the bind pose that grows piece by piece.
struct SkinnedMesh {
  math::TriangleMesh mesh;
  std::vector<BoneWeight> weights;  // one a vertex

  void append(const math::TriangleMesh& piece, BoneWeight weight);
  // weight_of maps each vertex of the piece.
  template <typename F>
  void append_with(const math::TriangleMesh& piece, F weight_of) {
    mesh.append(piece);
    for (const math::Vec3f& p : piece.positions) weights.push_back(weight_of(p));
  }
};

void skin(const BoneRig& rig, const RigPose& pose, const SkinnedMesh& body,
          std::vector<math::Vec3f>& positions, std::vector<math::Vec3f>& normals);

}  // namespace oddroad::asset

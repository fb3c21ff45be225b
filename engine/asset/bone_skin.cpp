#include "engine/asset/bone_skin.h"

#include <glm/gtc/quaternion.hpp>

namespace oddroad::asset {

RigPose bind_pose(const BoneRig& rig) {
  return {rig.joint, std::vector<glm::dquat>(rig.joint.size(), glm::dquat(1, 0, 0, 0))};
}

void SkinnedMesh::append(const math::TriangleMesh& piece, BoneWeight weight) {
  mesh.append(piece);
  weights.resize(mesh.positions.size(), weight);
}

void skin(const BoneRig& rig, const RigPose& pose, const SkinnedMesh& body,
          std::vector<math::Vec3f>& positions, std::vector<math::Vec3f>& normals) {
  const std::size_t count = body.mesh.positions.size();
  positions.resize(count);
  normals.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const BoneWeight w = body.weights[i];
    glm::dquat turn = pose.rotation[w.bone];
    if (w.weight < 1) {
      turn = glm::normalize(
          glm::slerp(pose.rotation[rig.parent[w.bone]], turn, static_cast<double>(w.weight)));
    }
    const math::Vec3d arm = math::Vec3d(body.mesh.positions[i]) - rig.joint[w.bone];
    positions[i] = math::Vec3f(pose.joint[w.bone] + turn * arm);
    normals[i] = glm::normalize(math::Vec3f(turn * math::Vec3d(body.mesh.normals[i])));
  }
}

}  // namespace oddroad::asset

// Skin weights and the deformation of a clothed body. Each vertex follows one bone by its weight
// and that bone's parent by the rest. Both hold the joint between them in the same place, so the
// vertex turns about that joint by the blended rotation: limbs neither collapse nor stretch where
// they bend, as linear blending of matrices would.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/asset/skeleton.h"
#include "engine/math/mesh.h"

namespace oddroad::asset {

struct SkinVertex {
  std::uint8_t bone = 0;
  float weight = 1;  // of the bone; its parent has the rest
};

// Vertices of `bind` moved from the bind pose; normals turn with them.
void skin(const Skeleton& skeleton, const SkeletonPose& pose, const math::TriangleMesh& bind,
          const std::vector<SkinVertex>& weights, std::vector<math::Vec3f>& positions,
          std::vector<math::Vec3f>& normals);

// Where on the body a point of the bind pose belongs.
class SkinWeights {
 public:
  SkinWeights(const Skeleton& skeleton, const BodyShape& shape);
  [[nodiscard]] SkinVertex trunk(const math::Vec3d& p) const;  // pelvis to head, either side
  [[nodiscard]] SkinVertex arm(const math::Vec3d& p, int side) const;
  [[nodiscard]] SkinVertex leg(const math::Vec3d& p, int side) const;
  [[nodiscard]] SkinVertex foot(const math::Vec3d& p, int side) const;
  static SkinVertex rigid(std::uint8_t bone) { return {bone, 1}; }

 private:
  [[nodiscard]] double shoulder(const math::Vec3d& p, int side, bool sleeve) const;
  [[nodiscard]] double hip(const math::Vec3d& p, int side) const;
  const Skeleton skeleton_;
  double h_;
  double crotch_z_;
  double chest_half_breadth_;
};

}  // namespace oddroad::asset

#include "engine/asset/person_keypoints.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/head_shape.h"

namespace oddroad::asset {

using math::Vec3d;

namespace {

// Lines of sight meet a limb aslant and pass through more than its radius.
constexpr double kSlant = 1.5;

const BodySection& section_at(const std::vector<BodySection>& sections, double at) {
  return *std::min_element(sections.begin(), sections.end(),
                           [at](const BodySection& a, const BodySection& b) {
                             return std::abs(a.at - at) < std::abs(b.at - at);
                           });
}

// How deep each joint lies in flesh and cloth, metres.
struct Depths {
  double shoulder, elbow, wrist, hip, knee, ankle;
};

Depths depths(const PersonTraits& traits) {
  const BodyShape& s = traits.shape;
  const double h = s.stature_m;
  // A trunk counts by its depth: no shoulder or hip is to be seen through it from the other side.
  const auto trunk = [&](double at) {
    return kSlant * .5 * h * section_at(s.torso, at).depth;
  };
  const auto limb = [&](const std::vector<BodySection>& sections, double at) {
    const BodySection& section = section_at(sections, at);
    return kSlant * .5 * h * std::max(section.breadth, section.depth);
  };
  // Folds and hems included; children's clothes are not as much thinner as children are smaller.
  const double scale = .45 + .55 * h / 1.75;
  const double coat = scale * (traits.outfit.upper == Upper::kParka ? .040 : .022);
  const double cloth = scale * .022;
  const double wrist = s.arm.back().at;
  const double elbow = wrist * s.upper_arm / (s.upper_arm + s.forearm);
  return {trunk(s.shoulder) + coat,    limb(s.arm, elbow) + coat,
          limb(s.arm, wrist) + coat,   trunk(s.hip) + coat,
          limb(s.leg, s.knee) + cloth, limb(s.leg, s.leg.back().at) + cloth};
}

}  // namespace

std::vector<BonePoint> person_keypoints(const PersonTraits& traits, const Skeleton& skeleton) {
  const HeadShape head(traits);
  const HeadFrame frame = head_frame(traits.shape);
  const double face = frame.scale.z;  // chin to crown, metres
  std::vector<BonePoint> points;
  points.push_back({"nose", kHead, frame.point(head.nose_tip()), .15 * face});
  const auto both = [&](const char* name, Bone bone, double reach_m, const auto& place) {
    for (int side = 0; side < 2; ++side) {
      points.push_back({std::string(side == 0 ? "left_" : "right_") + name, bone_of(bone, side),
                        place(side), reach_m});
    }
  };
  const auto joint = [&](const char* name, Bone bone, double reach_m) {
    both(name, bone, reach_m, [&](int side) {
      return skeleton.joint[bone_of(bone, side)];
    });
  };
  // Less than from temple to eye, so that no eye is seen from behind.
  both("eye", kHead, .05 * face, [&](int side) {
    return frame.point(head.eye(side_sign(side)));
  });
  // Under long hair, too.
  both("ear", kHead, .21 * face, [&](int side) {
    const double sign = side_sign(side);
    return frame.point(head.ear_root(sign) + Vec3d(-.010, sign * .035, 0));
  });
  const Depths depth = depths(traits);
  joint("shoulder", kUpperArm, depth.shoulder);
  joint("elbow", kForearm, depth.elbow);
  joint("wrist", kHand, depth.wrist);
  joint("hip", kThigh, depth.hip);
  joint("knee", kShank, depth.knee);
  joint("ankle", kFoot, depth.ankle);
  return points;
}

std::vector<Vec3d> posed(const std::vector<BonePoint>& points, const Skeleton& skeleton,
                         const SkeletonPose& pose) {
  std::vector<Vec3d> out;
  out.reserve(points.size());
  for (const BonePoint& p : points) {
    out.push_back(pose[p.bone].joint + pose[p.bone].rotation * (p.bind_m - skeleton.joint[p.bone]));
  }
  return out;
}

}  // namespace oddroad::asset

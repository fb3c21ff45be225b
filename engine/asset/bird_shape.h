// Measures, bones and meshes of a bird; bird.cpp poses them.
#pragma once

#include "engine/asset/bone_skin.h"
#include "engine/asset/prop.h"

namespace oddroad::asset {

enum class BirdKind { kPigeon, kCrow, kGoose };

struct BirdShape {
  BirdKind kind = BirdKind::kPigeon;
  double length_m = 0;  // bill to tail, stretched
  double span_m = 0;
  double hip_m = 0;                    // height of the hip joints when standing
  double pitch_rad = 0;                // of the body when standing
  double body_m = 0, body_half_m = 0;  // body without tail, half its depth
  double neck_m = 0, neck_rad = 0;     // length, above the horizontal when standing
  double head_m = 0, bill_m = 0;
  double tail_m = 0;
  double chord_m = 0;  // of the wing at the body
  double beat_hz = 0;
  double head_hold = 0;  // share of the head's still phase, 0 = the head just rides along
};
BirdShape bird_shape(BirdKind kind, const PropNumbers& numbers);

namespace bird_bone {
enum : std::uint8_t { kBody, kNeck, kHead, kTail, kFirstLeg };
enum Segment : std::uint8_t { kShank, kTarsus, kToes, kSegments };
constexpr std::uint8_t of(int side, Segment segment) {
  return static_cast<std::uint8_t>(kFirstLeg + side * kSegments + segment);
}
inline constexpr int kCount = kFirstLeg + 2 * kSegments;
}  // namespace bird_bone
BoneRig bird_rig(const BirdShape& shape);

// The wing in its two states; which of the body's vertices are wing, in order.
struct WingPoint {
  int side = 0;      // 0 left
  double span = 0;   // 0 shoulder ... 1 tip
  double chord = 0;  // 0 leading ... 1 trailing edge
  double thick = 0;  // over (+) or under (-) the plate, metres
};
struct BirdBody {
  SkinnedMesh skinned;  // wings folded
  std::size_t first_wing = 0;
  std::vector<WingPoint> wing;  // of vertices first_wing onwards
};
BirdBody build_bird(const BirdShape& shape, const BoneRig& rig);
// Spread wing in the frame of a level body at the shoulder, for a stroke angle of arm and hand.
math::Vec3d spread_point(const BirdShape& shape, const WingPoint& point, double arm_rad,
                         double hand_rad);

enum BirdMaterial : std::uint16_t {
  kPlumage,
  kPlumageDark,
  kPlumageLight,
  kBill,
  kBirdLegs,
  kBirdEye
};
std::vector<Material> bird_materials(BirdKind kind);

}  // namespace oddroad::asset

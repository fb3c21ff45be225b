#include "engine/asset/bird.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/asset/animal_gait.h"
#include "engine/asset/bird_shape.h"

namespace oddroad::asset {

namespace {

using math::Vec3d;
using namespace bird_bone;

constexpr double kTurn = 2 * std::numbers::pi;

double smooth(double a, double b, double x) {
  const double u = std::clamp((x - a) / (b - a), 0.0, 1.0);
  return u * u * (3 - 2 * u);
}
double wrap(double phase) {
  return phase - std::floor(phase);
}
glm::dquat about_y(double angle) {
  return glm::angleAxis(angle, Vec3d(0, 1, 0));
}
double angle_of(const Vec3d& d) {
  return std::atan2(d.x, -d.z);
}

class BirdDeformer : public Deformer {
 public:
  BirdDeformer(const BirdShape& shape, BoneRig rig, BirdBody body)
      : shape_(shape), rig_(std::move(rig)), body_(std::move(body)) {}

  void deform(const Articulation& a, std::vector<math::Vec3f>& positions,
              std::vector<math::Vec3f>& normals) const override {
    const RigPose pose = pose_of(a);
    skin(rig_, pose, body_.skinned, positions, normals);
    const double fly = std::clamp(a.run_weight, 0.0, 1.0) * std::clamp(a.walk_weight, 0.0, 1.0);
    if (fly > 0) spread(pose, wrap(a.phase + a.phase_offset), fly, positions, normals);
  }

  [[nodiscard]] double phase_per_metre(double speed_mps) const override {
    const double fly = natural_gait(speed_mps).run;
    const double walk = 1 / animal_stride_m(shape_.hip_m, speed_mps);
    return walk + fly * (shape_.beat_hz / std::max(speed_mps, .5) - walk);
  }
  // Faster than a hurried walk is flight.
  [[nodiscard]] GaitWeights natural_gait(double speed_mps) const override {
    const double top = std::sqrt(1.2 * 9.81 * shape_.hip_m);
    return {smooth(.02, .12, speed_mps), smooth(top, 1.6 * top, speed_mps)};
  }

 private:
  [[nodiscard]] RigPose pose_of(const Articulation& a) const {
    const double walk = std::clamp(a.walk_weight, 0.0, 1.0);
    const double fly = std::clamp(a.run_weight, 0.0, 1.0) * walk;
    const double cycle = a.phase + a.phase_offset;
    RigPose out = bind_pose(rig_);
    const auto& joint = rig_.joint;
    const double stride = animal_stride_m(shape_.hip_m, a.speed_mps);
    // In the air the body goes up against the beating wings and lies level.
    const double air = fly * .04 * shape_.span_m * std::cos(kTurn * (cycle - .55));
    out.joint[kBody] += Vec3d(0, 0, air - walk * (1 - fly) * .03 * shape_.hip_m);
    out.rotation[kBody] = about_y(fly * .92 * shape_.pitch_rad);
    const auto hang = [&](int bone, int parent) {
      out.joint[bone] = out.joint[parent] + out.rotation[parent] * (joint[bone] - joint[parent]);
    };
    hang(kNeck, kBody);
    const double thrust = walk * (1 - fly) * head_shift(cycle, stride) / shape_.neck_m;
    const double reach = fly * (shape_.kind == BirdKind::kGoose ? .92 : .75) * shape_.neck_rad;
    const double nod = std::clamp(a.look_pitch_rad, -.5, 1.8);
    const glm::dquat turn = glm::angleAxis(a.look_yaw_rad, Vec3d(0, 0, 1));
    out.rotation[kNeck] = about_y(std::clamp(thrust, -.6, .6) + reach + .8 * nod);
    hang(kHead, kNeck);
    out.rotation[kHead] = turn * about_y(.6 * nod);
    hang(kTail, kBody);
    out.rotation[kTail] = out.rotation[kBody];
    for (int side = 0; side < 2; ++side) pose_leg(side, cycle, stride, walk, fly, out);
    return out;
  }

  // The head stands still in the world for head_hold of each step, then thrusts ahead.
  [[nodiscard]] double head_shift(double cycle, double stride) const {
    const double hold = shape_.head_hold;
    if (hold <= 0) return 0;
    const double u = wrap(2 * cycle);
    const double back = .5 * stride * hold;
    return u < hold ? .5 * back - back * u / hold : -.5 * back + back * smooth(hold, 1, u);
  }

  void pose_leg(int side, double cycle, double stride, double walk, double fly,
                RigPose& out) const {
    constexpr double kDuty = .6;
    const auto& joint = rig_.joint;
    const Vec3d rest = joint[of(side, kToes)];
    Vec3d foot = rest;
    double pitch = 0;
    if (walk > 0 && fly < 1) {
      const double p = wrap(cycle + (side == 0 ? .5 : 0));
      const double half = .5 * kDuty * stride;
      const double step = smooth(0, .5, stride / shape_.hip_m);
      if (p <= kDuty) {
        foot.x += half - p * stride;
      } else {
        const double u = (p - kDuty) / (1 - kDuty);
        const double arch = std::pow(std::sin(std::numbers::pi * u), 1.2);
        foot.x += -half * std::cos(std::numbers::pi * u);
        pitch = -1.0 * step * arch * (1 - u);
        foot.z += step * arch * (.16 * shape_.hip_m) - .30 * shape_.hip_m * std::sin(pitch);
      }
      foot = glm::mix(rest, foot, walk);
      pitch *= walk;
    }
    // Trailing under the tail in flight.
    const Vec3d hip =
        out.joint[kBody] + out.rotation[kBody] * (joint[of(side, kShank)] - joint[kBody]);
    const double upper = glm::length(joint[of(side, kTarsus)] - joint[of(side, kShank)]);
    const double lower = glm::length(rest - joint[of(side, kTarsus)]);
    const Vec3d trail = hip + Vec3d(-.93 * (upper + lower), 0, -.22 * (upper + lower));
    foot = glm::mix(foot, trail, fly);
    pitch = pitch + fly * (-1.3 - pitch);
    const Vec3d d(foot.x - hip.x, 0, foot.z - hip.z);
    const double length = std::clamp(std::hypot(d.x, d.z), std::abs(upper - lower) + 1e-6,
                                     (upper + lower) * (1 - 1e-9));
    const Vec3d along = d / std::max(1e-9, std::hypot(d.x, d.z));
    const double cosine = (upper * upper + length * length - lower * lower) / (2 * upper * length);
    const Vec3d back(along.z, 0, -along.x);  // heels point backwards
    const Vec3d heel = hip + along * (upper * cosine) +
                       back * (upper * std::sqrt(std::max(0.0, 1 - cosine * cosine)));
    const Vec3d at[] = {hip, Vec3d(heel.x, hip.y, heel.z), foot};
    const Vec3d was[] = {joint[of(side, kShank)], joint[of(side, kTarsus)], rest};
    for (int k = 0; k < kSegments; ++k) {
      const auto bone = of(side, static_cast<Segment>(k));
      out.joint[bone] = at[k];
      out.rotation[bone] =
          k < kToes ? about_y(angle_of(was[k + 1] - was[k]) - angle_of(at[k + 1] - at[k]))
                    : about_y(-pitch);
    }
  }

  void spread(const RigPose& pose, double phase, double fly, std::vector<math::Vec3f>& positions,
              std::vector<math::Vec3f>& normals) const {
    // Downstroke a little longer than upstroke, the hand lags behind the arm.
    const double arm = .12 + .62 * std::cos(kTurn * phase);
    const double hand = .05 + .95 * std::cos(kTurn * (phase - .08));
    const double open = smooth(0, 1, fly);
    const glm::dquat level = pose.rotation[kBody] * about_y(-shape_.pitch_rad);
    for (std::size_t i = 0; i < body_.wing.size(); ++i) {
      const std::size_t v = body_.first_wing + i;
      const Vec3d out = pose.joint[kBody] + level * spread_point(shape_, body_.wing[i], arm, hand);
      positions[v] = glm::mix(positions[v], math::Vec3f(out), static_cast<float>(open));
      normals[v] = math::Vec3f(0);
    }
    const auto& mesh = body_.skinned.mesh;
    for (const auto& t : mesh.triangles) {
      if (t[0] < body_.first_wing) continue;
      const math::Vec3f face =
          glm::cross(positions[t[1]] - positions[t[0]], positions[t[2]] - positions[t[0]]);
      for (const std::uint32_t k : t) normals[k] += face;
    }
    for (std::size_t v = body_.first_wing; v < normals.size(); ++v) {
      const float length = glm::length(normals[v]);
      normals[v] = length > 0 ? normals[v] / length : math::Vec3f(0, 0, 1);
    }
  }

  BirdShape shape_;
  BoneRig rig_;
  BirdBody body_;
};

template <BirdKind kKind>
ModelSize bird_size(const PropNumbers& numbers) {
  const BirdShape s = bird_shape(kKind, numbers);
  const BoneRig rig = bird_rig(s);
  const double front = rig.joint[kHead].x + .8 * s.head_m + s.bill_m;
  const double rear = -rig.joint[kTail].x + .98 * s.tail_m * std::cos(s.pitch_rad);
  return {front + rear, 2.1 * s.body_half_m, rig.joint[kHead].z + .6 * s.head_m, rear, 0};
}

template <BirdKind kKind>
Model make_bird(const PropNumbers& numbers) {
  const BirdShape shape = bird_shape(kKind, numbers);
  BoneRig rig = bird_rig(shape);
  BirdBody body = build_bird(shape, rig);
  Model model;
  model.name = numbers.type();
  model.class_name = "animal";
  model.materials = bird_materials(kKind);
  auto rest = std::make_shared<math::TriangleMesh>(body.skinned.mesh);
  model.deformer = std::make_shared<BirdDeformer>(shape, std::move(rig), std::move(body));
  model.deformer->deform({}, rest->positions, rest->normals);
  model.box = rest->bounds();
  model.height_m = model.box.upper.z;
  Part part;
  part.name = "body";
  part.role = PartRole::kSkin;
  part.mesh = std::move(rest);
  model.parts.push_back(std::move(part));
  return model;
}

}  // namespace

std::vector<PropType> bird_types() {
  return {{"animal.crow",
           {{"length", .35, .60, .47, true}},
           bird_size<BirdKind::kCrow>,
           make_bird<BirdKind::kCrow>},
          {"animal.goose",
           {{"length", .60, 1.1, .85, true}},
           bird_size<BirdKind::kGoose>,
           make_bird<BirdKind::kGoose>},
          {"animal.pigeon",
           {{"length", .26, .40, .33, true}},
           bird_size<BirdKind::kPigeon>,
           make_bird<BirdKind::kPigeon>}};
}

}  // namespace oddroad::asset

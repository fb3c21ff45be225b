#include "engine/asset/person.h"

#include <algorithm>

#include "engine/asset/bicycle_rider.h"
#include "engine/asset/clothing.h"
#include "engine/asset/person_carry.h"
#include "engine/asset/person_keypoints.h"
#include "engine/asset/person_rest.h"
#include "engine/asset/rider_seat.h"

namespace oddroad::asset {

namespace {

// How this person is posed: by a gait, by pedals, or by a seat.
struct Posture {
  std::optional<RiderFit> pedals;
  std::optional<SeatContact> seat;
  Carry carry = Carry::kNothing;
};

// Body, clothes and skeleton of one person; the pose comes from the gait or from what is ridden.
class PersonDeformer : public Deformer {
 public:
  PersonDeformer(Skeleton skeleton, GaitStyle style, std::shared_ptr<const BodyMesh> body,
                 std::vector<BonePoint> keypoints, Posture posture)
      : skeleton_(std::move(skeleton)),
        style_(style),
        body_(std::move(body)),
        keypoints_(std::move(keypoints)),
        posture_(std::move(posture)) {}

  void deform(const Articulation& articulation, std::vector<math::Vec3f>& positions,
              std::vector<math::Vec3f>& normals) const override {
    skin(skeleton_, pose(articulation), body_->mesh, body_->weights, positions, normals);
    if (articulation.rest_weight <= 0) return;
    const auto rise = static_cast<float>(-lowest(positions));
    for (math::Vec3f& p : positions) p.z += rise;
  }

  [[nodiscard]] std::vector<math::Vec3d> keypoints(
      const Articulation& articulation) const override {
    const SkeletonPose posed_bones = pose(articulation);
    std::vector<math::Vec3d> out = posed(keypoints_, skeleton_, posed_bones);
    if (articulation.rest_weight <= 0) return out;
    std::vector<math::Vec3f> positions;
    std::vector<math::Vec3f> normals;
    skin(skeleton_, posed_bones, body_->mesh, body_->weights, positions, normals);
    const double rise = -lowest(positions);
    for (math::Vec3d& p : out) p.z += rise;
    return out;
  }

  [[nodiscard]] double phase_per_metre(double speed_mps) const override {
    return posture_.pedals || posture_.seat ? rider_phase_per_metre()
                                            : 1 / stride_m(skeleton_.stature_m, style_, speed_mps);
  }
  [[nodiscard]] GaitWeights natural_gait(double speed_mps) const override {
    if (posture_.pedals || posture_.seat) return {};
    return asset::natural_gait(skeleton_.stature_m, speed_mps);
  }

 private:
  // A body that has left its feet is set down on the ground by its lowest vertex.
  static double lowest(const std::vector<math::Vec3f>& positions) {
    float z = positions.empty() ? 0.f : positions[0].z;
    for (const math::Vec3f& p : positions) z = std::min(z, p.z);
    return z;
  }

  [[nodiscard]] BodyPose upright(const Articulation& a) const {
    if (posture_.pedals) return riding_pose(skeleton_, *posture_.pedals, a);
    if (posture_.seat) return seat_pose(skeleton_, *posture_.seat, a);
    return gait_pose(skeleton_, style_, a);
  }

  [[nodiscard]] SkeletonPose pose(const Articulation& a) const {
    BodyPose body = upright(a);
    hold(skeleton_, posture_.carry, body);
    look(a, body);
    const double rest = std::clamp(a.rest_weight, 0.0, 1.0);
    if (rest > 0) body = mix(body, limp_pose(skeleton_, a.rest), rest);
    SkeletonPose out = solve(skeleton_, body);
    if (rest > 0) topple(a.rest, rest, out);
    return out;
  }

  // The head turns as far as a neck allows; the shoulders follow a little.
  static void look(const Articulation& a, BodyPose& body) {
    if (a.look_yaw_rad == 0 && a.look_pitch_rad == 0) return;
    const double yaw = std::clamp(a.look_yaw_rad, -1.5, 1.5);
    body.head_yaw += yaw;
    body.trunk_yaw += .15 * yaw;
    body.head_pitch += std::clamp(a.look_pitch_rad, -.8, .9);
  }

  Skeleton skeleton_;
  GaitStyle style_;
  std::shared_ptr<const BodyMesh> body_;
  std::vector<BonePoint> keypoints_;
  Posture posture_;
};

}  // namespace

bool is_person_type(const std::string& type) {
  return is_rider_type(type) || type == "pedestrian.adult" || type == "pedestrian.child" ||
         type == "pedestrian.pusher";
}

core::Result<ModelSize> person_size(const ModelRequest& request) {
  if (!is_person_type(request.type)) return core::fail("no person type '" + request.type + "'");
  const auto traits = person_traits(request);
  if (!traits) return core::forward_error(traits);
  const double h = traits->height_m;
  return ModelSize{.21 * h, .30 * h, h, .10 * h, 0};
}

core::Result<std::shared_ptr<const Model>> make_person(const ModelRequest& request) {
  if (!is_person_type(request.type)) return core::fail("no person type '" + request.type + "'");
  const auto traits = person_traits(request);
  if (!traits) return core::forward_error(traits);
  const Skeleton skeleton = make_skeleton(traits->shape);
  Posture posture;
  posture.carry =
      request.type == "pedestrian.pusher" ? Carry::kPush : static_cast<Carry>(traits->carry);
  if (request.type == "bicycle.rider") posture.pedals = fit_rider(skeleton, traits->height_m);
  posture.seat = seat_of(request.type);
  const auto body = dress(*traits, skeleton, posture.carry);

  auto model = std::make_shared<Model>();
  model->name = request.type;
  const bool sits = request.type == "wheelchair.sitter";
  model->class_name = is_rider_type(request.type) && !sits ? "rider" : "pedestrian";
  model->materials = person_materials(*traits);
  for (Material& m : carried_materials(posture.carry, request.seed)) {
    model->materials.push_back(std::move(m));
  }
  const std::vector<BonePoint> keypoints = person_keypoints(*traits, skeleton);
  const auto deformer =
      std::make_shared<PersonDeformer>(skeleton, traits->gait, body, keypoints, posture);
  auto rest = std::make_shared<math::TriangleMesh>(body->mesh);
  deformer->deform({}, rest->positions, rest->normals);
  model->box = rest->bounds();
  model->parts.push_back({"body", PartRole::kSkin, rest, {}, 0, false});
  model->deformer = deformer;
  const std::vector<math::Vec3d> at_rest = deformer->keypoints({});
  for (std::size_t i = 0; i < keypoints.size(); ++i) {
    model->keypoints.push_back({keypoints[i].name, -1, at_rest[i], keypoints[i].reach_m});
  }
  model->height_m = traits->height_m;
  return model;
}

GaitWeights natural_gait(double height_m, double speed_mps) {
  const double u = std::clamp((speed_mps - .05) / .25, 0.0, 1.0);
  return {u * u * (3 - 2 * u), running_share(height_m, speed_mps)};
}

}  // namespace oddroad::asset

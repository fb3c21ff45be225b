#include "engine/asset/person.h"

#include <algorithm>

#include "engine/asset/bicycle_rider.h"
#include "engine/asset/clothing.h"
#include "engine/asset/person_keypoints.h"

namespace oddroad::asset {

namespace {

constexpr const char* kRider = "bicycle.rider";

// Body, clothes and skeleton of one person; the pose comes from the gait or the bicycle.
class PersonDeformer : public Deformer {
 public:
  PersonDeformer(Skeleton skeleton, GaitStyle style, std::shared_ptr<const BodyMesh> body,
                 std::vector<BonePoint> keypoints, std::optional<RiderFit> rider)
      : skeleton_(std::move(skeleton)),
        style_(style),
        body_(std::move(body)),
        keypoints_(std::move(keypoints)),
        rider_(std::move(rider)) {}

  void deform(const Articulation& articulation, std::vector<math::Vec3f>& positions,
              std::vector<math::Vec3f>& normals) const override {
    skin(skeleton_, pose(articulation), body_->mesh, body_->weights, positions, normals);
  }

  [[nodiscard]] std::vector<math::Vec3d> keypoints(
      const Articulation& articulation) const override {
    return posed(keypoints_, skeleton_, pose(articulation));
  }

  [[nodiscard]] double phase_per_metre(double speed_mps) const override {
    return rider_ ? rider_phase_per_metre() : 1 / stride_m(skeleton_.stature_m, style_, speed_mps);
  }

 private:
  [[nodiscard]] SkeletonPose pose(const Articulation& articulation) const {
    return solve(skeleton_, rider_ ? riding_pose(skeleton_, *rider_, articulation)
                                   : gait_pose(skeleton_, style_, articulation));
  }

  Skeleton skeleton_;
  GaitStyle style_;
  std::shared_ptr<const BodyMesh> body_;
  std::vector<BonePoint> keypoints_;
  std::optional<RiderFit> rider_;
};

std::shared_ptr<const BodyMesh> dress(const PersonTraits& traits, const Skeleton& skeleton) {
  auto body = std::make_shared<BodyMesh>();
  const SkinWeights weights(skeleton, traits.shape);
  const Tailor tailor{traits, skeleton, weights, *body};
  add_shoes(tailor);
  add_trousers(tailor);
  add_upper(tailor);
  add_hands(tailor);
  add_head(tailor);
  if (traits.backpack) add_backpack(tailor);
  body->mesh.remove_degenerate();
  return body;
}

}  // namespace

bool is_person_type(const std::string& type) {
  return type == "pedestrian.adult" || type == "pedestrian.child" || type == kRider;
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
  const bool rider = request.type == kRider;
  const Skeleton skeleton = make_skeleton(traits->shape);
  const auto body = dress(*traits, skeleton);
  std::optional<RiderFit> fit;
  if (rider) fit = fit_rider(skeleton, traits->height_m);

  auto model = std::make_shared<Model>();
  model->name = request.type;
  model->class_name = rider ? "rider" : "pedestrian";
  model->materials = person_materials(*traits);
  const std::vector<BonePoint> keypoints = person_keypoints(*traits, skeleton);
  const auto deformer =
      std::make_shared<PersonDeformer>(skeleton, traits->gait, body, keypoints, fit);
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

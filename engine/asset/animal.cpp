#include "engine/asset/animal.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/animal_gait.h"
#include "engine/asset/animal_mesh.h"

namespace oddroad::asset {

namespace {

using math::Vec3d;

class AnimalDeformer : public Deformer {
 public:
  AnimalDeformer(const AnimalShape& shape, AnimalRig rig, SkinnedMesh body)
      : shape_(shape), rig_(std::move(rig)), body_(std::move(body)) {}

  void deform(const Articulation& a, std::vector<math::Vec3f>& positions,
              std::vector<math::Vec3f>& normals) const override {
    AnimalPose pose = animal_pose(shape_, rig_, a);
    const double rest = std::clamp(a.rest_weight, 0.0, 1.0);
    const bool over = a.rest != Articulation::Rest::kProne;
    if (rest > 0 && !over) pose = mix(pose, lying_pose(shape_, rig_), rest);
    RigPose solved = solve(rig_, pose);
    if (rest > 0 && over) {
      roll_over(shape_, rest, a.rest == Articulation::Rest::kSide ? 1 : -1, solved);
    }
    skin(rig_.bones, solved, body_, positions, normals);
  }

  [[nodiscard]] double phase_per_metre(double speed_mps) const override {
    return 1 / animal_stride_m(shape_.hip_m(), speed_mps);
  }
  [[nodiscard]] GaitWeights natural_gait(double speed_mps) const override {
    return animal_gait(shape_.hip_m(), speed_mps);
  }

 private:
  AnimalShape shape_;
  AnimalRig rig_;
  SkinnedMesh body_;
};

template <Kind kKind>
ModelSize animal_size(const PropNumbers& numbers) {
  const AnimalShape s = animal_shape(kKind, numbers);
  const AnimalRig rig = make_animal_rig(s);
  const double tail = .155 * s.trunk_m + s.tail_m * std::cos(s.tail_rad) + s.tail_radius_m;
  const double rear = std::max(.172 * s.trunk_m, tail) + s.coat_m;
  const double head_top = rig.bones.joint[animal_bone::kHead].z + .3 * s.head_depth * s.head_m;
  const double ears = s.kind == Kind::kCow || s.kind == Kind::kMoose ? .2 : .8;
  const double top = std::max({s.withers_m + s.hump_m + s.coat_m, head_top + ears * s.ear_m,
                               head_top + s.antlers_m * (s.kind == Kind::kMoose ? .62 : .95)});
  const double antlers = s.antlers_m * (s.kind == Kind::kMoose ? 2.1 : .9);
  return {rig.nose_m.x + rear, std::max(s.chest_width_m + 2 * s.coat_m, antlers), top, rear, 0};
}

template <Kind kKind>
Model make_animal(const PropNumbers& numbers) {
  const AnimalShape shape = animal_shape(kKind, numbers);
  const AnimalCoat coat = animal_coat(kKind, numbers);
  const AnimalRig rig = make_animal_rig(shape);
  core::RandomStream stream = numbers.stream("animal/mesh");
  SkinnedMesh body = build_animal(shape, coat, rig, stream);
  Model model;
  model.name = numbers.type();
  model.class_name = "animal";
  model.materials = coat.materials;
  auto rest = std::make_shared<math::TriangleMesh>(body.mesh);
  model.deformer = std::make_shared<AnimalDeformer>(shape, rig, std::move(body));
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

template <Kind kKind>
PropType row(const char* name) {
  return {name, animal_numbers(kKind), animal_size<kKind>, make_animal<kKind>};
}

}  // namespace

bool is_animal_type(const std::string& type) {
  const std::vector<PropType>& all = prop_types();
  return type.rfind("animal.", 0) == 0 &&
         std::any_of(all.begin(), all.end(), [&](const PropType& t) {
           return t.name == type;
         });
}

std::vector<PropType> quadruped_types() {
  return {row<Kind::kBoar>("animal.boar"),        row<Kind::kCat>("animal.cat"),
          row<Kind::kCow>("animal.cow"),          row<Kind::kRoe>("animal.deer"),
          row<Kind::kDog>("animal.dog"),          row<Kind::kFox>("animal.fox"),
          row<Kind::kHorse>("animal.horse"),      row<Kind::kMoose>("animal.moose"),
          row<Kind::kRedDeer>("animal.red_deer"), row<Kind::kSheep>("animal.sheep")};
}

}  // namespace oddroad::asset

#include "engine/asset/vehicle.h"

#include <algorithm>

#include "engine/asset/lamp_set.h"
#include "engine/asset/mesh_tools.h"
#include "engine/asset/vehicle_body.h"
#include "engine/asset/vehicle_cabin.h"
#include "engine/asset/vehicle_details.h"
#include "engine/asset/vehicle_door.h"
#include "engine/asset/vehicle_duty.h"
#include "engine/asset/vehicle_features.h"
#include "engine/asset/vehicle_keypoints.h"
#include "engine/asset/vehicle_paint.h"
#include "engine/asset/vehicle_plate.h"
#include "engine/asset/wheel.h"

namespace oddroad::asset {

namespace {

// Moves body vertices by a few millimetres, so that plates and lips included the body has exactly
// the drawn length, width and height: stretched beyond the axles, across, and above the sill.
class BoxFit {
 public:
  BoxFit(const math::Aabb& actual, const VehicleShape& s)
      : wheelbase_(static_cast<float>(s.wheelbase_m)),
        sill_(static_cast<float>(s.sill_z_m)),
        front_(static_cast<float>(s.front_overhang_m / (actual.upper.x - s.wheelbase_m))),
        rear_(static_cast<float>(-s.rear_overhang_m / actual.lower.x)),
        across_(static_cast<float>(0.5 * s.width_m / actual.upper.y)),
        up_(static_cast<float>((s.height_m - s.sill_z_m) / (actual.upper.z - s.sill_z_m))) {}

  void apply(TriangleMesh& mesh) const {
    for (Vec3f& p : mesh.positions) {
      if (p.x > wheelbase_) p.x = wheelbase_ + (p.x - wheelbase_) * front_;
      if (p.x < 0) p.x *= rear_;
      p.y *= across_;
      if (p.z > sill_) p.z = sill_ + (p.z - sill_) * up_;
    }
    mesh.remove_degenerate();
  }

 private:
  float wheelbase_, sill_, front_, rear_, across_, up_;
};

Part rigid(const char* name, PartRole role, TriangleMesh mesh) {
  Part part;
  part.name = name;
  part.role = role;
  part.mesh = std::make_shared<const math::TriangleMesh>(std::move(mesh));
  return part;
}

// The mirror swings with the door that carries it.
void hang_on(const Part& door, Part& mirror) {
  mirror.mesh = std::make_shared<const math::TriangleMesh>(
      transformed(*mirror.mesh, translation(-Vec3f(door.T_model_part.translation))));
  mirror.T_model_part = door.T_model_part;
  mirror.door_turn = door.door_turn;
}

void add_wheels(Model& model, const BodyField& field) {
  const VehicleShape& s = field.shape();
  core::RandomStream stream(s.seed, "vehicle/wheel");
  WheelSpec spec = draw_wheel(stream, s.style == BodyStyle::kVan);
  spec.radius_m = s.tyre_radius_m;
  spec.width_m = s.tyre_width_m;
  spec.rim_radius_m = s.rim_radius_m;
  const auto left = std::make_shared<const math::TriangleMesh>(build_wheel(spec));
  const auto right = std::make_shared<const math::TriangleMesh>(mirrored_y(*left));
  for (const bool front : {true, false}) {
    const double x = front ? s.wheelbase_m : 0;
    const double y = wheel_y(field, front);
    for (const double side : {1.0, -1.0}) {
      Part part;
      part.name =
          std::string("wheel ") + (front ? "front " : "rear ") + (side > 0 ? "left" : "right");
      part.role = PartRole::kWheel;
      part.mesh = side > 0 ? left : right;
      part.T_model_part.translation = {x, side * y, s.tyre_radius_m};
      part.wheel_radius_m = s.tyre_radius_m;
      part.steered = front;
      model.parts.push_back(std::move(part));
    }
  }
}

}  // namespace

core::Result<ModelSize> vehicle_size(const ModelRequest& request) {
  const auto shape = draw_vehicle_shape(request);
  if (!shape) return core::forward_error(shape);
  return ModelSize{shape->length_m, shape->width_m, shape->height_m + roof_height_m(shape->duty),
                   shape->rear_overhang_m, shape->wheelbase_m};
}

core::Result<std::shared_ptr<const Model>> make_vehicle(const ModelRequest& request) {
  const auto shape = draw_vehicle_shape(request);
  if (!shape) return core::forward_error(shape);
  const BodyField field(*shape);
  core::RandomStream stream(shape->seed, "vehicle/details");
  auto model = std::make_shared<Model>();
  model->name = shape->type;
  model->class_name = shape->style == BodyStyle::kVan ? "van" : "car";
  model->materials = vehicle_materials(shape->paint, shape->seed);
  model->textures.push_back(plate_texture(draw_registration(stream)));
  add_lit_twins(*model);

  TriangleMesh body = build_body_shell(field);
  body.append(build_details(field, stream));
  body.append(dress_for_duty(field, *model));
  TriangleMesh mirror = build_left_mirror(field);
  const BoxFit fit(body.bounds(), *shape);
  fit.apply(body);
  fit.apply(mirror);
  std::optional<Part> door;
  if (shape->opening_door) door = cut_front_left_door(field, body);
  model->parts.push_back(rigid("body", PartRole::kBody, std::move(body)));
  model->parts.push_back(rigid("mirror right", PartRole::kMirror, mirrored_y(mirror)));
  model->parts.push_back(rigid("mirror left", PartRole::kMirror, std::move(mirror)));
  if (door) hang_on(*door, model->parts.back());
  add_wheels(*model, field);
  if (door) model->parts.push_back(std::move(*door));
  if (TriangleMesh roof = roof_equipment(field, *model); !roof.triangles.empty()) {
    model->parts.push_back(rigid("roof", PartRole::kBody, std::move(roof)));
  }
  Furnished cabin = furnish_cabin(field);
  seat_people(cabin.seats, shape->occupants, shape->seed, *model, cabin.mesh);
  model->parts.push_back(rigid("cabin", PartRole::kBody, std::move(cabin.mesh)));
  model->keypoints = vehicle_keypoints(*model, *shape);

  model->box = rest_bounds(*model, false);
  model->wheelbase_m = shape->wheelbase_m;
  model->front_overhang_m = shape->front_overhang_m;
  model->max_steer_rad = shape->max_steer_rad;
  model->height_m = shape->height_m + roof_height_m(shape->duty);
  return std::shared_ptr<const Model>(std::move(model));
}

}  // namespace oddroad::asset

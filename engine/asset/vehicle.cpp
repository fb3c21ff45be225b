#include "engine/asset/vehicle.h"

#include "engine/asset/vehicle_paint.h"
#include "engine/asset/vehicle_body.h"

namespace oddroad::asset {

core::Result<ModelSize> vehicle_size(const ModelRequest& request) {
  const auto shape = draw_vehicle_shape(request);
  if (!shape) return core::forward_error(shape);
  return ModelSize{shape->length_m, shape->width_m, shape->height_m, shape->rear_overhang_m,
                   shape->wheelbase_m};
}

core::Result<std::shared_ptr<const Model>> make_vehicle(const ModelRequest& request) {
  const auto shape = draw_vehicle_shape(request);
  if (!shape) return core::forward_error(shape);
  const BodyField field(*shape);
  auto model = std::make_shared<Model>();
  model->materials = vehicle_materials(shape->paint, shape->seed);
  Part body;
  body.name = "body";
  body.mesh = std::make_shared<math::TriangleMesh>(build_body_shell(field));
  model->parts.push_back(body);
  model->box = rest_bounds(*model, false);
  return model;
}

}  // namespace oddroad::asset

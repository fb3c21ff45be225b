#include "engine/sim/model_source.h"

#include <algorithm>

#include "engine/asset/vehicle.h"
#include "engine/core/parallel.h"

namespace oddroad::sim {

std::vector<core::Result<std::shared_ptr<const asset::Model>>> make_models(
    ModelSource& source, const std::vector<asset::ModelRequest>& requests) {
  std::vector<std::size_t> first;  // of each request: the first that is equal
  for (const asset::ModelRequest& request : requests) {
    const auto equal = std::find(requests.begin(), requests.end(), request);
    first.push_back(static_cast<std::size_t>(equal - requests.begin()));
  }
  std::vector<core::Result<std::shared_ptr<const asset::Model>>> out(requests.size());
  core::parallel_for(requests.size(), [&](std::size_t k) {
    if (first[k] == k) out[k] = source.model(requests[k]);
  });
  for (std::size_t k = 0; k < out.size(); ++k) out[k] = out[first[k]];
  return out;
}

core::Result<std::shared_ptr<const asset::Model>> CatalogModels::model(
    const asset::ModelRequest& request) {
  if (auto known = recent_.find(request)) return *known;
  auto made = asset::make_model(request);  // two threads may make the same twice
  if (made) recent_.keep(request, *made);
  return made;
}

core::Result<std::shared_ptr<const asset::Model>> CatalogModels::outline(
    const asset::ModelRequest& request) {
  if (!asset::is_vehicle_type(request.type)) {
    asset::ModelRequest empty = request;  // nobody inside changes an outline
    empty.numbers.erase("occupants");
    return model(empty);
  }
  if (auto known = recent_.find(request)) return *known;
  const auto size = asset::vehicle_size(request);
  if (!size) return core::forward_error(size);
  auto out = std::make_shared<asset::Model>();
  out->name = request.type;
  out->box.lower = {-size->rear_overhang_m, -0.5 * size->width_m, 0};
  out->box.upper = {size->length_m - size->rear_overhang_m, 0.5 * size->width_m, size->height_m};
  out->wheelbase_m = size->wheelbase_m;
  out->height_m = size->height_m;
  return std::shared_ptr<const asset::Model>(std::move(out));
}

}  // namespace oddroad::sim

#include "engine/core/check.h"
#include "engine/stage/dressing.h"

namespace oddroad::stage {

ModelCache::ModelCache(ModelMaker make)
    : make_(make ? std::move(make) : ModelMaker(asset::make_model)) {}

std::shared_ptr<const asset::Model> ModelCache::get(const asset::ModelRequest& request) {
  for (const auto& [known, model] : made_) {
    if (known == request) return model;
  }
  auto model = make_(request);
  ODDROAD_CHECK(model.has_value());
  made_.emplace_back(request, *model);
  return *model;
}

}  // namespace oddroad::stage

#include <algorithm>

#include "engine/core/check.h"
#include "engine/core/parallel.h"
#include "engine/stage/dressing.h"

namespace oddroad::stage {

ModelCache::ModelCache(ModelMaker make)
    : make_(make ? std::move(make) : ModelMaker(asset::make_model)) {}

const ModelCache::Made* ModelCache::find(const asset::ModelRequest& request) const {
  const auto at = std::find_if(made_.begin(), made_.end(), [&](const Made& known) {
    return known.first == request;
  });
  return at == made_.end() ? nullptr : &*at;
}

std::shared_ptr<const asset::Model> ModelCache::get(const asset::ModelRequest& request) {
  if (const Made* known = find(request)) return known->second;
  return get_all({request}).front();
}

std::vector<std::shared_ptr<const asset::Model>> ModelCache::get_all(
    const std::vector<asset::ModelRequest>& requests) {
  const std::size_t first = made_.size();
  for (const asset::ModelRequest& request : requests) {
    if (find(request) == nullptr) made_.emplace_back(request, nullptr);
  }
  core::parallel_for(made_.size() - first, [&](std::size_t k) {
    auto& [request, model] = made_[first + k];
    auto made = make_(request);
    ODDROAD_CHECK(made.has_value());
    model = std::move(*made);
  });
  std::vector<std::shared_ptr<const asset::Model>> out;
  for (const asset::ModelRequest& request : requests) out.push_back(find(request)->second);
  return out;
}

}  // namespace oddroad::stage

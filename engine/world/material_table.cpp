#include "engine/world/material_table.h"

#include <algorithm>
#include <set>

#include "engine/core/check.h"

namespace oddroad::world {

MaterialTable::MaterialTable(const Timeline& timeline, const StaticWorld& stage) {
  std::set<const asset::Model*> models;
  for (const Actor& actor : timeline.actors) {
    models.insert(actor.model.get());
    for (const auto& [lit, look] : actor.looks) models.insert(look.get());
  }
  for (const StaticThing& thing : stage.things) {
    models.insert(thing.model.get());
    for (const auto& [state, look] : thing.looks) models.insert(look.get());
  }
  std::set<std::string> names;
  for (const asset::Model* model : models) {
    for (const asset::Material& material : model->materials) names.insert(material.name);
  }
  names_.assign(names.begin(), names.end());
  for (const asset::Model* model : models) {
    std::vector<std::uint16_t>& numbers = numbers_[model];
    for (const asset::Material& material : model->materials) {
      const auto at = std::lower_bound(names_.begin(), names_.end(), material.name);
      numbers.push_back(static_cast<std::uint16_t>(at - names_.begin()));
    }
  }
}

std::uint16_t MaterialTable::number(const asset::Model& model, std::uint16_t material) const {
  const auto found = numbers_.find(&model);
  ODDROAD_CHECK(found != numbers_.end());
  return found->second.at(material);
}

}  // namespace oddroad::world

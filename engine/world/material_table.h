// The materials of a clip under one numbering.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/world/static_world.h"
#include "engine/world/timeline.h"

namespace oddroad::world {

// Names of all materials of all models, sorted; the place in the list is the number.
class MaterialTable {
 public:
  MaterialTable() = default;
  MaterialTable(const Timeline& timeline, const StaticWorld& stage);

  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  // `material` indexes model.materials; the model must be one of the clip's.
  [[nodiscard]] std::uint16_t number(const asset::Model& model, std::uint16_t material) const;

 private:
  std::vector<std::string> names_;
  std::map<const asset::Model*, std::vector<std::uint16_t>> numbers_;
};

}  // namespace oddroad::world

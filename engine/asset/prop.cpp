#include "engine/asset/prop.h"

#include <algorithm>
#include <utility>

#include "engine/asset/animal.h"
#include "engine/asset/barrier.h"
#include "engine/asset/bird.h"
#include "engine/asset/debris.h"
#include "engine/asset/garden_wall.h"
#include "engine/asset/hall.h"
#include "engine/asset/heavy.h"
#include "engine/asset/house.h"
#include "engine/asset/sign.h"
#include "engine/asset/signal.h"
#include "engine/asset/street_furniture.h"
#include "engine/asset/street_things.h"
#include "engine/asset/tree.h"
#include "engine/asset/two_wheeler.h"
#include "engine/core/check.h"

namespace oddroad::asset {

PropNumbers::PropNumbers(const std::vector<NumberRange>& ranges, const ModelRequest& request)
    : set_(request.numbers), type_(request.type), seed_(request.seed) {
  for (const NumberRange& range : ranges) {
    const auto set = set_.find(range.name);
    values_[range.name] = set != set_.end() ? set->second : range.typical;
  }
}

double PropNumbers::get(const std::string& name) const {
  const auto found = values_.find(name);
  ODDROAD_CHECK(found != values_.end());
  return found->second;
}

Model single_part_model(std::string name, std::string class_name, math::TriangleMesh mesh,
                        std::vector<Material> materials) {
  Model model;
  model.name = std::move(name);
  model.class_name = std::move(class_name);
  model.materials = std::move(materials);
  Part part;
  part.name = "body";
  part.mesh = std::make_shared<const math::TriangleMesh>(std::move(mesh));
  model.parts.push_back(std::move(part));
  model.box = rest_bounds(model, false);
  model.height_m = model.box.upper.z;
  return model;
}

const std::vector<PropType>& prop_types() {
  static const std::vector<PropType> types = [] {
    std::vector<PropType> all = {
        {"bin", bin_numbers(), bin_size, make_bin},
        {"cardboard_box", cardboard_box_numbers(), cardboard_box_size, make_cardboard_box},
        {"fence", fence_numbers(), fence_size, make_fence},
        garden_wall_type(),
        {"hedge", hedge_numbers(), hedge_size, make_hedge},
        {"house", house_numbers(), house_size, make_house},
        {"shrub", shrub_numbers(), shrub_size, make_shrub},
        {"street_lamp", street_lamp_numbers(), street_lamp_size, make_street_lamp},
        {"traffic_cone", traffic_cone_numbers(), traffic_cone_size, make_traffic_cone},
        {"tree", tree_numbers(), tree_size, make_tree},
    };
    for (const auto& group :
         {quadruped_types(), bird_types(),           vehicle_part_types(), container_types(),
          household_types(), wood_and_stone_types(), sign_types(),         signal_types(),
          barrier_types(),   truck_types(),          fire_engine_types(),  bus_types(),
          tram_types(),      machine_types(),        semi_trailer_types(), trailer_types(),
          hall_types(),      street_thing_types(),   two_wheeler_types(),  chair_types()})
      all.insert(all.end(), group.begin(), group.end());
    std::sort(all.begin(), all.end(), [](const PropType& a, const PropType& b) {
      return a.name < b.name;
    });
    return all;
  }();
  return types;
}

}  // namespace oddroad::asset

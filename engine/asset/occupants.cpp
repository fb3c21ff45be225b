#include "engine/asset/occupants.h"

#include <algorithm>

#include "engine/asset/prop.h"
#include "engine/asset/vehicle.h"
#include "engine/core/random.h"

namespace oddroad::asset {

int seats_of(const std::string& type) {
  if (is_vehicle_type(type)) return kMostOccupants;
  for (const PropType& prop : prop_types()) {
    if (prop.name != type) continue;
    for (const NumberRange& range : prop.numbers) {
      if (range.name == "occupants") return static_cast<int>(range.upper);
    }
  }
  return 0;
}

void seat_driver(ModelRequest& request) {
  const int seats = seats_of(request.type);
  if (seats == 0 || request.file || request.numbers.count("occupants") > 0) return;
  core::RandomStream draw(request.seed, "vehicle/occupants");
  const double p = draw.uniform();
  int people = p < .64 ? 1 : p < .88 ? 2 : p < .95 ? 3 : 4;
  if (seats > 8) people = 2 + static_cast<int>(draw.below(static_cast<std::uint32_t>(seats - 1)));
  request.numbers["occupants"] = std::min(people, seats);
}

}  // namespace oddroad::asset

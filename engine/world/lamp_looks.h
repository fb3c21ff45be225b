// Models of vehicles with lamps lit.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/world/timeline.h"

namespace oddroad::world {

// Which lamps give light at an instant, as bits. Indicators flash at 1.5 Hz, half the time on (UN
// R6: 60 to 120 times a minute), all together.
using LitLamps = std::uint8_t;
inline constexpr LitLamps kHeadLit = 1, kTailLit = 2, kBrakeLit = 4, kReverseLit = 8, kLeftLit = 16,
                          kRightLit = 32, kBeaconLit = 64;
LitLamps lit_lamps(const Lamps& lamps, std::int64_t stamp_ns);
// The same, of the lamps that the model has; and its beacons, which flash in double pulses, two a
// second (UN R65).
LitLamps lit_lamps(const asset::Model& model, const Lamps& lamps, std::int64_t stamp_ns);

// Their names: "head", "tail", "brake", "reverse", "indicator_left", "indicator_right", "beacon".
std::vector<std::string> names_of(LitLamps lit);

// Makes each look once. A look has the parts of its model; lamps of one side only have meshes of
// their own, triangle for triangle the same.
class LampLooks {
 public:
  std::shared_ptr<const asset::Model> look(const std::shared_ptr<const asset::Model>& model,
                                           LitLamps lit);

 private:
  std::map<std::pair<std::shared_ptr<const asset::Model>, LitLamps>,
           std::shared_ptr<const asset::Model>>
      made_;  // looked up only: addresses order nothing
};

// Fills Actor::looks with what the actors of a timeline show in its course.
void add_lamp_looks(Timeline& timeline);

}  // namespace oddroad::world

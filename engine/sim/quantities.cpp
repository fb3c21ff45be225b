#include "engine/sim/quantities.h"

#include <array>
#include <cstdio>

#include "engine/sim/relations.h"

namespace oddroad::sim {
namespace {

using Arity = Quantity::Arity;

constexpr std::array<Quantity, 13> kQuantities = {{
    {"time", Arity::kNone, false, core::kTime, nullptr},
    {"speed", Arity::kOne, false, core::kSpeed,
     [](const Body& a, const Body&) {
       return a.speed_mps;
     }},
    {"gap", Arity::kTwo, false, core::kLength, gap_m},
    {"distance", Arity::kTwo, false, core::kLength, distance_m},
    {"headway", Arity::kTwo, false, core::kTime, headway_s},
    {"ttc", Arity::kTwo, false, core::kTime, ttc_s},
    {"path_ttc", Arity::kTwo, false, core::kTime, path_ttc_s},
    {"lateral", Arity::kTwo, false, core::kLength, lateral_m},
    {"rel_speed", Arity::kTwo, false, core::kSpeed, relative_speed_mps},
    {"hit", Arity::kTwo, true, core::kNumber,
     [](const Body& a, const Body& b) {
       return touches(a, b) ? 1.0 : 0.0;
     }},
    {"passed", Arity::kTwo, true, core::kNumber,
     [](const Body& a, const Body& b) {
       return has_passed(a, b) ? 1.0 : 0.0;
     }},
    {"crossed", Arity::kOne, true, core::kNumber,
     [](const Body& a, const Body&) {
       return a.crossed ? 1.0 : 0.0;
     }},
    {"stopped", Arity::kOne, true, core::kNumber,
     [](const Body& a, const Body&) {
       return stands(a) ? 1.0 : 0.0;
     }},
}};

}  // namespace

const Quantity* find_quantity(const std::string& name) {
  for (const Quantity& q : kQuantities) {
    if (name == q.name) return &q;
  }
  return nullptr;
}

std::optional<std::size_t> find_body(const Bodies& bodies, const std::string& name) {
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    if (bodies[i].name == name) return i;
  }
  return std::nullopt;
}

std::string amount(double value, core::Dimension dimension) {
  const bool speed = dimension == core::kSpeed;
  const char* unit = speed ? " km/h" : dimension == core::kTime ? " s" : " m";
  char text[48];
  std::snprintf(text, sizeof text, "%.*f%s", speed ? 1 : 2, speed ? 3.6 * value : value, unit);
  return text;
}

}  // namespace oddroad::sim

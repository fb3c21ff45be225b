// What conditions are about: quantities of one body or between two, and events.
#pragma once

#include <optional>
#include <string>

#include "engine/core/quantity.h"
#include "engine/sim/body.h"

namespace oddroad::sim {

struct Quantity {
  enum class Arity { kNone, kOne, kTwo };
  const char* name;
  Arity arity;
  bool event;
  core::Dimension dimension;                      // of its value; events: none
  double (*value)(const Body& a, const Body& b);  // null: time. Events: > 0 where it happens
};

// Null where there is none of that name.
const Quantity* find_quantity(const std::string& name);
std::optional<std::size_t> find_body(const Bodies& bodies, const std::string& name);
// For messages: "12.34 m", "1.60 s", "30.0 km/h".
std::string amount(double value, core::Dimension dimension);

}  // namespace oddroad::sim

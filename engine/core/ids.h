// Small typed numbers for things with identity. Zero means none; never a bare int.
#pragma once

#include <cstdint>
#include <functional>
#include <ostream>

namespace oddroad::core {

template <typename Tag, typename Value>
struct Id {
  Value value = 0;

  constexpr Id() = default;
  constexpr explicit Id(Value v) : value(v) {}
  constexpr explicit operator bool() const { return value != 0; }
  auto operator<=>(const Id&) const = default;
  friend std::ostream& operator<<(std::ostream& out, Id id) { return out << +id.value; }
};

// An actor or static thing of a clip, 1 to 65,535. Declared actors, then spawned actors, count up
// from 1; static things count down from 65,535. The same number in pixels, points, boxes, tracks.
using InstanceId = Id<struct InstanceTag, std::uint16_t>;

// A class of the ontology (engine/capture/ontology.h). 0 = nothing (sky).
using ClassId = Id<struct ClassTag, std::uint8_t>;

}  // namespace oddroad::core

template <typename Tag, typename Value>
struct std::hash<oddroad::core::Id<Tag, Value>> {
  std::size_t operator()(oddroad::core::Id<Tag, Value> id) const noexcept {
    return std::hash<Value>()(id.value);
  }
};

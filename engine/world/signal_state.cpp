#include "engine/world/signal_state.h"

#include <array>

namespace oddroad::world {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"off", "red", "red_yellow", "yellow", "green"};

}  // namespace

std::string_view to_string(SignalState state) {
  return kNames[static_cast<std::size_t>(state)];
}

std::optional<SignalState> signal_state_from(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<SignalState>(i);
  }
  return std::nullopt;
}

}  // namespace oddroad::world

// What the heads of traffic lights show.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oddroad::world {

// For pedestrians' heads red and green only.
enum class SignalState : std::uint8_t { kOff, kRed, kRedYellow, kYellow, kGreen };

// "off", "red", "red_yellow", "yellow", "green".
std::string_view to_string(SignalState state);
std::optional<SignalState> signal_state_from(std::string_view name);

// One head over a clip.
struct SignalTrack {
  struct Change {
    std::int64_t stamp_ns = 0;
    SignalState state = SignalState::kOff;
    bool operator==(const Change&) const = default;
  };
  std::string signal_id;        // in the map
  std::vector<Change> changes;  // ascending; the first at 0
  bool operator==(const SignalTrack&) const = default;
};

}  // namespace oddroad::world

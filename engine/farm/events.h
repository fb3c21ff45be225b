// What a renderer tells the process that started it: one line each on descriptor 3. The other way
// a line is the number of a clip in the plan, counted over all tasks: make this clip; or "pause"
// and the number: should you be at it, stop between two ticks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace oddroad::farm {

inline constexpr int kEventDescriptor = 3;

struct RendererEvent {
  enum class Kind {
    kReady,        // devices are open; clips are welcome
    kUnavailable,  // it cannot work on this machine: `text`
    kFrames,       // the clip has `frames` captures
    kResumed,      // `frames` of them were made before it stopped; `text`: where it goes on
    kNote,         // `text`: what people may want to know of the clip
    kFrame,        // one of them is done
    kCommitted,
    kWasThere,
    kDiffers,      // `text`: where the other copy lies
    kPaused,       // it stopped between two ticks and can go on there; `text`: where
    kFailed,       // the clip cannot be made: `text`
    kCannotWrite,  // `text`
  } kind = Kind::kReady;
  std::int64_t frames = 0;
  std::string text;
  bool operator==(const RendererEvent&) const = default;
};

std::string pause_line(std::size_t number);

std::string encode(const RendererEvent& event);  // without the end of the line
// Nothing for a line that is no event.
std::optional<RendererEvent> decode_event(const std::string& line);

}  // namespace oddroad::farm

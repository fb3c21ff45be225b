#include "engine/farm/events.h"

#include <utility>

#include <nlohmann/json.hpp>

namespace oddroad::farm {
namespace {

using Json = nlohmann::ordered_json;
using Kind = RendererEvent::Kind;

constexpr std::pair<Kind, const char*> kNames[] = {
    {Kind::kReady, "ready"},         {Kind::kUnavailable, "unavailable"},
    {Kind::kFrames, "frames"},       {Kind::kResumed, "resumed"},
    {Kind::kNote, "note"},           {Kind::kFrame, "frame"},
    {Kind::kCommitted, "committed"}, {Kind::kWasThere, "was_there"},
    {Kind::kDiffers, "differs"},     {Kind::kPaused, "paused"},
    {Kind::kFailed, "failed"},       {Kind::kCannotWrite, "cannot_write"}};

}  // namespace

std::string pause_line(std::size_t number) {
  return "pause " + std::to_string(number);
}

std::string encode(const RendererEvent& event) {
  Json json;
  for (const auto& [kind, name] : kNames) {
    if (kind == event.kind) json["event"] = name;
  }
  if (event.frames != 0) json["frames"] = event.frames;
  if (!event.text.empty()) json["text"] = event.text;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<RendererEvent> decode_event(const std::string& line) {
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object() || !json.contains("event")) return std::nullopt;
  for (const auto& [kind, name] : kNames) {
    if (json["event"] != name) continue;
    return RendererEvent{kind, json.value("frames", std::int64_t{0}),
                         json.value("text", std::string())};
  }
  return std::nullopt;
}

}  // namespace oddroad::farm

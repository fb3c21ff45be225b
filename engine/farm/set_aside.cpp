#include "engine/farm/set_aside.h"

#include <nlohmann/json.hpp>

namespace oddroad::farm {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

std::string set_aside_name(const std::string& clip) {
  return kSetAsideFolder + clip + ".json";
}

std::string reason_text(const SetAside& why) {
  const std::string last = why.last.why.empty() ? "" : ": " + why.last.why;
  if (why.last.end == AttemptEnd::kFailed) return "cannot be made" + last;
  if (why.crashes > 0) {
    return "its renderer crashed or hung " + std::to_string(why.crashes) + " times" + last;
  }
  return "its machine was lost " + std::to_string(why.lost) + " times" + last;
}

core::Result<void> write_set_aside(Output& out, const Plan& plan, const PlanClip& clip,
                                   const SetAside& why) {
  const PlanScenario& scenario = plan.header.scenarios[clip.scenario];
  const std::string name = plan.name(clip);
  const Json json = {{"clip", name},
                     {"reason", reason_text(why)},
                     {"scenario", scenario.file},
                     {"content_hash", scenario.content_hash},
                     {"seed", clip.seed},
                     {"index", clip.index},
                     {"crashes", why.crashes},
                     {"lost", why.lost},
                     {"last_end", to_string(why.last.end)},
                     {"signal", why.last.signal},
                     {"exit_code", why.last.exit_code},
                     {"captures", why.last.frames},
                     {"log", why.last.log}};
  return out.write(set_aside_name(name),
                   json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

core::Result<std::string> read_reason(const Output& out, const std::string& clip) {
  const auto text = out.read(set_aside_name(clip));
  if (!text) return core::forward_error(text);
  if (!text->has_value()) return std::string();
  const Json json = Json::parse(**text, nullptr, false);
  return json.is_object() ? json.value("reason", "unknown") : "unknown";
}

}  // namespace oddroad::farm

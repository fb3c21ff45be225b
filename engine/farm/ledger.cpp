#include "engine/farm/ledger.h"

#include <chrono>
#include <cstdio>
#include <utility>

#include <nlohmann/json.hpp>
#include <unistd.h>

namespace oddroad::farm {
namespace {

using Json = nlohmann::ordered_json;

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string host_name() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "unknown";
}

}  // namespace

std::string task_folder(const Plan& plan, std::uint32_t task) {
  char number[16];
  std::snprintf(number, sizeof number, "%06u/", task);
  return "attempts/" + plan.id + "/tasks/" + number;
}

std::string to_string(AttemptEnd end) {
  switch (end) {
    case AttemptEnd::kCommitted:
      return "committed";
    case AttemptEnd::kWasThere:
      return "was_there";
    case AttemptEnd::kDiffers:
      return "differs";
    case AttemptEnd::kCrashed:
      return "crashed";
    case AttemptEnd::kHung:
      return "hung";
    case AttemptEnd::kKilled:
      return "killed";
    case AttemptEnd::kPaused:
      return "paused";
    case AttemptEnd::kFailed:
      return "failed";
    case AttemptEnd::kStopped:
      return "stopped";
  }
  return "";
}

AttemptLog::AttemptLog(std::unique_ptr<Journal> journal, std::string common)
    : journal_(std::move(journal)), common_(std::move(common)) {}

core::Result<AttemptLog> AttemptLog::open(Output& out, const Plan& plan, std::uint32_t task,
                                          int worker) {
  const std::string host = host_name();
  const std::string process = std::to_string(::getpid()) + "-" + std::to_string(worker);
  auto journal = out.journal(task_folder(plan, task) + host + "-" + process + ".jsonl");
  if (!journal) return core::forward_error(journal);
  const Json common = {{"host", host}, {"process", process}, {"task", task}};
  return AttemptLog(std::move(*journal), common.dump());
}

core::Result<void> AttemptLog::begin(const std::string& clip) {
  Json line = Json::parse(common_);
  line["at_ms"] = now_ms();
  line["clip"] = clip;
  line["event"] = "begin";
  // A line that a full disk cut short must not swallow this one.
  return journal_->append("\n" + line.dump() + "\n", true);
}

core::Result<void> AttemptLog::end(const std::string& clip, const AttemptNote& note) {
  Json line = Json::parse(common_);
  line["at_ms"] = now_ms();
  line["clip"] = clip;
  line["event"] = to_string(note.end);
  line["seconds"] = note.seconds;
  line["frames"] = note.frames;
  if (note.taken_over != 0) line["taken_over"] = note.taken_over;
  if (note.signal != 0) line["signal"] = note.signal;
  if (note.exit_code != 0) line["exit_code"] = note.exit_code;
  if (!note.why.empty()) line["why"] = note.why;
  if (!note.told.empty()) line["told"] = note.told;
  if (!note.log.empty()) line["log"] = note.log;
  return journal_->append(line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n", false);
}

void AttemptLog::beat() {
  journal_->touch();
}

}  // namespace oddroad::farm

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <sstream>

#include <nlohmann/json.hpp>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "engine/farm/ledger.h"

namespace oddroad::farm {
namespace {

using Json = nlohmann::json;
constexpr std::int64_t kFreshSeconds = 120;

// The process that writes a file stands in its name: "<host>-<process>-<worker>.jsonl".
bool is_dead_here(const std::string& file) {
  char host[256] = {};
  if (::gethostname(host, sizeof host - 1) != 0) return false;
  const std::string name = file.substr(file.rfind('/') + 1);
  const std::string prefix = std::string(host) + "-";
  if (!name.starts_with(prefix)) return false;
  const int process = std::atoi(name.c_str() + prefix.size());
  return process > 0 && ::kill(process, 0) != 0 && errno == ESRCH;
}

bool is_fresh(const Note& note) {
  return !is_dead_here(note.name) && ::time(nullptr) - note.changed_ms / 1000 < kFreshSeconds;
}

void note_end(Ledger& ledger, ClipHistory& history, const std::string& event, const Json& line) {
  ledger.worker_seconds += line.at("seconds").get<double>();
  if (event == "committed" || event == "was_there") {
    history.seconds = line.at("seconds").get<double>();
    history.made = line.at("frames").get<std::int64_t>();
    history.frames = history.made + line.value("taken_over", std::int64_t{0});
    history.ended_ms = line.at("at_ms").get<std::int64_t>();
  } else if (event == "crashed" || event == "hung") {
    ++history.crashes;
    ledger.crashes_by_host[line.at("host").get<std::string>()].insert(
        line.at("clip").get<std::string>());
  } else if (event == "killed") {
    ++history.lost;
  } else if (event == "differs") {
    ++history.differing;
  }
}

// One process works on one clip at a time.
void read_note(const Note& note, const std::string& text, Ledger& ledger) {
  std::istringstream lines(text);
  std::string begun;
  for (std::string text_line; std::getline(lines, text_line);) {
    const Json line = Json::parse(text_line, nullptr, false);
    if (!line.is_object()) continue;
    try {
      const std::string clip = line.at("clip").get<std::string>();
      const std::string event = line.at("event").get<std::string>();
      ClipHistory& history = ledger.clips[clip];
      if (event == "begin") {
        if (!begun.empty()) ++ledger.clips[begun].lost;
        begun = clip;
        const auto at_ms = line.at("at_ms").get<std::int64_t>();
        ledger.first_ms = ledger.first_ms == 0 ? at_ms : std::min(ledger.first_ms, at_ms);
      } else {
        begun.clear();
        note_end(ledger, history, event, line);
      }
    } catch (const Json::exception&) {
      continue;
    }
  }
  if (begun.empty()) return;
  if (is_fresh(note)) {
    ledger.clips[begun].open = true;
  } else {
    ++ledger.clips[begun].lost;
  }
}

core::Result<Ledger> read_folder(const Output& out, const std::string& folder) {
  const auto notes = out.list(folder);
  if (!notes) return core::forward_error(notes);
  Ledger ledger;
  for (const Note& note : *notes) {
    if (!note.name.ends_with(".jsonl")) continue;
    const auto text = out.read(note.name);
    if (!text) return core::forward_error(text);
    if (text->has_value()) read_note(note, **text, ledger);  // else it has just gone
  }
  return ledger;
}

}  // namespace

core::Result<Ledger> read_ledger(const Output& out, const Plan& plan) {
  return read_folder(out, "attempts/" + plan.id + "/tasks/");
}

core::Result<Ledger> read_ledger(const Output& out, const Plan& plan, std::uint32_t task) {
  return read_folder(out, task_folder(plan, task));
}

}  // namespace oddroad::farm

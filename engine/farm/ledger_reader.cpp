#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <sstream>

#include <nlohmann/json.hpp>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "engine/dataset/file_io.h"
#include "engine/farm/ledger.h"

namespace oddroad::farm {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

constexpr double kFreshSeconds = 120;

// The process that writes a file stands in its name: "<host>-<process>-<worker>.jsonl".
bool is_dead_here(const fs::path& file) {
  char host[256] = {};
  if (::gethostname(host, sizeof host - 1) != 0) return false;
  const std::string name = file.stem().string();
  const std::string prefix = std::string(host) + "-";
  if (!name.starts_with(prefix)) return false;
  const int process = std::atoi(name.c_str() + prefix.size());
  return process > 0 && ::kill(process, 0) != 0 && errno == ESRCH;
}

bool is_fresh(const fs::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0 || is_dead_here(file)) return false;
  return difftime(::time(nullptr), status.st_mtime) < kFreshSeconds;
}

void note_end(Ledger& ledger, ClipHistory& history, const std::string& event, const Json& line) {
  ledger.worker_seconds += line.at("seconds").get<double>();
  if (event == "committed" || event == "was_there") {
    history.seconds = line.at("seconds").get<double>();
    history.frames = line.at("frames").get<std::int64_t>();
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
void read_file(const fs::path& file, Ledger& ledger) {
  const auto text = dataset::read_file(file);
  if (!text) return;  // it may be going
  std::istringstream lines(*text);
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
  if (is_fresh(file)) {
    ledger.clips[begun].open = true;
  } else {
    ++ledger.clips[begun].lost;
  }
}

void read_folder(const fs::path& folder, Ledger& ledger) {
  std::error_code gone;
  for (const auto& file : fs::directory_iterator(folder, gone)) {
    if (file.path().extension() == ".jsonl") read_file(file.path(), ledger);
  }
}

}  // namespace

Ledger read_ledger(const fs::path& out, const Plan& plan) {
  Ledger ledger;
  std::error_code gone;
  for (const auto& task : fs::directory_iterator(attempts_folder(out, plan) / "tasks", gone)) {
    read_folder(task.path(), ledger);
  }
  return ledger;
}

Ledger read_ledger(const fs::path& out, const Plan& plan, std::uint32_t task) {
  char number[16];
  std::snprintf(number, sizeof number, "%06u", task);
  Ledger ledger;
  read_folder(attempts_folder(out, plan) / "tasks" / number, ledger);
  return ledger;
}

}  // namespace oddroad::farm

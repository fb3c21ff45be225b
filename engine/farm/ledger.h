// The ledger of attempts, below OUT/attempts/<plan>/tasks/<task>/: each process appends to a file
// of its own, a JSON line when a clip begins, before any work, and one when it ended, however it
// ended. A clip with a beginning and no end lost its machine. Nothing here decides what is done.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "engine/core/result.h"
#include "engine/farm/output.h"
#include "engine/farm/plan.h"

namespace oddroad::farm {

enum class AttemptEnd {
  kCommitted,
  kWasThere,  // somebody else was first with the same bytes
  kDiffers,   // somebody else was first with other bytes: a determinism fault
  kCrashed,   // the renderer died
  kHung,      // no capture for too long: killed by us
  kKilled,    // the renderer died of SIGKILL: the system's doing more likely than the clip's
  kPaused,    // told to stop between two ticks: the next attempt goes on there
  kFailed,    // the renderer says that the clip cannot be made
  kStopped,   // we were told to stop, or the output cannot be written
};
std::string to_string(AttemptEnd end);

struct AttemptNote {
  AttemptEnd end = AttemptEnd::kCommitted;
  double seconds = 0;
  std::int64_t frames = 0;      // captures that came through
  int signal = 0;               // that ended the renderer; 0: none
  int exit_code = 0;            // of a renderer that went by itself
  std::string why;              // one text for people; may be empty
  std::string log;              // the last of what the renderer said; may be empty
  std::int64_t taken_over = 0;  // captures of attempts before it that it went on with
  std::string told;             // what the renderer said of the clip on its way; may be empty
};

// Appends to this process's file of a task. Errors: cannot write.
class AttemptLog {
 public:
  // `worker` tells apart those of one process.
  static core::Result<AttemptLog> open(Output& out, const Plan& plan, std::uint32_t task,
                                       int worker);

  // On the disk when it returns.
  core::Result<void> begin(const std::string& clip);
  core::Result<void> end(const std::string& clip, const AttemptNote& note);
  // Shows others that its process lives.
  void beat();

 private:
  AttemptLog(std::unique_ptr<Journal> journal, std::string common);
  std::unique_ptr<Journal> journal_;
  std::string common_;  // what every line says: host, process, task
};

struct ClipHistory {
  int crashes = 0;    // kCrashed, kHung
  int lost = 0;       // kKilled, and beginnings without an end of processes that live no more
  bool open = false;  // began, has not ended, and its process gave a sign within two minutes
  int differing = 0;
  double seconds = 0;         // of the last attempt that made it
  std::int64_t made = 0;      // captures of that attempt
  std::int64_t frames = 0;    // and of those that it went on with: all of the clip
  std::int64_t ended_ms = 0;  // when it ended, since 1970
};

struct Ledger {
  std::map<std::string, ClipHistory> clips;
  std::map<std::string, std::set<std::string>> crashes_by_host;  // host to clips
  double worker_seconds = 0;                                     // of all attempts that ended
  std::int64_t first_ms = 0;                                     // the first beginning, since 1970
};

// What all processes noted, of all tasks or one. Lines cut short by a crash are passed over.
// Errors: cannot look.
core::Result<Ledger> read_ledger(const Output& out, const Plan& plan);
core::Result<Ledger> read_ledger(const Output& out, const Plan& plan, std::uint32_t task);

// Where those of a task lie below the output.
std::string task_folder(const Plan& plan, std::uint32_t task);

}  // namespace oddroad::farm

#include "engine/farm/ledger.h"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/dataset/file_io.h"

namespace oddroad::farm {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string host_name() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "unknown";
}

fs::path task_folder(const fs::path& out, const Plan& plan, std::uint32_t task) {
  char number[16];
  std::snprintf(number, sizeof number, "%06u", task);
  return attempts_folder(out, plan) / "tasks" / number;
}

core::Result<void> fail_errno(const char* what, const fs::path& path) {
  return core::fail_at({path.string()}, std::string(what) + ": " + std::strerror(errno));
}

}  // namespace

fs::path attempts_folder(const fs::path& out, const Plan& plan) {
  return out / "attempts" / plan.id;
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
    case AttemptEnd::kFailed:
      return "failed";
    case AttemptEnd::kStopped:
      return "stopped";
  }
  return "";
}

AttemptLog::AttemptLog(int fd, fs::path path, std::string common)
    : fd_(fd), path_(std::move(path)), common_(std::move(common)) {}
AttemptLog::AttemptLog(AttemptLog&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      path_(std::move(other.path_)),
      common_(std::move(other.common_)) {}
AttemptLog& AttemptLog::operator=(AttemptLog&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(path_, other.path_);
  std::swap(common_, other.common_);
  return *this;
}
AttemptLog::~AttemptLog() {
  if (fd_ >= 0) ::close(fd_);
}

core::Result<AttemptLog> AttemptLog::open(const fs::path& out, const Plan& plan, std::uint32_t task,
                                          int worker) {
  const fs::path folder = task_folder(out, plan, task);
  if (auto made = dataset::make_folders(folder); !made) return core::forward_error(made);
  const std::string host = host_name();
  const std::string process = std::to_string(::getpid()) + "-" + std::to_string(worker);
  const fs::path path = folder / (host + "-" + process + ".jsonl");
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (fd < 0) return core::forward_error(fail_errno("cannot create", path));
  const Json common = {{"host", host}, {"process", process}, {"task", task}};
  return AttemptLog(fd, path, common.dump());
}

core::Result<void> AttemptLog::append(const std::string& line) {
  // One write a line: a line is there whole or, on a full disk, cut short and passed over.
  const ssize_t written = ::write(fd_, line.data(), line.size());
  if (written != static_cast<ssize_t>(line.size())) return fail_errno("cannot write", path_);
  return {};
}

core::Result<void> AttemptLog::begin(const std::string& clip) {
  Json line = Json::parse(common_);
  line["at_ms"] = now_ms();
  line["clip"] = clip;
  line["event"] = "begin";
  // A line that a full disk cut short must not swallow this one.
  if (auto done = append("\n" + line.dump() + "\n"); !done) return done;
  if (::fdatasync(fd_) != 0) return fail_errno("cannot flush", path_);
  return {};
}

core::Result<void> AttemptLog::end(const std::string& clip, const AttemptNote& note) {
  Json line = Json::parse(common_);
  line["at_ms"] = now_ms();
  line["clip"] = clip;
  line["event"] = to_string(note.end);
  line["seconds"] = note.seconds;
  line["frames"] = note.frames;
  if (note.signal != 0) line["signal"] = note.signal;
  if (note.exit_code != 0) line["exit_code"] = note.exit_code;
  if (!note.why.empty()) line["why"] = note.why;
  if (!note.log.empty()) line["log"] = note.log;
  return append(line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
}

void AttemptLog::beat() {
  ::futimens(fd_, nullptr);
}

}  // namespace oddroad::farm

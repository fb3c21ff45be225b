#include "engine/farm/renderer.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace oddroad::farm {
namespace {

constexpr long kLogBytes = 4096;
// How long a renderer may take to end once it tells nothing any more: drivers can hang then.
constexpr int kEndLooks = 1000, kEndLookUs = 5000;

struct Pipe {
  int read_end = -1, write_end = -1;
};

bool open_pipe(Pipe& pipe) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return false;
  pipe = {ends[0], ends[1]};
  return true;
}

// A socket: writing to a renderer that is gone must fail and not raise SIGPIPE.
bool open_socket(Pipe& pipe) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return false;
  pipe = {ends[0], ends[1]};
  return true;
}

void close_all(std::initializer_list<int> descriptors) {
  for (const int fd : descriptors) {
    if (fd >= 0) ::close(fd);
  }
}

// 0 or an errno.
int spawn(const std::vector<std::string>& command, int in, int events, int log, pid_t& pid) {
  std::vector<char*> argv;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&files);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, log, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&files, log, STDERR_FILENO);
  posix_spawn_file_actions_adddup2(&files, events, kEventDescriptor);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
  const int failed = posix_spawn(&pid, argv[0], &files, &attributes, argv.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  return failed;
}

}  // namespace

core::Result<Renderer> Renderer::start(const std::vector<std::string>& command) {
  Renderer out;
  Pipe to, from;
  out.log_ = std::tmpfile();
  if (out.log_ == nullptr || !open_socket(to) || !open_pipe(from)) {
    const int code = errno;
    close_all({to.read_end, to.write_end});
    return core::fail(std::string("cannot start a renderer: ") + std::strerror(code));
  }
  ::fcntl(::fileno(out.log_), F_SETFD, FD_CLOEXEC);
  // Appending: what it says and where we read are places of their own.
  ::fcntl(::fileno(out.log_), F_SETFL, O_APPEND);
  // The target of a dup2 must not be one of the sources.
  const int events = ::fcntl(from.write_end, F_DUPFD_CLOEXEC, 10);
  const int in = ::fcntl(to.read_end, F_DUPFD_CLOEXEC, 10);
  const int log = ::fcntl(::fileno(out.log_), F_DUPFD_CLOEXEC, 10);
  const int failed = spawn(command, in, events, log, out.pid_);
  close_all({events, in, log, from.write_end, to.read_end});
  out.to_ = to.write_end;
  out.from_ = from.read_end;
  if (failed == 0) return out;
  out.pid_ = -1;
  return core::fail("cannot start " + command.front() + ": " + std::strerror(failed));
}

Renderer::Renderer(Renderer&& other) noexcept {
  *this = std::move(other);
}

Renderer& Renderer::operator=(Renderer&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(to_, other.to_);
  std::swap(from_, other.from_);
  std::swap(status_, other.status_);
  std::swap(log_, other.log_);
  std::swap(log_read_, other.log_read_);
  std::swap(pending_, other.pending_);
  return *this;
}

Renderer::~Renderer() {
  kill();
  close_all({to_, from_});
  if (log_ != nullptr) std::fclose(log_);
}

bool Renderer::send(const std::string& line) {
  const std::string text = line + "\n";
  return ::send(to_, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

std::optional<RendererEvent> Renderer::next(int milliseconds) {
  while (true) {
    if (const auto end = pending_.find('\n'); end != std::string::npos) {
      const std::string line = pending_.substr(0, end);
      pending_.erase(0, end + 1);
      if (auto event = decode_event(line)) return event;
      continue;
    }
    if (ended()) return std::nullopt;
    pollfd wait{from_, POLLIN, 0};
    if (::poll(&wait, 1, milliseconds) <= 0) {
      look_whether_ended();  // its end of the pipe may live on in a process that it started
      return std::nullopt;
    }
    char bytes[4096];
    const ssize_t got = ::read(from_, bytes, sizeof bytes);
    if (got > 0) {
      pending_.append(bytes, static_cast<std::size_t>(got));
    } else if (got == 0 || errno != EINTR) {
      // Its end of the pipe is closed: it has ended, or is about to.
      for (int k = 0; k < kEndLooks && pid_ > 0; ++k) {
        look_whether_ended();
        if (pid_ > 0) ::usleep(kEndLookUs);
      }
      kill();
      return std::nullopt;
    }
  }
}

void Renderer::look_whether_ended() {
  if (::waitpid(pid_, &status_, WNOHANG) == pid_) pid_ = -1;
}

void Renderer::reap() {
  if (pid_ < 0) return;
  while (::waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

void Renderer::kill() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  reap();
}

std::string Renderer::take_log() {
  struct stat status {};
  if (log_ == nullptr || ::fstat(::fileno(log_), &status) != 0) return {};
  const long end = static_cast<long>(status.st_size);
  const long begin = std::max(log_read_, end - kLogBytes);
  log_read_ = end;
  std::string text(static_cast<std::size_t>(std::max(end - begin, 0L)), '\0');
  const ssize_t got = ::pread(::fileno(log_), text.data(), text.size(), begin);
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return text;
}

std::string end_text(int wait_status) {
  if (WIFSIGNALED(wait_status)) {
    const int signal = WTERMSIG(wait_status);
    return "signal " + std::to_string(signal) + " (" + strsignal(signal) + ")";
  }
  return "exit code " + std::to_string(WEXITSTATUS(wait_status));
}

}  // namespace oddroad::farm

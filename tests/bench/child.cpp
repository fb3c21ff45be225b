#include "tests/bench/child.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace oddroad::bench {
namespace {

pid_t start(const std::vector<std::string>& arguments, const std::string& log) {
  std::vector<std::string> words = {ODDROAD_BINARY};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& w : words) argv.push_back(w.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                   0666);
  posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
  pid_t pid = 0;
  const int failed = posix_spawn(&pid, ODDROAD_BINARY, &files, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (failed != 0) throw std::runtime_error("cannot start " ODDROAD_BINARY);
  return pid;
}

// VmHWM of a process that runs. rusage would not do: its maximum outlives exec, so a child of a
// large parent starts with the parent's.
double peak_mib(pid_t pid, double before) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  }
  return before;  // it has just ended
}

double seconds(const timeval& t) {
  return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
}

std::string text_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

}  // namespace

Ended run_oddroad(const std::vector<std::string>& arguments, const std::string& log,
                  const std::function<bool()>& enough) {
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  const auto passed = [&] {
    return std::chrono::duration<double>(Clock::now() - begin).count();
  };
  const pid_t pid = start(arguments, log);
  Ended ended;
  bool stopped = false;
  int status = 0;
  rusage used{};
  while (wait4(pid, &status, WNOHANG, &used) == 0) {
    ended.peak_mib = peak_mib(pid, ended.peak_mib);
    if (!stopped && enough && enough()) {
      ended.seconds = passed();
      stopped = true;
      kill(pid, SIGTERM);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  if (!stopped) ended.seconds = passed();
  ended.core_seconds = seconds(used.ru_utime) + seconds(used.ru_stime);
  if (WIFEXITED(status)) ended.exit_code = WEXITSTATUS(status);
  ended.output = text_of(log);
  return ended;
}

bool has_first_capture(const std::string& dataset) {
  namespace fs = std::filesystem;
  // Folders come and go while we look: errors end the look, not the program.
  std::error_code gone;
  for (fs::recursive_directory_iterator it(dataset, gone), end; !gone && it != end;
       it.increment(gone)) {
    if (it->path().filename() == "000000.json") return true;  // its labels are written last
  }
  return false;
}

}  // namespace oddroad::bench

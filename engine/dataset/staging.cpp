#include "engine/dataset/staging.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/dataset/file_io.h"

namespace oddroad::dataset {
namespace {

namespace fs = std::filesystem;

fs::path staging_root(const fs::path& dataset) {
  return dataset / ".staging";
}

std::string host_name() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "unknown";
}

bool is_of_today(const fs::path& path) {
  std::error_code gone;
  const auto written = fs::last_write_time(path, gone);
  return !gone && fs::file_time_type::clock::now() - written < std::chrono::hours(24);
}

// Opens (and creates) a lock file. -1 with errno where it fails, EWOULDBLOCK where it is held.
int open_locked(const fs::path& path, bool wait) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (fd < 0) return -1;
  while (::flock(fd, LOCK_EX | (wait ? 0 : LOCK_NB)) != 0) {
    if (errno == EINTR) continue;
    const int code = errno;
    ::close(fd);
    errno = code;
    return -1;
  }
  return fd;
}

tl::unexpected<core::Diagnostics> fail_errno(const char* what, const fs::path& path) {
  return core::fail_at({path.string()}, std::string(what) + ": " + std::strerror(errno));
}

}  // namespace

FileLock::~FileLock() {
  if (fd_ >= 0) ::close(fd_);
}
FileLock::FileLock(FileLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

core::Result<StagingLock> StagingLock::take(const fs::path& dataset) {
  if (auto made = make_folders(staging_root(dataset)); !made) return core::forward_error(made);
  const fs::path path = staging_root(dataset) / "lock";
  const int fd = open_locked(path, true);
  if (fd < 0) return fail_errno("cannot lock", path);
  StagingLock lock;
  lock.lock_ = FileLock(fd);
  return lock;
}

StagingFolder::StagingFolder(fs::path path, fs::path lock_path, FileLock lock)
    : path_(std::move(path)), lock_path_(std::move(lock_path)), lock_(std::move(lock)) {}

core::Result<StagingFolder> StagingFolder::create(const fs::path& dataset) {
  auto guard = StagingLock::take(dataset);
  if (!guard) return core::forward_error(guard);
  std::string folder = (staging_root(dataset) / (host_name() + ".XXXXXX")).string();
  if (::mkdtemp(folder.data()) == nullptr) {
    return fail_errno("cannot create folder", staging_root(dataset));
  }
  ::chmod(folder.c_str(), 0755);
  const fs::path lock_path = folder + ".lock";
  const int fd = open_locked(lock_path, false);
  if (fd < 0) return fail_errno("cannot lock", lock_path);
  return StagingFolder(folder, lock_path, FileLock(fd));
}

StagingFolder::StagingFolder(StagingFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})),
      lock_path_(std::exchange(other.lock_path_, {})),
      lock_(std::move(other.lock_)) {}

StagingFolder& StagingFolder::operator=(StagingFolder&& other) noexcept {
  if (this == &other) return *this;
  remove();
  path_ = std::exchange(other.path_, {});
  lock_path_ = std::exchange(other.lock_path_, {});
  lock_ = std::move(other.lock_);
  return *this;
}

StagingFolder::~StagingFolder() {
  remove();
}

void StagingFolder::remove() {
  if (path_.empty()) return;  // moved from
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  fs::remove(lock_path_, ignored);
}

core::Result<void> remove_stale_staging(const fs::path& dataset, const StagingLock&) {
  std::error_code error;
  std::vector<fs::path> entries;
  const std::string ours = host_name() + ".";
  for (const auto& entry : fs::directory_iterator(staging_root(dataset), error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(ours) || !is_of_today(entry.path())) entries.push_back(entry.path());
  }
  if (error) return core::fail_at({staging_root(dataset).string()}, error.message());
  for (const auto& path : entries) {
    if (path.filename() == "lock" || path.extension() == ".lock") continue;
    const fs::path lock_path = path.string() + ".lock";
    const int fd = open_locked(lock_path, false);
    if (fd < 0) continue;  // its process lives
    const FileLock lock(fd);
    fs::remove_all(path, error);
    fs::remove(lock_path, error);
  }
  for (const auto& path : entries) {  // locks whose folder was moved into place before the end
    if (path.extension() != ".lock" || fs::exists(fs::path(path).replace_extension())) continue;
    const int fd = open_locked(path, false);
    if (fd < 0) continue;
    const FileLock lock(fd);
    fs::remove(path, error);
  }
  return {};
}

}  // namespace oddroad::dataset

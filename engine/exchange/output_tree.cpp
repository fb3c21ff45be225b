#include "engine/exchange/output_tree.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/dataset/file_io.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBufferBytes = 1 << 20;

tl::unexpected<core::Diagnostics> fail_errno(const char* what, const fs::path& path) {
  const int code = errno;
  return core::fail_at({path.string()}, std::string(what) + ": " + std::strerror(code));
}

// Where exports to `final_path` grow, before the six random characters.
std::string staging_prefix(const fs::path& final_path) {
  return "." + final_path.filename().string() + ".partial.";
}

// The folder itself is the lock: the kernel drops it with its process, however that ends.
// -1: cannot, or another process has it.
int lock_folder(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return -1;
  struct stat ours {
  }, there{};
  if (::flock(fd, LOCK_EX | LOCK_NB) == 0 && ::fstat(fd, &ours) == 0 &&
      ::stat(path.c_str(), &there) == 0 && ours.st_ino == there.st_ino) {
    return fd;
  }
  ::close(fd);
  return -1;
}

void remove_stale(const fs::path& final_path) {
  std::error_code ignored;
  const std::string prefix = staging_prefix(final_path);
  for (const auto& entry : fs::directory_iterator(final_path.parent_path(), ignored)) {
    if (entry.path().filename().string().compare(0, prefix.size(), prefix) != 0) continue;
    const int fd = lock_folder(entry.path());
    if (fd < 0) continue;
    const dataset::FileLock lock(fd);
    fs::remove_all(entry.path(), ignored);
  }
}

}  // namespace

OutputFile::OutputFile(int fd, fs::path path, std::atomic<bool>& failed)
    : fd_(fd), path_(std::move(path)), failed_(failed) {}

OutputFile::~OutputFile() {
  if (fd_ >= 0) ::close(fd_);
}

core::Result<void> OutputFile::append(std::string_view bytes) {
  buffer_ += bytes;
  size_ += bytes.size();
  return buffer_.size() < kBufferBytes ? core::Result<void>() : flush();
}

core::Result<void> OutputFile::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(fd_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      failed_ = true;
      return fail_errno("cannot write", path_);
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
  return {};
}

core::Result<void> OutputFile::close() {
  if (auto done = flush(); !done) return done;
  if (::close(std::exchange(fd_, -1)) == 0) return {};
  failed_ = true;
  return fail_errno("cannot write", path_);
}

core::Result<std::unique_ptr<OutputTree>> OutputTree::create(const fs::path& out) {
  std::error_code error;
  if (fs::exists(out, error) && (!fs::is_directory(out, error) || !fs::is_empty(out, error))) {
    return core::fail_at({out.string()}, "there is something already", "name a new folder");
  }
  const fs::path target = fs::absolute(out).lexically_normal();
  const fs::path final_path = target.has_filename() ? target : target.parent_path();
  if (auto made = dataset::make_folders(final_path.parent_path()); !made) {
    return core::forward_error(made);
  }
  remove_stale(final_path);
  std::string path = (final_path.parent_path() / (staging_prefix(final_path) + "XXXXXX")).string();
  if (::mkdtemp(path.data()) == nullptr) return fail_errno("cannot create folder", out);
  ::chmod(path.c_str(), 0755);
  const int fd = lock_folder(path);
  if (fd < 0) return fail_errno("cannot lock", path);
  return std::unique_ptr<OutputTree>(new OutputTree(final_path, path, dataset::FileLock(fd)));
}

OutputTree::~OutputTree() {
  std::error_code ignored;
  if (!committed_) fs::remove_all(path_, ignored);
}

core::Result<void> OutputTree::folder(const std::string& name) {
  auto made = dataset::make_folders(path_ / name);
  if (!made) failed_ = true;
  return made;
}

core::Result<void> OutputTree::put(const std::string& name, std::string_view bytes) {
  const fs::path path = path_ / name;
  std::error_code error;
  auto done = fs::exists(path.parent_path(), error) ? core::Result<void>()
                                                    : dataset::make_folders(path.parent_path());
  if (done) done = dataset::write_file(path, bytes);
  if (!done) failed_ = true;
  return done;
}

core::Result<std::unique_ptr<OutputFile>> OutputTree::open(const std::string& name) {
  const fs::path path = path_ / name;
  if (auto made = dataset::make_folders(path.parent_path()); !made) {
    failed_ = true;
    return core::forward_error(made);
  }
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd >= 0) return std::make_unique<OutputFile>(fd, path, failed_);
  failed_ = true;
  return fail_errno("cannot create", path);
}

core::Result<void> OutputTree::commit() {
  // One flush for all files: after a crash a file of the final name is whole, too.
  const int fd = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool flushed = fd >= 0 && ::syncfs(fd) == 0;
  const auto unflushed = flushed ? core::Result<void>() : fail_errno("cannot flush", path_);
  if (fd >= 0) ::close(fd);
  failed_ = true;  // unless all goes well
  if (!unflushed) return unflushed;
  // Over an empty folder, never over anything else: rename() refuses that.
  if (::rename(path_.c_str(), final_path_.c_str()) != 0) {
    return fail_errno("cannot put in place", final_path_);
  }
  committed_ = true;
  failed_ = false;
  return {};
}

}  // namespace oddroad::exchange

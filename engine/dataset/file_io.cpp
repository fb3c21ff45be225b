#include "engine/dataset/file_io.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace oddroad::dataset {
namespace {

// Closes on scope exit.
struct Descriptor {
  int fd = -1;
  explicit Descriptor(int value) : fd(value) {}
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
};

tl::unexpected<core::Diagnostics> fail_errno(const char* what, const std::filesystem::path& path) {
  const int code = errno;
  return core::fail_at({path.string()}, std::string(what) + ": " + std::strerror(code));
}

core::Result<void> write_all(int fd, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return fail_errno("cannot write", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace

core::Result<std::string> read_file(const std::filesystem::path& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.fd < 0) return fail_errno("cannot open", path);
  struct stat status {};
  if (::fstat(file.fd, &status) != 0) return fail_errno("cannot read", path);
  if (!S_ISREG(status.st_mode)) return core::fail_at({path.string()}, "not a file");
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t have = 0;
  while (have < bytes.size()) {
    const ssize_t got = ::read(file.fd, bytes.data() + have, bytes.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail_errno("cannot read", path);
    if (got == 0) break;  // became shorter while being read
    have += static_cast<std::size_t>(got);
  }
  bytes.resize(have);
  return bytes;
}

core::Result<void> write_file(const std::filesystem::path& path, std::string_view bytes) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (file.fd < 0) return fail_errno("cannot create", path);
  if (auto done = write_all(file.fd, bytes, path); !done) return done;
  // The disk begins now: who flushes the file at the end then waits less. It may refuse.
  ::sync_file_range(file.fd, 0, 0, SYNC_FILE_RANGE_WRITE);
  return {};
}

core::Result<void> sync_path(const std::filesystem::path& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.fd < 0) return fail_errno("cannot open", path);
  // Some file systems cannot flush a folder and say EINVAL; there is nothing more to do then.
  if (::fsync(file.fd) != 0 && errno != EINVAL) return fail_errno("cannot flush", path);
  return {};
}

core::Result<void> write_file_atomic(const std::filesystem::path& path, std::string_view bytes) {
  std::string temporary =
      (path.parent_path() / ("." + path.filename().string() + ".XXXXXX")).string();
  Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (file.fd < 0) return fail_errno("cannot create", path);
  auto done = write_all(file.fd, bytes, path);
  if (done && (::fchmod(file.fd, 0644) != 0 || ::fsync(file.fd) != 0)) {
    done = fail_errno("cannot flush", path);
  }
  if (done && ::rename(temporary.c_str(), path.c_str()) != 0) {
    done = fail_errno("cannot put in place", path);
  }
  if (!done) {
    ::unlink(temporary.c_str());
    return done;
  }
  return sync_path(path.parent_path());
}

core::Result<void> make_folders(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return core::fail_at({path.string()}, "cannot create folder: " + error.message());
  return {};
}

}  // namespace oddroad::dataset

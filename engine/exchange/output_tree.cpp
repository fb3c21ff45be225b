#include "engine/exchange/output_tree.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/dataset/file_io.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBufferBytes = 1 << 20;
constexpr const char* kJournal = ".journal";

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

// The lines of a journal; one that a killed process did not end does not count.
std::vector<std::string> read_journal(const fs::path& folder) {
  std::vector<std::string> lines;
  const auto text = dataset::read_file(folder / kJournal);
  for (std::size_t at = 0; text;) {
    const auto end = text->find('\n', at);
    if (end == std::string::npos) break;
    lines.push_back(text->substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

// What ended processes left beside the final place: the first of our key is taken over, locked,
// all else goes.
struct Left {
  fs::path path;
  dataset::FileLock lock;
  std::vector<std::string> journal;  // without the key
};
std::optional<Left> take_over(const fs::path& final_path, const std::string& key) {
  std::error_code ignored;
  const std::string prefix = staging_prefix(final_path);
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(final_path.parent_path(), ignored)) {
    if (entry.path().filename().string().compare(0, prefix.size(), prefix) == 0) {
      found.push_back(entry.path());
    }
  }
  std::optional<Left> ours;
  for (const fs::path& path : found) {
    const int fd = lock_folder(path);
    if (fd < 0) continue;
    dataset::FileLock lock(fd);
    auto lines = read_journal(path);
    if (!ours && lines.size() > 1 && lines.front() == key) {
      lines.erase(lines.begin());
      ours = Left{path, std::move(lock), std::move(lines)};
    } else {
      fs::remove_all(path, ignored);
    }
  }
  return ours;
}

}  // namespace

OutputFile::OutputFile(int fd, fs::path path, OutputTree& tree)
    : fd_(fd), path_(std::move(path)), tree_(tree) {
  const std::scoped_lock lock(tree_.mutex_);
  tree_.open_.insert(this);
}

OutputFile::~OutputFile() {
  const std::scoped_lock lock(tree_.mutex_);
  tree_.open_.erase(this);
  if (fd_ >= 0) ::close(fd_);
}

core::Result<void> OutputFile::append(std::string_view bytes) {
  buffer_ += bytes;
  size_ += bytes.size();
  return buffer_.size() < kBufferBytes ? core::Result<void>() : flush();
}

core::Result<void> OutputFile::append_file(const fs::path& file, std::uint64_t bytes) {
  const int from = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (from < 0) return fail_errno("cannot read", file);
  core::Result<void> done;
  std::uint64_t found = 0;
  while (done) {
    const std::size_t before = buffer_.size();
    buffer_.resize(before + kBufferBytes);
    const ssize_t n = ::read(from, buffer_.data() + before, kBufferBytes);
    buffer_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) done = fail_errno("cannot read", file);
    if (n <= 0) break;
    found += static_cast<std::uint64_t>(n);
    size_ += static_cast<std::uint64_t>(n);
    if (buffer_.size() >= kBufferBytes) done = flush();
  }
  ::close(from);
  if (done && found != bytes) {
    done = core::fail_at({file.string()}, "has " + std::to_string(found) +
                                              " bytes, the manifest says " + std::to_string(bytes));
  }
  return done;
}

core::Result<void> OutputFile::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(fd_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      tree_.failed_ = true;
      return fail_errno("cannot write", path_);
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
  return {};
}

core::Result<void> OutputFile::skip(std::uint64_t bytes) {
  if (auto done = flush(); !done) return done;
  struct stat there {};
  if (::fstat(fd_, &there) != 0 || static_cast<std::uint64_t>(there.st_size) < size_ + bytes) {
    return core::fail_at({path_.string()}, "is shorter than an earlier run noted");
  }
  size_ += bytes;
  if (::lseek(fd_, static_cast<off_t>(size_), SEEK_SET) >= 0) return {};
  return fail_errno("cannot seek", path_);
}

core::Result<void> OutputFile::close() {
  if (auto done = flush(); !done) return done;
  const bool cut = ::ftruncate(fd_, static_cast<off_t>(size_)) == 0;
  if (::close(std::exchange(fd_, -1)) == 0 && cut) return {};
  tree_.failed_ = true;
  return fail_errno("cannot write", path_);
}

core::Result<std::unique_ptr<OutputTree>> OutputTree::create(const fs::path& out,
                                                             const std::string& key) {
  std::error_code error;
  if (fs::exists(out, error) && (!fs::is_directory(out, error) || !fs::is_empty(out, error))) {
    return core::fail_at({out.string()}, "there is something already", "name a new folder");
  }
  const fs::path target = fs::absolute(out).lexically_normal();
  const fs::path final_path = target.has_filename() ? target : target.parent_path();
  if (auto made = dataset::make_folders(final_path.parent_path()); !made) {
    return core::forward_error(made);
  }
  std::unique_ptr<OutputTree> tree;
  if (auto left = take_over(final_path, key)) {
    tree.reset(new OutputTree(final_path, left->path, std::move(left->lock)));
    tree->journal_ = std::move(left->journal);
  } else {
    std::string path =
        (final_path.parent_path() / (staging_prefix(final_path) + "XXXXXX")).string();
    if (::mkdtemp(path.data()) == nullptr) return fail_errno("cannot create folder", out);
    ::chmod(path.c_str(), 0755);
    const int fd = lock_folder(path);
    if (fd < 0) return fail_errno("cannot lock", path);
    tree.reset(new OutputTree(final_path, path, dataset::FileLock(fd)));
  }
  auto journal = tree->open(kJournal);
  if (!journal) return core::forward_error(journal);
  tree->journal_file_ = std::move(*journal);
  std::string text = key + "\n";
  for (const auto& line : tree->journal_) text += line + "\n";
  if (auto done = tree->journal_file_->append(text); !done) return core::forward_error(done);
  return tree;
}

OutputTree::~OutputTree() {
  std::error_code ignored;
  journal_file_.reset();
  if (!committed_ && !kept_) fs::remove_all(path_, ignored);
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
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (fd >= 0) return std::make_unique<OutputFile>(fd, path, *this);
  failed_ = true;
  return fail_errno("cannot create", path);
}

core::Result<void> OutputTree::note(const std::string& line) {
  const std::scoped_lock lock(mutex_);
  for (OutputFile* file : open_) {
    if (file == journal_file_.get()) continue;
    if (auto done = file->flush(); !done) return done;
  }
  auto done = journal_file_->append(line + "\n");
  return done ? journal_file_->flush() : done;
}

core::Result<void> OutputTree::commit() {
  failed_ = true;  // unless all goes well
  journal_file_.reset();
  if (::unlink((path_ / kJournal).c_str()) != 0)
    return fail_errno("cannot remove", path_ / kJournal);
  // One flush for all files: after a crash a file of the final name is whole, too.
  const int fd = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool flushed = fd >= 0 && ::syncfs(fd) == 0;
  const auto unflushed = flushed ? core::Result<void>() : fail_errno("cannot flush", path_);
  if (fd >= 0) ::close(fd);
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

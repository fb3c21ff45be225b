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
#include "engine/exchange/copy_bytes.h"

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

// The content of a file to where `to` stands; its length. `failed`: it is `to` that fails.
core::Result<std::uint64_t> copy_file(const fs::path& file, int to, const fs::path& to_path,
                                      core::Sha256* hash, std::atomic<bool>& failed) {
  const int from = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (from < 0) return fail_errno("cannot open", file);
  const auto copied = copy_bytes(from, to, hash);
  ::close(from);
  if (copied) return *copied;
  errno = copied.error().code;
  if (!copied.error().writing) return fail_errno("cannot read", file);
  failed = true;
  return fail_errno("cannot write", to_path);
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
  size_ += bytes.size();
  if (buffer_.size() + bytes.size() < kBufferBytes) {
    buffer_ += bytes;
    return {};
  }
  auto done = flush();
  return done ? write(bytes) : done;
}

core::Result<void> OutputFile::append_file(const fs::path& file, std::uint64_t bytes) {
  if (auto done = flush(); !done) return done;
  const auto found = copy_file(file, fd_, path_, nullptr, tree_.failed_);
  if (!found) return core::forward_error(found);
  size_ += *found;
  if (*found == bytes) return {};
  return core::fail_at({file.string()}, "has " + std::to_string(*found) +
                                            " bytes, the manifest says " + std::to_string(bytes));
}

core::Result<void> OutputFile::write(std::string_view bytes) {
  const int code = write_all(fd_, bytes);
  if (code == 0) {
    // As with files that are put: the disk begins now.
    const auto size = static_cast<off_t>(bytes.size());
    ::sync_file_range(fd_, ::lseek(fd_, 0, SEEK_CUR) - size, size, SYNC_FILE_RANGE_WRITE);
    return {};
  }
  errno = code;
  tree_.failed_ = true;
  return fail_errno("cannot write", path_);
}

core::Result<void> OutputFile::flush() {
  auto done = write(buffer_);
  if (done) buffer_.clear();
  return done;
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

core::Result<void> OutputTree::make_place(const fs::path& file) {
  std::error_code error;
  if (fs::exists(file.parent_path(), error)) return {};
  auto made = dataset::make_folders(file.parent_path());
  if (!made) failed_ = true;
  return made;
}

core::Result<void> OutputTree::put(const std::string& name, std::string_view bytes) {
  const fs::path path = path_ / name;
  if (auto made = make_place(path); !made) return made;
  auto done = dataset::write_file(path, bytes);
  if (!done) failed_ = true;
  return done;
}

core::Result<void> OutputTree::copy(const std::string& name, const fs::path& file,
                                    core::Sha256* hash) {
  const fs::path path = path_ / name;
  if (auto made = make_place(path); !made) return made;
  const int to = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (to < 0) {
    failed_ = true;
    return fail_errno("cannot create", path);
  }
  const auto copied = copy_file(file, to, path, hash, failed_);
  // As with files that are put: the disk begins now.
  ::sync_file_range(to, 0, 0, SYNC_FILE_RANGE_WRITE);
  ::close(to);
  return copied ? core::Result<void>() : core::forward_error(copied);
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

std::optional<fs::path> OutputTree::keep() {
  kept_ = journal_file_ != nullptr;
  return kept_ ? std::optional(path_) : std::nullopt;
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

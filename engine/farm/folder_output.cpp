#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/core/parallel.h"
#include "engine/dataset/checkpoint.h"
#include "engine/dataset/clip_writer.h"
#include "engine/dataset/file_io.h"
#include "engine/dataset/manifest.h"
#include "engine/farm/output.h"

namespace oddroad::farm {
namespace {

namespace fs = std::filesystem;

core::Result<void> fail_errno(const char* what, const fs::path& path) {
  return core::fail_at({path.string()}, std::string(what) + ": " + std::strerror(errno));
}

class FileJournal : public Journal {
 public:
  FileJournal(int fd, fs::path path) : fd_(fd), path_(std::move(path)) {}
  ~FileJournal() override { ::close(fd_); }

  // One write a text: it is there whole or, on a full disk, cut short.
  core::Result<void> append(const std::string& text, bool lasting) override {
    const ssize_t written = ::write(fd_, text.data(), text.size());
    if (written != static_cast<ssize_t>(text.size())) return fail_errno("cannot write", path_);
    if (lasting && ::fdatasync(fd_) != 0) return fail_errno("cannot flush", path_);
    return {};
  }
  void touch() override { ::futimens(fd_, nullptr); }

 private:
  int fd_;
  fs::path path_;
};

class FolderOutput : public Output {
 public:
  explicit FolderOutput(fs::path folder) : folder_(std::move(folder)) {}

  std::string place() const override { return folder_.string(); }
  bool reachable() const override { return true; }
  core::Result<void> open(const dataset::DatasetHeader& header) override {
    return dataset::open_for_writing(folder_, header);
  }

  core::Result<std::vector<ClipState>> look(const std::vector<dataset::ClipIdentity>& clips,
                                            SurveyDepth depth) const override {
    std::vector<ClipState> states(clips.size());
    core::parallel_for(clips.size(), [&](std::size_t k) {
      const bool there = fs::exists(folder_ / dataset::clip_folder(clips[k]));
      states[k] = !there                      ? ClipState::kMissing
                  : is_whole(clips[k], depth) ? ClipState::kDone
                                              : ClipState::kDamaged;
    });
    return states;
  }
  core::Result<std::string> clip_hash(const dataset::ClipIdentity& clip) const override {
    return dataset::clip_hash(folder_ / dataset::clip_folder(clip));
  }
  core::Result<void> quarantine(const dataset::ClipIdentity& clip) override {
    const auto moved = dataset::quarantine_clip(folder_, clip);
    if (!moved) return core::forward_error(moved);
    return {};
  }

  std::string stopped_at(const dataset::ClipIdentity& clip) const override {
    const auto note = dataset::stopped_at(folder_, clip);
    return note ? dataset::to_text(*note) : "";
  }
  void drop_partial(const dataset::ClipIdentity& clip) override {
    dataset::drop_checkpoints(folder_, clip);
  }

  core::Result<std::optional<std::string>> read(const std::string& name) const override {
    if (!fs::exists(folder_ / name)) return std::nullopt;
    auto text = dataset::read_file(folder_ / name);
    if (!text) return core::forward_error(text);
    return std::move(*text);
  }
  core::Result<void> write(const std::string& name, const std::string& text) override {
    const fs::path file = folder_ / name;
    if (auto made = dataset::make_folders(file.parent_path()); !made) return made;
    return dataset::write_file_atomic(file, text);
  }
  core::Result<std::vector<Note>> list(const std::string& folder) const override {
    std::vector<Note> notes;
    std::error_code gone;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / folder, gone)) {
      struct stat status {};
      if (::stat(entry.path().c_str(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
      notes.push_back({entry.path().lexically_relative(folder_).generic_string(),
                       std::int64_t{status.st_mtime} * 1000});
    }
    return notes;
  }
  core::Result<std::unique_ptr<Journal>> journal(const std::string& name) override {
    const fs::path path = folder_ / name;
    if (auto made = dataset::make_folders(path.parent_path()); !made) {
      return core::forward_error(made);
    }
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (fd < 0) return core::forward_error(fail_errno("cannot create", path));
    return std::make_unique<FileJournal>(fd, path);
  }

 private:
  [[nodiscard]] bool is_whole(const dataset::ClipIdentity& identity, SurveyDepth depth) const {
    const fs::path clip = folder_ / dataset::clip_folder(identity);
    if (depth == SurveyDepth::kPresence) return fs::exists(clip / "manifest.json");
    if (depth == SurveyDepth::kSizes) return dataset::clip_is_complete(folder_, identity);
    const auto manifest = dataset::read_manifest(clip);
    return manifest && manifest->identity == dataset::encode_identity(identity) &&
           dataset::check_files(clip, *manifest, true).has_value();
  }

  fs::path folder_;
};

}  // namespace

std::unique_ptr<Output> folder_output(const fs::path& folder) {
  return std::make_unique<FolderOutput>(folder);
}

}  // namespace oddroad::farm

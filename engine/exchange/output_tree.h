// The folder that an export fills. It grows beside its final place under a name of its own and is
// moved there when it is complete: what carries the final name is whole. A journal in it says how
// far it came, so that the next run of the same export can go on.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/core/sha256.h"
#include "engine/dataset/staging.h"

namespace oddroad::exchange {

class OutputTree;

// A file that is written piece by piece. In an export that goes on it is written over from its
// start; what is already there and stays can be passed over.
class OutputFile {
 public:
  OutputFile(int fd, std::filesystem::path path, OutputTree& tree);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;

  core::Result<void> append(std::string_view bytes);
  // The content of another file, piece by piece. Errors: unreadable, other than `bytes` long.
  core::Result<void> append_file(const std::filesystem::path& file, std::uint64_t bytes);
  // Errors: fewer are there.
  core::Result<void> skip(std::uint64_t bytes);
  core::Result<void> flush();
  // Cuts what an earlier run wrote behind the end.
  core::Result<void> close();
  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  core::Result<void> write(std::string_view bytes);

  int fd_;
  std::filesystem::path path_;
  OutputTree& tree_;
  std::string buffer_;
  std::uint64_t size_ = 0;
};

class OutputTree {
 public:
  // Takes up what an ended process left of the export of this key (a line of text), or begins anew.
  // Also removes what other exports to the same place left.
  // Errors: there is something at `out` (an empty folder is fine), cannot create beside it.
  static core::Result<std::unique_ptr<OutputTree>> create(const std::filesystem::path& out,
                                                          const std::string& key);
  ~OutputTree();  // drops what was neither committed nor kept
  OutputTree(const OutputTree&) = delete;

  // Names are relative, '/' between folders, which are made. Any thread.
  core::Result<void> put(const std::string& name, std::string_view bytes);
  // Another file's content, added to `hash` on its way unless that is null.
  core::Result<void> copy(const std::string& name, const std::filesystem::path& file,
                          core::Sha256* hash = nullptr);
  core::Result<void> folder(const std::string& name);
  core::Result<std::unique_ptr<OutputFile>> open(const std::string& name);

  // Lines that earlier runs noted. Empty: it begins anew.
  [[nodiscard]] const std::vector<std::string>& journal() const { return journal_; }
  // Adds a line, which holds for all that was written up to now. It survives the process, not the
  // machine. Not while open files are written.
  core::Result<void> note(const std::string& line);
  // What is there stays for a later run, where it says. None: commit() flushed it, and what of it
  // is on the disk is not known.
  std::optional<std::filesystem::path> keep();

  // Flushes everything and moves the folder into place.
  core::Result<void> commit();

  // A write failed: the cause is out here and not in the dataset.
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  friend class OutputFile;
  OutputTree(std::filesystem::path final_path, std::filesystem::path path, dataset::FileLock lock)
      : final_path_(std::move(final_path)), path_(std::move(path)), lock_(std::move(lock)) {}
  core::Result<void> make_place(const std::filesystem::path& file);

  std::filesystem::path final_path_, path_;
  dataset::FileLock lock_;
  std::vector<std::string> journal_;
  std::unique_ptr<OutputFile> journal_file_;
  std::mutex mutex_;  // guards open_
  std::set<OutputFile*> open_;
  std::atomic<bool> failed_ = false;
  bool committed_ = false, kept_ = false;
};

}  // namespace oddroad::exchange

// The folder that an export fills. It grows beside its final place under a name of its own and is
// moved there when it is complete: what carries the final name is whole.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "engine/core/result.h"
#include "engine/dataset/staging.h"

namespace oddroad::exchange {

// A file that is written piece by piece.
class OutputFile {
 public:
  OutputFile(int fd, std::filesystem::path path, std::atomic<bool>& failed);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;

  core::Result<void> append(std::string_view bytes);
  core::Result<void> close();
  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  core::Result<void> flush();

  int fd_;
  std::filesystem::path path_;
  std::atomic<bool>& failed_;
  std::string buffer_;
  std::uint64_t size_ = 0;
};

class OutputTree {
 public:
  // Also removes what killed exports to the same place left.
  // Errors: there is something at `out` (an empty folder is fine), cannot create beside it.
  static core::Result<std::unique_ptr<OutputTree>> create(const std::filesystem::path& out);
  ~OutputTree();  // drops what was not committed
  OutputTree(const OutputTree&) = delete;

  // Names are relative, '/' between folders, which are made. Any thread.
  core::Result<void> put(const std::string& name, std::string_view bytes);
  core::Result<void> folder(const std::string& name);
  core::Result<std::unique_ptr<OutputFile>> open(const std::string& name);

  // Flushes everything and moves the folder into place.
  core::Result<void> commit();

  // A write failed: the cause is out here and not in the dataset.
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  OutputTree(std::filesystem::path final_path, std::filesystem::path path, dataset::FileLock lock)
      : final_path_(std::move(final_path)), path_(std::move(path)), lock_(std::move(lock)) {}

  std::filesystem::path final_path_, path_;
  dataset::FileLock lock_;
  std::atomic<bool> failed_ = false;
  bool committed_ = false;
};

}  // namespace oddroad::exchange

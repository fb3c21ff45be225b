// Where clips grow before they exist: DATASET/.staging/<host>.<unique>/, each with a locked file
// <host>.<unique>.lock beside it. The kernel drops the lock when its process dies, however it dies;
// so a folder whose lock can be taken belongs to nobody and is removed. Not every file system
// shows the locks of one machine to another: folders of other hosts are left alone for a day.
#pragma once

#include <filesystem>

#include "engine/core/result.h"

namespace oddroad::dataset {

// An open file held with flock; released by the destructor or by the end of the process.
class FileLock {
 public:
  FileLock() = default;
  explicit FileLock(int fd) : fd_(fd) {}
  ~FileLock();
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;

 private:
  int fd_ = -1;
};

// Held while staging folders are made or removed, so that a new one is never seen without its lock.
class StagingLock {
 public:
  // Waits for other holders. Errors: cannot create DATASET/.staging.
  static core::Result<StagingLock> take(const std::filesystem::path& dataset);

 private:
  FileLock lock_;
};

// A folder of our own; removed with everything in it unless it was moved away.
class StagingFolder {
 public:
  static core::Result<StagingFolder> create(const std::filesystem::path& dataset);
  ~StagingFolder();
  StagingFolder(StagingFolder&& other) noexcept;
  StagingFolder& operator=(StagingFolder&& other) noexcept;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  StagingFolder(std::filesystem::path path, std::filesystem::path lock_path, FileLock lock);
  void remove();
  std::filesystem::path path_;
  std::filesystem::path lock_path_;
  FileLock lock_;
};

// Removes the staging folders of dead processes of this host, and those of others that nothing was
// written to for a day; those of live ones are not touched.
core::Result<void> remove_stale_staging(const std::filesystem::path& dataset, const StagingLock&);

}  // namespace oddroad::dataset

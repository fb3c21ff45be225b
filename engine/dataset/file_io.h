// Whole files in and out, with errors that name the file. Bytes are std::string.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/core/result.h"

namespace oddroad::dataset {

// Errors: missing, unreadable, not a plain file.
core::Result<std::string> read_file(const std::filesystem::path& path);
// Creates or replaces. Errors: cannot create, disk full.
core::Result<void> write_file(const std::filesystem::path& path, std::string_view bytes);
// Flushes a file or a folder's entries to the disk.
core::Result<void> sync_path(const std::filesystem::path& path);
// Whole or not at all, also through a crash: written beside, flushed, renamed over.
core::Result<void> write_file_atomic(const std::filesystem::path& path, std::string_view bytes);
core::Result<void> make_folders(const std::filesystem::path& path);

}  // namespace oddroad::dataset

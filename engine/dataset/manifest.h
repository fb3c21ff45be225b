// manifest.json: every file of a clip with its size and SHA-256. Written last: a clip without one
// does not exist.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "engine/core/result.h"
#include "engine/dataset/clip_info.h"

namespace oddroad::dataset {

struct FileEntry {
  std::uint64_t bytes = 0;
  std::string sha256;
  bool operator==(const FileEntry&) const = default;
};

struct Manifest {
  std::string identity;                    // encode_identity()
  std::map<std::string, FileEntry> files;  // by path relative to the clip, '/' between folders
  bool operator==(const Manifest&) const = default;
};

std::string encode_manifest(const Manifest& manifest);
// `file`: what errors name. Errors: malformed, a path that leaves the clip.
core::Result<Manifest> decode_manifest(const std::string& text, const std::string& file);
// Errors: missing, or as above.
core::Result<Manifest> read_manifest(const std::filesystem::path& clip);

// SHA-256 of manifest.json: one number that stands for every byte of the clip.
core::Result<std::string> clip_hash(const std::filesystem::path& clip);

// Every file is there with its size; with `hashes`, with its content too; and nothing else is
// there. Errors name each file that is missing, changed or foreign.
core::Result<void> check_files(const std::filesystem::path& clip, const Manifest& manifest,
                               bool hashes);

}  // namespace oddroad::dataset

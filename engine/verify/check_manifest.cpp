#include "engine/core/sha256.h"
#include "engine/verify/check_clip.h"

namespace oddroad::verify {
namespace {

namespace fs = std::filesystem;

// "" where the file is as it should be.
std::string problem(const fs::path& file, const ManifestRecord::File& entry) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  if (error) return "no file";
  if (size != entry.bytes) return std::to_string(size) + " bytes";
  const auto hash = core::sha256_file(file.string());
  if (!hash) return core::to_string(hash.error());
  return *hash == entry.sha256 ? "" : "sha256 " + *hash;
}

}  // namespace

void check_manifest(const fs::path& folder, const ManifestRecord& manifest, Report& report) {
  Check& check = report["manifest"];
  for (const auto& [name, entry] : manifest.files) {
    const std::string wrong = problem(folder / name, entry);
    check.compare(wrong.empty() ? 0 : 1, 0, [&] {
      return Disagreement{name, "", wrong,
                          std::to_string(entry.bytes) + " bytes, sha256 " + entry.sha256};
    });
  }
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    const std::string name = entry.path().lexically_relative(folder).generic_string();
    if (entry.is_directory() || name == "manifest.json" || manifest.files.count(name) > 0) continue;
    check.disagree(1, [&] {
      return Disagreement{name, "", "a file", "none: it is not in the manifest"};
    });
  }
}

}  // namespace oddroad::verify

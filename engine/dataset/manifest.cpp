#include "engine/dataset/manifest.h"

#include <algorithm>
#include <vector>

#include "engine/core/sha256.h"
#include "engine/dataset/file_io.h"
#include "engine/dataset/json_types.h"
#include "engine/dataset/parsed_json.h"

namespace oddroad::dataset {
namespace {

namespace fs = std::filesystem;

bool stays_inside(const std::string& name) {
  const fs::path path(name);
  return !name.empty() && path.is_relative() &&
         std::none_of(path.begin(), path.end(), [](const fs::path& part) {
           return part == "..";
         });
}

void check_file(const fs::path& file, const FileEntry& entry, bool hashes,
                core::Diagnostics& problems) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  if (error) {
    problems.error({file.string()}, "missing: " + error.message());
    return;
  }
  if (size != entry.bytes) {
    problems.error({file.string()}, "has " + std::to_string(size) + " bytes, the manifest says " +
                                        std::to_string(entry.bytes));
    return;
  }
  if (!hashes) return;
  const auto hash = core::sha256_file(file.string());
  if (!hash) {
    problems.append(hash.error());
  } else if (*hash != entry.sha256) {
    problems.error({file.string()}, "its content is not what the manifest says");
  }
}

void check_foreign(const fs::path& clip, const Manifest& manifest, core::Diagnostics& problems) {
  std::vector<std::string> foreign;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(clip, error)) {
    if (entry.is_directory()) continue;
    const std::string name = entry.path().lexically_relative(clip).generic_string();
    if (name != "manifest.json" && !manifest.files.contains(name)) foreign.push_back(name);
  }
  std::sort(foreign.begin(), foreign.end());
  for (const auto& name : foreign) {
    problems.error({(clip / name).string()}, "is not in the manifest");
  }
}

}  // namespace

std::string encode_manifest(const Manifest& manifest) {
  Json files = Json::object();
  auto& entries = files.get_ref<Json::object_t&>();
  for (const auto& [name, entry] : manifest.files) {
    // Not by name: that looks through all that are there.
    entries.emplace_back(name, Json{{"bytes", entry.bytes}, {"sha256", entry.sha256}});
  }
  return dump_json({{"identity", Json::parse(manifest.identity)}, {"files", files}});
}

core::Result<Manifest> decode_manifest(const std::string& text, const std::string& file) {
  return read_json<Manifest>(text, file, [](Parsed json) {
    Manifest manifest;
    manifest.identity = Json::parse(simdjson::minify(at(json, "identity"))).dump();
    for (const auto field : as_object(at(json, "files"))) {
      const std::string name(field.key);
      if (!stays_inside(name)) throw std::invalid_argument("path leaves the clip: " + name);
      manifest.files[name] = {as_integer<std::uint64_t>(at(field.value, "bytes")),
                              as_text(at(field.value, "sha256"))};
    }
    return manifest;
  });
}

core::Result<Manifest> read_manifest(const fs::path& clip) {
  const std::string file = (clip / "manifest.json").string();
  const auto text = read_file(file);
  if (!text) return core::forward_error(text);
  return decode_manifest(*text, file);
}

core::Result<std::string> clip_hash(const fs::path& clip) {
  return core::sha256_file((clip / "manifest.json").string());
}

core::Result<void> check_files(const fs::path& clip, const Manifest& manifest, bool hashes) {
  core::Diagnostics problems;
  for (const auto& [name, entry] : manifest.files) {
    check_file(clip / name, entry, hashes, problems);
  }
  check_foreign(clip, manifest, problems);
  if (problems.has_errors()) return tl::unexpected(problems);
  return {};
}

}  // namespace oddroad::dataset

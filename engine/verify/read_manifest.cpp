#include "engine/verify/json_fields.h"
#include "engine/verify/readers.h"

namespace oddroad::verify {

core::Result<ManifestRecord> read_manifest(const std::filesystem::path& file) {
  return read_json<ManifestRecord>(file, [](const Json& json) {
    ManifestRecord out;
    out.identity = json.at("identity").dump();
    for (const auto& [name, entry] : json.at("files").items()) {
      out.files[name] = {whole<std::uint64_t>(entry.at("bytes")), text(entry.at("sha256"))};
    }
    return out;
  });
}

}  // namespace oddroad::verify

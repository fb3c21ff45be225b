#include <fstream>
#include <sstream>

#include "engine/verify/files.h"

namespace oddroad::verify {

core::Result<std::string> read_bytes(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return core::fail_at({path.string()}, "is missing");
  if (!std::filesystem::is_regular_file(path, error)) {
    return core::fail_at({path.string()}, "is not a file");
  }
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in && !bytes.str().empty()) return core::fail_at({path.string()}, "cannot be read");
  return std::move(bytes).str();
}

}  // namespace oddroad::verify

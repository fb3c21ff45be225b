#include "engine/cli/context.h"

#include <filesystem>
#include <fstream>

namespace oddroad::cli {

void print(const Context& context, const core::Diagnostics& diagnostics) {
  if (!diagnostics.empty()) std::fprintf(context.err, "%s\n", core::to_string(diagnostics).c_str());
}

int fail(const Context& context, const core::Diagnostics& diagnostics, int code) {
  print(context, diagnostics);
  return code;
}

core::Result<void> write_file(const std::string& path, const std::string& bytes) {
  const std::filesystem::path target(path);
  std::error_code code;
  if (target.has_parent_path()) std::filesystem::create_directories(target.parent_path(), code);
  const std::string temporary = path + ".part";
  {
    std::ofstream out(temporary, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) {
      std::filesystem::remove(temporary, code);
      return core::fail_at({path}, "cannot be written");
    }
  }
  std::filesystem::rename(temporary, target, code);
  if (code) return core::fail_at({path}, "cannot be written: " + code.message());
  return {};
}

}  // namespace oddroad::cli

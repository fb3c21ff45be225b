#include <cstdlib>
#include <filesystem>

#include <unistd.h>

#include "engine/cli/context.h"
#include "engine/core/memory.h"

int main(int argc, char** argv) {
  oddroad::core::keep_freed_memory();
  const char* path = std::getenv("ODDROAD_PATH");
  std::error_code code;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", code);
  oddroad::cli::Context context;
  context.roots = oddroad::core::make_search_roots(path ? path : "", self, ODDROAD_SOURCE_DIR);
  context.executable = self.string();
  context.terminal = isatty(STDERR_FILENO) != 0;
  return oddroad::cli::run(argc, argv, context);
}

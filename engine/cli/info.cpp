#include "engine/cli/commands.h"
#include "render/cast/embree_scene.h"
#include "render/kernels/isa.h"
#include "render/vulkan/device.h"

namespace oddroad::cli {

int info_command(const Context& context) {
  std::fprintf(context.out, "oddroad %s\n%s\n", ODDROAD_VERSION,
               cast::embree_description().c_str());
  std::fprintf(context.out, "colour on the processor: %s\n",
               kernels::to_string(*kernels::choose_isa()).c_str());
  std::fprintf(context.out, "Vulkan devices:\n%s\n", vulkan::describe_devices().c_str());
  std::fprintf(context.out, "files are looked for in:\n");
  for (const auto& root : context.roots.directories) {
    std::fprintf(context.out, "  %s\n", root.c_str());
  }
  return kDone;
}

}  // namespace oddroad::cli

#include "engine/cli/commands.h"
#include "engine/exchange/kitti.h"

namespace oddroad::cli {

int export_command(const Context& context, const std::string& dataset, const std::string&,
                   const std::string& out) {
  const auto summary = exchange::export_kitti(dataset, out);
  if (!summary) return fail(context, summary.error(), kBadInput);
  std::fprintf(context.out, "%s: %d frames of %d clips, %d objects, %d DontCare regions\n",
               out.c_str(), summary->frames, summary->clips, summary->objects,
               summary->dont_care);
  if (summary->images_without_sweep > 0) {
    std::fprintf(context.err, "%d images without a LiDAR sweep near them were left out\n",
                 summary->images_without_sweep);
  }
  return kDone;
}

}  // namespace oddroad::cli

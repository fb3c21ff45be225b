#include "engine/report/preview.h"

#include "engine/cli/commands.h"
#include "engine/report/mosaic.h"

namespace oddroad::cli {

int preview_command(const Context& context, const PreviewCommand& options) {
  const auto made =
      options.mosaic
          ? report::mosaic_of_clips(options.dataset, options.out, options.columns, options.tile_px)
          : report::preview(options.dataset, options.out, {options.clips, options.frames, 1600});
  if (!made) return fail(context, made.error(), kBadInput);
  return kDone;
}

}  // namespace oddroad::cli

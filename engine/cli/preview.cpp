#include "engine/report/preview.h"

#include "engine/cli/commands.h"

namespace oddroad::cli {

int preview_command(const Context& context, const std::string& dataset, const std::string& out,
                    int clips, int frames) {
  const auto made = report::preview(dataset, out, {clips, frames, 1600});
  if (!made) return fail(context, made.error(), kBadInput);
  return kDone;
}

}  // namespace oddroad::cli

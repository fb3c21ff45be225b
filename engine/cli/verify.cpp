#include "engine/verify/verify.h"

#include "engine/cli/commands.h"

namespace oddroad::cli {

int verify_command(const Context& context, const VerifyOptions& options) {
  verify::Options how;
  how.frames_per_clip = options.all ? 0 : options.sample;
  const auto done = verify::verify_dataset(options.dataset, how, [&](const verify::ClipReport& c) {
    std::fprintf(context.err, "%s: %d frames, %lld disagreements\n", c.clip.c_str(), c.frames,
                 static_cast<long long>(c.report.disagreements()));
  });
  if (!done) return fail(context, done.error(), kBadInput);
  std::fprintf(context.out, "%s", verify::to_table(done->total).c_str());
  return done->total.disagreements() == 0 ? kDone : kSetAside;
}

}  // namespace oddroad::cli

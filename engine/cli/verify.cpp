#include "engine/verify/verify.h"

#include "engine/cli/commands.h"
#include "engine/pipeline/scenario_setup.h"
#include "engine/verify/report_json.h"

namespace oddroad::cli {

int verify_command(const Context& context, const VerifyOptions& options) {
  verify::Options how;
  how.frames_per_clip = options.all ? 0 : options.sample;
  if (const auto ontology = pipeline::load_ontology(context.roots)) how.installed = *ontology;
  const auto done = verify::verify_dataset(options.dataset, how, [&](const verify::ClipReport& c) {
    const std::string what =
        c.imported ? "imported, files only" : std::to_string(c.frames) + " frames";
    std::fprintf(context.err, "%s: %s, %lld disagreements\n", c.clip.c_str(), what.c_str(),
                 static_cast<long long>(c.report.disagreements()));
  });
  if (!done) return fail(context, done.error(), kBadInput);
  std::fprintf(context.out, "%s", verify::to_table(done->total).c_str());
  if (!options.report.empty()) {
    const auto written = write_file(options.report, verify::to_json(*done, options.dataset));
    if (!written) return fail(context, written.error(), kCannotWrite);
  }
  return done->total.disagreements() == 0 ? kDone : kSetAside;
}

}  // namespace oddroad::cli

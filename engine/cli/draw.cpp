#include "engine/sim/draw.h"

#include "engine/cli/commands.h"
#include "engine/pipeline/clip_job.h"
#include "render/cast/embree_scene.h"

namespace oddroad::cli {

int draw_command(const Context& context, const DrawOptions& options) {
  const auto setup = pipeline::load_setup(options.scenario, context.roots, options.overrides);
  if (!setup) return fail(context, setup.error(), kBadInput);
  print(context, setup->scenario.warnings);
  const auto ontology = pipeline::load_ontology(context.roots);
  if (!ontology) return fail(context, ontology.error(), kBadInput);
  auto rays = cast::make_embree_factory();
  if (!rays) return fail(context, rays.error(), kUnavailable);
  sim::CatalogModels models;
  const std::uint64_t seed = options.seed.value_or(setup->scenario.sample.seed);
  const auto played = pipeline::play(*setup, seed, options.index, *ontology, models, **rays);
  if (!played) return fail(context, played.error(), kBadInput);
  const auto written =
      write_file(options.out, sim::draw_svg(played->variant, played->timeline, *setup->graph));
  if (!written) return fail(context, written.error(), kCannotWrite);
  return kDone;
}

}  // namespace oddroad::cli

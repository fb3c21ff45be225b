#include "engine/cli/rehearser.h"

#include "render/cast/embree_scene.h"

namespace oddroad::cli {

std::unique_ptr<Rehearser> load_rehearser(const Context& context, const std::string& file,
                                          const std::vector<std::string>& overrides, int& code) {
  auto setup = pipeline::load_setup(file, context.roots, overrides);
  auto ontology = pipeline::load_ontology(context.roots);
  if (!setup || !ontology) {
    code = fail(context, setup ? ontology.error() : setup.error(), kBadInput);
    return nullptr;
  }
  print(context, setup->scenario.warnings);
  auto rays = cast::make_embree_factory();
  if (!rays) {
    code = fail(context, rays.error(), kUnavailable);
    return nullptr;
  }
  return std::unique_ptr<Rehearser>(
      new Rehearser{std::move(*setup), std::move(*ontology), std::move(*rays)});
}

}  // namespace oddroad::cli

// Who plays: the models, classes and bodies of a variant's actors before they are placed.
#pragma once

#include <memory>
#include <vector>

#include "engine/capture/ontology.h"
#include "engine/scenario/variant.h"
#include "engine/sim/body.h"
#include "engine/sim/model_source.h"

namespace oddroad::sim {

// What a simulation needs beside variant and map. Borrowed.
struct SimContext {
  const capture::Ontology* ontology = nullptr;
  ModelSource* models = nullptr;
  bool outlines_only = false;  // motion without meshes: see ModelSource::outline
};

struct CastMember {
  std::shared_ptr<const asset::Model> model;  // of the actor itself (the bicycle of a cyclist)
  core::ClassId class_id;
  std::string type;
  std::shared_ptr<const asset::Model> rider;  // null unless somebody rides on it
  core::ClassId rider_class;
  std::string rider_type;
};

struct Cast {
  std::vector<CastMember> members;  // as variant.actors
  Bodies bodies;                    // as variant.actors, at the origin
};

// Errors: models that cannot be made, classes that the ontology lacks. All at once, at the actors'
// places.
core::Result<Cast> make_cast(const scenario::Variant& variant, const SimContext& context);

}  // namespace oddroad::sim

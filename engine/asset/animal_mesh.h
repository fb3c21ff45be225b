// The skin of a quadruped in its bind pose: trunk and neck as lofts over ellipse stations, legs as
// tubes through their joints, head, ears, antlers, tail.
#pragma once

#include "engine/asset/animal_rig.h"

namespace oddroad::asset {

struct AnimalBuilder {
  const AnimalShape& shape;
  const AnimalCoat& coat;
  const AnimalRig& rig;
  core::RandomStream& stream;
  SkinnedMesh& body;
};
void add_trunk(const AnimalBuilder& builder);
void add_neck(const AnimalBuilder& builder);
void add_animal_head(const AnimalBuilder& builder);  // with ears, eyes, horns, antlers
void add_animal_legs(const AnimalBuilder& builder);
void add_tail(const AnimalBuilder& builder);

SkinnedMesh build_animal(const AnimalShape& shape, const AnimalCoat& coat, const AnimalRig& rig,
                         core::RandomStream& stream);

}  // namespace oddroad::asset

// The facts of a clip in clip.json. Infinite times are null.
#pragma once

#include "engine/dataset/json_types.h"
#include "engine/world/timeline.h"

namespace oddroad::dataset {

Json facts_json(const world::Facts& facts);
// Throws what the JSON library throws for another shape than this.
world::Facts as_facts(const Json& json);

}  // namespace oddroad::dataset

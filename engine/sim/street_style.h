// The style of the town that a variant asks of the stage.
#pragma once

#include <optional>

#include "engine/scenario/variant.h"
#include "engine/stage/street_style.h"

namespace oddroad::sim {

// From what was drawn for it, among the variant's parameters; none where the scenario does not
// randomize. "mixed" leaves the choice to each stretch and each house.
std::optional<stage::StreetStyle> street_style(const scenario::Variant& variant);

}  // namespace oddroad::sim

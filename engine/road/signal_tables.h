// Sign numbers by country. Internal to engine/road.
#pragma once

#include <optional>
#include <string_view>

#include "engine/road/signal_kind.h"

namespace oddroad::road {

// Country as country_code gives it; code: type, or type and subtype joined by '-', in capitals.
// The longest entry that the code is or begins with (at a '-' or '.') holds.
std::optional<SignalKind> signal_from_table(std::string_view country, std::string_view code);
// Has the country numbers of its own here?
bool has_signal_table(std::string_view country);
// From words of a name: "Speed_30", "Stencil_STOP", "Signal_3Light_Post01".
std::optional<SignalKind> signal_from_words(std::string_view name);

}  // namespace oddroad::road

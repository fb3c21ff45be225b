// Which actors of a clip may come loose, tumble and roll, and their hulls.
#pragma once

#include <optional>
#include <vector>

#include "engine/verify/ground_outline.h"
#include "engine/verify/rebuild.h"

namespace oddroad::verify {

// As the timeline's actors; none for what drives, walks, flies or stands fast.
std::vector<std::optional<LooseHull>> loose_hulls(const RebuiltClip& clip);

}  // namespace oddroad::verify

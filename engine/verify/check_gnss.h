// Checks `gnss` and `gnss_sky`: antenna's truth, dilution, places on earth, errors within what is
// believed; each satellite's line of sight by an own ray.
#pragma once

#include "engine/verify/clip_context.h"
#include "engine/verify/mesh_tree.h"
#include "engine/verify/report.h"

namespace oddroad::verify {

void check_gnss(const ClipContext& context, MeshTrees& trees, Report& report);

}  // namespace oddroad::verify

// Which pixels of a record are not to be believed.
#pragma once

#include <vector>

#include "render/scene/exact_reader.h"

namespace oddroad::scene {

// The pixels of rows [begin, end), ascending, that confirm_triangles decides again, and why:
// see confirm.h, also for `cast`.
std::vector<std::uint32_t> doubtful_pixels(ExactReader& reader, const CameraView& view,
                                           const std::vector<std::uint32_t>& cast, int begin,
                                           int end);

}  // namespace oddroad::scene

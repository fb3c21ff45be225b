// Class and instance of every pixel in one picture.
#pragma once

#include "engine/capture/image.h"
#include "engine/capture/ontology.h"

namespace oddroad::labels {

// R = class, G = id / 256, B = id % 256; the id is 0 where the class is not countable.
capture::Image<capture::Rgb8> panoptic_image(const capture::Image<std::uint16_t>& instance,
                                             const capture::Image<std::uint8_t>& class_id,
                                             const capture::Ontology& ontology);

}  // namespace oddroad::labels

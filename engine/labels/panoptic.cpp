#include "engine/labels/panoptic.h"

#include <array>

namespace oddroad::labels {

capture::Image<capture::Rgb8> panoptic_image(const capture::Image<std::uint16_t>& instance,
                                             const capture::Image<std::uint8_t>& class_id,
                                             const capture::Ontology& ontology) {
  std::array<bool, 256> countable{};
  for (const auto& c : ontology.classes) countable[c.id.value] = c.thing;
  capture::Image<capture::Rgb8> out(instance.width_px, instance.height_px);
  for (std::size_t i = 0; i < out.pixels.size(); ++i) {
    const std::uint8_t c = class_id.pixels[i];
    const std::uint16_t id = countable[c] ? instance.pixels[i] : std::uint16_t{0};
    out.pixels[i] = {c, static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id & 255)};
  }
  return out;
}

}  // namespace oddroad::labels

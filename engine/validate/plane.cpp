#include "engine/validate/plane.h"

namespace oddroad::validate {

Plane luma(const capture::Image<capture::Rgb8>& image) {
  Plane out(image.width_px, image.height_px);
  for (std::size_t i = 0; i < image.pixels.size(); ++i) {
    const capture::Rgb8 p = image.pixels[i];
    out.pixels[i] = 0.299 * p.x + 0.587 * p.y + 0.114 * p.z;
  }
  return out;
}

}  // namespace oddroad::validate

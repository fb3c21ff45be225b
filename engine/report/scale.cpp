#include "engine/report/scale.h"

namespace oddroad::report {

Picture scale_picture(const Picture& picture, int width_px, int height_px) {
  if (width_px >= picture.width_px) return scale_nearest(picture, width_px, height_px);
  Picture out(width_px, height_px);
  for (int y = 0; y < height_px; ++y) {
    const int y0 = y * picture.height_px / height_px;
    const int y1 = std::max(y0 + 1, (y + 1) * picture.height_px / height_px);
    for (int x = 0; x < width_px; ++x) {
      const int x0 = x * picture.width_px / width_px;
      const int x1 = std::max(x0 + 1, (x + 1) * picture.width_px / width_px);
      glm::ivec3 sum(0);
      for (int row = y0; row < y1; ++row) {
        for (int column = x0; column < x1; ++column) sum += glm::ivec3(picture.at(column, row));
      }
      const int count = (x1 - x0) * (y1 - y0);
      out.at(x, y) = Rgb8((sum + count / 2) / count);
    }
  }
  return out;
}

}  // namespace oddroad::report

#include "sensors/camera/chromatic.h"

#include <algorithm>
#include <cmath>

namespace oddroad::camera {

using math::Vec3f;

std::vector<ChromaticShift::Source> ChromaticShift::sources(int size, double centre, double scale) {
  std::vector<Source> out;
  for (int k = 0; k < size; ++k) {
    const double at = std::clamp(centre + (k + 0.5 - centre) / scale - 0.5, 0.0, size - 1.0);
    const int index = std::min(static_cast<int>(at), std::max(size - 2, 0));
    out.push_back({index, static_cast<float>(at - index)});
  }
  return out;
}

ChromaticShift::ChromaticShift(const math::CameraModel& camera, double shift) {
  if (shift == 0) return;
  red_x_ = sources(camera.width_px, camera.cx_px, 1 + shift);
  red_y_ = sources(camera.height_px, camera.cy_px, 1 + shift);
  blue_x_ = sources(camera.width_px, camera.cx_px, 1 - shift);
  blue_y_ = sources(camera.height_px, camera.cy_px, 1 - shift);
}

namespace {

template <int kColour, typename Sources>
void shifted_row(const capture::Image<Vec3f>& image, const Sources& columns, int above,
                 float below_share, float* out) {
  const int below = std::min(above + 1, image.height_px - 1);
  const Vec3f* upper = &image.at(0, above);
  const Vec3f* lower = &image.at(0, below);
  const float above_share = 1 - below_share;
  for (int x = 0; x < image.width_px; ++x) {
    const auto [i, share] = columns[x];
    const int next = i + (image.width_px > 1 ? 1 : 0);
    const float left = upper[i][kColour] * above_share + lower[i][kColour] * below_share;
    const float right = upper[next][kColour] * above_share + lower[next][kColour] * below_share;
    out[x] = left + (right - left) * share;
  }
}

}  // namespace

void ChromaticShift::row(const capture::Image<Vec3f>& image, int y, float* red, float* green,
                         float* blue) const {
  const Vec3f* pixels = &image.at(0, y);
  if (red_x_.empty()) {
    for (int x = 0; x < image.width_px; ++x) {
      red[x] = pixels[x].x;
      green[x] = pixels[x].y;
      blue[x] = pixels[x].z;
    }
    return;
  }
  for (int x = 0; x < image.width_px; ++x) green[x] = pixels[x].y;
  shifted_row<0>(image, red_x_, red_y_[y].index, red_y_[y].share, red);
  shifted_row<2>(image, blue_x_, blue_y_[y].index, blue_y_[y].share, blue);
}

}  // namespace oddroad::camera

#include "sensors/camera/demosaic.h"

#include <algorithm>

#include "engine/core/raw_vector.h"

namespace oddroad::camera {
namespace {

// What stands for the other colours at a pixel: `across` averages left and right, `along` above and
// below, `corners` the diagonal neighbours, `cross` all four.
struct Guesses {
  core::RawVector<float> cross, across, along, corners;
  explicit Guesses(int width_px)
      : cross(width_px), across(width_px), along(width_px), corners(width_px) {}
};

void bilinear(const std::array<const float*, 5>& rows, int width_px, Guesses& out) {
  const float *n = rows[1], *c = rows[2], *s = rows[3];
  for (int x = 0; x < width_px; ++x) {
    out.across[x] = 0.5f * (c[x - 1] + c[x + 1]);
    out.along[x] = 0.5f * (n[x] + s[x]);
    out.cross[x] = 0.5f * (out.across[x] + out.along[x]);
    out.corners[x] = 0.25f * (n[x - 1] + n[x + 1] + s[x - 1] + s[x + 1]);
  }
}

inline float within(float value, float a, float b) {
  return std::min(std::max(value, std::min(a, b)), std::max(a, b));
}

void malvar(const std::array<const float*, 5>& rows, int width_px, Guesses& out) {
  const float *nn = rows[0], *n = rows[1], *c = rows[2], *s = rows[3], *ss = rows[4];
  for (int x = 0; x < width_px; ++x) {
    const float w = c[x - 1], e = c[x + 1];
    const float sides = w + e;
    const float ends = n[x] + s[x];
    const float far_sides = c[x - 2] + c[x + 2];
    const float far_ends = nn[x] + ss[x];
    const float diagonal = n[x - 1] + n[x + 1] + s[x - 1] + s[x + 1];
    const float cross = 0.125f * (4 * c[x] + 2 * (sides + ends) - far_sides - far_ends);
    const float across = 0.125f * (5 * c[x] + 4 * sides - diagonal - far_sides + 0.5f * far_ends);
    const float along = 0.125f * (5 * c[x] + 4 * ends - diagonal - far_ends + 0.5f * far_sides);
    const float corners = 0.125f * (6 * c[x] + 2 * diagonal - 1.5f * (far_sides + far_ends));
    const float least = std::min(std::min(w, e), std::min(n[x], s[x]));
    const float most = std::max(std::max(w, e), std::max(n[x], s[x]));
    const float least_corner = std::min(std::min(n[x - 1], n[x + 1]), std::min(s[x - 1], s[x + 1]));
    const float most_corner = std::max(std::max(n[x - 1], n[x + 1]), std::max(s[x - 1], s[x + 1]));
    out.cross[x] = std::min(std::max(cross, least), most);
    out.across[x] = within(across, w, e);
    out.along[x] = within(along, n[x], s[x]);
    out.corners[x] = std::min(std::max(corners, least_corner), most_corner);
  }
}

}  // namespace

void demosaic_row(Demosaic method, Mosaic mosaic, int y, int width_px,
                  const std::array<const float*, 5>& rows, float* red, float* green, float* blue) {
  Guesses guess(width_px);
  method == Demosaic::kMalvar ? malvar(rows, width_px, guess) : bilinear(rows, width_px, guess);
  const float* own = rows[2];
  const bool red_row = mosaic_colour(mosaic, 0, y) == 0 || mosaic_colour(mosaic, 1, y) == 0;
  float* in_row = red_row ? red : blue;  // the colour that this row's pixels have, and the other
  float* other = red_row ? blue : red;
  const int first_green = mosaic_colour(mosaic, 0, y) == 1 ? 0 : 1;
  for (int x = first_green; x < width_px; x += 2) {
    green[x] = own[x];
    in_row[x] = guess.across[x];
    other[x] = guess.along[x];
  }
  for (int x = 1 - first_green; x < width_px; x += 2) {
    in_row[x] = own[x];
    green[x] = guess.cross[x];
    other[x] = guess.corners[x];
  }
}

}  // namespace oddroad::camera

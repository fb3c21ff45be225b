#include "sensors/camera/coarse_image.h"

#include <algorithm>

#include "engine/core/parallel.h"

namespace oddroad::camera {
namespace {

constexpr int kColumnsAtOnce = 16;

glm::vec4 as_cell(const math::Vec3f& pixel) {
  return {pixel.x, pixel.y, pixel.z, 0};
}
glm::vec4 as_cell(const glm::vec4& cell) {
  return cell;
}

template <typename T>
CoarseImage means(const capture::Image<T>& image) {
  auto out = CoarseImage::unwritten((image.width_px + kCoarse - 1) / kCoarse,
                                    (image.height_px + kCoarse - 1) / kCoarse);
  core::parallel_for(out.height_px, [&](int cy) {
    const int y0 = cy * kCoarse, y1 = std::min(y0 + kCoarse, image.height_px);
    for (int cx = 0; cx < out.width_px; ++cx) {
      const int x0 = cx * kCoarse, x1 = std::min(x0 + kCoarse, image.width_px);
      glm::vec4 sum(0);
      for (int y = y0; y < y1; ++y) {
        for (int x = x0; x < x1; ++x) sum += as_cell(image.at(x, y));
      }
      out.at(cx, cy) = sum / static_cast<float>((x1 - x0) * (y1 - y0));
    }
  });
  return out;
}

// Reflects an index of [-n, 2n) into [0, n): the edge cell comes twice.
inline int reflected(int i, int n) {
  if (i < 0) i = -1 - i;
  if (i >= n) i = 2 * n - 1 - i;
  return std::clamp(i, 0, n - 1);
}

// Running means of several lines at once. line(k, i) is the place of value i of line k. Sums are
// kept in double: the sun is a hundred thousand times as bright as what surrounds it.
template <int kLines, typename Line>
void running_mean(int lines, int size, int radius, const Line& line, glm::vec4* scratch) {
  glm::dvec4 sum[kLines];
  for (int k = 0; k < lines; ++k) {
    sum[k] = glm::dvec4(0);
    for (int i = -radius; i <= radius; ++i) sum[k] += glm::dvec4(line(k, reflected(i, size)));
  }
  const double share = 1.0 / (2 * radius + 1);
  for (int i = 0; i < size; ++i) {
    const int leaves = reflected(i - radius, size), enters = reflected(i + radius + 1, size);
    for (int k = 0; k < lines; ++k) {
      scratch[i * kLines + k] = glm::vec4(sum[k] * share);
      sum[k] += glm::dvec4(line(k, enters)) - glm::dvec4(line(k, leaves));
    }
  }
  for (int i = 0; i < size; ++i) {
    for (int k = 0; k < lines; ++k) line(k, i) = scratch[i * kLines + k];
  }
}

}  // namespace

CoarseImage shrink(const capture::Image<math::Vec3f>& image) {
  return means(image);
}
CoarseImage shrink(const CoarseImage& image) {
  return means(image);
}

void blur(CoarseImage& image, int radius) {
  const int w = image.width_px, h = image.height_px;
  const int rx = std::min(radius, w - 1), ry = std::min(radius, h - 1);
  core::parallel_for(h, [&](int y) {
    core::RawVector<glm::vec4> scratch(static_cast<std::size_t>(w));
    for (int pass = 0; pass < 3 && rx > 0; ++pass) {
      running_mean<1>(
          1, w, rx,
          [&](int, int i) -> glm::vec4& {
            return image.at(i, y);
          },
          scratch.data());
    }
  });
  core::parallel_for((w + kColumnsAtOnce - 1) / kColumnsAtOnce, [&](int block) {
    const int x0 = block * kColumnsAtOnce, n = std::min(kColumnsAtOnce, w - x0);
    core::RawVector<glm::vec4> scratch(static_cast<std::size_t>(h) * kColumnsAtOnce);
    for (int pass = 0; pass < 3 && ry > 0; ++pass) {
      running_mean<kColumnsAtOnce>(
          n, h, ry,
          [&](int k, int i) -> glm::vec4& {
            return image.at(x0 + k, i);
          },
          scratch.data());
    }
  });
}

CoarseRow::CoarseRow(const CoarseImage& image, int y) {
  const float at = std::clamp((static_cast<float>(y) + 0.5f) / kCoarse - 0.5f, 0.0f,
                              static_cast<float>(image.height_px - 1));
  const int above = static_cast<int>(at), below = std::min(above + 1, image.height_px - 1);
  const float share = at - static_cast<float>(above);
  const int w = image.width_px;
  cells_.resize(static_cast<std::size_t>(w) + 2);
  for (int x = 0; x < w; ++x) {
    cells_[x + 1] = image.at(x, above) * (1 - share) + image.at(x, below) * share;
  }
  cells_[0] = cells_[1];
  cells_[w + 1] = cells_[w];
}

namespace {

// Pixel x lies between cells (x + 2) / 4 and the next one, in the numbers of CoarseRow.
inline glm::vec4 between(const glm::vec4* cells, int x) {
  const float share = (static_cast<float>((x + 2) & 3) + 0.5f) / kCoarse;
  const glm::vec4* cell = cells + ((x + 2) >> 2);
  return cell[0] + (cell[1] - cell[0]) * share;
}

}  // namespace

void CoarseRow::planes(int width_px, float* red, float* green, float* blue) const {
  for (int x = 0; x < width_px; ++x) {
    const glm::vec4 v = between(cells_.data(), x);
    red[x] = v.x;
    green[x] = v.y;
    blue[x] = v.z;
  }
}

void add_coarser(const CoarseImage& coarser, float weight, CoarseImage& image) {
  core::parallel_for(image.height_px, [&](int y) {
    const CoarseRow row(coarser, y);
    for (int x = 0; x < image.width_px; ++x) {
      image.at(x, y) += between(row.cells().data(), x) * weight;
    }
  });
}

}  // namespace oddroad::camera

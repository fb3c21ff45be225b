#include "render/scene/doubts.h"

#include <limits>

#include "render/scene/row_rays.h"

namespace oddroad::scene {
namespace {

constexpr double kGrazingSine = VisibilityRecord::kGrazingSine;

// Pixels of a rasterizer's record whose triangle is not to be believed.
class RasterDoubts {
 public:
  RasterDoubts(ExactReader& reader, const CameraView& view, const std::vector<std::uint32_t>& cast)
      : reader_(reader), view_(view), cast_(cast) {}

  void add_row(int y, std::vector<std::uint32_t>& pixels) {
    const int w = reader_.record().width_px;
    const RowRays rays(view_, y);
    auto next_cast =
        std::lower_bound(cast_.begin(), cast_.end(), static_cast<std::uint32_t>(y * w));
    for (int x0 = 0; x0 < w;) {
      const Seen what = reader_.at(x0, y);
      int x1 = x0 + 1;
      while (x1 < w && reader_.at(x1, y) == what) ++x1;
      // Where both ends of a run are met inside the triangle, all between are.
      const bool sure =
          rays.even() && believed(what, rays, x0) && (x1 == x0 + 1 || believed(what, rays, x1 - 1));
      for (int x = x0; x < x1; ++x) {
        const auto at = static_cast<std::uint32_t>(y * w + x);
        while (next_cast != cast_.end() && *next_cast < at) ++next_cast;
        const bool by_caster = next_cast != cast_.end() && *next_cast == at;
        if ((!sure && !believed(what, rays, x)) || (!by_caster && hidden(what, rays, x, y))) {
          pixels.push_back(at);
        }
      }
      x0 = x1;
    }
  }

 private:
  bool believed(Seen what, const RowRays& rays, int x) {
    if (what.drawable == 0) return true;
    const math::Vec3d direction = rays.direction(x);
    const AimedTriangle& aimed = reader_.aimed(what, rays.instant());
    return aimed.hit(direction) && !aimed.grazed_by(direction, kGrazingSine * kGrazingSine);
  }

  // By a neighbour's triangle, which the rasterizer missed here.
  bool hidden(Seen what, const RowRays& rays, int x, int y) {
    constexpr double kNever = std::numeric_limits<double>::infinity();
    double own_t = kNever;
    bool found = false;
    reader_.around(x, y, [&](Seen near) {
      if (found || near == what) return;
      const math::Vec3d direction = rays.direction(x);
      const auto t = reader_.aimed(near, rays.instant()).hit(direction);
      if (!t) return;
      if (own_t == kNever) own_t = reader_.aimed(what, rays.instant()).hit(direction).value_or(0);
      found = *t < own_t;
    });
    return found;
  }

  ExactReader& reader_;
  const CameraView& view_;
  const std::vector<std::uint32_t>& cast_;
};

}  // namespace

std::vector<std::uint32_t> doubtful_pixels(ExactReader& reader, const CameraView& view,
                                           const std::vector<std::uint32_t>& cast, int begin,
                                           int end) {
  const VisibilityRecord& record = reader.record();
  std::vector<std::uint32_t> pixels;
  if (record.by_rays) {
    const auto place = [&](int y) {
      return std::lower_bound(record.grazing.begin(), record.grazing.end(),
                              static_cast<std::uint32_t>(y * record.width_px));
    };
    pixels.assign(place(begin), place(end));
  } else {
    RasterDoubts doubts(reader, view, cast);
    for (int y = begin; y < end; ++y) doubts.add_row(y, pixels);
  }
  // Nothing may have become of what was seen: edges are decided before.
  std::erase_if(pixels, [&](std::uint32_t at) {
    return record.drawable[at] == 0;
  });
  return pixels;
}

}  // namespace oddroad::scene

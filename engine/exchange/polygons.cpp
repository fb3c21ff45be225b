#include "engine/exchange/polygons.h"

#include <algorithm>
#include <cstdint>

namespace oddroad::exchange {
namespace {

// Directions along pixel edges; what is inside lies to the right hand.
enum Direction { kRight = 0, kDown = 1, kLeft = 2, kUp = 3 };
constexpr int kStepX[] = {1, 0, -1, 0};
constexpr int kStepY[] = {0, 1, 0, -1};

// Which edges of the mask's border leave each corner of the pixel grid: bit d for direction d.
class Border {
 public:
  Border(const capture::Image<SegmentKey>& keys, SegmentKey key, const PixelBox& box)
      : box_(box),
        width_(box.right - box.left + 1),
        leave_(static_cast<std::size_t>(width_ * (box.bottom - box.top + 1)), 0) {
    const auto inside = [&](int x, int y) {
      return x >= box.left && x < box.right && y >= box.top && y < box.bottom &&
             keys.at(x, y) == key;
    };
    for (int y = box.top; y < box.bottom; ++y) {
      for (int x = box.left; x < box.right; ++x) {
        if (!inside(x, y)) continue;
        if (!inside(x, y - 1)) at(x, y) |= 1 << kRight;
        if (!inside(x + 1, y)) at(x + 1, y) |= 1 << kDown;
        if (!inside(x, y + 1)) at(x + 1, y + 1) |= 1 << kLeft;
        if (!inside(x - 1, y)) at(x, y + 1) |= 1 << kUp;
      }
    }
  }

  std::vector<PixelPolygon> loops() {
    std::vector<PixelPolygon> out;
    rest_ = leave_;
    for (int y = box_.top; y <= box_.bottom; ++y) {
      for (int x = box_.left; x <= box_.right; ++x) {
        while (rest_[index(x, y)] != 0) out.push_back(follow({x, y}));
      }
    }
    return out;
  }

 private:
  [[nodiscard]] std::size_t index(int x, int y) const {
    return static_cast<std::size_t>((y - box_.top) * width_ + x - box_.left);
  }
  std::uint8_t& at(int x, int y) { return leave_[index(x, y)]; }

  // Where two pixels touch by a corner, the right turn stays with the pixel it came along.
  int turn(std::uint8_t ways, int before) const {
    for (const int turn : {1, 0, 3}) {
      if (ways >> (before + turn) % 4 & 1) return (before + turn) % 4;
    }
    return before;  // a border never ends
  }

  PixelPolygon follow(PixelCorner corner) {
    PixelPolygon loop;
    int way = 0, before = -1;
    while (!(rest_[index(corner.x, corner.y)] >> way & 1)) ++way;
    while (rest_[index(corner.x, corner.y)] >> way & 1) {  // until back at the first edge
      rest_[index(corner.x, corner.y)] &= static_cast<std::uint8_t>(~(1u << way));
      if (way != before) loop.push_back(corner);
      corner = {corner.x + kStepX[way], corner.y + kStepY[way]};
      before = way;
      way = turn(at(corner.x, corner.y), before);
    }
    if (before == way) loop.erase(loop.begin());  // the start lies on a straight side
    return loop;
  }

  PixelBox box_;
  int width_;
  std::vector<std::uint8_t> leave_, rest_;
};

std::int64_t doubled_area(const PixelPolygon& loop) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < loop.size(); ++i) {
    const auto& a = loop[i];
    const auto& b = loop[(i + 1) % loop.size()];
    sum += static_cast<std::int64_t>(a.x) * b.y - static_cast<std::int64_t>(b.x) * a.y;
  }
  return sum;
}

}  // namespace

std::vector<PixelPolygon> borders(const capture::Image<SegmentKey>& keys, SegmentKey key,
                                  const PixelBox& box) {
  return Border(keys, key, box).loops();
}

std::vector<PixelPolygon> outlines(const capture::Image<SegmentKey>& keys, SegmentKey key,
                                   const PixelBox& box) {
  auto loops = borders(keys, key, box);
  for (const auto& loop : loops) {
    if (doubled_area(loop) > 0) continue;
    // A hole: cut where it begins, so that it becomes a notch of what lies to the right.
    const int cut = std::min_element(loop.begin(), loop.end(), [](const auto& a, const auto& b) {
                      return a.x < b.x;
                    })->x;
    auto out = outlines(keys, key, {box.left, box.top, cut, box.bottom});
    const auto rest = outlines(keys, key, {cut, box.top, box.right, box.bottom});
    out.insert(out.end(), rest.begin(), rest.end());
    return out;
  }
  return loops;
}

PixelPolygon through_centres(const PixelPolygon& outline) {
  PixelPolygon out;
  const std::size_t n = outline.size();
  for (std::size_t i = 0; i < n; ++i) {
    const auto& before = outline[(i + n - 1) % n];
    const auto& here = outline[i];
    const auto& after = outline[(i + 1) % n];
    const bool level_first = before.y == here.y;
    const int dx = level_first ? here.x - before.x : after.x - here.x;
    const int dy = level_first ? after.y - here.y : here.y - before.y;
    const PixelCorner pixel{dy > 0 ? here.x - 1 : here.x, dx > 0 ? here.y : here.y - 1};
    if (out.empty() || !(out.back() == pixel)) out.push_back(pixel);
  }
  while (out.size() > 1 && out.front() == out.back()) out.pop_back();
  return out;
}

PixelPolygon with_three_corners(PixelPolygon polygon) {
  while (polygon.size() < 3) polygon.push_back(PixelCorner(polygon.back()));
  return polygon;
}

}  // namespace oddroad::exchange

#include "engine/exchange/joined_outline.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <queue>
#include <tuple>
#include <utility>

namespace oddroad::exchange {
namespace {

using Walk = std::vector<PixelCorner>;  // pixels, each beside the one before

constexpr int kNobody = -1;
constexpr std::int64_t kCrossing = 1 << 20;  // longer ways round are always shorter
constexpr int kRound = 2;                    // pixels outside the box that bridges may use
constexpr std::array<PixelCorner, 4> kBeside = {{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};

int sign(int x) {
  return (x > 0) - (x < 0);
}

// All pixels of a closed polygon, each once for each time it is passed.
Walk pixels_of(const PixelPolygon& polygon) {
  Walk walk = {polygon.front()};
  for (std::size_t i = 1; i <= polygon.size(); ++i) {
    const PixelCorner& to = polygon[i % polygon.size()];
    while (!(walk.back() == to)) {
      const PixelCorner at = walk.back();
      walk.push_back({at.x + sign(to.x - at.x), at.y + sign(to.y - at.y)});
    }
  }
  if (walk.size() > 1) walk.pop_back();
  return walk;
}

// Corners alone, without the first again at the end.
PixelPolygon corners_of(const Walk& walk) {
  PixelPolygon out;
  for (const PixelCorner& pixel : walk) {
    if (!out.empty() && out.back() == pixel) continue;
    if (out.size() > 1) {
      const PixelCorner &a = out[out.size() - 2], &b = out.back();
      const bool straight = sign(b.x - a.x) == sign(pixel.x - b.x) &&  //
                            sign(b.y - a.y) == sign(pixel.y - b.y);
      if (straight) out.pop_back();
    }
    out.push_back(pixel);
  }
  while (out.size() > 1 && out.front() == out.back()) out.pop_back();
  return with_three_corners(std::move(out));
}

struct Bridge {
  std::array<std::size_t, 2> loops{};
  Walk path;  // from a pixel of the first loop to one of the second
};

// The shortest ways from the loops to all pixels around, and between loops.
class Ways {
 public:
  Ways(const capture::Image<SegmentKey>& keys, SegmentKey key, const PixelBox& box,
       const std::set<SegmentKey>& kept)
      : left_(std::max(box.left - kRound, 0)),
        top_(std::max(box.top - kRound, 0)),
        width_(std::min(box.right + kRound, keys.width_px) - left_),
        height_(std::min(box.bottom + kRound, keys.height_px) - top_) {
    cost_.reserve(static_cast<std::size_t>(width_ * height_));
    SegmentKey last = key;
    std::int64_t cost = 0;
    for (int y = 0; y < height_; ++y) {
      for (int x = 0; x < width_; ++x) {
        const SegmentKey here = keys.at(left_ + x, top_ + y);
        if (here != last) cost = here == key ? 0 : kept.contains(here) ? kCrossing : 1;
        last = here;
        cost_.push_back(cost);
      }
    }
    spots_.resize(cost_.size());
  }

  // A tree over all loops.
  std::vector<Bridge> bridges(const std::vector<Walk>& loops) {
    begin(loops);
    spread();
    meet();
    std::sort(meetings_.begin(), meetings_.end());
    std::vector<std::size_t> group(loops.size());
    std::iota(group.begin(), group.end(), 0u);
    const auto root = [&](std::size_t i) {
      while (group[i] != i) i = group[i] = group[group[i]];
      return i;
    };
    std::vector<Bridge> out;
    for (const Meeting& one : meetings_) {
      const std::size_t a = root(one.loops[0]), b = root(one.loops[1]);
      if (a == b) continue;
      group[a] = b;
      Walk path = back_from(one.at[0]), rest = back_from(one.at[1]);
      std::reverse(path.begin(), path.end());
      path.insert(path.end(), rest.begin(), rest.end());
      out.push_back({one.loops, std::move(path)});
    }
    return out;
  }

  [[nodiscard]] std::int64_t crossed(const Walk& path) const {
    return std::count_if(path.begin(), path.end(), [&](const PixelCorner& pixel) {
      return cost_[index(pixel)] == kCrossing;
    });
  }

 private:
  struct Spot {
    int loop = kNobody;
    std::int64_t far = 0;
    std::size_t before = 0;  // on the way from the loop; itself on the loop
  };
  struct Meeting {
    std::int64_t far = 0;
    std::array<std::size_t, 2> loops{}, at{};
    bool operator<(const Meeting& b) const {
      return std::tie(far, at, loops) < std::tie(b.far, b.at, b.loops);
    }
  };

  [[nodiscard]] std::size_t index(const PixelCorner& pixel) const {
    return static_cast<std::size_t>((pixel.y - top_) * width_ + pixel.x - left_);
  }
  [[nodiscard]] PixelCorner pixel(std::size_t i) const {
    const int at = static_cast<int>(i);
    return {left_ + at % width_, top_ + at / width_};
  }
  [[nodiscard]] bool has(const PixelCorner& pixel) const {
    return pixel.x >= left_ && pixel.x < left_ + width_ && pixel.y >= top_ &&
           pixel.y < top_ + height_;
  }
  void note(std::size_t a, std::size_t loop_a, std::size_t b, std::size_t loop_b) {
    meetings_.push_back({spots_[a].far + spots_[b].far, {loop_a, loop_b}, {a, b}});
  }

  void begin(const std::vector<Walk>& loops) {
    for (std::size_t k = 0; k < loops.size(); ++k) {
      for (const PixelCorner& one : loops[k]) {
        const std::size_t i = index(one);
        if (spots_[i].loop == kNobody) {
          spots_[i] = {static_cast<int>(k), 0, i};
          queue_.push({0, i});
        } else if (spots_[i].loop != static_cast<int>(k)) {  // a wall of one pixel
          note(i, static_cast<std::size_t>(spots_[i].loop), i, k);
        }
      }
    }
  }

  void spread() {
    while (!queue_.empty()) {
      const auto [far, i] = queue_.top();
      queue_.pop();
      if (far > spots_[i].far) continue;
      for (const PixelCorner& step : kBeside) {
        const PixelCorner at = pixel(i), to{at.x + step.x, at.y + step.y};
        if (!has(to)) continue;
        const std::size_t j = index(to);
        if (spots_[j].loop != kNobody && spots_[j].far <= far + cost_[j]) continue;
        spots_[j] = {spots_[i].loop, far + cost_[j], i};
        queue_.push({far + cost_[j], j});
      }
    }
  }

  void meet() {
    for (std::size_t i = 0; i < spots_.size(); ++i) {
      for (const PixelCorner& step : {kBeside[0], kBeside[1]}) {
        const PixelCorner at = pixel(i), to{at.x + step.x, at.y + step.y};
        if (!has(to)) continue;
        const std::size_t j = index(to);
        if (spots_[i].loop == spots_[j].loop) continue;
        note(i, static_cast<std::size_t>(spots_[i].loop), j,
             static_cast<std::size_t>(spots_[j].loop));
      }
    }
  }

  // To the loop that the way comes from.
  [[nodiscard]] Walk back_from(std::size_t i) const {
    Walk out = {pixel(i)};
    for (; spots_[i].before != i; i = spots_[i].before) out.push_back(pixel(spots_[i].before));
    return out;
  }

  int left_, top_, width_, height_;
  std::vector<std::int64_t> cost_;
  std::vector<Spot> spots_;
  std::vector<Meeting> meetings_;
  using Reached = std::pair<std::int64_t, std::size_t>;
  std::priority_queue<Reached, std::vector<Reached>, std::greater<>> queue_;
};

// Round all loops of a tree, from one to the next and back over its bridges.
class Tour {
 public:
  Tour(const std::vector<Walk>& loops, const std::vector<Bridge>& bridges)
      : loops_(loops), leave_(loops.size()) {
    for (const Bridge& bridge : bridges) {
      const auto [a, b] = bridge.loops;
      leave_[a].emplace(place(a, bridge.path.front()), Way{b, bridge.path});
      leave_[b].emplace(place(b, bridge.path.back()),
                        Way{a, Walk(bridge.path.rbegin(), bridge.path.rend())});
    }
  }

  Walk walk() {
    round(0, 0, 0);
    return std::move(walk_);
  }

 private:
  struct Way {
    std::size_t to;
    Walk path;
  };

  [[nodiscard]] std::size_t place(std::size_t loop, const PixelCorner& pixel) const {
    const Walk& walk = loops_[loop];
    return static_cast<std::size_t>(std::find(walk.begin(), walk.end(), pixel) - walk.begin());
  }

  void round(std::size_t loop, std::size_t entry, std::size_t from) {
    const Walk& own = loops_[loop];
    for (std::size_t k = 0; k < own.size(); ++k) {
      const std::size_t at = (entry + k) % own.size();
      walk_.push_back(own[at]);
      const auto [begin, end] = leave_[loop].equal_range(at);
      for (auto it = begin; it != end; ++it) {
        const auto& [to, path] = it->second;
        if (to == from && loop != from) continue;
        walk_.insert(walk_.end(), path.begin(), path.end());
        round(to, place(to, path.back()), loop);
        walk_.insert(walk_.end(), path.rbegin(), path.rend());
      }
    }
    walk_.push_back(own[entry]);
  }

  const std::vector<Walk>& loops_;
  std::vector<std::multimap<std::size_t, Way>> leave_;  // of each loop, by the place on it
  Walk walk_;
};

}  // namespace

JoinedOutline joined_outline(const capture::Image<SegmentKey>& keys, SegmentKey key,
                             const PixelBox& box, const std::set<SegmentKey>& kept) {
  std::vector<Walk> loops;
  for (const auto& border : borders(keys, key, box)) {
    loops.push_back(pixels_of(through_centres(border)));
  }
  JoinedOutline out;
  if (loops.size() == 1) {
    out.polygon = corners_of(loops.front());
    return out;
  }
  Ways ways(keys, key, box, kept);
  const auto bridges = ways.bridges(loops);
  for (const Bridge& bridge : bridges) out.crossed_px += ways.crossed(bridge.path);
  out.polygon = corners_of(Tour(loops, bridges).walk());
  return out;
}

}  // namespace oddroad::exchange

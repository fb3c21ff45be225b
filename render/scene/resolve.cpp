#include "render/scene/resolve.h"

#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "engine/core/parallel.h"
#include "engine/core/raw_vector.h"
#include "render/scene/confirm.h"
#include "render/scene/pixel_geometry.h"
#include "render/scene/row_rays.h"
#include "render/scene/triangle_source.h"

namespace oddroad::scene {
namespace {

struct Candidate {
  std::uint32_t drawable;
  std::uint32_t triangle;
};

// A ray may slip through between two triangles that meet in a line but not corner to corner, and
// show what lies behind them. Looked for where a pixel is deeper than those on both sides of it, by
// more than a bent surface is and by far more than they differ, since their surfaces meet here.
class Leaks {
 public:
  explicit Leaks(const VisibilityRecord& record) : record_(record) {}

  // Enters kLeak where a leak is possible in a row.
  static constexpr std::uint8_t kLeak = 2;
  void add_row(int y, std::uint8_t* out) const {
    if (!record_.by_rays) return;
    const int w = record_.width_px;
    const float* t = &record_.t[static_cast<std::size_t>(y) * w];
    for (int x = 1; x + 1 < w; ++x) out[x] |= between(t[x], t[x - 1], t[x + 1]) ? kLeak : 0;
    if (y == 0 || y + 1 >= record_.height_px) return;
    for (int x = 0; x < w; ++x) out[x] |= between(t[x], t[x - w], t[x + w]) ? kLeak : 0;
  }

 private:
  static bool between(float t, float before, float after) {
    constexpr float kBent = 1e-3f, kDiffer = 0.3f;
    const float farther = std::max(before, after);
    const float nearer = std::min(before, after);
    // Both are worked out: loops over rows go without branches.
    return (t > (1 + kBent) * farther) & (farther - nearer < kDiffer * (t - farther));
  }
  const VisibilityRecord& record_;
};

struct MixedPixel {
  std::uint32_t at;  // index
  bool leak;         // possible here
};

// Pixels of rows [begin, end) whose 3x3 neighbourhood names more than one drawable, and those at
// which a leak is possible.
class MixedPixels {
 public:
  explicit MixedPixels(const VisibilityRecord& record)
      : record_(record),
        leaks_(record),
        across_(record.width_px + 1, 0),
        upright_(record.width_px + 2, 0),
        found_(record.width_px + sizeof(std::uint64_t), 0) {}

  std::vector<MixedPixel> find(int begin, int end) {
    std::vector<MixedPixel> pixels;
    for (int y = begin; y < end; ++y) add_row(y, pixels);
    return pixels;
  }

 private:
  // Nine names differ where a column of three among them does, or neighbours of the middle row.
  void add_row(int y, std::vector<MixedPixel>& pixels) {
    const int w = record_.width_px;
    const std::uint32_t* here = &record_.drawable[static_cast<std::size_t>(y) * w];
    const std::uint32_t* above = y > 0 ? here - w : here;
    const std::uint32_t* below = y + 1 < record_.height_px ? here + w : here;
    // across_[x]: pixels x - 1 and x; upright_[x + 1]: the column at x.
    for (int x = 1; x < w; ++x) across_[x] = here[x - 1] ^ here[x];
    for (int x = 0; x < w; ++x) upright_[x + 1] = (above[x] ^ here[x]) | (below[x] ^ here[x]);
    const std::uint32_t* across = across_.data();
    const std::uint32_t* upright = upright_.data();
    std::uint8_t* found = found_.data();
    for (int x = 0; x < w; ++x) {
      const std::uint32_t differs =
          upright[x] | upright[x + 1] | upright[x + 2] | across[x] | across[x + 1];
      found[x] = differs != 0 ? 1 : 0;
    }
    leaks_.add_row(y, found);
    for (int x = 0; x < w; ++x) {
      std::uint64_t eight;
      std::memcpy(&eight, found + x, sizeof eight);
      if (eight == 0) {
        x += 7;
      } else if (found[x] != 0) {
        pixels.push_back({static_cast<std::uint32_t>(y * w + x), (found[x] & Leaks::kLeak) != 0});
      }
    }
  }

  const VisibilityRecord& record_;
  Leaks leaks_;
  std::vector<std::uint32_t> across_;   // 0 at both ends
  std::vector<std::uint32_t> upright_;  // 0 beyond the ends
  std::vector<std::uint8_t> found_;     // 0 beyond the end
};

// What rays through the pixels' centres meet.
std::vector<Candidate> cast_pixels(const CameraView& view, const RayCaster& caster,
                                   const VisibilityRecord& record,
                                   const std::vector<MixedPixel>& pixels) {
  std::vector<Candidate> out(pixels.size());
  if (record.by_rays) {
    for (std::size_t k = 0; k < pixels.size(); ++k) {
      out[k] = {record.drawable[pixels[k].at], record.triangle[pixels[k].at]};
    }
    return out;
  }
  RayBatch rays;
  rays.resize(pixels.size());
  for (std::size_t k = 0; k < pixels.size(); ++k) {
    rays.set(k, view.ray_at(static_cast<int>(pixels[k].at) % record.width_px,
                            static_cast<int>(pixels[k].at) / record.width_px));
  }
  RayHits hits;
  caster.intersect(rays, RayKind::kSensor, true, hits);
  for (std::size_t k = 0; k < pixels.size(); ++k) out[k] = {hits.drawable[k], hits.triangle[k]};
  return out;
}

// Triangles that the neighbourhood of a pixel names beside the ray caster's answer, each once.
// Which triangle of its own drawable it is, the caster knows as well as anyone, unless it leaks.
struct Neighbourhood {
  std::array<Candidate, 9> seen;  // not initialised beyond count
  std::uint32_t count = 0;

  void add(Candidate c) {
    for (const Candidate& known : *this) {
      if (known.drawable == c.drawable && known.triangle == c.triangle) return;
    }
    seen[count++] = c;
  }
  [[nodiscard]] const Candidate* begin() const { return seen.data(); }
  [[nodiscard]] const Candidate* end() const { return seen.data() + count; }
};

void look_around(const VisibilityRecord& record, const MixedPixel& pixel, Candidate own,
                 Neighbourhood& near) {
  const int w = record.width_px;
  const auto at = static_cast<int>(pixel.at);
  const int x = at % w;
  const int y = at / w;
  // Neighbours beyond the border are the pixel's own: named twice, they count once.
  const int left = x > 0 ? -1 : 0;
  const int right = x + 1 < w ? 1 : 0;
  const int up = y > 0 ? -w : 0;
  const int down = y + 1 < record.height_px ? w : 0;
  const int nine[] = {at + up + left, at + up,          at + up + right, at + left,        at,
                      at + right,     at + down + left, at + down,       at + down + right};
  // Which ones to look at is told for all at once: each alone is a guess that often fails.
  const std::uint32_t* drawable = record.drawable.data();
  const std::uint32_t* triangle = record.triangle.data();
  unsigned news = 0;
  for (unsigned k = 0; k < 9; ++k) {
    const std::uint32_t d = drawable[nine[k]];
    const bool other = (d != own.drawable) | (pixel.leak & (triangle[nine[k]] != own.triangle));
    news |= static_cast<unsigned>((d != 0) & other) << k;
  }
  near.count = 0;
  for (; news != 0; news &= news - 1) {
    const int i = nine[std::countr_zero(news)];
    near.add({drawable[i], triangle[i]});
  }
}

struct Decided {
  std::vector<MixedPixel> pixels;
  std::vector<Candidate> what;
};

// Decides pixels one by one. One for each thread: it remembers triangles.
class EdgeDecider {
 public:
  EdgeDecider(const TriangleSource& triangles, const VisibilityRecord& record)
      : triangles_(triangles), record_(record) {}

  // What the pixels show, given what their rays meet; both in ascending order of pixels.
  void decide(const CameraView& view, Decided& band) {
    const auto w = static_cast<std::uint32_t>(record_.width_px);
    for (std::size_t begin = 0, end = 0; begin < band.pixels.size(); begin = end) {
      const std::uint32_t y = band.pixels[begin].at / w;
      while (end < band.pixels.size() && band.pixels[end].at < (y + 1) * w) ++end;
      const RowRays row(view, static_cast<int>(y));
      gather(band, begin, end, row.instant().stamp_ns);
      for (std::size_t i = begin; i < end; ++i) {
        const Neighbourhood& near = near_[i - begin];
        if (near.count == 0) continue;
        band.what[i] = decide(row, static_cast<int>(band.pixels[i].at - y * w), near, band.what[i]);
      }
    }
  }

 private:
  struct Ray {
    const math::Vec3d& origin;
    math::Vec3d direction;
    std::int64_t stamp_ns;
  };

  // What is near the pixels [begin, end), which lie in a row.
  void gather(const Decided& band, std::size_t begin, std::size_t end, std::int64_t stamp_ns) {
    near_.resize(end - begin);
    news_.clear();
    Candidate last{0, 0};
    for (std::size_t i = begin; i < end; ++i) {
      Neighbourhood& near = near_[i - begin];
      look_around(record_, band.pixels[i], band.what[i], near);
      for (const Candidate& c : near) {
        if (c.drawable == last.drawable && c.triangle == last.triangle) continue;
        last = c;
        aimed_.await(c.drawable, c.triangle);
        if (aimed_.has(c.drawable, c.triangle, stamp_ns)) continue;
        triangles_.await_indices(c.drawable - 1, c.triangle);
        news_.push_back(c);
      }
    }
    for (const Candidate& c : news_) triangles_.await_corners(c.drawable - 1, c.triangle);
  }

  // The caster's answer counts also where its ray passes just beside the triangle: in single
  // precision it may name the neighbour across a shared edge, and what lies behind both must not
  // win.
  Candidate decide(const RowRays& row, int x, const Neighbourhood& near, Candidate cast) {
    const Ray ray{row.instant().T_world_camera.translation, row.direction(x),
                  row.instant().stamp_ns};
    constexpr double kNever = std::numeric_limits<double>::infinity();
    Candidate best = cast;
    double best_t = kNever;
    for (const Candidate& one : near) {
      const auto t = hit(ray, one);
      if (t && *t < best_t) {
        best_t = *t;
        best = one;
      }
    }
    // Seldom: most neighbours pass beside the ray.
    if (best_t < kNever && cast.drawable != 0 && cast_t(ray, cast) <= best_t) return cast;
    return best;
  }

  [[nodiscard]] std::array<math::Vec3d, 3> corners(const Ray& ray, Candidate c) const {
    return triangles_.corners(c.drawable - 1, c.triangle, ray.stamp_ns);
  }
  std::optional<double> hit(const Ray& ray, Candidate c) {
    const AimedTriangle& aimed = aimed_.get(c.drawable, c.triangle, ray.stamp_ns, [&] {
      return AimedTriangle(ray.origin, corners(ray, c));
    });
    return aimed.hit(ray.direction);
  }

  double cast_t(const Ray& ray, Candidate cast) {
    auto t = hit(ray, cast);
    if (!t) t = hit_beside(ray.origin, ray.direction, corners(ray, cast));
    return t.value_or(std::numeric_limits<double>::infinity());
  }

  const TriangleSource& triangles_;
  const VisibilityRecord& record_;
  TriangleCache<AimedTriangle> aimed_;
  core::RawVector<Neighbourhood> near_;  // of a row's pixels
  std::vector<Candidate> news_;          // what they name and is not at hand
};

// How many pixels changed.
std::size_t enter(const Decided& decided, VisibilityRecord& record) {
  std::size_t changed = 0;
  for (std::size_t i = 0; i < decided.pixels.size(); ++i) {
    const std::uint32_t at = decided.pixels[i].at;
    changed += record.drawable[at] != decided.what[i].drawable;
    record.drawable[at] = decided.what[i].drawable;
    record.triangle[at] = decided.what[i].triangle;
  }
  return changed;
}

}  // namespace

std::size_t resolve_edges(const world::SceneWindow& window, const CameraView& view,
                          const RayCaster& caster, VisibilityRecord& record) {
  constexpr int kBand = 32;  // rows
  const TriangleSource triangles(window);
  // Decisions look at the record as it was: they are entered when all are made.
  std::vector<Decided> bands((record.height_px + kBand - 1) / kBand);
  core::parallel_for(bands.size(), [&](std::size_t k) {
    const int begin = static_cast<int>(k) * kBand;
    Decided& band = bands[k];
    band.pixels = MixedPixels(record).find(begin, std::min(begin + kBand, record.height_px));
    band.what = cast_pixels(view, caster, record, band.pixels);
    EdgeDecider(triangles, record).decide(view, band);
  });
  std::atomic<std::size_t> changed = 0;
  core::parallel_for(bands.size(), [&](std::size_t k) {
    changed += enter(bands[k], record);
  });
  std::vector<std::uint32_t> cast;
  for (const Decided& band : bands) {
    for (const MixedPixel& pixel : band.pixels) cast.push_back(pixel.at);
  }
  confirm_triangles(window, view, caster, cast, record);
  return changed;
}

}  // namespace oddroad::scene

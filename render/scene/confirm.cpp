#include "render/scene/confirm.h"

#include <array>
#include <limits>

#include "engine/core/parallel.h"
#include "render/scene/doubts.h"

namespace oddroad::scene {
namespace {

constexpr double kGrazingSine = VisibilityRecord::kGrazingSine;
constexpr double kNever = std::numeric_limits<double>::infinity();

// Rays through the pixel's centre, the first, and around it. Single precision may take two surfaces
// near the crossing of one with the other for each other; further from it than such rays stray, it
// cannot, and which is in front at the centre is in front on one side of it.
class NearRays {
 public:
  static constexpr std::size_t kCount = 5;

  NearRays(ExactReader& reader, const CameraView& view, const std::vector<std::uint32_t>& pixels) {
    rays_.resize(pixels.size() * kCount);
    for (std::size_t k = 0; k < pixels.size(); ++k) {
      const int w = reader.record().width_px;
      const int x = static_cast<int>(pixels[k]) % w, y = static_cast<int>(pixels[k]) / w;
      set(k * kCount, view.ray_at(x, y), view.at_row(y).T_world_camera,
          reader.corners(reader.at(x, y), view.at_row(y).stamp_ns));
    }
  }
  // What the rays of pixel k of the list meet follows from place k * kCount on.
  [[nodiscard]] RayHits cast(const RayCaster& caster) const {
    RayHits hits;
    caster.intersect(rays_, RayKind::kSensor, true, hits);
    return hits;
  }

 private:
  void set(std::size_t first, const ViewRay& ray, const math::Affine3d& T_world_camera,
           const std::array<math::Vec3d, 3>& corners) {
    constexpr double kStrayShare = 5e-7;  // several times what such rays stray
    const double t = std::max(1e-3, TrianglePlane(corners).meet(ray));  // NaN: 1e-3
    const double away = kStrayShare * (glm::length(ray.origin) / t + glm::length(ray.direction));
    std::size_t k = first;
    rays_.set(k++, ray);
    // Whichever way the crossing runs, one of the four is at least `away` to each side of it.
    for (const int j : {-1, 1}) {
      for (const int i : {-1, 1}) {
        ViewRay beside = ray;
        beside.direction += T_world_camera.vector({away * i, away * j, 0});
        rays_.set(k++, beside);
      }
    }
  }

  RayBatch rays_;
};

struct Decided {
  std::vector<std::uint32_t> pixels;
  std::vector<Seen> what;
};

// Decides one pixel: the nearest of what is considered that the exact ray passes through.
class Decision {
 public:
  Decision(ExactReader& reader, const ViewInstant& from, const math::Vec3d& direction)
      : reader_(reader), from_(from), direction_(direction) {}

  // The ray caster's answer stands also where the exact ray passes just beside it, unless something
  // is in front of where it may be: what lies behind it and its neighbour across an edge must not
  // win.
  void start(Seen cast) {
    best_ = cast;
    if (cast.drawable == 0) return;
    if (const auto t = reader_.aimed(cast, from_).hit(direction_)) {
      best_t_ = *t;
      return;
    }
    const math::Vec3d& origin = from_.T_world_camera.translation;
    const auto corners = reader_.corners(cast, from_.stamp_ns);
    if (const auto t = hit_beside(origin, direction_, corners)) {
      best_t_ = *t + single_precision_m(origin, direction_, *t) /
                         (kGrazingSine * glm::length(direction_));
    }
  }
  void consider(Seen what) {
    if (what.drawable == 0 || what == best_) return;
    const auto t = reader_.aimed(what, from_).hit(direction_);
    if (!t || !(*t < best_t_)) return;
    best_t_ = *t;
    best_ = what;
  }
  [[nodiscard]] Seen best() const { return best_; }

 private:
  ExactReader& reader_;
  const ViewInstant& from_;
  const math::Vec3d& direction_;
  Seen best_;
  double best_t_ = kNever;
};

Decided decide(ExactReader& reader, const CameraView& view, const RayCaster& caster,
               std::vector<std::uint32_t> pixels) {
  const int w = reader.record().width_px;
  const RayHits hits = NearRays(reader, view, pixels).cast(caster);
  Decided out;
  for (std::size_t k = 0; k < pixels.size(); ++k) {
    const int x = static_cast<int>(pixels[k]) % w, y = static_cast<int>(pixels[k]) / w;
    const ViewInstant from = view.at_row(y);
    const math::Vec3d direction = view.ray_at(x, y).direction;
    const std::size_t first = k * NearRays::kCount;
    Decision decision(reader, from, direction);
    decision.start({hits.drawable[first], hits.triangle[first]});
    decision.consider(reader.at(x, y));
    for (std::size_t i = first + 1; i < first + NearRays::kCount; ++i) {
      decision.consider({hits.drawable[i], hits.triangle[i]});
    }
    if (!reader.record().by_rays) {
      reader.around(x, y, [&](Seen what) {
        decision.consider(what);
      });
    }
    out.what.push_back(decision.best());
  }
  out.pixels = std::move(pixels);
  return out;
}

}  // namespace

std::size_t confirm_triangles(const world::SceneWindow& window, const CameraView& view,
                              const RayCaster& caster, const std::vector<std::uint32_t>& cast,
                              VisibilityRecord& record) {
  constexpr int kBand = 32;  // rows
  const TriangleSource triangles(window);
  // Decisions look at the record as it was: they are entered when all are made.
  std::vector<Decided> bands((record.height_px + kBand - 1) / kBand);
  core::parallel_for(bands.size(), [&](std::size_t k) {
    const int begin = static_cast<int>(k) * kBand;
    ExactReader reader(triangles, record);
    auto pixels =
        doubtful_pixels(reader, view, cast, begin, std::min(begin + kBand, record.height_px));
    if (!pixels.empty()) bands[k] = decide(reader, view, caster, std::move(pixels));
  });
  std::size_t count = 0;
  for (const Decided& band : bands) {
    for (std::size_t i = 0; i < band.pixels.size(); ++i) {
      record.drawable[band.pixels[i]] = band.what[i].drawable;
      record.triangle[band.pixels[i]] = band.what[i].triangle;
    }
    count += band.pixels.size();
  }
  return count;
}

}  // namespace oddroad::scene

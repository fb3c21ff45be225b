#include "engine/verify/check_camera_lidar.h"

#include <algorithm>
#include <cmath>

#include "engine/capture/point_cloud.h"
#include "engine/capture/tolerances.h"
#include "engine/core/parallel.h"
#include "engine/verify/text.h"

namespace oddroad::verify {

using math::Vec3d;

namespace {

constexpr int kAround = 2;  // pixels to each side that must show one thing

// A point as the camera would see it.
struct Seen {
  double u = 0, v = 0;
  int x = 0, y = 0;
  double range_m = 0;
  // Of the place on the surface, which the range's error is not in.
  double true_u = 0, true_v = 0, true_range_m = 0;
};

// What a neighbourhood of pixels shows, if it is one thing.
struct Patch {
  std::uint16_t id = 0;
  double nearest_m = 0, farthest_m = 0;
};

class CameraLidarChecker {
 public:
  CameraLidarChecker(const CameraScene& scene, const FrameImages& images, const SweptPoints& swept)
      : scene_(scene),
        images_(images),
        swept_(swept),
        points_(swept.points),
        there_(world::counterparts(swept.window, scene.window())) {
    const double exact = swept.lidar.noise_m == 0 && swept.lidar.noise_per_m == 0;
    const double sigma = swept.lidar.noise_m + swept.lidar.noise_per_m * swept.lidar.range_max_m;
    slack_m_ = capture::kNoiseSigmas * std::hypot(sigma, capture::kRangeJitterM) +
               swept.lidar.range_step_m + capture::kWalkM;
    if (points_.geometry || exact) slack_m_ = capture::kPatchM;
  }

  void check(std::size_t i, Check& check) const {
    const auto seen = project(i);
    if (!seen) return;
    const auto patch = patch_around(seen->x, seen->y);
    if (!patch) return;
    const bool same = patch->id == points_.instance[i];
    const double slack = slack_m_ + capture::kPatchShare * seen->range_m;
    if (seen->range_m > patch->farthest_m + slack) return;  // hidden
    const bool before = seen->range_m < patch->nearest_m - slack;
    if (same && !before) return check.agree();
    if (hidden_or_fine(i, *seen, slack)) return check.agree();
    check.disagree(std::abs(seen->range_m - patch->nearest_m), [&] {
      return Disagreement{
          swept_.file,
          "point " + std::to_string(i) + " at pixel " + std::to_string(seen->x) + ", " +
              std::to_string(seen->y) + " of " + images_.prefix,
          scene_.name_of(points_.instance[i]) + " at " + to_text(seen->range_m) + " m",
          scene_.name_of(patch->id) + " at " + to_text(patch->nearest_m) + " m"};
    });
  }

 private:
  // Where the point's surface carries it by the time of the row that shows it.
  [[nodiscard]] std::optional<Seen> project(std::size_t i) const {
    if (!swept_.hits[i] || points_.cause[i] != static_cast<int>(capture::PointCause::kTarget)) {
      return std::nullopt;
    }
    const PointHit& hit = *swept_.hits[i];
    if (there_[hit.drawable] < 0) return std::nullopt;  // traffic that came or went in between
    const double range = points_.geometry ? points_.geometry->true_range_m[i] : points_.range_m[i];
    const Vec3d off = hit.ray.direction * (range - hit.t);
    int row = scene_.view().camera().height_px / 2;
    for (int k = 0; k < 8; ++k) {
      const Vec3d p = scene_.view().T_world_camera(row).inverse().point(place(hit, row) + off);
      const auto at = scene_.view().lens().project(p);
      if (!at || !inside(at->x, at->y)) return std::nullopt;
      const int found = static_cast<int>(at->y);
      if (found == row || k == 7) {
        // Close to the camera the error of a range moves a point sideways, out of the patch that
        // would be looked at.
        const Vec3d on_surface = scene_.view().T_world_camera(row).inverse().point(place(hit, row));
        const auto true_at = scene_.view().lens().project(on_surface);
        if (!true_at || std::hypot(at->x - true_at->x, at->y - true_at->y) > kAround) {
          return std::nullopt;
        }
        return Seen{at->x,      at->y,      static_cast<int>(at->x), found, glm::length(p),
                    true_at->x, true_at->y, glm::length(on_surface)};
      }
      row = found;
    }
    return std::nullopt;
  }

  [[nodiscard]] Vec3d place(const Hit& hit, int row) const {
    const auto& drawable =
        scene_.window().drawables[static_cast<std::size_t>(there_[hit.drawable])];
    const auto c =
        world::triangle_at(scene_.window(), drawable, hit.triangle, scene_.view().row_ns(row));
    return hit.weights.x * c[0] + hit.weights.y * c[1] + hit.weights.z * c[2];
  }

  [[nodiscard]] bool inside(double u, double v) const {
    const CameraRecord& c = scene_.view().camera();
    return u >= kAround && v >= kAround && u < c.width_px - kAround && v < c.height_px - kAround;
  }

  [[nodiscard]] double recorded_range(int x, int y) const {
    if (!images_.range_m.empty()) return images_.range_m.at(x, y);
    const auto d = scene_.view().lens().direction(x + 0.5, y + 0.5);
    return d && d->z > 0.05 ? images_.depth_m.at(x, y) / d->z : NAN;
  }

  [[nodiscard]] std::optional<Patch> patch_around(int x, int y) const {
    Patch patch{images_.ids.at(x, y), INFINITY, -INFINITY};
    for (int j = y - kAround; j <= y + kAround; ++j) {
      for (int i = x - kAround; i <= x + kAround; ++i) {
        if (images_.ids.at(i, j) != patch.id) return std::nullopt;
        const double range = recorded_range(i, j);
        if (std::isnan(range)) return std::nullopt;
        patch.nearest_m = std::min(patch.nearest_m, range);
        patch.farthest_m = std::max(patch.farthest_m, range);
      }
    }
    return patch;
  }

  // What the pixels round the point cannot tell, rays can: a wall seen along its face lies both
  // before and behind the point within a few pixels, and leaves, wires and spokes pass between the
  // centres of pixels.
  [[nodiscard]] bool hidden_or_fine(std::size_t i, const Seen& seen, double slack) const {
    bool explained = false;
    const auto look = [&](double du, double dv) {
      const auto ray = scene_.view().ray(seen.u + du, seen.v + dv, seen.y);
      const auto hit = ray ? scene_.tracer().nearest(ray->world) : std::nullopt;
      if (!hit) return true;
      const world::Drawable& d = scene_.window().drawables[hit->drawable];
      const bool fine =
          d.instance.value == points_.instance[i] && std::abs(hit->t - seen.range_m) <= slack;
      const bool hidden = du == 0 && dv == 0 && hit->t < seen.range_m - slack;
      explained = fine || hidden;
      return !explained;
    };
    if (look(0, 0)) around_centre(0.5, look);
    return explained || hidden_on_surface(seen);
  }

  // Something stands before the place on the surface, however little.
  [[nodiscard]] bool hidden_on_surface(const Seen& seen) const {
    const auto ray = scene_.view().ray(seen.true_u, seen.true_v, seen.y);
    const auto hit = ray ? scene_.tracer().nearest(ray->world) : std::nullopt;
    const double slack = capture::kPatchM + capture::kPatchShare * seen.true_range_m;
    return hit && hit->t < seen.true_range_m - slack;
  }

  const CameraScene& scene_;
  const FrameImages& images_;
  const SweptPoints& swept_;
  const Points& points_;
  std::vector<std::int32_t> there_;  // drawables of the sweep's window in the camera's
  double slack_m_ = 0;
};

}  // namespace

void check_camera_lidar(const CameraScene& scene, const FrameImages& images,
                        const SweptPoints& swept, Report& report) {
  if (images.ids.empty() || (images.depth_m.empty() && images.range_m.empty())) return;
  constexpr std::size_t kChunk = 1024;
  const CameraLidarChecker checker(scene, images, swept);
  const std::size_t count = swept.points.size();
  const std::size_t chunks = (count + kChunk - 1) / kChunk;
  std::vector<Check> parts(chunks, Check("camera_lidar"));
  core::parallel_for(chunks, [&](std::size_t c) {
    for (std::size_t i = c * kChunk; i < std::min((c + 1) * kChunk, count); ++i) {
      checker.check(i, parts[c]);
    }
  });
  for (const Check& part : parts) report["camera_lidar"].merge(part);
}

}  // namespace oddroad::verify

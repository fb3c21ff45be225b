#include "engine/labels/flow.h"

#include <cmath>
#include <limits>

#include "engine/labels/row_search.h"
#include "render/scene/pixel_runs.h"

namespace oddroad::labels {

using math::Vec2d;
using math::Vec3d;

namespace {

// Rays of a tile of pixels lie side by side: they end close to each other.
constexpr int kTile = 4;

// Weights of corners 1 and 2 of a point in the plane of a triangle are linear in the point:
// dot(by1, p - corner 0) and dot(by2, p - corner 0).
struct PlaneWeights {
  Vec3d by1{0}, by2{0};

  explicit PlaneWeights(const scene::TrianglePlane& plane) {
    const auto& c = plane.corners();
    const Vec3d& n = plane.normal();
    const double n2 = glm::dot(n, n);
    if (n2 == 0) return;
    by1 = glm::cross(c[2] - c[0], n) / n2;
    by2 = glm::cross(n, c[1] - c[0]) / n2;
  }
};

// Where the points of a triangle's plane are when it has moved to other corners.
math::Affine3d motion(const scene::TrianglePlane& from, const std::array<Vec3d, 3>& to) {
  const PlaneWeights weights(from);
  math::Affine3d out;
  out.linear =
      glm::outerProduct(to[1] - to[0], weights.by1) + glm::outerProduct(to[2] - to[0], weights.by2);
  out.translation = to[0] - out.linear * from.corners()[0];
  return out;
}

// The rays of a strip of tiles that tell what is hidden.
struct Strip {
  scene::RayBatch rays;
  std::vector<std::uint8_t> hidden;

  Strip(int width_px, std::int64_t stamp_ns) {
    rays.resize(((width_px + kTile - 1) / kTile) * kTile * kTile);
    for (std::size_t i = 0; i < rays.size(); ++i) rays.set(i, Vec3d(0), {0, 0, 1}, stamp_ns, -1);
  }
  void clear() {
    for (std::size_t i = 0; i < rays.size(); ++i) rays.t_max[i] = -1;  // ends before it starts
  }
  [[nodiscard]] static std::size_t place(int x, int y) {
    return static_cast<std::size_t>((x / kTile) * kTile + y % kTile) * kTile + x % kTile;
  }
};

class FlowMaker {
 public:
  FlowMaker(const FlowFrame& from, const scene::VisibilityRecord& record, const FlowFrame& to)
      : from_(from),
        record_(record),
        to_(to),
        sources_(from.window),
        targets_(to.window),
        T_camera_world_(to.view.T_world_camera.inverse()),
        there_(world::counterparts(from.window, to.window)) {
    out_.displacement_px =
        decltype(out_.displacement_px)::unwritten(record.width_px, record.height_px);
    out_.occlusion = decltype(out_.occlusion)::unwritten(record.width_px, record.height_px);
    still_.reserve(there_.size());
    for (std::uint32_t d = 0; d < there_.size(); ++d) still_.push_back(stays(d));
  }

  capture::FlowImage make() {
    const int strips = (record_.height_px + kTile - 1) / kTile;
    core::parallel_chunks(strips, 4, [&](std::size_t begin, std::size_t end) {
      scene::RunReader reader(sources_, from_.view, record_);
      Strip strip(record_.width_px, to_.view.stamp_ns);
      for (std::size_t s = begin; s != end; ++s) make_strip(static_cast<int>(s), reader, strip);
    });
    return std::move(out_);
  }

 private:
  void make_strip(int index, scene::RunReader& reader, Strip& strip) {
    const int first = index * kTile;
    const int last = std::min(first + kTile, record_.height_px);
    strip.clear();
    for (int y = first; y < last; ++y) {
      forget_row(y);
      reader.read(y, [&](const scene::PixelRun& run, const scene::RowRays& rays) {
        if (run.plane == nullptr) {
          sky_run(run, rays, y, strip);
        } else if (there_[run.drawable - 1] < 0) {
          return;  // it is not there any more, or not yet
        } else if (to_.view.rolling()) {
          rolling_run(run, rays, y, strip);
        } else {
          surface_run(run, rays, y, strip);
        }
      });
    }
    to_.caster.occluded(strip.rays, scene::RayKind::kSensor, true, strip.hidden);
    for (int y = first; y < last; ++y) {
      for (int x = 0; x < record_.width_px; ++x) {
        if (strip.hidden[Strip::place(x, y)] == 0) continue;
        out_.occlusion.at(x, y) = static_cast<std::uint8_t>(capture::FlowOcclusion::kHidden);
      }
    }
  }

  // Until something is found there.
  void forget_row(int y) {
    const auto first = static_cast<std::ptrdiff_t>(y) * record_.width_px;
    std::fill_n(out_.displacement_px.pixels.begin() + first, record_.width_px,
                math::Vec2f(std::numeric_limits<float>::quiet_NaN()));
    std::fill_n(out_.occlusion.pixels.begin() + first, record_.width_px,
                static_cast<std::uint8_t>(capture::FlowOcclusion::kOutside));
  }

  // The neighbour finds it where it was.
  [[nodiscard]] bool stays(std::uint32_t d) const {
    if (there_[d] < 0) return false;
    const world::Drawable& a = from_.window.drawables[d];
    const world::Drawable& b = to_.window.drawables[static_cast<std::size_t>(there_[d])];
    return a.T_world_mesh.size() == 1 && a.steps.empty() && b.steps.empty() &&
           a.T_world_mesh == b.T_world_mesh;
  }

  void sky_run(const scene::PixelRun& run, const scene::RowRays& rays, int y, Strip& strip) {
    for (int x = run.x0; x < run.x1; ++x) {
      const scene::ViewRay ray = rays.at(x);
      if (!math::is_ray(ray.direction_camera)) continue;
      const auto seen = sky(ray.direction, y + 0.5);
      if (!seen) continue;
      put(x, y, seen->image, seen->instant, seen->point, std::numeric_limits<float>::infinity(),
          strip);
    }
  }

  [[nodiscard]] std::optional<Appearance> sky(const Vec3d& direction, double start_v) const {
    if (to_.view.rolling()) {
      return find_appearance(to_.view, true, start_v, [&](std::int64_t) {
        return direction;
      });
    }
    const auto image = to_.view.camera.project(T_camera_world_.vector(direction));
    if (!image) return std::nullopt;
    return Appearance{*image, direction, {to_.view.stamp_ns, to_.view.T_world_camera}};
  }

  // One matrix moves the run's points and looks at them.
  void surface_run(const scene::PixelRun& run, const scene::RowRays& rays, int y, Strip& strip) {
    const std::uint32_t d = run.drawable - 1;
    const scene::ViewInstant there{to_.view.stamp_ns, to_.view.T_world_camera};
    math::Affine3d T_there_here = T_camera_world_;
    if (still_[d] == 0) {
      const auto corners =
          targets_.corners(static_cast<std::uint32_t>(there_[d]), run.triangle, to_.view.stamp_ns);
      T_there_here = T_there_here * motion(*run.plane, corners);
    }
    const scene::RunDistances t(run, rays);
    for (int x = run.x0; x < run.x1; ++x) {
      const scene::ViewRay ray = rays.at(x);
      const Vec3d p = T_there_here.point(ray.origin + ray.direction * t.at(x));
      const auto image = to_.view.camera.project(p);
      if (image) put_surface(x, y, *image, there, there.T_world_camera.vector(p), strip);
    }
  }

  void rolling_run(const scene::PixelRun& run, const scene::RowRays& rays, int y, Strip& strip) {
    const std::uint32_t d = run.drawable - 1;
    const PlaneWeights weights(*run.plane);
    const scene::RunDistances t(run, rays);
    for (int x = run.x0; x < run.x1; ++x) {
      const scene::ViewRay ray = rays.at(x);
      const Vec3d p = ray.origin + ray.direction * t.at(x);
      const Vec3d off = p - run.plane->corners()[0];
      const auto place = [&](std::int64_t stamp_ns) {
        if (still_[d] != 0) return p;
        const auto c =
            targets_.corners(static_cast<std::uint32_t>(there_[d]), run.triangle, stamp_ns);
        return c[0] + glm::dot(weights.by1, off) * (c[1] - c[0]) +
               glm::dot(weights.by2, off) * (c[2] - c[0]);
      };
      const auto seen = find_appearance(to_.view, false, y + 0.5, place);
      if (!seen) continue;
      const Vec3d way = seen->point - seen->instant.T_world_camera.translation;
      put_surface(x, y, seen->image, seen->instant, way, strip);
    }
  }

  void put_surface(int x, int y, const Vec2d& image, const scene::ViewInstant& there,
                   const Vec3d& way, Strip& strip) {
    const double margin = std::max(kFlowHiddenM / glm::length(way), kFlowHiddenShare);
    put(x, y, image, there, way, static_cast<float>(1 - margin), strip);
  }

  void put(int x, int y, const Vec2d& image, const scene::ViewInstant& there, const Vec3d& way,
           float limit, Strip& strip) {
    out_.displacement_px.at(x, y) = math::Vec2f(image - Vec2d(x + 0.5, y + 0.5));
    if (image.x < 0 || image.y < 0 || image.x >= record_.width_px || image.y >= record_.height_px) {
      return;
    }
    out_.occlusion.at(x, y) = static_cast<std::uint8_t>(capture::FlowOcclusion::kSeen);
    strip.rays.set(Strip::place(x, y), there.T_world_camera.translation, way, there.stamp_ns,
                   limit);
  }

  const FlowFrame& from_;
  const scene::VisibilityRecord& record_;
  const FlowFrame& to_;
  scene::TriangleSource sources_;
  scene::TriangleSource targets_;
  math::Affine3d T_camera_world_;    // of the frame that flow leads to; global shutter
  std::vector<std::int32_t> there_;  // by drawable: the same in the other window, or -1
  std::vector<std::uint8_t> still_;  // by drawable
  capture::FlowImage out_;
};

}  // namespace

capture::FlowImage flow_image(const FlowFrame& from, const scene::VisibilityRecord& record,
                              const FlowFrame& to) {
  return FlowMaker(from, record, to).make();
}

}  // namespace oddroad::labels

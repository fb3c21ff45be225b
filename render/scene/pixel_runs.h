// What each pixel shows, run by run: the plane of its triangle met by its ray, in double precision.
#pragma once

#include <algorithm>
#include <vector>

#include "engine/core/parallel.h"
#include "render/scene/pixel_geometry.h"
#include "render/scene/row_rays.h"
#include "render/scene/triangle_source.h"
#include "render/scene/visibility.h"

namespace oddroad::scene {

// Neighbours in a row that show one triangle. drawable and triangle as in VisibilityRecord; 0 is
// the sky, whose runs have no plane.
struct PixelRun {
  int x0 = 0, x1 = 0;     // pixels [x0, x1)
  std::size_t first = 0;  // index of pixel x0 in the record
  std::uint32_t drawable = 0;
  std::uint32_t triangle = 0;
  const TrianglePlane* plane = nullptr;
};

// Cuts rows of a record into runs. One for each thread: it remembers planes.
class RunReader {
 public:
  // Borrows all three.
  RunReader(const TriangleSource& triangles, const CameraView& view, const VisibilityRecord& record)
      : triangles_(triangles), view_(view), record_(record) {}

  // Calls body(run, rays) for every run of row y, from left to right.
  template <typename Body>
  void read(int y, const Body& body) {
    const RowRays rays(view_, y);
    find_runs(y);
    for (const Triangle& t : news_) triangles_.await_corners(t.drawable - 1, t.triangle);
    for (PixelRun& run : runs_) {
      if (run.drawable != 0) run.plane = &plane(run, rays.instant().stamp_ns);
      body(run, rays);
    }
  }

 private:
  void find_runs(int y) {
    const std::size_t row = static_cast<std::size_t>(y) * record_.width_px;
    const std::uint32_t* drawable = &record_.drawable[row];
    const std::uint32_t* triangle = &record_.triangle[row];
    runs_.clear();
    news_.clear();
    for (int x = 0; x < record_.width_px;) {
      PixelRun run{x, x + 1, row + x, drawable[x], triangle[x], nullptr};
      while (run.x1 < record_.width_px && drawable[run.x1] == run.drawable &&
             triangle[run.x1] == run.triangle) {
        ++run.x1;
      }
      planes_.await(run.drawable, run.triangle);
      if (is_news(run)) {
        triangles_.await_indices(run.drawable - 1, run.triangle);
        news_.push_back({run.drawable, run.triangle});
      }
      runs_.push_back(run);
      x = run.x1;
    }
  }
  // Of what stands still.
  [[nodiscard]] bool is_news(const PixelRun& run) const {
    return run.drawable != 0 && !planes_.has(run.drawable, run.triangle, 0);
  }
  const TrianglePlane& plane(const PixelRun& run, std::int64_t stamp_ns) {
    const std::uint32_t d = run.drawable - 1;
    if (triangles_.still(d)) stamp_ns = 0;
    return planes_.get(run.drawable, run.triangle, stamp_ns, [&] {
      return TrianglePlane(triangles_.corners(d, run.triangle, stamp_ns));
    });
  }

  const TriangleSource& triangles_;
  const CameraView& view_;
  const VisibilityRecord& record_;
  TriangleCache<TrianglePlane> planes_;
  struct Triangle {
    std::uint32_t drawable, triangle;
  };
  std::vector<PixelRun> runs_;  // of a row
  std::vector<Triangle> news_;  // what it shows and is not at hand
};

// Calls body(run, rays) for every run of the image; bands of rows run in parallel.
template <typename Body>
void for_each_run(const world::SceneWindow& window, const CameraView& view,
                  const VisibilityRecord& record, const Body& body) {
  constexpr std::size_t kBand = 16;  // rows
  const TriangleSource triangles(window);
  core::parallel_chunks(record.height_px, kBand, [&](std::size_t begin, std::size_t end) {
    RunReader reader(triangles, view, record);
    for (std::size_t y = begin; y != end; ++y) reader.read(static_cast<int>(y), body);
  });
}

// t of a run's rays, in units of their directions.
class RunDistances {
 public:
  RunDistances(const PixelRun& run, const RowRays& rays)
      : plane_(*run.plane),
        rays_(rays),
        x0_(run.x0),
        x1_(run.x1),
        height_(glm::dot(plane_.normal(),
                         plane_.corners()[0] - rays.instant().T_world_camera.translation)) {
    if (!rays.even()) return;
    first_ = glm::dot(plane_.normal(), rays.first());
    step_ = glm::dot(plane_.normal(), rays.step());
    // Neither end runs along the plane, and it is crossed from one side: no ray between them does.
    const double a = first_ + step_ * run.x0;
    const double b = first_ + step_ * (run.x1 - 1);
    straight_ = a * b > 0 && !plane_.along(a, rays.longest2()) && !plane_.along(b, rays.longest2());
  }
  [[nodiscard]] double at(int x) const {
    if (straight_) return height_ / (first_ + step_ * x);
    return plane_.meet(rays_.at(x), height_);
  }
  // Calls body(x, t) for each pixel of the run, from left to right.
  template <typename Body>
  void each(Body&& body) const {
    if (straight_) {
      for (int x = x0_; x < x1_; ++x) body(x, height_ / (first_ + step_ * x));
    } else {
      for (int x = x0_; x < x1_; ++x) body(x, at(x));
    }
  }

 private:
  const TrianglePlane& plane_;
  const RowRays& rays_;
  int x0_, x1_;
  double height_;
  double first_ = 0, step_ = 0;  // of normal . direction
  bool straight_ = false;
};

}  // namespace oddroad::scene

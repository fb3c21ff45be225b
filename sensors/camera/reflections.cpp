#include "sensors/camera/reflections.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "engine/core/parallel.h"
#include "render/scene/pixel_geometry.h"
#include "render/scene/puddle_level.h"
#include "render/scene/triangle_source.h"
#include "render/shaders/puddles.h"

namespace oddroad::camera {

using math::Vec3d;
using math::Vec3f;

namespace {

constexpr double kLeastWetness = 0.3;
constexpr double kLevel = 0.95;   // least z of a normal
constexpr double kSlope = 0.055;  // deviation of wet asphalt's slopes, as the shader's roughness
constexpr float kFarthestM = 400;
constexpr float kSunReachM = 1000;
constexpr double kOffSurfaceM = 0.02;
constexpr double kNearestDepthM = 0.3;  // of what is mirrored, before the camera
constexpr float kBrightest = 40;        // times the mean: a lamp's own disc would sparkle

bool mirrors(asset::Pattern pattern) {
  return pattern == asset::Pattern::kAsphalt || pattern == asset::Pattern::kConcrete ||
         pattern == asset::Pattern::kRoadPaint || pattern == asset::Pattern::kPavers;
}

// Slopes of 16 facets, normally distributed, one for each place of a block of 4x4.
std::array<math::Vec2d, 16> slope_pattern() {
  constexpr int kOrder[16] = {0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5};
  std::array<math::Vec2d, 16> out;
  for (int i = 0; i < 16; ++i) {
    const double r = kSlope * std::sqrt(-2 * std::log(1 - (i + 0.5) / 16));
    const double phi = 2 * std::numbers::pi * 0.618033988749895 * i;
    out[kOrder[i]] = {r * std::cos(phi), r * std::sin(phi)};
  }
  return out;
}

enum class Ground : std::uint8_t { kOther, kRough, kPuddle };

struct Mirror {
  Ground ground = Ground::kOther;
  std::size_t pixel = 0;
  Vec3d point{0};
  Vec3d direction{0};
  std::int64_t stamp_ns = 0;
};

// The rays of every pixel in a puddle and of a quarter of those on rough ground, row by row;
// `ground` says of every pixel what it sees.
std::vector<Mirror> find_mirrors(const world::SceneWindow& window, const scene::CameraView& view,
                                 const SampleSet& set, int width_px, int height_px,
                                 std::vector<Ground>& ground) {
  static const std::array<math::Vec2d, 16> kSlopes = slope_pattern();
  const scene::TriangleSource triangles(window);
  const float level = scene::puddle_level(window.environment.puddles);
  ground.assign(std::size_t(width_px) * height_px, Ground::kOther);
  std::vector<std::vector<Mirror>> rows(height_px);
  core::parallel_for(static_cast<std::size_t>(height_px), [&](std::size_t row) {
    for (int x = 0; x < width_px; ++x) {
      const std::size_t pixel = row * width_px + x;
      const scene::ShadeSample& s = set.samples[pixel];
      if (s.drawable == 0) continue;
      const world::Drawable& d = window.drawables[s.drawable - 1];
      if (!mirrors(d.model->materials[d.mesh->material[s.triangle]].pattern)) continue;
      const scene::ViewRay ray = view.ray_at(x, static_cast<int>(row));
      const scene::TrianglePlane plane(triangles.corners(s.drawable - 1, s.triangle, ray.stamp_ns));
      Vec3d n = plane.normal() / std::max(glm::length(plane.normal()), 1e-30);
      if (glm::dot(n, ray.direction) > 0) n = -n;
      if (n.z < kLevel) continue;
      const double t = plane.meet(ray);
      Mirror out;
      out.pixel = pixel;
      out.point = ray.origin + ray.direction * t + n * (2e-3 + 1e-5 * t);
      out.stamp_ns = ray.stamp_ns;
      const float hollow =
          shaders::hollow_at(static_cast<float>(out.point.x), static_cast<float>(out.point.y));
      const bool puddle = shaders::puddle_cover(hollow, level) > 0.1f;
      out.ground = ground[pixel] = puddle ? Ground::kPuddle : Ground::kRough;
      if (!puddle) {
        if (((row | x) & 1) != 0) continue;
        n = glm::normalize(n + Vec3d(kSlopes[((row / 2) & 3) * 4 + ((x / 2) & 3)], 0));
      }
      Vec3d r = glm::reflect(glm::normalize(ray.direction), n);
      r.z = std::max(r.z, 0.004);
      out.direction = glm::normalize(r);
      rows[row].push_back(out);
    }
  });
  std::vector<Mirror> out;
  for (const auto& row : rows) out.insert(out.end(), row.begin(), row.end());
  return out;
}

// A pinhole at the camera's place that covers all that lies before it.
scene::CameraView wide_view(const scene::CameraView& view) {
  scene::CameraView out;
  out.camera.width_px = view.camera.width_px;
  out.camera.height_px = view.camera.height_px;
  out.camera.fx_px = 0.5 * view.camera.fx_px;  // every other pixel
  out.camera.fy_px = 0.5 * view.camera.fy_px;
  out.T_world_camera = view.T_world_camera;
  out.stamp_ns = view.stamp_ns;
  return out;
}

// What the rays meet, as samples of `wide`; `mirrors` keeps those whose rays stay before the
// camera.
std::vector<scene::ShadeSample> look(const scene::CameraView& wide, const scene::RayCaster& caster,
                                     std::vector<Mirror>& mirrors) {
  scene::RayBatch rays;
  rays.resize(mirrors.size());
  for (std::size_t k = 0; k < mirrors.size(); ++k) {
    rays.set(k, mirrors[k].point, mirrors[k].direction, mirrors[k].stamp_ns, kFarthestM);
  }
  scene::RayHits hits;
  if (!mirrors.empty()) caster.intersect(rays, scene::RayKind::kSensor, false, hits);
  const math::Affine3d T_camera_world = wide.T_world_camera.inverse();
  std::vector<scene::ShadeSample> out;
  std::size_t kept = 0;
  for (std::size_t k = 0; k < mirrors.size(); ++k) {
    Mirror m = mirrors[k];
    const bool sky = hits.drawable[k] == 0;
    if (!sky) m.point += m.direction * (double(hits.t[k]) - kOffSurfaceM);
    const Vec3d at = sky ? T_camera_world.vector(m.direction) : T_camera_world.point(m.point);
    if (at.z < (sky ? 0.05 : kNearestDepthM)) continue;
    scene::ShadeSample s;
    s.drawable = hits.drawable[k];
    s.triangle = sky ? 0 : hits.triangle[k];
    s.u_px = static_cast<float>(wide.camera.fx_px * at.x / at.z);
    s.v_px = static_cast<float>(wide.camera.fy_px * at.y / at.z);
    s.sun_visibility = sky ? 0.f : 1.f;  // of the sky: no disc, the shader has its glint
    s.sky_visibility = 0.8f;             // not traced: a mirrored wall is seldom in a nook
    out.push_back(s);
    mirrors[kept++] = m;
  }
  mirrors.resize(kept);
  return out;
}

void trace_sun(const world::SceneWindow& window, const scene::RayCaster& caster,
               const std::vector<Mirror>& mirrors, std::vector<scene::ShadeSample>& samples) {
  const Vec3d sun = scene::sun_direction(window.environment);
  if (sun.z <= 0 || samples.empty()) return;
  scene::RayBatch rays;
  rays.resize(samples.size());
  for (std::size_t k = 0; k < samples.size(); ++k) {
    rays.set(k, mirrors[k].point, sun, mirrors[k].stamp_ns,
             samples[k].drawable == 0 ? 0.f : kSunReachM);
  }
  std::vector<std::uint8_t> dark;
  caster.occluded(rays, scene::RayKind::kShadow, false, dark);
  for (std::size_t k = 0; k < dark.size(); ++k) {
    if (dark[k] != 0) samples[k].sun_visibility = 0;
  }
}

// Of rough ground: the mean of the 4x4 rays around each pixel, weighted so that it changes
// smoothly.
class RoughField {
 public:
  RoughField(int width_px, int height_px)
      : width_((width_px + 1) / 2),
        height_((height_px + 1) / 2),
        sum_(std::size_t(width_) * height_, glm::vec4(0)) {}

  void set(std::size_t x, std::size_t y, const Vec3f& radiance) {
    sum_[y / 2 * width_ + x / 2] = glm::vec4(radiance, 1);
  }
  // Tent filters along rows, then columns: half a pattern to each side.
  void blur() {
    for (const int step : {1, width_}) {
      std::vector<glm::vec4> out(sum_.size());
      const int length = step == 1 ? width_ : height_;
      core::parallel_for(static_cast<std::size_t>(height_), [&](std::size_t y) {
        for (int x = 0; x < width_; ++x) {
          const std::size_t i = y * width_ + x;
          const int place = step == 1 ? x : static_cast<int>(y);
          glm::vec4 sum(0);
          for (int o = -kReach; o <= kReach; ++o) {
            if (place + o < 0 || place + o >= length) continue;
            sum += sum_[i + static_cast<std::ptrdiff_t>(o) * step] *
                   static_cast<float>(kReach + 1 - std::abs(o));
          }
          out[i] = sum;
        }
      });
      sum_ = std::move(out);
    }
  }
  // w: 0 where no ray is near.
  [[nodiscard]] glm::vec4 at(float u_px, float v_px) const {
    const float x = std::clamp(0.5f * u_px - 0.25f, 0.0f, static_cast<float>(width_) - 1.001f);
    const float y = std::clamp(0.5f * v_px - 0.25f, 0.0f, static_cast<float>(height_) - 1.001f);
    const auto i = static_cast<std::size_t>(x);
    const auto j = static_cast<std::size_t>(y);
    const float u = x - static_cast<float>(i);
    const float v = y - static_cast<float>(j);
    const auto cell = [&](std::size_t a, std::size_t b) {
      return sum_[std::min<std::size_t>(b, height_ - 1) * width_ +
                  std::min<std::size_t>(a, width_ - 1)];
    };
    const glm::vec4 sum = (cell(i, j) * (1 - u) + cell(i + 1, j) * u) * (1 - v) +
                          (cell(i, j + 1) * (1 - u) + cell(i + 1, j + 1) * u) * v;
    return sum.w > 0 ? sum / sum.w : glm::vec4(0);
  }

 private:
  static constexpr int kReach = 3;
  int width_, height_;
  std::vector<glm::vec4> sum_;
};

// Gives every sample on such ground what it mirrors: in puddles its pixel's own ray, or the rough
// field where that ray left the view.
std::vector<Vec3f> hand_out(const std::vector<Mirror>& mirrors, const std::vector<Vec3f>& shaded,
                            const std::vector<Ground>& ground, int width_px, int height_px,
                            SampleSet& set) {
  Vec3d mean(0);
  for (const Vec3f& c : shaded) mean += Vec3d(c);
  const Vec3f limit(mean / double(shaded.size()) * double(kBrightest));
  RoughField rough(width_px, height_px);
  std::vector<std::uint32_t> own(ground.size(), 0);
  std::vector<Vec3f> out;
  for (std::size_t k = 0; k < mirrors.size(); ++k) {
    const Vec3f c = glm::min(shaded[k], limit);
    const std::size_t x = mirrors[k].pixel % width_px;
    const std::size_t y = mirrors[k].pixel / width_px;
    if (((x | y) & 1) == 0) rough.set(x, y, c);
    if (mirrors[k].ground != Ground::kPuddle) continue;
    out.push_back(c);
    own[mirrors[k].pixel] = static_cast<std::uint32_t>(out.size());
  }
  rough.blur();
  for (scene::ShadeSample& s : set.samples) {
    if (s.drawable == 0) continue;
    const auto x = static_cast<std::size_t>(std::clamp(static_cast<int>(s.u_px), 0, width_px - 1));
    const auto y = static_cast<std::size_t>(std::clamp(static_cast<int>(s.v_px), 0, height_px - 1));
    const std::size_t pixel = y * width_px + x;
    s.reflection = own[pixel];
    if (s.reflection != 0 || ground[pixel] == Ground::kOther) continue;
    const glm::vec4 c = rough.at(s.u_px, s.v_px);
    if (c.w <= 0) continue;
    out.emplace_back(c);
    s.reflection = static_cast<std::uint32_t>(out.size());
  }
  return out;
}

}  // namespace

core::Result<std::vector<Vec3f>> trace_reflections(const world::SceneWindow& window,
                                                   const scene::CameraView& view,
                                                   const scene::RayCaster& caster,
                                                   scene::Shading& shading, int width_px,
                                                   int height_px, SampleSet& set) {
  if (window.environment.wetness < kLeastWetness && window.environment.puddles <= 0) {
    return std::vector<Vec3f>{};
  }
  std::vector<Ground> ground;
  auto mirrors = find_mirrors(window, view, set, width_px, height_px, ground);
  const scene::CameraView wide = wide_view(view);
  auto samples = look(wide, caster, mirrors);
  if (samples.empty()) return std::vector<Vec3f>{};
  trace_sun(window, caster, mirrors, samples);
  const scene::LightGrid lamps(window, scene::least_lux(window.environment));
  for (std::size_t k = 0; k < samples.size(); ++k) {
    if (samples[k].drawable != 0) samples[k].light_cell = lamps.cell_at(mirrors[k].point);
  }
  const auto shaded = shading.shade(window, wide, samples);
  if (!shaded) return core::forward_error(shaded);
  return hand_out(mirrors, *shaded, ground, width_px, height_px, set);
}

}  // namespace oddroad::camera

#include "sensors/lidar/scanner.h"

#include <cmath>

#include "engine/core/check.h"
#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "render/scene/triangle_source.h"
#include "sensors/lidar/detection.h"
#include "sensors/lidar/point_geometry.h"

namespace oddroad::lidar {

using math::Vec3d;

namespace {

constexpr std::size_t kChunk = 4096;

// Sensor poses at whole milliseconds; between them the matrices are linear, like everything else.
class SensorPath {
 public:
  SensorPath(const world::SceneWindow& window, const math::Pose& T_ego_lidar)
      : begin_ns_(window.begin_ns) {
    ODDROAD_CHECK(window.ego != nullptr);
    const math::Affine3d mount = math::to_affine(T_ego_lidar);
    for (std::int64_t t = window.begin_ns; t <= window.end_ns; t += world::kMillisecondNs) {
      poses_.push_back(world::pose_at_millisecond(*window.ego, t / world::kMillisecondNs) * mount);
    }
  }

  struct Place {
    Vec3d origin;
    Vec3d direction;
  };
  [[nodiscard]] Place at(std::int64_t stamp_ns, const math::Vec3f& origin,
                         const math::Vec3f& direction) const {
    const std::int64_t t = stamp_ns - begin_ns_;
    const auto k = static_cast<std::size_t>(t / world::kMillisecondNs);
    const double u = static_cast<double>(t % world::kMillisecondNs) * 1e-6;
    const Vec3d o(origin);
    const Vec3d d(direction);
    if (u == 0) return {poses_[k].point(o), poses_[k].vector(d)};
    return {poses_[k].point(o) * (1 - u) + poses_[k + 1].point(o) * u,
            poses_[k].vector(d) * (1 - u) + poses_[k + 1].vector(d) * u};
  }
  [[nodiscard]] math::Affine3d pose(std::int64_t stamp_ns) const {
    const std::int64_t t = stamp_ns - begin_ns_;
    const auto k = static_cast<std::size_t>(t / world::kMillisecondNs);
    const double u = static_cast<double>(t % world::kMillisecondNs) * 1e-6;
    return u == 0 ? poses_[k] : math::lerp(poses_[k], poses_[k + 1], u);
  }

 private:
  std::int64_t begin_ns_;
  std::vector<math::Affine3d> poses_;
};

struct Geometry {
  double range_m;
  double cos_incidence;
};

// The directions are unit up to the interpolation of the pose, so t is divided out of their length.
Geometry exact_range(const SensorPath::Place& ray, const std::array<Vec3d, 3>& corner,
                     float t_single) {
  const Vec3d n = glm::cross(corner[1] - corner[0], corner[2] - corner[0]);
  const double toward = glm::dot(n, ray.direction);
  const double length = glm::length(ray.direction);
  const double cosine = std::abs(toward) / (glm::length(n) * length);
  // Edge-on: the plane says nothing about where on the sliver the ray struck.
  const double t =
      cosine > 1e-3 ? glm::dot(n, corner[0] - ray.origin) / toward : static_cast<double>(t_single);
  return {t * length, cosine};
}

void append(capture::PointCloud& to, const capture::PointCloud& from) {
  const auto join = [](auto& a, const auto& b) {
    a.insert(a.end(), b.begin(), b.end());
  };
  join(to.x_m, from.x_m);
  join(to.y_m, from.y_m);
  join(to.z_m, from.z_m);
  join(to.range_m, from.range_m);
  join(to.true_range_m, from.true_range_m);
  join(to.intensity, from.intensity);
  join(to.ring, from.ring);
  join(to.time_offset_ns, from.time_offset_ns);
  join(to.instance, from.instance);
  join(to.class_id, from.class_id);
  join(to.cause, from.cause);
  join(to.normal, from.normal);
  join(to.incidence_rad, from.incidence_rad);
  join(to.velocity_mps, from.velocity_mps);
  join(to.material, from.material);
  join(to.drawable, from.drawable);
  join(to.triangle, from.triangle);
}

void reserve(capture::PointCloud& cloud, std::size_t n) {
  for (auto* v : {&cloud.x_m, &cloud.y_m, &cloud.z_m, &cloud.range_m, &cloud.true_range_m,
                  &cloud.intensity}) {
    v->reserve(n);
  }
  cloud.ring.reserve(n);
  cloud.time_offset_ns.reserve(n);
  cloud.instance.reserve(n);
  cloud.class_id.reserve(n);
  cloud.cause.reserve(n);
  cloud.drawable.reserve(n);
  cloud.triangle.reserve(n);
}

struct Measured {
  bool detected = false;
  double range_m = 0;
  double reflectance = 0;
};

Measured measure(const LidarSettings& settings, const asset::Material& material,
                 const Geometry& geometry, std::uint64_t key, std::uint32_t column,
                 std::uint16_t ring) {
  const LidarModel& model = settings.model;
  Measured out{true, geometry.range_m, effective_reflectance(material, geometry.cos_incidence)};
  if (geometry.range_m < model.range_min_m || geometry.range_m > model.range_max_m) {
    return {false, 0, 0};
  }
  if (!settings.noise && !settings.detection) return out;
  const double snr = signal_to_noise(model, out.reflectance, geometry.range_m);
  const auto random =
      core::philox4x32_10({column, ring, 0, 0},
                          {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)});
  if (settings.detection && snr < 9) {
    out.detected = core::unit_from_bits(random[0]) < detection_probability(snr);
    if (!out.detected) return out;
  }
  if (settings.noise) {
    const double sigma = range_sigma_m(model, std::max(snr, 1.0));
    out.range_m += sigma * core::inverse_normal_cdf(core::unit_from_bits(random[1]));
    out.range_m = std::round(out.range_m / model.range_step_m) * model.range_step_m;
  }
  return out;
}

}  // namespace

Scanner::Scanner(LidarSettings settings)
    : settings_(std::move(settings)), pattern_(settings_.model.scan(), settings_.model.beams) {}

capture::LidarCalibration Scanner::calibration(const std::string& name,
                                               const math::Pose& T_ego_lidar) const {
  const LidarModel& m = settings_.model;
  capture::LidarCalibration out{name,          m.name,        T_ego_lidar, m.cycle_ns, m.sweep_ns(),
                                m.range_min_m, m.range_max_m, 0,           0,          {}};
  if (settings_.noise) {
    out.noise_m = m.noise_m;
    out.range_step_m = m.range_step_m;
  }
  out.beams = m.beams;
  return out;
}

void Scanner::rays(const world::SceneWindow& window, const math::Pose& T_ego_lidar,
                   std::int64_t stamp_ns, scene::RayBatch& out) const {
  const SensorPath path(window, T_ego_lidar);
  const std::int64_t begin = begin_ns(stamp_ns);
  const auto limit = static_cast<float>(settings_.model.range_max_m);
  std::vector<Shot> room;
  const auto shots = pattern_.shots(begin, room);
  out.resize(shots.size());
  core::parallel_chunks(shots.size(), kChunk, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i != last; ++i) {
      const Shot& shot = shots[i];
      const auto place = path.at(begin + shot.offset_ns, shot.origin, shot.direction);
      out.set(i, place.origin, place.direction, begin + shot.offset_ns, limit);
    }
  });
}

capture::PointCloud Scanner::sweep(const world::SceneWindow& window, const scene::RayCaster& caster,
                                   const math::Pose& T_ego_lidar, std::int64_t stamp_ns,
                                   std::uint64_t noise_key,
                                   const world::MaterialTable* materials) const {
  scene::RayBatch batch;
  rays(window, T_ego_lidar, stamp_ns, batch);
  scene::RayHits hits;
  caster.intersect(batch, scene::RayKind::kSensor, false, hits);

  const SensorPath path(window, T_ego_lidar);
  const scene::TriangleSource triangles(window);
  const std::int64_t begin = begin_ns(stamp_ns);
  std::vector<Shot> room;
  const auto shots = pattern_.shots(begin, room);
  const std::size_t chunks = (shots.size() + kChunk - 1) / kChunk;
  std::vector<capture::PointCloud> parts(chunks);
  core::parallel_for(chunks, [&](std::size_t c) {
    capture::PointCloud& cloud = parts[c];
    reserve(cloud, kChunk);
    const std::size_t last = std::min((c + 1) * kChunk, shots.size());
    for (std::size_t i = c * kChunk; i < last; ++i) {
      if (hits.drawable[i] == 0) continue;
      const Shot& shot = shots[i];
      const std::uint32_t d = hits.drawable[i] - 1;
      const world::Drawable& drawable = window.drawables[d];
      const std::int64_t t = begin + shot.offset_ns;
      const SensorPath::Place ray = path.at(t, shot.origin, shot.direction);
      const auto corners = triangles.corners(d, hits.triangle[i], t);
      const Geometry geometry = exact_range(ray, corners, hits.t[i]);
      const asset::Material& material =
          drawable.model->materials[drawable.mesh->material[hits.triangle[i]]];
      const Measured m = measure(settings_, material, geometry, noise_key, shot.column, shot.ring);
      if (!m.detected) continue;
      const Vec3d p = Vec3d(shot.origin) + Vec3d(shot.direction) * m.range_m;
      cloud.x_m.push_back(static_cast<float>(p.x));
      cloud.y_m.push_back(static_cast<float>(p.y));
      cloud.z_m.push_back(static_cast<float>(p.z));
      cloud.range_m.push_back(static_cast<float>(m.range_m));
      cloud.true_range_m.push_back(static_cast<float>(geometry.range_m));
      // The devices report calibrated reflectivity in whole percent; retroreflectors saturate.
      cloud.intensity.push_back(
          static_cast<float>(std::round(std::min(m.reflectance, 1.0) * 100) / 100));
      cloud.ring.push_back(shot.ring);
      cloud.time_offset_ns.push_back(static_cast<std::int32_t>(t - stamp_ns));
      cloud.instance.push_back(drawable.instance.value);
      cloud.class_id.push_back(drawable.class_id.value);
      cloud.cause.push_back(static_cast<std::uint8_t>(capture::PointCause::kTarget));
      cloud.drawable.push_back(d + 1);
      cloud.triangle.push_back(hits.triangle[i]);
      if (materials == nullptr) continue;
      const Vec3d struck =
          ray.origin + ray.direction * (geometry.range_m / glm::length(ray.direction));
      append_geometry(window, triangles, *materials,
                      {d, hits.triangle[i], t, struck, ray.direction, corners, path.pose(t)},
                      cloud);
    }
  });
  std::size_t total = 0;
  for (const auto& part : parts) total += part.size();
  capture::PointCloud cloud;
  reserve(cloud, total);
  for (const auto& part : parts) append(cloud, part);
  return cloud;
}

}  // namespace oddroad::lidar

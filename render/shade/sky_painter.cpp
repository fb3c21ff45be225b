#include "render/shade/sky_painter.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "engine/world/main_light.h"
#include "render/scene/visibility.h"
#include "render/shade/sky_map.h"

namespace oddroad::shade {
namespace {

// Colour of sunlight above the atmosphere, such that sun and clear sky together light level ground
// with neutral white at 45 degrees and turbidity 3 (what daylight white points are made for).
const Vec3d kSolar(0.98, 1.0, 1.07);

constexpr int kRows = 64;
constexpr int kColumns = 48;
constexpr int kCoarseWidth = 128;
constexpr int kCoarseHeight = 96;

// Fields, roads and roofs around, seen from afar; and the street nearby.
const Vec3d kLandAlbedo(0.115, 0.125, 0.085);
const Vec3d kStreetAlbedo(0.15, 0.145, 0.135);
const Vec3d kSkylineAlbedo(0.14, 0.135, 0.115);
const Vec3d kTreeAlbedo(0.045, 0.07, 0.025);
constexpr double kHouses = 26;  // around the horizon, as mirrors see it
constexpr double kEyeHeightM = 1.6;

// Level ground under a moonless night: stars and airglow 1 mlx, the glow of towns on clear air
// 10 mlx, ten times that on clouds (Kyba et al. 2011, 2015 for suburbs). Constant day and night.
constexpr double kStarsLux = 1e-3;
constexpr double kTownGlowLux = 10e-3;
constexpr double kCloudsReturn = 10;
const Vec3d kStarsColor(.9, 1, 1.25);
const Vec3d kTownColor(1.28, .97, .62);

double smoothstep(double a, double b, double x) {
  const double u = std::clamp((x - a) / (b - a), 0.0, 1.0);
  return u * u * (3 - 2 * u);
}

double lattice(std::int64_t x, std::int64_t y, std::uint32_t seed) {
  std::uint32_t h = static_cast<std::uint32_t>(x) * 0x9e3779b9u ^
                    static_cast<std::uint32_t>(y) * 0x85ebca6bu ^ seed;
  h = (h ^ h >> 16) * 0x7feb352du;
  h = (h ^ h >> 15) * 0x846ca68bu;
  return static_cast<double>((h ^ h >> 16) >> 8) / 16777216.0;
}

double value_noise(const math::Vec2d& p, std::uint32_t seed) {
  const double x = std::floor(p.x);
  const double y = std::floor(p.y);
  const auto ix = static_cast<std::int64_t>(x);
  const auto iy = static_cast<std::int64_t>(y);
  const double u = smoothstep(0, 1, p.x - x);
  const double v = smoothstep(0, 1, p.y - y);
  const double low = lattice(ix, iy, seed) * (1 - u) + lattice(ix + 1, iy, seed) * u;
  const double high = lattice(ix, iy + 1, seed) * (1 - u) + lattice(ix + 1, iy + 1, seed) * u;
  return low * (1 - v) + high * v;
}

Vec3d mix(const Vec3d& a, const Vec3d& b, double u) {
  return a * (1 - u) + b * u;
}

// The environment with the moon in the sun's place where it is what lights the scene.
world::Environment by_main_light(world::Environment environment) {
  const world::MainLight light = world::main_light(environment);
  environment.sun_elevation_rad = light.elevation_rad;
  environment.sun_azimuth_rad = light.azimuth_rad;
  return environment;
}

// By moonlight the glow of the night itself stays.
world::Daylight lit(const world::Environment& e, double cloud_cover, double strength) {
  world::Daylight out = world::daylight(e.sun_elevation_rad, cloud_cover);
  if (strength >= 1) return out;
  out.direct_normal_lux *= strength;
  out.diffuse_horizontal_lux = out.diffuse_horizontal_lux * strength +
                               world::daylight(-0.4, cloud_cover).diffuse_horizontal_lux;
  return out;
}

}  // namespace

double luminance(const Vec3d& rgb) {
  return glm::dot(rgb, Vec3d(0.2126, 0.7152, 0.0722));
}

SkyPainter::SkyPainter(const world::Environment& environment)
    : environment_(by_main_light(environment)),
      atmosphere_(environment.turbidity),
      air_(environment),
      light_(lit(environment_, environment_.cloud_cover, world::main_light(environment).strength)),
      clear_light_(lit(environment_, 0, world::main_light(environment).strength)),
      to_sun_(scene::sun_direction(environment)),
      cloud_seed_(static_cast<std::uint32_t>(core::hash64(environment.sky_seed, 11))) {
  const Vec3d direct =
      kSolar * glm::max(atmosphere_.transmittance(environment_.sun_elevation_rad), Vec3d(1e-9));
  sun_color_ = direct / luminance(direct);
  foggy_light_ = air_.left_of(light_, to_sun_.z);
  bake_clear();
  balance_clouds();
  balance_air();
  light_ground();
}

void SkyPainter::bake_clear() {
  clear_table_.resize(std::size_t{kRows} * kColumns);
  core::parallel_for(kRows, [&](int j) {
    const double bent = static_cast<double>(j) / (kRows - 1);
    const double elevation = M_PI / 2 * bent * bent;
    for (int i = 0; i < kColumns; ++i) {
      const double side = static_cast<double>(i) / (kColumns - 1);
      const double azimuth = environment_.sun_azimuth_rad + M_PI * side * side;
      const Vec3d d(std::cos(elevation) * std::cos(azimuth),
                    std::cos(elevation) * std::sin(azimuth), std::sin(elevation));
      clear_table_[static_cast<std::size_t>(j) * kColumns + i] =
          kSolar * atmosphere_.radiance(d, to_sun_);
    }
  });
  Vec3d irradiance(0);
  for (int y = 0; y < kCoarseHeight / 2; ++y) {
    const double solid = panorama_solid_angle(kCoarseWidth, kCoarseHeight, y);
    for (int x = 0; x < kCoarseWidth; ++x) {
      const Vec3d d = panorama_direction(kCoarseWidth, kCoarseHeight, x, y);
      irradiance += clear(d) * (solid * d.z);
    }
  }
  const double lux = std::max(luminance(irradiance), 1e-12);
  mean_sky_color_ = irradiance / lux;
  clear_scale_ = clear_light_.diffuse_horizontal_lux / lux;
}

Vec3d SkyPainter::clear(const Vec3d& direction) const {
  const double elevation = std::asin(std::clamp(direction.z, 0.0, 1.0));
  const double azimuth = std::abs(
      math::wrap_angle(std::atan2(direction.y, direction.x) - environment_.sun_azimuth_rad));
  const double fy = std::sqrt(elevation / (M_PI / 2)) * (kRows - 1);
  const double fx = std::sqrt(azimuth / M_PI) * (kColumns - 1);
  const int iy = std::min(static_cast<int>(fy), kRows - 2);
  const int ix = std::min(static_cast<int>(fx), kColumns - 2);
  const auto at = [&](int i, int j) {
    return clear_table_[static_cast<std::size_t>(j) * kColumns + i];
  };
  return clear_scale_ * mix(mix(at(ix, iy), at(ix + 1, iy), fx - ix),
                            mix(at(ix, iy + 1), at(ix + 1, iy + 1), fx - ix), fy - iy);
}

double SkyPainter::fractal(math::Vec2d p, std::uint32_t octaves) const {
  double sum = 0;
  double weight = 0.5;
  for (std::uint32_t octave = 0; octave < octaves; ++octave) {
    sum += weight * value_noise(p, cloud_seed_ + octave);
    p = {p.x * 1.62 - p.y * 1.18 + 3.7, p.x * 1.18 + p.y * 1.62 - 1.3};
    weight *= 0.5;
  }
  return sum / (1 - 2 * weight);
}

double SkyPainter::cloud_shape(const math::Vec2d& p) const {
  const double wave = fractal(p * 0.55 + math::Vec2d(17, 5), 3);
  return fractal(p + 1.1 * math::Vec2d(wave - 0.5, 0.5 - wave), 6);
}

SkyPainter::Cloud SkyPainter::cloud(const Vec3d& direction) const {
  const double cover = std::clamp(environment_.cloud_cover, 0.0, 1.0);
  Cloud out;
  if (cover <= 0 || direction.z <= 0) return out;
  // A layer above a round earth: near the horizon it runs together.
  const math::Vec2d p = math::Vec2d(direction) * (1.7 / (direction.z + 0.16));
  const double threshold = 0.70 - 0.46 * cover;
  const double shape = cloud_shape(p);
  const double thick = std::clamp((shape - threshold) / 0.42, 0.0, 1.0);
  // More cloud towards the sun puts this place in shade: it gives the heaps their form.
  const math::Vec2d aside = math::Vec2d(to_sun_) * (0.16 / (std::abs(to_sun_.z) + 0.5));
  const double relief =
      thick > 0 ? std::clamp((shape - cloud_shape(p + aside)) * 4.0, -1.0, 1.0) : 0;
  const double overcast = smoothstep(0.72, 0.97, cover);
  out.cover = (1 - std::exp(-5.5 * thick * std::sqrt(thick))) * smoothstep(0.0, 0.08, cover);
  out.cover *= smoothstep(0.005, 0.10, direction.z);
  // The sun shines or it does not: broken clouds leave it free.
  const double near_sun = std::acos(std::clamp(glm::dot(direction, to_sun_), -1.0, 1.0));
  out.cover *= 1 - (1 - overcast) * (1 - smoothstep(0.05, 0.14, near_sun));
  out.cover = out.cover * (1 - overcast) + overcast;

  const double towards = std::max(std::cos(near_sun), 0.0);
  const double silver = 0.55 + 1.6 * std::pow(towards, 12);
  const double lit = (0.42 * std::exp(-1.3 * thick) * silver + 0.24) * (1 + 0.40 * relief);
  const Vec3d sunlit = sun_color_ * (clear_light_.direct_normal_lux / M_PI * lit);
  const Vec3d skylit =
      mix(mean_sky_color_, Vec3d(1), 0.35) * (clear_light_.diffuse_horizontal_lux / M_PI * 0.9);
  const Vec3d heap = (sunlit + skylit) * (1 - 0.45 * smoothstep(0.25, 1.0, thick));
  // Moon and Spencer's overcast sky, the standard one of the CIE, a little uneven.
  const double gradation = (1 + 2 * direction.z) / 3 * (0.80 + 0.40 * shape);
  const Vec3d grey(0.965, 1.0, 1.055);
  const double zenith = 9 * light_.diffuse_horizontal_lux / (7 * M_PI);
  out.radiance = mix(heap, grey * (zenith * gradation), overcast);
  return out;
}

// Scales the clouds so that the whole sky gives the illuminance that world::daylight() asks for.
void SkyPainter::balance_clouds() {
  double between = 0;
  double clouds = 0;
  for (int y = 0; y < kCoarseHeight / 2; ++y) {
    const double solid = panorama_solid_angle(kCoarseWidth, kCoarseHeight, y);
    for (int x = 0; x < kCoarseWidth; ++x) {
      const Vec3d d = panorama_direction(kCoarseWidth, kCoarseHeight, x, y);
      const Cloud c = cloud(d);
      between += luminance(clear(d)) * (1 - c.cover) * solid * d.z;
      clouds += luminance(c.radiance) * c.cover * solid * d.z;
    }
  }
  const double target = light_.diffuse_horizontal_lux;
  if (clouds > 1e-3 * target) {
    cloud_scale_ = std::clamp((target - between) / clouds, 0.4, 2.0);
  }
  total_scale_ = target / std::max(between + cloud_scale_ * clouds, 1e-12);
}

Vec3d SkyPainter::night_glow(const Vec3d& direction) const {
  const double cover = std::clamp(environment_.cloud_cover, 0.0, 1.0);
  // Towns light the air near the horizon most; (1 + 3 (1 - z)^4) over a hemisphere makes
  // pi (1 + 3 * 2 / 30) of irradiance.
  const double low = std::pow(1 - std::max(direction.z, 0.0), 4);
  const double town = kTownGlowLux * (1 + (kCloudsReturn - 1) * cover) / (M_PI * 1.2);
  return kStarsColor * (kStarsLux * (1 - cover) / M_PI) + kTownColor * (town * (1 + 3 * low));
}

glm::dvec4 SkyPainter::airless_sky(const Vec3d& direction) const {
  const Cloud c = cloud(direction);
  return glm::dvec4(total_scale_ * mix(clear(direction), c.radiance * cloud_scale_, c.cover) +
                        night_glow(direction),
                    1 - c.cover);
}

// Light that was scattered often comes from all over, somewhat more from above.
Vec3d SkyPainter::air_light(const Vec3d& direction) const {
  const double gradation = 0.75 + 0.25 * std::max(direction.z, 0.0);
  const double phase = henyey_greenstein(glm::dot(direction, to_sun_), kFogAsymmetry);
  return air_color_ * (air_scale_ * gradation) + beam_ * phase;
}

// Sets the light of fog so that it and what comes through it give foggy_light_.
void SkyPainter::balance_air() {
  if (air_.empty()) return;
  // Half of the depth to the sun dims the beam on its way to where it is scattered.
  const double to_sun = to_sun_.z > 0 ? std::exp(-0.5 * air_.depth(to_sun_.z)) : 0;
  beam_ = sun_color_ * air_.tint() * (light_.direct_normal_lux * to_sun);
  // All the light there is, mixed; droplets add no colour of their own.
  const Vec3d all =
      sun_color_ * (light_.direct_normal_lux * std::max(to_sun_.z, 0.0)) +
      mix(mean_sky_color_, Vec3d(1), environment_.cloud_cover) * light_.diffuse_horizontal_lux;
  air_color_ = mix(all / std::max(luminance(all), 1e-12), Vec3d(1), 0.3) * air_.tint();
  air_color_ /= luminance(air_color_);
  double through = 0;
  double aureole = 0;
  double even = 0;
  for (int y = 0; y < kCoarseHeight / 2; ++y) {
    const double solid = panorama_solid_angle(kCoarseWidth, kCoarseHeight, y);
    for (int x = 0; x < kCoarseWidth; ++x) {
      const Vec3d d = panorama_direction(kCoarseWidth, kCoarseHeight, x, y);
      const double left = std::exp(-air_.depth(d.z));
      const double phase = henyey_greenstein(glm::dot(d, to_sun_), kFogAsymmetry);
      through += luminance(Vec3d(airless_sky(d))) * left * solid * d.z;
      aureole += luminance(beam_) * phase * (1 - left) * solid * d.z;
      even += (0.75 + 0.25 * d.z) * (1 - left) * solid * d.z;
    }
  }
  const double wanted = foggy_light_.diffuse_horizontal_lux;
  // Thin air adds no less than a share of the mean sky.
  const double least = 0.4 * wanted / M_PI;
  const double room = (wanted - through) / std::max(aureole, 1e-12);
  beam_ *= std::clamp(0.7 * room, 0.0, 1.0);
  aureole *= std::clamp(0.7 * room, 0.0, 1.0);
  air_scale_ =
      std::clamp((wanted - through - aureole) / std::max(even, 1e-12), least, 2.0 * wanted / M_PI);
}

glm::dvec4 SkyPainter::sky(const Vec3d& direction) const {
  const glm::dvec4 open = airless_sky(direction);
  if (air_.empty()) return open;
  const double left = std::exp(-air_.depth(std::max(direction.z, 1e-4)));
  return {mix(air_light(direction), Vec3d(open), left), open.w * left};
}

Vec3d SkyPainter::sky_without_beam(const Vec3d& direction) const {
  const double opaque = 1 - std::exp(-air_.depth(std::max(direction.z, 1e-4)));
  const double phase = henyey_greenstein(glm::dot(direction, to_sun_), kFogAsymmetry);
  return Vec3d(sky(direction)) - beam_ * (phase * (air_.empty() ? 0 : opaque));
}

void SkyPainter::light_ground() {
  Vec3d irradiance = sun_illuminance() * std::max(to_sun_.z, 0.0);
  for (int y = 0; y < kCoarseHeight / 2; ++y) {
    const double solid = panorama_solid_angle(kCoarseWidth, kCoarseHeight, y);
    for (int x = 0; x < kCoarseWidth; ++x) {
      const Vec3d d = panorama_direction(kCoarseWidth, kCoarseHeight, x, y);
      irradiance += Vec3d(sky(d)) * (solid * d.z);
    }
  }
  // Wet ground is darker, snow far brighter.
  const double wet = 0.45 * std::clamp(environment_.wetness, 0.0, 1.0);
  const double snow = 0.8 * std::clamp(environment_.snow_cover, 0.0, 1.0);
  land_brightness_ = mix(Vec3d(1 - wet), Vec3d(0.72, 0.75, 0.79) / kStreetAlbedo, snow);
  ground_radiance_ = kStreetAlbedo * land_brightness_ * irradiance / M_PI;
}

glm::dvec4 SkyPainter::visible(const Vec3d& direction) const {
  const Vec3d level = glm::normalize(Vec3d(direction.x, direction.y, 0.012));
  if (direction.z >= level.z) return sky(direction);
  const Vec3d bare = ground_radiance_ * kLandAlbedo / (kStreetAlbedo * land_brightness_);
  const Vec3d land = mix(bare, ground_radiance_, std::clamp(environment_.snow_cover, 0.0, 1.0));
  if (direction.z < -0.06 && air_.per_m() < 1e-3) return {land, 0};  // less than 30 m of air
  const glm::dvec4 edge = sky(level);
  if (direction.z >= 0) return edge;
  const Vec3d through = glm::exp(-(haze() + air_.per_m()) * (kEyeHeightM / -direction.z));
  return {land * through + Vec3d(edge) * (Vec3d(1) - through), 0};
}

Vec3d SkyPainter::mirror(const Vec3d& direction) const {
  const double azimuth = std::atan2(direction.y, direction.x);
  const double elevation = std::asin(std::clamp(direction.z, -1.0, 1.0));
  // Along a circle, so that it closes: houses of their own height and colour, trees before some.
  const math::Vec2d round(std::cos(azimuth), std::sin(azimuth));
  const double house = std::floor((azimuth / (2 * M_PI) + 0.5) * kHouses);
  const auto number = static_cast<std::int64_t>(house);
  const double roofs = 0.07 + 0.17 * lattice(number, 1, 3) + 0.02 * value_noise(round * 40.0, 4);
  const math::Vec2d leaf(azimuth * 14, elevation * 14);
  const double crown = value_noise(leaf, 5) + 0.5 * value_noise(leaf * 2.6, 6);
  const bool tree = crown > 0.82 + 2.2 * std::max(elevation - 0.05, 0.0) &&
                    value_noise(round * 4.0 + math::Vec2d(40, 7), 7) > 0.42;
  const Vec3d above(sky(direction));
  if (elevation > roofs + 0.02 && !tree) return above;

  const Vec3d toward(round, 0);
  const double faces_sun = std::max(0.0, -glm::dot(toward, to_sun_));
  const Vec3d sun = sun_illuminance() / M_PI;
  const Vec3d skylight =
      ground_radiance_ / (kStreetAlbedo * land_brightness_) - sun * std::max(to_sun_.z, 0.0);
  const Vec3d light = 0.6 * faces_sun * sun + 0.5 * skylight + 0.4 * ground_radiance_;
  Vec3d color = kSkylineAlbedo * (0.5 + 2.2 * lattice(number, 2, 3));
  const double across = (azimuth / (2 * M_PI) + 0.5) * kHouses - house;
  const bool window = std::abs(across * 4 - std::floor(across * 4) - 0.5) < 0.22 &&
                      std::abs(elevation * 16 - std::floor(elevation * 16) - 0.5) < 0.25;
  if (window) color *= 0.25;
  if (tree) color = kTreeAlbedo * (0.5 + value_noise(leaf * 3.0, 8));
  const Vec3d scene =
      mix(color * light, above, tree ? 0.0 : smoothstep(-0.02, 0.02, elevation - roofs));
  return mix(ground_radiance_, scene, smoothstep(-0.09, -0.02, elevation));
}

}  // namespace oddroad::shade

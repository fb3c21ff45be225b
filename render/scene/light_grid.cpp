#include "render/scene/light_grid.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace oddroad::scene {
namespace {

using math::Vec2d;
using math::Vec3d;
using math::Vec3f;

constexpr double kCeilingReach_m = 40;  // of lamps under ceilings: what is left is a lux
constexpr int kMostCells = 512;         // along a side; lights farther from the middle are left out
constexpr double kGroundAlbedo = 0.13;
// Lit ground gives upright surfaces .62 of its radiance (local_lights.glsl), light from all sides a
// quarter of its illuminance: what the ground must get for that.
constexpr auto kOnUpright = static_cast<float>(.25 / (.62 * kGroundAlbedo));
constexpr double kStreetTan = 3.7;  // where a street luminaire's beam ends (beams.h)

double luminance(const Vec3f& c) {
  return glm::dot(Vec3d(c), Vec3d(.2126, .7152, .0722));
}

double height_m(const world::Light& light) {
  return std::max(light.position.z - light.ground_z_m, 0.3);
}

// The brightest value of a vehicle beam at each place across the road (y / x), over all heights.
class BeamProfile {
 public:
  explicit BeamProfile(std::uint32_t beam) {
    for (std::size_t i = 0; i < values_.size(); ++i) {
      const float y = kWidest * (2 * (static_cast<float>(i) + .5f) / kSteps - 1);
      for (float up = -.4f; up < .1f; up += .005f) {
        const float value = beam == ODDROAD_BEAM_LOW ? shaders::low_beam_candela(y, up)
                                                     : shaders::high_beam_candela(y, up);
        values_[i] = std::max(values_[i], value);
      }
    }
  }
  [[nodiscard]] double at(double y) const {
    const double place = (y / kWidest + 1) / 2 * kSteps;
    return values_[static_cast<std::size_t>(std::clamp(place, 0.0, kSteps - 1.0))];
  }
  [[nodiscard]] double most() const { return *std::max_element(values_.begin(), values_.end()); }

 private:
  static constexpr float kWidest = 2;
  static constexpr int kSteps = 400;
  std::array<float, kSteps> values_{};
};

const BeamProfile& profile(std::uint32_t beam) {
  static const BeamProfile kLow(ODDROAD_BEAM_LOW);
  static const BeamProfile kHigh(ODDROAD_BEAM_HIGH);
  return beam == ODDROAD_BEAM_LOW ? kLow : kHigh;
}

bool is_headlamp(const world::Light& light) {
  return light.beam == ODDROAD_BEAM_LOW || light.beam == ODDROAD_BEAM_HIGH;
}

bool looks_down(const world::Light& light) {
  return light.axis.z < -.7;
}

// Of the way from a lamp under a ceiling to the ground at that distance from below it.
double down_cosine(const world::Light& light, double across) {
  const double height = height_m(light);
  return height / std::hypot(height, across);
}

// Brightest value of a beam towards anything whose horizontal direction from the light is known:
// `left` and `ahead` in the light's frame. Vehicle beams and lenses look level, street lamps down.
double brightest(const world::Light& light, double left, double ahead) {
  if (light.beam == ODDROAD_BEAM_STREET) return 3;
  if (looks_down(light))
    return std::pow(down_cosine(light, std::hypot(left, ahead)), light.exponent);
  if (ahead <= 0) return 0;
  if (is_headlamp(light)) return profile(light.beam).at(left / ahead);
  return std::pow(ahead / std::hypot(left, ahead), light.exponent);
}

// Illuminance of what faces the light anywhere in a cell, at most.
double most_lux(const world::Light& light, const Vec2d& middle) {
  const Vec2d away = middle - Vec2d(light.position);
  const Vec2d axis(light.axis);
  const Vec2d left(light.left);
  constexpr double kHalf = LightGrid::kCell_m / 2;
  const bool hangs = light.beam == ODDROAD_BEAM_STREET || looks_down(light);
  const double lift = hangs ? height_m(light) : 1.0;
  const bool inside = std::abs(away.x) <= kHalf && std::abs(away.y) <= kHalf;
  double most = inside ? brightest(light, 0, 1) / (lift * lift) : 0;
  for (const Vec2d& corner : {Vec2d(0, 0), Vec2d(kHalf, kHalf), Vec2d(-kHalf, kHalf),
                              Vec2d(kHalf, -kHalf), Vec2d(-kHalf, -kHalf)}) {
    const Vec2d to = away + corner;
    const double d2 = glm::dot(to, to);
    most = std::max(most,
                    brightest(light, glm::dot(to, left), glm::dot(to, axis)) / (d2 + lift * lift));
  }
  return most * luminance(light.candela);
}

double reach_of(const world::Light& light, float least_lux) {
  const double peak = is_headlamp(light) ? profile(light.beam).most() : brightest(light, 0, 1);
  const double reach = std::sqrt(peak * luminance(light.candela) / least_lux);
  const double end = light.beam == ODDROAD_BEAM_STREET ? kStreetTan * height_m(light) + 4
                     : looks_down(light)               ? kCeilingReach_m
                                                       : LightGrid::kFarthest_m;
  return std::min(reach, end);
}

// Illuminance of level ground per channel, by one light.
Vec3f on_ground(const world::Light& light, const Vec2d& at) {
  const Vec3d to = Vec3d(at, light.ground_z_m) - light.position;
  const double d2 = std::max(glm::dot(to, to), 4.0);
  const Vec3d direction = to / std::sqrt(std::max(glm::dot(to, to), 1e-6));
  return world::intensity(light, direction) * static_cast<float>(std::max(-direction.z, 0.0) / d2);
}

// Illuminance of what faces a light a metre above the ground there.
Vec3f around(const world::Light& light, const Vec2d& at) {
  const Vec3d to = Vec3d(at, light.ground_z_m + 1) - light.position;
  const double d2 = std::max(glm::dot(to, to), 4.0);
  return world::intensity(light, to / std::sqrt(std::max(glm::dot(to, to), 1e-6))) /
         static_cast<float>(d2);
}

}  // namespace

float least_lux(const world::Environment& environment) {
  // Level ground under the sky: a tenth of a lux at night, 500 lx when the sun is on the horizon,
  // ten thousand by day. What matters here is the order of magnitude.
  const double degrees = environment.sun_elevation_rad * 180 / M_PI;
  const double lux = degrees > 0 ? 500 + 1500 * degrees : 500 * std::pow(10.0, degrees / 3.0);
  return std::max(kLeastLux, static_cast<float>(.01 * lux));
}

LightGrid::LightGrid(const world::SceneWindow& window, float least_lux) {
  const std::vector<world::Light>& lights = window.lights;
  if (lights.empty()) return;
  std::vector<double> reach;
  Vec2d lower(1e30);
  Vec2d upper(-1e30);
  for (const world::Light& light : lights) {
    reach.push_back(reach_of(light, light.always ? kLeastLux : least_lux));
    lower = glm::min(lower, Vec2d(light.position) - reach.back());
    upper = glm::max(upper, Vec2d(light.position) + reach.back());
  }
  const Vec2d centre = (lower + upper) / 2.0;
  const Vec2d half = glm::min((upper - lower) / 2.0 + kCell_m, Vec2d(kMostCells * kCell_m / 2));
  corner_ = glm::floor((centre - half) / kCell_m) * kCell_m;
  columns_ = static_cast<int>(std::ceil(2 * half.x / kCell_m)) + 1;
  rows_ = static_cast<int>(std::ceil(2 * half.y / kCell_m)) + 1;
  cells_.resize(static_cast<std::size_t>(columns_) * rows_);
  light_ground(lights, place(lights, reach, least_lux));
}

Vec2d LightGrid::middle(std::size_t cell) const {
  const auto columns = static_cast<std::size_t>(columns_);
  return corner_ + kCell_m * Vec2d(static_cast<double>(cell % columns) + .5,
                                   static_cast<double>(cell / columns) + .5);
}

struct LightGrid::Entry {
  std::uint32_t cell;
  std::uint32_t light;
  double lux;  // at most, anywhere in the cell
};

std::vector<Vec3f> LightGrid::place(const std::vector<world::Light>& lights,
                                    const std::vector<double>& reach_m, float least_lux) {
  std::vector<Entry> entries;
  for (std::uint32_t l = 0; l < lights.size(); ++l) {
    const Vec2d from = (Vec2d(lights[l].position) - reach_m[l] - corner_) / kCell_m;
    const Vec2d to = (Vec2d(lights[l].position) + reach_m[l] - corner_) / kCell_m;
    const double least = .7 * (lights[l].always ? kLeastLux : least_lux);
    for (int y = std::max(static_cast<int>(from.y), 0);
         y <= std::min<int>(static_cast<int>(to.y), rows_ - 1); ++y) {
      for (int x = std::max(static_cast<int>(from.x), 0);
           x <= std::min<int>(static_cast<int>(to.x), columns_ - 1); ++x) {
        const auto cell = static_cast<std::uint32_t>(y * columns_ + x);
        const double lux = most_lux(lights[l], middle(cell));
        if (lux > least) entries.push_back({cell, l, lux});
      }
    }
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    if (a.cell != b.cell) return a.cell < b.cell;
    return a.lux != b.lux ? a.lux > b.lux : a.light < b.light;
  });
  std::vector<Vec3f> rest(cells_.size(), Vec3f(0));
  for (auto first = entries.begin(); first != entries.end();) {
    const auto last = std::find_if(first, entries.end(), [&](const Entry& e) {
      return e.cell != first->cell;
    });
    rest[first->cell] = fill({first, last}, lights);
    first = last;
  }
  return rest;
}

Vec3f LightGrid::fill(std::span<const Entry> entries, const std::vector<world::Light>& lights) {
  Cell& cell = cells_[entries.front().cell];
  cell.first = static_cast<std::uint32_t>(members_.size());
  cell.count = static_cast<std::uint32_t>(std::min(entries.size(), kMostInCell));
  for (const Entry& e : entries.first(cell.count)) members_.push_back(e.light);
  Vec3f rest(0);
  for (const Entry& e : entries.subspan(cell.count)) {
    rest += around(lights[e.light], middle(e.cell));
  }
  return rest;
}

// Each cell shows the mean of what the lamps make of the ground in it and around it. Light left out
// comes from all sides: a quarter of it falls on what stands there.
void LightGrid::light_ground(const std::vector<world::Light>& lights,
                             const std::vector<Vec3f>& rest) {
  std::vector<Vec3f> lux(cells_.size(), Vec3f(0));
  for (std::size_t c = 0; c < cells_.size(); ++c) {
    for (const std::uint32_t l : lights_of(static_cast<std::uint32_t>(c))) {
      for (const Vec2d& at : {Vec2d(-2, -2), Vec2d(2, -2), Vec2d(-2, 2), Vec2d(2, 2)}) {
        lux[c] += on_ground(lights[l], middle(c) + at) / 4.0f;
      }
    }
    lux[c] += rest[c] * kOnUpright;
  }
  constexpr float kWeight[3] = {.25f, .5f, .25f};
  std::vector<Vec3f> rows(cells_.size(), Vec3f(0));
  const auto blur = [&](const std::vector<Vec3f>& in, std::vector<Vec3f>& out, int dx, int dy) {
    for (int y = 0; y < rows_; ++y) {
      for (int x = 0; x < columns_; ++x) {
        Vec3f sum(0);
        for (int k = -1; k <= 1; ++k) {
          const int i = std::clamp(x + k * dx, 0, columns_ - 1);
          const int j = std::clamp(y + k * dy, 0, rows_ - 1);
          sum += kWeight[k + 1] * in[static_cast<std::size_t>(j) * columns_ + i];
        }
        out[static_cast<std::size_t>(y) * columns_ + x] = sum;
      }
    }
  };
  blur(lux, rows, 1, 0);
  blur(rows, lux, 0, 1);
  for (std::size_t c = 0; c < cells_.size(); ++c) {
    cells_[c].ground_radiance = lux[c] * static_cast<float>(kGroundAlbedo / M_PI);
  }
}

std::uint32_t LightGrid::cell_at(const Vec3d& position) const {
  const Vec2d at = (Vec2d(position) - corner_) / kCell_m;
  if (!(at.x >= 0 && at.y >= 0 && at.x < columns_ && at.y < rows_)) return kNoCell;
  return static_cast<std::uint32_t>(static_cast<int>(at.y) * columns_ + static_cast<int>(at.x));
}

std::span<const std::uint32_t> LightGrid::lights_of(std::uint32_t cell) const {
  if (cell == kNoCell) return {};
  const Cell& c = cells_[cell];
  return {members_.data() + c.first, c.count};
}

}  // namespace oddroad::scene

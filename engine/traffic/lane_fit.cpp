#include "engine/traffic/lane_fit.h"

#include <algorithm>
#include <cmath>

#include "engine/core/check.h"
#include "engine/traffic/tractrix.h"

namespace oddroad::traffic {
namespace {

using math::Vec2d;

constexpr double kStep_m = 0.5;
constexpr double kSideRoom_m = 0.15;

bool fits(const LaneTable& lanes, std::uint32_t index, const VehicleModel& model) {
  const Lane& lane = lanes[index];
  if (lane.for_bicycles) return model.kind == VehicleClass::kBicycle;
  using enum VehicleClass;
  if (model.kind == kCar || model.kind == kMotorcycle || model.kind == kBicycle) return true;
  const double width = std::max(model.width_m, model.has_trailer ? model.trailer.width_m : 0.0);
  if (width + 2 * kSideRoom_m > lane.min_width_m) return false;
  return 0.5 * width + cut_m(lanes, index, model) <= 0.5 * lane.min_width_m;
}

// Of the nearest lanes at each side that go on where this one ends.
std::uint64_t fits_beside(const LaneTable& lanes, const std::vector<std::uint64_t>& fits,
                          std::uint32_t lane) {
  std::uint64_t out = 0;
  for (const auto side : {&Lane::left, &Lane::right}) {
    std::uint32_t other = lanes[lane].*side;
    while (other != kNoLane && lanes[other].ends) other = lanes[other].*side;
    if (other != kNoLane) out |= fits[other];
  }
  return out;
}

}  // namespace

double cut_m(const LaneTable& lanes, std::uint32_t index, const VehicleModel& model) {
  const Lane& lane = lanes[index];
  const LaneSample* all = lanes.samples(lane);
  LanePoint p = lanes.at(index, 0);
  double yaw = p.heading_rad;
  double trailer_yaw = yaw;
  std::uint32_t near = 0;
  double most = 0;
  // On past the end, straight, until the last axle has left the lane.
  const double to = lane.length_m + model.train_m();
  for (double s = kStep_m; s < to; s += kStep_m) {
    p = lanes.at(index, s);
    const double before = yaw;
    const double path = lanes.at(index, s - 0.5 * kStep_m).heading_rad;
    yaw = follow(yaw, path, kStep_m, model.wheelbase_m);
    const Vec2d u(std::cos(yaw), std::sin(yaw));
    Vec2d axle = Vec2d(p.position) - model.wheelbase_m * u;
    if (model.has_trailer) {
      const double towed = kStep_m * std::cos(p.heading_rad - before);
      trailer_yaw = follow(trailer_yaw, yaw, towed, model.trailer.wheelbase_m);
      axle += model.trailer.hitch_m * u -
              model.trailer.wheelbase_m * Vec2d(std::cos(trailer_yaw), std::sin(trailer_yaw));
    }
    const auto gap = [&](std::uint32_t i) {
      return glm::length(Vec2d(all[i].x, all[i].y) - axle);
    };
    while (near + 1 < lane.samples && gap(near + 1) <= gap(near)) ++near;
    if (near == 0 || near + 1 == lane.samples) continue;
    // From the line through the sample: the sample itself is up to half a spacing away along it.
    const LaneSample& beside = all[near];
    const Vec2d off = axle - Vec2d(beside.x, beside.y);
    most = std::max(most, std::abs(off.y * beside.tangent_x - off.x * beside.tangent_y));
  }
  return most;
}

std::vector<std::uint64_t> find_fits(const LaneTable& lanes,
                                     const std::vector<VehicleModel>& models) {
  ODDROAD_CHECK_OP(models.size(), <=, kMostModels);
  std::vector<std::uint64_t> out(lanes.lanes().size(), 0);
  for (std::uint32_t lane = 0; lane < out.size(); ++lane) {
    if (!lanes[lane].usable) continue;
    for (std::size_t m = 0; m < models.size(); ++m) {
      if (fits(lanes, lane, models[m])) out[lane] |= std::uint64_t{1} << m;
    }
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (std::uint32_t lane = 0; lane < out.size(); ++lane) {
      const Lane& here = lanes[lane];
      if (here.next.empty() && !here.ends) continue;
      std::uint64_t onward = here.ends ? fits_beside(lanes, out, lane) : 0;
      for (const std::uint32_t next : here.next) onward |= out[next];
      changed |= (out[lane] & ~onward) != 0;
      out[lane] &= onward;
    }
  }
  return out;
}

}  // namespace oddroad::traffic

// Draws traffic over a map at some instants, and tells what was worst:
//   traffic_sheet MAP OUT_PREFIX [density/km] [seconds] [key] [--at T]... [--view X Y RADIUS]
//   [--follow ID]
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "engine/road/tools.h"
#include "tests/common/traffic_watch.h"

namespace {

using namespace oddroad;

const char* colour_of(traffic::VehicleClass kind) {
  using enum traffic::VehicleClass;
  switch (kind) {
    case kCar:
      return "#2060d0";
    case kVan:
      return "#10a0a0";
    case kTruck:
      return "#a05010";
    case kSemiTrailer:
      return "#803080";
    case kBus:
      return "#c0a000";
    case kMotorcycle:
      return "#d02060";
    case kBicycle:
      return "#20a020";
  }
  return "#000";
}

std::vector<math::Vec2d> corners(const tests::WatchBox& b) {
  const math::Vec2d f = b.half_length_m * b.forward;
  const math::Vec2d l = b.half_width_m * math::Vec2d(-b.forward.y, b.forward.x);
  return {b.centre + f + l, b.centre - f + l, b.centre - f - l, b.centre + f - l};
}

void draw_lights(road::SvgCanvas& canvas, const traffic::Network& network, double time_s) {
  for (std::uint32_t i = 0; i < network.controls().heads.size(); ++i) {
    const auto state = network.head_state(i, time_s);
    const char* colour = state == traffic::LightState::kGreen ? "#00b000"
                         : state == traffic::LightState::kRed ? "#e00000"
                                                              : "#e0b000";
    for (const std::uint32_t entry : network.controls().heads[i].entries) {
      const math::Vec3d p = network.lanes().at(entry, 0).position;
      canvas.circle({p.x, p.y}, 0.9, {.fill = colour});
    }
  }
}

void draw(const traffic::Network& network, const traffic::Traffic& traffic,
          const std::vector<traffic::VehicleModel>& models, const math::Aabb& view,
          const std::string& path) {
  road::SvgCanvas canvas(view, 1500);
  road::draw_roads(canvas, network.graph().map(), {.road_ids = false, .directions = false});
  draw_lights(canvas, network, traffic.time_s());
  for (const auto& v : traffic.vehicles()) {
    for (const auto& box : tests::boxes_of(v, models)) {
      canvas.polygon(corners(box),
                     {.fill = colour_of(v.kind), .stroke = "#000", .stroke_width_m = 0.08});
    }
    const auto box = tests::boxes_of(v, models).front();
    const math::Vec2d left(-box.forward.y, box.forward.x);
    const math::Vec2d nose = box.centre + 0.8 * box.half_length_m * box.forward;
    if (v.indicator_left) canvas.circle(nose + box.half_width_m * left, 0.35, {.fill = "#ffa000"});
    if (v.indicator_right) canvas.circle(nose - box.half_width_m * left, 0.35, {.fill = "#ffa000"});
    if (v.brake_lamp) {
      canvas.circle(box.centre - 0.9 * box.half_length_m * box.forward, 0.4, {.fill = "#ff2020"});
    }
    if (canvas.metres_per_px() < 0.25) {
      char text[32];
      std::snprintf(text, sizeof text, "%u: %.0f", v.id, v.speed_mps);
      canvas.text(box.centre + 1.6 * left, text, 8 * canvas.metres_per_px());
    }
  }
  canvas.scale_bar();
  std::ofstream(path) << canvas.to_string();
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return 64;
  const auto map = road::load_opendrive(arguments[1]);
  if (!map) return 66;
  double numbers[3] = {15, 120, 1};
  std::vector<double> instants;
  double view[3] = {0, 0, 0};
  std::uint32_t follow = 0;
  int given = 0;
  for (int i = 3; i < count; ++i) {
    if (std::strcmp(arguments[i], "--at") == 0)
      instants.push_back(std::atof(arguments[++i]));
    else if (std::strcmp(arguments[i], "--follow") == 0)
      follow = static_cast<std::uint32_t>(std::atoi(arguments[++i]));
    else if (std::strcmp(arguments[i], "--view") == 0)
      for (double& x : view) x = std::atof(arguments[++i]);
    else if (given < 3)
      numbers[given++] = std::atof(arguments[i]);
  }
  const road::LaneGraph graph(*map);
  const traffic::Network network(graph);
  traffic::Settings settings;
  settings.density_per_km = numbers[0];
  traffic::Traffic traffic(network, settings, static_cast<std::uint64_t>(numbers[2]));
  tests::Watch watch{network, traffic, settings.models};
  std::printf("%s: %.2f km of lanes, %zu heads, %zu conflicts\n", arguments[1], network.lane_km(),
              network.controls().heads.size(), network.conflicts().all().size());
  math::Aabb box = map->bounds();
  if (view[2] > 0)
    box = {{view[0] - view[2], view[1] - view[2], -100},
           {view[0] + view[2], view[1] + view[2], 100}};
  const int steps = static_cast<int>(numbers[1] * 100);
  for (int i = 1; i <= steps; ++i) {
    watch.step(0.01);
    if (i % 10 == 0) watch.look();
    for (const double at : instants) {
      if (i != static_cast<int>(std::lround(at * 100))) continue;
      char name[64];
      std::snprintf(name, sizeof name, "-%07.2f.svg", at);
      draw(network, traffic, settings.models, box, arguments[2] + std::string(name));
    }
    if (follow == 0 || i % 20 != 0) continue;
    for (const auto& v : watch.views) {
      if (v.id != follow) continue;
      std::printf(
          "%.1f s: %u %s at (%.1f, %.1f) yaw %.2f lane %u %.1f lateral %.2f: v %.2f a %.2f %s\n",
          traffic.time_s(), v.id, std::string(to_string(v.kind)).c_str(), v.position.x,
          v.position.y, v.yaw_rad, v.lane.lane.value, v.lane.offset_m, v.lateral_m, v.speed_mps,
          v.acceleration_mps2, traffic.reason(v.id).c_str());
    }
  }
  std::printf("%s\n", tests::to_string(watch.finish()).c_str());
  for (const auto& s : traffic.standing(20)) {
    std::printf("  %u stands for %.0f s: %s\n", s.id, s.for_s, s.reason.c_str());
  }
  return 0;
}

#include "engine/asset/vehicle_shape.h"

#include <cmath>
#include <cstdio>
#include <numbers>

#include "engine/asset/vehicle.h"
#include "engine/asset/vehicle_paint.h"
#include "engine/asset/vehicle_rows.h"
#include "engine/core/random.h"

namespace oddroad::asset {

namespace {

std::vector<OutlinePoint> parse_outline(const char* text, const VehicleShape& shape) {
  std::vector<OutlinePoint> points;
  double u = 0;
  double v = 0;
  int used = 0;
  while (std::sscanf(text, " %lf,%lf%n", &u, &v, &used) == 2) {
    text += used;
    OutlinePoint point{shape.from_front(u), v * shape.height_m, false};
    if (*text == '!') {
      point.corner = true;
      ++text;
    }
    points.push_back(point);
  }
  return points;
}

const VehicleRow* find_row(const std::string& type) {
  for (const VehicleRow& row : vehicle_rows()) {
    if (type == row.type) return &row;
  }
  return nullptr;
}

// The value of a number key, or the nominal one varied by the seed.
double dimension(const ModelRequest& request, const std::string& key, double nominal_m,
                 core::Diagnostics& problems) {
  core::RandomStream stream(request.seed, "vehicle/" + key);
  const auto found = request.numbers.find(key);
  if (found == request.numbers.end()) return nominal_m * (1 + stream.uniform(-0.015, 0.015));
  const double lower = 0.97 * nominal_m;
  const double upper = 1.03 * nominal_m;
  if (!(found->second >= lower && found->second <= upper)) {
    char text[160];
    std::snprintf(text, sizeof text, "%s of %s is %.4g m, expected %.3f to %.3f m", key.c_str(),
                  request.type.c_str(), found->second, lower, upper);
    problems.error({}, text);
  }
  return found->second;
}

int draw_paint(const ModelRequest& request, bool van, core::Diagnostics& problems) {
  core::RandomStream stream(request.seed, "vehicle/paint");
  const int drawn = draw_paint_colour(stream, van);
  const auto found = request.numbers.find("paint");
  if (found == request.numbers.end()) return drawn;
  const double value = found->second;
  if (!(value >= 0 && value < int{kPaintColours}) || value != std::floor(value)) {
    problems.error({}, "paint of " + request.type + " is not a whole number from 0 to " +
                           std::to_string(kPaintColours - 1));
    return drawn;
  }
  return static_cast<int>(value);
}

void check_keys(const ModelRequest& request, bool emergency, core::Diagnostics& problems) {
  for (const auto& [key, value] : request.numbers) {
    if (key == "length" || key == "width" || key == "height" || key == "paint") continue;
    if (key == "door" || (key == "beacon" && emergency)) {
      if (value != 0 && value != 1) problems.error({}, key + " of " + request.type + " is 0 or 1");
      continue;
    }
    if (key == "occupants") {
      if (!(value >= 0 && value <= 4) || value != std::floor(value)) {
        problems.error({}, "occupants of " + request.type + " is a whole number from 0 to 4");
      }
      continue;
    }
    problems.error({}, "unknown number '" + key + "' for " + request.type,
                   emergency ? "known: beacon, door, height, length, occupants, paint, width"
                             : "known: door, height, length, occupants, paint, width");
  }
}

void set_dimensions(VehicleShape& shape, const VehicleRow& row) {
  const double along = shape.length_m / row.length;  // metres per nominal millimetre
  const double across = shape.width_m / row.width;
  const double up = shape.height_m / row.height;
  shape.wheelbase_m = row.wheelbase * along;
  shape.front_overhang_m = row.front_overhang * along;
  shape.rear_overhang_m = shape.length_m - shape.wheelbase_m - shape.front_overhang_m;
  shape.tyre_radius_m = 0.5e-3 * row.tyre_diameter;
  shape.tyre_width_m = 1e-3 * row.tyre_width;
  shape.rim_radius_m = row.rim_inch * 0.0127 + 0.012;
  shape.track_front_m = row.track_front * across;
  shape.track_rear_m = row.track_rear * across;
  shape.sill_z_m = row.sill * up;
  shape.sill_top_z_m = row.sill_top * up;
  shape.tumblehome_rad = row.tumblehome_deg * std::numbers::pi / 180;
  shape.arch_radius_m = shape.tyre_radius_m + 1e-3 * row.arch_gap;
  shape.arch_flare_m = 1e-3 * row.arch_flare;
  shape.windscreen_top_z_m = row.windscreen_top * shape.height_m;
  shape.rear_glass_bottom_z_m = row.rear_glass_bottom * shape.height_m;
  shape.rear_glass_top_z_m = row.rear_glass_top * shape.height_m;
  shape.pillar = row.style == BodyStyle::kCoupe ? .335 : .44;
  shape.max_steer_rad = row.style == BodyStyle::kVan ? 0.60 : 0.61;
  shape.top = parse_outline(row.top, shape);
  shape.daylight = parse_outline(row.daylight, shape);
}

}  // namespace

std::vector<std::string> vehicle_types() {
  std::vector<std::string> types;
  for (const VehicleRow& row : vehicle_rows()) types.emplace_back(row.type);
  return types;
}

bool is_vehicle_type(const std::string& type) {
  return find_row(type) != nullptr;
}

core::Result<VehicleShape> draw_vehicle_shape(const ModelRequest& request) {
  const VehicleRow* row = find_row(request.type);
  if (row == nullptr) return core::fail("no vehicle type '" + request.type + "'");
  core::Diagnostics problems;
  const bool emergency = row->duty == Duty::kPolice || row->duty == Duty::kAmbulance;
  check_keys(request, emergency, problems);
  VehicleShape shape;
  shape.type = row->type;
  shape.style = row->style;
  shape.duty = row->duty;
  shape.seed = request.seed;
  shape.length_m = dimension(request, "length", 1e-3 * row->length, problems);
  shape.width_m = dimension(request, "width", 1e-3 * row->width, problems);
  shape.height_m = dimension(request, "height", 1e-3 * row->height, problems);
  const auto door = request.numbers.find("door");
  shape.opening_door = door != request.numbers.end() && door->second > .5;
  const auto beacon = request.numbers.find("beacon");
  shape.beacon = beacon == request.numbers.end()
                     ? core::RandomStream(request.seed, "vehicle/beacon").chance(.5)
                     : beacon->second > .5;
  const auto occupants = request.numbers.find("occupants");
  if (occupants != request.numbers.end()) shape.occupants = static_cast<int>(occupants->second);
  shape.paint = draw_paint(request, row->style == BodyStyle::kVan, problems);
  if (problems.has_errors()) return tl::unexpected<core::Diagnostics>(problems);
  set_dimensions(shape, *row);
  return shape;
}

}  // namespace oddroad::asset

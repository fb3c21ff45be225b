#include "engine/asset/vehicle_shape.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "engine/asset/vehicle.h"
#include "engine/asset/vehicle_paint.h"
#include "engine/core/random.h"

namespace oddroad::asset {

namespace {

// Class averages in millimetres; outlines in fractions of length and height, x from the front.
struct Row {
  const char* type;
  BodyStyle style;
  double length, width, height, wheelbase, front_overhang;
  double tyre_diameter, tyre_width, rim_inch, track_front, track_rear;
  double sill, sill_top, tumblehome_deg, arch_gap, arch_flare;
  double windscreen_top, rear_glass_bottom, rear_glass_top;  // fractions of height
  const char* top;
  const char* daylight;
};

constexpr std::array kRows = {
    Row{"car.estate",
        BodyStyle::kEstate,
        4800,
        1830,
        1480,
        2850,
        870,
        655,
        225,
        17,
        1580,
        1570,
        180,
        325,
        22,
        40,
        10,
        .915,
        .735,
        .915,
        "0,.28 .004,.41 .015,.48! .05,.532 .12,.585 .2,.618 .265,.64! .33,.745 .39,.86 .44,.935 "
        ".5,.975 .57,.995 .66,1 .78,.99 .88,.965 .925,.94! .952,.83 .972,.72! .985,.63 .995,.5! "
        "1,.4 .992,.25 .965,.17",
        ".289,.652! .36,.775 .42,.885 .46,.918 .58,.942 .74,.936 .86,.905 .915,.86 .9,.735! "
        ".65,.69 .4,.655"},
    Row{"car.hatchback",
        BodyStyle::kHatch,
        4284,
        1789,
        1456,
        2636,
        880,
        632,
        205,
        17,
        1549,
        1520,
        180,
        320,
        22,
        40,
        10,
        .915,
        .715,
        .9,
        "0,.3 .004,.43 .016,.5! .05,.548 .12,.6 .21,.64 .262,.66! .32,.748 .385,.865 .43,.935 "
        ".49,.98 .555,1 .66,.996 .77,.975 .86,.945 .905,.915! .94,.81 .966,.69! .983,.615 "
        ".994,.52! 1,.4 .99,.24 .965,.17",
        ".285,.672! .35,.785 .415,.895 .455,.928 .56,.95 .68,.942 .78,.912 .845,.845 .825,.735! "
        ".6,.694 .37,.67"},
    Row{"car.sedan",
        BodyStyle::kSedan,
        4720,
        1830,
        1440,
        2850,
        850,
        655,
        225,
        18,
        1580,
        1580,
        175,
        320,
        24,
        40,
        10,
        .92,
        .785,
        .935,
        "0,.28 .004,.41 .015,.485! .05,.538 .12,.592 .2,.63 .268,.655! .33,.76 .39,.87 .44,.945 "
        ".5,.985 .56,1 .64,.99 .72,.945 .79,.865 .848,.775! .875,.745 .93,.728 .972,.72! .985,.66 "
        ".992,.55! 1,.42 .992,.26 .965,.18",
        ".292,.668! .36,.79 .42,.9 .46,.932 .56,.952 .64,.94 .7,.9 .755,.825 .775,.765! .62,.705 "
        ".4,.672"},
    Row{"car.suv",
        BodyStyle::kSuv,
        4500,
        1840,
        1670,
        2680,
        920,
        716,
        235,
        18,
        1580,
        1570,
        230,
        400,
        18,
        60,
        14,
        .915,
        .735,
        .91,
        "0,.33 .004,.45 .01,.52! .032,.565 .09,.602 .17,.634 .235,.658! .3,.76 .365,.87 .41,.935 "
        ".47,.972 .54,.992 .64,1 .76,.988 .87,.96 .915,.935! .945,.83 .968,.71! .985,.62 "
        ".996,.52! 1,.42 .992,.28 .965,.21",
        ".262,.674! .33,.79 .39,.888 .43,.92 .54,.942 .68,.94 .8,.915 .885,.865 .865,.76! "
        ".62,.712 .36,.676"},
    Row{"van.panel",
        BodyStyle::kVan,
        5932,
        2020,
        2640,
        3665,
        1004,
        712,
        235,
        16,
        1710,
        1720,
        330,
        430,
        6,
        55,
        8,
        .795,
        .5,
        .78,
        "0,.17! .004,.25 .011,.305! .04,.35 .09,.398 .135,.44! .185,.585 .235,.74 .262,.82 "
        ".3,.905 .35,.965 .42,.992 .55,1 .9,.998 .965,.99 .982,.97! .99,.85 .995,.55 .997,.27! "
        "1,.25! 1,.19! .985,.15",
        ".15,.455! .19,.57 .232,.69 .262,.735 .34,.742 .352,.7 .352,.475! .3,.45 .2,.44"},
};

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

const Row* find_row(const std::string& type) {
  for (const Row& row : kRows) {
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

void check_keys(const ModelRequest& request, core::Diagnostics& problems) {
  for (const auto& [key, value] : request.numbers) {
    if (key == "length" || key == "width" || key == "height" || key == "paint") continue;
    if (key == "door") {
      if (value != 0 && value != 1) problems.error({}, "door of " + request.type + " is 0 or 1");
      continue;
    }
    problems.error({}, "unknown number '" + key + "' for " + request.type,
                   "known: door, height, length, paint, width");
  }
}

void set_dimensions(VehicleShape& shape, const Row& row) {
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
  shape.max_steer_rad = row.style == BodyStyle::kVan ? 0.60 : 0.61;
  shape.top = parse_outline(row.top, shape);
  shape.daylight = parse_outline(row.daylight, shape);
}

}  // namespace

std::vector<std::string> vehicle_types() {
  std::vector<std::string> types;
  for (const Row& row : kRows) types.emplace_back(row.type);
  return types;
}

bool is_vehicle_type(const std::string& type) {
  return find_row(type) != nullptr;
}

core::Result<VehicleShape> draw_vehicle_shape(const ModelRequest& request) {
  const Row* row = find_row(request.type);
  if (row == nullptr) return core::fail("no vehicle type '" + request.type + "'");
  core::Diagnostics problems;
  check_keys(request, problems);
  VehicleShape shape;
  shape.type = row->type;
  shape.style = row->style;
  shape.seed = request.seed;
  shape.length_m = dimension(request, "length", 1e-3 * row->length, problems);
  shape.width_m = dimension(request, "width", 1e-3 * row->width, problems);
  shape.height_m = dimension(request, "height", 1e-3 * row->height, problems);
  const auto door = request.numbers.find("door");
  shape.opening_door = door != request.numbers.end() && door->second > .5;
  shape.paint = draw_paint(request, row->style == BodyStyle::kVan, problems);
  if (problems.has_errors()) return tl::unexpected<core::Diagnostics>(problems);
  set_dimensions(shape, *row);
  return shape;
}

}  // namespace oddroad::asset

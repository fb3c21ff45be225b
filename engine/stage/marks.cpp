#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/stage/surface.h"

namespace oddroad::stage {

namespace {

using math::TriangleMesh;
using math::Vec3d;
using math::Vec3f;
using road::Lane;
using road::LaneSection;
using road::Road;

// The two lanes that meet where a mark runs, if marks can lie on them.
struct Border {
  int lane = 0;             // the lane that owns the mark
  std::optional<int> left;  // carriageway on the left, level with the border
  std::optional<int> right;
};

double height_at(const Road& road, int section, int lane, bool outer, double s) {
  const road::LaneStrip strip = road.strip(section, lane, s);
  return outer ? strip.outer_h_m : strip.inner_h_m;
}

Border border_of(const Road& road, int section, const Lane& lane, double s) {
  Border out;
  out.lane = lane.id;
  const LaneSection& cross = road.sections[static_cast<std::size_t>(section)];
  // Lanes beside the outer border of `lane`; beside lane 0 they are 1 and -1.
  const int left = lane.id > 0 ? lane.id + 1 : (lane.id == 0 ? 1 : lane.id);
  const int right = lane.id > 0 ? lane.id : (lane.id == 0 ? -1 : lane.id - 1);
  const auto usable = [&](int id) -> std::optional<int> {
    const Lane* l = cross.find(id);
    if (l == nullptr || id == 0 || !is_carriageway(surface_of(*l))) return std::nullopt;
    if (road.strip(section, id, s).width_m() < .02) return std::nullopt;
    return id;
  };
  out.left = usable(left);
  out.right = usable(right);
  if (out.left && out.right) {
    // A kerb between two carriageways: paint goes on the owner's side.
    const double hl = height_at(road, section, left, left < 0, s);
    const double hr = height_at(road, section, right, right < 0, s);
    if (std::abs(hl - hr) > .01) (lane.id > 0 ? out.left : out.right).reset();
  }
  return out;
}

// The surface at t, taken from the lane on which it lies.
Vec3d surface_point(const Road& road, int section, const Border& border, double s, double t,
                    double border_t) {
  const std::optional<int> lane = t > border_t ? (border.left ? border.left : border.right)
                                               : (border.right ? border.right : border.left);
  if (!lane) return road.surface(section, s, t);
  const road::LaneStrip strip = road.strip(section, *lane, s);
  const double width = strip.outer_t_m - strip.inner_t_m;
  const double fraction = width != 0 ? (t - strip.inner_t_m) / width : 0;
  return road.lane_point(section, *lane, s, fraction);
}

// The t of the owner's outer border.
double border_t(const Road& road, int section, int lane, double s) {
  return road.strip(section, lane, s).outer_t_m;
}

struct Stripe {
  double centre_offset_m = 0;  // left of the border
  double width_m = 0;
};

void add_stripe(TriangleMesh& mesh, const Road& road, const Run& run, const Lane& lane,
                const Stripe& stripe, double s0, double s1, std::uint16_t material,
                const Vec3d& origin) {
  std::vector<double> ss = {s0};
  for (const Station& st : run.stations) {
    if (st.s_m > s0 + .02 && st.s_m < s1 - .02) ss.push_back(st.s_m);
  }
  ss.push_back(s1);
  const auto base = static_cast<std::uint32_t>(mesh.positions.size());
  for (const double s : ss) {
    const double t = border_t(road, run.section, lane.id, s);
    const Border border = border_of(road, run.section, lane, s);
    const Vec3d up = road.frame(s).up;
    for (const double side : {.5, -.5}) {
      const double at = t + stripe.centre_offset_m + side * stripe.width_m;
      const Vec3d p =
          surface_point(road, run.section, border, s, at, t) + kMarkLift_m * up - origin;
      mesh.add_vertex(Vec3f(p), Vec3f(up), {static_cast<float>(s), static_cast<float>(at)});
    }
  }
  for (std::uint32_t i = 0; i + 1 < ss.size(); ++i) {
    const std::uint32_t a = base + 2 * i;
    mesh.add_triangle(a + 1, a + 3, a + 2, material);
    mesh.add_triangle(a + 1, a + 2, a, material);
  }
}

// Pushes a group of stripes off what is not carriageway.
double inward_shift(const road::RoadMark& mark, const Border& border) {
  double left = -1e9;
  double right = 1e9;
  for (const road::MarkLine& line : mark.lines) {
    left = std::max(left, line.t_offset_m + .5 * line.width_m);
    right = std::min(right, line.t_offset_m - .5 * line.width_m);
  }
  if (!border.left && border.right && left > 0) return -left;
  if (!border.right && border.left && right < 0) return -right;
  return 0;
}

void add_mark(TriangleMesh& mesh, const Road& road, const Run& run, const Lane& lane,
              const road::RoadMark& mark, double begin, double end, const Vec3d& origin) {
  const double s0 = std::max(begin, run.stations.front().s_m);
  const double s1 = std::min(end, run.stations.back().s_m);
  if (s1 - s0 < .01) return;
  const Border border = border_of(road, run.section, lane, .5 * (s0 + s1));
  if (!border.left && !border.right) return;
  const double shift = inward_shift(mark, border);
  const std::uint16_t material = mark.color == "yellow" ? kGroundPaintYellow : kGroundPaintWhite;
  for (const road::MarkLine& line : mark.lines) {
    const Stripe stripe{line.t_offset_m + shift, line.width_m};
    if (!(line.width_m > 0)) continue;
    if (line.space_m <= 0 || line.length_m <= 0) {
      add_stripe(mesh, road, run, lane, stripe, s0, s1, material, origin);
      continue;
    }
    // Dashes are counted from the start of the mark, wherever the region begins.
    const double period = line.length_m + line.space_m;
    const double first = begin + line.s_offset_m;
    for (double k = std::floor((s0 - first) / period); first + k * period < s1; ++k) {
      const double a = std::max(s0, first + k * period);
      const double b = std::min(s1, first + k * period + line.length_m);
      if (k >= 0 && b - a > .05) add_stripe(mesh, road, run, lane, stripe, a, b, material, origin);
    }
  }
}

}  // namespace

void add_marks(TriangleMesh& mesh, const road::RoadMap& map, const Run& run, const Vec3d& origin) {
  const Road& road = map.roads[static_cast<std::size_t>(run.road)];
  const LaneSection& cross = road.sections[static_cast<std::size_t>(run.section)];
  for (const Lane& lane : cross.lanes) {
    for (std::size_t m = 0; m < lane.marks.size(); ++m) {
      const road::RoadMark& mark = lane.marks[m];
      if (mark.lines.empty() || mark.type == "none") continue;
      const double end = m + 1 < lane.marks.size() ? lane.marks[m + 1].s_m : cross.end_m;
      add_mark(mesh, road, run, lane, mark, mark.s_m, end, origin);
    }
  }
}

}  // namespace oddroad::stage

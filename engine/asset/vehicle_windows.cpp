#include <algorithm>
#include <cmath>

#include "engine/asset/vehicle_features.h"
#include "engine/asset/vehicle_paint.h"

namespace oddroad::asset {

using math::Vec2d;
using math::Vec3d;
using namespace surface;

namespace {

// The daylight opening, kept clear of windscreen, rear window and roof by a pillar's width.
std::vector<Vec2d> daylight_outline(const BodyField& field) {
  std::vector<Vec2d> outline = trace_outline(field.shape().daylight, 2, true);
  Vec2d centre(0);
  for (const Vec2d& p : outline) centre += p / static_cast<double>(outline.size());
  const double pillar = field.shape().style == BodyStyle::kVan ? 0.07 : 0.058;
  for (Vec2d& p : outline) {
    for (int i = 0; i < 40; ++i) {
      const double inside = field.silhouette_distance({p.x, field.half_width(p.x, p.y), p.y});
      if (inside < -pillar) break;
      p += 0.02 * (centre - p);
    }
  }
  return outline;
}

// Convex hull (the spline may dent by a millimetre), counter-clockwise.
std::vector<Vec2d> convex_hull(std::vector<Vec2d> points) {
  std::sort(points.begin(), points.end(), [](const Vec2d& a, const Vec2d& b) {
    return a.x != b.x ? a.x < b.x : a.y < b.y;
  });
  std::vector<Vec2d> hull;
  const auto turn = [](Vec2d a, Vec2d b, Vec2d c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
  };
  for (int pass = 0; pass < 2; ++pass) {
    const std::size_t start = hull.size();
    for (const Vec2d& p : points) {
      while (hull.size() >= start + 2 && turn(hull[hull.size() - 2], hull.back(), p) <= 1e-6) {
        hull.pop_back();
      }
      hull.push_back(p);
    }
    hull.pop_back();
    std::reverse(points.begin(), points.end());
  }
  return hull;
}

ConvexCell shrunk(ConvexCell cell, double by_m) {
  for (CutPlane& plane : cell) plane.offset -= by_m;
  return cell;
}

void draw_pane(FeaturePen& pen, ConvexCell cell, std::vector<CutPlane> ends, std::uint16_t tag) {
  cell.insert(cell.end(), ends.begin(), ends.end());
  pen.region(cell, tag, [](const Vec3d&, const Vec3d& n, std::uint16_t present) {
    return present == kBlackGloss && n.y > 0.25;
  });
}

void draw_side_windows(FeaturePen& pen) {
  const VehicleShape& s = pen.shape();
  const std::vector<Vec2d> outline = convex_hull(daylight_outline(pen.field()));
  pen.side(outline, kBlackGloss);
  const ConvexCell panes = shrunk(prism(outline, {1, 0, 0}, {0, 0, 1}), 0.014);
  if (s.style == BodyStyle::kVan) {
    draw_pane(pen, panes, {}, kGlass);
    return;
  }
  double rear = 1e9;
  for (const Vec2d& p : outline) rear = std::min(rear, p.x);
  // B-pillar, leaning rearwards going up.
  const double lean = 0.08;
  const Vec3d n = glm::normalize(Vec3d(1, 0, lean));
  const double pillar =
      glm::dot(n, {(s.pillar + .005) * s.wheelbase_m, 0, pen.field().belt_z(s.from_front(.5))});
  draw_pane(pen, panes, {{-n, -(pillar + 0.047)}}, kGlass);
  const double quarter = 0.10 * s.wheelbase_m;
  const bool has_quarter = quarter - rear > 0.30;
  if (!has_quarter) {
    draw_pane(pen, panes, {{n, pillar - 0.047}}, kPrivacy);
    return;
  }
  draw_pane(pen, panes, {{n, pillar - 0.047}, {{-1, 0, 0}, -(quarter + 0.014)}}, kPrivacy);
  draw_pane(pen, panes, {{{1, 0, 0}, quarter - 0.014}}, kPrivacy);
}

// From where the front or rear window is looked for, inside the cabin.
double rear_start(const VehicleShape& s, bool front) {
  return s.from_front(front || s.style == BodyStyle::kPickup ? 0.5 : 0.72);
}

// Half width of the glass at a height: the side surface less a pillar, on the swept-back front or
// rear surface.
double pane_half_width(const BodyField& field, double z, double pillar, bool front) {
  double y = 0.5;
  for (int i = 0; i < 4; ++i) {
    const Vec3d start(rear_start(field.shape(), front), 0, z);
    Vec3d at = start;
    for (int k = 0; k < 400; ++k) {  // march to the silhouette surface at this y
      at.y = y;
      const double d = field.silhouette_distance(at);
      if (d > -1e-3) break;
      at.x += (front ? 0.5 : -0.5) * std::max(-d, 0.001);
    }
    y = field.half_width(at.x, z) - pillar;
  }
  return y;
}

// Right half of a pane seen from the front: polygon in (y, z).
std::vector<Vec2d> pane_outline(const BodyField& field, double bottom, double top, double pillar,
                                double drop, bool front, double shrink) {
  std::vector<Vec2d> polygon{{-0.02, bottom + shrink}};
  const double low = bottom - drop + shrink;
  const double high = top - 0.6 * drop - shrink;
  for (int i = 0; i <= 4; ++i) {
    const double z = low + (high - low) * i / 4;
    const double y = pane_half_width(field, std::max(z, bottom + 0.02), pillar, front) - shrink;
    polygon.emplace_back(i == 0 || i == 4 ? y - 0.018 : y, z);
    if (i == 0) polygon.emplace_back(y, z + 0.02);
    if (i == 4) polygon.insert(polygon.end() - 1, {y, z - 0.02});
  }
  polygon.emplace_back(-0.02, top - shrink);
  return convex_hull(polygon);
}

// Behind the cowl line, which is swept back towards the sides: planes through chords of the arc.
std::vector<CutPlane> behind_cowl(const BodyField& field, double forward) {
  const VehicleShape& s = field.shape();
  const bool van = s.style == BodyStyle::kVan;
  const double x = s.top[van ? 5 : 6].x_m + forward;
  const double half = 0.5 * s.width_m;
  const double sweep = van ? 0.14 : 0.122;
  std::vector<CutPlane> planes;
  for (const double side : {0.0, 0.3, 0.55, 0.8}) {
    const double next = side + 0.25;
    const Vec2d a(x - sweep * side * side, side * half);
    const Vec2d b(x - sweep * next * next, next * half);
    const Vec2d n = glm::normalize(Vec2d(b.y - a.y, a.x - b.x));
    planes.push_back({{n.x, n.y, 0}, glm::dot(n, a)});
  }
  return planes;
}

void draw_windscreen(FeaturePen& pen) {
  const VehicleShape& s = pen.shape();
  const bool van = s.style == BodyStyle::kVan;
  const double bottom = pen.field().silhouette().top_z(s.top[van ? 5 : 6].x_m) + 0.012;
  const double top = s.windscreen_top_z_m;
  const double drop = van ? 0.02 : 0.035;
  const double pillar = van ? 0.085 : 0.068;
  const double middle = s.from_front(0.5);
  const auto draw = [&](double low, double shrink, double forward, std::uint16_t tag) {
    ConvexCell cell = prism(pane_outline(pen.field(), low, top, pillar, drop, true, shrink),
                            {0, 1, 0}, {0, 0, 1});
    const std::vector<CutPlane> cowl = behind_cowl(pen.field(), forward);
    cell.insert(cell.end(), cowl.begin(), cowl.end());
    pen.region(cell, tag, [middle](const Vec3d& p, const Vec3d& n, std::uint16_t) {
      return p.x > middle && n.x > 0.05 && n.z > 0;
    });
  };
  draw(bottom - 0.10, 0, 0.030, kPlastic);  // cowl panel below the glass
  draw(bottom - 0.10, 0, -0.022, kBlackGloss);
  draw(bottom - 0.10, 0.026, -0.050, kGlass);
}

void draw_rear_window(FeaturePen& pen) {
  const VehicleShape& s = pen.shape();
  const double bottom = s.rear_glass_bottom_z_m;
  const double top = s.rear_glass_top_z_m;
  if (s.style == BodyStyle::kVan) {
    const double y = pen.field().half_width(0.0, top) - 0.16;
    pen.rear({{.07, bottom}, {y, bottom}, {y, top}, {.07, top}}, kBlackGloss);
    pen.rear({{.09, bottom + .02}, {y - .02, bottom + .02}, {y - .02, top - .02}, {.09, top - .02}},
             kPrivacy);
    return;
  }
  const double drop = 0.025;
  pen.rear(pane_outline(pen.field(), bottom, top, 0.105, drop, false, 0), kBlackGloss);
  pen.rear(pane_outline(pen.field(), bottom, top, 0.105, drop, false, 0.028), kPrivacy);
}

}  // namespace

void draw_windows(FeaturePen& pen) {
  draw_side_windows(pen);
  draw_windscreen(pen);
  draw_rear_window(pen);
}

}  // namespace oddroad::asset

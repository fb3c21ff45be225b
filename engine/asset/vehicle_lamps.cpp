#include <cmath>
#include <numbers>

#include "engine/asset/vehicle_features.h"
#include "engine/asset/vehicle_paint.h"

namespace oddroad::asset {

using math::Vec2d;
using math::Vec3d;
using namespace surface;

namespace {

// A lamp at a corner of the body, drawn in a projection turned half-way round the corner: w runs
// from the middle of the car around the corner, z up.
class CornerLamp {
 public:
  CornerLamp(FeaturePen& pen, bool front, double inner_y, double side_length, double z)
      : pen_(pen), view_(glm::normalize(Vec3d(front ? 1 : -1, front ? 0.8 : 0.6, 0))) {
    along_ = front ? Vec3d(-view_.y, view_.x, 0) : Vec3d(-view_.y * -1, -view_.x, 0);
    const VehicleShape& s = pen.shape();
    const BodyField& field = pen.field();
    const Vec3d inner = front ? skin_ahead(field, inner_y, z) : skin_behind(field, inner_y, z);
    const double end = front ? s.nose_x_m() : -s.rear_overhang_m;
    const Vec3d outer = skin_beside(field, end + (front ? -side_length : side_length), z);
    inner_w_ = glm::dot(along_, inner);
    outer_w_ = glm::dot(along_, outer);
  }

  // Polygon in (share from inner to outer end, height).
  void draw(const std::vector<Vec2d>& shares, std::uint16_t tag) {
    std::vector<Vec2d> polygon;
    for (const Vec2d& p : shares) polygon.emplace_back(w(p.x), p.y);
    draw_at(polygon, tag);
  }

  void disc(double share, double z, double radius, std::uint16_t tag) {
    std::vector<Vec2d> polygon;
    for (int i = 0; i < 10; ++i) {
      const double a = 2 * std::numbers::pi * i / 10;
      polygon.emplace_back(w(share) + radius * std::cos(a), z + radius * std::sin(a));
    }
    draw_at(polygon, tag);
  }

 private:
  [[nodiscard]] double w(double share) const { return inner_w_ + share * (outer_w_ - inner_w_); }

  void draw_at(const std::vector<Vec2d>& polygon, std::uint16_t tag) {
    const Vec3d view = view_;
    pen_.region(prism(polygon, along_, {0, 0, 1}), tag,
                [view](const Vec3d& p, const Vec3d& n, std::uint16_t) {
                  return glm::dot(n, view) > 0.2 && p.x * view.x > 0;
                });
  }

  FeaturePen& pen_;
  Vec3d view_;
  Vec3d along_{0};
  double inner_w_ = 0;
  double outer_w_ = 0;
};

void draw_headlamps(FeaturePen& pen) {
  const VehicleShape& s = pen.shape();
  const double h = s.height_m;
  const bool van = s.style == BodyStyle::kVan;
  const bool suv = is_tall(s.style);
  const double low = (van ? .248 : suv ? .462 : .428) * h;
  const double high = (van ? .322 : suv ? .520 : .492) * h;
  const double d = high - low;
  const double lift = van ? .075 : .030;
  CornerLamp lamp(pen, true, (van ? 0.27 : 0.235) * s.width_m, van ? 0.42 : 0.46,
                  0.5 * (low + high));
  lamp.draw({{0, low + .40 * d},
             {.12, low},
             {.62, low + .05 * d},
             {.90, low + .45 * d + lift},
             {1.0, high + lift},
             {.70, high + .75 * lift},
             {0, high - .06 * d}},
            kLampHousing);
  lamp.disc(.26, low + .52 * d, .36 * d, kLampLens);
  lamp.disc(.50, low + .58 * d, .36 * d, kLampLens);
  lamp.draw({{.62, low + .32 * d},
             {.74, low + .40 * d},
             {.78, high - .05 * d + .5 * lift},
             {.66, high - .05 * d + .4 * lift}},
            kAmber);
  lamp.draw({{.10, low + .03},
             {.13, low + .006},
             {.62, low + .05 * d + .006},
             {.62, low + .05 * d + .024},
             {.14, low + .026}},
            kLampGuide);
}

void draw_horizontal_tail_lamps(FeaturePen& pen) {
  const VehicleShape& s = pen.shape();
  const double h = s.height_m;
  const bool sedan = has_boot(s.style);
  const bool coupe = s.style == BodyStyle::kCoupe;
  const double low = (coupe ? .545 : sedan ? .590 : .572) * h;
  const double high = (coupe ? .635 : sedan ? .682 : .676) * h;
  const double d = high - low;
  CornerLamp lamp(pen, false, (sedan && !coupe ? .27 : .30) * s.width_m, .30, .5 * (low + high));
  lamp.draw({{0, low + .25 * d},
             {.10, low},
             {.80, low + .05 * d},
             {1.0, high + .10 * d},
             {.70, high + .12 * d},
             {.05, high - .05 * d}},
            kTailLamp);
  lamp.draw(
      {{.06, low + .06 * d}, {.74, low + .10 * d}, {.76, low + .34 * d}, {.06, low + .32 * d}},
      kTailDark);
  lamp.draw(
      {{.08, low + .10 * d}, {.24, low + .11 * d}, {.24, low + .29 * d}, {.08, low + .28 * d}},
      kReverseLamp);
  lamp.draw(
      {{.48, low + .13 * d}, {.68, low + .14 * d}, {.68, low + .31 * d}, {.48, low + .30 * d}},
      kAmber);
}

void draw_vertical_tail_lamps(FeaturePen& pen) {
  const VehicleShape& s = pen.shape();
  const double h = s.height_m;
  const bool van = s.style == BodyStyle::kVan;
  const bool pickup = s.style == BodyStyle::kPickup;
  const double low = (van ? .30 : pickup ? .45 : .54) * h;
  const double high = (van ? .46 : pickup ? .63 : .74) * h;
  const double d = high - low;
  CornerLamp lamp(pen, false, (van ? .435 : .36) * s.width_m, van ? .10 : .24, low + .3 * d);
  lamp.draw({{0, low}, {.9, low}, {1, high}, {.25, high}, {0, low + .6 * d}}, kTailLamp);
  lamp.draw(
      {{.12, low + .34 * d}, {.85, low + .34 * d}, {.88, low + .50 * d}, {.12, low + .50 * d}},
      kAmber);
  lamp.draw(
      {{.12, low + .06 * d}, {.85, low + .06 * d}, {.85, low + .20 * d}, {.12, low + .20 * d}},
      kReverseLamp);
}

void draw_high_stop_lamp(FeaturePen& pen) {
  const VehicleShape& s = pen.shape();
  const double z = s.rear_glass_top_z_m + (s.style == BodyStyle::kVan ? .10 : .014);
  if (has_boot(s.style)) return;  // behind the glass
  pen.rear({{-.02, z}, {.15, z}, {.15, z + .016}, {-.02, z + .016}}, kTailDark);
}

}  // namespace

void draw_lamps(FeaturePen& pen) {
  draw_headlamps(pen);
  const BodyStyle style = pen.shape().style;
  if (style == BodyStyle::kVan || style == BodyStyle::kEstate || style == BodyStyle::kPickup) {
    draw_vertical_tail_lamps(pen);
  } else {
    draw_horizontal_tail_lamps(pen);
  }
  draw_high_stop_lamp(pen);
}

}  // namespace oddroad::asset

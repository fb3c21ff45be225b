// Where windows, lamps, gaps, grilles and wheel houses lie on the skin, cut into it.
#pragma once

#include "engine/asset/vehicle_cut.h"
#include "engine/asset/vehicle_field.h"

namespace oddroad::asset {

// Tag of skin that will be taken away for the wheel houses.
inline constexpr std::uint16_t kWheelHouseTag = 0xfff0;
// Painted skin that is pressed inwards.
inline constexpr std::uint16_t kPressedTag = 0xfff1;

// A prism over a convex polygon drawn in the projection (dot(p, a), dot(p, b)).
ConvexCell prism(const std::vector<math::Vec2d>& polygon, const math::Vec3d& a,
                 const math::Vec3d& b);

// Draws on the half skin (y >= 0) through projections; each call cuts and tags.
class FeaturePen {
 public:
  FeaturePen(BodySkin& skin, const BodyField& field) : skin_(skin), field_(field) {}

  // Polygons are convex. From the side (x, z), the front or the rear (y, z), above (x, y).
  void side(const std::vector<math::Vec2d>& polygon, std::uint16_t tag);
  void front(const std::vector<math::Vec2d>& polygon, std::uint16_t tag);
  void rear(const std::vector<math::Vec2d>& polygon, std::uint16_t tag);
  void top(const std::vector<math::Vec2d>& polygon, std::uint16_t tag);
  // Lines of constant width on painted skin.
  void side_line(const std::vector<math::Vec2d>& path, double width_m, std::uint16_t tag);
  void front_line(const std::vector<math::Vec2d>& path, double width_m, std::uint16_t tag);
  void rear_line(const std::vector<math::Vec2d>& path, double width_m, std::uint16_t tag);
  void top_line(const std::vector<math::Vec2d>& path, double width_m, std::uint16_t tag);
  // Everything in the cell that the filter lets through.
  void region(const ConvexCell& cell, std::uint16_t tag, const CutFilter& filter);

  [[nodiscard]] const BodyField& field() const { return field_; }
  [[nodiscard]] const VehicleShape& shape() const { return field_.shape(); }
  BodySkin& skin() { return skin_; }

 private:
  void lines(const std::vector<math::Vec2d>& path, double width_m, const math::Vec3d& a,
             const math::Vec3d& b, std::uint16_t tag, const CutFilter& filter);
  BodySkin& skin_;
  const BodyField& field_;
};

void draw_windows(FeaturePen& pen);
void draw_lamps(FeaturePen& pen);
void draw_front(FeaturePen& pen);  // grille, intakes, bonnet
void draw_rear(FeaturePen& pen);   // tailgate, bumper, reflectors
void draw_sides(FeaturePen& pen);  // doors, sills, trims
void mark_wheel_houses(FeaturePen& pen);

// Distance from the middle to the inner wall of a wheel house.
double wheel_house_depth_y(const VehicleShape& shape, bool front);
// Distance from the middle to the middle of a wheel.
double wheel_y(const BodyField& field, bool front);
// The point of the skin straight ahead of, behind, beside or above a point inside.
math::Vec3d skin_ahead(const BodyField& field, double y, double z);
math::Vec3d skin_behind(const BodyField& field, double y, double z);
math::Vec3d skin_beside(const BodyField& field, double x, double z);
math::Vec3d skin_above(const BodyField& field, double x, double y);

}  // namespace oddroad::asset

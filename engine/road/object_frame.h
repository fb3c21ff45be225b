// Where one copy of an object stands and how its own coordinates lead into the map. Internal.
#pragma once

#include "engine/road/placed_objects.h"

namespace oddroad::road {

// What a repeat (or the object itself) says of one copy.
struct CopySpec {
  double s_m = 0, t_m = 0, z_offset_m = 0;
  double length_m = 0, width_m = 0, height_m = 0, radius_m = 0;
};

class ObjectFrame {
 public:
  ObjectFrame(const Road& road, const RoadObject& object, const CopySpec& spec);
  // Stands at a given place with a given heading instead (detached repeats).
  ObjectFrame(const Road& road, const RoadObject& object, const CopySpec& spec,
              const math::Vec3d& origin, double heading_rad);

  [[nodiscard]] const math::Affine3d& T_map_object() const { return T_map_object_; }
  void set_pose(PlacedObject& out) const;
  // A corner as the file has it; flat objects lie on the road.
  [[nodiscard]] OutlinePoint corner(const OutlineCorner& corner) const;
  // A point of the object's own frame.
  [[nodiscard]] math::Vec3d local(double u_m, double v_m, double w_m) const;

 private:
  void set_axes(double heading_rad);
  [[nodiscard]] double height_of(const OutlineCorner& corner) const;
  [[nodiscard]] math::Vec3d on_road(double s_m, double t_m, double h_m) const;

  const Road* road_;
  const RoadObject* object_;
  CopySpec spec_;
  math::Affine3d T_map_object_;
};

}  // namespace oddroad::road

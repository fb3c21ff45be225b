// Every object of a map resolved into the map frame: what is needed to build it, without OpenDRIVE.
// Metres and radians; map frame x east, y north, z up.
#pragma once

#include <string>
#include <vector>

#include "engine/math/affine.h"
#include "engine/road/road_map.h"

namespace oddroad::road {

struct OutlinePoint {
  math::Vec3d base{0};
  math::Vec3d top{0};  // base raised by the height there; equal to base where the thing is flat
};

// Corners in file order. Closed: a polygon; a body between base and top where they differ. Open: a
// chain of walls.
struct PlacedOutline {
  bool closed = true;
  bool outer = true;  // else a hole in the outline before it
  std::string fill_type;
  std::vector<OutlinePoint> points;
};

// A cross section of a body drawn along the road: width across (centred on base), height up.
struct PathPoint {
  math::Vec3d base{0};
  math::Vec3d left{0, 1, 0};
  math::Vec3d up{0, 0, 1};
  double width_m = 0;
  double height_m = 0;
  double radius_m = 0;  // where the file gives a round body instead
};

struct PlacedMarking {
  std::vector<math::Vec3d> line;  // over the surface by the file's offset
  double width_m = 0.12;
  std::string color;
  // Dashes count from dash_start_m along the line to dash_end_m before its end; space 0: unbroken.
  double dash_m = 0, space_m = 0;
  double start_m = 0, stop_m = 0;
};

struct PlacedObject {
  int road = 0;    // index into RoadMap::roads
  int object = 0;  // index into Road::objects: id, type, name, validity, material
  int copy = 0;    // number within its repeats, counted from 0
  ObjectKind kind = ObjectKind::kOther;
  double s_m = 0, t_m = 0;
  // The object's own frame: u along its heading, v left, w up; origin at its foot. A box without
  // outlines is centred there: +-length/2 along u, +-width/2 along v, 0 to height along w.
  math::Affine3d T_map_object;
  double heading_rad = 0;
  double pitch_rad = 0;                                          // positive lifts the front
  double roll_rad = 0;                                           // positive lifts the left side
  double length_m = 0, width_m = 0, height_m = 0, radius_m = 0;  // 0: not said
  std::vector<PlacedOutline> outlines;  // flat kinds of a stated size always have one
  std::vector<PathPoint> path;  // two or more: one body drawn along them, and no box or outline
  std::vector<PlacedMarking> markings;
};

struct PlacedObjects {
  std::vector<PlacedObject> objects;  // in map order
  core::Diagnostics warnings;
};

// Repeats become copies; distances below 1 cm one continuous body. What would be more than 20,000
// copies of one repeat or 2,000,000 points in all is cut, with a warning.
PlacedObjects place_objects(const RoadMap& map);

}  // namespace oddroad::road

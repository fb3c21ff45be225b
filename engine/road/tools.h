// What the commands `road info | sample | draw` print, as pure functions.
#pragma once

#include <string>

#include "engine/road/road_map.h"
#include "engine/road/svg.h"

namespace oddroad::road {

// Roads with length, type and lanes by type; junctions; warnings.
std::string road_info(const RoadMap& map);

// "road,lane,s,x,y,z,heading,width" for the centre of every lane every step_m and at the ends of
// every lane section; heading is that of the lane's traffic.
std::string road_sample_csv(const RoadMap& map, double step_m);

struct DrawOptions {
  bool road_ids = true;
  bool directions = true;  // arrows along drivable lanes
  bool directions_in_junctions = true;
};
// Lanes coloured by type, marks, road ids, within the canvas' view.
void draw_roads(SvgCanvas& canvas, const RoadMap& map, const DrawOptions& options = {});
// The whole map: lanes, marks, junction links, objects, signals with where they look and where
// their lanes stop, bridges and tunnels, with scale and legend.
std::string road_draw_svg(const RoadMap& map);

}  // namespace oddroad::road

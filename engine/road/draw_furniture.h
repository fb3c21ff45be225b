// Objects, signals, bridges, tunnels and junction links in a drawing. Internal to engine/road.
#pragma once

#include <map>
#include <string>

#include "engine/road/placed_objects.h"
#include "engine/road/placed_signals.h"
#include "engine/road/svg.h"

namespace oddroad::road {

// Name of what was drawn -> colour, for the legend.
using Legend = std::map<std::string, std::string>;

void draw_structures(SvgCanvas& canvas, const RoadMap& map, Legend& legend);
void draw_objects(SvgCanvas& canvas, const RoadMap& map, const PlacedObjects& placed,
                  Legend& legend);
// Centre lines of driving lanes inside junctions, and dots where lanes join there.
void draw_junction_links(SvgCanvas& canvas, const LaneGraph& graph, Legend& legend);
// A mark where each stands with a tick to where it looks, and bars where its lanes stop.
void draw_signals(SvgCanvas& canvas, const LaneGraph& graph, const PlacedSignals& placed,
                  Legend& legend);

}  // namespace oddroad::road

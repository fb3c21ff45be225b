// What tells a level from the full model: distances between surfaces, areas, outlines.
#pragma once

#include <map>
#include <vector>

#include "engine/asset/model.h"

namespace oddroad::asset::testing {

struct Facet {
  std::array<math::Vec3d, 3> corners;
  std::uint16_t material = 0;
};

// All triangles in the model frame; `leaves`: those of leaf materials, or all others.
std::vector<Facet> facets(const Model& model, bool leaves);

// The farthest of `samples` points of `from`, spread by area and over corners, from `to`.
double farthest_m(const std::vector<Facet>& from, const std::vector<Facet>& to, int samples);

// Square metres by material.
std::map<std::uint16_t, double> areas_m2(const std::vector<Facet>& facets);

// Square metres that a model covers seen along an axis (0 to 2) from infinity, by cells.
double outline_m2(const Model& model, int axis, double cell_m);

}  // namespace oddroad::asset::testing

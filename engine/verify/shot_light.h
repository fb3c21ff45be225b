// Where the light of a shot may come from: surfaces on its axis and in its footprint, behind panes
// and in mirrors. By own rays in double precision.
#pragma once

#include <vector>

#include "engine/verify/sweep.h"

namespace oddroad::verify {

// A surface that light reaches, and the straight ray that ends there.
struct Reached {
  Hit hit;
  Ray ray;
  double range_m = 0;  // along the whole way
};

// The axis, and where the device has a footprint the four rays around it (scenarios/labels.md).
std::vector<Ray> footprint(const Sweep& sweep, const Shot& shot, std::int64_t time_ns);

// What a ray meets: the first surface and, while it is a pane or touches one (capture::kPaneM),
// what lies behind, up to three panes.
std::vector<Reached> reached(const Sweep& sweep, const Ray& ray);

// What the first surface shows as a mirror; empty if it is none that could.
std::vector<Reached> mirrored(const Sweep& sweep, const Ray& ray);

}  // namespace oddroad::verify

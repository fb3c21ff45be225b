// Where puddles stand, for a share of level ground under water (render/shaders/puddles.h).
#pragma once

namespace oddroad::scene {

// The hollows deeper than this hold water, so that `share` of level ground is more than half
// covered; to within a tenth of the share, or half a percent of the ground. Nothing is under water
// at 0.
float puddle_level(double share);

}  // namespace oddroad::scene

// What of a device's physics is at work. With all off a cloud is exact geometry: every beam that
// meets a surface in range gives one point on it.
#pragma once

#include "engine/core/result.h"
#include "engine/core/yaml.h"

namespace oddroad::lidar {

struct Effects {
  bool noise = true;         // of ranges, and their quantisation
  bool detection = true;     // weak echoes are lost; intensities fluctuate
  bool false_alarms = true;  // noise that is taken for an echo
  bool divergence = true;    // footprints across edges: mixed points, several echoes
  bool glass = true;         // beams go on behind panes
  bool mirrors = true;       // one bounce off panes, paint and water: ghosts
  bool retro = true;         // sheeting outshines its surroundings, comes early, crosses over
  bool air = true;           // rain, snow, fog, dust, smoke and spray take light and send it back
  bool ground = true;        // films, puddles and snow on surfaces
  bool ambient = true;       // daylight's noise

  static constexpr Effects none() {
    return {false, false, false, false, false, false, false, false, false, false};
  }
  bool operator==(const Effects&) const = default;
};

// `all`, `none`, or a map of those that are not as usual: {air: false}.
core::Result<Effects> read_effects(const core::YamlNode& node);

}  // namespace oddroad::lidar

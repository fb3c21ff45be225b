// Cameras by name: `preset: kitti` in a rig stands for the settings of a camera of that kind, which
// the rig's own keys replace. Numbers: Geiger et al. (KITTI, CVPR 2012), Caesar et al. (nuScenes,
// CVPR 2020), Sun et al. (Waymo Open, CVPR 2020) for resolution and angles; data sheets of the
// ICX267, EV76C570, AR0231 and AR0820 class for pixels, full wells and noise; what is not published
// is what such lenses and chips usually have. Hot pixels are those that a camera's own correction
// leaves.
#pragma once

#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/core/yaml.h"

namespace oddroad::capture {

// kitti, nuscenes, nuscenes_back, waymo_front, waymo_side, generic_2mp, generic_8mp,
// fisheye_surround
const std::vector<std::string>& camera_presets();

// The settings of a camera with its preset filled in; as they are where they name none. Maps inside
// are merged key by key, but a lens is replaced whole; `fov` replaces `focal_px` and the other way
// round, and a size or a focal length of its own moves the principal point to the middle.
// Errors: an unknown preset.
core::Result<core::YamlNode> with_camera_preset(const core::YamlNode& camera);

}  // namespace oddroad::capture

// What the checks of one clip share.
#pragma once

#include <filesystem>
#include <map>
#include <vector>

#include "engine/verify/files.h"
#include "engine/verify/mesh_tree.h"
#include "engine/verify/rebuild.h"
#include "engine/verify/records.h"
#include "engine/verify/report.h"
#include "engine/world/scene_window.h"

namespace oddroad::verify {

struct ClipContext {
  std::filesystem::path folder;
  capture::Ontology ontology;
  ClipRecord clip;
  CalibrationRecord calibration;
  ManifestRecord manifest;
  Npy timeline;
  std::map<std::string, std::vector<FrameRecord>> frames;  // by sensor, ascending tick
  RebuiltClip rebuilt;

  [[nodiscard]] const world::Actor& ego() const {
    return rebuilt.timeline.actors.at(rebuilt.timeline.ego);
  }
};

}  // namespace oddroad::verify

// What a clip needs to be made again: its scenario and every file that reads.
#pragma once

#include "engine/core/result.h"
#include "engine/dataset/clip_writer.h"
#include "engine/scenario/scenario.h"

namespace oddroad::pipeline {

// The scenario as resolved, naming its files below inputs/, and those files: map and rig by their
// names, tables that values are drawn from, devices of the user that lie beside the rig as it names
// them, each model with what it refers to in a folder named after its actor. The devices and the
// catalog that oddroad ships belong to the software, whose version the clip records. Errors: a file
// that cannot be read, a model that refers to something outside its folder.
core::Result<dataset::ClipSource> clip_source(const scenario::Scenario& scenario);

}  // namespace oddroad::pipeline

// What an OpenLABEL file says of a whole clip.
#pragma once

#include <vector>

#include "engine/exchange/clip_sensors.h"
#include "engine/exchange/openlabel_json.h"

namespace oddroad::exchange::openlabel {

Json metadata(const ExportClip& clip);
Json ontologies(const FormatContext& context);
Json coordinate_systems(const ExportClip& clip, const std::vector<ClipSensor>& sensors);
Json streams(const ExportClip& clip, const std::vector<ClipSensor>& sensors);

// Elements that hold for instants of the clip. `frames`: stamps, ascending.
Json events(const dataset::ClipInfo& info, const std::vector<Tick>& frames);
Json contexts(const dataset::ClipInfo& info, const std::vector<Tick>& frames);

}  // namespace oddroad::exchange::openlabel

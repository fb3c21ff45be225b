// Checks of what holds for a whole clip.
#pragma once

#include <filesystem>

#include "engine/verify/clip_context.h"
#include "engine/verify/report.h"

namespace oddroad::verify {

// `manifest`: every file is there with its size and SHA-256, and nothing else is.
void check_manifest(const std::filesystem::path& folder, const ManifestRecord& manifest,
                    Report& report);
// `clip`: what clip.json says against the clip made again.
void check_clip(const ClipContext& context, Report& report);
// `timeline`: every actor's state at every 10 ms.
void check_timeline(const ClipContext& context, Report& report);
// `frames`: names, ticks, stamps and ego poses of all frames of all sensors.
void check_frames(const ClipContext& context, Report& report);
// `sightings`: first and last frames in which each sensor saw each object.
void check_sightings(const ClipContext& context, Report& report);
// `facts`: collisions, least gaps and least times to collision against the recorded tracks.
void check_facts(const ClipContext& context, Report& report);
// `tracks`: over all frames an id keeps its name, class and size, and moves as its velocity says.
void check_tracks(const ClipContext& context, Report& report);
// `turns`: in every 10 ms each actor turns about the vertical as its yaw rate says.
void check_turns(const ClipContext& context, Report& report);

}  // namespace oddroad::verify

// From a sample's index to its outcome: a dry run, and looks at the target where they are asked
// for.
#pragma once

#include "engine/explore/outcome.h"
#include "engine/explore/sighting.h"
#include "engine/pipeline/clip_job.h"

namespace oddroad::explore {

struct MeasureJob {
  const pipeline::ScenarioSetup& setup;
  const capture::Ontology& ontology;
  sim::RememberedModels& models;
  scene::RayCasterFactory& rays;
  std::string target;
  std::uint64_t seed = 0;
  bool by_sight = false;  // also what needs rays
};

// Looks a second.
inline constexpr double kLooks_hz = 5;

// Thread-safe. Errors: the sample cannot be drawn or played, it has no such target, models.
core::Result<Outcome> measure(const MeasureJob& job, std::uint32_t index);

// What sightings, ascending in time, come to: first_seen, occlusion, pixels, points.
struct Seen {
  std::optional<double> first_m, occlusion, pixels, points;
};
Seen summed_up(const std::vector<Sighting>& sightings, bool has_lidar);

}  // namespace oddroad::explore

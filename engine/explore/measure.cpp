#include "engine/explore/measure.h"

#include <algorithm>
#include <cmath>

namespace oddroad::explore {
namespace {

constexpr std::int64_t kMargin_ns = 100 * world::kMillisecondNs;  // of half a sweep, and more

const world::EncounterFact* encounter_of(const world::Timeline& timeline,
                                         const sim::InstanceSet& target) {
  for (const world::EncounterFact& fact : timeline.facts.encounters) {
    if (target.contains(fact.other)) return &fact;
  }
  return nullptr;
}

// While something is recorded, until the ego is nearest.
std::vector<std::int64_t> stamps_of(const scenario::Variant& variant,
                                    const world::Timeline& timeline,
                                    const world::EncounterFact& nearest) {
  const auto step = static_cast<std::int64_t>(1e9 / kLooks_hz);
  const auto from = static_cast<std::int64_t>(variant.record.from_s * 1e9);
  const std::int64_t end = std::min(timeline.end_ns - kMargin_ns, nearest.min_gap_ns);
  std::vector<std::int64_t> out;
  for (std::int64_t t = std::max(from, kMargin_ns); t <= end; t += step) {
    out.push_back(t / world::kStepNs * world::kStepNs);
  }
  return out;
}

std::optional<double> finite(double x) {
  return std::isfinite(x) ? std::optional(x) : std::nullopt;
}

}  // namespace

Seen summed_up(const std::vector<Sighting>& sightings, bool has_lidar) {
  Seen out;
  double hidden = 0;
  std::size_t looks = 0, pixels = 0, points = 0;
  for (const Sighting& one : sightings) {
    if (!out.first_m && one.pixels >= kSeen_px) out.first_m = one.gap_m;
    pixels = std::max(pixels, one.pixels);
    points = std::max(points, one.points);
    if (one.alone < kSeen_px) continue;
    ++looks;
    hidden += 1 - static_cast<double>(one.pixels) / static_cast<double>(one.alone);
  }
  if (sightings.empty()) return out;
  if (looks > 0) out.occlusion = hidden / static_cast<double>(looks);
  out.pixels = static_cast<double>(pixels);
  if (has_lidar) out.points = static_cast<double>(points);
  return out;
}

core::Result<Outcome> measure(const MeasureJob& job, std::uint32_t index) {
  auto played = pipeline::rehearse(job.setup, job.seed, index, job.ontology, job.models, job.rays);
  if (!played) return core::forward_error(played);
  world::Timeline& timeline = played->run.timeline;
  const sim::InstanceSet target = target_ids(timeline, job.target);
  const world::EncounterFact* met = encounter_of(timeline, target);
  if (met == nullptr) {
    return core::fail("sample " + std::to_string(index) + " has no '" + job.target + "'");
  }
  Outcome out;
  out.index = index;
  out.values.resize(scenario::outcome_quantities().size());
  out.values[0] = finite(met->min_ttc_s);
  out.values[1] = met->min_gap_ns >= 0 ? finite(met->min_gap_m) : std::nullopt;
  if (job.by_sight && met->min_gap_ns >= 0) {
    const StageBetween stage = [&](const std::vector<sim::Look>& looks) {
      return pipeline::make_stage(job.setup, played->variant, job.ontology, job.models, looks);
    };
    const auto seen = sight(timeline, target, stamps_of(played->variant, timeline, *met),
                            {job.setup.rig, job.models, job.rays, stage});
    if (!seen) return core::forward_error(seen);
    const Seen sum = summed_up(*seen, !job.setup.rig.lidars.empty());
    out.values[2] = sum.first_m;
    out.values[3] = sum.occlusion;
    out.values[4] = job.setup.rig.cameras.empty() ? std::nullopt : sum.pixels;
    out.values[5] = sum.points;
  }
  out.variant = std::move(played->variant);
  return out;
}

}  // namespace oddroad::explore

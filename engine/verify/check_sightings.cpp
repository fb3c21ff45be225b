// What sightings.json says of a clip, against all its frames.
#include <algorithm>

#include "engine/verify/check_clip.h"
#include "engine/verify/json_fields.h"

namespace oddroad::verify {
namespace {

struct Sighting {
  std::int64_t first_ns = 0, last_ns = 0, frames = 0, most = 0;
  bool operator==(const Sighting&) const = default;
};
using Sightings = std::map<std::string, std::map<std::uint16_t, Sighting>>;

core::Result<Sightings> read_sightings(const std::filesystem::path& file) {
  return read_json<Sightings>(file, [](const Json& json) {
    Sightings out;
    for (const auto& [sensor, objects] : json.items()) {
      for (const Json& o : objects) {
        const auto id = whole<std::uint16_t>(o.at("id"));
        if (out[sensor].contains(id)) throw std::invalid_argument("an id twice");
        out[sensor][id] = {whole<std::int64_t>(o.at("first_ns")),
                           whole<std::int64_t>(o.at("last_ns")),
                           whole<std::int64_t>(o.at("frames")), whole<std::int64_t>(o.at("most"))};
      }
    }
    return out;
  });
}

// Cameras see pixels; what their frames say of returns is another sensor's.
Sightings seen_in(const ClipContext& context) {
  Sightings out;
  const auto& cameras = context.calibration.cameras;
  for (const auto& [sensor, of_sensor] : context.frames) {
    const bool camera = std::any_of(cameras.begin(), cameras.end(), [&](const CameraRecord& c) {
      return c.name == sensor;
    });
    for (const FrameRecord& frame : of_sensor) {
      const auto see = [&](std::uint16_t id, std::int64_t amount) {
        if (amount == 0) return;
        auto [entry, is_new] = out[sensor].try_emplace(id);
        Sighting& s = entry->second;
        s.first_ns = is_new ? frame.stamp_ns : std::min(s.first_ns, frame.stamp_ns);
        s.last_ns = is_new ? frame.stamp_ns : std::max(s.last_ns, frame.stamp_ns);
        s.most = std::max(s.most, amount);
        ++s.frames;
      };
      for (const ImageObjectRecord& object : frame.in_image) see(object.id, object.visible_px);
      if (camera) continue;
      for (const WorldObjectRecord& object : frame.in_world) see(object.id, object.returns_by_id);
    }
  }
  return out;
}

std::string to_text(const Sighting& s) {
  return std::to_string(s.frames) + " frames from " + std::to_string(s.first_ns) + " to " +
         std::to_string(s.last_ns) + " ns, at most " + std::to_string(s.most);
}

}  // namespace

void check_sightings(const ClipContext& context, Report& report) {
  Check& check = report["sightings"];
  auto recorded = read_sightings(context.folder / "sightings.json");
  if (!recorded) {
    check.disagree(1e9, [&] {
      return Disagreement{"sightings.json", "", core::to_string(recorded.error()), "sightings"};
    });
    return;
  }
  std::map<std::pair<std::string, std::uint16_t>, std::pair<Sighting, Sighting>> pairs;
  for (const auto& [sensor, objects] : *recorded) {
    for (const auto& [id, s] : objects) pairs[{sensor, id}].first = s;
  }
  for (const auto& [sensor, objects] : seen_in(context)) {
    for (const auto& [id, s] : objects) pairs[{sensor, id}].second = s;
  }
  for (const auto& [key, pair] : pairs) {
    const auto& [found, expected] = pair;
    check.compare(found == expected ? 0 : 1, 0, [&] {
      return Disagreement{"sightings.json", key.first + ", object " + std::to_string(key.second),
                          to_text(found), to_text(expected)};
    });
  }
}

}  // namespace oddroad::verify

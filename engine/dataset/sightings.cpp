#include "engine/dataset/sightings.h"

#include <algorithm>

#include "engine/dataset/json_types.h"

namespace oddroad::dataset {

void Sightings::note(Sighting& sighting, std::int64_t stamp_ns, std::int64_t amount) {
  const bool is_new = sighting.frames == 0;
  sighting.first_ns = is_new ? stamp_ns : std::min(sighting.first_ns, stamp_ns);
  sighting.last_ns = is_new ? stamp_ns : std::max(sighting.last_ns, stamp_ns);
  sighting.most = std::max(sighting.most, amount);
  ++sighting.frames;
}

void Sightings::add(const capture::CameraFrame& frame) {
  auto& seen = seen_[frame.stamp.sensor];
  for (const capture::ObjectInImage& object : frame.objects) {
    if (object.visible_px == 0) continue;
    note(seen[object.id.value], frame.stamp.stamp_ns, object.visible_px);
  }
}

void Sightings::add(const capture::LidarFrame& frame) {
  auto& seen = seen_[frame.stamp.sensor];
  for (const capture::ObjectInWorld& object : frame.world) {
    if (object.returns_by_id == 0) continue;
    note(seen[object.id.value], frame.stamp.stamp_ns, object.returns_by_id);
  }
}

std::string Sightings::encode() const {
  Json out = Json::object();
  for (const auto& [sensor, objects] : seen_) {
    Json list = Json::array();
    for (const auto& [id, s] : objects) {
      list.push_back({{"id", id},
                      {"first_ns", s.first_ns},
                      {"last_ns", s.last_ns},
                      {"frames", s.frames},
                      {"most", s.most}});
    }
    out[sensor] = std::move(list);
  }
  return dump_json(out);
}

}  // namespace oddroad::dataset

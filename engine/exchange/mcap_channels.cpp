#include "engine/exchange/mcap_channels.h"

#include "engine/exchange/foxglove_schemas.h"

namespace oddroad::exchange {

McapChannels::McapChannels(const std::vector<ClipSensor>& recorded) {
  transforms = add("/tf", "FrameTransforms");
  objects = add("/objects", "SceneUpdate");
  for (const ClipSensor& sensor : recorded) {
    const std::string topic = "/" + sensor.name + "/";
    OfSensor& own = sensors.emplace_back();
    if (sensor.kind == SensorKind::kCamera) {
      own.image = add(topic + "image", "CompressedImage");
      own.calibration = add(topic + "calibration", "CameraCalibration");
      own.annotations = add(topic + "annotations", "ImageAnnotations");
    } else {
      own.points = add(topic + "points", "PointCloud");
    }
  }
}

std::uint16_t McapChannels::add(const std::string& topic, const std::string& type) {
  const auto next = static_cast<std::uint16_t>(schemas.size() + 1);
  const auto [schema, is_new] = schema_ids_.try_emplace(type, next);
  if (is_new) schemas.push_back({next, schema_name(type), "protobuf", foxglove_schema(type)});
  const auto id = static_cast<std::uint16_t>(channels.size() + 1);
  channels.push_back({id, schema->second, topic, "protobuf"});
  return id;
}

}  // namespace oddroad::exchange

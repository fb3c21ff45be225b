// The channels of a clip's MCAP file: their topics, types and numbers.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/exchange/clip_sensors.h"
#include "engine/exchange/mcap_writer.h"

namespace oddroad::exchange {

struct McapChannels {
  explicit McapChannels(const std::vector<ClipSensor>& sensors);

  // Of a sensor, by its place in the list.
  struct OfSensor {
    std::uint16_t image = 0, calibration = 0, annotations = 0;  // cameras
    std::uint16_t points = 0;                                   // LiDARs and radars
  };

  std::vector<mcap::Schema> schemas;  // of the types in use
  std::vector<mcap::Channel> channels;
  std::uint16_t transforms = 0, objects = 0;
  std::vector<OfSensor> sensors;

  // One more; `type` as in foxglove_schemas.h.
  std::uint16_t add(const std::string& topic, const std::string& type);

 private:
  std::map<std::string, std::uint16_t> schema_ids_;
};

}  // namespace oddroad::exchange

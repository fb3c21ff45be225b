// Message types as Protocol Buffers describe them, names and numbers of fields: Foxglove's, of the
// .proto files in https://github.com/foxglove/foxglove-sdk (schemas/proto/foxglove, MIT licence);
// for what they have no type for, those of ROS in https://github.com/foxglove/schemas (proto/ros,
// MIT licence).
#pragma once

#include <string>

namespace oddroad::exchange {

// `type`: "PointCloud", "ros.sensor_msgs.Imu", one of those that messages are made of
// (foxglove_messages.h, motion_messages.h).
// With its package: "foxglove.PointCloud".
std::string schema_name(const std::string& type);
// A serialised FileDescriptorSet with the type and all that it uses, dependencies first, as
// `protoc --include_imports` makes it.
std::string foxglove_schema(const std::string& type);

}  // namespace oddroad::exchange

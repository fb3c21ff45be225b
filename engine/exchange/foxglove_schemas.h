// Foxglove's message types as Protocol Buffers describe them: names and numbers of fields of the
// .proto files in https://github.com/foxglove/foxglove-sdk (schemas/proto/foxglove, MIT licence).
#pragma once

#include <string>

namespace oddroad::exchange {

// A serialised FileDescriptorSet with the type and all that it uses, dependencies first, as
// `protoc --include_imports` makes it. `type`: "PointCloud", one of those that messages are made of
// (foxglove_messages.h).
std::string foxglove_schema(const std::string& type);

}  // namespace oddroad::exchange

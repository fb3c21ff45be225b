// The files that a rig names: device models of its user, with their tables.
#pragma once

#include <string>
#include <vector>

namespace oddroad::scenario {

struct RigFile {
  std::string name;  // as a copy of the rig finds it beside itself: "my_lidar.yaml"
  std::string path;  // absolute
  bool operator==(const RigFile&) const = default;
};

// The `model:` of sensors that is a path that ends in .yaml, and the `table:` of each such file, in
// the order of the rig, each once. What cannot be read, or does not lie beside the rig or in
// folders below, is left out: each sensor reads its own settings and says what is wrong with them.
std::vector<RigFile> rig_files(const std::string& rig_path);

}  // namespace oddroad::scenario

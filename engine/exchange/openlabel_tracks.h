// Over all frames of a clip: when each object, each of its data and each of its actions is there.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/dataset/clip_info.h"
#include "engine/exchange/format.h"
#include "engine/exchange/openlabel_json.h"

namespace oddroad::exchange::openlabel {

// An object in one frame.
struct Sight {
  core::InstanceId id;
  core::ClassId class_id;
  std::string name, type;  // of the actor, of the catalog
  core::InstanceId rides;
  math::Vec3d track_size_m{0};
  std::map<std::string, std::string> data;  // names to types of OpenLABEL: "velocity" to "vec"
  std::vector<std::string> actions;         // "moving", "braking", ...
};

// Closed intervals of frames.
class Intervals {
 public:
  void add(int frame);  // ascending
  [[nodiscard]] Json json() const;

 private:
  std::vector<std::pair<int, int>> list_;
};

class Tracks {
 public:
  void add(int frame, const std::vector<Sight>& sights);  // ascending

  [[nodiscard]] Json objects(const ClassNames& classes) const;
  [[nodiscard]] Json actions() const;
  // Who rides what, and who does which action.
  [[nodiscard]] Json relations() const;

 private:
  struct Data {
    std::string type;
    Intervals frames;
  };
  struct Object {
    Sight first;
    Intervals frames;
    std::map<std::string, Data> data;
  };
  std::map<core::InstanceId, Object> objects_;
  std::map<std::pair<core::InstanceId, std::string>, Intervals> actions_;
};

}  // namespace oddroad::exchange::openlabel

// A clip of somebody else's dataset in our own types. What a source does not say stays open and is
// marked so; nothing is made up:
//   numbers                  NaN: velocities, weather, noise of devices
//   pixels and returns       -1 (visible_px, in_frame_px, unoccluded_px, returns_by_id)
//   2-D boxes                empty
//   what a point hit         class 0, id 0, cause 0 (kUnknownCause)
//   how a LiDAR scans        all zero, no beams
//   how a radar scans        all zero or NaN, no scans
//   masks, depth             not recorded
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "engine/capture/frames.h"
#include "engine/capture/ontology.h"
#include "engine/capture/radar.h"
#include "engine/capture/rig.h"
#include "engine/core/result.h"
#include "engine/dataset/clip_info.h"
#include "engine/exchange/format.h"
#include "engine/world/timeline.h"

namespace oddroad::exchange {

inline constexpr std::uint8_t kUnknownCause = 0;
inline constexpr std::int64_t kUnknownCount = -1;

inline bool is_imported(const dataset::ClipInfo& info) {
  return info.identity.visibility == "imported";
}

// A camera's frame; its picture as it lies in the source (`frame.rgb` is empty).
struct ImportedPicture {
  capture::CameraFrame frame;
  std::string bytes;
  bool jpeg = false;  // else PNG
};
using ImportedCapture = std::variant<ImportedPicture, capture::LidarFrame, capture::RadarFrame>;

struct ImportedClip {
  dataset::ClipInfo info;
  capture::Calibration calibration;
  world::Timeline timeline;
  std::size_t captures = 0;
  // Any thread.
  std::function<core::Result<ImportedCapture>(std::size_t)> capture;
};

class ImportSource {
 public:
  virtual ~ImportSource() = default;
  [[nodiscard]] virtual std::size_t clips() const = 0;
  [[nodiscard]] virtual std::string name(std::size_t clip) const = 0;
  // Any thread. Errors: all that is wrong with the clip's files, with places.
  virtual core::Result<ImportedClip> read(std::size_t clip) = 0;
};

struct ImportContext {
  const capture::Ontology& ontology;
  std::string software;  // version, as clips name it
  ExportNotes& notes;    // counts, and what was left behind
};

struct ImportTraits {
  std::string name;     // of the command line
  std::string summary;  // one line for --help
  std::function<core::Result<std::unique_ptr<ImportSource>>(const std::filesystem::path&,
                                                            const ImportContext&)>
      open;
};

// --- what all sources need ---

// Who made it and what it was made from; everything else unknown.
dataset::ClipInfo imported_info(const std::string& scenario, std::uint32_t index,
                                const std::string& content, const ImportContext& context);

// Nobody noted it.
world::Environment unknown_weather();

// One state, velocity unknown.
world::ActorState imported_state(const math::Pose& T_world_actor);

struct ImportedThing {
  core::InstanceId id;
  core::ClassId class_id;
  std::string name, type;  // type: the source's own word for it
  math::Vec3d size_m{0};
};
world::Actor imported_actor(const ImportedThing& thing);
// Adds the size of each thing to the actors that describe() listed; the ego has none.
void add_sizes(const std::vector<ImportedThing>& things, dataset::ClipInfo& info);

// A label at the instant of the sensor's stamp.
capture::ObjectInWorld imported_object(const ImportedThing& thing,
                                       const math::OrientedBox& box_world,
                                       const capture::FrameStamp& stamp,
                                       const math::Pose& T_ego_sensor);

// A device of which only the place is known; its points hold for the stamp.
capture::LidarCalibration imported_lidar(const std::string& name, const math::Pose& T_ego_lidar);

// The same of a radar.
capture::RadarCalibration imported_radar(const std::string& name, const math::Pose& T_ego_radar);

// points_in_box of the sweep's objects, from its points.
void count_points(capture::LidarFrame& sweep);

// One point that hit nobody knows what.
void add_point(capture::PointCloud& cloud, math::Vec3f p, float intensity, std::uint16_t ring);

// Decodes it to see that it is a whole picture. Errors: it is not, or no colour picture.
core::Result<capture::Image<capture::Rgb8>> check_picture(const std::string& bytes, bool jpeg,
                                                          const std::filesystem::path& file);

}  // namespace oddroad::exchange

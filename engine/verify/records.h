// What a dataset says of itself, as the proof's own readers understand it. Units and frames as in
// scenarios/labels.md.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/capture/labels.h"
#include "engine/capture/motion_calibration.h"
#include "engine/capture/ontology.h"
#include "engine/capture/radar_calibration.h"
#include "engine/math/affine.h"
#include "engine/math/bounds.h"

namespace oddroad::verify {

struct DatasetRecord {
  std::string format;
  std::int64_t version = 0;
  std::string software;
  capture::Ontology ontology;
};

struct ActorRecord {
  std::uint16_t id = 0;
  std::string name, type;
  std::uint8_t class_id = 0;
  std::uint16_t rides = 0;
  bool is_ego = false;
  math::Aabb box;
};

struct StaticRecord {
  std::uint16_t id = 0;
  std::string name;
  std::uint8_t class_id = 0;
};

struct EventRecord {
  std::int64_t stamp_ns = 0;
  std::string what;
  bool operator==(const EventRecord&) const = default;
};

struct ClipRecord {
  std::string identity;  // the JSON text of it
  std::string scenario, content_hash, software;
  std::uint64_t seed = 0;
  std::uint32_t index = 0, attempt = 0;
  std::map<std::string, std::string> parameters;
  std::map<std::string, double> parameter_values;
  std::map<std::string, double> environment;
  std::string street_lights;
  std::string map, rig;
  std::string site_road;
  double site_s_m = 0, site_length_m = 0;
  std::int64_t site_lane = 0;
  math::Affine3d T_map_world;
  double rate_hz = 0;
  std::vector<std::string> kinds;
  std::int64_t end_ns = 0;
  std::vector<ActorRecord> actors;
  std::vector<StaticRecord> statics;
  std::vector<EventRecord> events;
  std::vector<std::string> materials;

  [[nodiscard]] bool has(const std::string& kind) const;
};

struct CameraRecord {
  std::string name;
  std::string model = "pinhole";  // or brown_conrady, kannala_brandt
  int width_px = 0, height_px = 0;
  double fx_px = 0, fy_px = 0, cx_px = 0, cy_px = 0;
  std::vector<double> distortion;  // OpenCV's order
  double max_angle_rad = 0;        // the lens shows nothing further from its axis; 0 = no limit
  bool rolling = false;
  std::int64_t row_time_ns = 0;
  math::Pose T_ego_camera;
};

struct BeamRecord {
  double elevation_rad = 0, azimuth_offset_rad = 0;
  double vertical_offset_m = 0, horizontal_offset_m = 0;
  std::int64_t fire_time_ns = 0;
  int ring = 0;
  double forward_offset_m = 0;
  int state = 0;
  double range_bias_m = 0;
};

struct RotorRecord {
  double frequency_hz = 0, horizontal_rad = 0, vertical_rad = 0, phase_rad = 0;
};

struct LidarRecord {
  std::string name, model;
  math::Pose T_ego_lidar;
  std::int64_t unit = 0;
  std::int64_t sweep_ns = 0, begin_ns = 0, columns_ns = 0, columns = 0;
  int states = 0;
  double start_azimuth_rad = 0, turn_rad = 0;
  std::vector<RotorRecord> rotors;
  double range_min_m = 0, range_max_m = 0, noise_m = 0, noise_per_m = 0, range_step_m = 0;
  double divergence_h_rad = 0, divergence_v_rad = 0;  // of footprints; 0: rays
  std::string ego_body = "unseen";                    // or masked, recorded
  std::vector<BeamRecord> beams;
};

// Any other sensor: radar, imu, gnss, ins, odometry (which is mounted nowhere).
struct MountRecord {
  std::string type, name, model;
  math::Pose T_ego_sensor;
};

struct CalibrationRecord {
  std::vector<CameraRecord> cameras;
  std::vector<LidarRecord> lidars;
  std::vector<MountRecord> mounts;
  capture::MotionCalibration motion;
  std::vector<capture::RadarCalibration> radars;
};

struct OccluderRecord {
  std::uint16_t id = 0;
  std::int64_t px = 0;
  bool operator==(const OccluderRecord&) const = default;
};

struct KeypointRecord {
  double u_px = 0, v_px = 0;  // NaN where the lens cannot show the point
  int state = 0;              // capture::KeypointState
};

struct ImageObjectRecord {
  std::uint16_t id = 0;
  std::uint8_t class_id = 0;
  capture::Box2 box, amodal, amodal_unclipped;
  double truncation = 0;
  std::int64_t visible_px = 0;
  std::int64_t unoccluded_px = 0;
  std::int64_t in_frame_px = 0;
  std::vector<OccluderRecord> occluders;
  std::int64_t observed_ns = 0;
  math::OrientedBox box_ego_observed;
  std::vector<KeypointRecord> keypoints;
};

struct WorldObjectRecord {
  std::uint16_t id = 0;
  std::uint8_t class_id = 0;
  std::string name, type;
  std::uint16_t rides = 0;
  math::OrientedBox box_ego, box_world, box_sensor;
  math::Vec3d track_size_m{0};
  math::Vec3d velocity_mps{0};
  double acceleration_mps2 = 0;
  double yaw_rate_rps = 0;
  std::int64_t returns_by_id = 0, points_in_box = 0;
  std::int64_t observed_ns = 0;
  math::OrientedBox box_ego_observed;
  bool moving = false, braking = false;
  std::vector<std::string> lit;  // lamps
  std::string indicator;
  std::vector<math::Vec3d> keypoints_ego_m;
};

// Of a LiDAR: turns it beside its calibration, in that order.
struct MisalignmentRecord {
  double yaw_rad = 0, pitch_rad = 0, roll_rad = 0;
};

// The frame that a flow leads to.
struct FlowRecord {
  std::int64_t tick = 0, stamp_ns = 0;
  bool operator==(const FlowRecord&) const = default;
};

// A track that a radar tells.
struct TrackRecord {
  std::int64_t id = 0, missed = 0;
  math::Vec2d position_m{0};  // ego at the stamp
};

struct FrameRecord {
  std::string file;            // relative to the clip
  std::int64_t file_tick = 0;  // as the file is named
  std::string sensor;
  std::int64_t tick = 0;
  std::int64_t stamp_ns = 0;
  math::Pose T_world_ego;
  std::vector<ImageObjectRecord> in_image;
  std::vector<WorldObjectRecord> in_world;
  std::optional<FlowRecord> flow_forward, flow_backward;
  std::vector<MisalignmentRecord> misalignments;
  std::vector<TrackRecord> tracks;
};

struct ManifestRecord {
  std::string identity;  // the JSON text of it
  struct File {
    std::uint64_t bytes = 0;
    std::string sha256;
  };
  std::map<std::string, File> files;
};

}  // namespace oddroad::verify

// What the receiver makes of each shot's light: points, and what became of the shots without one.
#pragma once

#include <optional>

#include "engine/capture/point_cloud.h"
#include "engine/world/material_table.h"
#include "sensors/lidar/air.h"
#include "sensors/lidar/beam_paths.h"
#include "sensors/lidar/droplets.h"
#include "sensors/lidar/echoes.h"
#include "sensors/lidar/first_draws.h"
#include "sensors/lidar/lidar_settings.h"
#include "sensors/lidar/receiver.h"
#include "sensors/lidar/shot_random.h"
#include "sensors/lidar/stray.h"
#include "sensors/lidar/window_mask.h"

namespace oddroad::lidar {

// Everything that the shots of one sweep have in common.
struct SweepLight {
  const LidarSettings& settings;
  const SweepView& view;
  const BeamPaths& paths;
  const std::vector<Stray>& stray;
  const Air& air;
  const Droplets& rain;
  const Droplets& snow;
  const WindowMask& mask;
  std::vector<std::uint8_t> dead_rings;  // 1: does not fire; may be shorter than the rings
  double interference = 0;               // share of shots
  double noise = 1;                      // over that of the data sheet
  std::uint64_t key = 0;                 // of the sweep
  std::int64_t stamp_ns = 0;
  const world::MaterialTable* materials = nullptr;  // kind lidar_geometry
  bool with_rays = false;
};

// Reads shots one after the other; one reader for each run of shots.
class ShotReader {
 public:
  // Shots from `first` on, ascending, which is where the chunk of the legs begins.
  ShotReader(const SweepLight& light, const ChunkLegs& legs, std::size_t first);
  void read(std::size_t shot, SweepOutput& out);

 private:
  // A surface that contributes, and how its light came.
  struct Source {
    const Met* met = nullptr;
    const math::Vec3d* origin = nullptr;  // of the straight piece that ends at it
    const math::Vec3d* direction = nullptr;
  };
  [[nodiscard]] ShotRandom random_of(std::size_t shot);
  void gather(std::size_t shot, ShotRandom& random);
  void add_surface(const Met& met, double gain, double before_m, bool ghost,
                   const math::Vec3d& origin, const math::Vec3d& direction);
  void add_air(double reach_m, ShotRandom& random);
  void add_drops(const Droplets& drops, double reach_m, ShotRandom& random);
  // Of drops, the lowest layer that can change what the device reports.
  [[nodiscard]] int lowest_layer(const Droplets& drops) const;
  void hear(ShotRandom& random);
  [[nodiscard]] capture::PointCause cause_of(const Echo& echo) const;
  void write(std::size_t shot, ShotRandom& random, SweepOutput& out) const;
  void write_surface(const Echo& echo, const Shot& shot, std::size_t point,
                     capture::PointCloud& cloud) const;
  [[nodiscard]] capture::RayEnd end_of(std::size_t shot) const;
  [[nodiscard]] double snr_of(double reflectance_cosine, double range_m) const;
  [[nodiscard]] bool in_range(double range_m) const;

  const SweepLight& light_;
  const ChunkLegs& legs_;
  std::size_t first_;
  Signal signal_;
  double pulse_m_;
  std::array<std::size_t, kLegRounds> next_leg_{};
  std::size_t next_stray_ = 0;
  FirstDraws draws_;
  std::size_t drawn_begin_ = 0, drawn_end_ = 0;  // for these shots

  // Of the shot at hand.
  bool needs_ray_;  // where the axis runs in the world
  SensorPath::Place ray_{math::Vec3d(0), math::Vec3d(0)};
  double passes_ = 1;
  bool dead_ = false;       // its laser does not fire, or the ego's masked body is in the way
  double heard_clear_ = 0;  // the most that a surface sends in clear air through a clean window
  bool out_of_range_ = false;
  std::vector<Source> sources_;
  std::vector<Contribution> parts_;
  std::vector<Echo> echoes_;
};

}  // namespace oddroad::lidar

// One clip as a scene of nuScenes: which captures are keyframes, what their files and rows are.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/exchange/nuscenes_boxes.h"
#include "engine/exchange/nuscenes_sensors.h"
#include "engine/exchange/nuscenes_tables.h"
#include "engine/exchange/scene_times.h"

namespace oddroad::exchange {

// A row of sample_data.
struct NuscenesRecord {
  std::size_t channel = 0;  // index into the scene's channels
  Tick tick;
  std::int64_t stamp_ns = 0;  // nuScenes' instant on our clock
  std::size_t sample = 0;     // keyframe: its own; sweep: the next
  bool keyframe = false;
  std::string token, filename;
};

struct NuscenesSample {
  Tick sweep;
  std::int64_t stamp_ns = 0;
  std::string token;
  std::vector<NuscenesBox> boxes;
  // Of the other sensors: index into records, of those that have a keyframe here.
  std::vector<std::size_t> keyframes;
};

class NuscenesScene : public ClipExport {
 public:
  // `number` and `times` are those of the whole export: the clips before this one decide.
  static core::Result<std::unique_ptr<NuscenesScene>> open(
      const std::shared_ptr<const ExportClip>& clip, const FormatContext& context,
      NuscenesTables& tables, int number, SceneTimes& times);

  [[nodiscard]] std::size_t frames() const override { return records_.size(); }
  core::Result<InOrder> write(std::size_t k) override;
  core::Result<void> close() override;
  [[nodiscard]] std::optional<std::string> keep() const override;
  core::Result<void> restore(const std::string& kept) override;

 private:
  NuscenesScene(std::shared_ptr<const ExportClip> clip, const FormatContext& context,
                NuscenesTables& tables, int number, NuscenesThings things);

  core::Result<void> list_records();
  void choose_samples(const std::vector<Tick>& sweeps);
  void choose_keyframes(std::size_t channel, std::size_t first, std::size_t last);
  void choose_start(SceneTimes& times);
  void name_records();

  core::Result<void> write_map();
  core::Result<void> write_lidar(const NuscenesRecord& record, std::vector<NuscenesBox>& boxes);
  core::Result<void> write_point_labels(const NuscenesRecord& record,
                                        const capture::PointCloud& points,
                                        const NuscenesCloud& cloud);
  void note_points_beyond_numbers(const capture::PointCloud& points, const NuscenesCloud& cloud);
  core::Result<std::vector<NuscenesBox>> annotate(const NuscenesRecord& record,
                                                  const NuscenesCloud& cloud);

  void note_names();
  core::Result<void> add_scene_rows();
  core::Result<void> add_sample_data_rows();
  core::Result<void> add_annotation_rows();

  [[nodiscard]] std::string token(const std::string& what) const;
  [[nodiscard]] std::int64_t unix_us(std::int64_t stamp_ns) const;
  [[nodiscard]] std::string location() const;
  [[nodiscard]] math::Pose T_global_ego(std::int64_t stamp_ns) const;
  [[nodiscard]] const world::Timeline& timeline() const { return clip_->reader.timeline(); }

  std::shared_ptr<const ExportClip> clip_;
  const FormatContext& context_;
  NuscenesTables& tables_;
  std::string name_;  // "scene-0001"
  std::vector<NuscenesChannel> channels_;
  std::vector<NuscenesRecord> records_;  // by channel, then time
  std::vector<NuscenesSample> samples_;
  NuscenesThings things_;
  std::int64_t start_us_ = 0;  // of the clip's clock, since 1970
  math::Vec3d origin_m_{0};    // of the global frame, in the clip's
  int map_width_px_ = 0, map_height_px_ = 0;
  std::map<std::string, std::uint64_t> added_bytes_;  // by table, once it is closed
};

}  // namespace oddroad::exchange

#include "engine/exchange/ply.h"

#include <cstdio>

#include "engine/dataset/layout.h"
#include "engine/dataset/sweep_motion.h"
#include "engine/exchange/bytes.h"
#include "engine/exchange/captures.h"

namespace oddroad::exchange {
namespace {

constexpr const char* kProperties =
    "property float x\nproperty float y\nproperty float z\nproperty uchar red\n"
    "property uchar green\nproperty uchar blue\nproperty float intensity\nproperty ushort ring\n"
    "property int time\nproperty ushort instance\nproperty uchar class\nproperty uchar cause\n";

std::string encode_ply(const capture::PointCloud& cloud, std::int64_t stamp_ns,
                       const capture::LidarCalibration& lidar, const world::Actor& ego,
                       const capture::Ontology& ontology) {
  std::array<capture::Rgb8, 256> colors;
  colors.fill(capture::Rgb8(128));
  for (const auto& one : ontology.classes) colors[one.id.value] = one.color;
  const auto points =
      dataset::points_at(stamp_ns, lidar.T_ego_lidar, cloud, stamp_ns, lidar.T_ego_lidar, ego);
  std::string bytes = "ply\nformat binary_little_endian 1.0\ncomment " + lidar.name +
                      ", frame x forward y left z up, metres\nelement vertex " +
                      std::to_string(cloud.size()) + "\n" + kProperties + "end_header\n";
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    const math::Vec3f& p = points[i];
    append(bytes, p.x);
    append(bytes, p.y);
    append(bytes, p.z);
    const capture::Rgb8 color = colors[cloud.class_id[i]];
    append(bytes, color.x);
    append(bytes, color.y);
    append(bytes, color.z);
    append(bytes, cloud.intensity[i]);
    append(bytes, cloud.ring[i]);
    append(bytes, cloud.time_offset_ns[i]);
    append(bytes, cloud.instance[i]);
    append(bytes, cloud.class_id[i]);
    append(bytes, cloud.cause[i]);
  }
  return bytes;
}

struct Sweep {
  const capture::LidarCalibration* lidar = nullptr;
  Tick tick;
};

class PlyClip : public ClipExport {
 public:
  PlyClip(std::shared_ptr<const ExportClip> clip, const FormatContext& context,
          std::vector<Sweep> sweeps)
      : clip_(std::move(clip)), context_(context), sweeps_(std::move(sweeps)) {}

  [[nodiscard]] std::size_t frames() const override { return sweeps_.size(); }
  [[nodiscard]] std::optional<std::string> keep() const override { return ""; }

  core::Result<InOrder> write(std::size_t k) override {
    const auto& [lidar, tick] = sweeps_[k];
    const auto cloud = clip_->reader.cloud(lidar->name, tick.tick);
    if (!cloud) return core::forward_error(cloud);
    const std::string file = dataset::capture_file(lidar->name, tick.tick, ".ply");
    const auto done =
        context_.out.put(clip_->name + "/" + file,
                         encode_ply(*cloud, tick.stamp_ns, *lidar, ego(), context_.ontology));
    if (!done) return core::forward_error(done);
    context_.notes.count("points", static_cast<std::int64_t>(cloud->size()));
    return InOrder{};
  }

  core::Result<void> close() override {
    std::string csv = "file,stamp_ns,split,r11,r12,r13,x,r21,r22,r23,y,r31,r32,r33,z\n";
    for (const auto& [lidar, tick] : sweeps_) {
      const math::Affine3d T = world::pose_at(ego(), tick.stamp_ns) * to_affine(lidar->T_ego_lidar);
      csv += dataset::capture_file(lidar->name, tick.tick, ".ply") + "," +
             std::to_string(tick.stamp_ns) + "," + clip_->split;
      for (int r = 0; r < 3; ++r) {
        char row[160];
        std::snprintf(row, sizeof row, ",%.12g,%.12g,%.12g,%.12g", T.linear[0][r], T.linear[1][r],
                      T.linear[2][r], T.translation[r]);
        csv += row;
      }
      csv += "\n";
    }
    return context_.out.put(clip_->name + "/poses.csv", csv);
  }

 private:
  [[nodiscard]] const world::Actor& ego() const {
    const auto& timeline = clip_->reader.timeline();
    return timeline.actors[timeline.ego];
  }

  std::shared_ptr<const ExportClip> clip_;
  const FormatContext& context_;
  std::vector<Sweep> sweeps_;
};

class Ply : public Format {
 public:
  explicit Ply(const FormatContext& context) : context_(context) {}

  core::Result<std::unique_ptr<ClipExport>> open(
      const std::shared_ptr<const ExportClip>& clip) override {
    std::vector<Sweep> sweeps;
    for (const auto& lidar : clip->reader.calibration().lidars) {
      const auto ticks = capture_ticks(clip->reader, lidar.name);
      if (!ticks) return core::forward_error(ticks);
      for (const Tick& tick : *ticks) sweeps.push_back({&lidar, tick});
    }
    if (sweeps.empty()) {
      return core::fail_at({clip->reader.folder().string()}, "there are no LiDAR sweeps",
                           "record 'lidar' in the scenario");
    }
    return std::make_unique<PlyClip>(clip, context_, std::move(sweeps));
  }
  core::Result<void> close() override { return {}; }

 private:
  const FormatContext& context_;
};

}  // namespace

FormatTraits ply_format() {
  return {.name = "ply",
          .summary = "PLY: every LiDAR sweep as a coloured cloud, with poses",
          .keeps_classes = true,
          .sees_images = false,
          .sees_lidar = false,
          .lost = {"pictures, masks, boxes, radars, motion sensors: points and poses only",
                   "range, column and echo of points, and the geometry behind them",
                   "where each point was at its own time: clouds hold for the sweep's stamp"},
          .make = [](const FormatContext& context) -> std::unique_ptr<Format> {
            return std::make_unique<Ply>(context);
          }};
}

}  // namespace oddroad::exchange

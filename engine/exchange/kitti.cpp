#include "engine/exchange/kitti.h"

#include <algorithm>
#include <cstdio>

#include "engine/core/random.h"
#include "engine/dataset/file_io.h"
#include "engine/dataset/jpeg.h"
#include "engine/dataset/layout.h"
#include "engine/dataset/png.h"
#include "engine/dataset/reader.h"
#include "engine/exchange/kitti_calib.h"
#include "engine/exchange/kitti_labels.h"
#include "engine/exchange/kitti_pairing.h"
#include "engine/exchange/kitti_velodyne.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;

std::string frame_name(int frame) {
  char name[16];
  std::snprintf(name, sizeof name, "%06d", frame);
  return name;
}

// The camera lost the picture of this frame.
bool is_dropped(const dataset::FrameLabels& labels) {
  return std::any_of(labels.faults.begin(), labels.faults.end(), [](const auto& fault) {
    return fault.type == "dropped";
  });
}

// The ground (z = 0 of the ego frame) as a x + b y + c z + d = 0 in the left camera's frame.
std::string encode_plane(const capture::CameraCalibration& left) {
  const math::Pose T_camera_ego = left.T_ego_camera.inverse();
  const math::Vec3d up = T_camera_ego.rotation * math::Vec3d(0, 0, 1);
  char text[256];
  std::snprintf(text, sizeof text, "# Plane\nWidth 4\nHeight 1\n%.6e %.6e %.6e %.6e\n", up.x, up.y,
                up.z, -glm::dot(up, T_camera_ego.translation));
  return text;
}

class Exporter {
 public:
  Exporter(const capture::Ontology& ontology, const fs::path& root, const KittiOptions& options)
      : ontology_(ontology), root_(root), options_(options) {}

  core::Result<void> make_tree() {
    for (const char* folder : {"ImageSets", "training/image_2", "training/image_3",
                               "training/velodyne", "training/calib", "training/label_2",
                               "testing/image_2", "testing/calib", "testing/velodyne"}) {
      if (auto made = dataset::make_folders(root_ / folder); !made) return made;
    }
    return options_.planes ? dataset::make_folders(root_ / "training/planes")
                           : core::Result<void>();
  }

  core::Result<void> add_clip(const fs::path& folder) {
    const auto clip = dataset::ClipReader::open(folder);
    if (!clip) return core::forward_error(clip);
    const auto sensors = pick_sensors(*clip, options_);
    if (!sensors) return core::forward_error(sensors);
    const auto frames = pair_captures(*clip, *sensors, options_.max_gap_ns);
    if (!frames) return core::forward_error(frames);
    for (const auto& captures : *frames) {
      if (!captures.sweep) {
        ++summary_.images_without_sweep;
      } else if (auto done = add_frame(*clip, *sensors, captures); !done) {
        return done;
      }
    }
    ++summary_.clips;
    return {};
  }

  core::Result<ExportSummary> finish() {
    std::string all, train, validation;
    for (const auto& [name, is_validation] : frames_) {
      all += name + "\n";
      (is_validation ? validation : train) += name + "\n";
    }
    const std::pair<const char*, const std::string*> files[] = {{"ImageSets/trainval.txt", &all},
                                                                {"ImageSets/train.txt", &train},
                                                                {"ImageSets/val.txt", &validation},
                                                                {"frames.csv", &csv_}};
    for (const auto& [name, text] : files) {
      if (auto w = dataset::write_file(root_ / name, *text); !w) return core::forward_error(w);
    }
    auto test = dataset::write_file(root_ / "ImageSets/test.txt", "");
    if (!test) return core::forward_error(test);
    return summary_;
  }

 private:
  core::Result<void> put(const char* folder, const std::string& name, const char* extension,
                         const std::string& bytes) {
    return dataset::write_file(root_ / "training" / folder / (name + extension), bytes);
  }

  core::Result<void> copy_image(const dataset::ClipReader& clip, const std::string& camera,
                                int tick, const char* folder, const std::string& name) {
    const fs::path file = clip.folder() / dataset::capture_file(camera, tick, dataset::kRgbFile);
    const fs::path jpeg =
        clip.folder() / dataset::capture_file(camera, tick, dataset::kRgbJpegFile);
    if (fs::exists(jpeg)) {
      const auto bytes = dataset::read_file(jpeg);
      if (!bytes) return core::forward_error(bytes);
      const auto image = dataset::decode_jpeg(*bytes, jpeg.string());
      return image ? put(folder, name, ".png", dataset::encode_png(*image))
                   : core::forward_error(image);
    }
    if (!fs::exists(file)) {
      return core::fail_at({file.string()}, "missing: KITTI needs colour images",
                           "record 'rgb' in the scenario");
    }
    const auto bytes = dataset::read_file(file);
    return bytes ? put(folder, name, ".png", *bytes) : core::forward_error(bytes);
  }

  core::Result<void> add_frame(const dataset::ClipReader& clip, const KittiSensors& sensors,
                               const KittiCaptures& captures) {
    const auto& [image, sweep, right] = captures;
    const std::string name = frame_name(summary_.frames);
    const auto labels = clip.labels(sensors.left->name, image.tick);
    if (!labels) return core::forward_error(labels);
    if (is_dropped(*labels)) return {};  // no picture, no frame
    const auto lidar = clip.lidar(sensors.lidar->name, sweep->tick);
    if (!lidar) return core::forward_error(lidar);
    if (auto done = copy_image(clip, sensors.left->name, image.tick, "image_2", name); !done) {
      return done;
    }
    const auto beside = right ? clip.labels(sensors.right->name, right->tick)
                              : core::Result<dataset::FrameLabels>();
    if (!beside) return core::forward_error(beside);
    if (right && !is_dropped(*beside)) {
      auto done = copy_image(clip, sensors.right->name, right->tick, "image_3", name);
      if (!done) return done;
    }
    const auto& ego = clip.timeline().actors[clip.timeline().ego];
    const auto points = kitti_points(*lidar, *sensors.lidar, ego, image.stamp_ns);
    capture::CameraFrame frame;
    frame.stamp = labels->stamp;
    frame.objects = labels->in_image;
    frame.world = labels->in_world;
    const auto rows = kitti_labels(frame, *sensors.left, ontology_, options_);
    for (const auto& row : rows) ++(row.type == "DontCare" ? summary_.dont_care : summary_.objects);
    const auto calibration = kitti_calibration(*sensors.left, sensors.right, *sensors.lidar);
    auto done = put("velodyne", name, ".bin", encode_kitti_points(points));
    if (done) done = put("calib", name, ".txt", encode_kitti_calibration(calibration));
    if (done) done = put("label_2", name, ".txt", encode_kitti_labels(rows));
    if (done && options_.planes) done = put("planes", name, ".txt", encode_plane(*sensors.left));
    if (done) note_frame(clip, name, image, *sweep);
    return done;
  }

  void note_frame(const dataset::ClipReader& clip, const std::string& name, const Tick& image,
                  const Tick& sweep) {
    const std::string source =
        clip.folder().parent_path().filename().string() + "/" + clip.folder().filename().string();
    const auto draw = core::hash64(source) % 1'000'000;
    frames_.emplace_back(name, static_cast<double>(draw) < options_.validation_share * 1e6);
    if (csv_.empty()) csv_ = "frame,clip,image_tick,image_stamp_ns,sweep_tick,sweep_stamp_ns\n";
    csv_ += name + "," + source + "," + std::to_string(image.tick) + "," +
            std::to_string(image.stamp_ns) + "," + std::to_string(sweep.tick) + "," +
            std::to_string(sweep.stamp_ns) + "\n";
    ++summary_.frames;
  }

  const capture::Ontology& ontology_;
  const fs::path& root_;
  const KittiOptions& options_;
  ExportSummary summary_;
  std::vector<std::pair<std::string, bool>> frames_;  // name, is validation
  std::string csv_;
};

core::Result<ExportSummary> export_into(const dataset::DatasetReader& reader, const fs::path& root,
                                        const KittiOptions& options) {
  Exporter exporter(reader.ontology(), root, options);
  if (auto made = exporter.make_tree(); !made) return core::forward_error(made);
  for (const auto& clip : reader.clips()) {
    if (auto done = exporter.add_clip(clip); !done) return core::forward_error(done);
  }
  return exporter.finish();
}

}  // namespace

core::Result<ExportSummary> export_kitti(const fs::path& dataset, const fs::path& out,
                                         const KittiOptions& options) {
  const auto reader = dataset::DatasetReader::open(dataset);
  if (!reader) return core::forward_error(reader);
  std::error_code error;
  if (fs::exists(out, error) && !fs::is_empty(out, error)) {
    return core::fail_at({out.string()}, "there is something already", "name a new folder");
  }
  const fs::path target = fs::absolute(out).lexically_normal();
  const fs::path final_path = target.has_filename() ? target : target.parent_path();
  const fs::path partial =
      final_path.parent_path() / ("." + final_path.filename().string() + ".partial");
  fs::remove_all(partial, error);  // of an export that was interrupted
  auto summary = export_into(*reader, partial, options);
  if (summary) {
    fs::rename(partial, final_path, error);
    if (error) summary = core::fail_at({out.string()}, "cannot put in place: " + error.message());
  }
  if (!summary) fs::remove_all(partial, error);
  return summary;
}

}  // namespace oddroad::exchange

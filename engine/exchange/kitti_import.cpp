#include "engine/exchange/kitti_import.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "engine/dataset/file_io.h"
#include "engine/exchange/kitti_source.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLeft = "image_2";
constexpr const char* kRight = "image_3";
constexpr const char* kLidar = "velodyne";

struct Frame {
  fs::path part;     // DIR/training
  std::string name;  // "000001"
  std::uint32_t number = 0;

  [[nodiscard]] fs::path file(const char* folder, const char* extension) const {
    return part / folder / (name + extension);
  }
  [[nodiscard]] bool labelled() const { return part.filename() != "testing"; }
};

// Pictures of a part, ascending. Errors: a name that is no number.
void list_frames(const fs::path& part, std::vector<Frame>& out, core::Diagnostics& problems) {
  std::error_code error;
  std::vector<Frame> found;
  for (const auto& entry : fs::directory_iterator(part / kLeft, error)) {
    if (entry.path().extension() != ".png") continue;
    Frame frame{part, entry.path().stem().string()};
    const char* end = frame.name.data() + frame.name.size();
    const auto read = std::from_chars(frame.name.data(), end, frame.number);
    if (read.ec != std::errc() || read.ptr != end) {
      problems.error({entry.path().string()}, "frames are called by a number, like 000001.png");
      continue;
    }
    found.push_back(std::move(frame));
  }
  if (error) problems.error({(part / kLeft).string()}, "cannot list: " + error.message());
  std::sort(found.begin(), found.end(), [](const Frame& a, const Frame& b) {
    return a.number < b.number;
  });
  out.insert(out.end(), found.begin(), found.end());
}

std::string our_class(const std::string& type) {
  static const std::map<std::string, std::string> ours = {{"Car", "car"},
                                                          {"Van", "van"},
                                                          {"Truck", "truck"},
                                                          {"Tram", "tram"},
                                                          {"Pedestrian", "pedestrian"},
                                                          {"Cyclist", "rider"},
                                                          {"Person_sitting", "pedestrian"}};
  const auto it = ours.find(type);
  return it == ours.end() ? "unknown" : it->second;
}

// Everything but pictures and points.
struct Labelled {
  KittiRig rig;
  KittiRows rows;
  std::string content;  // bytes of the text files
  math::Pose T_ego_rect;
  math::Pose T_ego_velo;
};

// The ego frame: the IMU's, moved down to the plane.
math::Pose ego_from_imu(const KittiRig& rig, const KittiPlane& plane) {
  const math::Pose T_rect_imu = rig.T_rect_velo * rig.T_velo_imu;
  const math::Vec3d up = T_rect_imu.rotation * math::Vec3d(0, 0, 1);
  const double slope = glm::dot(plane.up, up);
  const double height = glm::dot(plane.up, T_rect_imu.translation) + plane.d;
  return {glm::dquat(1, 0, 0, 0), {0, 0, slope > 0.5 ? height / slope : 0}};
}

core::Result<Labelled> read_text(const Frame& frame) {
  core::Diagnostics problems;
  Labelled out;
  const auto take = [&](const fs::path& file, auto read, auto& into) {
    const auto bytes = dataset::read_file(file);
    if (!bytes) return problems.append(bytes.error());
    out.content += *bytes + "\n";
    auto value = read(file);
    if (!value) return problems.append(value.error());
    into = std::move(*value);
  };
  take(frame.file("calib", ".txt"), read_kitti_rig, out.rig);
  if (frame.labelled()) take(frame.file("label_2", ".txt"), read_kitti_rows, out.rows);
  math::Pose T_ego_imu;
  if (const auto file = frame.file("planes", ".txt"); fs::exists(file)) {
    KittiPlane plane;
    take(file, read_kitti_plane, plane);
    if (!problems.has_errors()) T_ego_imu = ego_from_imu(out.rig, plane);
  }
  if (problems.has_errors()) return tl::unexpected(problems);
  out.T_ego_velo = T_ego_imu * out.rig.T_velo_imu.inverse();
  out.T_ego_rect = out.T_ego_velo * out.rig.T_rect_velo.inverse();
  return out;
}

core::Result<std::string> read_image(const fs::path& file, int& width_px, int& height_px) {
  auto bytes = dataset::read_file(file);
  if (!bytes) return core::forward_error(bytes);
  const auto image = check_picture(*bytes, false, file);
  if (!image) return core::forward_error(image);
  width_px = image->width_px;
  height_px = image->height_px;
  return std::move(*bytes);
}

capture::CameraCalibration camera(const char* name, const KittiEye& eye, const Labelled& text,
                                  int width_px, int height_px) {
  capture::CameraCalibration out;
  out.name = name;
  out.camera = {width_px, height_px, eye.fx, eye.fy, eye.cx + 0.5, eye.cy + 0.5};
  out.T_ego_camera = text.T_ego_rect * math::Pose{{1, 0, 0, 0}, -eye.t_eye_rect};
  return out;
}

class KittiSource : public ImportSource {
 public:
  KittiSource(std::vector<Frame> frames, const ImportContext& context)
      : frames_(std::move(frames)), context_(context) {}

  [[nodiscard]] std::size_t clips() const override { return frames_.size(); }
  [[nodiscard]] std::string name(std::size_t k) const override {
    return frames_[k].part.filename().string() + "/" + frames_[k].name;
  }

  core::Result<ImportedClip> read(std::size_t k) override {
    const Frame& frame = frames_[k];
    core::Diagnostics problems;
    const auto keep = [&](auto result) {
      if (!result) problems.append(result.error());
      return result;
    };
    // Before anything is made of them, so that all that is wrong is told at once.
    const auto text = keep(read_text(frame));
    int width_px = 0, height_px = 0, right_width_px = 0, right_height_px = 0;
    const auto left = keep(read_image(frame.file(kLeft, ".png"), width_px, height_px));
    core::Result<std::string> right = std::string();
    if (fs::exists(frame.file(kRight, ".png"))) {
      right = keep(read_image(frame.file(kRight, ".png"), right_width_px, right_height_px));
    }
    const auto cloud = keep(read_kitti_points(frame.file(kLidar, ".bin")));
    if (problems.has_errors()) return tl::unexpected(problems);
    if (!right->empty() && !text->rig.right) {
      return core::fail_at({frame.file("calib", ".txt").string()},
                           "there is no line 'P3:' for the picture in image_3");
    }

    ImportedClip clip;
    clip.calibration.cameras.push_back(camera(kLeft, text->rig.left, *text, width_px, height_px));
    if (!right->empty()) {
      clip.calibration.cameras.push_back(
          camera(kRight, *text->rig.right, *text, right_width_px, right_height_px));
    }
    clip.calibration.lidars.push_back(imported_lidar(kLidar, text->T_ego_velo));
    describe_clip(frame, *text, *left + *right, clip);
    fill_captures(*text, *left, *right, *cloud, clip);
    context_.notes.count("objects", static_cast<std::int64_t>(text->rows.rows.size()));
    context_.notes.lost("DontCare regions", text->rows.dont_care);
    return clip;
  }

 private:
  [[nodiscard]] std::vector<ImportedThing> things(const Labelled& text) const {
    std::vector<ImportedThing> out;
    for (const KittiRow& row : text.rows.rows) {
      const auto id = static_cast<std::uint16_t>(out.size() + 2);  // 1 is the ego
      const auto* known = context_.ontology.find(our_class(row.type));
      out.push_back({core::InstanceId(id), known ? known->id : core::ClassId(0),
                     row.type + "." + std::to_string(id), row.type, row.box_rect.size_m});
    }
    return out;
  }

  void describe_clip(const Frame& frame, const Labelled& text, const std::string& pictures,
                     ImportedClip& clip) const {
    const std::string part = frame.part.filename().string();
    clip.info = imported_info("kitti-" + part, frame.number, text.content + pictures, context_);
    clip.info.summary = "Imported from KITTI, " + part + " " + frame.name;
    clip.info.parameters = {{"source", "kitti"}, {"source_frame", part + "/" + frame.name}};
    clip.info.rig_name = "kitti";
    clip.info.kinds = {"rgb", "lidar"};
    if (frame.labelled()) clip.info.kinds.push_back("boxes");
    const auto* car = context_.ontology.find("car");
    world::Actor ego = imported_actor(
        {core::InstanceId(1), car ? car->id : core::ClassId(0), "ego", "unknown", {}});
    ego.states = {imported_state({})};
    clip.timeline.actors.push_back(ego);
    const auto all = things(text);
    for (std::size_t i = 0; i < all.size(); ++i) {
      world::Actor actor = imported_actor(all[i]);
      math::Pose pose = text.T_ego_rect * text.rows.rows[i].box_rect.pose;
      pose.translation = pose * math::Vec3d(0, 0, -0.5 * all[i].size_m.z);
      actor.states = {imported_state(pose)};
      clip.timeline.actors.push_back(actor);
    }
    clip.timeline.environment = unknown_weather();
    describe(clip.timeline, clip.info);
    add_sizes(all, clip.info);
  }

  // Boxes, and the 2-D boxes of the left picture; `sensor` decides what is in front of them.
  [[nodiscard]] std::vector<capture::ObjectInWorld> objects(const Labelled& text,
                                                            const capture::FrameStamp& stamp,
                                                            const math::Pose& T_ego_sensor) const {
    std::vector<capture::ObjectInWorld> out;
    const auto all = things(text);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto& box = text.rows.rows[i].box_rect;
      out.push_back(
          imported_object(all[i], {text.T_ego_rect * box.pose, box.size_m}, stamp, T_ego_sensor));
    }
    return out;
  }

  static std::vector<capture::ObjectInImage> in_left_image(
      const Labelled& text, const std::vector<capture::ObjectInWorld>& world) {
    std::vector<capture::ObjectInImage> out;
    for (std::size_t i = 0; i < world.size(); ++i) {
      const KittiRow& row = text.rows.rows[i];
      capture::ObjectInImage object;
      object.id = world[i].id;
      object.class_id = world[i].class_id;
      object.amodal_box = row.box;
      object.truncation = row.truncated;
      object.visible_px = object.in_frame_px = object.unoccluded_px = kUnknownCount;
      object.box_ego_observed = world[i].box_ego;
      out.push_back(object);
    }
    return out;
  }

  void fill_captures(const Labelled& text, const std::string& left, const std::string& right,
                     const capture::PointCloud& cloud, ImportedClip& clip) const {
    auto captures = std::make_shared<std::vector<ImportedCapture>>();
    for (const auto& one : clip.calibration.cameras) {
      ImportedPicture picture;
      picture.frame.stamp = {one.name, 0, 0, {}};
      picture.frame.world = objects(text, picture.frame.stamp, one.T_ego_camera);
      const bool is_left = one.name == kLeft;
      if (is_left) picture.frame.objects = in_left_image(text, picture.frame.world);
      picture.bytes = is_left ? left : right;
      captures->push_back(std::move(picture));
    }
    capture::LidarFrame sweep;
    sweep.stamp = {kLidar, 0, 0, {}};
    sweep.cloud = cloud;
    sweep.world = objects(text, sweep.stamp, text.T_ego_velo);
    count_points(sweep);
    captures->push_back(std::move(sweep));
    clip.captures = captures->size();
    clip.capture = [captures](std::size_t k) -> core::Result<ImportedCapture> {
      return (*captures)[k];
    };
  }

  const std::vector<Frame> frames_;
  const ImportContext context_;
};

core::Result<std::unique_ptr<ImportSource>> open(const fs::path& folder,
                                                 const ImportContext& context) {
  std::vector<Frame> frames;
  core::Diagnostics problems;
  for (const char* part : {"training", "testing"}) {
    if (fs::is_directory(folder / part / kLeft)) list_frames(folder / part, frames, problems);
  }
  if (frames.empty() && !problems.has_errors()) {
    problems.error({folder.string()}, "holds no picture in training/image_2 or testing/image_2",
                   "name the folder above 'training'");
  }
  if (problems.has_errors()) return tl::unexpected(problems);
  return std::make_unique<KittiSource>(std::move(frames), context);
}

}  // namespace

ImportTraits kitti_import() {
  return {"kitti", "KITTI object detection: a clip for each frame", open};
}

}  // namespace oddroad::exchange

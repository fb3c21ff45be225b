#include "engine/exchange/nuscenes_import.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <set>

#include "engine/dataset/file_io.h"
#include "engine/exchange/nuscenes_names.h"
#include "engine/exchange/nuscenes_radar.h"
#include "engine/exchange/nuscenes_source.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;

// Ours (x forward, y left) from theirs (x right, y forward).
const math::Pose kTheirsFromOurs{math::from_yaw_pitch_roll(M_PI / 2), math::Vec3d(0)};

struct Key {
  std::int64_t stamp_ns = 0;
  math::Pose pose;
};
using Track = std::vector<Key>;  // ascending, each stamp once

math::Pose pose_on(const Track& track, std::int64_t stamp_ns) {
  const auto after =
      std::lower_bound(track.begin(), track.end(), stamp_ns, [](const Key& key, std::int64_t t) {
        return key.stamp_ns < t;
      });
  if (after == track.begin()) return track.front().pose;
  if (after == track.end()) return track.back().pose;
  const Key& before = *(after - 1);
  const double u = static_cast<double>(stamp_ns - before.stamp_ns) /
                   static_cast<double>(after->stamp_ns - before.stamp_ns);
  return math::slerp(before.pose, after->pose, u);
}

// A thing with its boxes; poses of their centres in the world.
struct Thing {
  ImportedThing what;
  Track track;
};

// A scene in our frames and on our clock.
class Scene {
 public:
  Scene(const NuscenesDataset& dataset, std::size_t number, const ImportContext& context)
      : folder_(dataset.folder),
        scene_(dataset.scenes[number]),
        categories_(dataset.category_of),
        context_(context) {
    for (const auto& capture : scene_.captures) {
      captures_.push_back(&capture);
      tick_.push_back(captures_.size() > 1 &&
                              captures_[captures_.size() - 2]->channel == capture.channel
                          ? tick_.back() + 1
                          : 0);
      start_us_ = std::min(start_us_, capture.timestamp_us);
      end_us_ = std::max(end_us_, capture.timestamp_us);
    }
  }

  [[nodiscard]] std::size_t captures() const { return captures_.size(); }

  core::Result<void> describe_to(const std::string& version, std::size_t number,
                                 ImportedClip& clip) {
    if (captures_.empty()) {
      return core::fail_at({folder_.string()}, "scene '" + scene_.name + "' has no capture");
    }
    origin_ = captures_.front()->T_global_ego.translation;
    for (const auto* capture : captures_) {
      if (capture->modality != NuscenesModality::kLidar) continue;
      origin_ = capture->T_global_ego.translation;
      break;
    }
    follow_ego();
    follow_things();
    fill_timeline(clip.timeline);
    fill_info(version, number, clip);
    return fill_calibration(clip.calibration);
  }

  [[nodiscard]] core::Result<ImportedCapture> read(std::size_t k) const {
    const NuscenesCapture& capture = *captures_[k];
    const auto bytes = dataset::read_file(folder_ / capture.filename);
    if (!bytes) return core::forward_error(bytes);
    const capture::FrameStamp stamp{capture.channel, tick_[k], stamp_ns(capture.timestamp_us),
                                    in_world(capture.T_global_ego)};
    if (capture.modality == NuscenesModality::kLidar) return read_sweep(capture, stamp, *bytes);
    if (capture.modality == NuscenesModality::kRadar) return read_cycle(capture, stamp, *bytes);
    ImportedPicture picture;
    picture.frame.stamp = stamp;
    picture.jpeg = fs::path(capture.filename).extension() != ".png";
    picture.bytes = *bytes;
    const auto image = check_picture(*bytes, picture.jpeg, folder_ / capture.filename);
    if (!image) return core::forward_error(image);
    if (capture.keyframe) picture.frame.world = objects_by_track(capture, stamp);
    return picture;
  }

 private:
  [[nodiscard]] std::int64_t stamp_ns(std::int64_t us) const { return (us - start_us_) * 1000; }
  [[nodiscard]] math::Pose in_world(math::Pose T_global) const {
    T_global.translation -= origin_;
    return T_global;
  }

  void follow_ego() {
    std::map<std::int64_t, math::Pose> poses;
    for (const auto* capture : captures_) {
      poses.emplace(stamp_ns(capture->timestamp_us), in_world(capture->T_global_ego));
    }
    for (const auto& [stamp, pose] : poses) ego_.push_back({stamp, pose});
  }

  void follow_things() {
    std::set<std::string> instances;
    for (const auto& sample : scene_.samples) {
      for (const auto& one : sample.annotations) instances.insert(one.instance);
    }
    for (const auto& instance : instances) {
      id_[instance] = core::InstanceId(static_cast<std::uint16_t>(id_.size() + 2));
    }
    for (const auto& sample : scene_.samples) {
      for (const auto& one : sample.annotations) {
        const core::InstanceId id = id_.at(one.instance);
        Thing& thing = things_[id];
        if (thing.track.empty()) {
          const auto* known = context_.ontology.find(class_of_category(one.category));
          const std::string name = one.category.substr(one.category.rfind('.') + 1);
          thing.what = {id, known ? known->id : core::ClassId(0),
                        name + "." + std::to_string(id.value), one.category, one.box_global.size_m};
        }
        const std::int64_t stamp = stamp_ns(sample.timestamp_us);
        if (!thing.track.empty() && thing.track.back().stamp_ns >= stamp) continue;
        thing.track.push_back({stamp, in_world(one.box_global.pose)});
      }
    }
  }

  void fill_timeline(world::Timeline& timeline) const {
    timeline.end_ns = (stamp_ns(end_us_) + world::kStepNs - 1) / world::kStepNs * world::kStepNs;
    const auto* car = context_.ontology.find("car");
    world::Actor ego = imported_actor(
        {core::InstanceId(1), car ? car->id : core::ClassId(0), "ego", "unknown", {}});
    for (std::int64_t t = 0; t <= timeline.end_ns; t += world::kStepNs) {
      ego.states.push_back(imported_state(pose_on(ego_, t)));
    }
    timeline.actors.push_back(std::move(ego));
    for (const auto& [id, thing] : things_) {
      world::Actor actor = imported_actor(thing.what);
      // From the first box to the last; one that has a single box is there at the step beside it.
      const auto& track = thing.track;
      const std::int64_t last = track.back().stamp_ns / world::kStepNs;
      actor.first_step =
          std::min((track.front().stamp_ns + world::kStepNs - 1) / world::kStepNs, last);
      for (std::int64_t step = actor.first_step; step <= last; ++step) {
        math::Pose pose = pose_on(track, step * world::kStepNs);
        pose.translation = pose * math::Vec3d(0, 0, -0.5 * thing.what.size_m.z);
        actor.states.push_back(imported_state(pose));
      }
      timeline.actors.push_back(std::move(actor));
    }
    timeline.environment = unknown_weather();
    timeline.environment.start_utc_s = start_us_ / 1'000'000;
  }

  void fill_info(const std::string& version, std::size_t number, ImportedClip& clip) const {
    std::string content = version + "\n" + scene_.name + "\n";
    for (const auto* capture : captures_) {
      std::error_code none;
      content += capture->token + " " + capture->filename + " " +
                 std::to_string(fs::file_size(folder_ / capture->filename, none)) + "\n";
    }
    clip.info =
        imported_info("nuscenes-" + version, static_cast<std::uint32_t>(number), content, context_);
    clip.info.summary = "Imported from nuScenes, " + version + " " + scene_.name;
    if (!scene_.description.empty()) clip.info.summary += ": " + scene_.description;
    clip.info.parameters = {{"source", "nuscenes"},
                            {"source_scene", scene_.name},
                            {"source_start_us", std::to_string(start_us_)}};
    clip.info.map_name =
        scene_.location.substr(0, scene_.location.find(kNuscenesLocationSeparator));
    clip.info.rig_name = "nuscenes";
    clip.info.T_map_world.translation = origin_;
    clip.info.kinds = {"rgb", "boxes", "lidar"};
    if (has_radar()) clip.info.kinds.push_back("radar");
    describe(clip.timeline, clip.info);
    std::vector<ImportedThing> things;
    for (const auto& [id, thing] : things_) things.push_back(thing.what);
    add_sizes(things, clip.info);
  }

  // One of each channel; a picture says how large it is.
  core::Result<void> fill_calibration(capture::Calibration& rig) const {
    for (std::size_t k = 0; k < captures_.size(); ++k) {
      if (tick_[k] != 0) continue;
      const NuscenesCapture& capture = *captures_[k];
      if (capture.modality == NuscenesModality::kLidar) {
        rig.lidars.push_back(
            imported_lidar(capture.channel, capture.T_ego_sensor * kTheirsFromOurs));
        continue;
      }
      if (capture.modality == NuscenesModality::kRadar) {
        rig.radars.push_back(imported_radar(capture.channel, capture.T_ego_sensor));
        continue;
      }
      const auto bytes = dataset::read_file(folder_ / capture.filename);
      if (!bytes) return core::forward_error(bytes);
      const bool jpeg = fs::path(capture.filename).extension() != ".png";
      const auto image = check_picture(*bytes, jpeg, folder_ / capture.filename);
      if (!image) return core::forward_error(image);
      capture::CameraCalibration camera;
      camera.name = capture.channel;
      camera.camera = {image->width_px, image->height_px, capture.fx,
                       capture.fy,      capture.cx + 0.5, capture.cy + 0.5};
      camera.T_ego_camera = capture.T_ego_sensor;
      rig.cameras.push_back(camera);
    }
    return {};
  }

  [[nodiscard]] static bool moves(const std::string& attribute) {
    return attribute == "vehicle.moving" || attribute == "pedestrian.moving";
  }

  // As annotated: those boxes hold for the sample's instant, the LiDAR's.
  [[nodiscard]] std::vector<capture::ObjectInWorld> objects(const NuscenesCapture& capture,
                                                            const capture::FrameStamp& stamp,
                                                            const math::Pose& T_ego_sensor) const {
    std::vector<capture::ObjectInWorld> out;
    for (const auto& one : scene_.samples[capture.sample].annotations) {
      const Thing& thing = things_.at(id_.at(one.instance));
      const math::OrientedBox box{in_world(one.box_global.pose), one.box_global.size_m};
      auto object = imported_object(thing.what, box, stamp, T_ego_sensor);
      object.points_in_box = one.lidar_points;
      object.attributes.moving = moves(one.attribute);
      out.push_back(std::move(object));
    }
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
      return a.id < b.id;
    });
    return out;
  }

  [[nodiscard]] bool has_radar() const {
    return std::any_of(captures_.begin(), captures_.end(), [](const auto* capture) {
      return capture->modality == NuscenesModality::kRadar;
    });
  }

  // Detections in the boxes where the things are at the radar's own instant.
  [[nodiscard]] core::Result<ImportedCapture> read_cycle(const NuscenesCapture& capture,
                                                         const capture::FrameStamp& stamp,
                                                         const std::string& bytes) const {
    auto read = decode_nuscenes_radar(bytes, (folder_ / capture.filename).string());
    if (!read) return core::forward_error(read);
    context_.notes.lost("radar points that their source doubts", read->doubtful);
    capture::RadarFrame cycle;
    cycle.stamp = stamp;
    cycle.detections = std::move(read->detections);
    if (!capture.keyframe) return cycle;
    cycle.world = objects_by_track(capture, stamp);
    for (auto& object : cycle.world) {
      for (const auto& d : cycle.detections) {
        object.points_in_box += object.box_sensor.contains({d.x_m, d.y_m, d.z_m});
      }
    }
    return cycle;
  }

  // The same things where their tracks are at the own instant of a camera or radar.
  [[nodiscard]] std::vector<capture::ObjectInWorld> objects_by_track(
      const NuscenesCapture& capture, const capture::FrameStamp& stamp) const {
    std::vector<capture::ObjectInWorld> out;
    for (auto& annotated : objects(capture, stamp, capture.T_ego_sensor)) {
      const Thing& thing = things_.at(annotated.id);
      const math::OrientedBox box{pose_on(thing.track, stamp.stamp_ns), thing.what.size_m};
      auto object = imported_object(thing.what, box, stamp, capture.T_ego_sensor);
      object.attributes.moving = annotated.attributes.moving;
      out.push_back(std::move(object));
    }
    return out;
  }

  [[nodiscard]] core::Result<ImportedCapture> read_sweep(const NuscenesCapture& capture,
                                                         const capture::FrameStamp& stamp,
                                                         const std::string& bytes) const {
    const std::string file = (folder_ / capture.filename).string();
    if (bytes.size() % 20 != 0) {
      return core::fail_at({file}, "has " + std::to_string(bytes.size()) +
                                       " bytes, no multiple of the 20 of a point");
    }
    capture::LidarFrame sweep;
    sweep.stamp = stamp;
    for (std::size_t i = 0; i < bytes.size(); i += 20) {
      float p[5];
      std::memcpy(p, bytes.data() + i, 20);
      if (!std::isfinite(p[0] + p[1] + p[2]) || !(p[3] >= 0 && p[3] <= 255) ||
          !(p[4] >= 0 && p[4] < 65536)) {
        return core::fail_at({file}, "point " + std::to_string(i / 20) +
                                         ": x, y, z, an intensity from 0 to 255 and a ring are "
                                         "expected");
      }
      add_point(sweep.cloud, {p[1], -p[0], p[2]}, p[3] / 255, static_cast<std::uint16_t>(p[4]));
    }
    if (!capture.lidarseg.empty()) {
      if (auto done = label_points(capture, sweep.cloud); !done) return core::forward_error(done);
    }
    if (capture.keyframe) {
      sweep.world = objects(capture, stamp, capture.T_ego_sensor * kTheirsFromOurs);
    }
    return sweep;
  }

  // Who labels a point says that it hit a surface; noise did not.
  core::Result<void> label_points(const NuscenesCapture& capture,
                                  capture::PointCloud& cloud) const {
    const fs::path file = folder_ / capture.lidarseg;
    const auto labels = dataset::read_file(file);
    if (!labels) return core::forward_error(labels);
    if (labels->size() != cloud.size()) {
      return core::fail_at({file.string()}, "has " + std::to_string(labels->size()) +
                                                " labels for " + std::to_string(cloud.size()) +
                                                " points");
    }
    for (std::size_t i = 0; i < cloud.size(); ++i) {
      const auto it = categories_.find(static_cast<std::uint8_t>((*labels)[i]));
      if (it == categories_.end() || it->second == "noise") continue;
      const auto* known = context_.ontology.find(class_of_category(it->second));
      cloud.class_id[i] = known ? known->id.value : 0;
      const bool own = it->second == "vehicle.ego";
      if (own) cloud.instance[i] = 1;
      cloud.cause[i] =
          static_cast<std::uint8_t>(own ? capture::PointCause::kEgo : capture::PointCause::kTarget);
    }
    return {};
  }

  fs::path folder_;
  const NuscenesLog& scene_;
  const std::map<int, std::string>& categories_;
  const ImportContext& context_;
  std::vector<const NuscenesCapture*> captures_;
  std::vector<int> tick_;
  std::int64_t start_us_ = INT64_MAX, end_us_ = 0;
  math::Vec3d origin_{0};
  Track ego_;
  std::map<std::string, core::InstanceId> id_;  // by instance
  std::map<core::InstanceId, Thing> things_;
};

class NuscenesSource : public ImportSource {
 public:
  NuscenesSource(NuscenesDataset dataset, const ImportContext& context)
      : dataset_(std::move(dataset)), context_(context) {}

  [[nodiscard]] std::size_t clips() const override { return dataset_.scenes.size(); }
  [[nodiscard]] std::string name(std::size_t k) const override { return dataset_.scenes[k].name; }

  core::Result<ImportedClip> read(std::size_t k) override {
    auto scene = std::make_shared<Scene>(dataset_, k, context_);
    ImportedClip clip;
    if (auto done = scene->describe_to(dataset_.version, k, clip); !done) {
      return core::forward_error(done);
    }
    clip.captures = scene->captures();
    clip.capture = [scene](std::size_t c) {
      return scene->read(c);
    };
    std::int64_t boxes = 0;
    for (const auto& one : dataset_.scenes[k].samples) {
      boxes += static_cast<std::int64_t>(one.annotations.size());
    }
    context_.notes.count("annotations", boxes);
    return clip;
  }

 private:
  const NuscenesDataset dataset_;
  const ImportContext context_;
};

core::Result<std::unique_ptr<ImportSource>> open(const fs::path& folder,
                                                 const ImportContext& context) {
  auto dataset = read_nuscenes(folder);
  if (!dataset) return core::forward_error(dataset);
  return std::make_unique<NuscenesSource>(std::move(*dataset), context);
}

}  // namespace

ImportTraits nuscenes_import() {
  return {"nuscenes", "nuScenes v1.0: a clip for each scene", open};
}

std::string class_of_category(const std::string& category) {
  static const std::map<std::string, std::string> ours = {
      {"animal", "animal"},
      {"human.pedestrian.personal_mobility", "personal_mobility"},
      {"human.pedestrian.stroller", "stroller"},
      {"human.pedestrian.wheelchair", "wheelchair"},
      {"movable_object.barrier", "barrier"},
      {"movable_object.debris", "debris"},
      {"movable_object.trafficcone", "traffic_cone"},
      {"vehicle.bicycle", "bicycle"},
      {"vehicle.bus.bendy", "bus"},
      {"vehicle.bus.rigid", "bus"},
      {"vehicle.car", "car"},
      {"vehicle.construction", "work_machine"},
      {"vehicle.ego", "car"},
      {"vehicle.emergency.ambulance", "van"},
      {"vehicle.emergency.police", "car"},
      {"vehicle.motorcycle", "motorcycle"},
      {"vehicle.trailer", "trailer"},
      {"vehicle.truck", "truck"},
      {"flat.driveable_surface", "road"},
      {"flat.sidewalk", "sidewalk"},
      {"flat.terrain", "terrain"},
      {"static.manmade", "building"},
      {"static.vegetation", "vegetation"},
  };
  const auto it = ours.find(category);
  if (it != ours.end()) return it->second;
  return category.rfind("human.pedestrian.", 0) == 0 ? "pedestrian" : "unknown";
}

}  // namespace oddroad::exchange

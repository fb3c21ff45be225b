// The rows that a scene adds to the tables, when all of its files are written.
#include <ctime>

#include "engine/exchange/nuscenes_scene.h"

namespace oddroad::exchange {
namespace {

using Json = nlohmann::ordered_json;

Json numbers(const math::Vec3d& v) {
  return Json::array({v.x, v.y, v.z});
}
Json wxyz(const glm::dquat& q) {
  return Json::array({q.w, q.x, q.y, q.z});
}

const char* modality_name(Modality modality) {
  return modality == Modality::kCamera  ? "camera"
         : modality == Modality::kLidar ? "lidar"
                                        : "radar";
}

Json intrinsic(const NuscenesChannel& channel) {
  if (channel.camera == nullptr) return Json::array();
  const auto& lens = channel.camera->camera;
  return Json::array({Json::array({lens.fx_px, 0.0, lens.cx_px - 0.5}),
                      Json::array({0.0, lens.fy_px, lens.cy_px - 0.5}),
                      Json::array({0.0, 0.0, 1.0})});
}

std::string date(std::int64_t unix_us) {
  const std::time_t seconds = unix_us / 1'000'000;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  char text[16];
  std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
  return text;
}

}  // namespace

core::Result<void> NuscenesScene::close() {
  const auto before = tables_.sizes();
  auto done = add_scene_rows();
  if (done) done = add_sample_data_rows();
  if (done) done = add_annotation_rows();
  note_names();
  for (const auto& [table, bytes] : tables_.sizes()) {
    const auto it = before.find(table);
    added_bytes_[table] = bytes - (it == before.end() ? 0 : it->second);
  }
  return done;
}

std::optional<std::string> NuscenesScene::keep() const {
  return Json(added_bytes_).dump();
}

core::Result<void> NuscenesScene::restore(const std::string& kept) {
  note_names();
  const Json sizes = Json::parse(kept);
  for (const auto& [table, bytes] : sizes.items()) {
    if (auto done = tables_.skip(table, bytes.get<std::uint64_t>()); !done) return done;
  }
  return {};
}

void NuscenesScene::note_names() {
  for (const NuscenesChannel& channel : channels_) {
    tables_.note_channel(channel.channel, modality_name(channel.modality));
  }
  tables_.note_scene(clip_->split, name_);
}

core::Result<void> NuscenesScene::add_scene_rows() {
  core::Result<void> done;
  const auto add = [&](const char* table, const Json& row) {
    if (done) done = tables_.add(table, row);
  };
  const std::string map = token("map");
  add("log", {{"token", token("log")},
              {"logfile", clip_->name},
              {"vehicle", clip_->reader.info().rig_name},
              {"date_captured", date(unix_us(samples_.front().stamp_ns))},
              {"location", location()}});
  add("map", {{"token", map},
              {"log_tokens", {token("log")}},
              {"category", "semantic_prior"},
              {"filename", "maps/" + map + ".png"}});
  add("scene", {{"token", token("scene")},
                {"log_token", token("log")},
                {"nbr_samples", samples_.size()},
                {"first_sample_token", samples_.front().token},
                {"last_sample_token", samples_.back().token},
                {"name", name_},
                {"description", clip_->reader.info().summary}});
  for (std::size_t s = 0; s < samples_.size(); ++s) {
    add("sample", {{"token", samples_[s].token},
                   {"timestamp", unix_us(samples_[s].stamp_ns)},
                   {"prev", s > 0 ? samples_[s - 1].token : ""},
                   {"next", s + 1 < samples_.size() ? samples_[s + 1].token : ""},
                   {"scene_token", token("scene")}});
  }
  for (const NuscenesChannel& channel : channels_) {
    add("calibrated_sensor", {{"token", token("calibration/" + channel.channel)},
                              {"sensor_token", nuscenes_token("sensor/" + channel.channel)},
                              {"translation", numbers(channel.T_ego_sensor.translation)},
                              {"rotation", wxyz(channel.T_ego_sensor.rotation)},
                              {"camera_intrinsic", intrinsic(channel)}});
  }
  return done;
}

core::Result<void> NuscenesScene::add_sample_data_rows() {
  for (std::size_t r = 0; r < records_.size(); ++r) {
    const NuscenesRecord& record = records_[r];
    const NuscenesChannel& channel = channels_[record.channel];
    const bool first = r == 0 || records_[r - 1].channel != record.channel;
    const bool last = r + 1 == records_.size() || records_[r + 1].channel != record.channel;
    const bool camera = channel.camera != nullptr;
    const std::string extension = record.filename.substr(record.filename.size() - 3);
    const math::Pose pose = T_global_ego(record.stamp_ns);
    const std::int64_t timestamp = unix_us(record.stamp_ns);
    auto done = tables_.add("ego_pose", {{"token", record.token},
                                         {"timestamp", timestamp},
                                         {"rotation", wxyz(pose.rotation)},
                                         {"translation", numbers(pose.translation)}});
    if (done) {
      done = tables_.add("sample_data",
                         {{"token", record.token},
                          {"sample_token", samples_[record.sample].token},
                          {"ego_pose_token", record.token},
                          {"calibrated_sensor_token", token("calibration/" + channel.channel)},
                          {"timestamp", timestamp},
                          {"fileformat", camera ? extension : "pcd"},
                          {"is_key_frame", record.keyframe},
                          {"height", camera ? channel.camera->camera.height_px : 0},
                          {"width", camera ? channel.camera->camera.width_px : 0},
                          {"filename", record.filename},
                          {"prev", first ? "" : records_[r - 1].token},
                          {"next", last ? "" : records_[r + 1].token}});
    }
    if (done && record.keyframe && channel.modality == Modality::kLidar) {
      for (const auto& [table, ending] :
           {std::pair("lidarseg", "_lidarseg.bin"), std::pair("panoptic", "_panoptic.npz")}) {
        if (!done) return done;
        done = tables_.add(table, {{"token", record.token},
                                   {"sample_data_token", record.token},
                                   {"filename", std::string(table) + "/" + kNuscenesVersion + "/" +
                                                    record.token + ending}});
      }
    }
    if (!done) return done;
  }
  return {};
}

core::Result<void> NuscenesScene::add_annotation_rows() {
  struct Place {
    std::size_t sample;
    const NuscenesBox* box;
  };
  std::map<core::InstanceId, std::vector<Place>> tracks;
  for (std::size_t s = 0; s < samples_.size(); ++s) {
    for (const NuscenesBox& box : samples_[s].boxes) tracks[box.id].push_back({s, &box});
  }
  const auto name = [&](core::InstanceId id, std::size_t sample) {
    return token("annotation/" + std::to_string(id.value) + "/" + std::to_string(sample));
  };
  for (const auto& [id, track] : tracks) {
    const std::string instance = token("instance/" + std::to_string(id.value));
    auto done = tables_.add(
        "instance", {{"token", instance},
                     {"category_token", nuscenes_token("category/" + track.front().box->category)},
                     {"nbr_annotations", track.size()},
                     {"first_annotation_token", name(id, track.front().sample)},
                     {"last_annotation_token", name(id, track.back().sample)}});
    for (std::size_t i = 0; done && i < track.size(); ++i) {
      const auto& [sample, box] = track[i];
      const math::Pose pose = T_global_ego(samples_[sample].stamp_ns) * box->box_ego.pose;
      const auto& size = box->box_ego.size_m;
      Json attributes = Json::array();
      if (!box->attribute.empty()) {
        attributes.push_back(nuscenes_token("attribute/" + box->attribute));
      }
      done = tables_.add(
          "sample_annotation",
          {{"token", name(id, sample)},
           {"sample_token", samples_[sample].token},
           {"instance_token", instance},
           {"visibility_token", box->visibility > 0 ? std::to_string(box->visibility) : ""},
           {"attribute_tokens", attributes},
           {"translation", numbers(pose.translation)},
           {"size", numbers({size.y, size.x, size.z})},
           {"rotation", wxyz(pose.rotation)},
           {"prev", i > 0 ? name(id, track[i - 1].sample) : ""},
           {"next", i + 1 < track.size() ? name(id, track[i + 1].sample) : ""},
           {"num_lidar_pts", box->lidar_points},
           {"num_radar_pts", box->radar_points}});
      context_.notes.count("annotations");
    }
    if (!done) return done;
  }
  return {};
}

}  // namespace oddroad::exchange

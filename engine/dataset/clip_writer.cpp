#include "engine/dataset/clip_writer.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <set>
#include <vector>

#include "engine/core/archive.h"
#include "engine/core/check.h"
#include "engine/core/parallel.h"
#include "engine/core/sha256.h"
#include "engine/dataset/calibration_json.h"
#include "engine/dataset/exr.h"
#include "engine/dataset/file_io.h"
#include "engine/dataset/frame_json.h"
#include "engine/dataset/jpeg.h"
#include "engine/dataset/layout.h"
#include "engine/dataset/manifest.h"
#include "engine/dataset/pcd.h"
#include "engine/dataset/png.h"
#include "engine/dataset/radar_pcd.h"
#include "engine/dataset/rays_npy.h"
#include "engine/dataset/series_npy.h"
#include "engine/dataset/sightings.h"
#include "engine/dataset/staging.h"
#include "engine/dataset/timeline_npy.h"

namespace oddroad::dataset {
namespace {

namespace fs = std::filesystem;

// 0 or the errno of rename; ENOTEMPTY and EEXIST mean that something is there.
int try_rename(const fs::path& from, const fs::path& to) {
  return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

tl::unexpected<core::Diagnostics> fail_move(const fs::path& to, int code) {
  return core::fail_at({to.string()},
                       std::string("cannot move the clip into place: ") + std::strerror(code));
}

// Moves a folder to DATASET/quarantine/<scenario>/<clip>.<n>, n the first free number.
core::Result<fs::path> quarantine(const fs::path& folder, const fs::path& dataset,
                                  const ClipIdentity& identity) {
  const fs::path relative = clip_folder(identity).lexically_relative("clips");
  const fs::path base = dataset / "quarantine" / relative;
  if (auto made = make_folders(base.parent_path()); !made) return core::forward_error(made);
  for (int n = 1;; ++n) {
    const fs::path to = base.string() + "." + std::to_string(n);
    const int code = fs::exists(to) ? EEXIST : try_rename(folder, to);
    if (code == 0) return to;
    if (code != EEXIST && code != ENOTEMPTY) return fail_move(to, code);
  }
}

// The file of a checkpoint becomes ours, too: nobody changes it. Its content is looked at where it
// lies then. False: it is not what `entry` says. Errors: cannot write.
core::Result<bool> take_file(const fs::path& from, const fs::path& to, const FileEntry& entry) {
  std::error_code refused;  // another disk, a file system without links
  fs::create_hard_link(from, to, refused);
  if (refused) {
    const auto bytes = read_file(from);
    if (!bytes) return false;
    if (auto done = write_file(to, *bytes); !done) return core::forward_error(done);
  }
  const auto hash = core::sha256_file(to.string());
  return hash && *hash == entry.sha256 && fs::file_size(to, refused) == entry.bytes;
}

}  // namespace

core::Result<fs::path> quarantine_clip(const fs::path& dataset, const ClipIdentity& identity) {
  return quarantine(dataset / clip_folder(identity), dataset, identity);
}

bool clip_is_complete(const fs::path& dataset, const ClipIdentity& identity) {
  const fs::path clip = dataset / clip_folder(identity);
  if (!fs::exists(clip / "manifest.json")) return false;
  const auto manifest = read_manifest(clip);
  return manifest && manifest->identity == encode_identity(identity) &&
         check_files(clip, *manifest, false).has_value();
}

core::Result<Commit> move_into_place(const fs::path& staged, const fs::path& dataset,
                                     const ClipIdentity& identity, const std::string& hash) {
  Commit commit{CommitOutcome::kCommitted, dataset / clip_folder(identity), hash};
  const fs::path parent = commit.folder.parent_path();
  if (auto made = make_folders(parent); !made) return core::forward_error(made);
  int code = try_rename(staged, commit.folder);
  if (code == ENOTEMPTY || code == EEXIST) {
    const auto there = clip_hash(commit.folder);
    if (there && *there == commit.hash && clip_is_complete(dataset, identity)) {
      commit.outcome = CommitOutcome::kAlreadyThere;
      return commit;
    }
    // A whole clip that was there first stays; a damaged one gives way.
    const bool whole = clip_is_complete(dataset, identity);
    auto aside = quarantine(whole ? staged : commit.folder, dataset, identity);
    if (!aside) return core::forward_error(aside);
    if (whole) {
      commit.outcome = CommitOutcome::kQuarantined;
      commit.folder = *aside;
      return commit;
    }
    code = try_rename(staged, commit.folder);
  }
  if (code != 0) return fail_move(commit.folder, code);
  if (auto done = sync_path(parent); !done) return core::forward_error(done);
  return commit;
}

struct ClipWriter::State {
  fs::path dataset;
  ClipIdentity identity;
  StagingFolder staging;
  std::mutex mutex;  // guards files and folders
  std::map<std::string, FileEntry> files;
  std::set<fs::path> folders;
  bool committed = false;
  bool on_scratch = false;
  Sightings sightings;  // guarded by the mutex, too
};

ClipWriter::ClipWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
ClipWriter::ClipWriter(ClipWriter&&) noexcept = default;
ClipWriter::~ClipWriter() = default;

core::Result<ClipWriter> ClipWriter::create(const fs::path& dataset, const ClipInfo& info,
                                            const capture::Calibration& calibration,
                                            const ClipSource& source,
                                            const world::Timeline& timeline,
                                            const fs::path& scratch) {
  auto staging = StagingFolder::create(scratch.empty() ? dataset : scratch);
  if (!staging) return core::forward_error(staging);
  ClipWriter writer(std::unique_ptr<State>(new State{
      dataset, info.identity, std::move(*staging), {}, {}, {}, {}, !scratch.empty(), {}}));
  const std::pair<const char*, std::string> files[] = {
      {"clip.json", encode_clip_info(info)},
      {"scenario.yaml", source.scenario_yaml},
      {"calibration.json", encode_calibration(calibration)},
      {"timeline.npy", encode_timeline(timeline)}};
  for (const auto& [name, bytes] : files) {
    if (auto done = writer.put(name, bytes); !done) return core::forward_error(done);
  }
  for (const auto& [name, bytes] : source.inputs) {
    if (auto done = writer.put("inputs/" + name, bytes); !done) return core::forward_error(done);
  }
  for (const capture::CameraCalibration& camera : calibration.cameras) {
    if (camera.camera.lens == math::Lens::kPinhole) continue;
    auto done = writer.put(rays_file(camera.name), encode_rays(camera.camera));
    if (!done) return core::forward_error(done);
  }
  return writer;
}

core::Result<void> ClipWriter::put(const std::string& name, const std::string& bytes) {
  const fs::path path = state_->staging.path() / name;
  {
    const std::lock_guard lock(state_->mutex);
    ODDROAD_CHECK(!state_->committed);
    const bool is_new = state_->files.emplace(name, FileEntry{}).second;
    ODDROAD_CHECK(is_new);
    if (state_->folders.insert(path.parent_path()).second) {
      if (auto made = make_folders(path.parent_path()); !made) return made;
    }
  }
  if (auto written = write_file(path, bytes); !written) return written;
  const FileEntry entry{bytes.size(), core::sha256_hex(bytes)};
  const std::lock_guard lock(state_->mutex);
  state_->files[name] = entry;
  return {};
}

core::Result<void> ClipWriter::write(const capture::CameraFrame& frame) {
  {
    const std::lock_guard lock(state_->mutex);
    state_->sightings.add(frame);
  }
  const auto& [sensor, tick, stamp_ns, T_world_ego] = frame.stamp;
  const auto name = [&](const char* suffix) {
    return capture_file(sensor, tick, suffix);
  };
  if (!frame.rgb.empty()) {
    auto done = frame.rgb_format.jpeg
                    ? put(name(kRgbJpegFile), encode_jpeg(frame.rgb, frame.rgb_format))
                    : put(name(kRgbFile), encode_png(frame.rgb));
    if (!done) return done;
  }
  if (!frame.raw.empty()) {
    if (auto done = put(name(kRawFile), encode_png(frame.raw)); !done) return done;
  }
  if (!frame.radiance.empty()) {
    auto done = put(name(kRadianceFile), encode_radiance_exr(frame.radiance));
    if (!done) return done;
  }
  if (!frame.instance.empty()) {
    if (auto done = put(name(kIdsFile), encode_png(frame.instance)); !done) return done;
  }
  if (!frame.class_id.empty()) {
    if (auto done = put(name(kClassesFile), encode_png(frame.class_id)); !done) return done;
  }
  if (!frame.panoptic.empty()) {
    if (auto done = put(name(kPanopticFile), encode_png(frame.panoptic)); !done) return done;
  }
  if (!frame.depth_m.empty()) {
    if (auto done = put(name(kDepthFile), encode_depth_exr(frame.depth_m)); !done) return done;
  }
  if (!frame.range_m.empty()) {
    if (auto done = put(name(kRangeFile), encode_range_exr(frame.range_m)); !done) return done;
  }
  if (!frame.normal.empty()) {
    if (auto done = put(name(kNormalsFile), encode_normals_exr(frame.normal)); !done) return done;
  }
  FrameLabels labels{frame.stamp, frame.objects,  frame.world,      {},
                     {},          frame.exposure, frame.raw_format, frame.faults};
  if (const auto& flow = frame.flow_forward; !flow.empty()) {
    labels.flow_forward = {flow.to_tick, flow.to_stamp_ns};
    if (auto done = put(name(kFlowForwardFile), encode_flow_exr(flow)); !done) return done;
  }
  if (const auto& flow = frame.flow_backward; !flow.empty()) {
    labels.flow_backward = {flow.to_tick, flow.to_stamp_ns};
    if (auto done = put(name(kFlowBackwardFile), encode_flow_exr(flow)); !done) return done;
  }
  if (!frame.drivable.empty()) {
    if (auto done = put(name(kDrivableFile), encode_png(frame.drivable)); !done) return done;
    auto done = put(name(kLanesFile), encode_lanes(frame.stamp, frame.lanes));
    if (!done) return done;
  }
  return put(name(kLabelsFile), encode_labels(labels));
}

core::Result<void> ClipWriter::write(const capture::LidarFrame& frame) {
  {
    const std::lock_guard lock(state_->mutex);
    state_->sightings.add(frame);
  }
  const auto name = [&](const char* suffix) {
    return capture_file(frame.stamp.sensor, frame.stamp.tick, suffix);
  };
  if (auto done = put(name(kCloudFile), encode_pcd(frame.cloud)); !done) return done;
  if (frame.rays.size() > 0) {
    if (auto done = put(name(kRaysFile), encode_rays(frame.rays)); !done) return done;
  }
  return put(name(kLabelsFile),
             encode_labels({frame.stamp, {}, frame.world, {}, {}, {}, {}, frame.faults}));
}

core::Result<void> ClipWriter::write(const capture::RadarFrame& frame) {
  {
    const std::lock_guard lock(state_->mutex);
    state_->sightings.add(capture::LidarFrame{frame.stamp, {}, {}, {}, frame.world});
  }
  const auto name = [&](const char* suffix) {
    return capture_file(frame.stamp.sensor, frame.stamp.tick, suffix);
  };
  if (auto done = put(name(kCloudFile), encode_radar_pcd(frame.detections)); !done) return done;
  FrameLabels labels{frame.stamp, {}, frame.world, {}, {}, {}, {}, {}};
  labels.tracks = frame.tracks;
  return put(name(kLabelsFile), encode_labels(labels));
}

core::Result<void> ClipWriter::write(const capture::MotionRecords& records) {
  std::map<std::string, std::string> files;
  for (const auto& s : records.imus) files[imu_file(s.sensor)] = encode_series(s.samples);
  for (const auto& s : records.gnss) {
    files[gnss_file(s.sensor)] = encode_series(s.samples);
    files[satellites_file(s.sensor)] = encode_satellites(s.satellites);
  }
  for (const auto& s : records.navigations) {
    files[navigation_file(s.sensor)] = encode_series(s.samples);
  }
  for (const auto& s : records.odometries)
    files[odometry_file(s.sensor)] = encode_series(s.samples);
  for (const auto& [name, bytes] : files) {
    if (auto done = put(name, bytes); !done) return done;
  }
  return {};
}

// Copies the files to a staging folder of the dataset, in order of their names.
core::Result<void> ClipWriter::leave_scratch() {
  State& state = *state_;
  auto staging = StagingFolder::create(state.dataset);
  if (!staging) return core::forward_error(staging);
  std::set<fs::path> folders;
  for (const auto& [name, entry] : state.files) {
    const fs::path to = staging->path() / name;
    if (folders.insert(to.parent_path()).second) {
      if (auto made = make_folders(to.parent_path()); !made) return made;
    }
    const auto bytes = read_file(state.staging.path() / name);
    if (!bytes) return core::forward_error(bytes);
    if (auto done = write_file(to, *bytes); !done) return done;
  }
  state.staging = std::move(*staging);
  state.folders = std::move(folders);
  return {};
}

core::Result<void> ClipWriter::write_picture(const capture::FrameStamp& stamp,
                                             const std::string& bytes, bool jpeg) {
  return put(capture_file(stamp.sensor, stamp.tick, jpeg ? kRgbJpegFile : kRgbFile), bytes);
}

// All that is written lies in the dataset afterwards, and on its disk.
core::Result<void> ClipWriter::flush() {
  State& state = *state_;
  state.committed = true;
  if (state.on_scratch) {
    if (auto done = leave_scratch(); !done) return done;
  }
  for (const auto& [name, entry] : state.files) {
    if (auto done = sync_path(state.staging.path() / name); !done) return done;
  }
  for (const auto& folder : state.folders) {
    if (auto done = sync_path(folder); !done) return done;
  }
  return {};
}

core::Result<bool> ClipWriter::take_over(const Checkpoint& checkpoint, core::Diagnostics& told) {
  State& state = *state_;
  const std::string place = checkpoint.folder.string();
  for (const auto& [name, entry] : state.files) {
    const auto there = checkpoint.files.files.find(name);
    if (there == checkpoint.files.files.end() || there->second != entry) {
      told.error({place}, "its clip began with another " + name);
    }
  }
  if (!core::from_bytes(checkpoint.sightings, state.sightings)) {
    told.error({place}, "its sightings cannot be read");
  }
  if (told.has_errors()) return false;
  std::vector<std::pair<std::string, FileEntry>> taken;
  for (const auto& [name, entry] : checkpoint.files.files) {
    if (!state.files.emplace(name, entry).second) continue;
    taken.emplace_back(name, entry);
    const fs::path parent = (state.staging.path() / name).parent_path();
    if (!state.folders.insert(parent).second) continue;
    if (auto made = make_folders(parent); !made) return core::forward_error(made);
  }
  core::Diagnostics cannot_write;
  core::parallel_for(taken.size(), [&](std::size_t k) {
    const fs::path from = checkpoint.folder / "clip" / taken[k].first;
    const auto done = take_file(from, state.staging.path() / taken[k].first, taken[k].second);
    if (done && *done) return;
    const std::lock_guard lock(state.mutex);
    if (done) {
      told.error({from.string()}, "is missing or damaged");
    } else {
      cannot_write.append(done.error());
    }
  });
  if (cannot_write.has_errors()) return tl::unexpected(cannot_write);
  return !told.has_errors();
}

core::Result<void> ClipWriter::pause(const CheckpointNote& note, const std::string& memory) {
  State& state = *state_;
  ODDROAD_CHECK(!state.committed);
  if (is_as_far(state.dataset, state.identity, note)) return {};
  if (auto done = flush(); !done) return done;
  auto room = StagingFolder::create(state.dataset);
  if (!room) return core::forward_error(room);
  const fs::path staged = room->path() / "checkpoint";
  if (auto made = make_folders(staged); !made) return made;
  if (const int code = try_rename(state.staging.path(), staged / "clip"); code != 0) {
    return fail_move(staged / "clip", code);
  }
  return put_checkpoint(staged, state.dataset, state.identity,
                        {{},
                         note,
                         {encode_identity(state.identity), state.files},
                         core::to_bytes(state.sightings),
                         memory});
}

core::Result<Commit> ClipWriter::commit() {
  State& state = *state_;
  ODDROAD_CHECK(!state.committed);
  if (auto done = put("sightings.json", state.sightings.encode()); !done) {
    return core::forward_error(done);
  }
  if (auto done = flush(); !done) return core::forward_error(done);
  const fs::path& staged = state.staging.path();
  const std::string text = encode_manifest({encode_identity(state.identity), state.files});
  auto written = write_file_atomic(staged / "manifest.json", text);
  if (!written) return core::forward_error(written);

  auto commit = move_into_place(staged, state.dataset, state.identity, core::sha256_hex(text));
  if (commit) drop_checkpoints(state.dataset, state.identity);
  return commit;
}

}  // namespace oddroad::dataset

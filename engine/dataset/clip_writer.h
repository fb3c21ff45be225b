// Writes one clip. It grows in DATASET/.staging (or in scratch) and appears in DATASET/clips whole,
// by one rename, or not at all.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "engine/capture/frames.h"
#include "engine/capture/ins.h"
#include "engine/capture/radar.h"
#include "engine/capture/rig.h"
#include "engine/core/result.h"
#include "engine/dataset/checkpoint.h"
#include "engine/dataset/clip_info.h"

namespace oddroad::dataset {

enum class CommitOutcome {
  kCommitted,     // the clip is there now
  kAlreadyThere,  // an identical clip was there: ours was dropped
  kQuarantined,   // a different clip of the same identity was there: ours is kept aside
};

struct Commit {
  CommitOutcome outcome = CommitOutcome::kCommitted;
  std::filesystem::path folder;  // where the clip (or, quarantined, ours) lies
  std::string hash;              // clip_hash() of what we made
};

// What a clip can be made from again.
struct ClipSource {
  std::string scenario_yaml;                  // as resolved; names files below inputs/
  std::map<std::string, std::string> inputs;  // name below inputs/ to content
};

// True if a clip of this identity is there with all its files (sizes, not hashes).
bool clip_is_complete(const std::filesystem::path& dataset, const ClipIdentity& identity);

// Takes a clip out of the dataset: moves it to DATASET/quarantine/<scenario>/<clip>.<n>, n the
// first free number. Rendering again makes it anew. Errors: it is not there, cannot move.
core::Result<std::filesystem::path> quarantine_clip(const std::filesystem::path& dataset,
                                                    const ClipIdentity& identity);

// Moves a clip that lies whole in a staging folder of the dataset, manifest included, into place.
// `hash`: of the manifest. The first clip stays. Errors: cannot move.
core::Result<Commit> move_into_place(const std::filesystem::path& staged,
                                     const std::filesystem::path& dataset,
                                     const ClipIdentity& identity, const std::string& hash);

class ClipWriter {
 public:
  // The dataset must have been opened (open_for_writing). Nothing of the arguments is kept.
  // `scratch`: a folder on a disk of this machine where the clip grows, for datasets that lie on a
  // disk of others; the whole clip is copied in one go at the end. Empty: it grows in the dataset.
  static core::Result<ClipWriter> create(const std::filesystem::path& dataset, const ClipInfo& info,
                                         const capture::Calibration& calibration,
                                         const ClipSource& source, const world::Timeline& timeline,
                                         const std::filesystem::path& scratch = {});
  ClipWriter(ClipWriter&&) noexcept;
  ~ClipWriter();  // drops what was not committed

  // Encode and write; may be called from several threads at once, in any order. Empty images of a
  // camera frame are not written. A capture must be written once only.
  core::Result<void> write(const capture::CameraFrame& frame);
  core::Result<void> write(const capture::LidarFrame& frame);
  core::Result<void> write(const capture::RadarFrame& frame);
  core::Result<void> write(const capture::MotionRecords& records);
  // The colour picture of a camera frame as it is already encoded (JPEG, else PNG), beside the
  // frame's other parts, which write() takes with an empty `rgb`.
  core::Result<void> write_picture(const capture::FrameStamp& stamp, const std::string& bytes,
                                   bool jpeg);

  // Right after create(): goes on with what another writer of this clip had written, by hard links
  // or copies; the checkpoint stays until the clip is committed. False: what it holds is not what
  // it says, or its clip began with other files than ours; told why. Errors: cannot write. After
  // either the writer is of no use.
  core::Result<bool> take_over(const Checkpoint& checkpoint, core::Diagnostics& told);
  // Leaves a checkpoint in place of a clip. Call it once, when no write is under way and all
  // captures of ticks before note.next_tick are written, and no others. Errors: cannot write.
  core::Result<void> pause(const CheckpointNote& note, const std::string& state);
  // Flushes all files, writes the manifest, moves the clip into place. Call it once, when no write
  // is under way. Checkpoints of the clip go.
  core::Result<Commit> commit();

 private:
  struct State;
  explicit ClipWriter(std::unique_ptr<State> state);
  core::Result<void> put(const std::string& name, const std::string& bytes);
  core::Result<void> leave_scratch();
  core::Result<void> flush();

  std::unique_ptr<State> state_;
};

}  // namespace oddroad::dataset

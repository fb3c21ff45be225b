// A clip that stopped between two ticks: DATASET/partial/<scenario>/<clip>/<next tick>/
//   clip/...         the files made so far
//   files.json       each with its size and SHA-256, as a manifest
//   state.bin        what the clip remembers (core::Archive)
//   checkpoint.json  who made it, where it goes on; sizes and hashes of the two above and of itself
// It appears whole, by one rename, and nothing in it changes afterwards. Nobody needs it: one that
// is not as it should be, or that another build or device made, is dropped and the clip begins
// anew.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "engine/core/result.h"
#include "engine/dataset/clip_info.h"
#include "engine/dataset/manifest.h"

namespace oddroad::dataset {

struct CheckpointNote {
  // What decides the bytes of a clip beside its identity: build, instruction set, device. Only who
  // says the same goes on with it.
  std::string maker;
  std::int64_t next_tick = 0, ticks = 0;  // goes on at this one of so many; 0 < next < ticks
  bool operator==(const CheckpointNote&) const = default;
};

struct Checkpoint {
  std::filesystem::path folder;
  CheckpointNote note;
  Manifest files;
  std::string sightings;  // of ClipWriter
  std::string state;      // of who renders
};

// "partial/<scenario>/<index, 6 digits>-<short id>", relative to the dataset.
std::filesystem::path partial_folder(const ClipIdentity& identity);

// The furthest note that can be read, whoever made it; nothing: there is none. For a quick look.
std::optional<CheckpointNote> stopped_at(const std::filesystem::path& dataset,
                                         const ClipIdentity& identity);

// "stopped at tick 17 of 40".
std::string to_text(const CheckpointNote& note);

// The furthest that is of this identity and maker; the contents of clip/ are not looked at yet
// (ClipWriter::take_over does). Others beyond it are dropped, with the reason told.
std::optional<Checkpoint> find_checkpoint(const std::filesystem::path& dataset,
                                          const ClipIdentity& identity, const std::string& maker,
                                          core::Diagnostics& told);

// Moves a folder that holds `clip` in a staging folder of the dataset into place as the checkpoint
// `note`, unless one of the same maker that is as far is there and whole; those less far go.
// `staged`: holds clip/, flushed. Errors: cannot write.
core::Result<void> put_checkpoint(const std::filesystem::path& staged,
                                  const std::filesystem::path& dataset,
                                  const ClipIdentity& identity, const Checkpoint& checkpoint);

// Whether there is one of this maker as far as that, with all its files (sizes, not hashes).
bool is_as_far(const std::filesystem::path& dataset, const ClipIdentity& identity,
               const CheckpointNote& note);

// One, or all of a clip: gone whole, by one rename. What cannot be removed stays.
void drop_checkpoint(const std::filesystem::path& dataset, const Checkpoint& checkpoint);
void drop_checkpoints(const std::filesystem::path& dataset, const ClipIdentity& identity);

}  // namespace oddroad::dataset

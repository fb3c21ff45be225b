#include "engine/dataset/checkpoint.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <vector>

#include <unistd.h>

#include "engine/core/archive.h"
#include "engine/core/sha256.h"
#include "engine/dataset/file_io.h"
#include "engine/dataset/json_types.h"
#include "engine/dataset/staging.h"

namespace oddroad::dataset {
namespace {

namespace fs = std::filesystem;

constexpr int kCheckpointVersion = 1;
constexpr const char* kNoteFile = "checkpoint.json";
constexpr const char* kFilesFile = "files.json";
constexpr const char* kStateFile = "state.bin";
constexpr int kMoves = 3;  // somebody may remove empty folders at the same time

// checkpoint.json.
struct Note {
  CheckpointNote note;
  FileEntry files, state;
};

Json entry_json(const FileEntry& entry) {
  return {{"bytes", entry.bytes}, {"sha256", entry.sha256}};
}
FileEntry as_entry(const Json& json) {
  return {as_integer<std::uint64_t>(json.at("bytes")), json.at("sha256").get<std::string>()};
}
FileEntry entry_of(const std::string& bytes) {
  return {bytes.size(), core::sha256_hex(bytes)};
}

std::string encode_note(const Note& note) {
  Json json = {{"format_version", kCheckpointVersion}, {"maker", note.note.maker},
               {"next_tick", note.note.next_tick},     {"ticks", note.note.ticks},
               {"files", entry_json(note.files)},      {"state", entry_json(note.state)}};
  json["sha256"] = core::sha256_hex(dump_json(json));
  return dump_json(json);
}

core::Result<Note> read_note(const fs::path& folder) {
  const std::string file = (folder / kNoteFile).string();
  const auto text = read_file(file);
  if (!text) return core::forward_error(text);
  return decode_json<Note>(*text, file, [&](Json json) -> core::Result<Note> {
    const std::string hash = json.at("sha256").get<std::string>();
    json.erase("sha256");
    if (hash != core::sha256_hex(dump_json(json))) return core::fail_at({file}, "is damaged");
    if (as_integer<int>(json.at("format_version")) != kCheckpointVersion) {
      return core::fail_at({file}, "is of another version");
    }
    return Note{
        {json.at("maker").get<std::string>(), as_integer<std::int64_t>(json.at("next_tick")),
         as_integer<std::int64_t>(json.at("ticks"))},
        as_entry(json.at("files")),
        as_entry(json.at("state"))};
  });
}

core::Result<std::string> read_checked(const fs::path& file, const FileEntry& entry) {
  auto bytes = read_file(file);
  if (bytes && entry_of(*bytes) != entry) return core::fail_at({file.string()}, "is damaged");
  return bytes;
}

core::Result<Checkpoint> read_checkpoint(const fs::path& folder, const ClipIdentity& identity,
                                         const std::string& maker) {
  const auto note = read_note(folder);
  if (!note) return core::forward_error(note);
  if (note->note.maker != maker) {
    return core::fail_at({folder.string()}, "was made by another build or device");
  }
  if (note->note.next_tick <= 0 || note->note.next_tick >= note->note.ticks) {
    return core::fail_at({folder.string()}, "is at no tick of the clip");
  }
  const auto text = read_checked(folder / kFilesFile, note->files);
  if (!text) return core::forward_error(text);
  auto files = decode_manifest(*text, (folder / kFilesFile).string());
  if (!files) return core::forward_error(files);
  if (files->identity != encode_identity(identity)) {
    return core::fail_at({folder.string()}, "is of another clip");
  }
  const auto state = read_checked(folder / kStateFile, note->state);
  if (!state) return core::forward_error(state);
  Checkpoint out{folder, note->note, std::move(*files), {}, {}};
  core::Archive archive = core::Archive::from_bytes(*state);
  archive(out.sightings, out.state);
  if (!archive.at_end()) return core::fail_at({folder.string()}, "its state cannot be read");
  return out;
}

// The checkpoints of a clip, furthest first.
std::vector<std::pair<std::int64_t, fs::path>> list(const fs::path& folder) {
  std::vector<std::pair<std::int64_t, fs::path>> out;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    const std::string name = entry.path().filename().string();
    std::int64_t tick = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), tick);
    if (error == std::errc() && end == name.data() + name.size()) {
      out.emplace_back(tick, entry.path());
    }
  }
  std::sort(out.rbegin(), out.rend());
  return out;
}

// Into a staging folder, which goes with all that is in it.
void drop(const fs::path& dataset, const fs::path& folder) {
  const auto bin = StagingFolder::create(dataset);
  if (bin) (void)std::rename(folder.c_str(), (bin->path() / "dropped").c_str());
}

// The folder of the scenario, and the one above, where they hold nothing any more.
void prune(const fs::path& dataset, const ClipIdentity& identity) {
  const fs::path scenario = (dataset / partial_folder(identity)).parent_path();
  if (::rmdir(scenario.c_str()) == 0) ::rmdir(scenario.parent_path().c_str());
}

bool has_all_files(const fs::path& folder) {
  const auto files = read_file(folder / kFilesFile);
  if (!files) return false;
  const auto manifest = decode_manifest(*files, kFilesFile);
  return manifest && check_files(folder / "clip", *manifest, false).has_value();
}

core::Result<void> write_flushed(const fs::path& file, const std::string& bytes) {
  if (auto done = write_file(file, bytes); !done) return done;
  return sync_path(file);
}

core::Result<void> move(const fs::path& staged, const fs::path& dataset, const fs::path& to) {
  int code = 0;
  for (int k = 0; k < kMoves; ++k) {
    if (auto made = make_folders(to.parent_path()); !made) return made;
    if (std::rename(staged.c_str(), to.c_str()) == 0) return sync_path(to.parent_path());
    code = errno;
    // Not whole, or of another maker: is_as_far would have found it.
    if (code == ENOTEMPTY || code == EEXIST) drop(dataset, to);
  }
  return core::fail_at(
      {to.string()}, std::string("cannot move the checkpoint into place: ") + std::strerror(code));
}

}  // namespace

fs::path partial_folder(const ClipIdentity& identity) {
  return fs::path("partial") / clip_folder(identity).lexically_relative("clips");
}

std::string to_text(const CheckpointNote& note) {
  return "stopped at tick " + std::to_string(note.next_tick) + " of " + std::to_string(note.ticks);
}

std::optional<CheckpointNote> stopped_at(const fs::path& dataset, const ClipIdentity& identity) {
  for (const auto& [tick, folder] : list(dataset / partial_folder(identity))) {
    if (const auto note = read_note(folder)) return note->note;
  }
  return std::nullopt;
}

std::optional<Checkpoint> find_checkpoint(const fs::path& dataset, const ClipIdentity& identity,
                                          const std::string& maker, core::Diagnostics& told) {
  for (const auto& [tick, folder] : list(dataset / partial_folder(identity))) {
    auto found = read_checkpoint(folder, identity, maker);
    if (found && found->note.next_tick == tick) return std::move(*found);
    if (!fs::exists(folder)) continue;  // somebody got further, or finished the clip
    if (!found) told.append(found.error());
    drop(dataset, folder);
  }
  return std::nullopt;
}

bool is_as_far(const fs::path& dataset, const ClipIdentity& identity, const CheckpointNote& note) {
  for (const auto& [tick, folder] : list(dataset / partial_folder(identity))) {
    if (tick < note.next_tick) break;
    const auto there = read_note(folder);
    if (there && there->note.maker == note.maker && has_all_files(folder)) return true;
  }
  return false;
}

core::Result<void> put_checkpoint(const fs::path& staged, const fs::path& dataset,
                                  const ClipIdentity& identity, const Checkpoint& checkpoint) {
  if (is_as_far(dataset, identity, checkpoint.note)) return {};
  const std::string files = encode_manifest(checkpoint.files);
  core::Archive archive = core::Archive::to_bytes();
  std::string sightings = checkpoint.sightings, memory = checkpoint.state;
  archive(sightings, memory);
  const std::string state = archive.take();
  if (auto done = write_flushed(staged / kFilesFile, files); !done) return done;
  if (auto done = write_flushed(staged / kStateFile, state); !done) return done;
  const Note note{checkpoint.note, entry_of(files), entry_of(state)};
  if (auto done = write_file_atomic(staged / kNoteFile, encode_note(note)); !done) return done;
  char tick[24];
  std::snprintf(tick, sizeof tick, "%06lld", static_cast<long long>(checkpoint.note.next_tick));
  const fs::path folder = dataset / partial_folder(identity);
  if (auto moved = move(staged, dataset, folder / tick); !moved) return moved;
  for (const auto& [other, path] : list(folder)) {
    if (other < checkpoint.note.next_tick) drop(dataset, path);
  }
  return {};
}

void drop_checkpoint(const fs::path& dataset, const Checkpoint& checkpoint) {
  drop(dataset, checkpoint.folder);
}

void drop_checkpoints(const fs::path& dataset, const ClipIdentity& identity) {
  const fs::path folder = dataset / partial_folder(identity);
  if (!fs::exists(folder)) return;
  drop(dataset, folder);
  prune(dataset, identity);
}

}  // namespace oddroad::dataset

#include "engine/farm/bucket_output.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "engine/core/sha256.h"
#include "engine/dataset/file_io.h"
#include "engine/dataset/manifest.h"

namespace oddroad::farm {
namespace {

namespace fs = std::filesystem;

constexpr int kCommitTries = 5;
constexpr std::size_t kAtOnce = 8;

// "<scenario>/<index>-<id>"
std::string name_of(const dataset::ClipIdentity& clip) {
  return dataset::clip_folder(clip).lexically_relative("clips").generic_string();
}

std::string manifest_name(const dataset::ClipIdentity& clip) {
  return "clips/" + name_of(clip) + "/manifest.json";
}

std::string short_hash(const std::string& manifest) {
  return core::sha256_hex(manifest).substr(0, 16);
}

std::string files_folder(const dataset::ClipIdentity& clip, const std::string& manifest) {
  return "files/" + name_of(clip) + "/" + short_hash(manifest) + "/";
}

std::string quarantine_name(const dataset::ClipIdentity& clip, const std::string& manifest) {
  return "quarantine/" + name_of(clip) + "." + short_hash(manifest) + ".json";
}

// What all names begin with: as little of a bucket is listed as holds them.
std::string common_beginning(const std::vector<dataset::ClipIdentity>& clips) {
  std::string common = manifest_name(clips.front());
  for (const auto& clip : clips) {
    const std::string name = manifest_name(clip);
    const auto end = std::mismatch(common.begin(), common.end(), name.begin(), name.end()).first;
    common.erase(end, common.end());
  }
  return common;
}

// Several at once, in any order; the first error ends it. Who waits for a store needs no processor,
// so neither their number nor limits of threads count here.
core::Result<void> for_all(std::size_t count,
                           const std::function<core::Result<void>(std::size_t)>& body) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  core::Result<void> result;
  const auto work = [&] {
    for (std::size_t k = next++; k < count; k = next++) {
      const auto done = body(k);
      if (done) continue;
      next = count;
      const std::lock_guard lock(mutex);
      if (result) result = done;
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t k = 1; k < std::min(count, kAtOnce); ++k) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  return result;
}

std::vector<std::pair<std::string, dataset::FileEntry>> in_a_row(
    const dataset::Manifest& manifest) {
  return {manifest.files.begin(), manifest.files.end()};
}

// No object grows: it is put again, with all that it had.
class ObjectJournal : public Journal {
 public:
  ObjectJournal(const s3::Client& client, std::string key, std::string text)
      : client_(client), key_(std::move(key)), text_(std::move(text)) {}

  core::Result<void> append(const std::string& text, bool) override {
    text_ += text;
    return client_.put(key_, text_);
  }
  void touch() override { (void)client_.put(key_, text_); }

 private:
  const s3::Client& client_;
  std::string key_, text_;
};

}  // namespace

BucketOutput::BucketOutput(s3::Client client, s3::Place place)
    : client_(std::move(client)), place_(std::move(place)) {}

std::string BucketOutput::place() const {
  return s3::to_string(place_);
}

core::Result<void> BucketOutput::open(const dataset::DatasetHeader& header) {
  const std::string name = "dataset.json", file = place() + "/" + name;
  auto text = read(name);
  if (text && !text->has_value()) {
    const auto others = client_.list(place_.prefix, 1);
    if (!others) return core::forward_error(others);
    text = read(name);  // somebody else may be making it
    if (text && !text->has_value() && !others->empty()) {
      return core::fail_at(
          {place()},
          "this is not a dataset and holds other objects, such as '" + others->front().key + "'",
          "name a new or an empty prefix");
    }
    if (text && !text->has_value()) {
      const auto put = client_.put_new(key(name), dataset::encode_header(header));
      if (!put) return core::forward_error(put);
      text = read(name);
    }
  }
  if (!text) return core::forward_error(text);
  const std::string there = text->value_or("");
  if (auto fits = dataset::check_header(there, file, header); !fits) return fits;
  const auto again = client_.put_new(key(name), there);
  if (!again) return core::forward_error(again);
  if (!*again) return {};
  return core::fail_at({file},
                       "this store overwrites objects in spite of If-None-Match: one of two "
                       "attempts at a clip would be lost unseen",
                       "use a store with conditional writes");
}

core::Result<std::vector<ClipState>> BucketOutput::look(
    const std::vector<dataset::ClipIdentity>& clips, SurveyDepth depth) const {
  std::vector<ClipState> states(clips.size(), ClipState::kMissing);
  if (clips.empty()) return states;
  const auto listed = client_.list(key(common_beginning(clips)));
  if (!listed) return core::forward_error(listed);
  std::set<std::string> there;
  for (const s3::Object& object : *listed) there.insert(object.key);
  auto looked = for_all(clips.size(), [&](std::size_t k) -> core::Result<void> {
    if (!there.contains(key(manifest_name(clips[k])))) return {};
    const auto state = look_closer(clips[k], depth);
    if (!state) return core::forward_error(state);
    states[k] = *state;
    return {};
  });
  if (!looked) return core::forward_error(looked);
  return states;
}

core::Result<ClipState> BucketOutput::look_closer(const dataset::ClipIdentity& clip,
                                                  SurveyDepth depth) const {
  if (depth == SurveyDepth::kPresence) return ClipState::kDone;
  const auto text = read(manifest_name(clip));
  if (!text) return core::forward_error(text);
  if (!text->has_value()) return ClipState::kMissing;  // since it was listed
  const auto manifest = dataset::decode_manifest(**text, manifest_name(clip));
  if (!manifest || manifest->identity != dataset::encode_identity(clip)) return ClipState::kDamaged;
  const std::string folder = key(files_folder(clip, **text));
  const auto listed = client_.list(folder);
  if (!listed) return core::forward_error(listed);
  std::map<std::string, std::uint64_t> sizes;
  for (const s3::Object& object : *listed) sizes[object.key.substr(folder.size())] = object.bytes;
  for (const auto& [name, entry] : manifest->files) {
    const auto it = sizes.find(name);
    if (it == sizes.end() || it->second != entry.bytes) return ClipState::kDamaged;
    if (depth != SurveyDepth::kHashes) continue;
    const auto bytes = client_.get(folder + name);
    if (!bytes) return core::forward_error(bytes);
    if (core::sha256_hex(bytes->value_or("")) != entry.sha256) return ClipState::kDamaged;
  }
  return ClipState::kDone;
}

core::Result<std::string> BucketOutput::manifest_of(const dataset::ClipIdentity& clip) const {
  auto text = read(manifest_name(clip));
  if (!text) return core::forward_error(text);
  if (text->has_value()) return std::move(**text);
  return core::fail_at({place() + "/" + manifest_name(clip)}, "there is no such clip");
}

core::Result<std::string> BucketOutput::clip_hash(const dataset::ClipIdentity& clip) const {
  const auto text = manifest_of(clip);
  if (!text) return core::forward_error(text);
  return core::sha256_hex(*text);
}

core::Result<void> BucketOutput::set_aside(const dataset::ClipIdentity& clip,
                                           const std::string& manifest) {
  return write(quarantine_name(clip, manifest), manifest);
}

core::Result<void> BucketOutput::quarantine(const dataset::ClipIdentity& clip) {
  const auto text = manifest_of(clip);
  if (!text) return core::forward_error(text);
  if (auto aside = set_aside(clip, *text); !aside) return aside;
  return client_.remove(key(manifest_name(clip)));
}

core::Result<std::optional<std::string>> BucketOutput::read(const std::string& name) const {
  return client_.get(key(name));
}

core::Result<void> BucketOutput::write(const std::string& name, const std::string& text) {
  return client_.put(key(name), text);
}

core::Result<std::vector<Note>> BucketOutput::list(const std::string& folder) const {
  const auto objects = client_.list(key(folder));
  if (!objects) return core::forward_error(objects);
  std::vector<Note> notes;
  for (const s3::Object& object : *objects) {
    notes.push_back({object.key.substr(place_.prefix.size()), object.changed_ms});
  }
  return notes;
}

core::Result<std::unique_ptr<Journal>> BucketOutput::journal(const std::string& name) {
  const auto text = read(name);
  if (!text) return core::forward_error(text);
  return std::make_unique<ObjectJournal>(client_, key(name), text->value_or(""));
}

core::Result<void> BucketOutput::put_files(const fs::path& folder,
                                           const dataset::ClipIdentity& clip,
                                           const std::string& manifest) {
  const auto decoded = dataset::decode_manifest(manifest, (folder / "manifest.json").string());
  if (!decoded) return core::forward_error(decoded);
  const auto files = in_a_row(*decoded);
  return for_all(files.size(), [&](std::size_t k) -> core::Result<void> {
    const auto& [name, entry] = files[k];
    const auto bytes = dataset::read_file(folder / name);
    if (!bytes) return core::forward_error(bytes);
    // The store itself compares the bytes with the manifest's hash.
    return client_.put(key(files_folder(clip, manifest) + name), *bytes, entry.sha256);
  });
}

core::Result<dataset::Commit> BucketOutput::commit(const fs::path& folder,
                                                   const dataset::ClipIdentity& clip) {
  const auto text = dataset::read_file(folder / "manifest.json");
  if (!text) return core::forward_error(text);
  if (auto put = put_files(folder, clip, *text); !put) return core::forward_error(put);
  dataset::Commit commit{dataset::CommitOutcome::kCommitted, place() + "/clips/" + name_of(clip),
                         core::sha256_hex(*text)};
  for (int tries = 0; tries < kCommitTries; ++tries) {
    const auto first = client_.put_new(key(manifest_name(clip)), *text);
    if (!first) return core::forward_error(first);
    if (*first) return commit;
    const auto there = read(manifest_name(clip));
    if (!there) return core::forward_error(there);
    if (!there->has_value()) continue;  // it was taken away meanwhile
    if (**there == *text) {
      commit.outcome = dataset::CommitOutcome::kAlreadyThere;
      return commit;
    }
    const auto state = look_closer(clip, SurveyDepth::kSizes);
    if (!state) return core::forward_error(state);
    if (*state == ClipState::kDone) {
      if (auto aside = set_aside(clip, *text); !aside) return core::forward_error(aside);
      commit.outcome = dataset::CommitOutcome::kQuarantined;
      commit.folder = place() + "/" + quarantine_name(clip, *text);
      return commit;
    }
    // A damaged one gives way.
    if (*state == ClipState::kDamaged) {
      if (auto moved = quarantine(clip); !moved) return core::forward_error(moved);
    }
  }
  return core::fail_at({commit.folder.string()}, "others put and remove it all the time");
}

core::Result<std::string> BucketOutput::copy_to(const dataset::ClipIdentity& clip,
                                                const fs::path& folder) const {
  const auto text = manifest_of(clip);
  if (!text) return core::forward_error(text);
  const auto manifest = dataset::decode_manifest(*text, place() + "/" + manifest_name(clip));
  if (!manifest) return core::forward_error(manifest);
  const std::string from = files_folder(clip, *text);
  const auto files = in_a_row(*manifest);
  auto copied = for_all(files.size(), [&](std::size_t k) -> core::Result<void> {
    const auto& [name, entry] = files[k];
    const auto bytes = read(from + name);
    if (!bytes) return core::forward_error(bytes);
    if (!bytes->has_value() || core::sha256_hex(**bytes) != entry.sha256) {
      return core::fail_at({place() + "/" + from + name}, "missing, or not what the manifest says");
    }
    const fs::path to = folder / name;
    if (auto made = dataset::make_folders(to.parent_path()); !made) return made;
    if (auto written = dataset::write_file(to, **bytes); !written) return written;
    return dataset::sync_path(to);
  });
  if (copied) copied = dataset::write_file_atomic(folder / "manifest.json", *text);
  if (!copied) return core::forward_error(copied);
  return core::sha256_hex(*text);
}

}  // namespace oddroad::farm

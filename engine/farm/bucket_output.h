// Output in a bucket of an S3-compatible store, below a prefix:
//   dataset.json clips.jsonl attempts/...        as in a folder
//   clips/<scenario>/<index>-<id>/manifest.json  put last, and only where there is none
//   files/<scenario>/<index>-<id>/<hash>/...     the files of a clip; <hash>: the first 16 digits
//   of
//                                                the SHA-256 of its manifest
//   quarantine/<scenario>/<index>-<id>.<hash>.json    manifests of clips that were kept aside
// So a clip exists exactly when its manifest does, and the first stays (If-None-Match: *). A store
// puts one object at a time, and an attempt that was taken for dead may put its own at any moment:
// under names of their own, files of one attempt would become those of another. Under the hash of
// all that the clip is, equal attempts put equal objects, in any order and any number of times, and
// attempts that differ never meet: what the first manifest names, no loser can overwrite. What no
// manifest names was left by attempts that died.
#pragma once

#include "engine/dataset/clip_writer.h"
#include "engine/farm/output.h"
#include "engine/s3/client.h"
#include "engine/s3/place.h"

namespace oddroad::farm {

class BucketOutput : public Output {
 public:
  BucketOutput(s3::Client client, s3::Place place);

  [[nodiscard]] std::string place() const override;
  [[nodiscard]] bool reachable() const override { return client_.reachable(); }
  // Errors also: the store takes no notice of If-None-Match.
  core::Result<void> open(const dataset::DatasetHeader& header) override;
  [[nodiscard]] core::Result<std::vector<ClipState>> look(
      const std::vector<dataset::ClipIdentity>& clips, SurveyDepth depth) const override;
  [[nodiscard]] core::Result<std::string> clip_hash(
      const dataset::ClipIdentity& clip) const override;
  core::Result<void> quarantine(const dataset::ClipIdentity& clip) override;
  // Clips stop at their ends only: a store has no rename for what is half made.
  [[nodiscard]] std::string stopped_at(const dataset::ClipIdentity& /*clip*/) const override {
    return "";
  }
  void drop_partial(const dataset::ClipIdentity& /*clip*/) override {}
  [[nodiscard]] core::Result<std::optional<std::string>> read(
      const std::string& name) const override;
  core::Result<void> write(const std::string& name, const std::string& text) override;
  [[nodiscard]] core::Result<std::vector<Note>> list(const std::string& folder) const override;
  core::Result<std::unique_ptr<Journal>> journal(const std::string& name) override;

  // Puts a whole clip that lies in a folder of this machine. The folder stays as it is.
  core::Result<dataset::Commit> commit(const std::filesystem::path& folder,
                                       const dataset::ClipIdentity& clip);
  // Copies a clip into a folder, flushed, its manifest last. Returns the manifest's hash. Errors:
  // it is not there, a file is not what the manifest says, cannot read or write.
  [[nodiscard]] core::Result<std::string> copy_to(const dataset::ClipIdentity& clip,
                                                  const std::filesystem::path& folder) const;

 private:
  [[nodiscard]] std::string key(const std::string& name) const { return place_.prefix + name; }
  [[nodiscard]] core::Result<std::string> manifest_of(const dataset::ClipIdentity& clip) const;
  [[nodiscard]] core::Result<ClipState> look_closer(const dataset::ClipIdentity& clip,
                                                    SurveyDepth depth) const;
  core::Result<void> set_aside(const dataset::ClipIdentity& clip, const std::string& manifest);
  core::Result<void> put_files(const std::filesystem::path& folder,
                               const dataset::ClipIdentity& clip, const std::string& manifest);

  s3::Client client_;
  s3::Place place_;
};

}  // namespace oddroad::farm

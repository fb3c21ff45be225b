#include "engine/farm/fetch.h"

#include "engine/dataset/staging.h"
#include "engine/farm/set_aside.h"
#include "engine/farm/survey.h"

namespace oddroad::farm {
namespace {

namespace fs = std::filesystem;

core::Result<void> fetch_clip(const BucketOutput& from, const fs::path& to,
                              const dataset::ClipIdentity& clip) {
  const auto staging = dataset::StagingFolder::create(to);
  if (!staging) return core::forward_error(staging);
  const auto hash = from.copy_to(clip, staging->path());
  if (!hash) return core::forward_error(hash);
  const auto moved = dataset::move_into_place(staging->path(), to, clip, *hash);
  if (!moved) return core::forward_error(moved);
  return {};
}

}  // namespace

core::Result<FetchSummary> fetch(const Plan& plan, const BucketOutput& from, const fs::path& to,
                                 const std::function<bool()>& go_on) {
  const auto clips = survey(plan, from, SurveyDepth::kSizes);
  if (!clips) return core::forward_error(clips);
  const auto folder = folder_output(to);
  FetchSummary summary;
  for (const SurveyedClip& clip : *clips) {
    if (!go_on()) return core::fail("interrupted");
    const auto identity = plan.identity(clip.clip.clip);
    if (clip.state == ClipState::kSetAside) {
      const auto note = from.read(set_aside_name(clip.name));
      if (!note) return core::forward_error(note);
      auto written = folder->write(set_aside_name(clip.name), note->value_or(""));
      if (!written) return core::forward_error(written);
      ++summary.set_aside;
    } else if (clip.state != ClipState::kDone) {
      ++summary.missing;
    } else if (dataset::clip_is_complete(to, identity)) {
      ++summary.were_there;
    } else {
      if (auto done = fetch_clip(from, to, identity); !done) return core::forward_error(done);
      ++summary.fetched;
    }
  }
  return summary;
}

}  // namespace oddroad::farm

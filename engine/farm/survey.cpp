#include "engine/farm/survey.h"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/core/sha256.h"
#include "engine/farm/set_aside.h"

namespace oddroad::farm {

using Json = nlohmann::ordered_json;

core::Result<std::vector<SurveyedClip>> survey(const Plan& plan, const Output& out,
                                               SurveyDepth depth) {
  std::vector<SurveyedClip> clips;
  std::vector<dataset::ClipIdentity> identities;
  for (const PlannedClip& clip : plan.clips()) {
    clips.push_back({clip, plan.name(clip.clip)});
    identities.push_back(plan.identity(clip.clip));
  }
  const auto states = out.look(identities, depth);
  if (!states) return core::forward_error(states);
  const auto notes = out.list(kSetAsideFolder);
  if (!notes) return core::forward_error(notes);
  std::set<std::string> set_aside;
  for (const Note& note : *notes) set_aside.insert(note.name);
  for (std::size_t k = 0; k < clips.size(); ++k) {
    clips[k].state = (*states)[k];
    if (clips[k].state == ClipState::kMissing &&
        set_aside.contains(set_aside_name(clips[k].name))) {
      clips[k].state = ClipState::kSetAside;
    }
  }
  return clips;
}

core::Result<void> remove_damaged(const Plan& plan, Output& out, std::vector<SurveyedClip>& clips) {
  for (SurveyedClip& clip : clips) {
    if (clip.state != ClipState::kDamaged) continue;
    if (auto moved = out.quarantine(plan.identity(clip.clip.clip)); !moved) return moved;
    clip.state = ClipState::kMissing;
  }
  return {};
}

core::Result<MergeSummary> merge(const Plan& plan, Output& out) {
  auto clips = survey(plan, out, SurveyDepth::kSizes);
  if (!clips) return core::forward_error(clips);
  std::sort(clips->begin(), clips->end(), [](const SurveyedClip& a, const SurveyedClip& b) {
    return a.name < b.name;
  });
  core::Diagnostics problems;
  MergeSummary summary;
  std::string lines, hashed;
  for (const SurveyedClip& clip : *clips) {
    Json line = {{"clip", clip.name}};
    if (clip.state == ClipState::kDone) {
      const auto hash = out.clip_hash(plan.identity(clip.clip.clip));
      if (!hash) {
        problems.append(hash.error());
        continue;
      }
      line["manifest_sha256"] = *hash;
      hashed += clip.name + " " + *hash + "\n";
      ++summary.clips;
    } else if (clip.state == ClipState::kSetAside) {
      const auto reason = read_reason(out, clip.name);
      if (!reason) return core::forward_error(reason);
      line["set_aside"] = *reason;
      ++summary.set_aside;
    } else {
      problems.error({out.place() + "/clips/" + clip.name},
                     clip.state == ClipState::kMissing ? "missing" : "damaged",
                     "farm finish renders what is missing");
    }
    lines += line.dump() + "\n";
  }
  if (problems.has_errors()) return tl::unexpected(problems);
  summary.hash = core::sha256_hex(hashed);
  const Json header = {
      {"clips", summary.clips}, {"set_aside", summary.set_aside}, {"dataset_sha256", summary.hash}};
  auto written = out.write("clips.jsonl", header.dump() + "\n" + lines);
  if (!written) return core::forward_error(written);
  for (const SurveyedClip& clip : *clips) out.drop_partial(plan.identity(clip.clip.clip));
  return summary;
}

}  // namespace oddroad::farm

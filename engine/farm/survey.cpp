#include "engine/farm/survey.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/core/parallel.h"
#include "engine/core/sha256.h"
#include "engine/dataset/clip_writer.h"
#include "engine/dataset/file_io.h"
#include "engine/dataset/manifest.h"
#include "engine/farm/set_aside.h"

namespace oddroad::farm {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

bool is_whole(const fs::path& out, const dataset::ClipIdentity& identity, SurveyDepth depth) {
  const fs::path clip = out / dataset::clip_folder(identity);
  if (depth == SurveyDepth::kPresence) return fs::exists(clip / "manifest.json");
  if (depth == SurveyDepth::kSizes) return dataset::clip_is_complete(out, identity);
  const auto manifest = dataset::read_manifest(clip);
  return manifest && manifest->identity == dataset::encode_identity(identity) &&
         dataset::check_files(clip, *manifest, true).has_value();
}

ClipState state_of(const Plan& plan, const SurveyedClip& clip, const fs::path& out,
                   SurveyDepth depth) {
  const auto identity = plan.identity(clip.clip.clip);
  if (is_whole(out, identity, depth)) return ClipState::kDone;
  if (fs::exists(out / dataset::clip_folder(identity))) return ClipState::kDamaged;
  return fs::exists(set_aside_file(out, clip.name)) ? ClipState::kSetAside : ClipState::kMissing;
}

}  // namespace

std::vector<SurveyedClip> survey(const Plan& plan, const fs::path& out, SurveyDepth depth) {
  std::vector<SurveyedClip> clips;
  for (const PlannedClip& clip : plan.clips()) clips.push_back({clip, plan.name(clip.clip)});
  core::parallel_for(clips.size(), [&](std::size_t k) {
    clips[k].state = state_of(plan, clips[k], out, depth);
  });
  return clips;
}

core::Result<void> remove_damaged(const Plan& plan, const fs::path& out,
                                  std::vector<SurveyedClip>& clips) {
  for (SurveyedClip& clip : clips) {
    if (clip.state != ClipState::kDamaged) continue;
    const auto moved = dataset::quarantine_clip(out, plan.identity(clip.clip.clip));
    if (!moved) return core::forward_error(moved);
    clip.state = ClipState::kMissing;
  }
  return {};
}

core::Result<MergeSummary> merge(const Plan& plan, const fs::path& out) {
  std::vector<SurveyedClip> clips = survey(plan, out, SurveyDepth::kSizes);
  std::sort(clips.begin(), clips.end(), [](const SurveyedClip& a, const SurveyedClip& b) {
    return a.name < b.name;
  });
  core::Diagnostics problems;
  MergeSummary summary;
  std::string lines, hashed;
  for (const SurveyedClip& clip : clips) {
    Json line = {{"clip", clip.name}};
    if (clip.state == ClipState::kDone) {
      const auto hash = dataset::clip_hash(out / "clips" / clip.name);
      if (!hash) {
        problems.append(hash.error());
        continue;
      }
      line["manifest_sha256"] = *hash;
      hashed += clip.name + " " + *hash + "\n";
      ++summary.clips;
    } else if (clip.state == ClipState::kSetAside) {
      line["set_aside"] = read_reason(out, clip.name);
      ++summary.set_aside;
    } else {
      problems.error({(out / "clips" / clip.name).string()},
                     clip.state == ClipState::kMissing ? "missing" : "damaged",
                     "farm finish renders what is missing");
    }
    lines += line.dump() + "\n";
  }
  if (problems.has_errors()) return tl::unexpected(problems);
  summary.hash = core::sha256_hex(hashed);
  const Json header = {
      {"clips", summary.clips}, {"set_aside", summary.set_aside}, {"dataset_sha256", summary.hash}};
  auto written = dataset::write_file_atomic(out / "clips.jsonl", header.dump() + "\n" + lines);
  if (!written) return core::forward_error(written);
  return summary;
}

}  // namespace oddroad::farm

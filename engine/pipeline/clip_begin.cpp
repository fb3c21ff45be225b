#include "engine/pipeline/clip_begin.h"

#include <optional>

namespace oddroad::pipeline {
namespace {

// Nothing: the checkpoint is of no use, told why. Errors: cannot write.
core::Result<std::optional<ClipBeginning>> go_on(const dataset::Checkpoint& checkpoint,
                                                 std::size_t ticks, ClipBeginning fresh,
                                                 core::Diagnostics& told) {
  const bool fits = checkpoint.note.ticks == static_cast<std::int64_t>(ticks) &&
                    core::from_bytes(checkpoint.state, *fresh.state);
  if (!fits) {
    told.error({checkpoint.folder.string()}, "what it remembers does not fit");
    return std::nullopt;
  }
  const auto taken = fresh.writer.take_over(checkpoint, told);
  if (!taken) return core::forward_error(taken);
  if (!*taken) return std::nullopt;
  fresh.tick = static_cast<std::size_t>(checkpoint.note.next_tick);
  return std::optional<ClipBeginning>(std::move(fresh));
}

}  // namespace

core::Result<ClipBeginning> begin_clip(const ClipTask& task, const dataset::ClipIdentity& identity,
                                       std::size_t ticks, const ClipParts& parts,
                                       const ClipProgress& progress) {
  const auto fresh = [&]() -> core::Result<ClipBeginning> {
    auto writer = parts.writer();
    if (!writer) return core::forward_error(writer);
    return ClipBeginning{std::move(*writer), parts.state(), 0};
  };
  const auto partial = task.dataset / dataset::partial_folder(identity);
  if (!task.maker || !std::filesystem::exists(partial)) return fresh();
  const std::string maker = task.maker();
  if (maker.empty()) return fresh();
  core::Diagnostics told;
  const auto checkpoint = dataset::find_checkpoint(task.dataset, identity, maker, told);
  if (checkpoint) {
    auto begun = fresh();
    if (!begun) return begun;
    core::Diagnostics wrong;
    auto going = go_on(*checkpoint, ticks, std::move(*begun), wrong);
    if (!going) return core::forward_error(going);
    if (*going) return std::move(**going);
    told.append(wrong);
    dataset::drop_checkpoint(task.dataset, *checkpoint);
  }
  if (progress.told && !told.empty()) {
    progress.told("begins anew, its checkpoint is of no use: " + core::to_string(told));
  }
  return fresh();
}

}  // namespace oddroad::pipeline

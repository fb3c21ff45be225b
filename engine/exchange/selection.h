// Which clips of a dataset an export takes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/dataset/reader.h"

namespace oddroad::exchange {

// "<scenario>/<index>-<short id>": a clip's folder below DATASET/clips.
std::string clip_name(const std::filesystem::path& folder);

// One name a line; '#' begins a comment; empty lines mean nothing.
struct ClipList {
  std::string text;
  std::string file;  // where it comes from, for messages
};

// Folders of the listed clips, in the order of the dataset. Errors, all with their lines: the
// dataset has no such clip, the clip is not whole (a file is missing, has another size or is
// foreign), it stands there twice; and a list without any clip.
core::Result<std::vector<std::filesystem::path>> select_clips(const dataset::DatasetReader& dataset,
                                                              const ClipList& list);

}  // namespace oddroad::exchange

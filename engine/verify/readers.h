// The JSON files of a dataset. Errors: missing, no JSON, a key missing or of another type; the
// message names the file.
#pragma once

#include <filesystem>

#include "engine/core/result.h"
#include "engine/verify/records.h"

namespace oddroad::verify {

core::Result<DatasetRecord> read_dataset(const std::filesystem::path& file);
core::Result<ClipRecord> read_clip(const std::filesystem::path& file);
core::Result<CalibrationRecord> read_calibration(const std::filesystem::path& file);
core::Result<FrameRecord> read_frame(const std::filesystem::path& file);
core::Result<ManifestRecord> read_manifest(const std::filesystem::path& file);

}  // namespace oddroad::verify

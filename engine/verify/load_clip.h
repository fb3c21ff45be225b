// Reads everything of a clip that is small and makes its world again.
#pragma once

#include <filesystem>
#include <memory>

#include "engine/verify/clip_context.h"

namespace oddroad::verify {

// Null where too little is readable to go on; the report says why (checks `files`, `rebuild`).
std::unique_ptr<ClipContext> load_clip(const std::filesystem::path& folder,
                                       const capture::Ontology& ontology, Report& report);

}  // namespace oddroad::verify

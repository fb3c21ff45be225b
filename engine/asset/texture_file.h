// Textures from PNG and JPEG files.
#pragma once

#include <string>

#include "engine/asset/material.h"
#include "engine/core/result.h"

namespace oddroad::asset {

inline constexpr std::uint32_t kMaxTextureSide_px = 8192;

// `bytes` tell which of the two it is; grey and palette become colours. `file` is for messages.
// Errors: neither of them, truncated or damaged, larger than kMaxTextureSide_px, CMYK.
core::Result<Texture> decode_texture(const std::string& bytes, const std::string& file);

}  // namespace oddroad::asset

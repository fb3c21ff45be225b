// Number plates: European single line, 520 x 110 mm, with an invented registration.
#pragma once

#include <string>

#include "engine/asset/material.h"
#include "engine/core/random.h"

namespace oddroad::asset {

// Seven characters that follow no country's pattern exactly.
std::string draw_registration(core::RandomStream& stream);
// White field, black characters, blue band on the left; 416 x 88 texels.
Texture plate_texture(const std::string& registration);

}  // namespace oddroad::asset

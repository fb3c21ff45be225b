// Lettering of firms that do not exist: textures for the flanks of vans, trucks and trailers.
#pragma once

#include <string>

#include "engine/asset/mesh_tools.h"
#include "engine/asset/model.h"
#include "engine/asset/sign_paint.h"
#include "engine/core/random.h"

namespace oddroad::asset {

struct Brand {
  SignColour ground, ink;
  std::string name;
};
Brand draw_brand(core::RandomStream& draw);

// One line of capitals on a band of the given width to height.
Texture lettering(const char* name, const std::string& text, float aspect, SignColour ground,
                  SignColour ink, float text_height);
// A van's flank: mark, name, address; 1 to .42.
Texture delivery_livery(core::RandomStream& draw, const Brand& brand);
// A curtain-sider's flank, 13.4 m to 2.45 m.
Texture curtain_livery(core::RandomStream& draw);

// Appends the texture and a material that shows it; returns the material.
std::uint16_t add_film(Model& model, Texture texture, const char* name, float roughness);

// A film on the flat flank (+1 left, -1 right) at |y|, reading from left to right.
TriangleMesh flat_film(float side, float y, float x0, float x1, float z0, float z1,
                       std::uint16_t material);

}  // namespace oddroad::asset

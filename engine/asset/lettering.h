// Names over shops: a board's texture with letters, and the board in front of a wall.
#pragma once

#include <string>

#include "engine/asset/facade.h"
#include "engine/asset/material.h"

namespace oddroad::asset {

// One of some twenty names, made up of what is sold there.
std::string shop_name(core::RandomStream& random);
// Letters on the board's colour, or the other way round.
Texture shop_board(const std::string& name, float width_m, float height_m,
                   core::RandomStream& random);
// The board: T maps (right, up, outward) as Facade::T; its texture fills it.
void add_board(TriangleMesh& mesh, const Affine3f& T, const Vec2f& middle, float width_m,
               float height_m, float out_m, std::uint16_t material);

}  // namespace oddroad::asset

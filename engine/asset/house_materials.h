// Walls, roofs, doors and signs of houses, in the order of facade.h.
#pragma once

#include "engine/asset/house_plan.h"

namespace oddroad::asset {

// `palette`: 0 for the shares of ordinary towns, from 1 a town that is painted in its own way,
// drawn from `own`.
std::vector<Material> house_materials(const HousePlan& plan, long palette, core::RandomStream r,
                                      core::RandomStream own);

}  // namespace oddroad::asset

// 3-D boxes that formats join: a rider and what it rides.
#pragma once

#include "engine/math/bounds.h"

namespace oddroad::exchange {

// The box in the axes of `along` that holds both.
math::OrientedBox united(const math::OrientedBox& along, const math::OrientedBox& other);

}  // namespace oddroad::exchange

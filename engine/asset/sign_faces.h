// What is painted on a sign, and the outline of its board.
#pragma once

#include <vector>

#include "engine/asset/prop.h"
#include "engine/asset/sign_paint.h"

namespace oddroad::asset {

enum class SignKind {
  kStop,
  kYield,
  kPriority,
  kSpeedLimit,
  kEndOfLimit,
  kNoEntry,
  kNoOvertaking,
  kWarning,
  kCrosswalk,
  kOneWay,
  kRoundabout,
  kChevron,
  kTown,
  kBoard
};

struct SignFace {
  std::vector<Vec2f> outline;  // counter-clockwise, metres, middle at (0, 0)
  Texture texture;             // over the outline's bounding box
};
// Width and height of the bounding box in metres.
SignFace sign_face(SignKind kind, float width_m, float height_m, const PropNumbers& numbers);

}  // namespace oddroad::asset

// One outer wall of a house: a plane with openings, each with reveal, frame, pane and sill.
#pragma once

#include <vector>

#include "engine/asset/mesh_tools.h"
#include "engine/core/random.h"

namespace oddroad::asset {

// Material indices of a house model.
enum HouseMaterial : std::uint16_t {
  kHouseWall,
  kHouseGroundWall,
  kHousePlinth,
  kHouseTrim,
  kHouseRoof,
  kHouseFrame,
  kHouseGlass,
  kHouseCurtain,
  kHouseDoor,
  kHouseShutter,
  kHouseZinc,
  kHouseChimney,
  kHouseSign,
  kHouseDark,
  kHouseShopGlass,
};

enum class OpeningKind { kWindow, kShop, kDoor };

// A rectangle cut into the wall: metres right of the wall's left edge and above the ground.
struct Opening {
  OpeningKind kind = OpeningKind::kWindow;
  float u0 = 0, v0 = 0, u1 = 0, v1 = 0;
};

struct FacadeStyle {
  float reveal_m = .18f;
  float frame_m = .065f;
  bool surround = false;  // raised border around each window
  bool shutters = false;
  bool lintel = false;  // stone beam over each opening
  int bars = 1;         // 0 one pane, 1 mullion, 2 T-bar, 3 sash with 2x3 panes
};

// T maps (right, up, outward) metres from the wall's lower left corner, seen from outside.
// `ground_m` is the height up to which kHouseGroundWall is used; the wall starts at `bottom_m` and
// ends at `top_m`.
struct Facade {
  Affine3f T;
  float width_m = 0;
  float bottom_m = 0;
  float ground_m = 0;
  float top_m = 0;
  std::vector<Opening> openings;  // disjoint, inside the wall, not across ground_m
};

void add_facade(TriangleMesh& mesh, const Facade& facade, const FacadeStyle& style,
                core::RandomStream& random);

}  // namespace oddroad::asset

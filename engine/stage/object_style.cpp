#include "engine/stage/object_style.h"

#include "engine/asset/materials.h"

namespace oddroad::stage {

namespace materials = asset::materials;
using Kind = road::ObjectKind;

ObjectStyle style_of(Kind kind) {
  switch (kind) {
    case Kind::kVegetation:
    case Kind::kHedge:
      return {"vegetation", materials::leaf({.06f, .11f, .03f}, .6f), 1, 1, 1.2, 0, false, 1};
    case Kind::kPole:
      return {"pole", materials::galvanised_steel(), .12, .12, 4, .06, false};
    case Kind::kDelineator:
      return {"pole", materials::plastic("white plastic", {.7f, .7f, .68f}), .12, .12, 1, 0, false};
    case Kind::kBollard:
      return {"pole", materials::painted_metal({.08f, .08f, .09f}), .16, .16, .9, .08, false};
    case Kind::kBarrier:
    case Kind::kWall:
      return {"barrier", materials::concrete(), 4, .6, .81, 0, false, .5};
    case Kind::kSoundBarrier:
      return {"barrier", materials::painted_metal({.25f, .3f, .25f}), 4, .2, 3, 0, false, 1};
    case Kind::kGuardRail:
      return {"guard_rail", materials::galvanised_steel(), 4, .1, .75, 0, false};
    case Kind::kRailing:
      return {"fence", materials::galvanised_steel(), 2, .06, 1.1, 0, false};
    case Kind::kFence:
      return {"fence", materials::wood(), 2, .06, 1.2, 0, false};
    case Kind::kBuilding:
      return {"building", materials::plaster({.55f, .5f, .42f}), 12, 10, 7, 0, false, 2};
    case Kind::kTrafficIsland:
      return {"kerb", materials::kerb_granite(), 4, 2, .12, 0, false};
    case Kind::kGantry:
      return {"pole", materials::galvanised_steel(), .5, 12, 7, 0, false};
    case Kind::kTrafficSign:
      return {"traffic_sign", materials::painted_metal({.35f, .35f, .36f}), .05, .6, .6, 0, true};
    default:
      return {"unknown", materials::painted_metal({.3f, .3f, .32f}), 1, 1, 1, 0, true};
  }
}

}  // namespace oddroad::stage

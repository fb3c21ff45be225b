// Eyes, mouth, ears and glasses.
#pragma once

#include "engine/asset/clothing.h"
#include "engine/asset/head_mesh.h"

namespace oddroad::asset {

void add_eyes_and_mouth(const HeadFrame& frame, const HeadShape& head, const AddPiece& add);
void add_ears(const HeadFrame& frame, const HeadShape& head, const AddPiece& add);
// Rims, bridge and temples; clear lenses show nothing at the distances that matter.
void add_glasses(const HeadFrame& frame, const HeadShape& head, const AddPiece& add);

}  // namespace oddroad::asset

// Hair, beards, and the shells of what covers hair.
#pragma once

#include <array>
#include <vector>

#include "engine/asset/clothing.h"
#include "engine/asset/head_mesh.h"

namespace oddroad::asset {

struct HairCut {
  // Lower edge of the hair over the azimuth in degrees (0 front, 180 back), canonical z.
  std::vector<std::array<double, 2>> line;
  double thickness = .05;
  double crown = .05;   // thickness on top
  double curtain = -2;  // hair hangs behind the face down to this z; -2 = it does not
  double strand = .3;   // relief
  std::uint16_t material = kMatHair;
};

HairCut cut_of(const Tailor& tailor);
void add_hair(const HeadFrame& frame, const HeadShape& head, const HairCut& cut,
              const AddPiece& add);
void add_beard(const HeadFrame& frame, const HeadShape& head, const AddPiece& add);
// A bun or a ponytail.
void add_tied_hair(const Tailor& tailor, const HeadFrame& frame, const AddPiece& add);
// A helmet's air slots, from front to back.
void add_vents(const HeadFrame& frame, const HeadShape& head, const HairCut& cut,
               const AddPiece& add);

}  // namespace oddroad::asset

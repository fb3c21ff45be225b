// Neck, head with features, ears, and hair or what covers it.
#include <cmath>

#include "engine/asset/clothing.h"
#include "engine/asset/person_face.h"
#include "engine/asset/person_hair.h"

namespace oddroad::asset {

namespace {

// The peak of a cap: a sheet that bends over the brow.
void add_peak(const HeadFrame& frame, const HeadShape& head, const AddPiece& add) {
  std::vector<Ring> rings;
  for (int i = 0; i <= 8; ++i) {
    const double azimuth = (-1 + 2.0 * i / 8) * .95;
    const Vec3d root = head.towards(head_direction(azimuth, .42));
    const double reach = .34 * std::cos(1.35 * azimuth);
    const Vec3d tip = root + Vec3d(reach, .15 * reach * std::sin(azimuth), -.32 * reach);
    const Vec3d up(0, 0, .022);
    rings.push_back({frame(root), frame(tip), frame(tip + up), frame(root + up)});
  }
  TriangleMesh peak = loft(rings, kMatUpperAccent, {.crease_rad = .8f});
  add(signed_volume(peak) < 0 ? flipped(peak) : peak);
}

void add_neck(const Tailor& t) {
  SoftShape neck;
  neck.tubes = {neck_tube(t, 0)};
  const double bottom = neck.tubes[0].rings().front().s;
  const double top = neck.tubes[0].rings().back().s;
  SleeveOptions o;
  o.material = o.stripe_material = kMatSkin;
  o.rings = 7;
  o.segments = 18;
  o.from = [=](double) {
    return bottom;
  };
  o.to = [=](double) {
    return top;
  };
  t.out.add(sleeve(neck, 0, o), [&](const Vec3d& p) {
    return t.weights.trunk(p);
  });
}

}  // namespace

void add_head(const Tailor& t) {
  add_neck(t);
  const HeadFrame frame = head_frame(t.traits.shape);
  const HeadShape head(t.traits);
  const auto add = [&](const TriangleMesh& piece) {
    t.out.add(piece, [](const Vec3d&) {
      return SkinWeights::rigid(kHead);
    });
  };
  const auto on_skin = [](const HeadSpot& spot) {
    return spot.skin;
  };
  add(around(frame, head, HeadGrid::kSkin, on_skin, kMatSkin));
  add_eyes_and_mouth(frame, head, add);
  if (t.traits.glasses) add_glasses(frame, head, add);
  const bool covered = t.traits.hair == HairStyle::kMedium || t.traits.hair == HairStyle::kLong ||
                       t.traits.hair == HairStyle::kScarf;
  if (!covered) add_ears(frame, head, add);
  if (t.traits.beard) add_beard(frame, head, add);
  const HairCut cut = cut_of(t);
  if (t.traits.hair == HairStyle::kHelmet || t.traits.hair == HairStyle::kBeanie ||
      t.traits.hair == HairStyle::kCap) {
    HairCut under;
    under.line = {{0, .305}, {58, .16}, {80, -.07}, {94, .115}, {118, -.10}, {180, -.24}};
    under.thickness = under.crown = .03;
    under.strand = .2;
    add_hair(frame, head, under, add);
  }
  add_hair(frame, head, cut, add);
  if (t.traits.hair == HairStyle::kCap) add_peak(frame, head, add);
  if (t.traits.hair == HairStyle::kHelmet) add_vents(frame, head, cut, add);
  if (t.traits.hair == HairStyle::kPonytail || t.traits.hair == HairStyle::kBun) {
    add_tied_hair(t, frame, add);
  }
}

}  // namespace oddroad::asset

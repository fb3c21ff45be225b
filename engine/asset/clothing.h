// Body and clothes of a person as skinned triangles in the bind pose.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "engine/asset/person_field.h"
#include "engine/asset/person_skin.h"
#include "engine/asset/person_traits.h"

namespace oddroad::asset {

// Indices into Model::materials of a person.
enum PersonMaterial : std::uint16_t {
  kMatSkin,
  kMatLips,
  kMatEyeWhite,
  kMatIris,
  kMatHair,
  kMatUpper,
  kMatUpperAccent,
  kMatLower,
  kMatShoe,
  kMatSole,
  kMatBag,
  kMatTrim,
  kMatSkinShade,
  kMatHelmet,
  kMatHairDark,
  kPersonMaterialCount,
};
std::vector<Material> person_materials(const PersonTraits& traits);

struct BodyMesh {
  math::TriangleMesh mesh;
  std::vector<SkinVertex> weights;

  void add(const math::TriangleMesh& piece,
           const std::function<SkinVertex(const math::Vec3d&)>& weight);
};

struct Tailor {
  const PersonTraits& traits;
  const Skeleton& skeleton;
  const SkinWeights& weights;
  BodyMesh& out;

  [[nodiscard]] double h() const { return traits.shape.stature_m; }
  // Clothes keep their thickness when bodies shrink only in part.
  [[nodiscard]] double cloth(double metres) const { return metres * (.45 + .55 * h() / 1.75); }
};

// Rings of the naked body; `loose(t)` widens it, t from 0 at the first ring to 1 at the last.
TubeShape trunk_tube(const Tailor& tailor, const std::function<double(double)>& loose_m);
TubeShape arm_tube(const Tailor& tailor, int side, const std::function<double(double)>& loose_m);
TubeShape leg_tube(const Tailor& tailor, int side, const std::function<double(double)>& loose_m);
TubeShape neck_tube(const Tailor& tailor, double loose_m);
std::vector<Blob> trunk_blobs(const Tailor& tailor, double loose_m);

// The trousers' outside, for what is worn over them.
SoftShape trousers_shape(const Tailor& tailor);
void add_trousers(const Tailor& tailor);  // or shorts with bare legs and socks
void add_upper(const Tailor& tailor);     // shirt, sweater, hoodie, jacket, parka; bare arms
void add_hands(const Tailor& tailor);
void add_shoes(const Tailor& tailor);
void add_backpack(const Tailor& tailor);
void add_head(const Tailor& tailor);  // neck, face, ears, hair or what covers it

// All of it, and what is carried.
enum class Carry;
std::shared_ptr<const BodyMesh> dress(const PersonTraits& traits, const Skeleton& skeleton,
                                      Carry carry);

}  // namespace oddroad::asset

#include "engine/asset/clothing.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/materials.h"
#include "engine/asset/person_carry.h"

namespace oddroad::asset {

namespace {

Material cloth(const char* name, const math::Vec3f& color, float roughness, float ir) {
  Material m = materials::plain(name, color, roughness, ir);
  m.second_color = color * .8f;
  m.pattern = Pattern::kFabric;
  m.pattern_scale_m = .05f;
  m.pattern_strength = .6f;
  return m;
}

Material skin(const char* name, const math::Vec3f& color, float roughness) {
  Material m = materials::plain(name, color, roughness, .55f);
  m.second_color = color * math::Vec3f(1.1f, .85f, .82f);
  m.pattern = Pattern::kSkin;
  m.pattern_scale_m = .04f;
  return m;
}

}  // namespace

std::vector<Material> person_materials(const PersonTraits& t) {
  const Outfit& o = t.outfit;
  const bool shiny = o.upper == Upper::kJacket || o.upper == Upper::kParka;
  // Textile dyes hardly absorb at 905 nm, so black cotton returns as much as white.
  const float upper_ir = shiny ? .5f : .65f;
  const math::Vec3f lips = t.skin_color * math::Vec3f(.86f, .58f, .58f);
  std::vector<Material> m(kPersonMaterialCount);
  m[kMatSkin] = skin("skin", t.skin_color, .48f);
  m[kMatLips] = skin("lips", lips, .4f);
  m[kMatEyeWhite] = materials::plain("eye_white", {.52f, .50f, .48f}, .2f, .4f);
  m[kMatIris] = materials::plain(
      "iris", t.skin >= 5 ? math::Vec3f(.03f, .018f, .01f) : math::Vec3f(.06f, .055f, .05f), .15f,
      .2f);
  m[kMatHair] = materials::plain("hair", t.hair_color, .45f, .3f);
  m[kMatHairDark] = materials::plain("hair_dark", t.hair_color * .72f, .5f, .3f);
  m[kMatUpper] = cloth("upper", o.upper_color, shiny ? .6f : .9f, upper_ir);
  m[kMatUpperAccent] = cloth("upper_accent", o.upper_accent, .9f, upper_ir);
  m[kMatLower] = cloth("lower", o.lower_color, .85f, .6f);
  m[kMatShoe] = materials::plain("shoe", o.shoe_color, o.leather_shoes ? .42f : .7f, .2f);
  m[kMatSole] = materials::plain("sole", o.sole_color, .8f, .2f);
  m[kMatBag] = cloth("bag", o.bag_color, .6f, .45f);
  m[kMatTrim] = materials::plain("trim", {.03f, .03f, .032f}, .5f, .2f);
  m[kMatSkinShade] = skin("skin_shade", t.skin_color * math::Vec3f(.62f, .52f, .5f), .5f);
  m[kMatHelmet] = materials::plain("helmet", o.bag_color, .35f, .5f);
  m[kMatHelmet].clearcoat = .5f;
  return m;
}

void BodyMesh::add(const math::TriangleMesh& piece,
                   const std::function<SkinVertex(const Vec3d&)>& weight) {
  for (const math::Vec3f& p : piece.positions) weights.push_back(weight(Vec3d(p)));
  mesh.append(piece);
}

TubeShape trunk_tube(const Tailor& tailor, const std::function<double(double)>& loose_m) {
  const BodyShape& shape = tailor.traits.shape;
  const double h = tailor.h();
  std::vector<TubeShape::Ring> rings;
  for (std::size_t i = 0; i < shape.torso.size(); ++i) {
    const BodySection& ring = shape.torso[i];
    const double loose = loose_m(static_cast<double>(i) / (shape.torso.size() - 1));
    rings.push_back({ring.at * h, .5 * ring.depth * h + loose, .5 * ring.breadth * h + loose,
                     ring.forward * h, 0});
  }
  return TubeShape({0, 0, shape.sole_m}, {0, 0, 1}, std::move(rings), 2.4);
}

TubeShape arm_tube(const Tailor& tailor, int side, const std::function<double(double)>& loose_m) {
  const BodyShape& shape = tailor.traits.shape;
  const double h = tailor.h();
  const double scale = (shape.upper_arm + shape.forearm) / shape.arm.back().at;
  std::vector<TubeShape::Ring> rings;
  // A ball at the shoulder, hidden by the trunk on its inner side.
  const BodySection& top = shape.arm.front();
  const double radius = .5 * top.breadth * h + loose_m(0);
  for (const double angle : {1.45, 1.15, .80, .42}) {
    const double c = std::cos(angle);
    rings.push_back(
        {-radius * std::sin(angle), (.5 * top.depth * h + loose_m(0)) * c, radius * c, 0, 0});
  }
  for (std::size_t i = 0; i < shape.arm.size(); ++i) {
    const BodySection& ring = shape.arm[i];
    const double t = static_cast<double>(i) / (shape.arm.size() - 1);
    // The wrist is broad fore and aft while the palm faces the thigh; the upper arm likewise.
    const double turn = smooth_step(.55, .85, t);
    const double fore = ring.depth + turn * (ring.breadth - ring.depth);
    const double across = ring.breadth + turn * (ring.depth - ring.breadth);
    const double loose = loose_m(t);
    rings.push_back({ring.at * h * scale, .5 * fore * h + loose, .5 * across * h + loose, 0, 0});
  }
  const Skeleton& s = tailor.skeleton;
  const Vec3d root = s.joint[bone_of(kUpperArm, side)];
  return TubeShape(root, s.joint[bone_of(kHand, side)] - root, std::move(rings));
}

TubeShape leg_tube(const Tailor& tailor, int side, const std::function<double(double)>& loose_m) {
  const BodyShape& shape = tailor.traits.shape;
  const double h = tailor.h();
  const Skeleton& s = tailor.skeleton;
  const Vec3d root = s.joint[bone_of(kThigh, side)];
  const double stretch = (s.thigh_m + s.shank_m) / ((shape.hip - shape.ankle) * h);
  std::vector<TubeShape::Ring> rings;
  const BodySection& top = shape.leg.front();
  const double loose0 = loose_m(0);
  rings.push_back({0, .47 * top.depth * h + loose0, .44 * top.breadth * h + loose0, 0, 0});
  for (std::size_t i = 0; i < shape.leg.size(); ++i) {
    const BodySection& ring = shape.leg[i];
    const double loose = loose_m(static_cast<double>(i) / (shape.leg.size() - 1));
    rings.push_back({(shape.hip - ring.at) * h * stretch, .5 * ring.depth * h + loose,
                     .5 * ring.breadth * h + loose, ring.forward * h, 0});
  }
  return TubeShape(root, s.joint[bone_of(kFoot, side)] - root, std::move(rings));
}

TubeShape neck_tube(const Tailor& t, double loose_m) {
  const BodyShape& shape = t.traits.shape;
  const double h = t.h();
  const BodySection& low = shape.neck.front();
  const BodySection& high = shape.neck.back();
  std::vector<TubeShape::Ring> rings;
  const double bottom = (low.at - .030) * h;
  const double top = (shape.chin + .055) * h;
  for (int i = 0; i <= 8; ++i) {
    const double u = i / 8.0;
    const auto mix = [u](double a, double b) {
      return a + u * (b - a);
    };
    // The muscles run out to the shoulders.
    const double low_down = (1 - u) * (1 - u);
    rings.push_back({bottom + u * (top - bottom),
                     .5 * mix(low.depth, high.depth) * h * (1 - .06 * low_down) + loose_m,
                     .47 * mix(low.breadth, high.breadth) * h * (1 + .75 * low_down) + loose_m,
                     mix(-.014, -.004) * h, 0});
  }
  return TubeShape({0, 0, shape.sole_m}, {0, 0, 1}, std::move(rings));
}

std::vector<Blob> trunk_blobs(const Tailor& tailor, double loose_m) {
  const BodyShape& shape = tailor.traits.shape;
  const double h = tailor.h();
  const double grown = 1 - tailor.traits.childlike;
  std::vector<Blob> blobs;
  const auto blob = [&](double x, double y, double z, double rx, double ry, double rz) {
    for (const double sign : {1.0, -1.0}) {
      blobs.push_back({Vec3d(x * h, sign * y * h, z * h + shape.sole_m),
                       Vec3d(rx * h + loose_m, ry * h + loose_m, rz * h + loose_m)});
    }
  };
  const double seat = shape.female ? 1.06 : 1.0;
  blob(-.031 * seat, .040, shape.crotch + .045, .044 * seat, .045 * seat, .048);
  if (shape.female && grown > .5) blob(.046, .045, .722, .036, .040, .042);
  if (!shape.female && grown > .5) blob(.040, .042, .742, .030, .046, .036);
  return blobs;
}

std::shared_ptr<const BodyMesh> dress(const PersonTraits& traits, const Skeleton& skeleton,
                                      Carry carry) {
  auto body = std::make_shared<BodyMesh>();
  const SkinWeights weights(skeleton, traits.shape);
  const Tailor tailor{traits, skeleton, weights, *body};
  add_shoes(tailor);
  add_trousers(tailor);
  add_upper(tailor);
  add_hands(tailor);
  add_head(tailor);
  if (traits.backpack) add_backpack(tailor);
  add_carried(tailor, carry);
  body->mesh.remove_degenerate();
  return body;
}

}  // namespace oddroad::asset

#include "engine/asset/tree.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/foliage.h"
#include "engine/asset/materials.h"
#include "engine/asset/mesh_tools.h"

namespace oddroad::asset {

namespace {

enum : std::uint16_t { kBark, kTwig, kLeaf, kLeafLight, kLeafYellow };

// How a species grows. Crown width and heights are fractions of the tree's height; the crown's
// envelope is a radius over the height fraction u within the crown (0 base, 1 top).
struct Species {
  const char* name;
  float height_m, height_spread_m;
  float crown_width, crown_base;
  float trunk_ratio;  // trunk radius at breast height over tree height
  float flare;
  int limbs;
  float limb_angle_low_rad;   // from the vertical, at the crown base
  float limb_angle_high_rad;  // and at the top
  float lift;                 // limbs curve up (+) or hang (-) towards their ends
  int twigs_per_limb;
  float droop;  // twigs hang by gravity
  int leaves_per_twig;
  float leaf_length_m, leaf_width_m;
  bool needles;
  math::Vec3f leaf_color, bark_color;
  float leaf_905nm;
  float gnarl = .13f;         // how crooked limbs are
  bool tufts = false;         // needles stand in brushes about the twigs' ends
  float off_twig_m = .22f;    // side twigs too fine to draw reach so far
  bool blotched = false;      // bark in plates of two colours
  math::Vec3f upper_bark{0};  // of the trunk's upper half, if not the same
};

// clang-format off
// 905 nm leaf values: common_oak .415 stands for lime, poplar and plane, maple_leaves .643,
// black_birch_leaf .394, blue_spruce_needles .394 for all needles (measured spectra, see
// materials.h). Leaf sheets are two to three times as long as a leaf, so that 20,000 of them reach
// the leaf area that hides the crown's inside.
const Species kSpecies[] = {
    {.name = "lime", .height_m = 13, .height_spread_m = 2, .crown_width = .58f,
     .crown_base = .19f, .trunk_ratio = .0145f, .flare = .6f, .limbs = 36,
     .limb_angle_low_rad = 1.25f, .limb_angle_high_rad = .45f, .lift = .35f, .twigs_per_limb = 10,
     .droop = .15f, .leaves_per_twig = 52, .leaf_length_m = .17f, .leaf_width_m = .145f,
     .leaf_color = {.055f, .10f, .022f}, .bark_color = {.16f, .14f, .115f}, .leaf_905nm = .415f},
    {.name = "maple", .height_m = 11.5f, .height_spread_m = 1.5f, .crown_width = .76f,
     .crown_base = .21f, .trunk_ratio = .0165f, .flare = .6f, .limbs = 32,
     .limb_angle_low_rad = 1.15f, .limb_angle_high_rad = .4f, .lift = .25f, .twigs_per_limb = 11,
     .droop = .1f, .leaves_per_twig = 48, .leaf_length_m = .19f, .leaf_width_m = .19f,
     .leaf_color = {.05f, .095f, .02f}, .bark_color = {.17f, .16f, .145f}, .leaf_905nm = .643f},
    {.name = "birch", .height_m = 13, .height_spread_m = 2, .crown_width = .46f,
     .crown_base = .20f, .trunk_ratio = .0105f, .flare = .4f, .limbs = 38,
     .limb_angle_low_rad = .85f, .limb_angle_high_rad = .35f, .lift = .05f, .twigs_per_limb = 10,
     .droop = 1.1f, .leaves_per_twig = 46, .leaf_length_m = .13f, .leaf_width_m = .10f,
     .leaf_color = {.08f, .125f, .03f}, .bark_color = {.56f, .54f, .50f}, .leaf_905nm = .394f},
    {.name = "spruce", .height_m = 17, .height_spread_m = 3, .crown_width = .32f,
     .crown_base = .05f, .trunk_ratio = .0125f, .flare = .3f, .limbs = 84,
     .limb_angle_low_rad = 1.62f, .limb_angle_high_rad = .95f, .lift = 0, .twigs_per_limb = 11,
     .droop = .35f, .leaves_per_twig = 18, .leaf_length_m = .30f, .leaf_width_m = .10f,
     .needles = true,
     .leaf_color = {.025f, .05f, .018f}, .bark_color = {.13f, .085f, .06f}, .leaf_905nm = .394f},
    {.name = "oak", .height_m = 13.5f, .height_spread_m = 2.5f, .crown_width = .92f,
     .crown_base = .17f, .trunk_ratio = .021f, .flare = 1.0f, .limbs = 27,
     .limb_angle_low_rad = 1.35f, .limb_angle_high_rad = .35f, .lift = .1f, .twigs_per_limb = 14,
     .droop = .05f, .leaves_per_twig = 50, .leaf_length_m = .17f, .leaf_width_m = .11f,
     .leaf_color = {.05f, .085f, .02f}, .bark_color = {.13f, .115f, .095f}, .leaf_905nm = .415f,
     .gnarl = .30f},
    {.name = "poplar", .height_m = 20, .height_spread_m = 4, .crown_width = .16f,
     .crown_base = .06f, .trunk_ratio = .0125f, .flare = .5f, .limbs = 70,
     .limb_angle_low_rad = .42f, .limb_angle_high_rad = .22f, .lift = .35f, .twigs_per_limb = 7,
     .droop = -.3f, .leaves_per_twig = 40, .leaf_length_m = .14f, .leaf_width_m = .13f,
     .leaf_color = {.06f, .11f, .03f}, .bark_color = {.15f, .14f, .12f}, .leaf_905nm = .415f},
    {.name = "pine", .height_m = 15, .height_spread_m = 3, .crown_width = .42f,
     .crown_base = .52f, .trunk_ratio = .0135f, .flare = .2f, .limbs = 26,
     .limb_angle_low_rad = 1.35f, .limb_angle_high_rad = .8f, .lift = .45f, .twigs_per_limb = 12,
     .droop = -.25f, .leaves_per_twig = 50, .leaf_length_m = .20f, .leaf_width_m = .05f,
     .leaf_color = {.03f, .055f, .024f}, .bark_color = {.15f, .11f, .085f}, .leaf_905nm = .394f,
     .gnarl = .25f, .tufts = true, .upper_bark = {.30f, .14f, .065f}},
    {.name = "plane", .height_m = 15, .height_spread_m = 3, .crown_width = .72f,
     .crown_base = .24f, .trunk_ratio = .0185f, .flare = .5f, .limbs = 26,
     .limb_angle_low_rad = 1.1f, .limb_angle_high_rad = .4f, .lift = -.05f, .twigs_per_limb = 12,
     .droop = .2f, .leaves_per_twig = 40, .leaf_length_m = .22f, .leaf_width_m = .22f,
     .leaf_color = {.07f, .115f, .03f}, .bark_color = {.30f, .29f, .21f}, .leaf_905nm = .415f,
     .gnarl = .2f, .blotched = true},
    // Not a tree: many stems from the ground.
    {.name = "shrub", .height_m = 1.7f, .height_spread_m = .5f, .crown_width = 1.05f,
     .crown_base = .02f, .trunk_ratio = .009f, .flare = 0, .limbs = 26,
     .limb_angle_low_rad = 1.25f, .limb_angle_high_rad = .25f, .lift = .5f, .twigs_per_limb = 8,
     .droop = .2f, .leaves_per_twig = 18, .leaf_length_m = .075f, .leaf_width_m = .05f,
     .leaf_color = {.055f, .095f, .028f}, .bark_color = {.12f, .10f, .08f}, .leaf_905nm = .45f,
     .gnarl = .25f, .off_twig_m = .07f},
};
// clang-format on
constexpr int kTrees = 8;
constexpr int kShrub = 8;

// Crown radius over its width at height fraction u, per species.
float envelope(int species, float u) {
  u = std::clamp(u, 0.0f, 1.0f);
  switch (species) {
    case 0:  // ovoid, widest at a third
      return std::sqrt(
          std::max(0.0f, 1 - std::pow(std::abs(u - 0.36f) / (u < 0.36f ? 0.50f : 0.66f), 2.2f)));
    case 1:  // round
      return std::sqrt(std::max(0.0f, 1 - std::pow(std::abs(u - 0.45f) / 0.57f, 2.3f)));
    case 4:  // wide dome
      return std::sqrt(
          std::max(0.0f, 1 - std::pow(std::abs(u - .38f) / (u < .38f ? .46f : .63f), 2.6f)));
    case 5:  // column
      return std::min(1.0f, 2.6f * u + .35f) * std::pow(std::max(0.0f, 1 - u), .4f);
    case 6:  // flat umbrella
      return std::sqrt(
          std::max(0.0f, 1 - std::pow(std::abs(u - .62f) / (u < .62f ? .75f : .40f), 2.0f)));
    case 7:  // round and open
      return std::sqrt(std::max(0.0f, 1 - std::pow(std::abs(u - .48f) / .55f, 2.4f)));
    case 8:  // bush
      return std::sqrt(std::max(0.0f, 1 - std::pow(std::max(0.0f, u - .25f) / .75f, 2.2f)));
    case 2:  // flame
      return std::pow(std::max(0.0f, 1 - u), 0.55f) * (0.55f + 0.45f * std::min(1.0f, u * 4));
    default:  // cone
      return 0.04f + 0.96f * (1 - u);
  }
}

class Grower {
 public:
  Grower(int species, float height, float detail, core::RandomStream stream)
      : kind_(species), s_(kSpecies[species]), height_(height), detail_(detail), random_(stream) {
    radius_ = 0.5f * s_.crown_width * height_;
    base_ = s_.crown_base * height_;
  }

  TriangleMesh grow() {
    lean_ = Vec3f(uniform(-.03f, .03f), uniform(-.03f, .03f), 0);
    grow_trunk();
    const int limbs = s_.limbs;
    float azimuth = uniform(0, 2 * kPi);
    for (int k = 0; k < limbs; ++k) {
      // Golden angle around, denser towards the top where limbs are short.
      azimuth += s_.needles ? 2 * kPi / 5.3f + uniform(-.2f, .2f) : 2.39996f + uniform(-.3f, .3f);
      float u = (static_cast<float>(k) + uniform(.1f, .9f)) / static_cast<float>(limbs);
      if (s_.needles) u = std::floor(u * 22) / 22 + uniform(0, .02f);  // whorls
      grow_limb(std::pow(u, s_.needles ? 1.15f : 0.9f) * 0.96f, azimuth);
    }
    return std::move(mesh_);
  }

 private:
  float uniform(float lower, float upper) {
    return static_cast<float>(random_.uniform(lower, upper));
  }
  Vec3f random_direction() {
    const float z = uniform(-1, 1);
    const float a = uniform(0, 2 * kPi);
    const float r = std::sqrt(1 - z * z);
    return {r * std::cos(a), r * std::sin(a), z};
  }
  // The middle line of the trunk wanders a little and leans.
  Vec3f trunk_at(float z) const {
    const float w = s_.needles ? 0.02f : 0.12f;
    const float f = z / height_;
    return lean_ * z + Vec3f(w * std::sin(5 * f + phase_) * f, w * std::cos(4 * f + phase_) * f, z);
  }
  float trunk_radius(float z) const {
    const float foot = s_.trunk_ratio * height_;
    const float taper =
        std::pow(std::max(0.0f, 1 - z / (height_ * 0.97f)), s_.needles ? .9f : 1.1f);
    return 0.012f + foot * taper * (1 + s_.flare * std::exp(-z / 0.22f));
  }

  void grow_trunk() {
    phase_ = uniform(0, 6);
    std::vector<Ring> rings;
    const int levels = 16;
    const int sides = 12;
    for (int k = 0; k <= levels; ++k) {
      const float f = static_cast<float>(k) / levels;
      const float z = k == 0 ? -0.15f : 0.94f * height_ * std::pow(f, 1.7f);
      const float r = trunk_radius(std::max(z, 0.0f));
      const Vec3f middle = trunk_at(z);
      Ring ring;
      for (int i = 0; i < sides; ++i) {
        const float a = 2 * kPi * static_cast<float>(i) / sides;
        // Roots make lobes at the foot that fade out by knee height.
        const float lobes =
            1 + .22f * s_.flare * std::exp(-std::max(z, 0.0f) / .3f) * std::sin(5 * a + phase_);
        ring.push_back(middle + r * lobes * Vec3f(std::cos(a), std::sin(a), 0));
      }
      rings.push_back(std::move(ring));
    }
    TriangleMesh trunk =
        loft(rings, kBark, {.cap_begin = false, .cap_end = false, .crease_rad = 1.5f});
    if (s_.upper_bark != math::Vec3f(0)) {
      for (std::size_t t = 0; t < trunk.triangle_count(); ++t) {
        if (trunk.positions[trunk.triangles[t][0]].z > .45f * height_) trunk.material[t] = kTwig;
      }
    }
    mesh_.append(trunk);
  }

  // Distance from p along d to the crown's envelope (marching; the envelope is smooth).
  float reach(const Vec3f& p, const Vec3f& d) const {
    const float step = 0.04f * height_;
    for (float t = step; t < height_; t += step) {
      const Vec3f q = p + t * d;
      const float u = (q.z - base_) / (height_ - base_);
      const Vec3f off = q - trunk_at(q.z);
      if (u > 1 || u < -0.12f || std::hypot(off.x, off.y) > radius_ * envelope(kind_, u)) return t;
    }
    return height_;
  }

  void grow_limb(float u, float azimuth) {
    const float z = base_ + u * (height_ - base_) * (s_.needles ? 1.0f : 0.86f);
    const float angle = s_.limb_angle_low_rad +
                        (s_.limb_angle_high_rad - s_.limb_angle_low_rad) * u + uniform(-.14f, .14f);
    Vec3f d(std::sin(angle) * std::cos(azimuth), std::sin(angle) * std::sin(azimuth),
            std::cos(angle));
    const Vec3f start = trunk_at(z);
    const float length = std::clamp(reach(start, d) * uniform(.78f, 1.06f), 0.5f, 0.8f * height_);
    const float thick =
        std::min(0.55f * trunk_radius(z), 0.012f * std::pow(length, 1.25f) + 0.012f);
    std::vector<Vec3f> path = {start};
    std::vector<float> radii = {thick};
    const int segments = 7;
    for (int k = 1; k <= segments; ++k) {
      d = glm::normalize(d + Vec3f(0, 0, s_.lift / segments) +
                         s_.gnarl * random_direction() * (s_.needles ? .3f : 1.0f));
      path.push_back(path.back() + d * (length / segments));
      radii.push_back(thick * (1 - 0.88f * static_cast<float>(k) / segments));
    }
    const int sides = detail_ < .5f ? 3 : (thick > .035f ? 6 : 4);
    const bool bark = thick > .03f && s_.upper_bark == math::Vec3f(0);
    mesh_.append(tube(path, radii, sides, bark ? kBark : kTwig, false));
    const int twigs = s_.twigs_per_limb;
    for (int k = 0; k < twigs; ++k) {
      const float f =
          s_.needles
              ? .15f + .85f * (static_cast<float>(k) + .5f) / static_cast<float>(twigs)
              : .30f + .70f * (static_cast<float>(k) + uniform(0, 1)) / static_cast<float>(twigs);
      grow_twig(path, f, length, (k % 2) ? 1.0f : -1.0f, k + 1 == twigs);
    }
  }

  void grow_twig(const std::vector<Vec3f>& limb, float f, float limb_length, float side, bool end) {
    const float at = f * static_cast<float>(limb.size() - 1);
    const auto i = std::min(static_cast<std::size_t>(at), limb.size() - 2);
    const Vec3f start = limb[i] + (limb[i + 1] - limb[i]) * (at - static_cast<float>(i));
    const Vec3f along = glm::normalize(limb[i + 1] - limb[i]);
    const Vec3f across = glm::normalize(glm::cross(along, Vec3f(0, 0, 1)) + 1e-4f);
    const float spread = s_.needles ? 0.0f : uniform(-1, 1);
    Vec3f d = end ? along
                  : glm::normalize(along * uniform(.5f, .9f) + across * side * uniform(.5f, 1.0f) +
                                   glm::cross(across, along) * spread * .7f);
    const float length = s_.needles ? std::clamp(.5f * limb_length * (1.15f - f), .25f, 1.3f)
                                    : std::clamp(.42f * limb_length * (1.25f - .5f * f),
                                                 std::min(.5f, .4f * limb_length), 1.9f) *
                                          uniform(.7f, 1.15f);
    std::vector<Vec3f> path = {start};
    for (int k = 0; k < 2; ++k) {
      d = glm::normalize(d + Vec3f(0, 0, -.5f * s_.droop) + .15f * random_direction());
      path.push_back(path.back() + d * (length / 2));
    }
    const float thick = .007f + .004f * length;
    const float radii[] = {thick, .7f * thick, .3f * thick};
    if (!s_.needles && detail_ > .5f) mesh_.append(tube(path, radii, 3, kTwig, false));
    grow_leaves(path);
  }

  void grow_leaves(const std::vector<Vec3f>& twig) {
    const int count = std::max(
        2, static_cast<int>(std::lround(static_cast<float>(s_.leaves_per_twig) * detail_)));
    const float larger = 1 / std::sqrt(std::min(1.0f, detail_));
    const Vec3f middle = trunk_at(base_ + .45f * (height_ - base_));
    for (int k = 0; k < count; ++k) {
      const float at =
          (.12f + .88f * static_cast<float>(k + 1) / static_cast<float>(count)) * 1.999f;
      const auto i = static_cast<std::size_t>(at);
      const Vec3f on = twig[i] + (twig[i + 1] - twig[i]) * (at - static_cast<float>(i));
      const Vec3f along = glm::normalize(twig[i + 1] - twig[i]);
      Leaf leaf;
      if (s_.needles) {
        const Vec3f across = glm::normalize(glm::cross(along, Vec3f(0, 0, 1)) + 1e-4f);
        leaf.base = on;
        leaf.direction = glm::normalize(along * .9f + across * ((k % 2) ? .8f : -.8f) +
                                        Vec3f(0, 0, -.25f) + .25f * random_direction());
      } else if (s_.tufts) {
        // Brushes: needles stand off the outer half of the twig on all sides.
        const Vec3f off = random_direction();
        leaf.base = on + .25f * off * uniform(0, s_.off_twig_m);
        leaf.direction = glm::normalize(.8f * along + off + Vec3f(0, 0, .3f));
      } else {
        // Side twigs too fine to draw: leaves stand off the drawn one.
        leaf.base = on + random_direction() * uniform(.0f, s_.off_twig_m);
        leaf.direction =
            glm::normalize(along * .5f + random_direction() + Vec3f(0, 0, -.35f - .4f * s_.droop));
      }
      leaf.shading = glm::normalize(leaf.base - middle + Vec3f(0, 0, .2f * height_));
      leaf.facing = glm::normalize(.6f * glm::normalize(leaf.shading + Vec3f(0, 0, .8f)) +
                                   .55f * random_direction());
      const float size = uniform(.8f, 1.25f) * larger;
      leaf.length_m = s_.leaf_length_m * size;
      leaf.width_m = s_.leaf_width_m * size;
      const float draw = uniform(0, 1);
      add_leaf(mesh_, leaf,
               draw < .03f && !s_.needles ? kLeafYellow
               : draw < .36f              ? kLeafLight
                                          : kLeaf);
    }
  }

  int kind_;
  const Species& s_;
  float height_, detail_;
  float radius_ = 0, base_ = 0, phase_ = 0;
  Vec3f lean_{0};
  core::RandomStream random_;
  TriangleMesh mesh_;
};

int species_of(const PropNumbers& numbers) {
  if (numbers.is_set("species")) return static_cast<int>(std::lround(numbers.get("species")));
  core::RandomStream stream = numbers.stream("tree/species");
  // Needles are asked for, not drawn: they are no street trees.
  constexpr int kDrawn[] = {0, 1, 2, 4, 7};
  return kDrawn[stream.below(std::size(kDrawn))];
}

float height_of(const PropNumbers& numbers, int kind) {
  if (numbers.is_set("height")) return static_cast<float>(numbers.get("height"));
  const Species& s = kSpecies[kind];
  core::RandomStream stream = numbers.stream("tree/height");
  return s.height_m + s.height_spread_m * static_cast<float>(stream.uniform(-1, 1));
}

ModelSize size_of(const PropNumbers& numbers, int kind) {
  const double h = height_of(numbers, kind);
  const double crown = h * kSpecies[kind].crown_width;
  return {crown, crown, h, 0.5 * crown, 0};
}

Model make_plant(const PropNumbers& numbers, int kind) {
  const Species& s = kSpecies[kind];
  // The outer twigs of bushes and gnarled crowns reach beyond their limbs.
  const float limbs_m = height_of(numbers, kind) * (kind == kShrub   ? .83f
                                                    : s.gnarl > .15f ? .93f
                                                                     : 1.0f);
  Grower grower(kind, limbs_m, static_cast<float>(numbers.get("detail")),
                numbers.stream("tree/growth"));
  TriangleMesh mesh = grower.grow();
  mesh.remove_degenerate();
  core::RandomStream stream = numbers.stream("tree/color");
  // Value and hue differ from tree to tree.
  const auto draw = [&] {
    return static_cast<float>(stream.uniform(.88, 1.12));
  };
  const math::Vec3f green = s.leaf_color * math::Vec3f(draw(), draw(), draw());
  Material trunk = materials::bark(s.bark_color);
  if (kind == 2) trunk.second_color = {.03f, .028f, .025f};
  Material twig = materials::bark(s.bark_color * (kind == 2 ? .25f : .7f));
  if (s.upper_bark != math::Vec3f(0)) twig = materials::bark(s.upper_bark);
  if (s.blotched) {
    trunk.second_color = {.13f, .12f, .08f};
    trunk.pattern = Pattern::kSoil;  // plates, not furrows
    trunk.pattern_scale_m = .25f;
  }
  return single_part_model(kind == kShrub ? "shrub" : "tree", "vegetation", std::move(mesh),
                           {trunk, twig, materials::leaf(green, s.leaf_905nm),
                            materials::leaf(green * 1.3f, s.leaf_905nm),
                            materials::leaf({.22f, .19f, .03f}, s.leaf_905nm)});
}

}  // namespace

std::vector<NumberRange> tree_numbers() {
  return {{"species", 0, kTrees - 1, 0, true}, {"height", 4, 30, 13, true}, {"detail", .1, 1.5, 1}};
}

ModelSize tree_size(const PropNumbers& numbers) {
  return size_of(numbers, species_of(numbers));
}

Model make_tree(const PropNumbers& numbers) {
  return make_plant(numbers, species_of(numbers));
}

std::vector<NumberRange> shrub_numbers() {
  return {{"height", .6, 3.5, 1.7, true}, {"detail", .1, 1.5, 1}};
}

ModelSize shrub_size(const PropNumbers& numbers) {
  return size_of(numbers, kShrub);
}

Model make_shrub(const PropNumbers& numbers) {
  return make_plant(numbers, kShrub);
}

}  // namespace oddroad::asset

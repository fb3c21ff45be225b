#include <cmath>

#include "engine/asset/foliage.h"
#include "engine/asset/materials.h"
#include "engine/asset/street_furniture.h"

namespace oddroad::asset {

std::vector<NumberRange> hedge_numbers() {
  return {{"length", 1, 40, 6}, {"height", .4, 3, 1.2}, {"width", .3, 1.5, .7}};
}

ModelSize hedge_size(const PropNumbers& n) {
  return {n.get("width") + .1, n.get("length") + .1, n.get("height") + .05,
          .5 * n.get("width") + .05, 0};
}

// A clipped hedge: a dark, lumpy inner body that nothing shines through, and leaves all over it.
Model make_hedge(const PropNumbers& numbers) {
  enum : std::uint16_t { kInside, kLeaf, kLeafLight };
  core::RandomStream stream = numbers.stream("hedge");
  const auto uniform = [&](float a, float b) {
    return static_cast<float>(stream.uniform(a, b));
  };
  const auto length = static_cast<float>(numbers.get("length"));
  const auto height = static_cast<float>(numbers.get("height"));
  const auto width = static_cast<float>(numbers.get("width"));
  const float phase = uniform(0, 6);
  const auto lump = [&](float y, float t) {
    return .035f * (std::sin(3.1f * y + 5 * t + phase) + std::sin(7.3f * y - 9 * t));
  };
  // Section outline from one foot over the top to the other by arc length (t in 0..1): a rectangle
  // whose upper corners are rounded off.
  const auto point = [&](float y, float t, float grow) {
    const float along = t * (2 * height + width);
    Vec2f q = along < height           ? Vec2f(.5f * width, along)
              : along < height + width ? Vec2f(.5f * width - (along - height), height)
                                       : Vec2f(-.5f * width, 2 * height + width - along);
    const Vec2f rel(std::abs(q.x) / (.5f * width), q.y / height);
    q *= std::pow(std::pow(rel.x, 8.0f) + std::pow(rel.y, 8.0f), -.125f);
    const float g = grow + lump(y, t);
    return Vec3f(q.x * (1 + 2 * g / width), y, q.y * (1 + g / height));
  };
  TriangleMesh mesh;
  std::vector<Ring> rings;
  const int slices = std::max(4, static_cast<int>(length / .4f));
  for (int k = 0; k <= slices; ++k) {
    Ring ring;
    const float y = length * (static_cast<float>(k) / static_cast<float>(slices) - .5f);
    for (int i = 0; i <= 16; ++i) ring.push_back(point(y, static_cast<float>(i) / 16, -.04f));
    rings.push_back(std::move(ring));
  }
  mesh.append(loft(rings, kInside, {.crease_rad = 1.2f}));
  const int leaves = static_cast<int>(240 * length * (height + .5f * width));
  for (int k = 0; k < leaves; ++k) {
    const float t = uniform(.01f, .99f);
    // Every eighth leaf closes the end faces.
    const bool end = k % 8 == 0;
    const float y = end ? (k % 16 ? .5f : -.5f) * length : uniform(-.5f, .5f) * length;
    const Vec3f middle(0, y, .6f * height);
    const Vec3f rim = point(y, t, 0);
    Leaf leaf;
    leaf.base = end ? middle + (rim - middle) * uniform(0, 1) : rim;
    const Vec3f out = end ? Vec3f(0, y > 0 ? 1 : -1, .3f) : rim - middle + Vec3f(0, 0, .1f);
    leaf.shading = glm::normalize(out);
    const Vec3f jitter(uniform(-1, 1), uniform(-1, 1), uniform(-1, 1));
    leaf.facing = glm::normalize(leaf.shading + .7f * jitter);
    leaf.direction = glm::normalize(Vec3f(jitter.y, jitter.z, jitter.x) + .3f * leaf.shading);
    leaf.length_m = uniform(.07f, .11f);
    leaf.width_m = uniform(.05f, .07f);
    add_leaf(mesh, leaf, uniform(0, 1) < .35f ? kLeafLight : kLeaf);
  }
  const math::Vec3f green = math::Vec3f(.045f, .085f, .022f) * uniform(.85f, 1.15f);
  return single_part_model("hedge", "vegetation", std::move(mesh),
                           {materials::leaf(green * .45f, .3f), materials::leaf(green, .46f),
                            materials::leaf(green * 1.35f, .46f)});
}

}  // namespace oddroad::asset

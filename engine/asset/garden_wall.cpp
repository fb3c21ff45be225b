#include "engine/asset/garden_wall.h"

#include <algorithm>

#include "engine/asset/materials.h"
#include "engine/asset/mesh_tools.h"

namespace oddroad::asset {
namespace {

constexpr float kThick_m = .24f, kCoping_m = .06f;

Material rubble() {
  Material stone = materials::stone_trim();
  stone.base_color *= .62f;
  stone.second_color = stone.base_color * .55f;
  stone.pattern = Pattern::kPavers;
  stone.pattern_scale_m = .32f;
  return stone;
}

Material wall_of(core::RandomStream& random) {
  switch (random.below(4)) {
    case 0:
      return materials::brick(linear_from_srgb(148, 84, 64));
    case 1:
      return materials::plaster(random.chance(.5) ? linear_from_srgb(226, 222, 210)
                                                  : linear_from_srgb(200, 182, 148));
    case 2:
      return materials::concrete();
    default:
      return rubble();
  }
}

// A face of the wall's body; uvs are metres along and up, so that courses lie level.
void add_face(TriangleMesh& mesh, const Vec3f& foot, const Vec3f& along, float height) {
  const Vec3f up(0, 0, height);
  mesh.add_quad(foot, foot + along, foot + along + up, foot + up, 0);
  const float length = glm::length(along);
  const Vec2f uv[] = {{0, 0}, {length, 0}, {length, height}, {0, height}};
  std::copy(std::begin(uv), std::end(uv), mesh.uvs.end() - 4);
}

Model make_garden_wall(const PropNumbers& n) {
  core::RandomStream random = n.stream("garden_wall");
  const auto length = static_cast<float>(n.get("length"));
  const auto height = static_cast<float>(n.get("height")) - kCoping_m;
  constexpr float kDeep = .4f;  // into the ground, which slopes
  const float h = .5f * kThick_m, l = .5f * length;
  TriangleMesh mesh;
  add_face(mesh, {h, -l, -kDeep}, {0, length, 0}, height + kDeep);
  add_face(mesh, {-h, l, -kDeep}, {0, -length, 0}, height + kDeep);
  add_face(mesh, {h, l, -kDeep}, {-kThick_m, 0, 0}, height + kDeep);
  add_face(mesh, {-h, -l, -kDeep}, {kThick_m, 0, 0}, height + kDeep);
  mesh.append(box({0, 0, height + .5f * kCoping_m}, {kThick_m + .08f, length, kCoping_m}, 1, .01f));
  Material wall = wall_of(random);
  wall.name = "wall";
  Material coping = materials::stone_trim();
  coping.name = "coping";
  coping.base_color *= .7f;
  return single_part_model(n.type(), "fence", std::move(mesh), {wall, coping});
}

}  // namespace

PropType garden_wall_type() {
  return {"garden_wall",
          {{"length", 1, 60, 6}, {"height", .4, 3, 1.1}},
          [](const PropNumbers& n) {
            return ModelSize{kThick_m + .08, n.get("length"), n.get("height"),
                             .5 * (kThick_m + .08), 0};
          },
          make_garden_wall};
}

}  // namespace oddroad::asset

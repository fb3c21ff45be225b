#include "engine/stage/country.h"

#include "engine/asset/materials.h"
#include "engine/stage/fields.h"
#include "engine/stage/power_line.h"

namespace oddroad::stage {

using math::Affine3d;
using math::Vec2d;

void add_power_line(Placer& to, const Roadside& side, core::RandomStream& random, double offset) {
  std::vector<Affine3d> poles;
  const auto string_up = [&] {
    math::TriangleMesh wires = power_wires(poles);
    poles.clear();
    if (wires.triangles.empty()) return;
    to.place_mesh("wires", "pole", std::move(wires),
                  {asset::materials::painted_metal({.05f, .05f, .05f})});
  };
  for (double d = random.uniform(4, 20); d < side.length_m(); d += 40) {
    const RoadsidePlace at = side.at(d);
    const Vec2d p = Vec2d(at.position) + offset * at.outward;
    if (!to.occupied.disc_is_free(p, .7, kCoverAnything) ||
        !to.occupied.disc_is_free(p, 4, kCoverHouse)) {
      string_up();
      continue;
    }
    to.occupied.add_disc(p, .4, kCoverThing);
    const Variant pole = variant("power_pole", random.below(3), {});
    const Affine3d T = stand(p, to.terrain.height(p), at.outward);
    to.place("power_pole", pole, T);
    poles.push_back(T);
  }
  string_up();
}

bool maybe_power_line(Placer& to, const Roadside& side, const std::string& road, int section) {
  core::RandomStream random(to.options.seed, "stage/power/" + road + "/" + std::to_string(section));
  if (!random.chance(.5)) return false;
  const double offset = random.uniform(4.2, 5.4);
  add_power_line(to, side, random, offset);
  return true;
}

void add_rural_row(Plants& plants, const Roadside& side, core::RandomStream& random) {
  const double kind = random.uniform();
  if (kind < .45) {
    plants.tree_row(side, random, 4.0, 22);
  } else if (kind < .6) {
    plants.poplar_row(side, random);
  }
}

void add_fields(Placer& to, const Roadside& side, core::RandomStream& random) {
  for (Field& field : fields_along(side, to.terrain, to.occupied, random)) {
    to.place_mesh(field.name, field.class_name, std::move(field.mesh), std::move(field.materials));
  }
}

}  // namespace oddroad::stage

// Who lies on the road is as long and as wide, for gaps and collisions, as his body is there.
#include "engine/sim/lying.h"

#include <gtest/gtest.h>

#include "engine/asset/catalog.h"
#include "engine/capture/tolerances.h"

namespace oddroad::sim {
namespace {

using Rest = asset::Articulation::Rest;

math::Aabb body_of(const asset::Model& model, Rest rest) {
  asset::Articulation articulation;
  articulation.rest = rest;
  articulation.rest_weight = 1;
  std::vector<math::Vec3f> positions, normals;
  model.deformer->deform(articulation, positions, normals);
  math::Aabb box;
  for (const math::Vec3f& p : positions) box.include(math::Vec3d(p));
  return box;
}

TEST(Lying, TheOutlineIsThatOfTheBody) {
  for (const char* type : {"pedestrian.adult", "pedestrian.child"}) {
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
      const auto model = *asset::make_model({type, seed, {}, {}});
      for (const Rest rest : {Rest::kProne, Rest::kSupine, Rest::kSide}) {
        const math::Aabb body = body_of(*model, rest);
        const Footprint f = lying_footprint(rest, model->height_m, footprint_of(model->box));
        SCOPED_TRACE(std::string(type) + " " + std::to_string(seed) + " rest " +
                     std::to_string(static_cast<int>(rest)));
        EXPECT_NEAR(f.front_m, body.upper.x, capture::kOutlineM);
        EXPECT_NEAR(f.rear_m, -body.lower.x, capture::kOutlineM);
        EXPECT_NEAR(f.left_m, body.upper.y, capture::kOutlineM);
        EXPECT_NEAR(f.right_m, -body.lower.y, capture::kOutlineM);
      }
    }
  }
}

}  // namespace
}  // namespace oddroad::sim

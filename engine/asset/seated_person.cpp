#include "engine/asset/seated_person.h"

#include "engine/asset/clothing.h"
#include "engine/asset/person_carry.h"
#include "engine/core/check.h"

namespace oddroad::asset {

SeatedPerson make_seated(const ModelRequest& person, const SeatContact& seat) {
  const auto traits = person_traits(person);
  ODDROAD_CHECK(traits.has_value());
  const Skeleton skeleton = make_skeleton(traits->shape);
  const auto body = dress(*traits, skeleton, Carry::kNothing);
  SeatedPerson out;
  out.materials = person_materials(*traits);
  out.mesh = body->mesh;
  // A seat is set in the middle of its own y axis; who sits there is moved sideways as a whole.
  SeatContact centred = seat;
  const double y = seat.seat_m.y;
  for (auto* p : {&centred.seat_m, &centred.tread_m[0], &centred.tread_m[1], &centred.grip_m[0],
                  &centred.grip_m[1]}) {
    p->y -= y;
  }
  skin(skeleton, solve(skeleton, seat_pose(skeleton, centred, {})), body->mesh, body->weights,
       out.mesh.positions, out.mesh.normals);
  for (math::Vec3f& p : out.mesh.positions) p.y += static_cast<float>(y);
  return out;
}

}  // namespace oddroad::asset

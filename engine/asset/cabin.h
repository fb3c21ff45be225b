// Seats, steering wheels and the people on them, for every vehicle with a cabin. Model frame of the
// vehicle; materials are those of vehicle_paint.h.
#pragma once

#include <vector>

#include "engine/asset/mesh_tools.h"
#include "engine/asset/model.h"

namespace oddroad::asset {

struct Seat {
  Vec3f top{0};              // middle of the cushion's upper face, where the hips rest
  float lean_rad = .30f;     // of the backrest, rearwards
  float heel_drop_m = .25f;  // from the cushion down to the floor below the heels
  float width_m = .50f;
  bool driver = false;  // has a wheel in front of it
  bool headrest = true;
};

// Cushion, backrest, headrest.
TriangleMesh seat_mesh(const Seat& seat);
// Rim, spokes and column in front of a driver.
TriangleMesh steering_wheel(const Seat& seat);

// Appends the first `count` of the people to the cabin and their materials to the model. Grown-ups
// sit in front and mostly behind; the seed draws who they are.
void seat_people(const std::vector<Seat>& seats, int count, std::uint64_t seed, Model& model,
                 TriangleMesh& cabin);

}  // namespace oddroad::asset

// How each kind of map object looks where the file says nothing: class, material, size.
#pragma once

#include <string>

#include "engine/asset/material.h"
#include "engine/road/object_kind.h"

namespace oddroad::stage {

struct ObjectStyle {
  std::string class_name;  // of the ontology
  asset::Material material;
  double length_m = 1, width_m = 1, height_m = 1;  // of a box without a stated size
  double radius_m = 0;                             // > 0: upright round body unless a box is stated
  bool labelled_box = true;
  // How far the body goes on below its foot: beside roads the ground falls away.
  double footing_m = 0;
};

// Furniture sizes: EN 1317 and EN 12899 products as listed in assets/README.md.
ObjectStyle style_of(road::ObjectKind kind);

}  // namespace oddroad::stage

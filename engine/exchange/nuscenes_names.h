// Names of nuScenes (its schema, lidarseg and panoptic tables): categories with their numbers,
// attributes, visibility.
#pragma once

#include <string>
#include <vector>

#include "engine/capture/ontology.h"

namespace oddroad::exchange {

// The position is the number that lidarseg files hold.
const std::vector<std::string>& nuscenes_categories();
int nuscenes_index(const std::string& category);  // 0 (noise) of others
// From this number on categories are stuff.
inline constexpr int kNuscenesStuff = 24;

std::string nuscenes_category(const capture::OntologyClass& one);
// Categories that the class does not tell but the catalog name does: "car.police".
std::string refine_category(const std::string& category, const std::string& type);

const std::vector<std::string>& nuscenes_attributes();

// Our locations are "<map><separator><scene>".
inline constexpr char kNuscenesLocationSeparator = '/';

}  // namespace oddroad::exchange

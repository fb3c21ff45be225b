#include "engine/scenario/vocabulary.h"

namespace oddroad::scenario {

const Words& road_types() {
  static const Words kWords = {"town", "low_speed", "rural", "motorway"};
  return kWords;
}

const Words& lanes_beside() {
  static const Words kWords = {"parking", "sidewalk", "shoulder", "biking", "opposite"};
  return kWords;
}

const Words& cloud_words() {
  static const Words kWords = {"clear", "few", "broken", "overcast"};
  return kWords;
}

const Words& street_light_words() {
  static const Words kWords = {"auto", "on", "off", "none"};
  return kWords;
}

const Words& road_states() {
  static const Words kWords = {"dry", "damp", "wet"};
  return kWords;
}

const Words& placement_forms() {
  static const Words kWords = {"site", "ahead_of", "behind", "beside", "along", "road", "on"};
  return kWords;
}

const Words& lane_words() {
  static const Words kWords = {"same",    "driving",  "left",     "right",
                               "parking", "sidewalk", "shoulder", "opposite"};
  return kWords;
}

const Words& facing_words() {
  static const Words kWords = {"road", "along", "against"};
  return kWords;
}

const Words& end_words() {
  static const Words kWords = {"front", "middle", "rear"};
  return kWords;
}

const Words& deck_words() {
  static const Words kWords = {"roof", "front", "middle", "rear"};
  return kWords;
}

const Words& drive_models() {
  static const Words kWords = {"idm", "constant"};
  return kWords;
}

const Words& react_words() {
  static const Words kWords = {"all", "none"};
  return kWords;
}

const Words& up_axes() {
  static const Words kWords = {"y", "z"};
  return kWords;
}

const Words& measured_from_words() {
  static const Words kWords = {"outline", "middle"};
  return kWords;
}

const Words& corner_case_levels() {
  static const Words kWords = {"pixel", "domain", "object", "scene", "scenario", "sensor"};
  return kWords;
}

const Words& traffic_classes() {
  static const Words kWords = {"car", "van",        "truck",  "semi-trailer",
                               "bus", "motorcycle", "bicycle"};
  return kWords;
}

const Words& randomize_modes() {
  static const Words kWords = {"none", "structured", "wild"};
  return kWords;
}

const Words& sample_methods() {
  static const Words kWords = {"random", "sobol", "latin_hypercube", "lhs", "grid"};
  return kWords;
}

}  // namespace oddroad::scenario

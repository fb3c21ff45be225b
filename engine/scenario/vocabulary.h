// The words that keys of a scenario take, where they are one of a list: what the readers accept and
// what the schema for editors offers.
#pragma once

#include <string>
#include <vector>

namespace oddroad::scenario {

using Words = std::vector<std::string>;

// about: from pixels to whole scenarios (Breitenstein et al. 2020), and faults of sensors
// (Heidecker et al. 2021).
const Words& corner_case_levels();
// site:
const Words& road_types();
const Words& lanes_beside();
// environment:
const Words& cloud_words();
const Words& street_light_words();
const Words& road_states();
// at:
const Words& placement_forms();  // the keys of which there is one
const Words& lane_words();
const Words& facing_words();
const Words& end_words();
const Words& deck_words();
const Words& measured_from_words();
// drive:
const Words& drive_models();
const Words& react_words();
// model:
const Words& up_axes();
// traffic: mix, as traffic::to_string names them.
const Words& traffic_classes();
const Words& randomize_modes();
const Words& sample_methods();

}  // namespace oddroad::scenario

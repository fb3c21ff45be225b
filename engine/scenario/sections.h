// The readers of a scenario's sections. Each reports every problem in names.diagnostics and fills
// in what it understood.
#pragma once

#include "engine/scenario/scenario.h"

namespace oddroad::scenario {

void read_parameters(const core::YamlNode& node, Scenario& scenario, Names& names);
void read_requirements(const core::YamlNode& node, Scenario& scenario, Names& names);
void read_site(const core::YamlNode& node, Scenario& scenario, Names& names);
void read_environment(const core::YamlNode& node, Scenario& scenario, Names& names);
void read_traffic(const core::YamlNode& node, Scenario& scenario, Names& names);
// Actors' names are needed by sections before them.
void declare_actors(const core::YamlNode& node, Names& names);
void read_actors(const core::YamlNode& node, Scenario& scenario, Names& names);
ModelRule read_model(const core::YamlNode& node, const std::string& path, Names& names);
PlacementRule read_placement(const core::YamlNode& node, const std::string& path, Names& names);
std::vector<std::string> read_route(const core::YamlNode& node, Names& names);
// Verbs of a `do:` in the order of the entries, right or wrong.
std::vector<std::string> declared_verbs(const core::YamlNode& todo);
std::vector<ActionRule> read_actions(const core::YamlNode& node, const std::string& path,
                                     Names& names);
void read_record(const core::YamlNode& node, Scenario& scenario, Names& names);
// Part of `sample`, behind `cover`.
void read_balance(const core::YamlNode& node, Scenario& scenario, Names& names);
void read_sample(const core::YamlNode& node, Scenario& scenario, Names& names);
void read_outcomes(const core::YamlNode& node, Scenario& scenario, Names& names);
// Behind `sample`.
void read_rare(const core::YamlNode& node, Scenario& scenario, Names& names);

// Looks for the files that models name, and into them: broken ones and classes that are no things
// are reported where the scenario names them. Without roots (a clip made again from its own folder)
// the classes are left to whoever knows the ontology.
void find_models(Scenario& scenario, const core::SearchRoots& roots,
                 core::Diagnostics& diagnostics);

// Placements may not go round in circles.
void check_placement_order(const Scenario& scenario, Names& names);

}  // namespace oddroad::scenario

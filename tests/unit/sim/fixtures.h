// A small town street, box-shaped models and a builder of variants.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "engine/road/lane_graph.h"
#include "engine/sim/simulate.h"
#include "engine/sim/simulation.h"

namespace oddroad::sim::testing {

// One lane each way (3.25 m), parking (2.2 m) and raised pavements (2.5 m) on both sides, 800 m.
// geometry: the plan view element, e.g. <line/> or <arc curvature="0.01"/>.
std::string street_xml(const std::string& geometry = "<line/>", const std::string& elevation = "");

struct Street {
  explicit Street(const std::string& xml = street_xml());
  road::RoadMap map;
  std::unique_ptr<road::LaneGraph> graph;
};

// Boxes: car.* 4.2 x 1.8 x 1.5 m, van.* 5.5 x 2.0 x 2.4 m, pedestrian.child 0.3 x 0.4 x 1.2 m,
// pedestrian.adult 0.3 x 0.5 x 1.75 m, bicycle.city 1.8 x 0.6 x 1.1 m, cardboard_box 0.6 x 0.4 x
// 0.4 m, animal.* 1.2 x 0.3 x 0.9 m.
class BoxModels : public ModelSource {
 public:
  core::Result<std::shared_ptr<const asset::Model>> model(
      const asset::ModelRequest& request) override;
};

capture::Ontology small_ontology();

// Owns all that a SimContext borrows.
struct Setting {
  Setting() : context{&ontology, &models} {}
  capture::Ontology ontology = small_ontology();
  BoxModels models;
  SimContext context;
};

scenario::VariantActor actor(const std::string& name, const std::string& type,
                             const scenario::Placement& at);
scenario::Placement at_site(double offset_m = 0);
scenario::Placement ahead_of(const std::string& other, double by_m, const std::string& lane);
scenario::Placement beside(const std::string& other, const std::string& end, double gap_m);
scenario::Condition compare(const std::string& a, const std::string& b, const std::string& quantity,
                            const std::string& op, double value);
scenario::Condition event(const std::string& a, const std::string& b, const std::string& quantity);

// An ego car at road 1, s = 100 m, lane -1, driving at a speed.
scenario::Variant ego_only(double speed_mps, const std::string& model = "constant",
                           bool react = false);
// Ego, a parked van 60 m ahead and a child that runs out in front of it at path_ttc <= ttc.
scenario::Variant child_behind_van(double ego_mps, double child_mps, double ttc_s, double aim);

// The variant on a Street of its own, to its end; throws what is wrong with it.
world::Timeline run(const scenario::Variant& variant);

}  // namespace oddroad::sim::testing

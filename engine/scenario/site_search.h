// Site search on an OpenDRIVE map's lane graph.
#pragma once

#include "engine/road/lane_graph.h"
#include "engine/scenario/site.h"

namespace oddroad::scenario {

// Looks at every lane for vehicles outside junctions, from 5 m behind its entry, every 10 m.
// Borrows the graph. Safe for several threads.
class RoadSiteFinder : public SiteFinder {
 public:
  explicit RoadSiteFinder(const road::LaneGraph& graph) : graph_(graph) {}
  [[nodiscard]] core::Result<std::vector<Site>> find(const SiteQuery& query) const override;
  [[nodiscard]] std::optional<world::Place> place(const Site& site) const override;

 private:
  const road::LaneGraph& graph_;
};

}  // namespace oddroad::scenario

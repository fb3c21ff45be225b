// Site search on an OpenDRIVE map's lane graph.
#pragma once

#include <memory>
#include <mutex>

#include "engine/road/lane_graph.h"
#include "engine/scenario/site.h"

namespace oddroad::scenario {

// Looks at every lane for vehicles outside junctions, from 5 m behind its entry, every 10 m.
// Remembers its last answer: a scenario asks the same for each of its samples. Borrows the graph.
// Safe for several threads.
class RoadSiteFinder : public SiteFinder {
 public:
  explicit RoadSiteFinder(const road::LaneGraph& graph) : graph_(graph) {}
  [[nodiscard]] core::Result<std::vector<Site>> find(const SiteQuery& query) const override;
  [[nodiscard]] std::optional<world::Place> place(const Site& site) const override;

 private:
  struct Answer;

  const road::LaneGraph& graph_;
  mutable std::mutex mutex_;  // of last_
  mutable std::shared_ptr<const Answer> last_;
};

}  // namespace oddroad::scenario

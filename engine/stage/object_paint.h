// Paint of map objects on the road surface: zebra crossings, and markings of objects.
#pragma once

#include "engine/math/mesh.h"
#include "engine/road/locator.h"
#include "engine/road/placed_objects.h"

namespace oddroad::stage {

// Where paint lies: kMarkLift_m above the highest surface that a place may have, since connecting
// roads of a junction lie up to kJunctionDrop_m below the map's surface.
class PaintSurface {
 public:
  // Borrows the map, which must outlive it. World = map - origin.
  PaintSurface(const road::RoadMap& map, const math::Vec3d& origin_map);
  // World point of paint over a map point near the road `road`; the point itself, lifted, where
  // that road does not pass.
  [[nodiscard]] math::Vec3d over(int road, const math::Vec3d& p_map) const;

 private:
  const road::RoadMap& map_;
  road::RoadLocator locator_;
  math::Vec3d origin_;
};

// Bars of 0.5 m along the traffic with gaps of 0.5 m (the width of EU zebras) over the outline,
// kGroundPaintWhite.
void add_zebra(math::TriangleMesh& mesh, const road::RoadMap& map, const PaintSurface& surface,
               const road::PlacedObject& crosswalk);

// The outline filled with paint: stop lines and other marks that the file draws.
void add_area(math::TriangleMesh& mesh, const road::RoadMap& map, const PaintSurface& surface,
              const road::PlacedObject& mark);

// The object's own markings.
void add_object_markings(math::TriangleMesh& mesh, const PaintSurface& surface,
                         const road::PlacedObject& object);

}  // namespace oddroad::stage

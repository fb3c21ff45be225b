// Houses, farms and halls beside roads, with the gardens before them.
#pragma once

#include "engine/stage/plants.h"

namespace oddroad::stage {

class Buildings {
 public:
  Buildings(Placer& placer, Plants& plants);

  // Rows of three to six attached houses with gaps between the rows.
  void rows(const Roadside& side, core::RandomStream& random);
  // A house here and there, with or without a barn.
  void farms(const Roadside& side, core::RandomStream& random);

  // The middle of the front wall's line lies `setback_m` beyond the edge at `d_m`; the front faces
  // the road. Is the ground free, also `front_m` before it, and level enough?
  [[nodiscard]] bool has_room(const Roadside& side, double d_m, double setback_m, const Variant& v,
                              double width_m, double front_m = 1.25) const;
  // Where there is room.
  void put(const Roadside& side, double d_m, double setback_m, const Variant& v, double width_m);

 private:
  bool with_garden(const Roadside& side, double d_m, double setback_m, const Variant& v,
                   double width_m, core::RandomStream& random);
  void garden(const Roadside& side, double d_m, double setback_m, double width_m,
              core::RandomStream& random);

  Placer& to_;
  Plants& plants_;
  std::vector<Variant> row_, detached_, farms_, barns_, gardens_;
};

}  // namespace oddroad::stage

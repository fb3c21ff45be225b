// The one list of formats.
#include "engine/exchange/export.h"
#include "engine/exchange/kitti.h"
#include "engine/exchange/kitti_tracking.h"
#include "engine/exchange/semantickitti.h"

namespace oddroad::exchange {

const std::vector<FormatTraits>& formats() {
  static const std::vector<FormatTraits> all = {kitti_format(), kitti_tracking_format(),
                                                semantickitti_format()};
  return all;
}

}  // namespace oddroad::exchange

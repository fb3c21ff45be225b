// The one list of formats.
#include "engine/exchange/cityscapes.h"
#include "engine/exchange/coco.h"
#include "engine/exchange/export.h"
#include "engine/exchange/exr.h"
#include "engine/exchange/kitti.h"
#include "engine/exchange/kitti_tracking.h"
#include "engine/exchange/mcap.h"
#include "engine/exchange/native.h"
#include "engine/exchange/nuscenes.h"
#include "engine/exchange/openlabel.h"
#include "engine/exchange/ply.h"
#include "engine/exchange/semantickitti.h"
#include "engine/exchange/webdataset.h"
#include "engine/exchange/yolo.h"

namespace oddroad::exchange {

const std::vector<FormatTraits>& formats() {
  static const std::vector<FormatTraits> all = {
      kitti_format(),  kitti_tracking_format(), semantickitti_format(), nuscenes_format(),
      coco_format(),   yolo_format(),           cityscapes_format(),    openlabel_format(),
      mcap_format(),   webdataset_format(),     ply_format(),           exr_format(),
      native_format(),
  };
  return all;
}

}  // namespace oddroad::exchange

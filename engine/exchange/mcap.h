// MCAP (https://mcap.dev) with Foxglove's message types in Protocol Buffers, which Foxglove and
// Lichtblick play: one file for each clip,
//   <split>/<scenario>/<index>-<short id>.mcap
//
//   topic                         message            holds
//   /tf                           FrameTransforms    at every instant of a capture: ego in map,
//                                                    sensors in ego
//   /objects                      SceneUpdate        3-D boxes, at each sweep of the first LiDAR
//                                                    (without LiDARs: each capture of the first
//                                                    sensor); each lives until the next
//   /<camera>/image               CompressedImage    the picture's own bytes
//   /<camera>/calibration         CameraCalibration
//   /<camera>/annotations         ImageAnnotations   visible 2-D boxes
//   /<lidar>/points, /<radar>/points   PointCloud
//   /<imu>/imu                    Imu of ROS         specific force, turning
//   /<gnss>/fix                   LocationFix        fixes with a place on earth
//   /<ins>/odometry               Odometry           pose and velocity as the system believes
//   /<odometry>/wheels            JointState of ROS  turns of the wheels, steering
//   /<odometry>/speed             TwistStamped of ROS
//
//   what          ours                             MCAP
//   times         ns of the clip                   ns since 1970: the scenario's date (else
//                                                  1970-01-01) and the clip's time
//   map           the clip's local frame           frame "map"
//   ego, sensors  x forward, cameras z forward     the same, frames "ego" and the sensors' names
//   boxes         centre; length, width, height    the same in "map", x y z w, at the stamp of the
//                 w x y z                          capture
//   points        LiDAR frame, each at its own     LiDAR frame at the sweep's stamp, by the ego's
//                 time                             motion; time_ns from the stamp stays
//   detections    radar frame, own time            the same
//   lenses        first centre at (0.5, 0.5)       first centre at (0, 0): cx, cy - 0.5; plumb_bob,
//                                                  rational_polynomial, kannala_brandt
//   2-D boxes     pixels from the first corner     the same
//   IMU           mount axes, +g upwards at rest   the same, in the frame of the sensor
//   fixes         radians, WGS 84                  degrees; course clockwise from north
//   INS           velocity in the world            velocity in the axes of the sensor
//   wheels        ticks                            radians: 2 pi / ticks of a turn
//   ids           16 bit                           id of entities, "id" of annotations, instance of
//                                                  points
//
// Motion sensors keep their own rates over the whole clip. clip.json and calibration.json are
// attached.
#pragma once

#include "engine/exchange/format.h"

namespace oddroad::exchange {

FormatTraits mcap_format();

}  // namespace oddroad::exchange

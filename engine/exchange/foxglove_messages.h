// Messages of Foxglove's types (foxglove_schemas.h), serialised. Stamps are ns since 1970.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/capture/frames.h"
#include "engine/capture/ontology.h"
#include "engine/capture/radar.h"
#include "engine/capture/rig.h"

namespace oddroad::exchange::foxglove {

// A message holds for an instant, in a frame of the transforms.
struct Head {
  std::int64_t stamp_ns = 0;
  std::string frame_id;
};

// A JPEG's or else a PNG's own bytes.
std::string compressed_image(const Head& head, const std::string& bytes, bool jpeg);

// K as OpenCV's: the centre of the first pixel is (0, 0).
std::string camera_calibration(const Head& head, const capture::CameraCalibration& camera);

// The cloud's points with other coordinates in its frame, `points`.
std::string point_cloud(const Head& head, const capture::PointCloud& cloud,
                        const std::vector<math::Vec3f>& points);
std::string point_cloud(const Head& head, const std::vector<capture::RadarDetection>& detections);

struct Transform {
  std::string parent, child;
  math::Pose pose;  // of the child in the parent
};
std::string frame_transforms(std::int64_t stamp_ns, const std::vector<Transform>& transforms);

// What is drawn of a thing.
struct Look {
  std::string id, class_name, name;
  capture::Rgb8 color{0};
};

struct SceneBox {
  Look look;
  const capture::ObjectInWorld* object = nullptr;
  math::OrientedBox box;  // in the head's frame
};
// Boxes go when the lifetime is over: no one has to take them away.
std::string scene_update(const Head& head, std::int64_t lifetime_ns,
                         const std::vector<SceneBox>& boxes);

struct ImageBox {
  Look look;
  const capture::ObjectInImage* object = nullptr;
};
// Outlines of what is seen; pixels from the corner of the first.
std::string image_annotations(std::int64_t stamp_ns, const std::vector<ImageBox>& boxes);

}  // namespace oddroad::exchange::foxglove

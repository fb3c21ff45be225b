#include "engine/exchange/foxglove_messages.h"

#include <algorithm>
#include <cstring>

#include "engine/exchange/foxglove_parts.h"

namespace oddroad::exchange::foxglove {
namespace {

// PackedElementField.NumericType
enum Numeric : std::uint64_t { kUint8 = 1, kUint16 = 3, kInt32 = 6, kFloat32 = 7 };

Protobuf color(const capture::Rgb8& c, double alpha) {
  return std::move(Protobuf()
                       .number(1, c.x / 255.0)
                       .number(2, c.y / 255.0)
                       .number(3, c.z / 255.0)
                       .number(4, alpha));
}
Protobuf point(double x, double y) {
  return std::move(Protobuf().number(1, x).number(2, y));
}

template <typename T>
void put(char*& out, const T& value) {
  std::memcpy(out, &value, sizeof value);
  out += sizeof value;
}

struct Element {
  const char* name;
  Numeric type;
};

std::uint32_t size_of(Numeric type) {
  return type == kUint8 ? 1 : type == kUint16 ? 2 : 4;
}

// A cloud of `count` points; fill(i, out) puts the elements of one in their order.
template <typename Fill>
std::string cloud_message(const Head& head, const std::vector<Element>& elements, std::size_t count,
                          const Fill& fill) {
  Protobuf out;
  std::uint32_t stride = 0;
  for (const Element& one : elements) stride += size_of(one.type);
  out.reserve(count * stride + 1024);
  out.message(1, time(head.stamp_ns)).text(2, head.frame_id);
  out.message(3, pose({}));
  out.fixed32(4, stride);
  std::uint32_t offset = 0;
  for (const Element& one : elements) {
    out.message(5, Protobuf().text(1, one.name).fixed32(2, offset).varint(3, one.type));
    offset += size_of(one.type);
  }
  out.bytes_of_size(6, count * stride);
  constexpr std::size_t kBlock = 128;  // points
  std::vector<char> block(kBlock * stride);
  for (std::size_t begin = 0; begin < count; begin += kBlock) {
    char* data = block.data();
    for (std::size_t i = begin; i < std::min(begin + kBlock, count); ++i) fill(i, data);
    out.piece({block.data(), static_cast<std::size_t>(data - block.data())});
  }
  return out.take();
}

std::string lens_name(math::Lens lens) {
  if (lens == math::Lens::kKannalaBrandt) return "kannala_brandt";
  return lens == math::Lens::kBrownConrady ? "rational_polynomial" : "plumb_bob";
}

std::vector<double> distortion(const math::CameraModel& c) {
  if (c.lens == math::Lens::kKannalaBrandt) return {c.radial.begin(), c.radial.begin() + 4};
  std::vector<double> out = {c.radial[0], c.radial[1], c.tangential[0], c.tangential[1],
                             c.radial[2]};
  if (c.lens == math::Lens::kBrownConrady) {
    out.insert(out.end(), c.radial.begin() + 3, c.radial.end());
  }
  return out;
}

// On top of the box, turned to whoever looks.
Protobuf label(const SceneBox& one) {
  const math::Vec3d top(0, 0, 0.5 * one.box.size_m.z + 0.3);
  return std::move(Protobuf()
                       .message(1, pose({glm::dquat(1, 0, 0, 0), one.box.pose * top}))
                       .varint(2, 1)
                       .number(3, 0.4)
                       .message(5, color(capture::Rgb8(255), 1))
                       .text(6, one.look.class_name + " " + one.look.id));
}

Protobuf entity(const Head& head, std::int64_t lifetime_ns, const SceneBox& one) {
  const auto& object = *one.object;
  const auto& v = object.velocity_world_mps;
  Protobuf out;
  out.message(1, time(head.stamp_ns)).text(2, head.frame_id).text(3, one.look.id);
  out.message(4, time(lifetime_ns));
  out.message(6, pair("class", one.look.class_name)).message(6, pair("name", one.look.name));
  out.message(6, pair("model", object.type));
  out.message(6, pair("moving", object.attributes.moving ? "true" : "false"));
  out.message(6, pair("speed_mps", std::to_string(glm::length(v))));
  out.message(6, pair("points_in_box", std::to_string(object.points_in_box)));
  out.message(8, Protobuf()
                     .message(1, pose(one.box.pose))
                     .message(2, vector(one.box.size_m))
                     .message(3, color(one.look.color, 0.35)));
  return std::move(out.message(13, label(one)));
}

constexpr std::uint64_t kLineLoop = 2;  // PointsAnnotation.Type

Protobuf outline(const Protobuf& stamp, const ImageBox& one) {
  const auto& box = one.object->box;
  const auto& object = *one.object;
  Protobuf out;
  out.message(1, stamp).varint(2, kLineLoop);
  out.message(3, point(box.left, box.top)).message(3, point(box.right, box.top));
  out.message(3, point(box.right, box.bottom)).message(3, point(box.left, box.bottom));
  out.message(4, color(one.look.color, 1)).number(7, 2);
  out.message(8, pair("id", one.look.id)).message(8, pair("class", one.look.class_name));
  out.message(8, pair("visible_px", std::to_string(object.visible_px)));
  return std::move(out.message(8, pair("in_frame_px", std::to_string(object.in_frame_px))));
}

Protobuf caption(const Protobuf& stamp, const ImageBox& one) {
  const auto& box = one.object->box;
  return std::move(Protobuf()
                       .message(1, stamp)
                       .message(2, point(box.left, box.top))
                       .text(3, one.look.class_name + " " + one.look.id)
                       .number(4, 12)
                       .message(5, color(one.look.color, 1)));
}

}  // namespace

std::string compressed_image(const Head& head, const std::string& bytes, bool jpeg) {
  Protobuf out;
  out.reserve(bytes.size() + 128);
  out.message(1, time(head.stamp_ns)).text(2, bytes);
  return out.text(3, jpeg ? "jpeg" : "png").text(4, head.frame_id).take();
}

std::string camera_calibration(const Head& head, const capture::CameraCalibration& camera) {
  const math::CameraModel& c = camera.camera;
  const double cx = c.cx_px - 0.5, cy = c.cy_px - 0.5;
  return Protobuf()
      .message(1, time(head.stamp_ns))
      .fixed32(2, static_cast<std::uint32_t>(c.width_px))
      .fixed32(3, static_cast<std::uint32_t>(c.height_px))
      .text(4, lens_name(c.lens))
      .numbers(5, distortion(c))
      .numbers(6, {c.fx_px, 0, cx, 0, c.fy_px, cy, 0, 0, 1})
      .numbers(7, {1, 0, 0, 0, 1, 0, 0, 0, 1})
      .numbers(8, {c.fx_px, 0, cx, 0, 0, c.fy_px, cy, 0, 0, 0, 1, 0})
      .text(9, head.frame_id)
      .take();
}

std::string point_cloud(const Head& head, const capture::PointCloud& cloud,
                        const std::vector<math::Vec3f>& points) {
  const std::vector<Element> elements = {
      {"x", kFloat32},         {"y", kFloat32},     {"z", kFloat32},
      {"intensity", kFloat32}, {"time_ns", kInt32}, {"ring", kUint16},
      {"instance", kUint16},   {"class", kUint8},   {"cause", kUint8}};
  return cloud_message(head, elements, cloud.size(), [&](std::size_t i, char*& data) {
    put(data, points[i]);
    put(data, cloud.intensity[i]);
    put(data, cloud.time_offset_ns[i]);
    put(data, cloud.ring[i]);
    put(data, cloud.instance[i]);
    put(data, cloud.class_id[i]);
    put(data, cloud.cause[i]);
  });
}

std::string point_cloud(const Head& head, const std::vector<capture::RadarDetection>& detections) {
  const std::vector<Element> elements = {{"x", kFloat32},
                                         {"y", kFloat32},
                                         {"z", kFloat32},
                                         {"radial_velocity_mps", kFloat32},
                                         {"radial_velocity_compensated_mps", kFloat32},
                                         {"rcs_dbsm", kFloat32},
                                         {"snr_db", kFloat32},
                                         {"time_ns", kInt32},
                                         {"instance", kUint16},
                                         {"class", kUint8},
                                         {"cause", kUint8}};
  return cloud_message(head, elements, detections.size(), [&](std::size_t i, char*& data) {
    const capture::RadarDetection& d = detections[i];
    for (const float value :
         {d.x_m, d.y_m, d.z_m, d.velocity_mps, d.velocity_compensated_mps, d.rcs_dbsm, d.snr_db}) {
      put(data, value);
    }
    put(data, d.time_offset_ns);
    put(data, d.instance);
    put(data, d.class_id);
    put(data, d.cause);
  });
}

std::string frame_transforms(std::int64_t stamp_ns, const std::vector<Transform>& transforms) {
  Protobuf out;
  for (const Transform& one : transforms) {
    out.message(1, Protobuf()
                       .message(1, time(stamp_ns))
                       .text(2, one.parent)
                       .text(3, one.child)
                       .message(4, vector(one.pose.translation))
                       .message(5, quaternion(one.pose.rotation)));
  }
  return out.take();
}

std::string scene_update(const Head& head, std::int64_t lifetime_ns,
                         const std::vector<SceneBox>& boxes) {
  Protobuf out;
  for (const SceneBox& one : boxes) out.message(2, entity(head, lifetime_ns, one));
  return out.take();
}

std::string image_annotations(std::int64_t stamp_ns, const std::vector<ImageBox>& boxes) {
  const Protobuf stamp = time(stamp_ns);
  Protobuf out;
  for (const ImageBox& one : boxes) out.message(2, outline(stamp, one));
  for (const ImageBox& one : boxes) out.message(3, caption(stamp, one));
  return out.take();
}

}  // namespace oddroad::exchange::foxglove

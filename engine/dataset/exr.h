// Float images as OpenEXR: 32-bit float channels, RLE (lossless; a ninth of ZIP's time). Equal
// images give equal bytes. Channels: scenarios/labels.md. Infinity (nothing) and NaN are kept.
// Decoding errors: not an EXR, truncated, a channel missing, more than 2^28 pixels.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/capture/frames.h"
#include "engine/core/result.h"

namespace oddroad::dataset {

std::string encode_depth_exr(const capture::Image<float>& depth_m);            // Z
std::string encode_range_exr(const capture::Image<float>& range_m);            // R
std::string encode_normals_exr(const capture::Image<math::Vec3f>& normal);     // X, Y, Z
std::string encode_radiance_exr(const capture::Image<math::Vec3f>& radiance);  // R, G, B
std::string encode_flow_exr(const capture::FlowImage& flow);                   // U, V, OCCLUDED

// A file of many channels, for other people's tools: compressed (ZIP, sixteen rows), lossless.
struct ExrChannel {
  std::string name;                                       // "N.X"
  enum class Type { kFloat, kUint } type = Type::kFloat;  // 32 bits
  const void* first = nullptr;                            // of row 0
  std::size_t stride_bytes = 0;  // from pixel to pixel; rows follow closely
};
struct ExrHeader {
  int width_px = 0, height_px = 0;
  std::map<std::string, std::string> texts;      // attributes
  std::optional<math::Affine3d> T_camera_world;  // as OpenEXR's worldToCamera
};
// `channels` are not empty, in any order.
std::string encode_exr(const ExrHeader& header, const std::vector<ExrChannel>& channels);

core::Result<capture::Image<float>> decode_depth_exr(const std::string& bytes,
                                                     const std::string& file);
core::Result<capture::Image<float>> decode_range_exr(const std::string& bytes,
                                                     const std::string& file);
core::Result<capture::Image<math::Vec3f>> decode_normals_exr(const std::string& bytes,
                                                             const std::string& file);
core::Result<capture::Image<math::Vec3f>> decode_radiance_exr(const std::string& bytes,
                                                              const std::string& file);
// The neighbour's tick and stamp are in the labels.
core::Result<capture::FlowImage> decode_flow_exr(const std::string& bytes, const std::string& file);

}  // namespace oddroad::dataset

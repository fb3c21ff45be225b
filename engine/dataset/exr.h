// Float images as OpenEXR: 32-bit float channels, RLE (lossless; a ninth of ZIP's time). Equal
// images give equal bytes. Channels: scenarios/labels.md. Infinity (nothing) and NaN are kept.
// Decoding errors: not an EXR, truncated, a channel missing, more than 2^28 pixels.
#pragma once

#include <string>

#include "engine/capture/frames.h"
#include "engine/core/result.h"

namespace oddroad::dataset {

std::string encode_depth_exr(const capture::Image<float>& depth_m);            // Z
std::string encode_range_exr(const capture::Image<float>& range_m);            // R
std::string encode_normals_exr(const capture::Image<math::Vec3f>& normal);     // X, Y, Z
std::string encode_radiance_exr(const capture::Image<math::Vec3f>& radiance);  // R, G, B
std::string encode_flow_exr(const capture::FlowImage& flow);                   // U, V, OCCLUDED

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

#include "render/shaders/spirv.h"

namespace oddroad::shaders {
namespace {

#include "depth_vert.h"
#include "shade_comp.h"
#include "visibility_frag.h"
#include "visibility_vert.h"

}  // namespace

std::span<const std::uint32_t> visibility_vertex() {
  return k_visibility_vert;
}
std::span<const std::uint32_t> visibility_fragment() {
  return k_visibility_frag;
}
std::span<const std::uint32_t> depth_vertex() {
  return k_depth_vert;
}
std::span<const std::uint32_t> shade_compute() {
  return k_shade_comp;
}

}  // namespace oddroad::shaders

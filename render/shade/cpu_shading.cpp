#include "render/shade/cpu_shading.h"

#include "engine/core/parallel.h"
#include "render/kernels/shade_kernels.h"
#include "render/shade/frame_record.h"
#include "render/shade/ray_samples.h"

namespace oddroad::shade {
namespace {

constexpr std::uint32_t kPiece = 1024;  // samples; a multiple of every kernel's lanes

// A run of samples of one family.
struct Piece {
  std::uint32_t family;
  std::uint32_t begin;  // counted within the family
  std::uint32_t end;
};

std::vector<Piece> pieces_of(const FamilyRanges& ranges) {
  std::vector<Piece> out;
  for (std::uint32_t f = 0; f < ODDROAD_FAMILY_COUNT; ++f) {
    const std::uint32_t count = ranges[f + 1] - ranges[f];
    for (std::uint32_t at = 0; at < count; at += kPiece) {
      out.push_back({f, at, std::min(at + kPiece, count)});
    }
  }
  return out;
}

std::uint64_t address(const void* p) {
  return reinterpret_cast<std::uint64_t>(p);
}

}  // namespace

CpuShading::CpuShading(kernels::Isa isa, ShadingOptions options)
    : isa_(isa), options_(std::move(options)), surfaces_(store_, options_.cache_bytes) {}

void CpuShading::set_sky(const world::Environment& environment) {
  if (environment_ && *environment_ == environment) return;
  sky_ = options_.sky(environment);
  packed_sky_ = pack_sky(sky_);
  visible_ = HostPanorama(packed_sky_.visible);
  mirror_ = HostPanorama(packed_sky_.mirror);
  environment_ = environment;
}

void CpuShading::run(const SceneRecord& record, const LightRecords& lights,
                     const shaders::ShadeFrame& frame, const FamilyRanges& ranges,
                     std::span<const math::Vec3f> reflections,
                     std::vector<math::Vec3f>& radiance) const {
  const std::vector<Piece> pieces = pieces_of(ranges);
  core::parallel_for(pieces.size(), [&](std::size_t i) {
    const Piece& piece = pieces[i];
    const std::uint32_t first = ranges[piece.family];
    const shaders::ShadePush push{address(inputs_.data()),
                                  address(record.drawables.data()),
                                  address(record.materials.data()),
                                  address(radiance.data()),
                                  address(lights.lights.data()),
                                  address(lights.cells.data()),
                                  address(lights.members.data()),
                                  address(reflections.data()),
                                  first,
                                  ranges[piece.family + 1] - first};
    kernels::Invocations invocations;
    invocations.push = &push;
    invocations.buffers[0] = address(&frame);
    invocations.images[1] = &visible_.get();
    invocations.images[2] = &mirror_.get();
    kernels::shade_kernel(isa_, piece.family)(invocations, piece.begin, piece.end);
  });
}

core::Result<std::vector<math::Vec3f>> CpuShading::shade(
    const world::SceneWindow& window, const scene::CameraView& view,
    std::span<const scene::ShadeSample> samples, std::span<const math::Vec3f> reflections) {
  if (samples.empty()) return std::vector<math::Vec3f>{};
  std::vector<scene::ShadeSample> directed;
  if (!view.single_projection()) {
    directed = with_directions(window, view, samples);
    samples = directed;
  }
  set_sky(window.environment);
  surfaces_.begin_frame();
  auto record = make_scene_record(window, view, samples, surfaces_);
  if (!record) return core::forward_error(record);
  record->set_deformed_address(address(record->deformed.data()));
  inputs_.resize(samples.size());
  const FamilyRanges ranges = sort_samples(samples, record->tables, inputs_.data());
  std::vector<math::Vec3f> radiance(samples.size());
  const LightRecords lights = light_records(window);
  run(*record, lights, frame_record(*environment_, sky_, packed_sky_, lights, view), ranges,
      reflections, radiance);
  surfaces_.trim();
  return radiance;
}

}  // namespace oddroad::shade

// Runs a small compute shader on a Vulkan device and, translated to C++, on the processor.
#pragma once

#include <cstring>
#include <random>
#include <span>
#include <vector>

#include "render/kernels/kernel_table.h"
#include "render/vulkan/commands.h"
#include "render/vulkan/pipeline.h"
#include "tests/unit/vulkan/test_device.h"

namespace oddroad::kernels::testing {

constexpr std::size_t kIn = 8;    // words that an invocation reads; see shaders/rows.glsl
constexpr std::size_t kOut = 64;  // words that it may write

using Words = std::vector<std::uint32_t>;

struct Push {
  std::uint64_t source = 0;
  std::uint64_t target = 0;
  std::uint32_t count = 0;
  std::uint32_t shared_number = 0;
};

// The instruction sets that this machine can run, the best one last.
inline std::vector<Isa> isas() {
  std::vector<Isa> out{Isa::kPlain};
  for (const char* name : {"avx2", "avx512"}) {
    if (const auto isa = choose_isa(name)) out.push_back(*isa);
  }
  return out;
}

inline std::uint64_t host_address(const void* p) {
  return reinterpret_cast<std::uint64_t>(p);
}

// In uneven pieces, so that full and partial groups of lanes occur.
inline Words run_on_processor(Kernel kernel, const Words& in, std::uint32_t shared_number,
                              Invocations k = {}) {
  const auto n = static_cast<std::uint32_t>(in.size() / kIn);
  Words out(std::size_t{n} * kOut, 0xdeadbeefu);
  const Push push{host_address(in.data()), host_address(out.data()), n, shared_number};
  k.push = &push;
  for (std::uint32_t at = 0; at < n; at += 37) kernel(k, at, std::min(at + 37, n));
  return out;
}

inline vulkan::Buffer filled(const vulkan::Device& device, std::span<const std::byte> bytes,
                             VkBufferUsageFlags usage = 0) {
  auto buffer = vulkan::Buffer::create(device, bytes.size(), usage, vulkan::MemoryUse::kUpload);
  std::memcpy(buffer->mapped(), bytes.data(), bytes.size());
  return std::move(*buffer);
}

// `bind` gives the program its descriptors.
template <typename Bind>
Words run_on_device(const std::shared_ptr<vulkan::Device>& device,
                    std::span<const std::uint32_t> spirv, std::span<const VkDescriptorType> types,
                    const Words& in, std::uint32_t shared_number, const Bind& bind) {
  const auto n = static_cast<std::uint32_t>(in.size() / kIn);
  const vulkan::Buffer source = filled(*device, std::as_bytes(std::span(in)));
  Words out(std::size_t{n} * kOut, 0xdeadbeefu);
  const vulkan::Buffer target = filled(*device, std::as_bytes(std::span(out)));
  auto program = vulkan::ComputeProgram::create(*device, spirv, types, sizeof(Push));
  bind(*program);
  const VkPipeline pipeline = *program->variant(0);
  auto commands = vulkan::Commands::create(device);
  const auto done = commands->run("test", [&](VkCommandBuffer cmd) {
    const VkDescriptorSet set = program->set();
    if (!types.empty()) {
      vkCmdBindDescriptorSets(cmd, VK_PIPELINE_BIND_POINT_COMPUTE, program->layout(), 0, 1, &set, 0,
                              nullptr);
    }
    vkCmdBindPipeline(cmd, VK_PIPELINE_BIND_POINT_COMPUTE, pipeline);
    const Push push{source.address(), target.address(), n, shared_number};
    vkCmdPushConstants(cmd, program->layout(), VK_SHADER_STAGE_COMPUTE_BIT, 0, sizeof(push), &push);
    vkCmdDispatch(cmd, (n + 63) / 64, 1, 1);
  });
  EXPECT_TRUE(done);
  std::memcpy(out.data(), target.mapped(), out.size() * sizeof(std::uint32_t));
  return out;
}

inline Words run_on_device(const std::shared_ptr<vulkan::Device>& device,
                           std::span<const std::uint32_t> spirv, const Words& in,
                           std::uint32_t shared_number) {
  return run_on_device(device, spirv, {}, in, shared_number, [](vulkan::ComputeProgram&) {});
}

inline std::uint32_t bits(float x) {
  std::uint32_t out;
  std::memcpy(&out, &x, sizeof(out));
  return out;
}
inline float number(std::uint32_t word) {
  float out;
  std::memcpy(&out, &word, sizeof(out));
  return out;
}

// Numbers that only have to vary.
class Varied {
 public:
  std::uint32_t word() { return static_cast<std::uint32_t>(engine_()); }
  std::uint32_t below(std::uint32_t n) { return word() % n; }
  float between(float low, float high) {
    return low + (high - low) * static_cast<float>(word() >> 8) * 0x1p-24f;
  }

 private:
  std::mt19937 engine_{7};
};

}  // namespace oddroad::kernels::testing

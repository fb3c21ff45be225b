#include "render/vulkan/buffer_pool.h"

#include <cstring>

#include "render/vulkan/commands.h"
#include "tests/unit/vulkan/test_device.h"

namespace oddroad::vulkan {
namespace {

class Pool : public testing::DeviceTest {};

TEST_F(Pool, SlicesDoNotOverlapAndComeBack) {
  BufferPool pool(device_, 0, 4096);
  {
    auto a = pool.allocate(1000);
    auto b = pool.allocate(1000);
    ASSERT_TRUE(a && b);
    EXPECT_EQ(&a->buffer(), &b->buffer());
    EXPECT_GE(b->offset(), a->offset() + 1000);
    EXPECT_EQ(b->offset() % 256, 0u);
    EXPECT_EQ(pool.used_bytes(), 2048u);
  }
  EXPECT_EQ(pool.used_bytes(), 0u);
  // The freed neighbours are one piece again.
  const auto whole = pool.allocate(4096);
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->offset(), 0u);
}

TEST_F(Pool, MovedSlicesAreReleasedOnce) {
  BufferPool pool(device_, 0, 4096);
  auto a = pool.allocate(256);
  BufferSlice b = std::move(*a);
  b = BufferSlice();
  EXPECT_EQ(pool.used_bytes(), 0u);
}

TEST_F(Pool, LargePiecesGetTheirOwnBlock) {
  BufferPool pool(device_, 0, 4096);
  const auto large = pool.allocate(100'000);
  ASSERT_TRUE(large);
  EXPECT_GE(large->buffer().size(), 100'000u);
}

TEST_F(Pool, DataArrivesThroughUploads) {
  auto commands = Commands::create(device_);
  ASSERT_TRUE(commands);
  const std::vector<std::uint32_t> data{1, 2, 3, 4};
  auto device_buffer = Buffer::create(
      *device_, 64, VK_BUFFER_USAGE_TRANSFER_DST_BIT | VK_BUFFER_USAGE_TRANSFER_SRC_BIT,
      MemoryUse::kDevice);
  auto readback =
      Buffer::create(*device_, 64, VK_BUFFER_USAGE_TRANSFER_DST_BIT, MemoryUse::kReadback);
  ASSERT_TRUE(device_buffer && readback);
  EXPECT_NE(device_buffer->address(), 0u);
  Uploads uploads;
  uploads.add(*device_buffer, 16, std::as_bytes(std::span(data)));
  ASSERT_TRUE(uploads.flush(*commands));
  ASSERT_TRUE(commands->run("copy back", [&](VkCommandBuffer cmd) {
    const VkBufferCopy region{16, 0, 16};
    vkCmdCopyBuffer(cmd, device_buffer->get(), readback->get(), 1, &region);
  }));
  EXPECT_EQ(std::memcmp(readback->mapped(), data.data(), 16), 0);
}

// Filling a thousand times as much takes longer, and all runs of a pass count.
TEST_F(Pool, PassesAreTimedByTheDevice) {
  if (device_->tick_ns() == 0) GTEST_SKIP() << "the queue of this device has no clock";
  auto commands = Commands::create(device_);
  auto buffer =
      Buffer::create(*device_, 64u << 20, VK_BUFFER_USAGE_TRANSFER_DST_BIT, MemoryUse::kDevice);
  ASSERT_TRUE(commands && buffer);
  for (int run = 0; run < 3; ++run) {
    for (const auto& [pass, bytes] : {std::pair("few", 64u << 10), std::pair("many", 64u << 20)}) {
      ASSERT_TRUE(commands->run(pass, [&](VkCommandBuffer cmd) {
        vkCmdFillBuffer(cmd, buffer->get(), 0, bytes, 7);
      }));
    }
  }
  const auto totals = device_->pass_times().totals();
  EXPECT_EQ(totals.at("few").runs, 3u);
  EXPECT_EQ(totals.at("many").runs, 3u);
  EXPECT_GT(totals.at("many").seconds, 2 * totals.at("few").seconds);
  EXPECT_NE(to_string(device_->pass_times()).find("many                3 runs"), std::string::npos);
}

}  // namespace
}  // namespace oddroad::vulkan

#include <cstdlib>

#include <gmock/gmock.h>

#include "render/vulkan/buffer.h"
#include "render/vulkan/device_list.h"
#include "tests/unit/vulkan/test_device.h"

namespace oddroad::vulkan {
namespace {

using ::testing::HasSubstr;

Candidate candidate(int index, const std::string& name, DeviceType type,
                    std::vector<std::string> refused = {}) {
  Candidate c;
  c.info.index = index;
  c.info.name = name;
  c.info.type = type;
  c.info.can_rasterize = true;
  c.info.refused = std::move(refused);
  return c;
}

TEST(ChooseDevice, AutoPrefersDiscreteOverCpu) {
  const std::vector<Candidate> all{candidate(0, "llvmpipe", DeviceType::kCpu),
                                   candidate(1, "Big Card", DeviceType::kDiscrete)};
  EXPECT_EQ(choose(all, "auto")->info.index, 1);
  EXPECT_EQ(choose(all, "0")->info.index, 0);
  EXPECT_EQ(choose(all, "LLVM")->info.index, 0);
}

TEST(ChooseDevice, RefusedDevicesAreNeverChosenAndSayWhy) {
  const std::vector<Candidate> all{
      candidate(0, "Old Card", DeviceType::kDiscrete, {"it offers Vulkan 1.1.0, 1.3 is needed"}),
      candidate(1, "llvmpipe", DeviceType::kCpu)};
  EXPECT_EQ(choose(all, "auto")->info.index, 1);
  const auto named = choose(all, "old");
  ASSERT_FALSE(named);
  EXPECT_THAT(core::to_string(named.error()), HasSubstr("1.3 is needed"));
  EXPECT_FALSE(choose(all, "0"));
  EXPECT_FALSE(choose(all, "7"));
}

TEST(ChooseDevice, NothingUsableListsEverything) {
  const std::vector<Candidate> all{
      candidate(0, "Old Card", DeviceType::kDiscrete, {"it has no compute queue"})};
  const auto none = choose(all, "auto");
  ASSERT_FALSE(none);
  EXPECT_THAT(core::to_string(none.error()), HasSubstr("no Vulkan 1.3 device"));
  EXPECT_THAT(core::to_string(none.error()), HasSubstr("Old Card"));
  EXPECT_THAT(core::to_string(choose({}, "auto").error()), HasSubstr("no Vulkan 1.3 device"));
}

// Runs in a process of its own: drivers are looked up through the environment.
TEST(NoDriverDeathTest, CreateFailsWithAReason) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(
      {
        setenv("VK_DRIVER_FILES", "/nonexistent.json", 1);
        setenv("VK_ICD_FILENAMES", "/nonexistent.json", 1);
        const auto device = Device::create();
        const bool right =
            !device &&
            core::to_string(device.error()).find("no Vulkan 1.3 device") != std::string::npos;
        const bool described = describe_devices().find("no Vulkan") != std::string::npos;
        std::exit(right && described ? 0 : 1);
      },
      ::testing::ExitedWithCode(0), "");
}

class VulkanDevice : public testing::DeviceTest {};

TEST_F(VulkanDevice, IsListedWithDriverAndVersion) {
  const auto devices = list_devices();
  ASSERT_TRUE(devices);
  ASSERT_FALSE(devices->empty());
  const DeviceInfo& info = device_->info();
  EXPECT_FALSE(info.name.empty());
  EXPECT_FALSE(info.driver.empty());
  EXPECT_EQ(info.api_version.substr(0, 2), "1.");
  EXPECT_THAT(describe_devices(), HasSubstr(info.name));
}

TEST_F(VulkanDevice, ImageBeyondTheLimitIsRefused) {
  ImageOptions options;
  options.width_px = device_->limits().maxImageDimension2D + 1;
  options.format = VK_FORMAT_R32G32_UINT;
  options.usage = VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT;
  const auto image = Image::create(*device_, options);
  ASSERT_FALSE(image);
  EXPECT_THAT(core::to_string(image.error()), HasSubstr("exceeds"));
}

}  // namespace
}  // namespace oddroad::vulkan

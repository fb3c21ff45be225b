// The device that tests run on: whatever is there, with validation on. A message fails the test.
#pragma once

#include <gtest/gtest.h>

#include "render/vulkan/device.h"

namespace oddroad::vulkan::testing {

class DeviceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    DeviceOptions options;
    options.validation = true;
    auto device = Device::create(options);
    if (!device) GTEST_SKIP() << core::to_string(device.error());
    device_ = *device;
  }
  void TearDown() override {
    if (!device_) return;
    for (const std::string& message : device_->validation_messages()) ADD_FAILURE() << message;
  }
  std::shared_ptr<Device> device_;
};

}  // namespace oddroad::vulkan::testing

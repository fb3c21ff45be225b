// Plans of clips that exist nowhere, and a folder to work in.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "engine/farm/output.h"
#include "engine/farm/plan.h"

namespace oddroad::farm {

inline Plan make_plan(std::uint32_t clips, std::uint32_t clips_per_task = 4) {
  Plan plan;
  plan.header.software = {"1.2.3", std::string(64, 'a'), "avx2"};
  plan.header.visibility = "cast";
  plan.header.shading = "none";
  plan.header.overrides = {"params.v=3 m/s"};
  plan.header.scenarios = {{"/far/away.yaml", "scenarios/away.yaml", "away", std::string(64, 'b')},
                           {"/far/here.yaml", "", "here", std::string(64, 'c')}};
  for (std::uint32_t k = 0; k < clips; ++k) {
    if (k % clips_per_task == 0) plan.tasks.push_back({12.5, {}});
    plan.tasks.back().clips.push_back({k % 2, 7 + k % 3, k});
  }
  plan.id = "0123456789";
  return plan;
}

class FarmTest : public testing::Test {
 protected:
  FarmTest() {
    folder_ = std::filesystem::path(testing::TempDir()) /
              ("oddroad_farm_" + std::to_string(::getpid()) + "_" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    out_ = folder_output(folder_);
  }
  ~FarmTest() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path put(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }

  std::filesystem::path folder_;
  std::unique_ptr<Output> out_;
};

}  // namespace oddroad::farm

// What the translator refuses, and that it repeats itself.
#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <sys/wait.h>

namespace oddroad::kernels {
namespace {

struct Ran {
  int code = 0;
  std::string said;
};

Ran translate(const std::string& spirv, const std::string& out) {
  const std::string command =
      "/usr/bin/python3 -B " ODDROAD_TRANSLATOR " " + spirv + " --name k --out " + out + " 2>&1";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  Ran ran;
  std::array<char, 512> buffer{};
  while (std::fgets(buffer.data(), buffer.size(), pipe)) ran.said += buffer.data();
  const int status = ::pclose(pipe);
  ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

std::string content(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

TEST(Translator, StopsAtWhatItDoesNotKnowAndNamesIt) {
  const std::string out = ::testing::TempDir() + "oddroad_refused.cpp";
  const std::pair<const char*, const char*> cases[] = {
      {"refused_atomic", "OpAtomicIAdd"},
      {"refused_barrier", "LocalInvocationId"},
      {"refused_image", "OpImageWrite"},
  };
  for (const auto& [name, instruction] : cases) {
    std::remove(out.c_str());
    const Ran ran = translate(std::string(ODDROAD_TEST_SPIRV "/") + name + ".spv", out);
    EXPECT_EQ(ran.code, 1) << name;
    EXPECT_NE(ran.said.find(instruction), std::string::npos) << ran.said;
    EXPECT_NE(ran.said.find(name), std::string::npos) << ran.said;
    EXPECT_FALSE(std::ifstream(out).good()) << "a refused shader left a file";
  }
}

TEST(Translator, WhatIsNoShaderIsRefused) {
  const std::string broken = ::testing::TempDir() + "oddroad_broken.spv";
  std::ofstream(broken) << "this is not SPIR-V";
  const Ran ran = translate(broken, broken + ".cpp");
  EXPECT_EQ(ran.code, 1) << ran.said;
  EXPECT_NE(ran.said.find("cannot be translated"), std::string::npos) << ran.said;
  std::remove(broken.c_str());
}

TEST(Translator, SameShaderSameText) {
  const std::string a = ::testing::TempDir() + "oddroad_a.cpp";
  const std::string b = ::testing::TempDir() + "oddroad_b.cpp";
  ASSERT_EQ(translate(ODDROAD_TEST_SPIRV "/flow.spv", a).code, 0);
  ASSERT_EQ(translate(ODDROAD_TEST_SPIRV "/flow.spv", b).code, 0);
  EXPECT_EQ(content(a), content(b));
  EXPECT_FALSE(content(a).empty());
  std::remove(a.c_str());
  std::remove(b.c_str());
}

}  // namespace
}  // namespace oddroad::kernels

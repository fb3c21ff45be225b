// Runs the command line inside the test process, and whole clips through the pipeline.
#pragma once

#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "engine/cli/context.h"
#include "engine/dataset/manifest.h"
#include "engine/dataset/reader.h"

namespace oddroad::tests {

inline core::SearchRoots roots() {
  return {{ODDROAD_SOURCE_DIR}};
}
inline std::string source(const std::string& path) {
  return std::string(ODDROAD_SOURCE_DIR "/") + path;
}
inline std::string quick_scenario() {
  return source("tests/integration/data/quick.yaml");
}

struct Ran {
  int code = 0;
  std::string out;
  std::string err;
};

inline std::string read_all(std::FILE* file) {
  std::string text;
  std::rewind(file);
  char buffer[4096];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, file)) > 0;) {
    text.append(buffer, n);
  }
  return text;
}

inline Ran run_cli(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "oddroad");
  std::vector<char*> argv;
  for (std::string& a : arguments) argv.push_back(a.data());
  cli::Context context;
  context.roots = roots();
  context.out = std::tmpfile();
  context.err = std::tmpfile();
  Ran ran;
  ran.code = cli::run(static_cast<int>(argv.size()), argv.data(), context);
  ran.out = read_all(context.out);
  ran.err = read_all(context.err);
  std::fclose(context.out);
  std::fclose(context.err);
  return ran;
}

// A folder of its own that goes with the test; other processes may run the same test.
class Scratch {
 public:
  Scratch() {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    path_ =
        std::filesystem::path(testing::TempDir()) / ("oddroad_" + std::to_string(::getpid()) + "_" +
                                                     info->test_suite_name() + "_" + info->name());
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Scratch() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::string operator/(const std::string& name) const {
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

// Manifest hash of every clip by its folder's name below clips/.
inline std::map<std::string, std::string> clip_hashes(const std::string& dataset) {
  std::map<std::string, std::string> hashes;
  const auto reader = dataset::DatasetReader::open(dataset);
  if (!reader) return hashes;
  for (const auto& clip : reader->clips()) {
    const auto hash = dataset::clip_hash(clip);
    hashes[clip.filename().string()] = hash ? *hash : "unreadable";
  }
  return hashes;
}

}  // namespace oddroad::tests

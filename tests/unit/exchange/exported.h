// Exports of the sample clip for tests, and the tree of bytes that they make.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include <unistd.h>

#include "engine/dataset/file_io.h"
#include "engine/exchange/export.h"
#include "tests/unit/dataset/sample_clip.h"

namespace oddroad::test {

inline const exchange::FormatTraits& format_named(const std::string& name) {
  for (const auto& format : exchange::formats()) {
    if (format.name == name) return format;
  }
  throw std::runtime_error("no format " + name);
}

// A dataset of one sample clip, made once for all tests that only read it.
inline const std::filesystem::path& sample_set(int ticks) {
  struct Set {
    explicit Set(int n)
        : path(std::filesystem::path(testing::TempDir()) /
               ("oddroad_set_" + std::to_string(::getpid()) + "_" + std::to_string(n))) {
      std::filesystem::remove_all(path);
      write_sample_clip(path, n);
    }
    ~Set() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
  };
  static std::map<int, std::unique_ptr<Set>> sets;
  auto& set = sets[ticks];
  if (!set) set = std::make_unique<Set>(ticks);
  return set->path;
}

// A dataset of four sample clips of two ticks, made once for all tests that only read it.
inline const std::filesystem::path& four_clips() {
  struct Set {
    std::filesystem::path path =
        std::filesystem::path(testing::TempDir()) / ("oddroad_four_" + std::to_string(::getpid()));
    Set() {
      std::filesystem::remove_all(path);
      for (const std::uint32_t index : {3u, 4u, 5u, 6u}) write_sample_clip(path, 2, index);
    }
    ~Set() { std::filesystem::remove_all(path); }
  };
  static const Set set;
  return set.path;
}

// The sample clip of two ticks in a format; fails the test where that fails.
struct Exported {
  TemporaryFolder folder;
  std::filesystem::path set, out = folder.path() / "out";
  exchange::ExportSummary summary;

  explicit Exported(const exchange::FormatTraits& format,
                    const exchange::ExportOptions& options = {{{"train", 1}}}, int ticks = 2)
      : set(sample_set(ticks)) {
    const auto done = exchange::export_dataset(set, format, out, options);
    EXPECT_TRUE(done) << core::to_string(done.error().why);
    if (done) summary = *done;
  }
};

inline std::map<std::string, std::string> tree_bytes(const std::filesystem::path& root) {
  std::map<std::string, std::string> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    out[entry.path().lexically_relative(root).string()] = *dataset::read_file(entry.path());
  }
  return out;
}

inline void expect_equal_bytes(const std::filesystem::path& a, const std::filesystem::path& b) {
  const auto one = tree_bytes(a), two = tree_bytes(b);
  EXPECT_EQ(one.size(), two.size());
  for (const auto& [name, bytes] : one) {
    const auto it = two.find(name);
    ASSERT_NE(it, two.end()) << name;
    EXPECT_TRUE(bytes == it->second) << name << " differs";
  }
}

}  // namespace oddroad::test

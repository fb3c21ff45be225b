// Every format where it cannot write: it says so, nothing passes for complete, and the same export
// works once there is room.
#include <algorithm>
#include <csignal>
#include <fstream>

#include <sys/resource.h>
#include <unistd.h>

#include "tests/unit/exchange/exported.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;

// A limit on the size of files stands for a full disk while it lives: write() fails like there.
class FullDisk {
 public:
  explicit FullDisk(rlim_t largest_file_bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    EXPECT_EQ(::getrlimit(RLIMIT_FSIZE, &before_), 0);
    const rlimit small{largest_file_bytes, before_.rlim_max};
    EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  }
  ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  FullDisk(const FullDisk&) = delete;

 private:
  rlimit before_{};
};

class NoRoom : public testing::TestWithParam<std::string> {
 protected:
  using Done = tl::expected<ExportSummary, ExportError>;

  void SetUp() override { test::four_clips(); }  // while there is room

  Done run(const fs::path& to, const ExportProgress& progress = {}) const {
    return export_dataset(test::four_clips(), test::format_named(GetParam()), to, {}, progress);
  }
  // What lies there under a hidden name.
  [[nodiscard]] std::vector<fs::path> hidden() const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder.path())) {
      if (entry.path().filename().string().front() == '.') found.push_back(entry.path());
    }
    return found;
  }
  // Fails with a message that has these words.
  void expect_refused(const Done& done, const std::string& words) const {
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ExportError::Kind::kCannotWrite);
    const std::string text = core::to_string(done.error().why);
    EXPECT_NE(text.find(words), std::string::npos) << text;
  }
  // The files of an export that has room, made once for all tests.
  const std::map<std::string, std::string>& whole() const {
    static std::map<std::string, std::map<std::string, std::string>> all;
    auto& files = all[GetParam()];
    if (files.empty()) {
      const test::TemporaryFolder other;
      EXPECT_TRUE(run(other.path() / "out"));
      files = test::tree_bytes(other.path() / "out");
    }
    return files;
  }
  void expect_whole() const {
    EXPECT_TRUE(test::tree_bytes(out) == whole());
    EXPECT_TRUE(hidden().empty());
  }

  test::TemporaryFolder folder;
  fs::path out = folder.path() / "out";
};

TEST_P(NoRoom, AFullDiskIsToldAndLeavesNothing) {
  {
    const FullDisk full(100);
    expect_refused(run(out), "cannot write: File too large");
  }
  EXPECT_TRUE(fs::is_empty(folder.path()));
  ASSERT_TRUE(run(out));
  expect_whole();
}

TEST_P(NoRoom, AFullDiskKeepsClipsThatWereFinished) {
  std::unique_ptr<FullDisk> full;
  ExportProgress progress;
  progress.clip = [&](const std::string&, std::size_t) {
    if (!full) full = std::make_unique<FullDisk>(0);
  };
  const auto done = run(out, progress);
  full.reset();
  expect_refused(done, "cannot write: File too large");
  EXPECT_FALSE(fs::exists(out));
  ASSERT_EQ(hidden().size(), 1u);
  EXPECT_TRUE(fs::equivalent(done.error().kept, hidden().front()));
  const auto again = run(out);
  ASSERT_TRUE(again);
  EXPECT_GE(again->kept_clips, 1);
  expect_whole();
}

// The largest file of the export does not fit: what is full at the end of clips, or of all of them.
TEST_P(NoRoom, AByteTooFewIsTooFew) {
  std::size_t largest = 0;
  for (const auto& [name, bytes] : whole()) largest = std::max(largest, bytes.size());
  {
    const FullDisk full(largest - 1);
    expect_refused(run(out), "cannot write: File too large");
  }
  EXPECT_FALSE(fs::exists(out));
  ASSERT_TRUE(run(out));
  expect_whole();
}

// Nobody may write below /sys/kernel; permissions stop everybody but root.
TEST_P(NoRoom, AReadOnlyFolderIsTold) {
  fs::path closed = "/sys/kernel";
  if (::geteuid() != 0) {
    closed = folder.path() / "closed";
    fs::create_directory(closed);
    fs::permissions(closed, fs::perms::owner_read | fs::perms::owner_exec);
  }
  expect_refused(run(closed / "out"), "cannot create folder");
  expect_refused(run(closed / "deep" / "out"), "cannot create");
  EXPECT_FALSE(fs::exists(closed / "out"));
  EXPECT_TRUE(hidden().empty());
  std::ofstream(folder.path() / "file") << "x";
  expect_refused(run(folder.path() / "file" / "out"), "file");
  EXPECT_EQ(fs::file_size(folder.path() / "file"), 1u);
}

TEST_P(NoRoom, WhatIsThereStaysAsItIs) {
  fs::create_directory(out);
  std::ofstream(out / "holiday.jpg") << "x";
  expect_refused(run(out), "there is something already");
  EXPECT_EQ(test::tree_bytes(folder.path()),
            (std::map<std::string, std::string>{{"out/holiday.jpg", "x"}}));
  fs::remove_all(out);
  std::ofstream(out) << "a file";
  expect_refused(run(out), "there is something already");
  EXPECT_EQ(*dataset::read_file(out), "a file");
  EXPECT_TRUE(hidden().empty());
}

std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const auto& format : formats()) out.push_back(format.name);
  return out;
}

INSTANTIATE_TEST_SUITE_P(Formats, NoRoom, testing::ValuesIn(names()), [](const auto& one) {
  std::string name = one.param;
  std::erase(name, '-');
  return name;
});

}  // namespace
}  // namespace oddroad::exchange

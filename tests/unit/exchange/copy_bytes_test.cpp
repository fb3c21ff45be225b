// Whole contents, whichever way they take.
#include "engine/exchange/copy_bytes.h"

#include <csignal>

#include <fcntl.h>
#include <sys/resource.h>

#include "tests/unit/exchange/exported.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;

std::string noise(std::size_t bytes) {
  std::string out;
  std::uint32_t state = 1;
  while (out.size() < bytes) {
    state = state * 1664525 + 1013904223;
    out += static_cast<char>(state >> 24);
  }
  return out;
}

struct Ends {
  int from, to;
  Ends(const fs::path& a, const fs::path& b)
      : from(::open(a.c_str(), O_RDONLY)), to(::open(b.c_str(), O_WRONLY | O_CREAT, 0666)) {}
  ~Ends() {
    ::close(from);
    ::close(to);
  }
};

TEST(CopyBytes, ContentsAreWholeBehindWhatIsThere) {
  const test::TemporaryFolder folder;
  const fs::path a = folder.path() / "a", b = folder.path() / "b";
  for (const std::size_t bytes : {0u, 1u, 262'144u, 1'000'003u}) {
    for (const bool hashed : {false, true}) {
      const std::string content = noise(bytes);
      ASSERT_TRUE(dataset::write_file(a, content));
      ASSERT_TRUE(dataset::write_file(b, "head"));
      core::Sha256 hash;
      {
        const Ends ends(a, b);
        ::lseek(ends.to, 0, SEEK_END);
        const auto copied = copy_bytes(ends.from, ends.to, hashed ? &hash : nullptr);
        ASSERT_TRUE(copied);
        EXPECT_EQ(*copied, bytes);
      }
      EXPECT_TRUE(*dataset::read_file(b) == "head" + content) << bytes;
      if (hashed) {
        EXPECT_EQ(hash.hex(), core::sha256_hex(content));
      }
    }
  }
}

// Files that the kernel does not copy: it says that they have no content.
TEST(CopyBytes, FilesThatAreMadeAsTheyAreReadAreWhole) {
  const test::TemporaryFolder folder;
  const fs::path b = folder.path() / "b";
  {
    const Ends ends("/proc/self/cmdline", b);
    ASSERT_TRUE(copy_bytes(ends.from, ends.to));
  }
  EXPECT_FALSE(dataset::read_file(b)->empty());
}

TEST(CopyBytes, TheSideThatFailsIsTold) {
  const test::TemporaryFolder folder;
  const fs::path a = folder.path() / "a", b = folder.path() / "b";
  ASSERT_TRUE(dataset::write_file(a, noise(100'000)));
  {
    const Ends ends(folder.path(), b);
    const auto copied = copy_bytes(ends.from, ends.to);
    ASSERT_FALSE(copied);
    EXPECT_FALSE(copied.error().writing);
    EXPECT_EQ(copied.error().code, EISDIR);
  }
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{5000, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  const auto full = [&] {
    const Ends ends(a, b);
    return copy_bytes(ends.from, ends.to);
  }();
  setrlimit(RLIMIT_FSIZE, &before);
  ASSERT_FALSE(full);
  EXPECT_TRUE(full.error().writing);
  EXPECT_EQ(full.error().code, EFBIG);
}

}  // namespace
}  // namespace oddroad::exchange

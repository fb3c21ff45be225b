// A clip that stops goes on elsewhere to the same bytes; what is wrong with a checkpoint is found.
#include "engine/dataset/checkpoint.h"

#include <fstream>

#include "engine/dataset/file_io.h"
#include "engine/dataset/reader.h"
#include "engine/dataset/staging.h"
#include "tests/unit/dataset/sample_clip.h"

namespace oddroad::dataset {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

constexpr int kTicks = 4;

class CheckpointTest : public testing::Test {
 protected:
  void SetUp() override {
    whole_ = test::write_sample_clip(undisturbed_.path(), kTicks).hash;
    ASSERT_TRUE(open_for_writing(folder(), test::sample_header()));
  }

  const fs::path& folder() const { return folder_.path(); }
  fs::path partial() const { return folder() / partial_folder(identity_); }

  ClipWriter start(const std::string& yaml = "scenario: child-behind-van\n",
                   const fs::path& scratch = {}) const {
    auto writer = ClipWriter::create(folder(), test::sample_info(), test::sample_calibration(),
                                     {yaml, {{"map.xodr", "<OpenDRIVE/>"}}},
                                     test::sample_timeline(), scratch);
    EXPECT_TRUE(writer);
    return std::move(*writer);
  }

  // Ticks of test::write_sample_clip.
  static void write(ClipWriter& writer, int from, int to) {
    const auto calibration = test::sample_calibration();
    for (int tick = from; tick < to; ++tick) {
      const std::int64_t stamp_ns = 200'000'000 + tick * 100'000'000ll;
      for (const auto& camera : calibration.cameras) {
        EXPECT_TRUE(writer.write(test::sample_camera_frame(camera, tick, stamp_ns)));
      }
      const auto& lidar = calibration.lidars[0];
      EXPECT_TRUE(writer.write(test::sample_lidar_frame(lidar, tick, stamp_ns - 20'000'000)));
    }
  }

  void stop_at(int tick, const fs::path& scratch = {}) const {
    ClipWriter writer = start("scenario: child-behind-van\n", scratch);
    write(writer, 0, tick);
    const auto left = writer.pause({"me", tick, kTicks}, "memory of " + std::to_string(tick));
    EXPECT_TRUE(left) << core::to_string(left.error());
  }

  std::optional<Checkpoint> find(const std::string& maker = "me") {
    told_ = {};
    return find_checkpoint(folder(), identity_, maker, told_);
  }

  bool taken_over(ClipWriter& writer, const Checkpoint& checkpoint) {
    told_ = {};
    const auto taken = writer.take_over(checkpoint, told_);
    EXPECT_TRUE(taken) << core::to_string(taken.error());
    EXPECT_EQ(told_.empty(), *taken);
    return *taken;
  }

  // What a clip that goes on has for a hash; empty: the checkpoint is of no use.
  std::string go_on(const fs::path& scratch = {}) {
    const auto checkpoint = find();
    if (!checkpoint) return "";
    ClipWriter writer = start("scenario: child-behind-van\n", scratch);
    if (!taken_over(writer, *checkpoint)) return "";
    write(writer, static_cast<int>(checkpoint->note.next_tick), kTicks);
    const auto commit = writer.commit();
    return commit ? commit->hash : core::to_string(commit.error());
  }

  const ClipIdentity identity_ = test::sample_info().identity;
  TemporaryFolder folder_, undisturbed_;
  std::string whole_;
  core::Diagnostics told_;
};

TEST_F(CheckpointTest, GoesOnToTheSameBytesAndLeavesNothing) {
  stop_at(1);
  EXPECT_FALSE(fs::exists(folder() / "clips"));
  EXPECT_EQ(stopped_at(folder(), identity_), (CheckpointNote{"me", 1, kTicks}));
  EXPECT_EQ(to_text(*stopped_at(folder(), identity_)), "stopped at tick 1 of 4");
  EXPECT_EQ(find()->state, "memory of 1");
  EXPECT_TRUE(DatasetReader::open(folder())->clips().empty());
  EXPECT_EQ(go_on(), whole_);
  EXPECT_FALSE(fs::exists(folder() / "partial"));
  EXPECT_TRUE(clip_is_complete(folder(), identity_));
}

TEST_F(CheckpointTest, ByWayOfAnotherDisk) {
  const TemporaryFolder scratch;
  stop_at(2, scratch.path());
  EXPECT_EQ(find()->note.next_tick, 2);
  EXPECT_EQ(go_on(scratch.path()), whole_);
  EXPECT_FALSE(fs::exists(folder() / "partial"));
}

TEST_F(CheckpointTest, TheFurthestStays) {
  stop_at(2);
  stop_at(1);
  EXPECT_EQ(find()->note.next_tick, 2);
  stop_at(3);
  EXPECT_EQ(find()->note.next_tick, 3);
  EXPECT_EQ(std::distance(fs::directory_iterator(partial()), fs::directory_iterator()), 1);
  // A damaged one counts for nothing, nor does one that others cannot use.
  fs::remove(partial() / "000003/clip/clip.json");
  stop_at(2);
  stop_at(3);
  EXPECT_EQ(go_on(), whole_);
}

TEST_F(CheckpointTest, StaysUntilTheClipIsCommitted) {
  stop_at(2);
  {
    ClipWriter killed = start();
    ASSERT_TRUE(taken_over(killed, *find()));
    write(killed, 2, 3);
  }
  // Two that go on at once, one of which stops without a tick of its own.
  ClipWriter first = start(), second = start(), third = start();
  const auto checkpoint = find();
  ASSERT_TRUE(checkpoint);
  for (ClipWriter* writer : {&first, &second, &third}) {
    ASSERT_TRUE(taken_over(*writer, *checkpoint));
  }
  write(first, 2, kTicks);
  write(second, 2, kTicks);
  ASSERT_TRUE(third.pause({"me", 2, kTicks}, "memory of 2"));
  EXPECT_EQ(find()->state, "memory of 2");
  EXPECT_EQ(first.commit()->hash, whole_);
  EXPECT_EQ(second.commit()->outcome, CommitOutcome::kAlreadyThere);
  EXPECT_FALSE(fs::exists(folder() / "partial"));
  ClipWriter late = start();
  EXPECT_FALSE(taken_over(late, *checkpoint));  // it went with the clip
}

TEST_F(CheckpointTest, OfOthersIsDroppedWithAWord) {
  stop_at(2);
  EXPECT_FALSE(find("another build"));
  EXPECT_NE(core::to_string(told_).find("another build"), std::string::npos);
  EXPECT_FALSE(find());  // it is gone
  EXPECT_TRUE(told_.empty());
  stop_at(2);
  // A clip that would begin with other files is another clip.
  ClipWriter other = start("scenario: another\n");
  EXPECT_FALSE(taken_over(other, *find()));
  EXPECT_NE(core::to_string(told_).find("another scenario.yaml"), std::string::npos);
}

// Whichever file it is that is cut short, changed or gone: those that every attempt writes itself
// do not matter, and any other makes the checkpoint useless.
TEST_F(CheckpointTest, NoDamageReachesTheClip) {
  stop_at(2);
  const TemporaryFolder kept;
  const fs::path copy = kept.path() / "copy";
  fs::copy(partial(), copy, fs::copy_options::recursive);
  const auto restore = [&] {
    fs::remove_all(folder() / "clips");
    fs::remove_all(partial());
    fs::create_directories(partial().parent_path());
    fs::copy(copy, partial(), fs::copy_options::recursive);
  };
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(copy)) {
    if (entry.is_regular_file()) files.push_back(entry.path().lexically_relative(copy));
  }
  int of_captures = 0;
  for (const fs::path& file : files) {
    const std::string name = file.filename().string();
    const bool by_all = file.string().find("/clip/") != std::string::npos && name[0] != '0';
    of_captures += name[0] == '0';
    const auto read = read_file(copy / file);
    ASSERT_TRUE(read) << core::to_string(read.error());
    const std::string& bytes = *read;
    std::string changed = bytes;
    changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
    for (const std::string& other : {changed, bytes.substr(0, bytes.size() / 2), std::string()}) {
      restore();
      fs::remove(partial() / file);
      if (!other.empty()) {
        ASSERT_TRUE(write_file(partial() / file, other));
      }
      EXPECT_EQ(go_on(), by_all ? whole_ : "") << file << " with " << other.size() << " bytes";
      if (by_all) break;  // each takes a while
    }
  }
  EXPECT_GT(of_captures, 10);
  restore();
  EXPECT_EQ(go_on(), whole_);
}

}  // namespace
}  // namespace oddroad::dataset

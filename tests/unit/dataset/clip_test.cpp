// Clips exist complete or not at all; who was first stays; leftovers of the dead are cleaned up.
#include <chrono>
#include <fstream>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/dataset/file_io.h"
#include "engine/dataset/frame_json.h"
#include "engine/dataset/reader.h"
#include "engine/dataset/staging.h"
#include "tests/unit/dataset/sample_clip.h"

namespace oddroad::dataset {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

std::size_t entries(const fs::path& folder) {
  if (!fs::exists(folder)) return 0;
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

core::Result<ClipWriter> start_clip(const fs::path& folder, const std::string& yaml = "a: 1\n") {
  return ClipWriter::create(folder, test::sample_info(), test::sample_calibration(), {yaml, {}},
                            test::sample_timeline());
}

// Grown elsewhere and copied: the same bytes, and nothing stays behind.
TEST(Clip, GrowsOnScratch) {
  const TemporaryFolder folder, scratch, plain;
  ASSERT_TRUE(open_for_writing(folder.path(), test::sample_header()));
  const auto calibration = test::sample_calibration();
  auto writer = ClipWriter::create(folder.path(), test::sample_info(), calibration,
                                   {"scenario: child-behind-van\n", {{"map.xodr", "<OpenDRIVE/>"}}},
                                   test::sample_timeline(), scratch.path());
  ASSERT_TRUE(writer);
  for (int tick = 0; tick < 2; ++tick) {
    const std::int64_t stamp_ns = 200'000'000 + tick * 100'000'000ll;
    for (const auto& camera : calibration.cameras) {
      ASSERT_TRUE(writer->write(test::sample_camera_frame(camera, tick, stamp_ns)));
    }
    const auto& lidar = calibration.lidars[0];
    ASSERT_TRUE(writer->write(test::sample_lidar_frame(lidar, tick, stamp_ns - 20'000'000)));
  }
  EXPECT_FALSE(fs::exists(folder.path() / "clips"));
  const auto commit = writer->commit();
  ASSERT_TRUE(commit) << core::to_string(commit.error());
  EXPECT_EQ(commit->hash, test::write_sample_clip(plain.path()).hash);
  EXPECT_TRUE(ClipReader::open(commit->folder)->verify());
  EXPECT_EQ(entries(scratch.path() / ".staging"), 1u);  // its lock
}

TEST(Clip, RoundTrip) {
  const TemporaryFolder folder;
  const Commit commit = test::write_sample_clip(folder.path());
  EXPECT_EQ(commit.outcome, CommitOutcome::kCommitted);
  EXPECT_EQ(commit.folder, folder.path() / clip_folder(test::sample_info().identity));
  EXPECT_EQ(commit.folder.filename().string().substr(0, 7), "000003-");

  const auto dataset = DatasetReader::open(folder.path());
  ASSERT_TRUE(dataset) << core::to_string(dataset.error());
  EXPECT_EQ(dataset->ontology(), test::sample_header().ontology);
  ASSERT_EQ(dataset->clips().size(), 1u);
  const auto clip = ClipReader::open(dataset->clips()[0]);
  ASSERT_TRUE(clip) << core::to_string(clip.error());
  EXPECT_TRUE(clip->verify());
  EXPECT_EQ(clip->info().identity, test::sample_info().identity);
  EXPECT_EQ(clip->ticks("cam_left"), (std::vector<int>{0, 1}));
  EXPECT_TRUE(clip->ticks("cam").empty());
  EXPECT_EQ(clip->timeline().actors[2].name, "child");

  const auto calibration = test::sample_calibration();
  const auto want = test::sample_camera_frame(calibration.cameras[1], 1, 300'000'000);
  const auto frame = clip->camera("cam_right", 1);
  ASSERT_TRUE(frame) << core::to_string(frame.error());
  EXPECT_EQ(frame->stamp, want.stamp);
  EXPECT_EQ(frame->rgb, want.rgb);
  EXPECT_EQ(frame->instance, want.instance);
  EXPECT_EQ(frame->class_id, want.class_id);
  EXPECT_EQ(frame->depth_m, want.depth_m);
  EXPECT_EQ(frame->objects, want.objects);
  EXPECT_EQ(frame->world, want.world);
  const auto sweep = clip->lidar("lidar", 0);
  ASSERT_TRUE(sweep);
  EXPECT_EQ(sweep->cloud, test::sample_lidar_frame(calibration.lidars[0], 0, 180'000'000).cloud);
}

TEST(Clip, WhatWasNotRecordedStaysEmpty) {
  const TemporaryFolder folder;
  ASSERT_TRUE(open_for_writing(folder.path(), test::sample_header()));
  auto writer = start_clip(folder.path());
  ASSERT_TRUE(writer);
  auto frame = test::sample_camera_frame(test::sample_calibration().cameras[0], 0, 0);
  frame.rgb = {};
  ASSERT_TRUE(writer->write(frame));
  const auto commit = writer->commit();
  ASSERT_TRUE(commit);
  const auto clip = ClipReader::open(commit->folder);
  ASSERT_TRUE(clip);
  EXPECT_TRUE(clip->camera("cam_left", 0)->rgb.empty());
  EXPECT_FALSE(clip->camera("cam_left", 0)->depth_m.empty());
}

TEST(Clip, PartsAreReadAloneAndStampsWithoutLabels) {
  const TemporaryFolder folder;
  const auto commit = test::write_sample_clip(folder.path());
  const auto clip = ClipReader::open(commit.folder);
  ASSERT_TRUE(clip);
  const auto whole = clip->camera("cam_left", 1);
  const auto part = clip->camera("cam_left", 1, kIdsPart | kDepthPart);
  ASSERT_TRUE(whole && part);
  EXPECT_EQ(part->instance, whole->instance);
  EXPECT_EQ(part->depth_m, whole->depth_m);
  EXPECT_EQ(part->objects, whole->objects);
  EXPECT_TRUE(part->rgb.empty());
  EXPECT_TRUE(part->class_id.empty());
  const auto stamp_ns = clip->stamp_ns("lidar", 1);
  ASSERT_TRUE(stamp_ns);
  EXPECT_EQ(*stamp_ns, clip->labels("lidar", 1)->stamp.stamp_ns);
  // A stamp further below than usual, and in an object that is not the document.
  const auto deep = decode_stamp_ns(R"({"flow": {"stamp_ns": 7}, "stamp_ns": 5, "x": )", "f");
  ASSERT_TRUE(deep);
  EXPECT_EQ(*deep, 5);
  for (const char* bad : {"", "{", R"({"stamp_ns": "5"})", R"({"flow": {"stamp_ns": 7}})"}) {
    EXPECT_FALSE(decode_stamp_ns(bad, "f")) << bad;
  }
}

TEST(Clip, PicturesOfAllFormatsComeBack) {
  const TemporaryFolder folder;
  ASSERT_TRUE(open_for_writing(folder.path(), test::sample_header()));
  auto writer = start_clip(folder.path());
  ASSERT_TRUE(writer);
  auto frame = test::sample_camera_frame(test::sample_calibration().cameras[0], 0, 0);
  frame.rgb_format = {true, 95, 444};
  frame.raw = {frame.rgb.width_px, frame.rgb.height_px, 4095};
  frame.raw_format = capture::RawFormat{"rggb", 12, 168, 3927, 1};
  frame.radiance = {frame.rgb.width_px, frame.rgb.height_px, math::Vec3f(3e4f, 1, 0)};
  frame.exposure = capture::Exposure{1e-3, 2, 100, 1.8, 12, 5600, {1.8, 1, 1.4}};
  frame.faults = {{"soiling", 5, {{"coverage", 0.2}}}};
  ASSERT_TRUE(writer->write(frame));
  const auto commit = writer->commit();
  ASSERT_TRUE(commit);
  EXPECT_TRUE(std::filesystem::exists(commit->folder / "cam_left/000000.rgb.jpg"));
  EXPECT_FALSE(std::filesystem::exists(commit->folder / "cam_left/000000.rgb.png"));
  const auto clip = ClipReader::open(commit->folder);
  ASSERT_TRUE(clip);
  const auto back = clip->camera("cam_left", 0);
  ASSERT_TRUE(back) << core::to_string(back.error());
  EXPECT_EQ(back->raw, frame.raw);
  EXPECT_EQ(back->radiance, frame.radiance);
  EXPECT_EQ(back->exposure, frame.exposure);
  EXPECT_EQ(back->raw_format, frame.raw_format);
  EXPECT_EQ(back->faults, frame.faults);
  EXPECT_TRUE(back->rgb_format.jpeg);
  EXPECT_EQ(back->rgb.width_px, frame.rgb.width_px);
}

TEST(Clip, DoesNotExistBeforeCommitNorWithoutIt) {
  const TemporaryFolder folder;
  ASSERT_TRUE(open_for_writing(folder.path(), test::sample_header()));
  {
    auto writer = start_clip(folder.path());
    ASSERT_TRUE(writer);
    EXPECT_FALSE(clip_is_complete(folder.path(), test::sample_info().identity));
    EXPECT_TRUE(DatasetReader::open(folder.path())->clips().empty());
  }
  EXPECT_EQ(entries(folder.path() / ".staging"), 1u);  // the lock of the folder itself
  EXPECT_FALSE(fs::exists(folder.path() / "clips"));
}

TEST(Clip, ManyThreadsGiveTheSameBytes) {
  const TemporaryFolder folder;
  const Commit one = test::write_sample_clip(folder.path() / "one");
  ASSERT_TRUE(open_for_writing(folder.path() / "many", test::sample_header()));
  auto writer = ClipWriter::create(
      folder.path() / "many", test::sample_info(), test::sample_calibration(),
      {"scenario: child-behind-van\n", {{"map.xodr", "<OpenDRIVE/>"}}}, test::sample_timeline());
  ASSERT_TRUE(writer);
  {
    const auto calibration = test::sample_calibration();
    std::vector<std::jthread> threads;
    for (const int tick : {1, 0}) {
      const std::int64_t stamp_ns = 200'000'000 + tick * 100'000'000ll;
      for (const auto& camera : calibration.cameras) {
        threads.emplace_back([&writer, camera, tick, stamp_ns] {
          EXPECT_TRUE(writer->write(test::sample_camera_frame(camera, tick, stamp_ns)));
        });
      }
      threads.emplace_back([&writer, calibration, tick, stamp_ns] {
        EXPECT_TRUE(writer->write(
            test::sample_lidar_frame(calibration.lidars[0], tick, stamp_ns - 20'000'000)));
      });
    }
  }
  const auto commit = writer->commit();
  ASSERT_TRUE(commit);
  EXPECT_EQ(commit->hash, one.hash);
  EXPECT_EQ(*clip_hash(commit->folder), one.hash);
}

TEST(Clip, AnIdenticalLaterOneIsDropped) {
  const TemporaryFolder folder;
  const Commit first = test::write_sample_clip(folder.path());
  const Commit second = test::write_sample_clip(folder.path());
  EXPECT_EQ(second.outcome, CommitOutcome::kAlreadyThere);
  EXPECT_EQ(second.hash, first.hash);
  EXPECT_EQ(entries(first.folder.parent_path()), 1u);
  EXPECT_FALSE(fs::exists(folder.path() / "quarantine"));
  EXPECT_EQ(entries(folder.path() / ".staging"), 1u);
}

TEST(Clip, ADifferentLaterOneIsKeptAside) {
  const TemporaryFolder folder;
  const Commit first = test::write_sample_clip(folder.path());
  for (const char* n : {".1", ".2"}) {
    auto writer = start_clip(folder.path(), "another: text\n");
    const auto second = writer->commit();
    ASSERT_TRUE(second) << core::to_string(second.error());
    EXPECT_EQ(second->outcome, CommitOutcome::kQuarantined);
    EXPECT_EQ(second->folder.extension(), n);
    EXPECT_TRUE(fs::exists(second->folder / "manifest.json"));
  }
  EXPECT_EQ(*clip_hash(first.folder), first.hash);
}

TEST(Clip, ADamagedOneGivesWay) {
  const TemporaryFolder folder;
  const Commit first = test::write_sample_clip(folder.path());
  fs::remove(first.folder / "cam_left/000000.ids.png");
  EXPECT_FALSE(clip_is_complete(folder.path(), test::sample_info().identity));
  const Commit second = test::write_sample_clip(folder.path());
  EXPECT_EQ(second.outcome, CommitOutcome::kCommitted);
  EXPECT_TRUE(clip_is_complete(folder.path(), test::sample_info().identity));
}

TEST(Clip, AnotherIdentityIsAnotherClip) {
  const TemporaryFolder folder;
  test::write_sample_clip(folder.path(), 1);
  auto identity = test::sample_info().identity;
  EXPECT_TRUE(clip_is_complete(folder.path(), identity));
  for (int change = 0; change < 7; ++change) {
    auto other = identity;
    if (change == 0) other.content_hash[0] = 'b';
    if (change == 1) other.seed = 8;
    if (change == 2) other.index = 4;
    if (change == 3) other.software_version = "0.1.1";
    if (change == 4) other.visibility = "raster";
    if (change == 5) other.shading = "gpu";
    if (change == 6) other.colour = false;
    EXPECT_NE(short_id(other), short_id(identity)) << change;
    EXPECT_FALSE(clip_is_complete(folder.path(), other));
  }
}

TEST(Clip, ScenarioNamesCannotLeaveTheDataset) {
  auto identity = test::sample_info().identity;
  identity.scenario = "../../etc/x y";
  EXPECT_EQ(clip_folder(identity).begin()->string(), "clips");
  EXPECT_EQ(clip_folder(identity).parent_path().filename(), "_._.._etc_x_y");
}

TEST(Clip, VerifyNamesEveryChangedFile) {
  const TemporaryFolder folder;
  const Commit commit = test::write_sample_clip(folder.path(), 1);
  const auto clip = ClipReader::open(commit.folder);
  ASSERT_TRUE(clip);
  {
    std::fstream file(commit.folder / "lidar/000000.pcd", std::ios::in | std::ios::out);
    file.seekp(1000);
    file.put('\x7f');
  }
  fs::resize_file(commit.folder / "cam_left/000000.rgb.png", 10);
  fs::remove(commit.folder / "cam_right/000000.json");
  std::ofstream(commit.folder / "note.txt") << "hello";
  const auto result = clip->verify();
  ASSERT_FALSE(result);
  const std::string text = core::to_string(result.error());
  EXPECT_EQ(result.error().items().size(), 4u) << text;
  EXPECT_FALSE(clip->camera("cam_left", 0));
  EXPECT_FALSE(clip->camera("cam_right", 0));
  EXPECT_FALSE(clip->camera("nobody", 0));
}

TEST(Clip, WithoutManifestIsNotAClip) {
  const TemporaryFolder folder;
  const Commit commit = test::write_sample_clip(folder.path(), 1);
  fs::remove(commit.folder / "manifest.json");
  const auto clip = ClipReader::open(commit.folder);
  ASSERT_FALSE(clip);
  EXPECT_NE(core::to_string(clip.error()).find("manifest.json"), std::string::npos);
}

TEST(Clip, QuarantineTakesItOutOfTheDataset) {
  const TemporaryFolder folder;
  const Commit one = test::write_sample_clip(folder.path(), 1);
  const ClipIdentity identity = test::sample_info().identity;
  for (int n = 1; n <= 2; ++n) {
    const auto aside = quarantine_clip(folder.path(), identity);
    ASSERT_TRUE(aside);
    EXPECT_EQ(aside->extension(), "." + std::to_string(n));
    EXPECT_TRUE(fs::exists(*aside / "manifest.json"));
    EXPECT_FALSE(clip_is_complete(folder.path(), identity));
    test::write_sample_clip(folder.path(), 1);
    EXPECT_TRUE(clip_is_complete(folder.path(), identity));
  }
}

TEST(Dataset, AnotherFormatVersionIsRefused) {
  const TemporaryFolder folder;
  test::write_sample_clip(folder.path(), 1);
  std::string text = *read_file(folder.path() / "dataset.json");
  const std::string key = "\"format_version\": " + std::to_string(kFormatVersion);
  text.replace(text.find(key), key.size(), "\"format_version\": 999");
  ASSERT_TRUE(write_file(folder.path() / "dataset.json", text));
  const auto reader = DatasetReader::open(folder.path());
  ASSERT_FALSE(reader);
  EXPECT_NE(core::to_string(reader.error()).find("version 999"), std::string::npos);
  EXPECT_FALSE(open_for_writing(folder.path(), test::sample_header()));
}

TEST(Dataset, AnotherOntologyIsRefused) {
  const TemporaryFolder folder;
  ASSERT_TRUE(open_for_writing(folder.path(), test::sample_header()));
  auto header = test::sample_header();
  header.ontology.classes.pop_back();
  EXPECT_FALSE(open_for_writing(folder.path(), header));
}

TEST(Dataset, AFolderWithOtherFilesIsNotOverwritten) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "holiday.jpg") << "x";
  const auto result = open_for_writing(folder.path(), test::sample_header());
  ASSERT_FALSE(result);
  EXPECT_NE(core::to_string(result.error()).find("holiday.jpg"), std::string::npos);
  EXPECT_FALSE(DatasetReader::open(folder.path()));
}

TEST(Staging, LeftoversOfDeadProcessesAreRemovedAndOthersNot) {
  const TemporaryFolder folder;
  ASSERT_TRUE(open_for_writing(folder.path(), test::sample_header()));
  int pipes[2];
  ASSERT_EQ(::pipe(pipes), 0);
  const pid_t child = ::fork();
  if (child == 0) {  // starts a clip and is killed in the middle of it
    auto writer = start_clip(folder.path());
    (void)!::write(pipes[1], "x", 1);
    ::pause();
  }
  char ready = 0;
  ASSERT_EQ(::read(pipes[0], &ready, 1), 1);
  EXPECT_EQ(entries(folder.path() / ".staging"), 3u);  // lock, folder, its lock

  ASSERT_TRUE(open_for_writing(folder.path(), test::sample_header()));
  EXPECT_EQ(entries(folder.path() / ".staging"), 3u);  // it lives

  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  auto ours = start_clip(folder.path());
  ASSERT_TRUE(ours);
  EXPECT_EQ(entries(folder.path() / ".staging"), 5u);
  ASSERT_TRUE(open_for_writing(folder.path(), test::sample_header()));
  EXPECT_EQ(entries(folder.path() / ".staging"), 3u);
  EXPECT_TRUE(ours->commit());
  ::close(pipes[0]);
  ::close(pipes[1]);
}

// A network file system need not show us the locks of other machines.
TEST(Staging, FoldersOfOtherHostsAreLeftAloneForADay) {
  const TemporaryFolder folder;
  ASSERT_TRUE(open_for_writing(folder.path(), test::sample_header()));
  const fs::path theirs = folder.path() / ".staging/far-away.host.AbC123";
  fs::create_directories(theirs / "front");
  ASSERT_TRUE(open_for_writing(folder.path(), test::sample_header()));
  EXPECT_TRUE(fs::exists(theirs));
  fs::last_write_time(theirs, fs::file_time_type::clock::now() - std::chrono::hours(25));
  ASSERT_TRUE(open_for_writing(folder.path(), test::sample_header()));
  EXPECT_FALSE(fs::exists(theirs));
}

// Kills a writer at many moments of its work; what is there afterwards is always whole.
TEST(Staging, KilledAtAnyMomentNothingHalfIsLeft) {
  const TemporaryFolder folder;
  const auto calibration = test::sample_calibration();
  const auto image = test::sample_camera_frame(calibration.cameras[0], 0, 200'000'000);
  const auto sweep = test::sample_lidar_frame(calibration.lidars[0], 0, 200'000'000);
  const auto write = [&](const fs::path& dataset) -> std::string {
    if (!open_for_writing(dataset, test::sample_header())) return "cannot open";
    auto writer = start_clip(dataset);
    if (!writer || !writer->write(image) || !writer->write(sweep)) return "cannot write";
    const auto commit = writer->commit();
    return commit ? commit->hash : "cannot commit";
  };
  const auto begin = std::chrono::steady_clock::now();
  const std::string undisturbed = write(folder.path() / "calm");
  const auto whole_us = std::chrono::duration_cast<std::chrono::microseconds>(
                            std::chrono::steady_clock::now() - begin)
                            .count();
  int finished = 0, killed = 0;
  for (int round = 0; round < 24; ++round) {
    const fs::path dataset = folder.path() / ("stormy" + std::to_string(round / 4));
    const pid_t child = ::fork();
    if (child == 0) {
      write(dataset);
      ::_exit(0);
    }
    ::usleep(static_cast<useconds_t>(whole_us * (round + 1) / 20));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    (WIFSIGNALED(status) ? killed : finished) += 1;
    const auto reader = DatasetReader::open(dataset);
    if (!reader) continue;  // killed before dataset.json
    for (const auto& path : reader->clips()) {
      const auto clip = ClipReader::open(path);
      ASSERT_TRUE(clip) << core::to_string(clip.error());
      EXPECT_TRUE(clip->verify());
    }
  }
  EXPECT_GT(killed, 5);
  for (int n = 0; n < 6; ++n) {
    const fs::path dataset = folder.path() / ("stormy" + std::to_string(n));
    EXPECT_EQ(write(dataset), undisturbed);
    EXPECT_EQ(entries(dataset / ".staging"), 1u);
    EXPECT_TRUE(clip_is_complete(dataset, test::sample_info().identity));
  }
  RecordProperty("killed", killed);
  RecordProperty("finished", finished);
}

}  // namespace
}  // namespace oddroad::dataset

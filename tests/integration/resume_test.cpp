// A clip that is stopped between ticks and gone on with by others is the clip that nobody stopped.
#include <algorithm>
#include <atomic>
#include <optional>

#include "engine/cli/back_ends.h"
#include "engine/dataset/dataset_header.h"
#include "engine/dataset/file_io.h"
#include "engine/pipeline/clip_job.h"
#include "tests/integration/fixture.h"

namespace oddroad::tests {
namespace {

namespace fs = std::filesystem;

struct Attempt {
  std::string hash;       // of the clip, if it was finished
  std::string stopped;    // where, if it was stopped
  std::string resumed;    // where it went on
  std::string told;       // of a checkpoint that was of no use
  std::size_t there = 0;  // captures that were made before
  std::size_t made = 0;   // and by this attempt
  std::size_t all = 0;    // of the clip
};

class Resume : public testing::Test {
 protected:
  // What another process would do: everything is made anew but for meshes, which take longest and
  // do not change. `ticks`: how many it may render.
  Attempt attempt(const std::string& out, std::optional<int> ticks = {}) {
    Attempt result;
    const auto setup =
        pipeline::load_setup(source("tests/integration/data/tiny.yaml"), roots(), overrides_);
    EXPECT_TRUE(setup) << core::to_string(setup.error());
    const auto ontology = pipeline::load_ontology(roots());
    const auto machine =
        cli::choose_machine({"auto", "cast", colour_ ? "cpu" : "auto", colour_, false, ""});
    auto back_ends = cli::WorkerBackEnds::create(*machine);
    EXPECT_TRUE(dataset::open_for_writing(out, {ODDROAD_VERSION, *ontology}));
    std::atomic<std::size_t> made = 0;
    pipeline::ClipProgress progress;
    progress.started = [&](std::size_t n) {
      result.all = n;
    };
    progress.captured = [&] {
      return ++made > 0;
    };
    int asked = 0;
    progress.pause = [&] {
      return ticks && asked++ >= *ticks;
    };
    progress.resumed = [&](std::size_t n, const std::string& text) {
      result.there = n;
      result.resumed = text;
    };
    progress.told = [&](const std::string& text) {
      result.told = text;
    };
    pipeline::ClipTask task{&*setup, 3, 0, out, &*ontology, &levels_};
    task.maker = [this] {
      return maker_;
    };
    const auto commit = pipeline::make_clip(task, back_ends->get(), models_, progress);
    result.made = made;
    if (commit) {
      result.hash = commit->hash;
    } else {
      EXPECT_EQ(commit.error().kind, pipeline::ClipFailure::Kind::kPaused);
      result.stopped = commit.error().why.items().front().message;
    }
    return result;
  }

  // A file of the only checkpoint below a dataset.
  static fs::path file_of(const std::string& out, const std::string& ending) {
    for (const auto& entry : fs::recursive_directory_iterator(out + "/partial")) {
      if (entry.path().string().ends_with(ending)) return entry.path();
    }
    ADD_FAILURE() << "there is no " << ending;
    return {};
  }

  const Scratch scratch_;
  std::vector<std::string> overrides_ = {"end=time > 0.35 s"};
  bool colour_ = false;
  sim::CatalogModels models_;
  asset::LevelCache levels_;
  std::string maker_ = "this build";
};

// At every tick, one process after another: what any of them forgot would show.
TEST_F(Resume, EverySensorGoesOnAtEveryTick) {
  overrides_ = {"rig=" + source("tests/integration/data/stateful_rig.yaml"), "end=time > 0.45 s",
                "environment.rain=8 mm/h", "record.rate=20 Hz",
                "record.kinds=[rgb, raw, ids, boxes, flow, lidar, radar, imu, "
                "gnss, ins, odometry]"};
  colour_ = true;
  const Attempt whole = attempt(scratch_ / "whole");
  ASSERT_FALSE(whole.hash.empty());
  EXPECT_EQ(whole.made, whole.all);
  Attempt last;
  std::size_t stops = 0, made = 0;
  for (; last.hash.empty() && stops < 100; ++stops) {
    last = attempt(scratch_ / "parts", 1);
    if (stops > 0) {
      EXPECT_NE(last.resumed.find("tick " + std::to_string(stops)), std::string::npos);
    }
    EXPECT_EQ(last.there, made);
    EXPECT_EQ(last.told, "");
    made += last.made;
  }
  EXPECT_GT(stops, 6u);
  EXPECT_EQ(made, whole.all);  // none was made twice
  EXPECT_EQ(last.hash, whole.hash);
  EXPECT_FALSE(fs::exists(scratch_ / "parts/partial"));
}

// Several ticks are in memory when it stops.
TEST_F(Resume, LongPiecesAndShortOnes) {
  overrides_ = {"end=time > 1.15 s"};
  EXPECT_EQ(attempt(scratch_ / "parts", 5).stopped, "stopped at tick 5 of 12");
  EXPECT_EQ(attempt(scratch_ / "parts", 6).stopped, "stopped at tick 11 of 12");
  EXPECT_EQ(attempt(scratch_ / "parts").hash, attempt(scratch_ / "whole").hash);
}

TEST_F(Resume, NothingIsLeftOfAClipThatMadeNoTick) {
  EXPECT_EQ(attempt(scratch_ / "set", 0).stopped, "stopped before its first tick");
  EXPECT_FALSE(fs::exists(scratch_ / "set/partial"));
  EXPECT_EQ(attempt(scratch_ / "set", 1).resumed, "");
  // Stopped again at once: it stays where it was.
  EXPECT_EQ(attempt(scratch_ / "set", 0).resumed, "goes on at tick 1 of 4");
  EXPECT_EQ(attempt(scratch_ / "set").there, 1u);
}

TEST_F(Resume, WhatIsWrongWithACheckpointIsToldAndTheClipBeginsAnew) {
  const std::string whole = attempt(scratch_ / "whole").hash;
  const auto damaged = [&](const std::string& name, const auto& damage) {
    const std::string out = scratch_ / name;
    EXPECT_FALSE(attempt(out, 2).stopped.empty());
    damage(out);
    const Attempt again = attempt(out);
    EXPECT_EQ(again.hash, whole) << name;
    EXPECT_EQ(again.resumed, "") << name;
    EXPECT_NE(again.told.find("begins anew"), std::string::npos) << name;
    EXPECT_EQ(again.made, again.all) << name;
    EXPECT_FALSE(fs::exists(out + "/partial")) << name;
  };
  const auto change = [](const fs::path& file, const auto& how) {
    std::string bytes = *dataset::read_file(file);
    how(bytes);
    ASSERT_TRUE(dataset::write_file(file, bytes));
  };
  damaged("picture", [&](const std::string& out) {
    change(file_of(out, "front/000000.ids.png"), [](std::string& b) {
      b[b.size() / 2] ^= 1;
    });
  });
  damaged("state", [&](const std::string& out) {
    change(file_of(out, "state.bin"), [](std::string& b) {
      b[b.size() / 2] ^= 1;
    });
  });
  damaged("json", [&](const std::string& out) {
    change(file_of(out, "checkpoint.json"), [](std::string& b) {
      b.resize(b.size() / 2);
    });
  });
  damaged("gone", [&](const std::string& out) {
    fs::remove(file_of(out, "front/000000.json"));
  });
  damaged("build", [&](const std::string&) {
    maker_ = "another build";
  });
}

}  // namespace
}  // namespace oddroad::tests

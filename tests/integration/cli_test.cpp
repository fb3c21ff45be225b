// Exit codes and messages of the command line.
#include <fstream>

#include <nlohmann/json.hpp>

#include "tests/integration/fixture.h"

namespace oddroad::tests {
namespace {

TEST(Cli, UnknownCommandIsAUsageError) {
  EXPECT_EQ(run_cli({"rendr"}).code, cli::kUsage);
  EXPECT_EQ(run_cli({}).code, cli::kUsage);
  EXPECT_EQ(run_cli({"render", quick_scenario()}).code, cli::kUsage);
  EXPECT_EQ(run_cli({"--help"}).code, cli::kDone);
}

TEST(Cli, CheckListsEveryProblemWithItsPlace) {
  const Scratch scratch;
  const std::string file = scratch / "bad.yaml";
  std::ofstream(file)
      << "schema: 1\nname: bad\nparms: {}\nactors:\n  ego:\n    type: car.hatchbak\n"
         "    at: {site: start, lane: driving}\n";
  const auto ran = run_cli({"check", file});
  EXPECT_EQ(ran.code, cli::kBadInput);
  EXPECT_NE(ran.err.find("bad.yaml:3:1: error: unknown key 'parms'"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("car.hatchback"), std::string::npos) << ran.err;
}

TEST(Cli, CheckTriesFilesOnTheirMaps) {
  const Scratch scratch;
  const std::string file = scratch / "tried.yaml";
  const auto check = [&](const std::string& map, const std::string& site) {
    std::ofstream(file) << "schema: 1\nname: tried\nrig: rigs/kitti.yaml\nmap: " << map
                        << "\nsite: " << site
                        << "\nactors:\n  ego:\n    type: car.hatchback\n"
                           "    at: {site: start}\n    drive: {speed: 5 m/s}\n";
    return run_cli({"check", file});
  };
  EXPECT_EQ(check("maps/town_street.xodr", "{length: 60 m}").code, cli::kDone);
  const auto nowhere = check("maps/town_street.xodr", "{length: 60 km}");
  EXPECT_EQ(nowhere.code, cli::kBadInput);
  EXPECT_NE(nowhere.err.find("tried.yaml:5:1: error: site not found"), std::string::npos)
      << nowhere.err;
  std::ofstream(scratch / "plan.xodr") << "<plan><wall/></plan>\n";
  const auto no_map = check("plan.xodr", "{length: 60 m}");
  EXPECT_EQ(no_map.code, cli::kBadInput);
  EXPECT_NE(no_map.err.find("plan.xodr:"), std::string::npos) << no_map.err;
}

TEST(Cli, ShippedScenariosAreFine) {
  for (const char* folder : {"scenarios/vru", "scenarios/gallery"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source(folder))) {
      if (entry.path().extension() != ".yaml") continue;
      const auto ran = run_cli({"check", entry.path().string()});
      EXPECT_EQ(ran.code, cli::kDone) << ran.err;
    }
  }
}

// `check scenarios/*/*.yaml` meets all of them.
TEST(Cli, CheckKnowsRigsPropsAndParts) {
  const std::pair<const char*, const char*> files[] = {
      {"scenarios/parts/winter.yaml", ": parts of scenarios (no name, no actors)"},
      {"scenarios/rigs/kitti.yaml", ": fine, a rig\n"},
      {"scenarios/props/statue.yaml", ": fine, a description of a model\n"}};
  for (const auto& [file, told] : files) {
    const auto ran = run_cli({"check", source(file)});
    EXPECT_EQ(ran.code, cli::kDone) << ran.err;
    EXPECT_NE(ran.out.find(told), std::string::npos) << ran.out;
  }
  const Scratch scratch;
  const std::string rig = scratch / "rig.yaml";
  std::ofstream(rig) << "schema: 1\nname: r\nsensors:\n  front: {type: camra}\n";
  EXPECT_EQ(run_cli({"check", rig}).code, cli::kBadInput);
}

TEST(Cli, PartsGoWithTheMainScenario) {
  const Scratch scratch;
  const std::string main = source("scenarios/vru/child-behind-parked-van.yaml");
  int parts = 0;
  for (const auto& entry : std::filesystem::directory_iterator(source("scenarios/parts"))) {
    const std::string file = scratch / "with-part.yaml";
    std::ofstream(file) << "name: with-part\nlike: " << main << "\nuse: " << entry.path().string();
    const auto ran = run_cli({"sample", file, "-n", "20"});
    EXPECT_EQ(ran.code, cli::kDone) << entry.path() << "\n" << ran.err;
    EXPECT_TRUE(ran.err.empty()) << ran.err;
    ++parts;
  }
  EXPECT_GT(parts, 2);
}

TEST(Cli, MissingInputIsNamed) {
  const auto ran = run_cli({"render", "nowhere.yaml", "-o", "x"});
  EXPECT_EQ(ran.code, cli::kBadInput);
  EXPECT_NE(ran.err.find("nowhere.yaml"), std::string::npos) << ran.err;
  EXPECT_EQ(run_cli({"road", "info", "nowhere.xodr"}).code, cli::kBadInput);
  EXPECT_EQ(run_cli({"preview", "nowhere", "-o", "x.png"}).code, cli::kBadInput);
  EXPECT_EQ(run_cli({"export", "nowhere", "--to", "kitti", "x"}).code, cli::kBadInput);
}

TEST(Cli, RoadCheckTellsWarningsAndRefusesWhatIsNoMap) {
  const Scratch scratch;
  const std::string good = source("scenarios/maps/town_street.xodr");
  const auto clean = run_cli({"road", "check", good});
  EXPECT_EQ(clean.code, cli::kDone);
  EXPECT_TRUE(clean.err.empty()) << clean.err;
  EXPECT_NE(clean.out.find("usable: 1 road,"), std::string::npos) << clean.out;

  const std::string odd = scratch / "odd.xodr";
  std::string signs;
  for (int i = 0; i < 9; ++i) {
    signs +=
        "<signal id=\"7\" type=\"206\" country=\"DE\" s=\"" + std::to_string(i) + "\" t=\"4\"/>\n";
  }
  std::ofstream(odd)
      << "<OpenDRIVE><header revMajor=\"1\" revMinor=\"6\"/><road id=\"r\" length=\"9\">"
         "<planView><geometry s=\"0\" x=\"0\" y=\"0\" hdg=\"0\" length=\"9\"><line/>"
         "</geometry></planView><lanes><laneSection s=\"0\"><center><lane id=\"0\"/>"
         "</center></laneSection></lanes>\n<signals>" +
             signs + "</signals></road></OpenDRIVE>";
  const auto lines = [](const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
  };
  const auto few = run_cli({"road", "check", odd});
  EXPECT_EQ(few.code, cli::kDone);
  EXPECT_EQ(lines(few.err), 3) << few.err;
  EXPECT_NE(few.err.find("odd.xodr:3:2: warning: signal \"7\""), std::string::npos) << few.err;
  EXPECT_NE(few.err.find("5 more of this kind"), std::string::npos) << few.err;
  EXPECT_EQ(lines(run_cli({"road", "check", "--all", odd}).err), 8);

  const std::string none = scratch / "none.xodr";
  std::ofstream(none) << "<OpenDRIVE/>";
  const auto mixed = run_cli({"road", "check", good, none, "nowhere.xodr"});
  EXPECT_EQ(mixed.code, cli::kBadInput);
  EXPECT_NE(mixed.out.find("none.xodr: not usable"), std::string::npos) << mixed.out;
  EXPECT_NE(mixed.out.find("usable: 1 road,"), std::string::npos) << mixed.out;
}

TEST(Cli, UnknownDeviceIsUnavailableAndSaysWhatThereIs) {
  const Scratch scratch;
  const auto ran = run_cli({"render", quick_scenario(), "-o", scratch / "d", "--clips", "0",
                            "--device", "no such device"});
  EXPECT_EQ(ran.code, cli::kUnavailable);
  EXPECT_NE(ran.err.find("no such device"), std::string::npos) << ran.err;
}

TEST(Cli, OutputThatIsNoDatasetIsRefused) {
  const Scratch scratch;
  std::filesystem::create_directories(scratch / "photos");
  std::ofstream(scratch / "photos/holiday.jpg") << "x";
  const auto ran = run_cli({"render", quick_scenario(), "-o", scratch / "photos", "--no-color"});
  EXPECT_EQ(ran.code, cli::kCannotWrite);
  EXPECT_TRUE(std::filesystem::exists(scratch / "photos/holiday.jpg"));
}

TEST(Cli, ClipRangesAreChecked) {
  const Scratch scratch;
  for (const char* clips : {"3..1", "a", "1..", "-1", "1..2..3"}) {
    const auto ran = run_cli({"render", quick_scenario(), "-o", scratch / "d", "--no-color",
                              std::string("--clips=") + clips});
    EXPECT_EQ(ran.code, cli::kUsage) << clips;
  }
}

TEST(Cli, RoadSampleIsCsv) {
  const auto ran = run_cli({"road", "sample", "maps/town_street.xodr", "--step", "50"});
  EXPECT_EQ(ran.code, cli::kDone) << ran.err;
  EXPECT_EQ(ran.out.substr(0, ran.out.find('\n')), "road,lane,s,x,y,z,heading,width");
}

TEST(Cli, SampleTellsWhatIsDrawn) {
  const Scratch scratch;
  const auto ran = run_cli({"sample", source("scenarios/vru/child-behind-parked-van.yaml"), "-n",
                            "40", "--csv", scratch / "s.csv", "--html", scratch / "s.html"});
  EXPECT_EQ(ran.code, cli::kDone) << ran.err;
  EXPECT_NE(ran.out.find("40, seed 7"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("v_ego [m/s]"), std::string::npos) << ran.out;
  std::ifstream csv(scratch / "s.csv");
  const std::string text((std::istreambuf_iterator<char>(csv)), {});
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 41);
  EXPECT_GT(std::filesystem::file_size(scratch / "s.html"), 10'000u);
  EXPECT_EQ(run_cli({"sample", "nowhere.yaml"}).code, cli::kBadInput);
  EXPECT_EQ(run_cli({"sample", quick_scenario(), "-n", "0"}).code, cli::kUsage);
  EXPECT_EQ(run_cli({"sample", quick_scenario(), "--csv", "/proc/no/s.csv"}).code,
            cli::kCannotWrite);
}

TEST(Cli, RunTellsWhatHappenedAndWhatDidNot) {
  const auto one = run_cli({"run", quick_scenario(), "--sample", "2"});
  EXPECT_EQ(one.code, cli::kDone) << one.err;
  EXPECT_NE(one.out.find("quick, sample 2, seed 3"), std::string::npos) << one.out;
  EXPECT_NE(one.out.find("0.21 s  child.run started"), std::string::npos) << one.out;
  EXPECT_NE(one.out.find("0.65 s  end: maximum duration"), std::string::npos) << one.out;
  const auto never = run_cli({"run", quick_scenario(), "--set", "end=time > 0.1 s"});
  EXPECT_EQ(never.code, cli::kDone) << never.err;
  EXPECT_NE(never.out.find("child.run never started: time rose to 0.09 s"), std::string::npos)
      << never.out;
}

TEST(Cli, RunSumsUpManySamples) {
  const Scratch scratch;
  const auto ran =
      run_cli({"run", quick_scenario(), "--samples", "all", "--report", scratch / "run.json"});
  EXPECT_EQ(ran.code, cli::kDone) << ran.err;
  EXPECT_NE(ran.out.find("4 samples, seed 3"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("started in 4 of 4 (100.0 %)"), std::string::npos) << ran.out;
  std::ifstream in(scratch / "run.json");
  const auto json = nlohmann::json::parse(in);
  EXPECT_EQ(json.at("runs"), 4);
  EXPECT_EQ(json.at("acceptance"), 1.0);
  EXPECT_EQ(json.at("entries").at(0).at("what"), "child.run");
  EXPECT_EQ(json.at("entries").at(0).at("share"), 1.0);
  EXPECT_EQ(run_cli({"run", quick_scenario(), "--samples", "3..1"}).code, cli::kUsage);
  EXPECT_EQ(run_cli({"run", quick_scenario(), "--samples", "0..1", "--sample", "1"}).code,
            cli::kUsage);
}

TEST(Cli, SearchFindsHowToDrawARareEvent) {
  const Scratch scratch;
  // The gap to a car that is passed is even from 0.4 to 0.8 m: below 0.42 m in one of twenty.
  const std::vector<std::string> rare = {
      "--set",
      "actors={ego: {type: car.hatchback, at: {site: start}, drive: {speed: $v_ego, react: none, "
      "model: constant}}, car: {type: car.sedan, at: {ahead_of: ego, by: 1 m, lane: parking, "
      "side_gap: $van_gap}}}",
      "--set", "rare={event: ego->car.gap < 0.42 m}"};
  std::vector<std::string> search = {"search", quick_scenario(),      "--runs", "200",
                                     "-o",     scratch / "tilts.yaml"};
  search.insert(search.end(), rare.begin(), rare.end());
  const auto found = run_cli(search);
  ASSERT_EQ(found.code, cli::kDone) << found.err;
  EXPECT_NE(found.out.find("van_gap: {shift: -"), std::string::npos) << found.out;
  // The tilts go with the scenario as a part.
  std::vector<std::string> run = {
      "run",      quick_scenario(),     "--samples", "0..199",
      "--report", scratch / "run.json", "--set",     "use=[" + (scratch / "tilts.yaml") + "]"};
  run.insert(run.end(), rare.begin(), rare.end() - 2);
  run.insert(run.end(), {"--set", "rare.event=ego->car.gap < 0.42 m"});
  const auto played = run_cli(run);
  ASSERT_EQ(played.code, cli::kDone) << played.err;
  std::ifstream in(scratch / "run.json");
  const auto json = nlohmann::json::parse(in).at("rare");
  EXPECT_GT(json.at("events"), 60) << played.out;
  EXPECT_NEAR(json.at("probability"), 0.05, 4 * json.at("error").get<double>()) << played.out;
  EXPECT_EQ(run_cli({"search", quick_scenario()}).code, cli::kBadInput);
}

TEST(Cli, RunSaysInPlainWordsWhyNothingCanBeRun) {
  const auto nowhere = run_cli({"run", quick_scenario(), "--set", "site.straight_for=90 km"});
  EXPECT_EQ(nowhere.code, cli::kBadInput);
  EXPECT_NE(nowhere.err.find("site not found on town_street.xodr"), std::string::npos)
      << nowhere.err;
  const auto inside =
      run_cli({"run", quick_scenario(), "--set",
               "actors={ego: {type: car.hatchback, at: {site: start}, drive: {speed: $v_ego}}, "
               "car: {type: car.sedan, at: {ahead_of: ego, by: -3 m, side_gap: -$van_gap}}}"});
  EXPECT_EQ(inside.code, cli::kBadInput);
  EXPECT_NE(inside.err.find("overlap at the start"), std::string::npos) << inside.err;
}

TEST(Cli, ExplainNamesWhereValuesComeFrom) {
  const auto ran =
      run_cli({"explain", quick_scenario(), "--set", "record.rate=5 Hz", "--set", "summary=other"});
  EXPECT_EQ(ran.code, cli::kDone) << ran.err;
  EXPECT_NE(ran.out.find("# --set record.rate"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("# quick.yaml:1"), std::string::npos) << ran.out;
  EXPECT_EQ(run_cli({"explain", "nowhere.yaml"}).code, cli::kBadInput);
}

TEST(Cli, RenderVerifiesWhatItMakes) {
  const Scratch scratch;
  const auto ran = run_cli({"render", quick_scenario(), "-o", scratch / "d", "--clips", "0",
                            "--no-color", "--verify", "--set", "record.kinds=all"});
  EXPECT_EQ(ran.code, cli::kDone) << ran.err;
  EXPECT_EQ(clip_hashes(scratch / "d").size(), 1u);
  EXPECT_FALSE(std::filesystem::exists(scratch / "d/quarantine"));
}

TEST(Cli, ExportRefusesWhatItCannotDo) {
  const Scratch scratch;
  const auto run = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments = {"export", "nowhere", "--to", "coco", scratch / "out"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_cli(arguments);
  };
  EXPECT_EQ(run({}).code, cli::kBadInput);
  EXPECT_EQ(run({"--split", "train:0.5"}).code, cli::kUsage);
  EXPECT_EQ(run({"--min-visibility", "2"}).code, cli::kUsage);
  EXPECT_NE(run({"--min-lidar-points", "1"}).err.find("holds no LiDAR points"), std::string::npos);
  const auto list = run({"--select", "nowhere.txt"});
  EXPECT_EQ(list.code, cli::kBadInput);
  EXPECT_NE(list.err.find("nowhere.txt: error: cannot read"), std::string::npos) << list.err;
  const auto split =
      run_cli({"export", "nowhere", "--to", "native", scratch / "out", "--split", "train:1"});
  EXPECT_EQ(split.code, cli::kUsage) << split.err;
  EXPECT_EQ(run_cli({"export", "nowhere", "--to", "koko", scratch / "out"}).code, cli::kUsage);
  EXPECT_FALSE(std::filesystem::exists(scratch / "out"));
}

TEST(Cli, PreviewAndKittiExportOfARenderedClip) {
  const Scratch scratch;
  ASSERT_EQ(run_cli({"render", quick_scenario(), "-o", scratch / "d", "--clips", "0"}).code, 0);
  EXPECT_EQ(run_cli({"preview", scratch / "d", "-o", scratch / "sheet.png"}).code, 0);
  EXPECT_GT(std::filesystem::file_size(scratch / "sheet.png"), 50'000u);
  const auto ran = run_cli({"export", scratch / "d", "--to", "kitti", scratch / "kitti"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_TRUE(std::filesystem::exists(scratch / "kitti/training/label_2/000000.txt"));
  EXPECT_TRUE(std::filesystem::exists(scratch / "kitti/training/velodyne/000000.bin"));
  EXPECT_TRUE(std::filesystem::exists(scratch / "kitti/LOST.md"));
  EXPECT_EQ(run_cli({"export", scratch / "d", "--to", "kitti", scratch / "kitti"}).code,
            cli::kCannotWrite);

  // Back again, beside the rendered clip.
  const auto back = run_cli({"import", "kitti", scratch / "kitti", "-o", scratch / "d"});
  EXPECT_EQ(back.code, 0) << back.err;
  EXPECT_NE(back.out.find("of 6 clips"), std::string::npos) << back.out;
  EXPECT_EQ(run_cli({"import", "kitty", scratch / "kitti", "-o", scratch / "d"}).code, cli::kUsage);
  EXPECT_EQ(run_cli({"import", "kitti", scratch / "d", "-o", scratch / "e"}).code, cli::kBadInput);
  EXPECT_EQ(run_cli({"preview", scratch / "d", "-o", scratch / "both.png", "--clips", "7"}).code,
            0);
  const auto proof = run_cli({"verify", scratch / "d", "--sample", "1"});
  EXPECT_EQ(proof.code, 0) << proof.out;
  EXPECT_NE(proof.err.find("imported, files only"), std::string::npos) << proof.err;
}

}  // namespace
}  // namespace oddroad::tests

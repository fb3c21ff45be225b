// Broken files: the place, what is wrong, and the hint.
#include "tests/unit/scenario/broken.h"

namespace oddroad::scenario {
namespace {

const Broken kBroken[] = {
    {"UnknownKey", "record:", "recrod:", "34:1: unknown key 'recrod'; did you mean 'record'?"},
    {"EmptyRange", "20 .. 50 km/h", "50 .. 20 km/h",
     "6:10: empty range: 50 .. 20 km/h; the smaller end comes first"},
    {"NoSpace", "by: 60 m", "by: 60m", "22:29: write a space between number and unit: '60 m'"},
    {"Parenthesis", "path_ttc <= $ttc", "path_ttc <= (2 * $ttc",
     "28:44: unbalanced parenthesis; a comma inside {..} or [..] ends the value: quote it"},
    {"UnknownParameter", "speed: $v_ego", "speed: $v_eog",
     "19:20: unknown parameter '$v_eog'; did you mean 'v_ego'?"},
    {"DuplicateKey", "    many: 4\n", "    many: 4\n    many: 5\n",
     "32:5: duplicate key 'many' (first at line 31)"},
    {"UnknownUnit", "gap: 0.2 .. 1.2 m", "gap: 0.2 .. 1.2 metres",
     "26:51: unknown unit 'metres'; did you mean 'm'?"},
    {"UnknownActor", "child.crossed", "chidl.crossed",
     "33:29: unknown actor 'chidl'; did you mean 'child'?"},
    {"WrongDimension", "speed: $v_ego", "speed: 30 m",
     "19:20: expected a speed like '30 km/h', found '30 m'"},
    {"WrongParameterDimension", "speed: $v_ego", "speed: $ttc",
     "19:20: expected a speed like '30 km/h', found '$ttc' (a time like '2 s')"},
    {"BareNumber", "rate: 10 Hz", "rate: 10", "34:16: expected a rate like '10 Hz', found '10'"},
    {"UnknownType", "type: car.hatchback", "type: car.hachback",
     "17:11: unknown type 'car.hachback'; did you mean 'car.hatchback'?"},
    {"UnknownTypeInChoice", "van.panel, car.sedan", "van.panle, car.sedan",
     "8:18: unknown type 'van.panle'; did you mean 'van.panel'?"},
    {"NotSupportedSection", "record:", "together: {}\nrecord:",
     "34:1: unknown key 'together'; did you mean 'do: [{together: [...]}]'?"},
    {"NotSupportedVerb", "- run:", "- vanish:", "28:9: verb 'vanish' is not supported yet"},
    {"UnknownVerb", "- run:", "- rum:", "28:9: unknown verb 'rum'; did you mean 'run'?"},
    {"UnknownMethod", "method: random", "method: halton",
     "35:18: method: 'halton' is none of random, sobol, latin_hypercube, lhs, grid"},
    {"UnknownDistribution", "{normal: 1.6 s, sd: 0.5 s, in: 0.8 .. 3.0 s}", "{weibull: 1.6 s}",
     "7:8: expected a distribution: {normal: ..., sd: ..., in: ...} or {choice: ...}; there are "
     "normal, lognormal, choice, integer, steps, histogram, mixture, file, given"},
    {"NotSupportedQuantity", "ego->child.hit", "ego->child.min_ttc < 1 s",
     "33:24: 'min_ttc' is not supported yet in conditions"},
    {"EventTime", "rate: 10 Hz", "from: child.visible - 3 s",
     "34:16: record.from: times relative to events are not supported yet; write a time like '2 s'"},
    {"TriangleBudget", "rate: 10 Hz", "triangles: 0", "34:21: triangles: expected 1 or more"},
    {"BoundDimensions", "> 6 m", "> 6 s",
     "11:21: cannot compare a length like '3 m' with a time like '2 s'"},
    {"BadSum", "> 6 m", "> 6 m + 1 s",
     "11:25: cannot add or subtract a length like '3 m' and a time like '2 s'"},
    {"MotionInRequire", "$v_ego * $ttc > 6 m", "ego->child.ttc > 1 s",
     "11:5: conditions on motion are not supported in 'require' yet"},
    {"MissingKey", "    type: car.hatchback\n", "", "17:5: actor 'ego': key 'type' is missing"},
    {"NoValue", "many: 4", "many:", "31:5: key 'many' has no value"},
    {"BadLaneWord", "by: 60 m, lane: parking", "by: 60 m, lane: praking",
     "22:41: lane: 'praking' is none of same, driving, left, right, parking, sidewalk, shoulder, "
     "opposite; did you mean 'parking'?"},
    {"OutOfLimits", "aim: $impact", "aim: 120 %",
     "28:87: 'actors.child.do.0.aim' is 1.2, expected 0 to 1"},
    {"NamesMany", "child.crossed", "parked.stopped",
     "33:29: 'parked' is many; name one of them: 'parked.1'"},
    {"Circle", "at: {site: start, lane: driving}", "at: {behind: child, by: 3 m}",
     "18:9: placement goes round in a circle: ego -> child -> van -> ego\n"
     "22:9: placement goes round in a circle: van -> ego -> child -> van\n"
     "26:9: placement goes round in a circle: child -> van -> ego -> child"},
    {"Schema", "schema: 1", "schema: 2", "1:9: schema '2' is not known; this is schema 1"},
    {"MixedChoices", "[van.panel, car.sedan]", "[van.panel, 3 m]",
     "8:29: choices must be alike: a word and a length like '3 m'"},
    {"NegativeWeight", "75 %: 1", "75 %: -1", "9:45: a weight cannot be negative"},
    {"Comma", "child.crossed for 2 s, time", "child.crossed for 2 s and, time",
     "33:54: expected a value, the text ends"},
};

using BrokenTest = BrokenFiles;

TEST_F(BrokenTest, EveryFaultHasItsPlaceAndHint) {
  expect_told(kBroken);
}

TEST_F(BrokenTest, SizesThatAModelDoesNotHave) {
  const std::string found = problems(with(kGood, "size: {height:", "size: {hieght:"));
  EXPECT_EQ(found.substr(0, found.find(';')), "25:20: pedestrian.child has no number 'hieght'");
}

TEST_F(BrokenTest, AllProblemsAtOnce) {
  std::string text = with(kGood, "record:", "recrod:");
  text = with(text, "60 m", "60m");
  text = with(text, "$ttc, across", "$tct, across");
  EXPECT_EQ(problems(text),
            "22:29: write a space between number and unit: '60 m'\n"
            "28:44: unknown parameter '$tct'; did you mean 'ttc'?\n"
            "34:1: unknown key 'recrod'; did you mean 'record'?");
}

TEST_F(BrokenTest, ABrokenParameterIsReportedOnce) {
  EXPECT_EQ(problems(with(kGood, "20 .. 50 km/h", "20 .. 50 kmh")),
            "6:19: unknown unit 'kmh'; did you mean 'km/h'?");
}

TEST_F(BrokenTest, MissingFilesAndSections) {
  const std::string missing = problems(with(kGood, "m.xodr", "no.xodr"));
  EXPECT_EQ(missing.substr(0, 29), "4:6: file 'no.xodr' not found");
  EXPECT_EQ(problems("schema: 1\nname: x\nrig: r.yaml\nmap: m.xodr\n"),
            "1:1: scenario: key 'actors' is missing");
  EXPECT_EQ(problems("[1, 2]"), "1:1: scenario: expected a map, found a list");
  EXPECT_EQ(problems(""), "1:1: scenario: expected a map, found nothing");
}

TEST_F(BrokenTest, OverridesPointToSet) {
  const auto message = [&](const std::string& set) {
    return problems(kGood, {set});
  };
  EXPECT_EQ(message("actors.van.at.by=60m"),
            "--set actors.van.at.by:1:1: write a space between number and unit: '60 m'");
  EXPECT_EQ(
      message("actors.van.color=red"),
      "--set actors.van.color:1:1: unknown key 'color'; there are model, type, size, many, group, "
      "at, drive, do");
  EXPECT_EQ(message("params"), "--set params: expected key.path=value");
  EXPECT_EQ(message("name.x=1"),
            "--set name.x:1:1: 'name.x' runs through 'test-crossing', which is no map");
  EXPECT_EQ(message("site=[1"), problems(kGood, {"site=[1"}));
  EXPECT_NE(message("site=[1").find("--set site:1:"), std::string::npos);
}

TEST_F(BrokenTest, UnusedParametersAreWarnings) {
  const Scenario scenario = good(with(kGood, "require:", "  spare: 1 .. 2 m\nrequire:"));
  EXPECT_EQ(core::to_string(scenario.warnings),
            file() + ":10:3: warning: parameter 'spare' is never used");
}

// Whatever one character of the file is: a scenario or errors, never a crash.
TEST_F(BrokenTest, DamagedFilesNeverCrash) {
  for (std::size_t i = 0; i < kGood.size(); i += 3) {
    for (const char c : {'(', '$', '-', '>', '.', '{', ' ', '%', '9'}) {
      std::string text = kGood;
      text[i] = c;
      const auto scenario = parse(text);
      if (scenario) (void)draw_variant(*scenario, 1, 0, OneSite(), nullptr);
    }
  }
  for (std::size_t i = 0; i < kGood.size(); i += 7) (void)parse(kGood.substr(0, i));
  const std::string deep(3000, '(');
  EXPECT_NE(problems(with(kGood, "$v_ego * $ttc > 6 m",
                          "\"" + deep + "1" + std::string(3000, ')') + " > 2\"")),
            "fine");
  EXPECT_NE(problems(with(kGood, "> 6 m", "> " + std::string(3000, '-') + "6 m")), "fine");
}

}  // namespace
}  // namespace oddroad::scenario

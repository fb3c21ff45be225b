// What somebody gets wrong in a first scenario: each answer says what to write instead.
#include "tests/unit/scenario/scenario_fixture.h"

namespace oddroad::scenario {
namespace {

struct Mistake {
  const char* what;
  const char* from;
  const char* to;
  const char* answer;
};

#define RUN \
  "- run: {when: ego->child.path_ttc <= $ttc, across: ego.lane, speed: 3 m/s, aim: $impact}"

const Mistake kMistakes[] = {
    {"a unit of something else", "by: 60 m, lane", "by: 60 km/h, lane",
     "22:29: expected a length like '3 m', found '60 km/h'"},
    {"a speed without unit", "speed: 3 m/s", "speed: 3",
     "28:75: expected a speed like '30 km/h', found '3'"},
    {"an angle without unit", "elevation: 10 deg", "elevation: 10",
     "14:20: expected an angle like '30 deg', found '10'"},
    {"radians for degrees", "elevation: 10 deg", "elevation: 10 rad",
     "14:20: 'environment.sun.elevation' is 572.958 deg, expected -90 deg to 90 deg; did you mean "
     "'10 deg'?"},
    {"a share without per cent", "aim: $impact", "aim: 50",
     "28:87: 'actors.child.do.0.aim' is 50, expected 0 to 1; did you mean '50 %'?"},
    {"a name misspelt", "across: ego.lane", "across: eog.lane",
     "28:58: unknown actor 'eog'; did you mean 'ego'?"},
    {"a trigger on somebody who is not there", "ego->child.path_ttc", "ego->cyclist.path_ttc",
     "28:26: unknown actor 'cyclist'; there are ego, van, child, parked"},
    {"a dot for an arrow", "ego->child.hit", "ego.child.hit",
     "33:13: unknown actor 'ego.child'; did you mean 'ego->child'?"},
    {"nobody called ego", "  ego:\n", "  car:\n",
     "16:3: actors: 'ego' is missing; the car that carries the sensors has that name"},
    {"a tab", "    type: $van", "\ttype: $van", "21:1: a tab indents this line; indent by spaces"},
    {"no space behind a colon", "name: test-crossing", "name:test-crossing",
     "3:4: YAML: illegal map value; a space belongs behind the ':' of a key"},
    {"braces round a parameter", "speed: $v_ego", "speed: ${v_ego}",
     "19:21: YAML: end of map flow not found; a parameter is written $name, without braces"},
    {"something behind a list", "20 .. 50 km/h", "[20, 50] km/h",
     "6:19: YAML: end of map not found; something stands behind a value that is complete: quote "
     "the whole"},
    {"a key twice", "    many: 4\n", "    many: 4\n    many: 5\n",
     "32:5: duplicate key 'many' (first at line 31)"},
    {"a range the wrong way round", "0.8 .. 3.0 s", "3.0 .. 0.8 s",
     "7:39: empty range: 3.0 .. 0.8 s; the smaller end comes first"},
    {"a range with a dash", "20 .. 50 km/h", "20 - 50 km/h",
     "6:10: expected a value, found '20 - 50 km/h'; a range is written '20 .. 50 km/h'"},
    {"a range in words", "20 .. 50 km/h", "20 to 50 km/h",
     "6:10: expected a value, found '20 to 50 km/h'; a range is written '20 .. 50 km/h'"},
    {"a range as a list", "20 .. 50 km/h", "[20 km/h, 50 km/h]",
     "6:10: expected a value, found a list; a range is written '20 .. 50 km/h', one of several "
     "{choice: [a, b]}"},
    {"a range as a map", "20 .. 50 km/h", "{min: 20 km/h, max: 50 km/h}",
     "6:10: expected a distribution: {normal: ..., sd: ..., in: ...} or {choice: ...}; a range is "
     "uniform: write '20 .. 50 km/h'"},
    {"weights that sum to 0", "{25 %: 1, 50 %: 2, 75 %: 1}", "{25 %: 0, 50 %: 0, 75 %: 0}",
     "9:20: all weights are 0; one of them at least must be above 0"},
    {"a parameter without its sign", "speed: $v_ego", "speed: v_ego",
     "19:20: expected a speed like '30 km/h', found 'v_ego'; write '$v_ego'"},
    {"a parameter before it is there", "v_ego: 20 .. 50 km/h", "v_ego: $fast * 2\n  fast: 5 m/s",
     "6:10: unknown parameter '$fast'; it stands further down: move it above this one"},
    {"one equals sign", "path_ttc <= $ttc", "path_ttc = $ttc",
     "28:41: unexpected '='; compare with ==, <= or >="},
    {"an end that is a time", "end: {any: [ego->child.hit, child.crossed for 2 s, time > 20 s]}",
     "end: 20 s",
     "33:10: expected a comparison like '> 3 m', the text ends; a moment is written 'time > 20 s'"},
    {"t for time", "end: {any: [ego->child.hit, child.crossed for 2 s, time > 20 s]}",
     "end: t > 20 s", "33:6: expected 'actor.quantity', found 't'; did you mean 'time'?"},
    {"a verb that people cannot do", RUN, "- change_lane: {to: left}",
     "28:9: 'child' is a pedestrian.child: a person cannot 'change_lane'; people can run, walk, "
     "go, "
     "cross, meet, turn_back, wait, stop, fall, lie, get_up, look_at"},
    {"a verb that cars cannot do", "    drive: {speed: $v_ego, react: none}\n",
     "    drive: {speed: $v_ego, react: none}\n    do: [{walk: {}}]\n",
     "20:11: 'ego' is a car.hatchback: a vehicle cannot 'walk'; vehicles can go, stop, brake, "
     "keep, "
     "reverse, change_lane, overtake, offset, swerve, turn, route, spin, open_door, lights"},
    {"a verb with a number alone", RUN, "- run: 3 m/s",
     "28:14: run: expected a map, found '3 m/s'; write '- run: {speed: 3 m/s}'"},
    {"a trigger beside its verb", RUN, "- when: time > 1 s\n        run: {speed: 3 m/s}",
     "28:9: expected one verb like '- walk: {speed: 1.4 m/s}'; 'when' stands inside: '- walk: "
     "{when: time > 2 s}'"},
    {"verbs that are no list", RUN, "  run: {speed: 3 m/s}",
     "28:9: do: expected a list, found a map; each verb begins with '- '"},
    {"a place that is a word", "at: {site: start, lane: driving}", "at: start",
     "18:9: at: expected a map, found 'start'; write {site: start}"},
    {"a kind that is only half named", "type: car.hatchback", "type: car",
     "17:11: unknown type 'car'; there are car.coupe, car.estate, car.hatchback, car.mpv, "
     "car.pickup, car.police, ..."},
    {"a kind without its first word", "type: pedestrian.child", "type: child",
     "24:11: unknown type 'child'; there are pedestrian.child"},
    {"half a car", "many: 4", "many: 2.5",
     "31:11: expected whole numbers, found '2.5'; write '3' or {integer: 2 .. 5}"},
    {"any number of cars", "many: 4", "many: 2 .. 5",
     "31:11: expected whole numbers, found '2 .. 5' (a number without a unit); write '3' or "
     "{integer: 2 .. 5}"},
    {"a section under another name", "environment:\n", "weather:\n",
     "13:1: unknown key 'weather'; did you mean 'environment'?"},
    {"a speed outside of drive", "    drive: {speed: $v_ego, react: none}\n", "    speed: $v_ego\n",
     "19:5: unknown key 'speed'; did you mean 'drive: {speed: ...}'?"},
    {"a recording that begins when all is over", "record: {rate: 10 Hz}",
     "record: {rate: 10 Hz, from: 30 s}",
     "34:29: the recording begins at 30 s, when the clip has ended (at 20 s at the latest); record "
     "from an earlier time, or let 'end' come later"},
    {"a comma in a number", "sd: 0.5 s,", "sd: 0,5 s,",
     "7:28: expected a time like '2 s', found '0'\n7:30: unexpected '5 s'; decimals have a point: "
     "'0.5 s'"},
    {"a comma in a number that stands alone", "v_ego: 20 .. 50 km/h", "v_ego: 2,5 m/s",
     "6:11: unexpected ','; decimals have a point: '2.5 m/s'"},
    {"three dots", "20 .. 50 km/h", "20...50 km/h",
     "6:12: a range has two dots; write '20 .. 50 km/h'"},
    {"three dots in one", "20 .. 50 km/h", "20 … 50 km/h",
     "6:13: unexpected '…'; a range is written '20 .. 50 km/h'"},
    {"a long dash", "20 .. 50 km/h", "20–50 km/h",
     "6:12: unexpected '–'; a range is written '20 .. 50 km/h'"},
    {"a distribution like a function", "v_ego: 20 .. 50 km/h", "v_ego: normal(30 km/h, 3 km/h)",
     "6:10: expected a value, found 'normal(30 km/h, 3 km/h)'; distributions are maps: write "
     "'{normal: 30 km/h, sd: 3 km/h}'"},
    {"a range like a function", "20 .. 50 km/h", "uniform(20, 50)",
     "6:10: expected a value, found 'uniform(20, 50)'; a range is written '20 .. 50 km/h'"},
    {"the section before a parameter", "speed: $v_ego", "speed: $params.v_ego",
     "19:27: unexpected '.'; a parameter is written '$v_ego'"},
    {"&& for and", "$v_ego * $ttc > 6 m", "$ttc > 1 s && $ttc < 2 s",
     "11:16: unexpected '&&'; write 'and'"},
    {"|| for or", "time > 20 s]", "time > 20 s || time > 30 s]",
     "33:64: unexpected '||'; write 'or'"},
    {"less or equal as one sign", "path_ttc <= $ttc", "path_ttc ≤ $ttc",
     "28:41: unexpected '≤'; write '<='"},
    {"the same behind a number", "$v_ego * $ttc > 6 m", "6 m ≤ $v_ego * $ttc",
     "11:9: unexpected '≤'; write '<='"},
    {"if for when", "run: {when:", "run: {if:", "28:15: unknown key 'if'; did you mean 'when'?"},
    {"a person", "type: pedestrian.child", "type: person",
     "24:11: unknown type 'person'; there are pedestrian.adult, pedestrian.child, "
     "pedestrian.pusher"},
    {"a choice of ranges", "20 .. 50 km/h", "{choice: [20 .. 30 km/h, 50 km/h]}",
     "6:20: a choice is one of numbers or words, not of ranges; write '{mixture: [{of: 20 .. 30 "
     "km/h}, {of: 50 km/h}]}'"},
    {"the same with weights", "20 .. 50 km/h", "{choice: {20 .. 30 km/h: 3, 50 km/h: 1}}",
     "6:20: a choice is one of numbers or words, not of ranges; write '{mixture: [{of: 20 .. 30 "
     "km/h, weight: 3}, {of: 50 km/h, weight: 1}]}'"},
    {"an option misspelt", "$v_ego * $ttc > 6 m", "$van != van.panle",
     "11:13: '$van' is never 'van.panle'; did you mean 'van.panel'?"},
    {"an option that is not there", "seed: 7}", "seed: 7, forbid: [{van: tram, impact: 25 %}]}",
     "35:60: '$van' is never 'tram'; there are van.panel, car.sedan"},
    {"a number that is none of the options", "seed: 7}", "seed: 7, forbid: [{impact: 7}]}",
     "35:63: '$impact' is never '7'; there are 0.25, 0.5, 0.75"},
    {"a number from a range", "seed: 7}", "seed: 7, forbid: [{v_ego: 30 km/h}]}",
     "35:62: '$v_ego' comes from a range; it is never exactly that: compare with < and >"},
    {"several values that are forbidden", "seed: 7}", "seed: 7, forbid: [{van: [car.sedan]}]}",
     "35:60: van: expected one value, found a list"},
    {"a child too tall at one end of its range", "height: 1.05 .. 1.35 m", "height: 1.05 .. 2.9 m",
     "25:20: pedestrian.child: height is 2.9, expected 0.95 to 1.65"},
};

#undef RUN

using AuthorTest = ScenarioTest;

TEST_F(AuthorTest, EveryMistakeIsAnsweredWithTheFix) {
  for (const Mistake& mistake : kMistakes) {
    EXPECT_EQ(problems(with(kGood, mistake.from, mistake.to)), mistake.answer) << mistake.what;
  }
}

TEST_F(AuthorTest, AFileThatIsAlmostThere) {
  std::ofstream(folder_ / "night-rain.yaml") << "environment: {rain: 3 mm/h}\n";
  const std::string use = problems(with(kGood, "schema: 1\n", "schema: 1\nuse: nigt-rain.yaml\n"));
  EXPECT_EQ(use.substr(0, use.find("? ")),
            "2:6: file 'nigt-rain.yaml' not found; did you mean 'night-rain.yaml'");
  const std::string like = problems("schema: 1\nname: a\nlike: nightrain.yaml\n");
  EXPECT_EQ(like.substr(0, like.find("? ")),
            "3:7: file 'nightrain.yaml' not found; did you mean 'night-rain.yaml'");
}

// It is no error: who takes the scenario with `like:` may let it end later.
TEST_F(AuthorTest, AnEventThatNeverStartsBecauseTheClipEndsFirst) {
  const std::string all = "end: {any: [ego->child.hit, child.crossed for 2 s, time > 20 s]}";
  const auto warning = [&](const std::string& when, const std::string& end) {
    const std::string text = with(with(kGood, "when: ego->child.path_ttc <= $ttc", when), all, end);
    const std::string told = core::to_string(good(text).warnings);
    return told.substr(std::min(told.find("28:"), told.size()));
  };
  const std::string never =
      "28:9: warning: child.run never starts: it waits until 5 s, the clip ends at 4 s at the "
      "latest; start it earlier, or let 'end' come later";
  const std::string late = "when: ego->child.ttc < 2 s and time > 5 s";
  EXPECT_EQ(warning(late, "end: time > 4 s"), never);
  EXPECT_EQ(warning(late, "end: [ego->child.hit, time > 6 s, time > 4 s]"), never);
  EXPECT_EQ(warning(late, "end: ego->child.hit or time > 4 s"), never);
  EXPECT_EQ(warning(late, "end: time > 5.5 s"), "");
  EXPECT_EQ(warning(late, "end: {all: [time > 4 s, ego->child.hit]}"), "");
  EXPECT_EQ(warning("when: ego->child.ttc < 2 s or time > 5 s", "end: time > 4 s"), "");
}

}  // namespace
}  // namespace oddroad::scenario

#include "engine/scenario/verbs.h"

namespace oddroad::scenario {

namespace {

constexpr double kPi = 3.14159265358979323846;

NumberKey speed(double most, bool required = false) {
  return {"speed", {core::kSpeed, 0, most}, required};
}
NumberKey accel() {
  return {"accel", {core::kAcceleration, 0.01, 20}};
}
NumberKey time(const char* name, double least = 0) {
  return {name, {core::kTime, least, 600}};
}
NumberKey length(const char* name, double least, double most, bool required = false) {
  return {name, {core::kLength, least, most}, required};
}
NumberKey angle(const char* name, double least, double most) {
  return {name, {core::kAngle, least, most}};
}
NumberKey share(const char* name) {
  return {name, {core::kNumber, 0, 1}};
}

std::vector<Verb> people_and_animals() {
  const WordKey pace{"pace", {"adult", "child", "elderly", "hurried"}};
  const WordKey rest{"pose", {"prone", "supine", "side"}};
  return {
      {"run", {speed(12), accel(), time("duration")}, {pace}, {"to"}, {}, true, true},
      {"walk", {speed(12), accel(), time("duration")}, {pace}, {"to"}, {}, true, true},
      {"cross", {speed(25), accel()}, {pace, {"at", {"here", "crosswalk"}}}, {}, {}, true},
      {"meet", {speed(25), accel()}, {}, {"with"}, {"with"}},
      {"wait", {time("duration")}, {}, {}, {}},
      {"turn_back", {share("after"), speed(12)}, {}, {}, {}},
      {"fall", {time("within", 0.2), accel()}, {rest}, {}, {}},
      {"lie", {}, {rest}, {}, {}},
      {"get_up", {time("within", 0.2)}, {}, {}, {}},
      {"look_at", {time("duration")}, {}, {"at"}, {"at"}},
      {"roam", {speed(12), length("radius", 0.5, 200), time("duration")}, {}, {}, {}},
      {"bolt",
       {speed(25), accel(), angle("toward", -2 * kPi, 2 * kPi), time("duration")},
       {},
       {},
       {}},
      {"herd", {speed(15), length("gap", 0.2, 20)}, {}, {"with"}, {"with"}},
      {"take_off", {speed(25), time("ttc"), angle("climb", 0, kPi / 2)}, {}, {"from"}, {}},
  };
}

std::vector<Verb> vehicles() {
  const WordKey side{"to", {"left", "right"}, true};
  const WordKey indicator{"indicator", {"off", "left", "right", "hazard"}};
  const WordKey beam{"beam", {"off", "position", "low", "high"}};
  return {
      {"go", {speed(120, true), accel()}, {}, {}, {}},
      {"stop", {accel(), time("duration")}, {}, {}, {}},
      {"brake", {accel(), {"to", {core::kSpeed, 0, 120}}, time("duration")}, {}, {}, {}},
      {"change_lane", {{"within", {core::kTime, 0.5, 60}}}, {side}, {}, {}},
      {"keep", {length("gap", 0, 500), time("headway")}, {}, {"behind"}, {"behind"}},
      {"overtake",
       {speed(120), length("gap", 0, 200), time("within", 0.5)},
       {},
       {"past"},
       {"past"}},
      {"offset", {length("by", -10, 10, true), time("within", 0.3)}, {}, {}, {}},
      {"swerve",
       {length("by", -10, 10, true), time("within", 0.3), time("duration", 0.6)},
       {},
       {},
       {}},
      {"reverse", {speed(20), accel(), length("distance", 0, 1000)}, {}, {}, {}},
      {"turn", {}, {{"to", {"left", "right", "straight"}, true}}, {}, {}},
      {"route", {}, {}, {}, {}},
      {"spin", {{"rate", {core::kAngularSpeed, -10, 10}, true}, accel()}, {}, {}, {}},
      {"open_door", {angle("angle", 0, kPi / 2), time("within", 0.1)}, {}, {}, {}},
      {"lights", {}, {indicator, beam}, {}, {}},
  };
}

std::vector<Verb> things() {
  const NumberKey spin{"spin", {core::kAngularSpeed, -200, 200}};
  const NumberKey pitch = angle("pitch", -kPi / 2, kPi / 2);
  const NumberKey toward = angle("toward", -2 * kPi, 2 * kPi);
  return {
      {"drop", {speed(20), pitch, toward, spin}, {}, {}, {}},
      {"roll", {speed(70, true), toward}, {}, {}, {}},
      {"slide", {speed(70, true), toward, spin}, {}, {}, {}},
      {"throw", {speed(70, true), pitch, toward, spin}, {}, {}, {}},
  };
}

}  // namespace

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> kAll = [] {
    std::vector<Verb> all = people_and_animals();
    for (const auto& more : {vehicles(), things()}) all.insert(all.end(), more.begin(), more.end());
    return all;
  }();
  return kAll;
}

const Verb* find_verb(const std::string& name) {
  for (const Verb& verb : verbs()) {
    if (name == verb.name) return &verb;
  }
  return nullptr;
}

std::vector<std::string> verb_names() {
  std::vector<std::string> names;
  for (const Verb& verb : verbs()) names.emplace_back(verb.name);
  return names;
}

}  // namespace oddroad::scenario

// Broken actors, places, verbs and conditions: the place, what is wrong, and the hint.
#include "tests/unit/scenario/broken.h"

namespace oddroad::scenario {
namespace {

const Broken kBroken[] = {
    {"ActorName", "  parked:\n", "  parked-cars:\n",
     "29:3: an actor's name has letters, digits and '_' only: 'parked-cars'"},
    {"SizeKey", "size: {height: 1.05 .. 1.35 m}", "size: {hieght: 1.2 m}",
     "25:20: pedestrian.child has no number 'hieght'; known: height, skin, sex, clothes, backpack, "
     "carry"},
    {"SizeLimits", "size: {height: 1.05 .. 1.35 m}", "size: {height: 3 m}",
     "25:20: pedestrian.child: height is 3, expected 0.95 to 1.65"},
    {"GroupMany", "    many: 4\n", "    many: 4\n    group: {count: 3}\n",
     "32:12: an actor has 'many' or 'group', not both"},
    {"GroupSpread", "    many: 4\n", "    group: {count: 3, spread: 2 s}\n",
     "31:31: expected a length like '3 m', found '2 s'"},
    {"EgoMany", "    drive: {speed: $v_ego, react: none}\n",
     "    drive: {speed: $v_ego, react: none}\n    many: 2\n", "20:11: there is one ego"},
    {"DriveModel", "react: none}", "react: none, model: krauss}",
     "19:48: model: 'krauss' is none of idm, constant"},
    {"DriveRoute", "react: none}", "react: none, route: left}",
     "19:48: route: expected a list like [left, straight, '12'], found 'left'; left, right and "
     "straight at junctions, or ids of roads"},
    {"AtTwo", "{ahead_of: ego, by: 60 m, lane: parking}",
     "{ahead_of: ego, behind: child, by: 60 m}",
     "22:9: at: one of site, ahead_of, behind, beside, along, road and on, not two"},
    {"AtNone", "{ahead_of: ego, by: 60 m, lane: parking}", "{lane: parking}",
     "22:9: at: one of site, ahead_of, behind, beside, along, road and on is missing"},
    {"AtOnDeck", "{ahead_of: ego, by: 60 m, lane: parking}", "{on: ego, place: boot}",
     "22:26: place: 'boot' is none of roof, front, middle, rear"},
    {"AtFacing", "facing: road", "facing: left",
     "26:62: facing: 'left' is none of road, along, against"},
    {"AtRoadWithoutS", "{ahead_of: ego, by: 60 m, lane: parking}", "{road: '1', lane: -1}",
     "22:9: at: key 's' is missing"},
    {"MeetNoWith",
     "- run: {when: ego->child.path_ttc <= $ttc, across: ego.lane, speed: 3 m/s, aim: $impact}",
     "- meet: {speed: 5 km/h, aim: 50 %}", "28:15: meet: key 'with' is missing"},
    {"CrossAim",
     "- run: {when: ego->child.path_ttc <= $ttc, across: ego.lane, speed: 3 m/s, aim: $impact}",
     "- run: {aim: 50 %, speed: 2 m/s}",
     "28:20: 'aim' needs 'across'; say whose way is crossed: 'across: ego.lane'"},
    {"VerbKey", "speed: 3 m/s, aim: $impact}", "speeed: 3 m/s, aim: $impact}",
     "28:68: unknown key 'speeed'; did you mean 'speed'?"},
    {"Path",
     "- run: {when: ego->child.path_ttc <= $ttc, across: ego.lane, speed: 3 m/s, aim: $impact}",
     "- walk: {path: {along: 3 m}}",
     "28:22: path: expected a list like [{along: 5 m, left: -2 m}], found a map"},
    {"PathEmpty",
     "- run: {when: ego->child.path_ttc <= $ttc, across: ego.lane, speed: 3 m/s, aim: $impact}",
     "- walk: {path: [{along: 3 s}]}", "28:31: expected a length like '3 m', found '3 s'"},
    {"Gait", "speed: 3 m/s, aim: $impact}", "gait: fast, speed: 3 m/s, aim: $impact}",
     "28:68: run: 'gait' is not supported yet"},
    {"ChangeLaneTo", "    at: {ahead_of: ego, by: 60 m, lane: parking}\n",
     "    at: {ahead_of: ego, by: 60 m, lane: parking}\n    do: [{change_lane: {to: up}}]\n",
     "23:29: to: 'up' is none of left, right"},
    {"SwerveBy", "    at: {ahead_of: ego, by: 60 m, lane: parking}\n",
     "    at: {ahead_of: ego, by: 60 m, lane: parking}\n    do: [{swerve: {within: 1 s}}]\n",
     "23:19: swerve: key 'by' is missing"},
    {"RouteVia", "    at: {ahead_of: ego, by: 60 m, lane: parking}\n",
     "    at: {ahead_of: ego, by: 60 m, lane: parking}\n    do: [{route: {via: left}}]\n",
     "23:24: route: expected a list like [left, straight, '12'], found 'left'; left, right and "
     "straight at junctions, or ids of roads"},
    {"TriggerEventCompare", "ego->child.path_ttc <= $ttc", "ego->child.hit > 1",
     "28:36: expected the end, found '>'"},
    {"TriggerQuantity", "ego->child.path_ttc <= $ttc", "ego->child.pth_ttc <= $ttc",
     "28:32: unknown quantity 'pth_ttc'; did you mean 'path_ttc'?"},
    {"TriggerOneOfTwo", "ego->child.path_ttc <= $ttc", "child.gap < 3 m",
     "28:27: 'gap' is a quantity of two actors: 'a->b.gap'"},
    {"TriggerNe", "ego->child.path_ttc <= $ttc", "ego->child.gap != 3 m",
     "28:21: '!=' on a moving quantity is always true"},
    {"TriggerTwoMoving", "ego->child.path_ttc <= $ttc", "ego->child.gap < ego->van.gap",
     "28:38: comparing two moving quantities is not supported yet"},
    {"TriggerAfter", "ego->child.path_ttc <= $ttc", "after van.go",
     "28:21: 'after' is not supported yet"},
    {"TriggerFor", "ego->child.path_ttc <= $ttc", "ego->child.hit for 2 m",
     "28:40: expected a time like '2 s', found a length like '3 m'"},
    {"TriggerNoMotion", "ego->child.path_ttc <= $ttc", "$ttc < 2 s",
     "28:21: expected a condition on motion like 'time > 2 s' or 'ego->child.ttc < 1 s'"},
    {"EndAnyEmpty", "end: {any: [ego->child.hit, child.crossed for 2 s, time > 20 s]}",
     "end: {any: []}", "33:12: expected a list of conditions, found none"},
    {"EndSome", "end: {any: [ego->child.hit, child.crossed for 2 s, time > 20 s]}",
     "end: {some: [time > 2 s]}", "33:6: expected {any: [...]} or {all: [...]}"},
};

using BrokenActors = BrokenFiles;

TEST_F(BrokenActors, EveryFaultHasItsPlaceAndHint) {
  expect_told(kBroken);
}

}  // namespace
}  // namespace oddroad::scenario

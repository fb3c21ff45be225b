// The schema for editors and the readers: asked key by key, they say the same.
#include "engine/scenario/schema.h"

#include <set>

#include <nlohmann/json.hpp>

#include "engine/scenario/verbs.h"
#include "engine/scenario/vocabulary.h"
#include "tests/unit/scenario/scenario_fixture.h"

namespace oddroad::scenario {
namespace {

using Json = nlohmann::json;
using Set = std::set<std::string>;

// A map of the language: what puts it into a scenario, `@` where more keys go, and its place in the
// schema.
struct Place {
  std::string set;
  std::string pointer;
};

const std::string kTop = "/$defs/scenario/properties/";
const std::string kActor = "/$defs/actor/properties/";

std::vector<Place> sections() {
  const std::string air = "environment/properties/";
  return {
      {"site={@}", kTop + "site"},
      {"about={@}", kTop + "about"},
      {"environment={time: \"12:00\", fog: 90 m, @}", kTop + "environment"},
      {"environment={time: \"12:00\", place: {@}}", kTop + air + "place"},
      {"environment={sun: {@}}", kTop + air + "sun"},
      {"environment={smoke: {@}}", kTop + air + "smoke"},
      {"environment={wind: {@}}", kTop + air + "wind"},
      {"environment={road: {@}}", kTop + air + "road"},
      {"environment={patches: [{@}]}", kTop + air + "patches/items"},
      {"traffic={parked: 0, @}", kTop + "traffic"},
      {"traffic={density: 2, mix: {@}}", kTop + "traffic/properties/mix"},
      {"randomize={@}", kTop + "randomize/anyOf/1"},
      {"record={@}", kTop + "record"},
      {"sample={@}", kTop + "sample"},
      {"rare={@}", kTop + "rare"},
      {"rare={event: ego->child.hit, tilt: {ttc: {@}}}",
       kTop + "rare/properties/tilt/additionalProperties"},
      {"outcomes={@}", kTop + "outcomes"},
      {"correlate=[{@}]", kTop + "correlate/items"},
      {"require=[{hidden: child, @}]", kTop + "require/items/anyOf/1"},
      {"require=[{visible: child, @}]", kTop + "require/items/anyOf/2"},
      {"actors.parked={type: car.sedan, @}", "/$defs/actor"},
      {"actors.parked={at: {site: start}, model: {@}}", kActor + "model"},
      {"actors.parked={type: car.sedan, at: {site: start}, group: {@}}", kActor + "group"},
      {"actors.ego.drive={@}", kActor + "drive"},
  };
}

std::vector<Place> distributions() {
  const std::vector<std::string> written = {
      "{normal: 9 m, @}",
      "{lognormal: 9 m, @}",
      "{choice: [9 m], @}",
      "{integer: 2 .. 5, @}",
      "{steps: 0 .. 9 m, @}",
      "{histogram: {0 .. 9 m: 1}, @}",
      "{mixture: [{of: 9 m}], @}",
      "{file: no.csv, column: v, @}",
      "{given: $van, cases: {van.panel: 9 m, car.sedan: 8 m}, @}"};
  std::vector<Place> out;
  for (std::size_t k = 0; k < written.size(); ++k) {
    out.push_back({"params.spare=" + written[k], "/$defs/distribution/anyOf/" + std::to_string(k)});
  }
  return out;
}

std::vector<Place> placements() {
  std::vector<Place> out;
  const char* const written[] = {"site: start", "ahead_of: ego", "behind: ego", "beside: ego",
                                 "along: ego",  "road: '3'",     "on: van"};
  for (std::size_t k = 0; k < std::size(written); ++k) {
    out.push_back({"actors.child.at={" + std::string(written[k]) + ", @}",
                   "/$defs/placement/anyOf/" + std::to_string(k)});
  }
  return out;
}

std::vector<Place> actions() {
  std::vector<Place> out = {
      {"actors.child.do=[{walk: {path: [{@}]}}]",
       "/$defs/action/properties/walk/properties/path/items"},
      {"actors.child.do=[{together: {@}}]", "/$defs/action/properties/together/anyOf/1"}};
  for (const Verb& verb : verbs()) {
    const std::string name = verb.name;
    out.push_back({"actors.child.do=[{" + name + ": {@}}]", "/$defs/action/properties/" + name});
    out.push_back({"actors.child.do=[{together: [{" + name + ": {@}}, {wait: {}}]}]",
                   "/$defs/member/properties/" + name});
  }
  return out;
}

Set split(const std::string& text) {
  Set out;
  std::size_t at = 0;
  while (at <= text.size()) {
    const std::size_t end = std::min(text.find(", ", at), text.size());
    out.insert(text.substr(at, end - at));
    at = end + 2;
  }
  return out;
}

// What stands in `text` between the marks, up to the end of the line if the second is not there.
std::string between(const std::string& text, const std::string& before, const std::string& after) {
  const std::size_t begin = text.find(before);
  if (begin == std::string::npos) return "";
  const std::size_t from = begin + before.size();
  return text.substr(from, std::min(text.find(after, from), text.find('\n', from)) - from);
}

class SchemaTest : public ScenarioTest {
 protected:
  // What the readers say of the place with these keys in it.
  std::string said(const Place& place, const std::string& keys) const {
    std::string set = place.set;
    set.replace(set.find('@'), 1, keys);
    const std::size_t empty = set.find(", }");
    if (empty != std::string::npos) set.erase(empty, 2);
    return problems(kGood, {set});
  }
  [[nodiscard]] const Json& at(const Place& place) const {
    return schema_.at(Json::json_pointer(place.pointer));
  }
  // Is the key written in the place's own text?
  static bool is_given(const Place& place, const std::string& key) {
    return place.set.find("{" + key + ": ") != std::string::npos ||
           place.set.find(", " + key + ": ") != std::string::npos;
  }

  void check_keys(const Place& place) const {
    const std::string answer = said(place, "qqqqqqqqqqqqqqqq: 1");
    const Set taken = split(between(answer, "unknown key 'qqqqqqqqqqqqqqqq'; there are ", "\n"));
    Set told;
    for (const auto& [key, value] : at(place).at("properties").items()) told.insert(key);
    // Where somebody stands is read in one form; the others are asked for, to say that they are.
    if (place.pointer.find("/placement/") != std::string::npos) {
      told.insert(placement_forms().begin(), placement_forms().end());
    }
    EXPECT_EQ(told, taken) << place.set << "\n" << answer;
  }

  void check_required(const Place& place) const {
    const std::string answer = said(place, "");
    Set missing;
    for (std::size_t from = answer.find("key '"); from != std::string::npos;
         from = answer.find("key '", from + 1)) {
      const std::string rest = answer.substr(from);
      if (rest.find("' is missing") == rest.find('\'', 5)) {
        missing.insert(between(rest, "key '", "'"));
      }
    }
    Set wanted;
    for (const Json& key : at(place).value("required", Json::array())) wanted.insert(key);
    std::erase_if(wanted, [&](const std::string& key) {
      return is_given(place, key);
    });
    EXPECT_EQ(wanted, missing) << place.set << "\n" << answer;
  }

  // "a length like '3 m'" of a reference to a number's part, alone or with words beside it.
  [[nodiscard]] std::string unit_of(const Json& value) const {
    const bool wrapped = value.contains("anyOf") && value.at("anyOf").size() == 1;
    const Json& reference = wrapped ? value.at("anyOf").at(0) : value;
    if (!reference.contains("$ref")) return "";
    const std::string target = reference.at("$ref").get<std::string>().substr(1);
    const std::string says =
        schema_.at(Json::json_pointer(target)).value("description", std::string());
    return says.substr(0, std::min(says.find(", a range"), says.size()));
  }

  // Numbers by a mass, which nothing is; words by one that nobody knows.
  void check_values(const Place& place) const {
    for (const auto& [key, value] : at(place).at("properties").items()) {
      if (is_given(place, key)) continue;
      const std::string unit = unit_of(value);
      if (!unit.empty() && key != "date") {  // which is read as one
        const std::string answer = said(place, key + ": 1 kg");
        EXPECT_NE(answer.find("expected " + unit), std::string::npos)
            << place.set << " " << key << " " << unit << "\n"
            << answer;
      }
      const Json& words = value.contains("anyOf") ? value.at("anyOf").at(0) : value;
      if (!words.contains("enum") || words.at("enum").size() < 2) continue;
      if (key == "type" || key == "moon") continue;  // of the catalog; names of numbers
      const std::string answer = said(place, key + ": qqqqqqqqqqqqqqqq");
      EXPECT_EQ(words.at("enum").get<Set>(), split(between(answer, "is none of ", ";")))
          << place.set << " " << key << "\n"
          << answer;
    }
  }

  const Json schema_ = Json::parse(json_schema());
};

TEST_F(SchemaTest, TopLevelHasTheKeysOfTheReader) {
  const std::string answer = problems(kGood, {"qqqqqqqqqqqqqqqq=1"});
  Set taken = split(between(answer, "unknown key 'qqqqqqqqqqqqqqqq'; there are ", "\n"));
  taken.insert({"like", "use"});  // resolved before the reader sees them
  Set told;
  for (const auto& [key, value] : schema_.at("/$defs/scenario/properties"_json_pointer).items()) {
    told.insert(key);
  }
  EXPECT_EQ(told, taken) << answer;
}

TEST_F(SchemaTest, EveryMapHasTheKeysWordsAndNumbersOfItsReader) {
  for (const auto& places : {sections(), placements(), actions()}) {
    for (const Place& place : places) {
      check_keys(place);
      check_required(place);
      check_values(place);
    }
  }
}

TEST_F(SchemaTest, EveryDistributionHasTheKeysOfItsReader) {
  for (Place place : distributions()) {
    check_required(place);
    if (place.set.find("normal: 9 m") != std::string::npos) {
      place.set = with(place.set, "@",
                       place.set.find("log") == std::string::npos ? "sd: 1 m, @" : "sigma: 1, @");
    }
    if (place.set.find("steps") != std::string::npos)
      place.set = with(place.set, "@", "by: 1 m, @");
    check_keys(place);
  }
}

TEST_F(SchemaTest, EveryVerbAndFactorIsThere) {
  Set told;
  for (const auto& [key, value] : schema_.at("/$defs/action/properties"_json_pointer).items()) {
    told.insert(key);
  }
  Set known;
  for (const std::string& name : verb_names()) known.insert(name);
  Set side_by_side;
  for (const auto& [key, value] : schema_.at("/$defs/member/properties"_json_pointer).items()) {
    side_by_side.insert(key);
  }
  EXPECT_EQ(side_by_side, known);
  known.insert("together");
  EXPECT_EQ(told, known);
  const Json& pins = schema_.at(Json::json_pointer(kTop + "randomize/anyOf/1/properties/pin"));
  for (const Factor& factor : factors()) {
    EXPECT_TRUE(pins.at("properties").contains(factor.name)) << factor.name;
  }
}

// Every reference leads somewhere.
TEST_F(SchemaTest, ReferencesResolve) {
  const auto flat = schema_.flatten();
  int references = 0;
  for (const auto& [path, value] : flat.items()) {
    if (!path.ends_with("/$ref")) continue;
    ++references;
    const std::string target = value.get<std::string>().substr(1);
    EXPECT_TRUE(schema_.contains(Json::json_pointer(target))) << path << " " << target;
  }
  EXPECT_GT(references, 100);
}

}  // namespace
}  // namespace oddroad::scenario

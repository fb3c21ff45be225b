// The schema for editors takes every scenario that ships, and refuses what `check` would.
#include <cstdlib>
#include <fstream>

#include <nlohmann/json.hpp>

#include "engine/core/yaml.h"
#include "tests/integration/fixture.h"

namespace oddroad::tests {
namespace {

using Json = nlohmann::json;

// As editors read YAML 1.2: plain numbers and booleans have their types, all else is text.
Json to_json(const core::YamlNode& node) {
  switch (node.kind()) {
    case core::YamlKind::kNull:
      return nullptr;
    case core::YamlKind::kScalar:
      if (!node.quoted()) {
        if (const auto whole = node.as_int()) return *whole;
        if (const auto number = node.as_double()) return *number;
        if (const auto truth = node.as_bool()) return *truth;
      }
      return node.text();
    case core::YamlKind::kSequence: {
      Json out = Json::array();
      for (const core::YamlNode& item : node.items()) out.push_back(to_json(item));
      return out;
    }
    case core::YamlKind::kMap:
      break;
  }
  Json out = Json::object();
  for (const core::YamlEntry& entry : node.entries()) out[entry.key] = to_json(entry.value);
  return out;
}

Json document(const std::string& name, const std::string& file, const std::string& override,
              bool valid) {
  auto root = core::load_yaml(file);
  EXPECT_TRUE(root) << file;
  if (!override.empty()) {
    const std::size_t equals = override.find('=');
    const auto value = core::parse_yaml(override.substr(equals + 1), "override");
    root = core::with_value(*root, override.substr(0, equals), *value);
    EXPECT_TRUE(root) << override;
  }
  return {{"name", name}, {"valid", valid}, {"document", to_json(*root)}};
}

TEST(Schema, TakesTheLibraryAndRefusesMistakes) {
  if (std::system("/usr/bin/python3 -c 'import jsonschema' 2> /dev/null") != 0) {
    GTEST_SKIP() << "python3-jsonschema is not installed";
  }
  const Scratch scratch;
  const auto ran = run_cli({"schema"});
  ASSERT_EQ(ran.code, cli::kDone);
  std::ofstream(scratch / "schema.json") << ran.out;
  Json documents = Json::array();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(source("scenarios"))) {
    const std::string path = entry.path().string();
    const std::string folder = entry.path().parent_path().filename().string();
    if (entry.path().extension() != ".yaml" || folder == "rigs" || folder == "props") continue;
    documents.push_back(document(path, path, "", true));
  }
  EXPECT_GT(documents.size(), 30u);
  for (const char* mistake :
       {"recrod={rate: 5 Hz}", "environment.clouds=cloudy", "actors.ego.at={lane: driving}",
        "actors.ego.at={site: start, by: 3 m}", "actors.child.do=[{rum: {}}]",
        "actors.child.do=[{run: {}, walk: {}}]", "actors.ego.drive.speed=30", "actors.ego.type=car",
        "record.kinds=[rgp]", "sample.count=many", "params.v_ego={normal: 3 m/s}", "actors=~",
        "randomize={mode: structured, pin: {weather: {rian: 3 mm/h}}}"}) {
    documents.push_back(document(mistake, quick_scenario(), mistake, false));
  }
  // What changes another scenario may leave out whatever that one has, and take away.
  std::ofstream(scratch / "like.yaml") << "name: other\nlike: quick.yaml\ntraffic: ~\nactors:\n"
                                          "  ego: {drive: {react: all}}\n  van: ~\n";
  documents.push_back(document("like", scratch / "like.yaml", "", true));
  documents.push_back(document("use", scratch / "like.yaml", "use=[part.yaml]", true));
  documents.push_back(document("more", scratch / "like.yaml", "+require=[$a > 1 m]", true));
  documents.push_back(document("more of it", scratch / "like.yaml", "+traffic=[]", false));
  documents.push_back(document("like at", scratch / "like.yaml", "actors.ego.at={by: 1 m}", false));
  std::ofstream(scratch / "documents.json") << documents.dump();
  const std::string command = "/usr/bin/python3 " + source("tests/integration/validate_schema.py") +
                              " " + (scratch / "schema.json") + " " + (scratch / "documents.json");
  EXPECT_EQ(std::system(command.c_str()), 0);
}

}  // namespace
}  // namespace oddroad::tests

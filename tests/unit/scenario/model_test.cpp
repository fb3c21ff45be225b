// Actors whose model is a file.
#include "tests/unit/scenario/scenario_fixture.h"

namespace oddroad::scenario {
namespace {

const std::string kTriangle = "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n";

// A prop in front of the ego; its `model:` is in line 11, `more` follows in line 13.
std::string prop(const std::string& model, const std::string& more = "") {
  return R"(schema: 1
name: test-prop
rig: r.yaml
map: m.xodr
actors:
  ego:
    type: car.hatchback
    at: {site: start, lane: driving}
    drive: {speed: 30 km/h}
  box:
    model: )" +
         model + "\n    at: {ahead_of: ego, by: 20 m}\n" + more;
}

class ModelTest : public ScenarioTest {
 protected:
  void SetUp() override {
    ScenarioTest::SetUp();
    std::ofstream(folder_ / "box.obj") << kTriangle;
  }
  core::SearchRoots roots_{{ODDROAD_SOURCE_DIR}};

  std::string problems(const std::string& text) const {
    const auto scenario = parse_scenario(text, file(), roots_);
    if (scenario) return "fine";
    std::string all = core::to_string(scenario.error());
    const std::string folder = folder_.string() + "/";
    for (std::size_t at = all.find(folder); at != std::string::npos; at = all.find(folder)) {
      all.erase(at, folder.size());
    }
    return all;
  }
};

TEST_F(ModelTest, DefaultsAndAllKeys) {
  const auto plain = parse_scenario(prop("{file: box.obj}"), file(), roots_);
  ASSERT_TRUE(plain) << core::to_string(plain.error());
  const Variant variant = draw(*plain, 0);
  const asset::ModelRequest& model = variant.actors[1].model;
  ASSERT_TRUE(model.file);
  EXPECT_EQ(*model.file, asset::ModelFile{.path = (folder_ / "box.obj").string()});
  EXPECT_EQ(model.type, "box.obj");
  EXPECT_EQ(model, draw(*plain, 1).actors[1].model);

  const auto full = parse_scenario(
      prop("{file: box.obj, scale: 0.5 .. 2, up: z, class: debris, reflectance: 40 .. 60 %}"),
      file(), roots_);
  ASSERT_TRUE(full) << core::to_string(full.error());
  const asset::ModelFile drawn = *draw(*full, 0).actors[1].model.file;
  EXPECT_TRUE(drawn.scale > 0.5 && drawn.scale < 2);
  EXPECT_TRUE(drawn.reflectance_905nm > 0.4 && drawn.reflectance_905nm < 0.6);
  EXPECT_EQ(drawn.up_axis, 'z');
  EXPECT_EQ(drawn.class_name, "debris");
  EXPECT_NE(drawn.scale, draw(*full, 1).actors[1].model.file->scale);
}

TEST_F(ModelTest, ADescriptionSpeaksUnlessTheScenarioDoes) {
  std::ofstream(folder_ / "box.mtl") << "newmtl Wood\nKd 0.5 0.3 0.1\n";
  std::ofstream(folder_ / "wood.obj") << "mtllib box.mtl\nusemtl Wood\n" << kTriangle;
  std::ofstream(folder_ / "box.yaml") << "schema: 1\nfile: wood.obj\nclass: debris\nscale: 0.5\n"
                                         "materials: {Wood: {reflectance: 70 %}}\n";
  const auto described = parse_scenario(prop("{file: box.yaml}"), file(), roots_);
  ASSERT_TRUE(described) << core::to_string(described.error());
  const asset::ModelRequest model = draw(*described, 0).actors[1].model;
  EXPECT_EQ(model.type, "box");
  EXPECT_EQ(model.file->class_name, "debris");
  EXPECT_EQ(model.file->scale, 0.5);
  EXPECT_EQ(described->actors[1].model->files.size(), 3u);  // description, model, its materials

  const auto own =
      parse_scenario(prop("{file: box.yaml, class: animal, scale: 2}"), file(), roots_);
  ASSERT_TRUE(own) << core::to_string(own.error());
  EXPECT_EQ(draw(*own, 0).actors[1].model.file->class_name, "animal");
  EXPECT_EQ(draw(*own, 0).actors[1].model.file->scale, 2);

  std::ofstream(folder_ / "box.yaml") << "schema: 1\nfile: wood.obj\nclass: debrs\n";
  EXPECT_EQ(problems(prop("{file: box.yaml}")),
            "box.yaml:3:8: error: unknown class 'debrs'; did you mean 'debris'?");
  std::ofstream(folder_ / "box.yaml") << "schema: 1\nfile: wood.obj\nmaterials: {Wod: {}}\n";
  EXPECT_EQ(problems(prop("{file: box.yaml}")),
            "s.yaml:11:19: error: box.yaml:3:13: the model has no material 'Wod'; did you mean "
            "'Wood'?");
}

TEST_F(ModelTest, FaultsHaveTheirPlace) {
  const struct {
    const char* model;
    const char* more;
    const char* problem;
  } all[] = {
      {"{file: bx.obj}", "", "11:19: error: file 'bx.obj' not found"},
      {"{scale: 2}", "", "11:12: error: model: key 'file' is missing"},
      {"{file: box.obj, clas: car}", "", "11:28: error: unknown key 'clas'; did you mean 'class'?"},
      {"{file: box.obj, class: debri}", "",
       "11:35: error: unknown class 'debri'; did you mean 'debris'?"},
      {"{file: box.obj, class: road}", "",
       "11:35: error: class 'road' is not of things that can be counted"},
      {"{file: box.obj, up: x}", "", "11:32: error: up: 'x' is none of y, z"},
      {"{file: box.obj, scale: 0}", "", "11:35: error: "},
      {"{file: box.obj, reflectance: 140 %}", "", "11:41: error: "},
      {"{file: box.obj, scale: 2 m}", "",
       "11:35: error: expected a number without a unit, found '2 m'"},
      {"{file: box.obj, scale: 1000}", "",
       "11:19: error: box.obj: the model is 0 x 1000 x 1000 m, expected 0.001 to 100 m in its "
       "longest side; `scale` is metres per unit of the file"},
      {"{file: box.obj}", "    type: tree\n",
       "13:5: error: an actor has a 'type' or a 'model', not both"},
      {"{file: box.obj}", "    size: {height: 2 m}\n",
       "13:5: error: a model from a file has a 'scale', no 'size'"},
      {"{file: box.obj}", "    drive: {speed: 2 m/s}\n",
       "13:5: error: a model from a file stands still: it cannot have 'drive'"},
      {"{file: box.obj}", "    do: [{walk: {speed: 1 m/s}}]\n",
       "13:5: error: a model from a file stands still: it cannot have 'do'"},
  };
  for (const auto& broken : all) {
    const std::string found = problems(prop(broken.model, broken.more));
    EXPECT_NE(found.find("s.yaml:" + std::string(broken.problem)), std::string::npos)
        << broken.problem << "\n"
        << found;
  }
  const std::string ego =
      with(prop("{file: box.obj}"), "type: car.hatchback", "model: {file: box.obj}");
  EXPECT_NE(problems(ego).find("s.yaml:7:5: error: the ego drives: it has a 'type', no 'model'"),
            std::string::npos);
}

TEST_F(ModelTest, ABrokenFileIsToldWhereItIsNamed) {
  std::ofstream(folder_ / "box.obj") << kTriangle << "f 1 2 9\n";
  EXPECT_EQ(problems(prop("{file: box.obj}")),
            "s.yaml:11:19: error: box.obj:5: face corner '9': there is no v '9' among the 3 before "
            "it");
  // Even where the scale is not known yet.
  const std::string later =
      with(prop("{file: box.obj, scale: $size / 1 m}"), "actors:", "params: {size: 2 m}\nactors:");
  EXPECT_NE(problems(later).find("12:19: error: box.obj:5: "), std::string::npos);
}

TEST_F(ModelTest, TheContentHashCoversTheModelAndItsFiles) {
  std::ofstream(folder_ / "box.obj") << "mtllib box.mtl\nusemtl a\n" << kTriangle;
  std::ofstream(folder_ / "box.mtl") << "newmtl a\nKd 1 0 0\n";
  const auto hash = [&] {
    return good(prop("{file: box.obj}")).content_hash;
  };
  const std::string first = hash();
  EXPECT_EQ(hash(), first);
  std::ofstream(folder_ / "box.mtl") << "newmtl a\nKd 0 1 0\n";
  const std::string second = hash();
  EXPECT_NE(second, first);
  std::ofstream(folder_ / "box.obj", std::ios::app) << "# comment\n";
  EXPECT_NE(hash(), second);
  // Where it lies does not count.
  const std::string third = hash();
  std::filesystem::create_directories(folder_ / "props");
  for (const char* name : {"box.obj", "box.mtl"}) {
    std::filesystem::rename(folder_ / name, folder_ / "props" / name);
  }
  EXPECT_EQ(good(prop("{file: props/box.obj}")).content_hash, third);
}

}  // namespace
}  // namespace oddroad::scenario

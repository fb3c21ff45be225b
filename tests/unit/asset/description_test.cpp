// Descriptions beside model files.
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "engine/asset/model_description.h"

namespace oddroad::asset {
namespace {

class Description : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("oddroad_description_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    write("box.mtl", "newmtl Wood\nKd 0.5 0.3 0.1\nnewmtl Band\nKd 0.8 0.1 0.1\n");
    write("box.obj",
          "mtllib box.mtl\nv 0 0 0\nv 400 0 0\nv 0 400 0\nv 0 0 400\nusemtl Wood\nf 1 3 2\n"
          "f 1 2 4\nusemtl Band\nf 1 4 3\nf 2 3 4\n");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  core::Result<ModelDescription> load(const std::string& text) const {
    write("box.yaml", text);
    return load_description((folder_ / "box.yaml").string());
  }
  std::string problems(const std::string& text) const {
    const auto loaded = load(text);
    return loaded ? "fine" : core::to_string(loaded.error());
  }

  // As scenarios ask for it: by the description's path.
  [[nodiscard]] ModelFile described(const ModelDescription& d) const {
    ModelFile file = d.model;
    file.path = (folder_ / "box.yaml").string();
    return file;
  }

  std::filesystem::path folder_;
};

TEST_F(Description, SaysWhatTheModelCannot) {
  const auto d = load(R"(schema: 1
file: box.obj
what: "a box"
licence: CC0-1.0
class: debris
scale: 0.001
up: z
reflectance: 45 %
materials:
  Band: {reflectance: 30 %, retro: 20, roughness: 0.2, metallic: 0.5, color: [0.1, 0.2, 0.3]}
)");
  ASSERT_TRUE(d) << core::to_string(d.error());
  EXPECT_EQ(d->what, "a box");
  EXPECT_EQ(d->class_where.line, 5);
  const auto model = import_model(described(*d));
  ASSERT_TRUE(model) << core::to_string(model.error());
  EXPECT_EQ((*model)->class_name, "debris");
  EXPECT_NEAR((*model)->height_m, 0.4, 1e-6);
  bool seen = false;
  for (const Material& material : (*model)->materials) {
    if (material.name != "Band") {
      EXPECT_NEAR(material.reflectance_905nm, 0.45, 1e-6) << material.name;
      EXPECT_EQ(material.retro_905nm, 0) << material.name;
      continue;
    }
    seen = true;
    EXPECT_NEAR(material.reflectance_905nm, 0.3, 1e-6);
    EXPECT_NEAR(material.retro_905nm, 20, 1e-6);
    EXPECT_NEAR(material.roughness, 0.2, 1e-6);
    EXPECT_NEAR(material.metallic, 0.5, 1e-6);
    EXPECT_NEAR(material.base_color.z, 0.3, 1e-6);
  }
  EXPECT_TRUE(seen);
}

TEST_F(Description, IsShortWhereLittleIsToSay) {
  const auto d = load("schema: 1\nfile: box.obj\nscale: 0.001\n");
  ASSERT_TRUE(d) << core::to_string(d.error());
  EXPECT_EQ(d->model.class_name, "unknown");
  EXPECT_EQ(d->class_where.line, 0);
  EXPECT_TRUE(import_model(described(*d)));
  EXPECT_EQ(files_of_model((folder_ / "box.yaml").string())->size(), 3u);
}

TEST_F(Description, EveryMistakeHasItsPlace) {
  const std::string all = problems(R"(schema: 2
file: bax.obj
scale: 0
up: x
reflectance: 140 %
materials:
  Wood: {reflectanse: 10 %, color: [1, 2]}
colour: red
)");
  const std::string at = (folder_ / "box.yaml").string() + ":";
  for (const char* place :
       {"1:9: ", "2:7: ", "3:8: ", "4:5: ", "5:14: ", "7:10: ", "7:36: ", "8:1: "}) {
    EXPECT_NE(all.find(at + place), std::string::npos) << place << "\n" << all;
  }
  EXPECT_NE(all.find("did you mean 'reflectance'?"), std::string::npos) << all;
  EXPECT_NE(problems("file: box.obj\n").find("key 'schema' is missing"), std::string::npos);
  EXPECT_NE(problems("schema: 1\nfile: box.yaml\n").find("a description of a description"),
            std::string::npos);
}

TEST_F(Description, UnknownMaterialsAreErrorsWhereTheyStand) {
  const auto d = load("schema: 1\nfile: box.obj\nscale: 0.001\nmaterials:\n  Wod: {retro: 1}\n");
  ASSERT_TRUE(d);
  const auto model = import_model(described(*d));
  ASSERT_FALSE(model);
  const std::string told = core::to_string(model.error());
  EXPECT_NE(told.find("box.yaml:5:3: error: the model has no material 'Wod'"), std::string::npos)
      << told;
  EXPECT_NE(told.find("did you mean 'Wood'?"), std::string::npos) << told;
}

}  // namespace
}  // namespace oddroad::asset

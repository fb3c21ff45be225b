// Whole files: size, axes, textures, colours, transforms.
#include "engine/asset/mesh_tools.h"
#include "tests/unit/asset/import_fixture.h"

namespace oddroad::asset {
namespace {

using math::Vec2f;

// Index of the vertex at p whose normal is n.
std::size_t vertex_at(const Model& model, const Vec3f& p, const Vec3f& n) {
  const TriangleMesh& mesh = *model.parts[0].mesh;
  for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
    if (glm::length(mesh.positions[i] - p) < 1e-5f && glm::dot(mesh.normals[i], n) > 0.999f) {
      return i;
    }
  }
  ADD_FAILURE() << "no vertex at " << p.x << ", " << p.y << ", " << p.z;
  return 0;
}

Vec2f uv_at(const Model& model, const Vec3f& p, const Vec3f& n) {
  return model.parts[0].mesh->uvs[vertex_at(model, p, n)];
}

// The box of box_file, y-up: x of the file is to the left, y up, z ahead.
void expect_upright_box(const Model& model) {
  expect_sound(model);
  EXPECT_NEAR(model.length_m(), 3, 1e-5);
  EXPECT_NEAR(model.width_m(), 1, 1e-5);
  EXPECT_NEAR(model.height_m, 2, 1e-5);
  EXPECT_EQ(model.parts[0].mesh->triangles.size(), 12u);
  EXPECT_EQ(model.parts[0].mesh->positions.size(), 24u);
  EXPECT_NEAR(signed_volume(*model.parts[0].mesh), 6, 1e-4);
  // Who looks at the front (+x) sees +y to the right; at the left side (+y), -x to the right.
  EXPECT_EQ(uv_at(model, {1.5f, -0.5f, 2}, {1, 0, 0}), Vec2f(0, 0));
  EXPECT_EQ(uv_at(model, {1.5f, 0.5f, 0}, {1, 0, 0}), Vec2f(1, 1));
  EXPECT_EQ(uv_at(model, {1.5f, 0.5f, 2}, {0, 1, 0}), Vec2f(0, 0));
  EXPECT_EQ(uv_at(model, {-1.5f, 0.5f, 0}, {0, 1, 0}), Vec2f(1, 1));
}

void expect_painted(const Model& model) {
  const Material& paint = model.materials.at(0);
  EXPECT_EQ(paint.name, "paint");
  EXPECT_LT(glm::length(paint.base_color - Vec3f(0.8f, 0.4f, 0.2f)), 1e-6f);
  EXPECT_FLOAT_EQ(paint.roughness, 0.3f);
  EXPECT_FLOAT_EQ(paint.metallic, 0.25f);
  EXPECT_EQ(paint.texture, 0);
  ASSERT_EQ(model.textures.size(), 1u);
  const Texture& texture = model.textures[0];
  ASSERT_EQ(texture.width_px * texture.height_px, 4u);
  const std::vector<std::uint8_t> rgba = {255, 0, 0,   255, 0,   255, 0,   255,
                                          0,   0, 255, 255, 255, 255, 255, 255};
  EXPECT_EQ(texture.rgba, rgba);  // red is on top at the left
}

TEST_F(ImportTest, GltfGlbDataUriAndObjGiveTheSameBox) {
  const BoxFile box = box_file();
  BoxFile inlined = box;
  inlined.json["buffers"][0]["uri"] = data_uri(box.binary);
  inlined.json["images"][0]["uri"] = data_uri(quadrants_png());
  const ModelPtr models[] = {good({.path = write_gltf(box)}),
                             good({.path = write("a.glb", glb_of(box, quadrants_png()))}),
                             good({.path = write("b.GLB", glb_of(box, ""))}),
                             good({.path = write("c.gltf", inlined.json.dump())}),
                             good({.path = write_obj(box.obj, box.mtl)})};
  for (const ModelPtr& model : models) {
    expect_upright_box(*model);
    expect_painted(*model);
    EXPECT_EQ(model->class_name, "unknown");
    EXPECT_EQ(model->parts[0].role, PartRole::kBody);
  }
  EXPECT_EQ(*models[0]->parts[0].mesh, *models[1]->parts[0].mesh);
  EXPECT_EQ(models[4]->name, "box.obj");
}

TEST_F(ImportTest, OptionsAreTaken) {
  const BoxFile box = box_file();
  const ModelPtr z_up = good({write_obj(box.obj, box.mtl), 0.01, 'z', "debris", 0.7});
  expect_sound(*z_up);
  EXPECT_NEAR(z_up->length_m(), 0.01, 1e-6);
  EXPECT_NEAR(z_up->width_m(), 0.02, 1e-6);
  EXPECT_NEAR(z_up->height_m, 0.03, 1e-6);
  EXPECT_EQ(z_up->class_name, "debris");
  for (const Material& material : z_up->materials) {
    EXPECT_FLOAT_EQ(material.reflectance_905nm, 0.7f);
  }
  EXPECT_FLOAT_EQ(good({.path = path("box.obj")})->materials[0].reflectance_905nm, 0.4f);
}

TEST_F(ImportTest, NodesAreMovedTurnedMirroredAndMerged) {
  BoxFile box = box_file();
  // A quarter turn about y, then a mirrored copy of half the size 4 units above.
  box.json["scenes"][0]["nodes"] = {0, 1};
  box.json["nodes"] = {{{"mesh", 0}, {"rotation", {0, std::sqrt(0.5), 0, std::sqrt(0.5)}}},
                       {{"translation", {0, 4, 0}}, {"children", {2}}},
                       {{"mesh", 0}, {"scale", {-0.5, 0.5, 0.5}}}};
  const ModelPtr model = good({.path = write_gltf(box)});
  expect_sound(*model);
  EXPECT_EQ(model->parts[0].mesh->triangles.size(), 24u);
  EXPECT_NEAR(model->width_m(), 3, 1e-5);
  EXPECT_NEAR(model->length_m(), 1.5, 1e-5);
  EXPECT_NEAR(model->height_m, 5.5, 1e-5);
  EXPECT_NEAR(signed_volume(*model->parts[0].mesh), 6 + 6.0 / 8, 1e-4);
  box.json["nodes"] = {{{"matrix", {2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0, 7, 8, 9, 1}}, {"mesh", 0}}};
  box.json.erase("scene");
  box.json.erase("scenes");
  EXPECT_NEAR(good({.path = write_gltf(box)})->height_m, 4, 1e-5);
}

TEST_F(ImportTest, MissingNormalsAndMaterialsAreMade) {
  BoxFile box = box_file();
  Json& primitive = box.json["meshes"][0]["primitives"][0];
  primitive["attributes"].erase("NORMAL");
  primitive.erase("material");
  const ModelPtr model = good({.path = write_gltf(box)});
  expect_sound(*model);
  vertex_at(*model, {1.5f, 0.5f, 2}, {0, 0, 1});
  EXPECT_EQ(model->textures.size(), 0u);
  EXPECT_EQ(model->materials.at(model->parts[0].mesh->material[0]).name, "default");
  // Without a texture uvs count metres.
  const TriangleMesh& mesh = *model->parts[0].mesh;
  const std::size_t top = vertex_at(*model, {1.5f, 0.5f, 2}, {0, 0, 1});
  EXPECT_EQ(mesh.uvs[top], Vec2f(mesh.positions[top]));
  std::string plain = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nusemtl any\nf -4 -3 -2 -1\n";
  expect_sound(*good({.path = write("plain.obj", plain)}));
}

TEST_F(ImportTest, UnusedVerticesAndPointsCountForNothing) {
  const std::string obj = "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 50 50 50\nv nan 1 1\nl 1 4\np 4\nf 1 2 3\n";
  EXPECT_EQ(problems(write("nan.obj", obj)), "nan.obj:5: error: 'nan' is not a finite number");
  const ModelPtr model = good({.path = write("far.obj", std::string(obj).replace(34, 10, ""))});
  EXPECT_NEAR(model->height_m, 1, 1e-6);
}

TEST_F(ImportTest, ObjLinesMayGoOnAndHaveNamesWithSpaces) {
  BoxFile box = box_file();
  std::string obj = "# made by hand\r\n" + box.obj;
  obj.replace(obj.find("usemtl paint"), 12, "usemtl old  paint");
  obj.replace(obj.find("f 1/1/1 "), 8, "f 1/1/1 \\\r\n  ");
  std::string mtl = box.mtl + "map_Kd -s 1 1 1 -clamp off .\\the box.png\n";
  mtl.replace(mtl.find("newmtl paint"), 12, "newmtl old  paint");
  mtl.erase(mtl.find("map_Kd box.png\n"), 15);
  write("the box.png", quadrants_png());
  const ModelPtr model = good({.path = write_obj(obj, mtl)});
  expect_upright_box(*model);
  EXPECT_EQ(model->materials[0].texture, 0);
}

TEST_F(ImportTest, FilesAreListedInOrderOfReading) {
  const BoxFile box = box_file();
  const auto gltf = files_of_model(write_gltf(box));
  ASSERT_TRUE(gltf);
  EXPECT_EQ(*gltf, (std::vector{path("box.gltf"), path("box.bin"), path("box.png")}));
  const auto obj = files_of_model(write_obj(box.obj, box.mtl));
  ASSERT_TRUE(obj);
  EXPECT_EQ(*obj, (std::vector{path("box.obj"), path("box.mtl"), path("box.png")}));
}

TEST_F(ImportTest, JpegTexturesAreRead) {
  BoxFile box = box_file();
  box.json["images"][0]["uri"] = "my%20box.jpg";
  write("my box.jpg", plain_jpeg(200, 100, 50));
  const ModelPtr model = good({.path = write_gltf(box)});
  ASSERT_EQ(model->textures.size(), 1u);
  ASSERT_EQ(model->textures[0].rgba.size(), 256u);
  EXPECT_NEAR(model->textures[0].rgba[0], 200, 3);
  EXPECT_NEAR(model->textures[0].rgba[2], 50, 3);
  EXPECT_EQ(model->textures[0].rgba[3], 255);
}

}  // namespace
}  // namespace oddroad::asset

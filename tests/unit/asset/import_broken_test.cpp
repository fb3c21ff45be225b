// Broken files: an error that names the file and the place, never a crash.
#include <functional>

#include "engine/core/random.h"
#include "tests/unit/asset/import_fixture.h"

namespace oddroad::asset {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

using BrokenImport = ImportTest;

TEST_F(BrokenImport, FilesThatAreNotThereOrNoModels) {
  EXPECT_EQ(problems(path("no.glb")),
            "no.glb: error: the model file was not found; looked for no.glb");
  EXPECT_EQ(problems(folder_.string() + "/."),
            ".: error: models are read from .gltf, .glb and .obj files");
  EXPECT_EQ(problems(write("a.fbx", "x")),
            "a.fbx: error: models are read from .gltf, .glb and .obj files");
  for (const char* name : {"empty.obj", "empty.gltf", "empty.glb"}) {
    EXPECT_EQ(problems(write(name, "")), std::string(name) + ": error: the model file is empty");
  }
  EXPECT_EQ(problems(write("a.glb", "glTF")), "a.glb: error: the file is truncated");
  EXPECT_EQ(problems(write("b.glb", "garbage")), "b.glb:1:1: error: this is not JSON");
  EXPECT_EQ(problems(write("c.gltf", "[1]")), "c.gltf: error: this JSON is not a glTF");
  EXPECT_EQ(problems(write("d.gltf", "{\n \"asset\": {\n")),
            "d.gltf:3:1: error: the JSON ends too early: the file is truncated");
  EXPECT_EQ(problems(write("e.obj", "garbage\n")), "e.obj: error: there are no triangles in it");
  EXPECT_EQ(problems(write("f.obj", std::string("v\0", 2))),
            "f.obj: error: this is not a text file");
  EXPECT_EQ(problems(write("g.gltf", std::string(200'000, '['))),
            "g.gltf:1:200000: error: the JSON ends too early: the file is truncated");
}

TEST_F(BrokenImport, MissingBuffersTexturesAndLibrariesAreNamed) {
  const BoxFile box = box_file();
  write_gltf(box);
  write_obj(box.obj, box.mtl);
  fs::remove(path("box.png"));
  EXPECT_EQ(problems(path("box.gltf")),
            "box.gltf: error: texture 'box.png' not found; looked for box.png");
  EXPECT_EQ(problems(path("box.obj")),
            "box.mtl:5: error: texture 'box.png' not found; looked for box.png");
  fs::remove(path("box.mtl"));
  EXPECT_EQ(problems(path("box.obj")).substr(0, 57),
            "box.obj:1: error: material library 'box.mtl' not found; l");
  fs::remove(path("box.bin"));
  EXPECT_EQ(problems(path("box.gltf")),
            "box.gltf: error: buffer 'box.bin' not found; looked for box.bin");
  EXPECT_EQ(problems(write("no_bin.glb", "glTF" + glb_of(box, "").substr(4, 600))).substr(0, 36),
            "no_bin.glb: error: the file is trunc");
}

struct BrokenGltf {
  std::function<void(Json&)> edit;
  const char* problem;
};

TEST_F(BrokenImport, NumbersThatDoNotFitTogether) {
  const auto at = [](const char* pointer, const Json& value) {
    return [=](Json& json) {
      json[Json::json_pointer(pointer)] = value;
    };
  };
  const std::uint64_t wraps = UINT64_MAX - 100;
  const BrokenGltf all[] = {
      {at("/asset/version", "1.0"), "asset: glTF 2.0 is read, this is version '1.0'"},
      {at("/extensionsRequired", {"KHR_draco_mesh_compression"}),
       "extensionsRequired: extension 'KHR_draco_mesh_compression' is not supported"},
      {at("/scene", 3), "scene: there is no scenes[3]"},
      {at("/scenes/0/nodes/0", 9), "scene: there is no nodes[9]"},
      {at("/nodes/0/mesh", 2), "nodes[0]: there is no meshes[2]"},
      {at("/nodes/0/mesh", -1), "nodes[0]: mesh: expected a whole number"},
      {at("/nodes/0/matrix", {1, 2}), "nodes[0]: matrix: expected 16 numbers"},
      {at("/nodes/0/children", {0}), "nodes[0]: the node has two parents"},
      {at("/accessors/0/bufferView", 7), "accessors[0]: there is no bufferViews[7]"},
      {at("/accessors/0/count", 25), "accessors[0]: 25 elements do not fit in bufferViews[0]"},
      {at("/accessors/0/count", wraps), "do not fit in bufferViews[0]"},
      {at("/accessors/0/byteOffset", wraps), "24 elements do not fit in bufferViews[0]"},
      {at("/accessors/0/byteOffset", 4), "24 elements do not fit in bufferViews[0]"},
      {at("/accessors/0/componentType", 5123), "accessors[0]: expected a plain VEC3 of floats"},
      {at("/accessors/0/sparse", Json::object()), "accessors[0]: expected a plain VEC3"},
      {at("/accessors/1/count", 23), "NORMAL has not as many elements as POSITION"},
      {at("/accessors/3/count", 35), "primitives[0]: its corners are no triangles"},
      {at("/accessors/3/type", "VEC4"), "expected a plain SCALAR of unsigned integers"},
      {at("/bufferViews/0/byteStride", 4), "accessors[0]: byteStride 4 cannot be"},
      {at("/bufferViews/0/byteStride", 16), "24 elements do not fit in bufferViews[0]"},
      {at("/bufferViews/0/byteOffset", wraps), "bufferViews[0]: it ends beyond its buffer"},
      {at("/bufferViews/3/byteLength", 74), "bufferViews[3]: it ends beyond its buffer of 840"},
      {at("/bufferViews/0/buffer", 1), "bufferViews[0]: there is no buffers[1]"},
      {at("/buffers/0/byteLength", 841), "buffers[0]: it is truncated: it has 840 of 841 bytes"},
      {at("/buffers/0/uri", "data:;base64,AAA*"), "buffers[0]: its data URI is not whole base64"},
      {at("/images/0/uri", data_uri("text")), "neither a PNG nor a JPEG"},
      {at("/images/0/uri", "box.bin"), "box.bin: error: this texture is neither a PNG nor a JPEG"},
      {at("/images/0", {{"bufferView", 0}}), "neither a PNG nor a JPEG"},
      {at("/textures/0/source", 5), "textures[0]: there is no images[5]"},
      {at("/materials/0/pbrMetallicRoughness/baseColorTexture/index", 5),
       "materials[0]: there is no textures[5]"},
      {at("/materials/0/pbrMetallicRoughness/baseColorFactor", {1, 1, 1}),
       "materials[0]: baseColorFactor: expected 4 numbers"},
      {at("/meshes/0/primitives/0/material", 4), "there is no materials[4]"},
      {at("/meshes/0/primitives/0/mode", 0), "scene: there are no triangles in it"},
      {at("/nodes/0/scale", {0, 0, 0}), "its triangles have no area"},
      {at("/nodes/0/scale", {1e30, 1e30, 1e30}), "expected 0.001 to 100 m in its longest side"},
      {at("/nodes/0/scale", {1e300, 1, 1}), "is not finite"},
  };
  for (const BrokenGltf& broken : all) {
    BoxFile box = box_file();
    broken.edit(box.json);
    const std::string found = problems(write_gltf(box));
    EXPECT_NE(found.find(broken.problem), std::string::npos) << broken.problem << "\n" << found;
  }
}

TEST_F(BrokenImport, BytesThatAreNoVertices) {
  BoxFile box = box_file();
  box.binary.replace(8, 4, "\xff\xff\xff\x7f");  // not a number
  EXPECT_EQ(problems(write_gltf(box)), "box.gltf: error: vertex 0 is not finite");
  box = box_file();
  box.binary.replace(768, 2, "\x18\x00", 2);  // the first corner: vertex 24
  EXPECT_EQ(problems(write_gltf(box)),
            "box.gltf: error: 1 triangle(s) have vertices that are not there");
  box = box_file();
  box.binary.replace(300, 4, "\xff\xff\xff\x7f");
  expect_sound(*good({.path = write_gltf(box)}));  // broken normals are made anew
}

TEST_F(BrokenImport, UnitsAreChecked) {
  const BoxFile box = box_file();
  const auto tall = import_model({.path = write_gltf(box), .scale = 1000});
  ASSERT_FALSE(tall);
  EXPECT_NE(core::to_string(tall.error()).find("the model is 3000 x 1000 x 2000 m"),
            std::string::npos);
  EXPECT_FALSE(import_model({.path = path("box.gltf"), .scale = 1e-4}));
}

struct BrokenObj {
  const char* from;
  const char* to;
  const char* problem;
};

TEST_F(BrokenImport, ObjProblemsHaveTheirLine) {
  const BrokenObj all[] = {
      {"v -0.5", "v -0.x5", "box.obj:2: error: '-0.x500000' is not a finite number"},
      {"v -0.500000 1.000000 1.500000", "v 1 2", "box.obj:2: error: v: a number is missing"},
      {"v -0.500000", "v 1e39", "box.obj:2: error: '1e39' is not a finite number"},
      {"f 1/1/1", "f 25/1/1", "face corner '25/1/1': there is no v '25' among the 24 before it"},
      {"f 1/1/1", "f 1/99/1", "there is no vt '99'"},
      {"f 1/1/1", "f -25/1/1", "there is no v '-25'"},
      {"f 1/1/1", "f 0/1/1", "there is no v '0'"},
      {"f 1/1/1", "f 1/1/1/1", "box.obj:75: error: '1/1/1/1' is no face corner"},
      {"f 1/1/1", "f x", "there is no v 'x'"},
      {"f 1/1/1 2/2/2 3/3/3 4/4/4", "f 1 2", "a face has 3 to 500 corners, this one has 2"},
      {"usemtl paint", "usemtl pant", "box.obj:74: error: no material library has 'pant'"},
      {"mtllib box.mtl", "mtllib a.mtl b.mtl", "box.obj:1: error: material library 'b.mtl'"},
  };
  for (const BrokenObj& broken : all) {
    BoxFile box = box_file();
    std::string& obj = box.obj;
    ASSERT_NE(obj.find(broken.from), obj.npos) << broken.from;
    obj.replace(obj.find(broken.from), std::strlen(broken.from), broken.to);
    const std::string found = problems(write_obj(obj, box.mtl));
    EXPECT_NE(found.find(broken.problem), std::string::npos) << broken.problem << "\n" << found;
  }
  const BoxFile box = box_file();
  EXPECT_EQ(problems(write_obj(box.obj, box.mtl + "Kd red\n")),
            "box.mtl:6: error: expected a number, found 'red'");
  EXPECT_EQ(problems(write_obj(box.obj, box.mtl + "map_Kd -s 2 2 box.png\n")).substr(0, 60),
            "box.mtl:6: error: textures cannot be moved or scaled with -s");
}

// Any number of the JSON, or three of them, replaced by one that may just fit or overflow a sum.
TEST_F(BrokenImport, ChangedNumbersNeverCrash) {
  const Json values[] = {0,          1,          2,
                         3,          4,          5,
                         6,          23,         24,
                         36,         256,        840,
                         5121,       5125,       5126,
                         -1,         0.5,        1e30,
                         UINT32_MAX, UINT64_MAX, UINT64_MAX - 287,
                         "x",        nullptr,    Json::array()};
  core::RandomStream random(1, "changed numbers");
  const BoxFile box = box_file();
  write_gltf(box);
  const Json flat = box.json.flatten();
  int models = 0;
  for (int round = 0; round < 1000; ++round) {
    Json changed = box.json;
    for (std::uint32_t k = 0; k <= random.below(3); ++k) {
      auto leaf = flat.begin();
      std::advance(leaf, random.below(static_cast<std::uint32_t>(flat.size())));
      const Json::json_pointer at(leaf.key());
      if (changed.contains(at)) changed[at] = values[random.below(std::size(values))];
    }
    const auto model = import_model({.path = write("changed.gltf", changed.dump())});
    if (model) expect_sound(**model);
    models += model.has_value();
  }
  std::printf("1000 changed files: %d still are models\n", models);
}

TEST_F(BrokenImport, TexturesCutShortOrTooLarge) {
  for (const std::string& whole : {quadrants_png(), plain_jpeg(1, 2, 3)}) {
    const BoxFile box = box_file();
    write_gltf(box);
    // The last four bytes of a PNG are the checksum of nothing.
    for (std::size_t length = 0; length + 4 < whole.size(); ++length) {
      write("box.png", whole.substr(0, length));
      EXPECT_NE(problems(path("box.gltf")).find("box.png: error: "), std::string::npos) << length;
    }
  }
  std::string wide = plain_jpeg(1, 2, 3);
  const std::size_t frame = wide.find("\xff\xc0");
  wide.replace(frame + 5, 4, "\x30\x00\x30\x00", 4);
  write("box.png", wide);
  EXPECT_EQ(problems(path("box.gltf")),
            "box.png: error: this texture is 12288 x 12288 pixels, at most 8192 a side are read");
}

// Every file of the shared models that a model refers to, cut at many lengths.
const char* kShared[] = {"BoxTextured.gltf", "2CylinderEngine.glb", "spider.obj", "WusonOBJ.obj"};

class SharedImport : public ImportTest {
 protected:
  void SetUp() override {
    ImportTest::SetUp();
    if (!fs::is_directory(shared_)) {
      GTEST_SKIP() << shared_ << " is not there";
    }
    fs::copy(shared_, folder_, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    for (const auto& entry : fs::directory_iterator(folder_)) {
      fs::permissions(entry.path(), fs::perms::owner_write, fs::perm_options::add);
    }
  }
  // Valid or an error; counts both.
  void judge(const std::string& model) {
    const auto made = import_model({.path = path(model), .scale = 0.01});
    if (made) expect_sound(**made);
    ++(made ? valid_ : refused_);
  }
  fs::path shared_ = fs::path(ODDROAD_SHARED_DIR) / "data/meshes";
  int valid_ = 0, refused_ = 0;
};

TEST_F(SharedImport, WholeModels) {
  for (const char* name : kShared) {
    const ModelPtr model = good({.path = path(name), .scale = 0.01});
    expect_sound(*model);
    std::printf("%s: %zu triangles, %zu vertices, %.3f x %.3f x %.3f m, %zu textures\n", name,
                model->parts[0].mesh->triangles.size(), model->parts[0].mesh->positions.size(),
                model->length_m(), model->width_m(), model->height_m, model->textures.size());
  }
}

TEST_F(SharedImport, TruncatedFilesGiveErrorsOrSmallerMeshes) {
  for (const char* name : kShared) {
    const auto files = files_of_model(path(name));
    ASSERT_TRUE(files);
    const auto whole = import_model({.path = path(name), .scale = 0.01});
    ASSERT_TRUE(whole);
    for (const std::string& file : *files) {
      const std::string bytes = bytes_of(file);
      valid_ = refused_ = 0;
      for (int step = 0; step < 48; ++step) {
        // Evenly, and the last ones byte by byte.
        const std::size_t cut = step < 36 ? bytes.size() * static_cast<std::size_t>(step) / 36
                                          : bytes.size() - static_cast<std::size_t>(48 - step);
        fs::resize_file(file, std::min(cut, fs::file_size(file)));
        std::ofstream(file, std::ios::binary) << bytes.substr(0, cut);
        judge(name);
      }
      std::ofstream(file, std::ios::binary) << bytes;
      const std::string short_name = fs::path(file).filename();
      std::printf("%s cut 48 times: %d errors, %d smaller meshes\n", short_name.c_str(), refused_,
                  valid_);
      const bool is_text = short_name.ends_with("obj") || short_name.ends_with("mtl");
      EXPECT_GE(refused_, is_text ? 1 : 44) << short_name;
    }
  }
}

// The guard reads a GLB's own lengths; here they fit what is left of it.
TEST_F(SharedImport, CutGlbWithFittingLengths) {
  const std::string bytes = bytes_of(path("2CylinderEngine.glb"));
  std::uint32_t json_length = 0;
  std::memcpy(&json_length, bytes.data() + 12, 4);
  for (int step = 1; step < 24; ++step) {
    const std::size_t binary =
        (bytes.size() - json_length - 28) * static_cast<std::size_t>(step) / 24;
    std::string cut = bytes.substr(0, 28 + json_length + binary);
    const auto total = static_cast<std::uint32_t>(cut.size());
    const auto chunk = static_cast<std::uint32_t>(binary);
    std::memcpy(cut.data() + 8, &total, 4);
    std::memcpy(cut.data() + 20 + json_length, &chunk, 4);
    write("2CylinderEngine.glb", cut);
    judge("2CylinderEngine.glb");
  }
  EXPECT_EQ(valid_, 0);
}

// Bytes changed here and there, mostly digits for digits so that the syntax survives.
TEST_F(SharedImport, ChangedBytesNeverCrash) {
  core::RandomStream random(5, "changed bytes");
  for (const char* name : kShared) {
    const std::string bytes = bytes_of(path(name));
    valid_ = refused_ = 0;
    for (int round = 0; round < 60; ++round) {
      std::string changed = bytes;
      const std::size_t head = std::min<std::size_t>(bytes.size(), 60'000);
      for (int k = 0; k < 3; ++k) {
        char& c = changed[random.below(static_cast<std::uint32_t>(head))];
        const bool is_digit = c >= '0' && c <= '9';
        c = static_cast<char>(is_digit ? '0' + random.below(10) : random.below(256));
      }
      write(name, changed);
      judge(name);
    }
    write(name, bytes);
    std::printf("%s changed 60 times: %d errors, %d models\n", name, refused_, valid_);
  }
}

}  // namespace
}  // namespace oddroad::asset

// A textured box as glTF, GLB and OBJ, written by the test itself, whole or broken.
#pragma once

#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "engine/asset/import_model.h"

namespace oddroad::asset {

using Json = nlohmann::json;
using ModelPtr = std::shared_ptr<const Model>;

// 2 x 2: red, green above blue, white.
std::string quadrants_png();
// 8 x 8, one colour.
std::string plain_jpeg(std::uint8_t r, std::uint8_t g, std::uint8_t b);

// A box of 1 x 2 x 3 units (x, y, z) about the origin. Each side has its own four vertices and the
// whole texture, upright on the four sides of a y-up file.
struct BoxFile {
  std::string binary;  // positions, normals, uvs, indices
  Json json;           // refers to box.bin and box.png
  std::string obj;
  std::string mtl;
};
BoxFile box_file();

// A GLB of that JSON and binary; the image goes into the binary, too, if it is not empty.
std::string glb_of(const BoxFile& box, const std::string& image);
std::string data_uri(const std::string& bytes);

class ImportTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / ("oddroad_import_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }
  // Returns the path.
  std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }
  // box.gltf with its files beside it, as `box` says.
  std::string write_gltf(const BoxFile& box) const {
    write("box.bin", box.binary);
    write("box.png", quadrants_png());
    return write("box.gltf", box.json.dump());
  }
  std::string write_obj(const std::string& obj, const std::string& mtl) const {
    write("box.mtl", mtl);
    write("box.png", quadrants_png());
    return write("box.obj", obj);
  }
  static ModelPtr good(const ModelFile& file) {
    const auto model = import_model(file);
    EXPECT_TRUE(model) << (model ? "" : core::to_string(model.error()));
    return model.value_or(std::make_shared<const Model>());
  }
  // All problems without the folder, or "fine".
  [[nodiscard]] std::string problems(const std::string& file) const {
    const auto model = import_model({.path = file});
    if (model) return "fine";
    std::string all = core::to_string(model.error());
    const std::string folder = folder_.string() + "/";
    for (std::size_t at = all.find(folder); at != std::string::npos; at = all.find(folder)) {
      all.erase(at, folder.size());
    }
    return all;
  }

  std::filesystem::path folder_;
};

// Lists agree, indices in range, finite, unit normals on the side of the winding, on the ground and
// in the middle.
void expect_sound(const Model& model);

}  // namespace oddroad::asset

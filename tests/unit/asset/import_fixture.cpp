#include "tests/unit/asset/import_fixture.h"

#include <cmath>
#include <cstdio>

#include <jpeglib.h>
#include <spng.h>

namespace oddroad::asset {
namespace {

using math::Vec3f;

struct Side {
  Vec3f normal, right;  // as seen from outside; up completes them
};
constexpr Vec3f kHalf{0.5f, 1.0f, 1.5f};
const Side kSides[] = {{{0, 0, 1}, {1, 0, 0}},  {{0, 0, -1}, {-1, 0, 0}}, {{1, 0, 0}, {0, 0, -1}},
                       {{-1, 0, 0}, {0, 0, 1}}, {{0, 1, 0}, {1, 0, 0}},   {{0, -1, 0}, {1, 0, 0}}};

// Upper left, lower left, lower right, upper right.
const math::Vec2f kCorners[] = {{-1, 1}, {-1, -1}, {1, -1}, {1, 1}};

Vec3f corner(const Side& side, const math::Vec2f& c) {
  const Vec3f up = glm::cross(side.normal, side.right);
  return kHalf * (side.normal + side.right * c.x + up * c.y);
}

template <typename T>
void put(std::string& out, const T& value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

std::string text(const Vec3f& v) {
  return " " + std::to_string(v.x) + " " + std::to_string(v.y) + " " + std::to_string(v.z) + "\n";
}

Json accessor(int view, int component, int count, const char* type) {
  return {{"bufferView", view}, {"componentType", component}, {"count", count}, {"type", type}};
}

Json view(std::size_t offset, std::size_t length) {
  return {{"buffer", 0}, {"byteOffset", offset}, {"byteLength", length}};
}

}  // namespace

BoxFile box_file() {
  BoxFile out;
  std::string normals, uvs, indices;
  std::string obj_uvs, obj_normals, faces;
  for (int s = 0; s < 6; ++s) {
    for (int k = 0; k < 4; ++k) {
      const math::Vec2f uv = (kCorners[k] * math::Vec2f(1, -1) + 1.0f) * 0.5f;
      put(out.binary, corner(kSides[s], kCorners[k]));
      put(normals, kSides[s].normal);
      put(uvs, uv);
      out.obj += "v" + text(corner(kSides[s], kCorners[k]));
      obj_uvs += "vt" + text({uv.x, 1 - uv.y, 0});
      obj_normals += "vn" + text(kSides[s].normal);
    }
    for (const int k : {0, 1, 2, 0, 2, 3}) put(indices, static_cast<std::uint16_t>(4 * s + k));
    faces += "f";
    for (int k = 1; k <= 4; ++k) {
      const std::string i = std::to_string(4 * s + k);
      faces += " " + i + "/" + i + "/" + i;
    }
    faces += "\n";
  }
  out.binary += normals + uvs + indices;
  out.obj = "mtllib box.mtl\n" + out.obj + obj_uvs + obj_normals + "usemtl paint\n" + faces;
  out.mtl = "newmtl paint\nKd 0.8 0.4 0.2\nPr 0.3\nPm 0.25\nmap_Kd box.png\n";
  out.json = {{"asset", {{"version", "2.0"}}},
              {"scene", 0},
              {"scenes", {{{"nodes", {0}}}}},
              {"nodes", {{{"mesh", 0}}}},
              {"meshes", Json::array()},
              {"accessors",
               {accessor(0, 5126, 24, "VEC3"), accessor(1, 5126, 24, "VEC3"),
                accessor(2, 5126, 24, "VEC2"), accessor(3, 5123, 36, "SCALAR")}},
              {"bufferViews", {view(0, 288), view(288, 288), view(576, 192), view(768, 72)}},
              {"buffers", {{{"uri", "box.bin"}, {"byteLength", 840}}}},
              {"images", {{{"uri", "box.png"}}}},
              {"textures", {{{"source", 0}}}}};
  out.json["meshes"].push_back(
      {{"primitives",
        {{{"attributes", {{"POSITION", 0}, {"NORMAL", 1}, {"TEXCOORD_0", 2}}},
          {"indices", 3},
          {"material", 0}}}}});
  out.json["materials"] = {{{"name", "paint"},
                            {"pbrMetallicRoughness",
                             {{"baseColorFactor", {0.8, 0.4, 0.2, 1.0}},
                              {"baseColorTexture", {{"index", 0}}},
                              {"roughnessFactor", 0.3},
                              {"metallicFactor", 0.25}}}}};
  return out;
}

std::string glb_of(const BoxFile& box, const std::string& image) {
  Json json = box.json;
  std::string binary = box.binary;
  if (!image.empty()) {
    json["bufferViews"].push_back(view(binary.size(), image.size()));
    json["images"][0] = {{"bufferView", 4}, {"mimeType", "image/png"}};
    binary += image;
  }
  json["buffers"] = {{{"byteLength", binary.size()}}};
  std::string text = json.dump();
  text.resize((text.size() + 3) / 4 * 4, ' ');
  binary.resize((binary.size() + 3) / 4 * 4);
  std::string out = "glTF";
  put(out, std::uint32_t{2});
  put(out, static_cast<std::uint32_t>(12 + 8 + text.size() + 8 + binary.size()));
  put(out, static_cast<std::uint32_t>(text.size()));
  out += "JSON" + text;
  put(out, static_cast<std::uint32_t>(binary.size()));
  return out + std::string("BIN\0", 4) + binary;
}

std::string data_uri(const std::string& bytes) {
  const char* digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out = "data:application/octet-stream;base64,";
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      const std::uint8_t byte = i + k < bytes.size() ? static_cast<std::uint8_t>(bytes[i + k]) : 0;
      bits = bits << 8 | byte;
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out += i + k > bytes.size() ? '=' : digits[bits >> (18 - 6 * k) & 63];
    }
  }
  return out;
}

std::string quadrants_png() {
  const std::uint8_t pixels[] = {255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255};
  spng_ctx* context = spng_ctx_new(SPNG_CTX_ENCODER);
  spng_set_option(context, SPNG_ENCODE_TO_BUFFER, 1);
  spng_ihdr header{2, 2, 8, SPNG_COLOR_TYPE_TRUECOLOR, 0, 0, 0};
  spng_set_ihdr(context, &header);
  spng_encode_image(context, pixels, sizeof pixels, SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE);
  std::size_t size = 0;
  int error = 0;
  void* bytes = spng_get_png_buffer(context, &size, &error);
  std::string out(static_cast<const char*>(bytes), size);
  std::free(bytes);
  spng_ctx_free(context);
  return out;
}

std::string plain_jpeg(std::uint8_t r, std::uint8_t g, std::uint8_t b) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &bytes, &size);
  info.image_width = info.image_height = 8;
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, 95, TRUE);
  jpeg_start_compress(&info, TRUE);
  std::vector<std::uint8_t> line;
  for (int i = 0; i < 8; ++i) line.insert(line.end(), {r, g, b});
  JSAMPROW row = line.data();
  while (info.next_scanline < info.image_height) jpeg_write_scanlines(&info, &row, 1);
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  std::string out(reinterpret_cast<const char*>(bytes), size);
  std::free(bytes);
  return out;
}

void expect_sound(const Model& model) {
  ASSERT_EQ(model.parts.size(), 1u);
  const math::TriangleMesh& mesh = *model.parts[0].mesh;
  ASSERT_GT(mesh.triangles.size(), 0u);
  ASSERT_EQ(mesh.normals.size(), mesh.positions.size());
  ASSERT_EQ(mesh.uvs.size(), mesh.positions.size());
  ASSERT_EQ(mesh.material.size(), mesh.triangles.size());
  for (std::size_t t = 0; t < mesh.triangles.size(); ++t) {
    const auto& [a, b, c] = mesh.triangles[t];
    ASSERT_LT(std::max({a, b, c}), mesh.positions.size());
    ASSERT_LT(mesh.material[t], model.materials.size());
  }
  for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
    ASSERT_TRUE(std::isfinite(glm::dot(mesh.positions[i], Vec3f(1))));
    ASSERT_TRUE(std::isfinite(mesh.uvs[i].x + mesh.uvs[i].y));
    ASSERT_NEAR(glm::length(mesh.normals[i]), 1.0f, 1e-4f);
  }
  for (const Material& material : model.materials) {
    ASSERT_LT(material.texture, static_cast<std::int32_t>(model.textures.size()));
  }
  EXPECT_NEAR(model.box.lower.z, 0, 1e-6);
  EXPECT_NEAR(model.box.centre().x, 0, 1e-4 * model.length_m());
  EXPECT_NEAR(model.box.centre().y, 0, 1e-4 * model.width_m());
  EXPECT_EQ(model.box, model.parts[0].mesh->bounds());
}

}  // namespace oddroad::asset

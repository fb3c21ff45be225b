// Wavefront OBJ: checked line by line and rewritten for the importer, one group of faces a
// material.
#include <charconv>
#include <filesystem>

#include "engine/asset/mesh_source.h"
#include "engine/asset/mtl_library.h"
#include "engine/asset/text_lines.h"

namespace oddroad::asset {
namespace {

// The importer cuts polygons into triangles in a time that grows with the square of the corners.
constexpr std::size_t kMaxCorners = 500;
constexpr std::size_t kNoMaterial = SIZE_MAX;

void append_number(std::string& out, float value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  out.append(" ").append(buffer, end);
}

struct Corner {
  long long position = 0, uv = 0, normal = 0;  // from 1; 0: none
};

class ObjReader {
 public:
  ObjReader(const std::string& text, SourceFolder& folder) : lines_(text), folder_(folder) {}

  core::Result<MeshSource> run() {
    while (lines_.next() && problems_.items().size() < kMaxProblems) read_line();
    if (triangles_ == 0 && !problems_.has_errors()) {
      problems_.error({folder_.model_path()}, "there are no triangles in it");
    }
    if (triangles_ > kMaxImportTriangles) {
      problems_.error(
          {folder_.model_path()},
          "a model has at most 5 million triangles, this one has " + std::to_string(triangles_));
    }
    if (problems_.has_errors()) return tl::unexpected(problems_);
    return copy();
  }

 private:
  void read_line() {
    const std::string_view key = lines_.word(0);
    if (key == "v") read_numbers(3, 3, positions_);
    if (key == "vt") read_numbers(1, 2, uvs_);
    if (key == "vn") read_numbers(3, 3, normals_);
    if (key == "f" || key == "fo") read_face();
    if (key == "mtllib") read_libraries();
    if (key == "usemtl") use_material();
  }

  // Lines of at least `least` numbers, of which `kept` go into the copy.
  struct Vectors {
    const char* key;
    long long count = 0;
    std::string text;
  };
  void read_numbers(std::size_t least, std::size_t kept, Vectors& out) {
    out.text += out.key;
    for (std::size_t i = 1; i <= kept; ++i) {
      const bool given = i <= least || i < lines_.words().size();
      const auto value = given ? float_from(lines_.word(i)) : 0.0f;
      if (!value) {
        problem(lines_.word(i).empty()
                    ? std::string(out.key) + ": a number is missing"
                    : "'" + std::string(lines_.word(i)) + "' is not a finite number");
        return;
      }
      append_number(out.text, *value);
    }
    out.text += "\n";
    ++out.count;
  }

  void read_face() {
    const std::size_t corners = lines_.words().size() - 1;
    if (corners < 3 || corners > kMaxCorners) {
      problem("a face has 3 to 500 corners, this one has " + std::to_string(corners));
      return;
    }
    std::vector<Corner> face;
    bool has_uvs = true, has_normals = true;
    for (std::size_t i = 1; i <= corners; ++i) {
      const auto corner = read_corner(lines_.word(i));
      if (!corner) return;
      has_uvs &= corner->uv != 0;
      has_normals &= corner->normal != 0;
      face.push_back(*corner);
    }
    triangles_ += corners - 2;
    std::string& out = faces_of_current();
    out += "f";
    for (const Corner& corner : face) {
      out += " " + std::to_string(corner.position);
      if (has_uvs || has_normals) out += "/";
      if (has_uvs) out += std::to_string(corner.uv);
      if (has_normals) out += "/" + std::to_string(corner.normal);
    }
    out += "\n";
  }

  // "position", "position/uv", "position//normal" or all three; negative ones count back.
  std::optional<Corner> read_corner(std::string_view word) {
    Corner out;
    const std::pair<long long*, const Vectors*> fields[] = {
        {&out.position, &positions_}, {&out.uv, &uvs_}, {&out.normal, &normals_}};
    std::string_view rest = word;
    for (const auto& [index, vectors] : fields) {
      const std::string_view field = rest.substr(0, rest.find('/'));
      rest.remove_prefix(std::min(field.size() + 1, rest.size()));
      if (field.empty() && vectors != &positions_) continue;
      const auto value = whole_from(field);
      *index = value.value_or(0) < 0 ? *value + vectors->count + 1 : value.value_or(0);
      if (value && *index >= 1 && *index <= vectors->count) continue;
      problem("face corner '" + std::string(word) + "': there is no " + vectors->key + " '" +
              std::string(field) + "' among the " + std::to_string(vectors->count) + " before it");
      return std::nullopt;
    }
    if (rest.empty()) return out;
    problem("'" + std::string(word) + "' is no face corner");
    return std::nullopt;
  }

  void read_libraries() {
    // One name with spaces, or several.
    std::vector<std::string> names = {lines_.from_word(1)};
    if (!folder_.has(names[0]) && lines_.words().size() > 2) {
      names.assign(lines_.words().begin() + 1, lines_.words().end());
    }
    for (const std::string& name : names) {
      const core::SourceLocation here = {folder_.model_path(), lines_.number(), 0};
      const auto text = folder_.read(name, "material library", here);
      const auto file = std::filesystem::path(folder_.model_path()).parent_path() / name;
      auto library = text ? read_mtl(*text, file.string()) : core::forward_error(text);
      if (!library) {
        problems_.append(library.error());
        continue;
      }
      has_library_ = true;
      for (MtlMaterial& material : *library) {
        const auto folder = std::filesystem::path(name).parent_path();
        if (!material.texture.empty()) material.texture = (folder / material.texture).string();
        library_.push_back(std::move(material));
      }
    }
  }

  void use_material() {
    const std::string name = lines_.from_word(1);
    for (current_ = 0; current_ < library_.size(); ++current_) {
      if (library_[current_].material.name == name) return;
    }
    current_ = kNoMaterial;
    // Without any library the file is simply grey.
    if (has_library_) problem("no material library has '" + name + "'");
  }

  std::string& faces_of_current() {
    for (auto& [material, text] : faces_) {
      if (material == current_) return text;
    }
    return faces_.emplace_back(current_, std::string()).second;
  }

  core::Result<MeshSource> copy() {
    MeshSource out;
    out.entry = "model.obj";
    std::string& obj = out.files[out.entry];
    std::string& mtl = out.files["model.mtl"];
    obj = "mtllib model.mtl\n" + positions_.text + uvs_.text + normals_.text;
    for (const auto& [material, faces] : faces_) {
      const std::string name = std::to_string(out.materials.size());
      mtl += "newmtl " + name + "\nKd 1 1 1\n";
      obj += "usemtl " + name + "\n" + faces;
      out.materials.push_back(finished_material(material));
    }
    if (problems_.has_errors()) return tl::unexpected(problems_);
    return out;
  }

  Material finished_material(std::size_t index) {
    if (index == kNoMaterial) return Material{.name = "default"};
    const MtlMaterial& entry = library_[index];
    Material out = entry.material;
    if (entry.texture.empty()) return out;
    const auto texture = folder_.texture_file(entry.texture, entry.texture_where);
    if (texture) out.texture = *texture;
    if (!texture) problems_.append(texture.error());
    return out;
  }

  void problem(const std::string& what) {
    problems_.error({folder_.model_path(), lines_.number(), 0}, what);
  }

  TextLines lines_;
  SourceFolder& folder_;
  core::Diagnostics problems_;
  Vectors positions_{"v"}, uvs_{"vt"}, normals_{"vn"};
  std::vector<std::pair<std::size_t, std::string>> faces_;  // by material, in order of first use
  std::vector<MtlMaterial> library_;
  bool has_library_ = false;
  std::size_t current_ = kNoMaterial;
  std::uint64_t triangles_ = 0;
};

}  // namespace

core::Result<MeshSource> read_obj(const std::string& text, SourceFolder& folder) {
  if (text.find('\0') != text.npos) {
    return core::fail_at({folder.model_path()}, "this is not a text file");
  }
  return ObjReader(text, folder).run();
}

}  // namespace oddroad::asset

#include "engine/asset/model_description.h"

#include <filesystem>

#include "engine/core/map_reader.h"
#include "engine/core/paths.h"

namespace oddroad::asset {
namespace {

namespace fs = std::filesystem;

constexpr double kMostScale = 1e6;

class DescriptionReader {
 public:
  DescriptionReader(const core::YamlNode& root, std::string path)
      : path_(std::move(path)), root_(root), reader_(root, "model description", problems_) {}

  core::Result<ModelDescription> run() {
    if (reader_.required_integer("schema").value_or(1) != 1) {
      problems_.error(root_.find("schema")->location(), "this is schema 1");
    }
    file();
    out_.what = reader_.text("what").value_or("");
    out_.licence = reader_.text("licence").value_or("");
    out_.class_where = {path_, 0, 0};
    if (const auto* node = reader_.optional("class")) out_.class_where = node->location();
    out_.model.class_name = reader_.text("class").value_or("unknown");
    out_.model.up_axis = reader_.word("up", {"y", "z"}).value_or("y")[0];
    out_.model.scale = number(reader_, root_, "scale", 1 / kMostScale, kMostScale).value_or(1);
    out_.model.reflectance_905nm = number(reader_, root_, "reflectance", 0, 1).value_or(0.4);
    if (const auto* materials = reader_.optional("materials")) {
      if (!materials->is_map()) {
        problems_.error(materials->location(),
                        "materials: expected a map by name, found " + materials->describe());
      }
      for (const core::YamlEntry& entry : materials->entries()) material(entry);
    }
    reader_.finish();
    if (problems_.has_errors()) return tl::unexpected<core::Diagnostics>(problems_);
    return std::move(out_);
  }

 private:
  void file() {
    const auto name = reader_.required_text("file");
    if (!name) return;
    const core::SourceLocation where = root_.find("file")->location();
    const auto found = core::resolve_path(*name, path_, {}, where);
    if (found && is_description(*found)) {
      problems_.error(where, "file: a description of a description",
                      "name a .gltf, .glb or .obj file");
    } else if (found) {
      out_.model.path = *found;
    } else {
      problems_.append(found.error());
    }
  }

  // A bare number or a percentage, held to limits.
  std::optional<double> number(core::MapReader& reader, const core::YamlNode& map, const char* key,
                               double least, double most) {
    const auto value = reader.quantity(key, core::kNumber);
    if (!value || (*value >= least && *value <= most)) return value;
    problems_.error(map.find(key)->location(),
                    std::string(key) + " is " + core::format_quantity(*value, core::kNumber) +
                        ", expected " + core::format_quantity(least, core::kNumber) + " to " +
                        core::format_quantity(most, core::kNumber));
    return std::nullopt;
  }

  void material(const core::YamlEntry& entry) {
    core::MapReader reader(entry.value, "material '" + entry.key + "'", problems_);
    MaterialChange change;
    change.name = entry.key;
    change.where = entry.where;
    change.reflectance_905nm = number(reader, entry.value, "reflectance", 0, 1);
    change.retro_905nm = number(reader, entry.value, "retro", 0, 1000);
    change.roughness = number(reader, entry.value, "roughness", 0, 1);
    change.metallic = number(reader, entry.value, "metallic", 0, 1);
    if (const auto* color = reader.optional("color")) change.color = read_color(*color);
    reader.finish();
    out_.materials.push_back(std::move(change));
  }

  // Linear reflectance per channel.
  std::optional<math::Vec3f> read_color(const core::YamlNode& node) {
    math::Vec3f out(0);
    bool fine = node.items().size() == 3;
    for (int c = 0; fine && c < 3; ++c) {
      const auto channel = node.items()[static_cast<std::size_t>(c)].as_double();
      fine = channel && *channel >= 0 && *channel <= 1;
      if (fine) out[c] = static_cast<float>(*channel);
    }
    if (fine) return out;
    problems_.error(node.location(),
                    "color: expected [red, green, blue] from 0 to 1, found " + node.describe());
    return std::nullopt;
  }

  std::string path_;
  const core::YamlNode& root_;
  core::Diagnostics problems_;
  core::MapReader reader_;
  ModelDescription out_;
};

}  // namespace

bool is_description(const std::string& path) {
  const std::string ending = fs::path(path).extension().string();
  return ending == ".yaml" || ending == ".yml";
}

core::Result<ModelDescription> load_description(const std::string& path) {
  const auto root = core::load_yaml(path);
  if (!root) return core::forward_error(root);
  return DescriptionReader(*root, path).run();
}

}  // namespace oddroad::asset

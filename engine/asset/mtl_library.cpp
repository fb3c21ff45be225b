#include "engine/asset/mtl_library.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/mesh_source.h"
#include "engine/asset/text_lines.h"

namespace oddroad::asset {
namespace {

constexpr float kMattRoughness = 0.9f;

class MtlReader {
 public:
  MtlReader(std::string_view text, const std::string& file) : lines_(text), file_(file) {}

  core::Result<std::vector<MtlMaterial>> run() {
    while (lines_.next() && problems_.items().size() < kMaxProblems) {
      const std::string_view key = lines_.word(0);
      if (key == "newmtl") {
        finish_material();
        out_.emplace_back();
        out_.back().material.name = lines_.from_word(1);
      } else if (!out_.empty()) {
        read_line(key, out_.back());
      }
    }
    finish_material();
    if (problems_.has_errors()) return tl::unexpected(problems_);
    return std::move(out_);
  }

 private:
  void read_line(std::string_view key, MtlMaterial& out) {
    if (key == "Kd") out.material.base_color = color();
    if (key == "Ks") {
      const math::Vec3f c = color();
      shine_ = std::max({c.x, c.y, c.z});
    }
    if (key == "Ns") exponent_ = number(lines_.word(1));
    if (key == "Pr") roughness_ = std::clamp(number(lines_.word(1)), 0.0f, 1.0f);
    if (key == "Pm") out.material.metallic = std::clamp(number(lines_.word(1)), 0.0f, 1.0f);
    if (key == "map_Kd") read_texture(out);
  }

  // "spectral" and "xyz" colours are taken for the default.
  math::Vec3f color() {
    if (lines_.word(1) == "spectral" || lines_.word(1) == "xyz") return math::Vec3f(0.5f);
    math::Vec3f out(number(lines_.word(1)));
    if (lines_.words().size() > 2) out.y = number(lines_.word(2));
    if (lines_.words().size() > 2) out.z = number(lines_.word(3));
    return glm::clamp(out, 0.0f, 1.0f);
  }

  float number(std::string_view word) {
    const auto value = float_from(word);
    if (!value) problem("expected a number, found '" + std::string(word) + "'");
    return value.value_or(0);
  }

  // map_Kd [-option value...]... file name
  void read_texture(MtlMaterial& out) {
    std::size_t at = 1;
    while (lines_.word(at).starts_with('-') && at + 1 < lines_.words().size()) {
      const std::string_view option = lines_.word(at++);
      const bool moves = option == "-o" || option == "-s" || option == "-t";
      const std::size_t most = moves ? 3 : option == "-mm" ? 2 : 1;
      for (std::size_t k = 0; k < most && at + 1 < lines_.words().size(); ++k, ++at) {
        const auto value = float_from(lines_.word(at));
        if (!value && most > 1) break;  // two of three may be left out
        if (moves && *value != (option == "-s" ? 1.0f : 0.0f)) {
          problem("textures cannot be moved or scaled with " + std::string(option));
        }
      }
    }
    out.texture = lines_.from_word(at);
    std::replace(out.texture.begin(), out.texture.end(), '\\', '/');
    out.texture_where = {file_, lines_.number(), 0};
    if (out.texture.empty()) problem("map_Kd names no file");
  }

  // A Phong exponent n is about as wide as a microfacet lobe of alpha^2 = 2 / (n + 2) (Walter et
  // al., "Microfacet models for refraction through rough surfaces", 2007); roughness is the root of
  // alpha.
  void finish_material() {
    if (out_.empty()) return;
    float& roughness = out_.back().material.roughness;
    roughness = kMattRoughness;
    if (shine_ > 0) roughness = std::pow(2.0f / (std::max(exponent_, 0.0f) + 2.0f), 0.25f);
    if (roughness_ >= 0) roughness = roughness_;
    shine_ = exponent_ = 0;
    roughness_ = -1;
  }

  void problem(const std::string& what) { problems_.error({file_, lines_.number(), 0}, what); }

  TextLines lines_;
  std::string file_;
  std::vector<MtlMaterial> out_;
  core::Diagnostics problems_;
  float shine_ = 0;
  float exponent_ = 0;
  float roughness_ = -1;  // not given
};

}  // namespace

core::Result<std::vector<MtlMaterial>> read_mtl(std::string_view text, const std::string& file) {
  return MtlReader(text, file).run();
}

}  // namespace oddroad::asset

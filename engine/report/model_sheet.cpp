#include "engine/report/model_sheet.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "engine/report/mosaic.h"
#include "sensors/camera/color.h"

namespace oddroad::report {
namespace {

using ModelPtr = std::shared_ptr<const asset::Model>;
using Radiance = capture::Image<math::Vec3f>;

constexpr int kWidth_px = 560, kHeight_px = 420;
constexpr double kFieldOfView_rad = 0.45;  // long, so that sides stay parallel
constexpr float kFloorGrey = 0.5f;         // linear, of a display

struct Side {
  const char* name;
  math::Vec3d from;  // direction from the model to the eye
};
const Side kThreeQuarter = {"front three-quarter", {1, 0.75, 0.42}};
const Side kSides[] = {kThreeQuarter,
                       {"front", {1, 0, 0.1}},
                       {"side (left)", {0, 1, 0.1}},
                       {"rear", {-1, 0, 0.1}},
                       {"above (forward is up)", {-0.02, 0, 1}}};

// Some 5 to 15 steps along the model.
double grid_step(const math::Aabb& box) {
  const double length = std::max({box.size().x, box.size().y, box.size().z});
  const double decade = std::pow(10, std::floor(std::log10(std::max(length, 1e-3) / 5)));
  const double share = length / 5 / decade;
  return decade * (share < 2 ? 1 : share < 5 ? 2 : 5);
}

scene::CameraView view_from(const Side& side, const math::Aabb& box) {
  const math::Vec3d away = glm::normalize(side.from);
  const math::Vec3d right = glm::normalize(glm::cross(math::Vec3d(0, 0, 1), away));
  const math::Vec3d up = glm::cross(away, right);
  // Near enough that the box fills the picture: its corners decide.
  const double focal = 0.5 * kWidth_px / std::tan(0.5 * kFieldOfView_rad);
  double distance = 0;
  for (int k = 0; k < 8; ++k) {
    const math::Vec3d sign((k & 1) ? .5 : -.5, (k & 2) ? .5 : -.5, (k & 4) ? .5 : -.5);
    const math::Vec3d corner = sign * box.size();
    const double side_need = std::abs(glm::dot(corner, right)) * focal / (0.44 * kWidth_px);
    const double up_need = std::abs(glm::dot(corner, up)) * focal / (0.42 * kHeight_px);
    distance = std::max(distance, glm::dot(corner, away) + std::max(side_need, up_need));
  }
  scene::CameraView view;
  view.camera = {kWidth_px, kHeight_px, focal, focal, 0.5 * kWidth_px, 0.5 * kHeight_px};
  view.T_world_camera.linear = glm::dmat3(right, -up, -away);
  view.T_world_camera.translation = box.centre() + away * distance;
  return view;
}

class Shoot {
 public:
  Shoot(std::vector<ModelPtr> models, const ModelStudio& studio)
      : box_(bounds_of(models)),
        grid_m_(grid_step(box_)),
        window_(model_scene(models, grid_m_)),
        caster_(studio.rays.create(window_)),
        studio_(studio) {}

  core::Result<Picture> picture(const Side& side) {
    const scene::CameraView view = view_from(side, box_);
    const auto record = caster_->record(view);
    const auto radiance = camera::radiance_image(window_, view, *caster_, record, studio_.shading);
    if (!radiance) return core::forward_error(radiance);
    if (gain_ == math::Vec3f(0)) gain_ = floor_gain(*radiance, record);
    Picture out(kWidth_px, kHeight_px);
    for (std::size_t i = 0; i < out.pixels.size(); ++i) {
      out.pixels[i] = developed(radiance->pixels[i] * gain_);
    }
    return out;
  }
  [[nodiscard]] const math::Aabb& box() const { return box_; }
  [[nodiscard]] double grid_m() const { return grid_m_; }

 private:
  // The floor is the last thing of the window. Its upper quartile lies outside of all shadows.
  [[nodiscard]] math::Vec3f floor_gain(const Radiance& radiance,
                                       const scene::VisibilityRecord& record) const {
    math::Vec3f gain(0);
    for (int c = 0; c < 3; ++c) {
      std::vector<float> values;
      for (std::size_t i = 0; i < radiance.pixels.size(); ++i) {
        if (record.drawable[i] == window_.drawables.size()) values.push_back(radiance.pixels[i][c]);
      }
      if (values.empty()) return math::Vec3f(1e-4f);
      const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() * 3 / 4);
      std::nth_element(values.begin(), at, values.end());
      gain[c] = kFloorGrey / std::max(*at, 1e-6f);
    }
    return gain;
  }

  static Rgb8 developed(const math::Vec3f& linear) {
    Rgb8 out;
    for (int c = 0; c < 3; ++c) {
      const float x = std::clamp(linear[c], 0.f, 1.f);
      const float code = x <= 0.0031308f ? 12.92f * x : 1.055f * std::pow(x, 1 / 2.4f) - 0.055f;
      out[c] = static_cast<std::uint8_t>(std::lround(255 * code));
    }
    return out;
  }

  math::Aabb box_;
  double grid_m_;
  world::SceneWindow window_;
  std::unique_ptr<scene::RayCaster> caster_;
  const ModelStudio& studio_;
  math::Vec3f gain_{0};
};

std::string printed(const char* format, double a, double b = 0, double c = 0) {
  char text[96];
  std::snprintf(text, sizeof text, format, a, b, c);
  return text;
}

std::vector<std::string> material_lines(const ModelPtr& model) {
  std::vector<std::string> out;
  for (const asset::Material& material : model->materials) {
    std::string line = "  " + material.name;
    line.resize(std::max<std::size_t>(line.size(), 26), ' ');
    line += printed("%3.0f %% at 905 nm", 100.0 * material.reflectance_905nm);
    if (material.retro_905nm > 0) line += printed(", retro %.0f", material.retro_905nm);
    if (std::find(out.begin(), out.end(), line) == out.end()) out.push_back(line);
  }
  return out;
}

Picture text_panel(const SheetText& text, const std::vector<ModelPtr>& models, const Shoot& shoot) {
  const math::Vec3d size = shoot.box().size();
  std::vector<std::string> lines = {printed("%.2f x %.2f x %.2f m", size.x, size.y, size.z) +
                                    printed("   grid %g m", shoot.grid_m())};
  lines.insert(lines.end(), text.lines.begin(), text.lines.end());
  for (const ModelPtr& model : models) {
    std::size_t triangles = 0;
    for (const asset::Part& part : model->parts) triangles += part.mesh->triangle_count();
    lines.push_back(model->name + " (" + model->class_name + "): " + std::to_string(triangles) +
                    " triangles, " + std::to_string(model->parts.size()) + " parts");
    const auto materials = material_lines(model);
    lines.insert(lines.end(), materials.begin(), materials.end());
  }
  Picture panel(kWidth_px, kHeight_px, Rgb8(24));
  draw_text(panel, 12, 12, text.name, Rgb8(245), 2);
  int y = 40;
  const auto letters = static_cast<std::size_t>((kWidth_px - 24) / text_width("m"));
  for (const std::string& line : lines) {
    for (std::size_t at = 0; at == 0 || at < line.size(); at += letters) {
      if (y + text_height() > kHeight_px) return panel;
      draw_text(panel, 12, y, line.substr(at, letters), Rgb8(200));
      y += text_height() + 2;
    }
  }
  return panel;
}

}  // namespace

core::Result<Picture> turntable_sheet(const asset::ModelRequest& request, const SheetText& text,
                                      const ModelStudio& studio) {
  const auto models = models_of(request);
  if (!models) return core::forward_error(models);
  Shoot shoot(*models, studio);
  std::vector<Tile> tiles;
  for (const Side& side : kSides) {
    auto picture = shoot.picture(side);
    if (!picture) return picture;
    tiles.push_back({side.name, std::move(*picture)});
  }
  tiles.push_back({"", text_panel(text, *models, shoot)});
  return mosaic(tiles, 3, kWidth_px);
}

core::Result<Picture> seed_sheet(asset::ModelRequest request, std::uint64_t first,
                                 std::uint64_t last, const ModelStudio& studio) {
  std::vector<Tile> tiles;
  for (request.seed = first;; ++request.seed) {
    const auto models = models_of(request);
    if (!models) return core::forward_error(models);
    auto picture = Shoot(*models, studio).picture(kThreeQuarter);
    if (!picture) return picture;
    tiles.push_back({"seed " + std::to_string(request.seed), std::move(*picture)});
    if (request.seed == last) break;
  }
  return mosaic(tiles, std::min<int>(4, static_cast<int>(tiles.size())), kWidth_px * 3 / 4);
}

}  // namespace oddroad::report

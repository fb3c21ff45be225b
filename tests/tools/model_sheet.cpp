#include "tests/tools/model_sheet.h"

#include <cmath>
#include <cstdio>
#include <limits>

#include <spng.h>

#include "render/cast/embree_scene.h"
#include "tests/tools/sheet_marks.h"

namespace oddroad::tools {

using math::Vec3d;
using math::Vec3f;

namespace {

bool write_png(const std::string& path, int w, int h, const std::vector<unsigned char>& rgb) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (!file) return false;
  spng_ctx* ctx = spng_ctx_new(SPNG_CTX_ENCODER);
  spng_set_png_file(ctx, file);
  spng_ihdr ihdr{};
  ihdr.width = w;
  ihdr.height = h;
  ihdr.bit_depth = 8;
  ihdr.color_type = SPNG_COLOR_TYPE_TRUECOLOR;
  spng_set_ihdr(ctx, &ihdr);
  const int rc = spng_encode_image(ctx, rgb.data(), rgb.size(), SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE);
  spng_ctx_free(ctx);
  std::fclose(file);
  return rc == 0;
}

Vec3f sky(const Vec3d& d) {
  const float t = static_cast<float>(std::clamp(d.z, 0.0, 1.0));
  return glm::mix(Vec3f(0.75f, 0.8f, 0.85f), Vec3f(0.25f, 0.45f, 0.8f), t);
}

struct Surface {
  Vec3d point{0};
  Vec3d normal{0};
  const asset::Material* material = nullptr;
  Vec3f color{0};
};

Surface surface_of(const world::SceneWindow& window, const scene::RayBatch& rays,
                   const scene::RayHits& hits, std::size_t i) {
  Surface out;
  if (hits.drawable[i] == 0) return out;
  const world::Drawable& d = window.drawables[hits.drawable[i] - 1];
  const auto& tri = d.mesh->triangles[hits.triangle[i]];
  const math::Affine3d T = math::to_double(d.T_world_mesh[0]);
  const auto& positions = d.steps.empty() ? d.mesh->positions : d.steps[0]->positions;
  const auto& normals = d.steps.empty() ? d.mesh->normals : d.steps[0]->normals;
  const Vec3d origin(rays.origin_x[i], rays.origin_y[i], rays.origin_z[i]);
  const Vec3d dir(rays.direction_x[i], rays.direction_y[i], rays.direction_z[i]);
  out.point = origin + dir * static_cast<double>(hits.t[i]);
  const Vec3d a = T.point(Vec3d(positions[tri[0]]));
  const Vec3d b = T.point(Vec3d(positions[tri[1]]));
  const Vec3d c = T.point(Vec3d(positions[tri[2]]));
  const Vec3d face = glm::cross(b - a, c - a);
  const double area2 = glm::dot(face, face);
  const double u = glm::dot(glm::cross(out.point - a, c - a), face) / area2;
  const double v = glm::dot(glm::cross(b - a, out.point - a), face) / area2;
  const Vec3f n = normals[tri[0]] * static_cast<float>(1 - u - v) +
                  normals[tri[1]] * static_cast<float>(u) + normals[tri[2]] * static_cast<float>(v);
  out.normal = glm::normalize(T.vector(Vec3d(n)));
  if (glm::dot(face, dir) > 0 && glm::dot(out.normal, dir) > 0) out.normal = -out.normal;
  out.point += glm::normalize(face) * (glm::dot(face, dir) > 0 ? -1e-3 : 1e-3);
  out.material = &d.model->materials[d.mesh->material[hits.triangle[i]]];
  out.color = out.material->base_color;
  if (out.material->texture >= 0) {
    const math::Vec2f uv = d.mesh->uvs[tri[0]] * static_cast<float>(1 - u - v) +
                           d.mesh->uvs[tri[1]] * static_cast<float>(u) +
                           d.mesh->uvs[tri[2]] * static_cast<float>(v);
    const asset::Texture& t = d.model->textures[static_cast<std::size_t>(out.material->texture)];
    const auto texel = [](float at, std::uint32_t size) {
      return static_cast<std::size_t>(std::clamp(at, 0.f, .9999f) * static_cast<float>(size));
    };
    const std::size_t at = 4 * (texel(uv.y, t.height_px) * t.width_px + texel(uv.x, t.width_px));
    out.color *= asset::linear_from_srgb(t.rgba[at], t.rgba[at + 1], t.rgba[at + 2]);
  }
  return out;
}

// Rays that met a clear pane go on to what lies behind, dimmed.
void look_through_panes(const world::SceneWindow& window, const scene::RayCaster& caster,
                        scene::RayBatch& rays, scene::RayHits& hits, std::vector<Vec3f>& tint) {
  for (int pane = 0; pane < 5; ++pane) {
    for (std::size_t i = 0; i < rays.size(); ++i) {
      if (hits.drawable[i] == 0) continue;
      const world::Drawable& d = window.drawables[hits.drawable[i] - 1];
      const Vec3f& clear = d.model->materials[d.mesh->material[hits.triangle[i]]].transmission;
      if (clear == Vec3f(0)) continue;
      tint[i] *= clear;
      const float t = hits.t[i] + 0.002f;
      rays.origin_x[i] += rays.direction_x[i] * t;
      rays.origin_y[i] += rays.direction_y[i] * t;
      rays.origin_z[i] += rays.direction_z[i] * t;
    }
    caster.intersect(rays, scene::RayKind::kShadow, false, hits);
  }
}

std::vector<Vec3f> render(const world::SceneWindow& window, const scene::RayCaster& caster,
                          const SheetView& view, int w, int h) {
  const auto [forward, right, up] = ViewAxes(view);
  const double scale = 2 * std::tan(view.fov_deg * M_PI / 360) / w;
  constexpr int kAa = 2;
  const std::size_t n = static_cast<std::size_t>(w) * h * kAa * kAa;
  scene::RayBatch rays;
  rays.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    const int s = static_cast<int>(i % (kAa * kAa));
    const int p = static_cast<int>(i / (kAa * kAa));
    const double x = (p % w + (s % kAa + 0.5) / kAa - w / 2.0) * scale;
    const double y = (p / w + (s / kAa + 0.5) / kAa - h / 2.0) * scale;
    rays.set(i, view.eye, forward + right * x - up * y, window.begin_ns,
             std::numeric_limits<float>::infinity());
  }
  scene::RayHits hits;
  caster.intersect(rays, scene::RayKind::kShadow, true, hits);
  std::vector<Vec3f> tint(n, Vec3f(1));
  look_through_panes(window, caster, rays, hits, tint);
  const Vec3d sun = glm::normalize(Vec3d(0.45, 0.55, 0.8));
  constexpr int kSky = 8;
  scene::RayBatch shadow;
  shadow.resize(n * (kSky + 1));
  std::vector<Surface> surfaces(n);
  for (std::size_t i = 0; i < n; ++i) {
    surfaces[i] = surface_of(window, rays, hits, i);
    const Surface& s = surfaces[i];
    shadow.set(i * (kSky + 1), s.point, sun, window.begin_ns, 200.f);
    for (int k = 0; k < kSky; ++k) {
      const double phi = 2 * M_PI * (k + 0.618 * (i % 7)) / kSky;
      const double r = std::sqrt((k + 0.5) / kSky);
      const Vec3d t = glm::normalize(
          glm::cross(s.normal, std::abs(s.normal.z) < 0.9 ? Vec3d(0, 0, 1) : Vec3d(1, 0, 0)));
      const Vec3d d = s.material
                          ? s.normal * std::sqrt(1 - r * r) +
                                (t * std::cos(phi) + glm::cross(s.normal, t) * std::sin(phi)) * r
                          : sun;
      shadow.set(i * (kSky + 1) + 1 + k, s.point, d, window.begin_ns, 3.f);
    }
  }
  std::vector<std::uint8_t> dark;
  caster.occluded(shadow, scene::RayKind::kShadow, false, dark);
  std::vector<Vec3f> image(static_cast<std::size_t>(w) * h, Vec3f(0));
  for (std::size_t i = 0; i < n; ++i) {
    const Vec3d dir =
        glm::normalize(Vec3d(rays.direction_x[i], rays.direction_y[i], rays.direction_z[i]));
    Vec3f color = sky(dir);
    const Surface& s = surfaces[i];
    if (s.material) {
      const asset::Material& m = *s.material;
      float ambient = 0;
      for (int k = 0; k < kSky; ++k) ambient += dark[i * (kSky + 1) + 1 + k] ? 0.f : 1.f / kSky;
      const float lit =
          dark[i * (kSky + 1)] ? 0.f : std::max(0.f, static_cast<float>(glm::dot(sun, s.normal)));
      const Vec3f base = m.glass > 0 ? Vec3f(0.02f) : s.color;
      color = m.emission_cd_m2 / 12000.f +
              base * (lit * 1.8f * Vec3f(1, 0.95f, 0.85f) + ambient * sky(s.normal) * 0.7f);
      const float f0 = m.metallic > 0 ? 0.5f * m.metallic : 0.04f;
      const float gloss = std::max({m.clearcoat, m.glass, 1 - m.roughness});
      const float cosine = std::clamp(static_cast<float>(-glm::dot(dir, s.normal)), 0.f, 1.f);
      const float fresnel = f0 + (1 - f0) * std::pow(1 - cosine, 5.f);
      const Vec3d mirrored = glm::reflect(dir, s.normal);
      color += fresnel * gloss * ambient * (mirrored.z > 0 ? sky(mirrored) : Vec3f(0.12f));
    }
    color = color * tint[i] + (Vec3f(1) - tint[i]) * Vec3f(0.05f);
    image[i / (kAa * kAa)] += color / static_cast<float>(kAa * kAa);
  }
  return image;
}

}  // namespace

ViewAxes::ViewAxes(const SheetView& view) : forward(glm::normalize(view.target - view.eye)) {
  const Vec3d up_hint = std::abs(forward.z) > 0.99 ? Vec3d(1, 0, 0) : Vec3d(0, 0, 1);
  right = glm::normalize(glm::cross(forward, up_hint));
  up = glm::cross(right, forward);
}

void place(world::SceneWindow& window, std::shared_ptr<const asset::Model> model,
           const math::Affine3d& T_world_model, const asset::Articulation& articulation) {
  for (const asset::Part& part : model->parts) {
    world::Drawable d;
    d.instance = core::InstanceId(static_cast<std::uint16_t>(window.drawables.size() + 1));
    d.role = part.role;
    d.model = model;
    d.mesh = part.mesh.get();
    d.T_world_mesh = {
        math::to_float(T_world_model * asset::open_door(part, articulation.door_rad))};
    if (part.role == asset::PartRole::kSkin && model->deformer) {
      auto step = std::make_shared<world::DeformedStep>();
      model->deformer->deform(articulation, step->positions, step->normals);
      d.steps = {step};
    }
    window.drawables.push_back(std::move(d));
  }
}

void place_ground(world::SceneWindow& window) {
  auto mesh = std::make_shared<math::TriangleMesh>();
  mesh->add_quad({-300, -300, 0}, {300, -300, 0}, {300, 300, 0}, {-300, 300, 0}, 0);
  auto model = std::make_shared<asset::Model>();
  model->materials.resize(1);
  model->materials[0].base_color = Vec3f(0.18f);
  model->materials[0].roughness = 1;
  model->parts.push_back({"ground", asset::PartRole::kBody, mesh, {}, 0, false});
  place(window, model, {});
}

bool write_views(const world::SceneWindow& window, const std::vector<SheetView>& views,
                 int width_px, int height_px, int columns, const std::string& png,
                 const std::vector<SheetMark>& marks) {
  auto factory = cast::make_embree_factory();
  if (!factory) return false;
  const auto caster = (*factory)->create(window);
  const int rows = (static_cast<int>(views.size()) + columns - 1) / columns;
  const int w = width_px * columns;
  std::vector<unsigned char> rgb(static_cast<std::size_t>(w) * rows * height_px * 3);
  for (std::size_t v = 0; v < views.size(); ++v) {
    auto image = render(window, *caster, views[v], width_px, height_px);
    draw_marks(window, *caster, views[v], marks, width_px, height_px, image);
    const int x0 = static_cast<int>(v) % columns * width_px;
    const int y0 = static_cast<int>(v) / columns * height_px;
    for (int y = 0; y < height_px; ++y) {
      for (int x = 0; x < width_px; ++x) {
        const Vec3f c = image[static_cast<std::size_t>(y) * width_px + x];
        for (int k = 0; k < 3; ++k) {
          const float s = std::pow(std::clamp(c[k], 0.f, 1.f), 1 / 2.2f);
          rgb[(static_cast<std::size_t>(y0 + y) * w + x0 + x) * 3 + k] =
              static_cast<unsigned char>(s * 255 + 0.5f);
        }
      }
    }
  }
  return write_png(png, w, rows * height_px, rgb);
}

bool write_model_sheet(std::shared_ptr<const asset::Model> model, const std::string& png,
                       const asset::Articulation& articulation, bool keypoints) {
  world::SceneWindow window;
  place_ground(window);
  place(window, model, {}, articulation);
  const math::Aabb box = asset::rest_bounds(*model, true);
  const Vec3d c = box.centre();
  const double r = 0.5 * glm::length(box.size()) * 1.1;
  const double far = r / std::sin(17.5 * M_PI / 180);
  std::vector<SheetView> views;
  for (const Vec3d& d : {Vec3d(1, 0.8, 0.45), Vec3d(-1, 0.8, 0.45), Vec3d(0, -1, 0.12),
                         Vec3d(1, 0, 0.12), Vec3d(-1, 0, 0.12), Vec3d(0.02, 0, 1)}) {
    views.push_back({c + glm::normalize(d) * far, c, 35});
  }
  const auto marks = keypoints ? marks_of(*model, {}, articulation) : std::vector<SheetMark>{};
  return write_views(window, views, 640, 480, 3, png, marks);
}

}  // namespace oddroad::tools

#include "engine/stage/placer.h"

#include <cmath>

#include "engine/asset/prop.h"
#include "engine/core/check.h"

namespace oddroad::stage {

using math::Affine3d;
using math::Vec2d;
using math::Vec3d;

Variant variant(std::string type, std::uint64_t seed, std::map<std::string, double> numbers) {
  Variant out{{std::move(type), seed, std::move(numbers), {}}, 0, 0};
  const auto size = asset::model_size(out.request);
  ODDROAD_CHECK(size.has_value());
  out.length_m = size->length_m;
  out.width_m = size->width_m;
  return out;
}

const Variant& pick(const std::vector<Variant>& list, core::RandomStream& random) {
  return list[random.below(static_cast<std::uint32_t>(list.size()))];
}

Affine3d stand(const Vec2d& p, double z, const Vec2d& x) {
  Affine3d T;
  T.linear = glm::dmat3(Vec3d(x, 0), Vec3d(-x.y, x.x, 0), Vec3d(0, 0, 1));
  T.translation = Vec3d(p, z);
  return T;
}

Vec2d any_direction(core::RandomStream& random) {
  const double turn = random.uniform(0, 2 * M_PI);
  return {std::cos(turn), std::sin(turn)};
}

void Placer::place(const char* name, const Variant& v, const Affine3d& T) {
  placed_.push_back({name, models_.get(v.request), T});
}

void Placer::place_labelled(const char* name, const asset::ModelRequest& model, const Affine3d& T) {
  placed_.push_back({name, models_.get(model), T, true});
}

void Placer::place_mesh(const std::string& name, const std::string& class_name,
                        math::TriangleMesh mesh, std::vector<asset::Material> materials) {
  placed_.push_back({name,
                     std::make_shared<const asset::Model>(asset::single_part_model(
                         name, class_name, std::move(mesh), std::move(materials))),
                     {}});
}

}  // namespace oddroad::stage

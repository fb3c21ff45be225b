#include "engine/stage/fields.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/foliage.h"
#include "engine/asset/materials.h"
#include "engine/asset/mesh_tools.h"
#include "engine/stage/object_mesh.h"

namespace oddroad::stage {

namespace {

using math::TriangleMesh;
using math::Vec2d;
using math::Vec3d;
using math::Vec3f;

constexpr double kCell_m = 2.5;
constexpr double kRim_m = 0.6;  // stalks stand this deep along the rim, one by one

// What a field carries. Heights and colours: assets reference of the project, July unless said.
struct Crop {
  const char* name;
  double height_m;
  math::Vec3f color, second;
  double stalks_per_m;  // along the rim
  float blade_m, blade_width_m;
};
constexpr double kNone = 0;

const Crop kCrops[] = {
    {"wheat", .9, {.40f, .30f, .12f}, {.30f, .22f, .085f}, 26, .75f, .022f},
    {"green wheat", .75, {.075f, .115f, .032f}, {.11f, .14f, .05f}, 26, .65f, .022f},
    {"maize", 2.2, {.06f, .105f, .028f}, {.10f, .14f, .04f}, 14, .75f, .075f},
    {"rape", 1.25, {.42f, .36f, .035f}, {.12f, .15f, .04f}, 20, .5f, .05f},
    {"beet", .45, {.05f, .10f, .025f}, {.09f, .08f, .05f}, 14, .4f, .16f},
    {"ploughed", kNone, {.13f, .095f, .065f}, {.085f, .06f, .042f}, 0, 0, 0},
    {"stubble", kNone, {.34f, .27f, .13f}, {.20f, .155f, .085f}, 0, 0, 0},
    {"meadow", kNone, {.075f, .12f, .035f}, {.15f, .15f, .06f}, 0, 0, 0},
};

// A rectangle of the strip beside the road in cells: along (columns) and away from it (rows).
struct Plot {
  double from_m = 0, begin_m = 0;  // along the road; beyond its edge
  int columns = 0, rows = 0;
};

class FieldMaker {
 public:
  FieldMaker(const Roadside& side, const Terrain& terrain, Occupancy& occupied,
             core::RandomStream& random)
      : side_(side), terrain_(terrain), occupied_(occupied), random_(random) {}

  void add(const Plot& plot, const Crop& crop) {
    plot_ = plot;
    crop_ = &crop;
    phase_ = random_.uniform(0, 6);
    TriangleMesh mesh;
    find_free();
    for (int c = 0; c < plot.columns; ++c) {
      for (int r = 0; r < plot.rows; ++r) {
        if (is_free(c, r)) add_cell(mesh, c, r);
      }
    }
    if (mesh.triangles.empty()) return;
    Field field;
    field.name = "field";
    field.class_name = crop.height_m > 0 ? "vegetation" : "terrain";
    field.mesh = std::move(mesh);
    field.materials = materials();
    out_.push_back(std::move(field));
    occupy();
  }

  // Posts and rails along the side that faces the road.
  void add_fence(const Plot& plot) {
    std::vector<road::PathPoint> path;
    for (double d = plot.from_m; d <= plot.from_m + plot.columns * kCell_m; d += 2) {
      const Vec2d p = place(d, plot.begin_m - .8);
      if (!occupied_.disc_is_free(p, .5, kCoverAnything)) break;
      road::PathPoint point;
      point.base = Vec3d(p, terrain_.height(p) - .1);
      point.height_m = 1.25;
      path.push_back(point);
    }
    if (path.size() < 4) return;
    Field fence;
    fence.name = "pasture_fence";
    fence.class_name = "fence";
    fence.mesh = path_railing(path, Vec3d(0), 4, 3);
    fence.materials = {asset::materials::wood()};
    out_.push_back(std::move(fence));
  }

  std::vector<Field> take() { return std::move(out_); }

 private:
  [[nodiscard]] Vec2d place(double along_m, double beyond_m) const {
    const RoadsidePlace at = side_.at(along_m);
    return Vec2d(at.position) + beyond_m * at.outward;
  }
  [[nodiscard]] Vec2d corner(int column, int row) const {
    // Rims wander a little: no field is a rectangle.
    const double s = plot_.from_m + column * kCell_m;
    const double bend = .5 * std::sin(.11 * s + phase_) + .35 * std::sin(.29 * s - phase_);
    return place(s, plot_.begin_m + row * kCell_m + (row == 0 ? bend : .3 * bend));
  }
  [[nodiscard]] double ground(const Vec2d& p) const { return terrain_.height(p); }
  [[nodiscard]] Vec3d top(int column, int row) const {
    const Vec2d p = corner(column, row);
    const double rough = crop_->height_m > 0 ? .06 * crop_->height_m : .0;
    const double wave = std::sin(1.9 * p.x + .7 * p.y) * std::sin(1.3 * p.y - .4 * p.x + phase_);
    return {p, ground(p) + std::max(crop_->height_m, .09) * .92 + rough * wave};
  }

  void find_free() {
    free_.assign(static_cast<std::size_t>(plot_.columns * plot_.rows), 0);
    for (int c = 0; c < plot_.columns; ++c) {
      for (int r = 0; r < plot_.rows; ++r) {
        const Vec2d p =
            .25 * (corner(c, r) + corner(c + 1, r) + corner(c, r + 1) + corner(c + 1, r + 1));
        const bool clear = occupied_.disc_is_free(p, kCell_m, kCoverAnything | kCoverGreenLane) &&
                           occupied_.disc_is_free(p, 5, kCoverPaved);
        double low = 1e9, high = -1e9;  // nobody ploughs a steep bank
        for (const auto& [i, k] :
             {std::pair(0, 0), std::pair(1, 0), std::pair(0, 1), std::pair(1, 1)}) {
          const double z = ground(corner(c + i, r + k));
          low = std::min(low, z);
          high = std::max(high, z);
        }
        free_[static_cast<std::size_t>(c * plot_.rows + r)] = clear && high - low < .5 ? 1 : 0;
      }
    }
  }
  [[nodiscard]] bool is_free(int column, int row) const {
    return column >= 0 && row >= 0 && column < plot_.columns && row < plot_.rows &&
           free_[static_cast<std::size_t>(column * plot_.rows + row)] != 0;
  }

  void add_face(TriangleMesh& mesh, const Vec3d& a, const Vec3d& b, const Vec3d& c,
                const Vec3d& d) {
    mesh.add_quad(Vec3f(a), Vec3f(b), Vec3f(c), Vec3f(d), 0);
    const bool level = std::abs(glm::normalize(glm::cross(b - a, d - a)).z) > .5;
    if (!level) return;
    for (std::size_t k = mesh.uvs.size() - 4; k < mesh.uvs.size(); ++k) {
      mesh.uvs[k] = math::Vec2f(mesh.positions[k]);
    }
  }

  void add_cell(TriangleMesh& mesh, int c, int r) {
    const Vec3d a = top(c, r), b = top(c + 1, r), e = top(c + 1, r + 1), f = top(c, r + 1);
    // Seen from above; which way round depends on the side of the road.
    const bool turn = (b.x - a.x) * (f.y - a.y) - (b.y - a.y) * (f.x - a.x) < 0;
    turn ? add_face(mesh, a, f, e, b) : add_face(mesh, a, b, e, f);
    const auto side = [&](bool open, const Vec3d& p, const Vec3d& q) {
      if (!open) return;
      const Vec3d p0(Vec2d(p), ground(Vec2d(p)) - .1), q0(Vec2d(q), ground(Vec2d(q)) - .1);
      turn ? add_face(mesh, q0, p0, p, q) : add_face(mesh, p0, q0, q, p);
      add_rim(mesh, p, q);
    };
    side(!is_free(c, r - 1), a, b);
    side(!is_free(c + 1, r), b, e);
    side(!is_free(c, r + 1), e, f);
    side(!is_free(c - 1, r), f, a);
  }

  // Single stalks before and on the edge from p to q, so that it is no wall.
  void add_rim(TriangleMesh& mesh, const Vec3d& p, const Vec3d& q) {
    if (crop_->height_m <= 0) return;
    const int stalks = static_cast<int>(crop_->stalks_per_m * glm::length(Vec2d(q - p)));
    const auto uniform = [&](double a, double b) {
      return random_.uniform(a, b);
    };
    for (int k = 0; k < stalks; ++k) {
      const Vec3d on = glm::mix(p, q, uniform(0, 1));
      const Vec2d foot = Vec2d(on) + Vec2d(uniform(-.3, .3), uniform(-.3, .3));
      const double low = ground(foot);
      const double high = low + crop_->height_m * uniform(.35, 1.08);
      asset::Leaf leaf;
      leaf.direction = glm::normalize(Vec3f(uniform(-.5, .5), uniform(-.5, .5), 1));
      leaf.base = Vec3f(Vec3d(foot, std::max(low - .05, high - crop_->blade_m)));
      leaf.facing = glm::normalize(Vec3f(uniform(-1, 1), uniform(-1, 1), .3));
      leaf.shading = {0, 0, 1};
      leaf.length_m = crop_->blade_m * static_cast<float>(uniform(.8, 1.15));
      leaf.width_m = crop_->blade_width_m * static_cast<float>(uniform(.8, 1.3));
      asset::add_leaf(mesh, leaf, uniform(0, 1) < .6 ? 1 : 2);
    }
  }

  [[nodiscard]] std::vector<asset::Material> materials() const {
    asset::Material land = crop_->height_m > 0 || std::string(crop_->name) == "meadow"
                               ? asset::materials::meadow()
                               : asset::materials::soil();
    land.name = crop_->name;
    land.base_color = crop_->color;
    land.second_color = crop_->second;
    land.pattern_scale_m = crop_->height_m > 0 ? .6f : 1.0f;
    return {land, asset::materials::leaf(crop_->color, land.reflectance_905nm),
            asset::materials::leaf(crop_->second, land.reflectance_905nm)};
  }

  void occupy() {
    for (int c = 0; c < plot_.columns; ++c) {
      for (int r = 0; r < plot_.rows; ++r) {
        if (is_free(c, r))
          occupied_.add_disc(.5 * (corner(c, r) + corner(c + 1, r + 1)), 1.5, kCoverThing);
      }
    }
  }

  const Roadside& side_;
  const Terrain& terrain_;
  Occupancy& occupied_;
  core::RandomStream& random_;
  Plot plot_;
  const Crop* crop_ = nullptr;
  double phase_ = 0;
  std::vector<char> free_;
  std::vector<Field> out_;
};

}  // namespace

std::vector<Field> fields_along(const Roadside& side, const Terrain& terrain, Occupancy& occupied,
                                core::RandomStream& random) {
  FieldMaker maker(side, terrain, occupied, random);
  for (double d = random.uniform(0, 25); d < side.length_m() - 20;) {
    const double length = std::min(random.uniform(45, 110), side.length_m() - d);
    Plot plot;
    plot.from_m = d;
    plot.begin_m = kFieldBegin_m + random.uniform(0, 2);
    plot.columns = static_cast<int>(length / kCell_m);
    plot.rows = 12 + static_cast<int>(random.below(10));
    const Crop& crop = kCrops[random.below(std::size(kCrops))];
    maker.add(plot, crop);
    if (crop.height_m <= 0 && random.chance(.6)) maker.add_fence(plot);
    d += length + random.uniform(3, 14);
  }
  return maker.take();
}

}  // namespace oddroad::stage

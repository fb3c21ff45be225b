// No two faces of different materials of one model lie in one plane where both are seen: which of
// them a ray meets would be chance, in pictures as in points.
#include <map>
#include <set>

#include <glm/gtx/string_cast.hpp>
#include <gtest/gtest.h>

#include "engine/asset/catalog.h"
#include "tests/unit/asset/level_measures.h"

namespace oddroad::asset {
namespace {

using math::Vec3d;
using testing::Facet;

constexpr double kPlaneM = 2e-4;    // nearer to each other than this is one plane
constexpr double kSliverM = 0.008;  // narrower triangles show nobody anything
constexpr double kSlab = 0.01;      // of the offset: what is looked at together

struct Face {
  const Facet* facet;
  Vec3d normal;
  double offset_m;
};

bool inside(const Facet& f, const Vec3d& normal, const Vec3d& p) {
  const auto& c = f.corners;
  for (int k = 0; k < 3; ++k) {
    const Vec3d edge = c[(k + 1) % 3] - c[k];
    // By a tenth of a millimetre: neighbours share edges.
    if (glm::dot(glm::cross(edge, p - c[k]), normal) < 1e-4 * glm::length(edge)) return false;
  }
  return true;
}

bool blocks(const Facet& f, const Vec3d& from, const Vec3d& way) {
  const Vec3d e1 = f.corners[1] - f.corners[0], e2 = f.corners[2] - f.corners[0];
  const Vec3d p = glm::cross(way, e2);
  const double det = glm::dot(e1, p);
  if (std::abs(det) < 1e-14) return false;
  const Vec3d s = from - f.corners[0];
  const double u = glm::dot(s, p) / det;
  const Vec3d q = glm::cross(s, e1);
  const double v = glm::dot(way, q) / det;
  return u >= 0 && v >= 0 && u + v <= 1 && glm::dot(e2, q) / det > 0;
}

// Is this side of a face seen from anywhere above the ground?
bool seen(const Vec3d& point, const Vec3d& normal, const std::vector<Facet>& solid) {
  constexpr int kWays = 40;
  const Vec3d from = point + 1e-3 * normal;
  for (int k = 0; k < kWays; ++k) {
    const double z = -0.1 + 1.1 * (k + 0.5) / kWays, a = 2.399963 * k;
    const double r = std::sqrt(1 - z * z);
    const Vec3d way(r * std::cos(a), r * std::sin(a), z);
    if (glm::dot(way, normal) < 0.05 || (way.z < 0 && from.z < 0.05)) continue;
    const bool dark = std::any_of(solid.begin(), solid.end(), [&](const Facet& f) {
      return blocks(f, from, way);
    });
    if (!dark) return true;
  }
  return false;
}

// Materials that meet in one plane, with a place and a direction.
std::map<std::string, std::pair<Vec3d, Vec3d>> coincidences(const Model& model) {
  const auto facets = testing::facets(model, false);
  std::vector<Facet> solid;
  for (const Facet& f : facets) {
    if (model.materials[f.material].transmission == math::Vec3f(0)) solid.push_back(f);
  }
  std::map<std::array<int, 4>, std::vector<Face>> slabs;
  const auto slab = [](const Vec3d& n, double offset) {
    return std::array<int, 4>{int(std::lround(n.x * 20)), int(std::lround(n.y * 20)),
                              int(std::lround(n.z * 20)), int(std::floor(offset / kSlab))};
  };
  std::vector<Face> faces;
  for (const Facet& f : facets) {
    const Vec3d n = glm::cross(f.corners[1] - f.corners[0], f.corners[2] - f.corners[0]);
    double longest = 0;
    for (int k = 0; k < 3; ++k) {
      longest = std::max(longest, glm::distance(f.corners[k], f.corners[(k + 1) % 3]));
    }
    if (glm::length(n) < kSliverM * longest) continue;
    faces.push_back({&f, glm::normalize(n), glm::dot(glm::normalize(n), f.corners[0])});
    slabs[slab(faces.back().normal, faces.back().offset_m)].push_back(faces.back());
  }
  std::map<std::string, std::pair<Vec3d, Vec3d>> out;
  std::map<std::string, int> looked;
  const auto compare = [&](const Face& a, const Face& b) {
    if (a.facet->material == b.facet->material || glm::dot(a.normal, b.normal) < 0.9999) return;
    const auto& c = a.facet->corners;
    for (const Vec3d w :
         {Vec3d(1, 1, 1) / 3.0, Vec3d(.8, .1, .1), Vec3d(.1, .8, .1), Vec3d(.1, .1, .8)}) {
      const Vec3d p = w.x * c[0] + w.y * c[1] + w.z * c[2];
      if (std::abs(glm::dot(b.normal, p) - b.offset_m) > kPlaneM) continue;
      if (!inside(*b.facet, b.normal, p)) continue;
      const std::string what = model.materials[a.facet->material].name + " in " +
                               model.materials[b.facet->material].name;
      if (out.count(what) > 0 || ++looked[what] > 40 || !seen(p, a.normal, solid)) continue;
      out.emplace(what, std::pair{p, a.normal});
    }
  };
  for (const Face& a : faces) {
    for (int side = -1; side <= 1; ++side) {
      const auto other = slabs.find(slab(a.normal, a.offset_m + side * kSlab));
      if (other == slabs.end()) continue;
      for (const Face& b : other->second) compare(a, b);
    }
  }
  return out;
}

TEST(CoincidentFaces, NoModelHasAny) {
  for (const std::string& type : catalog_types()) {
    for (const std::uint64_t seed : {1, 2}) {
      const auto model = make_model({type, seed, {}, {}});
      if (!model) continue;  // bicycles' riders come with their bicycles
      for (const auto& [what, where] : coincidences(**model)) {
        ADD_FAILURE() << type << " seed " << seed << ": " << what << " at "
                      << glm::to_string(where.first) << " facing " << glm::to_string(where.second);
      }
    }
  }
}

}  // namespace
}  // namespace oddroad::asset

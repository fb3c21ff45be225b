#include "engine/stage/surface.h"

#include <array>

#include "engine/asset/materials.h"

namespace oddroad::stage {

namespace {

using math::TriangleMesh;
using math::Vec2f;
using math::Vec3d;
using math::Vec3f;

constexpr double kSkirt_m = 0.25;

GroundMaterial material_of(SurfaceKind kind) {
  switch (kind) {
    case SurfaceKind::kAsphalt:
      return kGroundAsphalt;
    case SurfaceKind::kShoulder:
      return kGroundShoulder;
    case SurfaceKind::kBiking:
      return kGroundBiking;
    case SurfaceKind::kParking:
      return kGroundParking;
    case SurfaceKind::kSidewalk:
      return kGroundPavers;
    case SurfaceKind::kKerb:
      return kGroundKerb;
    case SurfaceKind::kGrass:
      return kGroundGrass;
  }
  return kGroundAsphalt;
}

// Streets are paved in their own ways: slabs, small blocks, or asphalt; those of a
// town with a style in one.
GroundMaterial footway_of(const Run& run, const std::optional<StreetStyle>& style) {
  constexpr std::array<GroundMaterial, 4> kFootways = {kGroundPavers, kGroundBlocks, kGroundPavers,
                                                       kGroundShoulder};
  constexpr std::array<GroundMaterial, 4> kStyles = {kGroundPavers, kGroundBlocks, kGroundShoulder,
                                                     kGroundConcrete};
  if (style) return kStyles[static_cast<std::size_t>(style->footway)];
  return kFootways[static_cast<std::size_t>(run.road) % 4];
}

// A wall from the edge a-b downwards; seen from the right of the direction a to b.
void add_skirt(TriangleMesh& mesh, const Vec3d& a, const Vec3d& b, double depth,
               std::uint16_t material) {
  const Vec3d down(0, 0, -depth);
  mesh.add_quad(Vec3f(a + down), Vec3f(b + down), Vec3f(b), Vec3f(a), material);
}

}  // namespace

std::string class_of(SurfaceKind kind) {
  switch (kind) {
    case SurfaceKind::kParking:
      return "parking";
    case SurfaceKind::kSidewalk:
      return "sidewalk";
    case SurfaceKind::kKerb:
      return "kerb";
    case SurfaceKind::kGrass:
      return "terrain";
    default:
      return "road";
  }
}

std::vector<asset::Material> ground_materials() {
  namespace m = asset::materials;
  asset::Material biking = m::asphalt();
  biking.name = "asphalt_red";
  biking.base_color = {.20f, .06f, .04f};
  std::vector<asset::Material> out(kGroundMaterialCount);
  out[kGroundAsphalt] = m::asphalt();
  out[kGroundShoulder] = m::asphalt_dark();
  out[kGroundBiking] = biking;
  out[kGroundParking] = m::paving_setts();
  out[kGroundPavers] = m::pavers();
  out[kGroundKerb] = m::kerb_granite();
  out[kGroundGrass] = m::grass();
  out[kGroundMeadow] = m::meadow();
  out[kGroundPaintWhite] = m::road_paint_white();
  out[kGroundPaintYellow] = m::road_paint_yellow();
  out[kGroundConcrete] = m::concrete();
  out[kGroundSteel] = m::galvanised_steel();
  out[kGroundTunnelPanel] = m::plain("tunnel_panel", {.52f, .52f, .49f}, .45f, .5f);
  out[kGroundLuminaire] = m::lamp_lens();
  out[kGroundLuminaire].name = "tunnel_luminaire";
  // 12 klm through a quarter of a square metre.
  out[kGroundLuminaire].emission_cd_m2 = math::Vec3f(14'000, 13'000, 10'500);
  // Dust, grit and thin grass along the edge of the paving.
  out[kGroundVerge] = m::soil();
  out[kGroundVerge].name = "verge";
  out[kGroundVerge].base_color = {.15f, .125f, .09f};
  out[kGroundVerge].second_color = {.075f, .095f, .035f};
  out[kGroundVerge].pattern_scale_m = .6f;
  out[kGroundIron] = m::plain("cast_iron", {.05f, .047f, .045f}, .75f, .15f);
  out[kGroundIron].second_color = {.03f, .028f, .027f};
  out[kGroundIron].pattern = asset::Pattern::kPavers;
  out[kGroundIron].pattern_scale_m = .045f;
  out[kGroundBlocks] = m::pavers();
  out[kGroundBlocks].name = "concrete_blocks";
  out[kGroundBlocks].base_color = {.21f, .175f, .155f};
  out[kGroundBlocks].pattern_scale_m = .2f;
  out[kGroundGrate] = out[kGroundIron];
  out[kGroundGrate].name = "gully_grate";
  out[kGroundGrate].base_color = {.015f, .015f, .015f};
  out[kGroundGrate].second_color = {.085f, .08f, .075f};
  out[kGroundGrate].pattern = asset::Pattern::kStripes;
  out[kGroundGrate].pattern_scale_m = .026f;
  out[kGroundStoneWall] = m::stone_trim();
  out[kGroundStoneWall].name = "stone_wall";
  out[kGroundStoneWall].base_color = {.26f, .245f, .22f};
  out[kGroundStoneWall].second_color = {.14f, .135f, .125f};
  out[kGroundStoneWall].pattern = asset::Pattern::kPavers;
  out[kGroundStoneWall].pattern_scale_m = .5f;
  return out;
}

void add_surfaces(std::map<std::string, TriangleMesh>& by_class, const Run& run,
                  const std::optional<StreetStyle>& style) {
  const std::size_t n = run.stations.size();
  for (std::size_t k = 0; k < run.strips.size(); ++k) {
    const SurfaceKind kind = run.strips[k];
    const std::uint16_t material =
        kind == SurfaceKind::kSidewalk ? footway_of(run, style) : material_of(kind);
    TriangleMesh& mesh = by_class[class_of(kind)];
    const auto base = static_cast<std::uint32_t>(mesh.positions.size());
    for (const Station& st : run.stations) {
      for (const std::size_t side : {k, k + 1}) {
        const ProfilePoint& p = st.points[side];
        mesh.add_vertex(Vec3f(p.position), {0, 0, 1},
                        {static_cast<float>(st.s_m), static_cast<float>(p.v_m)});
      }
    }
    for (std::size_t i = 0; i + 1 < n; ++i) {
      if (run.is_hidden(k, i)) continue;
      const auto a = base + static_cast<std::uint32_t>(2 * i);
      mesh.add_triangle(a + 1, a + 3, a + 2, material);
      mesh.add_triangle(a + 1, a + 2, a, material);
    }
  }
  // Where a raised piece ends because its neighbour was cut away, a kerb face closes it; and a
  // skirt closes the few millimetres between an ordinary road and the connecting roads below it.
  TriangleMesh& kerb = by_class["kerb"];
  TriangleMesh& road = by_class["road"];
  for (std::size_t k = 0; k < run.strips.size(); ++k) {
    for (std::size_t i = 0; i + 1 < n; ++i) {
      if (run.is_hidden(k, i)) continue;
      const auto at = [&](std::size_t station, std::size_t point) {
        return run.stations[station].points[point].position;
      };
      if (run.connecting) {
        if (i + 2 < n && run.is_hidden(k, i + 1)) {
          add_skirt(kerb, at(i + 1, k + 1), at(i + 1, k), kSkirt_m, kGroundKerb);
        }
        if (i > 0 && run.is_hidden(k, i - 1)) {
          add_skirt(kerb, at(i, k), at(i, k + 1), kSkirt_m, kGroundKerb);
        }
        if (k > 0 && run.is_hidden(k - 1, i)) {
          add_skirt(kerb, at(i + 1, k), at(i, k), kSkirt_m, kGroundKerb);
        }
        if (k + 1 < run.strips.size() && run.is_hidden(k + 1, i)) {
          add_skirt(kerb, at(i, k + 1), at(i + 1, k + 1), kSkirt_m, kGroundKerb);
        }
      } else if (is_carriageway(run.strips[k])) {
        if (i == 0) add_skirt(road, at(0, k), at(0, k + 1), .03, kGroundAsphalt);
        if (i + 2 == n) add_skirt(road, at(n - 1, k + 1), at(n - 1, k), .03, kGroundAsphalt);
      }
    }
  }
}

}  // namespace oddroad::stage

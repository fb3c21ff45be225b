#include "engine/stage/boundary.h"

#include <algorithm>
#include <cmath>

namespace oddroad::stage {
namespace {

using math::Vec2d;

constexpr double kPiece_m = 2.8;  // short enough for bends and slopes
// Every other piece stands this much off, each way: posts at the ends share a place, and where two
// things have their surfaces in one plane nobody can tell which of them is seen.
constexpr double kOff_m = .004;

const char* type_of(Boundary kind) {
  switch (kind) {
    case Boundary::kPickets:
      return "fence";
    case Boundary::kWall:
      return "garden_wall";
    case Boundary::kRailing:
      return "railing";
    default:
      return "hedge";
  }
}

double least_height(Boundary kind) {
  return kind == Boundary::kPickets ? .6 : .4;
}
double greatest_height(Boundary kind) {
  return kind == Boundary::kRailing ? 2.5 : kind == Boundary::kPickets ? 2.0 : 3.0;
}

}  // namespace

void add_boundary(Placer& to, const Roadside& side, double from_m, double to_m,
                  const BoundaryLine& line) {
  if (line.kind == Boundary::kNone) return;
  const double height =
      std::clamp(line.height_m, least_height(line.kind), greatest_height(line.kind));
  const Variant piece =
      variant(type_of(line.kind), line.seed, {{"length", kPiece_m}, {"height", height}});
  const double end = std::min(to_m, side.length_m());
  double off = 0;
  for (double d = from_m + .5 * kPiece_m; d + .5 * kPiece_m <= end; d += kPiece_m) {
    off = kOff_m - off;
    const RoadsidePlace at = side.at(d);
    const Vec2d p = Vec2d(at.position) + (line.offset_m + off) * at.outward + off * at.forward;
    if (!to.occupied.rectangle_is_free(p, at.forward, kPiece_m - .8, .3,
                                       kCoverHouse | kCoverThing | kCoverTree) ||
        !to.occupied.rectangle_is_free(p + .3 * at.outward, at.forward, kPiece_m, .4,
                                       kCoverCarriageway) ||
        !to.occupied.disc_is_free(p, .6, kCoverSignal)) {
      continue;
    }
    to.occupied.add_rectangle(p, at.forward, kPiece_m - .8, .3, kCoverThing);
    to.place(piece.request.type.c_str(), piece, stand(p, to.terrain.height(p) - off, -at.outward));
  }
}

}  // namespace oddroad::stage

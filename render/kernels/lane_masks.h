// Splats, comparisons and logic where a truth value is a whole word. Internal to lanes.h; included
// inside an anonymous namespace.

ODDROAD_LANES vf splat(float x) {
  vf out;
  for (std::uint32_t k = 0; k < kLanes; ++k) out[k] = x;
  return out;
}
ODDROAD_LANES vi splat(std::int32_t x) {
  return vi{} + x;
}
ODDROAD_LANES vu splat(std::uint32_t x) {
  return vu{} + x;
}
ODDROAD_LANES vm splat(bool x) {
  return vm{} - static_cast<std::int32_t>(x);
}
ODDROAD_LANES vp splat(std::uint64_t x) {
  return vp{} + x;
}

ODDROAD_LANES vm and_(vm a, vm b) {
  return a & b;
}
ODDROAD_LANES vm or_(vm a, vm b) {
  return a | b;
}
ODDROAD_LANES vm xor_(vm a, vm b) {
  return a ^ b;
}
ODDROAD_LANES vm not_(vm a) {
  return ~a;
}
ODDROAD_LANES vm lanes_below(std::uint32_t n) {
  vm out;
  for (std::uint32_t k = 0; k < kLanes; ++k) out[k] = k < n ? -1 : 0;
  return out;
}

#define ODDROAD_COMPARE(name, operator_) \
  ODDROAD_LANES vm name(vf a, vf b) {    \
    return (vm)(a operator_ b);          \
  }                                      \
  ODDROAD_LANES vm name(vi a, vi b) {    \
    return (vm)(a operator_ b);          \
  }                                      \
  ODDROAD_LANES vm name(vu a, vu b) {    \
    return (vm)(a operator_ b);          \
  }
ODDROAD_COMPARE(lt, <)
ODDROAD_COMPARE(le, <=)
ODDROAD_COMPARE(gt, >)
ODDROAD_COMPARE(ge, >=)
ODDROAD_COMPARE(eq, ==)
ODDROAD_COMPARE(ne, !=)
#undef ODDROAD_COMPARE

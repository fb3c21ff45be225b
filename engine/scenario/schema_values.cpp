#include <array>

#include "engine/scenario/schema_parts.h"

namespace oddroad::scenario::schema {
namespace {

struct Named {
  const char* name;
  core::Dimension dimension;
};
constexpr std::array<Named, 10> kDimensions = {{{"number", core::kNumber},
                                                {"length", core::kLength},
                                                {"time", core::kTime},
                                                {"speed", core::kSpeed},
                                                {"acceleration", core::kAcceleration},
                                                {"angle", core::kAngle},
                                                {"angular_speed", core::kAngularSpeed},
                                                {"rate", core::kRate},
                                                {"rain", core::kRain},
                                                {"temperature", core::kTemperature}}};

Json quantity() {
  return {{"type", {"number", "string"}}};
}
Json weights() {
  return map_of({{"type", "number"}, {"minimum", 0}});
}

Json distribution() {
  const Json in = text("a range that cuts it: '0.8 .. 3 s'");
  const Json choices = any_of({list(quantity()), weights()});
  const Json mixture = list(
      object({{"of", any_of({quantity(), part("distribution")})}, {"weight", {{"type", "number"}}}},
             {"of"}));
  const Json column = object(
      {{"file", text()}, {"column", text()}, {"unit", text()}, {"smooth", {{"type", "boolean"}}}},
      {"file", "column"});
  const Json given = object({{"given", text("a parameter above: '$road'")},
                             {"cases", map_of(part("value"))},
                             {"else", part("value")}},
                            {"given", "cases"});
  return any_of({
      object({{"normal", quantity()}, {"sd", quantity()}, {"in", in}}, {"normal", "sd"}),
      object({{"lognormal", quantity()}, {"sigma", quantity()}, {"in", in}},
             {"lognormal", "sigma"}),
      object({{"choice", choices}}, {"choice"}),
      object({{"integer", text("'2 .. 5', both included")}}, {"integer"}),
      object({{"steps", text("'0 .. 100 m'")}, {"by", quantity()}}, {"steps", "by"}),
      object({{"histogram", weights()}}, {"histogram"}),
      object({{"mixture", mixture}}, {"mixture"}),
      column,
      given,
  });
}

Json condition() {
  const Json terms = list(part("condition"));
  return any_of(
      {text("'ego->child.ttc <= 1.5 s and time > 2 s', 'child.crossed for 1 s', 'after child.run', "
            "'ego.speed becomes > 5 m/s'"),
       terms, object({{"any", terms}}, {"any"}), object({{"all", terms}}, {"all"})});
}

}  // namespace

Json number(core::Dimension dimension) {
  for (const Named& one : kDimensions) {
    if (one.dimension == dimension) return part(one.name);
  }
  return part("value");
}

void add_values(Json& defs) {
  for (const Named& one : kDimensions) {
    // Units stand in texts; only numbers without a dimension are numbers of YAML.
    const Json fixed = one.dimension == core::kNumber ? quantity() : text();
    defs[one.name] = said(any_of({fixed, part("distribution")}),
                          core::describe(one.dimension) +
                              ", a range, arithmetic with $parameters, or a distribution");
  }
  defs["parameter"] = {{"type", "string"}, {"pattern", "^\\$"}};
  defs["value"] = any_of({{{"type", {"number", "string", "boolean"}}}, part("distribution")});
  defs["distribution"] = distribution();
  defs["condition"] = condition();
}

}  // namespace oddroad::scenario::schema

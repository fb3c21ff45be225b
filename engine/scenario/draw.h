// Scenario to Variant. Every draw is a function of (scenario name, seed, index, attempt, path of
// the value; sampler.h), so another parameter, a comment or a --set moves no other draw.
#pragma once

#include "engine/scenario/rejections.h"
#include "engine/scenario/sampler.h"
#include "engine/scenario/scenario.h"
#include "engine/world/sky_clock.h"

namespace oddroad::scenario {

// Attempts that one variant may use up to meet `require`. Attempt n of variant i never touches
// variant i + 1.
inline constexpr std::uint32_t kMaxAttempts = 100;

// `probe` null: conditions on sight and the placement itself are not looked at. `told`, empty at
// first, gets what turned attempts away; null: nobody asks.
// Errors: no site on the map; no attempt met `require` (the message names what rejected most and
// the rate of acceptance); a drawn number outside the limits of its key; a probe's own failure.
core::Result<Variant> draw_variant(const Scenario& scenario, std::uint64_t seed,
                                   std::uint32_t index, const SiteFinder& sites,
                                   VariantProbe* probe, Rejections* told = nullptr);

// The same variant again, by the attempt that was accepted then; nobody is asked. Errors: as above,
// and an attempt that `require` turns away by its parameters.
core::Result<Variant> redraw_variant(const Scenario& scenario, std::uint64_t seed,
                                     std::uint32_t index, std::uint32_t attempt,
                                     const SiteFinder& sites);

// What the scenario asks of its site. Values in it are drawn like all others; `draws` are the
// parameters of the variant.
core::Result<SiteQuery> make_site_query(const Scenario& scenario, const Sampler& sampler,
                                        const Draws& draws);

// The coordinates of the attempt that a variant names.
Sampler sampler_of(const Scenario& scenario, const Variant& which);
// The parameters of an attempt.
Draws draw_parameters(const Scenario& scenario, const Sampler& sampler);

// Environment and actors with every number fixed. map_place: where the map says that the site lies.
core::Result<TrafficDraw> draw_traffic(const Scenario& scenario, const Sampler& sampler,
                                       const Draws& draws);
// Of the parking places on the map: what a town looks like where nobody says otherwise.
inline constexpr double kParkedShare = 0.6;
core::Result<double> draw_parked_share(const Scenario& scenario, const Sampler& sampler,
                                       const Draws& draws);
core::Result<EnvironmentDraw> draw_environment(const EnvironmentRule& rule, const Sampler& sampler,
                                               const Draws& draws,
                                               const std::optional<world::Place>& map_place);
core::Result<std::vector<VariantActor>> draw_actors(const Scenario& scenario,
                                                    const Sampler& sampler, const Draws& draws);

// Draws the values of one variant.
class Drawer {
 public:
  // `piece` counts from 1 for one of many, else 0. Borrows the sampler and `draws`.
  Drawer(const Sampler& sampler, const Draws& draws, int piece = 0)
      : sampler_(sampler), draws_(draws), piece_(piece) {}

  [[nodiscard]] Drawn draw(const Value& value) const;
  // Held to the limits of the value's key; a breach is reported and gives the fallback.
  double number(const std::optional<Value>& value, double fallback);
  std::optional<double> maybe(const std::optional<Value>& value);
  // 64 random bits of a name.
  [[nodiscard]] std::uint64_t seed(const std::string& path) const;

  [[nodiscard]] int piece() const { return piece_; }
  [[nodiscard]] Drawer of_piece(int piece) const { return {sampler_, draws_, piece}; }

  [[nodiscard]] const core::Diagnostics& problems() const { return problems_; }
  [[nodiscard]] const Draws& draws() const { return draws_; }

 private:
  [[nodiscard]] std::string stream_name(const std::string& path) const;

  const Sampler& sampler_;
  const Draws& draws_;
  int piece_;
  core::Diagnostics problems_;
};

}  // namespace oddroad::scenario

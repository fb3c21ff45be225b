// What a surface does with a beam: how much goes straight back, how much is mirrored, how much goes
// through. At the wavelength of the device (the materials' 905 nm values; their spectra differ by a
// few percent between 850 and 940 nm).
#pragma once

#include "engine/asset/material.h"

namespace oddroad::lidar {

// Water and snow on a surface, shares of 0 to 1.
struct Cover {
  double wet = 0;   // its pores are full
  double film = 0;  // mirror-like water over it: films and puddles
  double snow = 0;
};

// Of light of power 1 that arrives.
struct Response {
  // Lambert-equivalent reflectance towards the source times the cosine of the incidence: a matt
  // plate of 10 % that is met head-on has 0.1. Retroreflectors reach hundreds.
  float diffuse = 0;
  float retro = 0;
  float mirror = 0;   // leaves by the law of reflection
  float through = 0;  // goes on behind a pane

  [[nodiscard]] float back() const { return diffuse + retro; }
};

// Rough surfaces follow Oren and Nayar ("Generalization of Lambert's reflectance model", SIGGRAPH
// 1994; light and eye in one place), with facets whose deviation grows with the material's
// roughness to 0.4 rad; smooth coats add the lobe of Walter et al. ("Microfacet models", EGSR 2007,
// GGX). Panes: Fresnel's losses at both faces of glass with n = 1.5, and a little dirt. Sheeting
// (ASTM D4956) falls with exp(-(theta / 40 deg)^2), and to 0.65 of it when wet. Water films:
// Fresnel with n = 1.33 twice, and what the ground sends back is partly reflected into it (Lekner
// and Dorf 1988). Snow is a matt 0.85.
Response respond(const asset::Material& material, double cos_incidence, const Cover& cover);

// Share of unpolarised light that a smooth face of a dielectric reflects.
double fresnel(double cos_incidence, double refractive_index);
// Over Lambert's law, and over the surface met head-on: 1 there, whatever the deviation.
double oren_nayar(double cos_incidence, double facet_deviation_rad);

}  // namespace oddroad::lidar

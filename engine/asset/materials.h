// Common materials by name. Colours are linear RGB reflectance of the dry, slightly used state.
//
// 905 nm reflectance: rows marked (spectrum) are measured hemispherical values from the USGS/ASTER
// style spectra shipped with MAVS (material_reflectance_spectra.csv, column r_905nm); the others
// are estimates of the literature ranges for that material. Retroreflectors: a sheet of coefficient
// R_A returns like a Lambertian surface of reflectance pi R_A (ASTM D4956 minima at 0.2 degrees).
#pragma once

#include <string>

#include "engine/asset/material.h"

namespace oddroad::asset::materials {

// A material without pattern: for what is not listed below.
Material plain(std::string name, const math::Vec3f& color, float roughness,
               float reflectance_905nm);

// Ground
Material asphalt();       // aged wearing course; 905 nm .106 (spectrum: gray_asphalt)
Material asphalt_dark();  // parking bays and shoulders, newer
Material paving_setts();  // parking bays of granite setts
Material pavers();        // footway slabs, 0.4 m; .321 (spectrum: concrete)
Material concrete();      // .321 (spectrum: concrete)
Material kerb_granite();
Material grass();             // .705 (spectrum: lawn_grass)
Material meadow();            // longer, drier grass; .555 (spectrum: oat_grass)
Material soil();              // .351 (spectrum: brown_sandy_loam)
Material gravel();            // .353 (spectrum: gravelly_loam)
Material road_paint_white();  // worn; beads double to quintuple the diffuse return
Material road_paint_yellow();

// Buildings
Material plaster(const math::Vec3f& color);
Material brick(const math::Vec3f& color);  // .250 (spectrum: weathered_red_brick)
Material roof_tile(const math::Vec3f& color);
Material stone_trim();
Material window_glass();  // some rooms behind are lit at night
Material shop_glass();    // all are, brightly
Material window_frame(const math::Vec3f& color);
Material door_paint(const math::Vec3f& color);
Material zinc();  // gutters, downpipes, flashing

// Plants
Material bark(const math::Vec3f& color);  // .342 (spectrum: oak_trunk)
Material leaf(const math::Vec3f& color, float reflectance_905nm);

// Metals, plastics, the rest
Material galvanised_steel();  // .058 diffuse (spectrum: galvanized_sheet_metal)
Material painted_metal(const math::Vec3f& color);
Material chrome();
Material rubber();
Material black_plastic();
Material plastic(std::string name, const math::Vec3f& color);
Material wood();  // weathered; fresh plywood has .814 (spectrum: plywood)
Material cardboard();
Material packing_tape();
Material retro_white();  // class RA2 film: R_A 180, pi R_A = 565
Material lamp_lens();    // luminaire glass, unlit

}  // namespace oddroad::asset::materials

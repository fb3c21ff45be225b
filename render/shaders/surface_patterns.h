// Numbers shared by C++ and GLSL: asset::Pattern, and the families of surfaces that share a
// compiled variant of the shading source (drivers that run both sides of a branch pay for one
// family only).
#ifndef ODDROAD_RENDER_SHADERS_SURFACE_PATTERNS_H_
#define ODDROAD_RENDER_SHADERS_SURFACE_PATTERNS_H_

#define ODDROAD_PATTERN_NONE 0
#define ODDROAD_PATTERN_ASPHALT 1
#define ODDROAD_PATTERN_CONCRETE 2
#define ODDROAD_PATTERN_PAVERS 3
#define ODDROAD_PATTERN_BRICK 4
#define ODDROAD_PATTERN_PLASTER 5
#define ODDROAD_PATTERN_GRASS 6
#define ODDROAD_PATTERN_ROOF_TILES 7
#define ODDROAD_PATTERN_BARK 8
#define ODDROAD_PATTERN_LEAF 9
#define ODDROAD_PATTERN_FABRIC 10
#define ODDROAD_PATTERN_ROAD_PAINT 11
#define ODDROAD_PATTERN_WOOD 12
#define ODDROAD_PATTERN_CARDBOARD 13
#define ODDROAD_PATTERN_SOIL 14
#define ODDROAD_PATTERN_CAR_PAINT 15
#define ODDROAD_PATTERN_GLASS_WINDOW 16
#define ODDROAD_PATTERN_SKIN 17
#define ODDROAD_PATTERN_STRIPES 18

#define ODDROAD_FAMILY_SKY 0       // nothing hit
#define ODDROAD_FAMILY_PLAIN 1     // no pattern or stripes: any roughness, metal, emission
#define ODDROAD_FAMILY_ROAD 2      // asphalt, concrete, road paint
#define ODDROAD_FAMILY_BLOCKS 3    // pavers, brick, roof tiles: units with joints
#define ODDROAD_FAMILY_MOTTLED 4   // plaster, grass, bark, wood, cardboard, soil
#define ODDROAD_FAMILY_LIVING 5    // leaf, fabric, skin: light that passes through or scatters
#define ODDROAD_FAMILY_COATED 6    // car paint and clear coats
#define ODDROAD_FAMILY_GLASS 7     // panes of vehicles and buildings
#define ODDROAD_FAMILY_TEXTURED 8  // images
#define ODDROAD_FAMILY_COUNT 9

#endif

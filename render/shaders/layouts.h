// Data layouts shared by C++ and GLSL (std430, naturally aligned; 16-byte members first).
#ifndef ODDROAD_RENDER_SHADERS_LAYOUTS_H_
#define ODDROAD_RENDER_SHADERS_LAYOUTS_H_

#ifdef __cplusplus
#include <cstdint>

#include <glm/glm.hpp>
namespace oddroad::shaders {
using vec4 = glm::vec4;
using mat4 = glm::mat4;
using uint = std::uint32_t;
using uvec4 = glm::uvec4;
#endif

// One instance of the rasterizer's draw list.
struct RasterInstance {
  mat4 clip_from_mesh;
  uvec4 drawable;  // x: index + 1
};

// A triangle as the shading source reads it, in the mesh frame.
struct ShadeTriangle {
  vec4 corner[3];  // xyz position; w: normal, octahedral, 2 x snorm16
  vec4 uv01;       // uv of corners 0 and 1
  vec4 uv2_word;   // uv of corner 2; z: bits 0-15 material, 16-31 hash of the piece of surface;
                   // w: bits of the pane's size for windows (2 x unorm16 of 8 m), else 0
};

struct ShadeMaterial {
  vec4 base_roughness;  // linear reflectance; perceptual roughness
  vec4 second_metallic;     // panes without pattern: what passes through them
  vec4 emission_clearcoat;  // cd/m2; 0..1
  vec4 pattern;       // x: bits of ODDROAD_PATTERN_*; y: scale in metres; z: strength; w: glass
  uvec4 texture_ref;  // x, y: address, low and high; z: width | height << 16; w: low byte: levels (0 = none),
                      // high half: retroreflection, cd/m2 per lx, as half float
};

// One per drawable of the window.
struct ShadeDrawable {
  vec4 camera_from_mesh[3];  // rows
  uvec4 data;                // x, y: address of its ShadeTriangles; z: first material; w: seed,
                             // odd where it does not move
};

// A luminaire (engine/world/lights.h), world frame.
struct ShadeLight {
  vec4 position;  // w: radius of what shines, metres
  vec4 axis;      // w: exponent of the cosine
  vec4 up;        // w: bits of ODDROAD_BEAM_*
  vec4 candela;   // per channel; w: +1, or -1 where left and right are swapped
};

// A cell of the grid of lights (render/scene/light_grid.h).
struct ShadeCell {
  vec4 ground;  // radiance of the ground around, as lamps light it; w: bits of the first member
  uvec4 list;   // x: count
};

// A sample on its way to the device; struct of nine words.
struct ShadeInput {
  uint drawable;  // index (not + 1); unused for the sky
  uint triangle;
  float u_px;
  float v_px;
  uint visibility;  // low half: sun, high half: sky; unorm16
  uint output_index;
  uint light_cell;        // ODDROAD_NO_CELL: no lamp
  uint light_visibility;  // of the cell's first four lights, 4 x unorm8
  uint reflection;  // 1 + index; 0: not known
};

// The weather of a frame (engine/world/environment.h, render/shade/air_layer.h).
struct ShadeWeather {
  vec4 fog;        // x: extinction at the ground per metre; y: 1 / height, 0: even; z: banks;
                   // w: extinction of what falls and of dust
  vec4 beam;       // illuminance that air scatters out of the sun's beam; w: asymmetry
  vec4 drift;      // xy: shift of the banks, metres; z: seconds; w: rain, mm/h
  vec4 water;      // x: wetness; y: puddle_level() (puddles.h)
  vec4 snow;       // x: cover; y: depth, metres; z: share of the wheel tracks
  vec4 plume;      // the foot of the smoke; w: radius
  vec4 plume_air;  // xy: lean, metres per metre of height; z: extinction
};
#define ODDROAD_NO_CELL 0xffffffffu
#define ODDROAD_LIGHT_CELL_M 8.0

#define ODDROAD_HORIZON_STEPS 16

// Uniform over a frame. World frame: x east, y north, z up.
struct ShadeFrame {
  vec4 world_from_camera[3];  // rows of the rotation; w: camera position
  vec4 lens;                  // fx, fy, cx, cy in pixels
  vec4 projection;            // x: 1 where samples carry octahedral directions, else pixels
  vec4 sun_direction;         // to the sun; w: cosine of the disc's angular radius
  vec4 sun_illuminance;       // on a surface that faces it, lux per channel; w: disc luminance / it
  vec4 ground_radiance;  // mean radiance of the ground around, cd/m2; w: blur levels of the mirror
  vec4 sky_sh[9];        // cosine-convolved radiance / pi of sky and ground, real SH bands 0-2
  vec4 haze;             // extinction per metre and channel; w: cd/m2 of 1.0 in the panoramas
  vec4 horizon[ODDROAD_HORIZON_STEPS];  // radiance just above the horizon by azimuth from +x
  vec4 light_grid;  // corner x, y, metres; x, y: columns, rows
  ShadeWeather weather;
};

#ifdef __cplusplus
struct RasterPush {
  std::uint64_t instances = 0;  // RasterInstance[]
};

struct ShadePush {
  std::uint64_t inputs = 0;     // ShadeInput[]
  std::uint64_t drawables = 0;  // ShadeDrawable[]
  std::uint64_t materials = 0;  // ShadeMaterial[]
  std::uint64_t radiance = 0;   // float[3] per output index
  std::uint64_t lights = 0;     // ShadeLight[]
  std::uint64_t cells = 0;      // ShadeCell[]
  std::uint64_t members = 0;    // uint[]: indices of lights
  std::uint64_t reflections = 0;  // float[3] per index
  std::uint32_t first = 0;      // of this family's inputs
  std::uint32_t count = 0;
};

static_assert(sizeof(RasterInstance) == 80);
static_assert(sizeof(ShadeTriangle) == 80);
static_assert(sizeof(ShadeMaterial) == 80);
static_assert(sizeof(ShadeDrawable) == 64);
static_assert(sizeof(ShadeLight) == 64);
static_assert(sizeof(ShadeCell) == 32);
static_assert(sizeof(ShadeInput) == 36);
static_assert(sizeof(ShadeWeather) == 16 * 7);
static_assert(sizeof(ShadeFrame) ==
              16 * (9 + 9 + ODDROAD_HORIZON_STEPS + 1) + sizeof(ShadeWeather));
}  // namespace oddroad::shaders
#endif

#endif

#version 460
#extension GL_GOOGLE_include_directive : require
#include "rows.glsl"
// Words 0: any. Structures in buffers, pointers in buffers, uniform blocks.

struct Item {
  vec4 color;
  vec3 place;
  float weight;
  uvec2 next;  // address of another item
  mat3 turn;
  int kind[3];
};
layout(buffer_reference, std430, buffer_reference_align = 16) buffer Items { Item item[]; };

layout(set = 0, binding = 0, std140) uniform Block {
  uvec4 items;  // address, count
  vec4 scales[4];
  mat4 world;
} block;

float sum_of(Item i) {
  return i.color.x + 2.0 * i.color.w + 3.0 * i.place.z + i.weight + i.turn[2][1] * 0.5 +
         float(i.kind[0] + 10 * i.kind[2]);
}

void main() {
  if (gl_GlobalInvocationID.x >= count) return;
  const uint a = in_u(0);
  const uint at = a % block.items.z;
  Items items = Items(block.items.xy);
  const Item whole = items.item[at];
  out_f(0, sum_of(whole));
  out_f(1, items.item[at].color[a & 3u]);
  out_f(2, items.item[at].turn[1].z);
  out_i(3, items.item[at].kind[a % 3u]);
  out_f(4, block.scales[a & 3u].y);
  const vec4 moved = block.world * vec4(whole.place, 1.0);
  out_f(5, moved.x + moved.z);
  out_f(6, sum_of(items.item[shared_number]));
  out_f(7, (items.item[at].turn * whole.place).y);
  if ((a & 16u) != 0u && (whole.next.x | whole.next.y) != 0u) {
    Items other = Items(whole.next);
    out_f(8, sum_of(other.item[0]));
    out_f(9, other.item[0].color.z);
  } else {
    out_f(8, -1.0);
    out_f(9, block.scales[shared_number].x);
  }
  out_f(10, whole.kind[1] > 0 ? whole.color.y : whole.color.z);
}

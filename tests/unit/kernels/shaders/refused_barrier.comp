#version 460
layout(local_size_x = 64) in;
layout(set = 0, binding = 0) buffer Numbers { uint n[]; } numbers;
shared uint together[64];
void main() {
  together[gl_LocalInvocationID.x] = numbers.n[gl_GlobalInvocationID.x];
  barrier();
  numbers.n[gl_GlobalInvocationID.x] = together[63u - gl_LocalInvocationID.x];
}

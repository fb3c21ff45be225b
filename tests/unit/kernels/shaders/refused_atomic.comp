#version 460
layout(local_size_x = 64) in;
layout(set = 0, binding = 0) buffer Counter { uint n; } counter;
void main() { atomicAdd(counter.n, 1u); }

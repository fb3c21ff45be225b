#version 460
layout(location = 0) flat in uvec2 seen;
layout(location = 0) out uvec2 record;

void main() { record = seen; }

# Language, warnings and build speed: one place, so that every module is compiled alike.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
# -O2 without NDEBUG: our checks do not depend on it, and library asserts stay on.
set(CMAKE_CXX_FLAGS_RELEASE "-O2")

add_library(oddroad_options INTERFACE)
target_include_directories(oddroad_options INTERFACE ${CMAKE_SOURCE_DIR})
# No contraction: the same source gives the same bits on any CPU with or without FMA.
target_compile_options(oddroad_options INTERFACE
  -Wall -Wextra -Wshadow -Wno-missing-field-initializers -ffp-contract=off)
target_compile_definitions(oddroad_options INTERFACE GLM_FORCE_XYZW_ONLY GLM_FORCE_SILENT_WARNINGS
  ODDROAD_VERSION="${PROJECT_VERSION}")
if(ODDROAD_SANITIZE STREQUAL "address")
  target_compile_options(oddroad_options INTERFACE -fsanitize=address,undefined
    -fno-sanitize-recover=undefined -fno-omit-frame-pointer -g1)
  target_link_options(oddroad_options INTERFACE -fsanitize=address,undefined)
elseif(ODDROAD_SANITIZE STREQUAL "thread")
  target_compile_options(oddroad_options INTERFACE -fsanitize=thread -g1)
  target_link_options(oddroad_options INTERFACE -fsanitize=thread)
endif()
if(ODDROAD_SANITIZE STREQUAL "fuzz")
  target_compile_options(oddroad_options INTERFACE
    -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
    -fno-omit-frame-pointer -g1)
  target_link_options(oddroad_options INTERFACE -fsanitize=address,undefined)
endif()

find_program(ODDROAD_CCACHE ccache)
if(ODDROAD_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
    CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${ODDROAD_CCACHE})
endif()
find_program(ODDROAD_MOLD mold)
if(ODDROAD_MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_link_options(-fuse-ld=mold)
endif()

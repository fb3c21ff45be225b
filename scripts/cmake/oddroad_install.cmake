# The binary finds its data relative to itself (../share/oddroad) or in the source tree.
include(GNUInstallDirs)
install(TARGETS oddroad RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY scenarios assets DESTINATION ${CMAKE_INSTALL_DATADIR}/oddroad)

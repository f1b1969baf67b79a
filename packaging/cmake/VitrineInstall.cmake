# SPDX-License-Identifier: GPL-3.0-or-later
# What `cmake --install` puts where.
include(GNUInstallDirs)

install(TARGETS vitrinectl RUNTIME)
install(TARGETS vitrine-decode RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/vitrine)
if(TARGET vitrine)
    set(app_id org.vitrine.Vitrine)
    install(TARGETS vitrine RUNTIME)
    install(FILES packaging/desktop/${app_id}.desktop
        DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
    install(FILES packaging/desktop/${app_id}.metainfo.xml
        DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
    install(FILES resources/icons/vitrine.svg RENAME ${app_id}.svg
        DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
endif()

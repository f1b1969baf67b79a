# SPDX-License-Identifier: GPL-3.0-or-later
# What `cmake --install` puts where.
include(GNUInstallDirs)

install(TARGETS vitrinectl RUNTIME)
install(TARGETS vitrine-decode RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/vitrine)
install(FILES packaging/man/vitrinectl.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
if(TARGET vitrine)
    set(app_id org.vitrine.Vitrine)
    install(TARGETS vitrine RUNTIME)
    install(FILES packaging/desktop/${app_id}.desktop
        DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
    install(FILES packaging/man/vitrine.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
    # "Share with Vitrine…" in the menu of Dolphin; executable, or Plasma does not trust it
    install(PROGRAMS packaging/desktop/${app_id}.share.desktop
        DESTINATION ${CMAKE_INSTALL_DATADIR}/kio/servicemenus)
    install(FILES packaging/desktop/${app_id}.metainfo.xml
        DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
    install(FILES resources/icons/vitrine.svg RENAME ${app_id}.svg
        DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
endif()

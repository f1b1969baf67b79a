// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QDir>

class QWidget;

namespace vitrine::test {

/// Takes pictures of one window, and of its dialogs, in every look; one PNG each.
class Photographer
{
public:
    /// \a window and \a theme must outlive it.
    Photographer(QWidget& window, ui::Theme& theme, const QDir& directory)
        : m_window(window), m_theme(theme), m_directory(directory)
    {}

    /// Whether all were written.
    bool isWell() const { return m_isWell; }

    /// Dark and light.
    void shoot(const QString& name) { shoot(name, m_window); }
    void shoot(const QString& name, QWidget& dialog);
    void shootLarge(const QString& name);
    void shootMirrored(const QString& name) { shootMirrored(name, m_window); }
    void shootMirrored(const QString& name, QWidget& dialog);

private:
    void save(const QString& name, QWidget& widget, int scale);

    QWidget& m_window;
    ui::Theme& m_theme;
    const QDir m_directory;
    bool m_isWell = true;
};

} // namespace vitrine::test

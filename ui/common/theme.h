// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>

class QApplication;
class QWidget;

namespace vitrine::ui {

/// Distances between things, in device-independent pixels: steps of four.
namespace spacing {
inline constexpr int Tight = 4;
inline constexpr int Small = 8;
inline constexpr int Medium = 12;
inline constexpr int Large = 16;
inline constexpr int Wide = 24;
inline constexpr int Page = 32;
} // namespace spacing

/// Corners of pictures and controls, in device-independent pixels.
inline constexpr int kCornerRadius = 6;

/// The colours that a palette does not name. All come from the palette, so that a widget follows
/// whatever its platform (or its parent) gives it.
struct Colors {
    QColor canvas;     ///< behind the pictures
    QColor panel;      ///< side panels, bars
    QColor line;       ///< hairlines and control borders
    QColor text;       ///< what is read
    QColor muted;      ///< what is read second; still at least 4.5:1 on canvas and panel
    QColor accent;     ///< the one accent: the palette's highlight
    QColor onAccent;   ///< text on the accent
    QColor accentSoft; ///< the accent as a tint of the panel: selected rows, drop targets
    QColor accentText; ///< the accent where it is text
    QColor danger;     ///< errors and what cannot be undone
    QColor warning;    ///< what needs attention
    QColor good;       ///< what is well

    static Colors of(const QPalette& palette);
};

bool isDark(const QPalette& palette);

/// The two text sizes; the other is QApplication::font().
QFont titleFont(const QFont& body);

/// Whether the platform asks programs not to move things.
bool prefersReducedMotion(const QWidget& widget);

/// Marks a widget for the stylesheet ("primary", "title", "muted", "danger", "panel", "flat", ...);
/// see resources/styles.
void setStyleRole(QWidget& widget, const char* role);

/// Gives the program its fonts, palette and stylesheet, and again when the platform's palette
/// changes. Where the platform has a palette and a style of its own they stay, placeholders
/// excepted, which are made readable; else Fusion with Vitrine's own light or dark palette. One per
/// program, made right after QApplication. GUI thread.
class Theme final : public QObject
{
    Q_OBJECT

public:
    enum class Scheme { Platform, Light, Dark };

    /// Light and Dark use Vitrine's own palette whatever the platform says.
    explicit Theme(QApplication& application, Scheme scheme = Scheme::Platform,
                   QObject* parent = nullptr);

    void setScheme(Scheme scheme);
    Scheme scheme() const { return m_scheme; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void apply();
    void followPlatform();
    void styleSheetFromPalette();

    QApplication& m_application;
    Scheme m_scheme;
    QPalette m_platformPalette;
    bool m_platformSpeaks;
    bool m_ownStyle = false; ///< Fusion, with controls of our own look
    bool m_applying = false;
};

} // namespace vitrine::ui

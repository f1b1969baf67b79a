// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QStyle>
#include <QStyleFactory>
#include <QWidget>

#include <algorithm>
#include <cmath>

// Outside of the namespace, as Q_INIT_RESOURCE has to be.
static void initializeResources()
{
    Q_INIT_RESOURCE(vitrine);
}

namespace vitrine::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr double kTitleScale = 1.3;
constexpr double kReadableContrast = 4.5; // WCAG AA
constexpr double kVisibleContrast = 3;    // WCAG 1.4.11, parts of controls
constexpr double kBodyPoints = 10;        // where the platform names no size

QColor mixed(const QColor& a, const QColor& b, double shareOfB)
{
    const auto mix = [=](float x, float y) { return float(x + (y - x) * shareOfB); };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()),
                            mix(a.blueF(), b.blueF()));
}

double luminance(const QColor& color)
{
    const auto linear = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const auto [low, high] = std::minmax({luminance(a), luminance(b)}); // by value
    return (high + 0.05) / (low + 0.05);
}

/// Moves \a color towards \a text until it can be read on both backgrounds.
QColor readable(const QColor& color, const QColor& text, const QColor& canvas, const QColor& panel)
{
    for (double share = 0; share < 1; share += 0.05) {
        const QColor candidate = mixed(color, text, share);
        if (std::min(contrast(candidate, canvas), contrast(candidate, panel)) >= kReadableContrast)
            return candidate;
    }
    return text;
}

/// Moves the colour of a line towards the text until it can be told from both backgrounds.
QColor visible(const QColor& line, const Colors& colors)
{
    for (double share = 0; share < 1; share += 0.05) {
        const QColor candidate = mixed(line, colors.text, share);
        if (std::min(contrast(candidate, colors.canvas), contrast(candidate, colors.panel)) >=
            kVisibleContrast)
            return candidate;
    }
    return colors.text;
}

struct Shades {
    QRgb canvas, panel, button, text, muted, line, accent, onAccent;
};

constexpr Shades kLight{0xfffcfcfd, 0xfff3f4f6, 0xffffffff, 0xff1e1f24,
                        0xff646873, 0xffdfe1e6, 0xff2f6bd8, 0xffffffff};
constexpr Shades kDark{0xff1b1c1f, 0xff222427, 0xff2a2c30, 0xffeceef1,
                       0xffa0a4ad, 0xff383b41, 0xff75a5fb, 0xff0d1526};

QPalette paletteOf(const Shades& shades)
{
    QPalette palette(QColor(shades.button), QColor(shades.panel));
    const auto set = [&palette](QPalette::ColorRole role, QRgb rgb) {
        palette.setColor(role, QColor(rgb));
    };
    set(QPalette::Window, shades.panel);
    set(QPalette::Base, shades.canvas);
    set(QPalette::AlternateBase, shades.panel);
    set(QPalette::Button, shades.button);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::ToolTipText, QPalette::BrightText})
        set(role, shades.text);
    set(QPalette::ToolTipBase, shades.button);
    set(QPalette::PlaceholderText, shades.muted);
    set(QPalette::Mid, shades.line);
    set(QPalette::Highlight, shades.accent);
    set(QPalette::HighlightedText, shades.onAccent);
    set(QPalette::Link, shades.accent);
    const QColor faded = mixed(QColor(shades.muted), QColor(shades.panel), 0.35);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faded);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(shades.line));
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, faded);
    return palette;
}

QString styleSheetFile(const QString& name)
{
    QFile file(u":/styles/"_s + name);
    return file.open(QFile::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

bool isDark(const QPalette& palette)
{
    return luminance(palette.color(QPalette::Base)) < luminance(palette.color(QPalette::Text));
}

Colors Colors::of(const QPalette& palette)
{
    Colors colors;
    const bool dark = isDark(palette);
    colors.canvas = palette.color(QPalette::Active, QPalette::Base);
    colors.panel = palette.color(QPalette::Active, QPalette::Window);
    colors.text = palette.color(QPalette::Active, QPalette::Text);
    colors.accent = palette.color(QPalette::Active, QPalette::Highlight);
    colors.onAccent = palette.color(QPalette::Active, QPalette::HighlightedText);
    const auto read = [&](const QColor& color) {
        return readable(color, colors.text, colors.canvas, colors.panel);
    };
    colors.line = mixed(colors.panel, colors.text, dark ? 0.13 : 0.10);
    colors.muted = read(mixed(colors.canvas, colors.text, 0.6));
    colors.accentSoft = mixed(colors.panel, colors.accent, dark ? 0.22 : 0.12);
    colors.accentText = readable(colors.accent, colors.text, colors.canvas, colors.accentSoft);
    colors.danger = read(QColor(dark ? 0xffff8272 : 0xffc22f22));
    colors.warning = read(QColor(dark ? 0xfff1b24a : 0xff9a6200));
    colors.good = read(QColor(dark ? 0xff5fcf8a : 0xff1f8a4c));
    return colors;
}

QFont titleFont(const QFont& body)
{
    QFont font = body;
    if (body.pointSizeF() > 0)
        font.setPointSizeF(std::round(body.pointSizeF() * kTitleScale * 2) / 2);
    else
        font.setPixelSize(int(std::lround(body.pixelSize() * kTitleScale)));
    font.setWeight(QFont::DemiBold);
    return font;
}

bool prefersReducedMotion(const QWidget& widget)
{
    return widget.style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, &widget) == 0;
}

void setStyleRole(QWidget& widget, const char* role)
{
    widget.setProperty("role", QByteArray(role));
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
}

Theme::Theme(QApplication& application, Scheme scheme, QObject* parent)
    : QObject(parent)
    , m_application(application)
    , m_scheme(scheme)
    , m_platformPalette(QApplication::palette())
    , m_platformSpeaks(m_platformPalette != QApplication::style()->standardPalette())
{
    initializeResources();
    application.installEventFilter(this);
    apply();
}

void Theme::setScheme(Scheme scheme)
{
    m_scheme = scheme;
    apply();
}

bool Theme::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == &m_application && event->type() == QEvent::ApplicationPaletteChange &&
        m_scheme == Scheme::Platform && !m_applying) {
        m_applying = true;
        if (m_platformSpeaks)
            followPlatform();
        styleSheetFromPalette();
        m_applying = false;
    }
    return QObject::eventFilter(watched, event);
}

void Theme::apply()
{
    m_applying = true;
    const bool platform = m_scheme == Scheme::Platform && m_platformSpeaks;
    const bool dark =
        m_scheme == Scheme::Dark || (m_scheme == Scheme::Platform && isDark(m_platformPalette));
    // Plain Fusion leaves the edges of fields to the palette, where they may be black on black.
    m_ownStyle = !platform || QApplication::style()->name() == "fusion"_L1;
    if (!platform)
        QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    QApplication::setPalette(platform ? QPalette() : paletteOf(dark ? kDark : kLight));
    if (platform)
        followPlatform();
    if (!m_platformSpeaks) {
        QFont font = QApplication::font();
        font.setPointSizeF(kBodyPoints);
        QApplication::setFont(font);
    }
    styleSheetFromPalette();
    m_applying = false;
}

/// Platforms name no colour of placeholders, or one that cannot be read on their fields.
void Theme::followPlatform()
{
    QPalette palette; // what is not set here stays the platform's
    palette.setColor(QPalette::PlaceholderText, Colors::of(QApplication::palette()).muted);
    QApplication::setPalette(palette);
}

void Theme::styleSheetFromPalette()
{
    QString sheet = styleSheetFile(u"common.qss"_s);
    if (m_ownStyle)
        sheet += styleSheetFile(u"fusion.qss"_s);
    const Colors colors = Colors::of(QApplication::palette());
    const std::pair<QString, QColor> variables[] = {
        {u"@canvas"_s, colors.canvas},
        {u"@panel"_s, colors.panel},
        {u"@line"_s, colors.line},
        {u"@edge"_s, visible(colors.line, colors)},
        {u"@text"_s, colors.text},
        {u"@muted"_s, colors.muted},
        {u"@accent-soft"_s, colors.accentSoft},
        {u"@accent-text"_s, colors.accentText},
        {u"@accent-strong"_s, mixed(colors.accent, colors.text, 0.12)},
        {u"@on-accent"_s, colors.onAccent},
        {u"@accent"_s, colors.accent},
        {u"@danger"_s, colors.danger},
        {u"@button"_s, QApplication::palette().color(QPalette::Button)},
        {u"@hover"_s, mixed(colors.panel, colors.text, 0.06)},
        {u"@faded"_s, QApplication::palette().color(QPalette::Disabled, QPalette::Text)}};
    for (const auto& [variable, color] : variables)
        sheet.replace(variable, color.name());
    m_application.setStyleSheet(sheet);
}

} // namespace vitrine::ui

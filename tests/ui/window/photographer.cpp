// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/photographer.h"

#include <QApplication>
#include <QImage>
#include <QTest>
#include <QWidget>

#include <cstdio>

namespace vitrine::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int kShotPatience = 30'000; // milliseconds
constexpr int kSameInARow = 3;        // a fade changes something from one drawing to the next

QImage drawn(QWidget& widget, int scale)
{
    QImage picture(widget.size() * scale, QImage::Format_RGB32);
    picture.setDevicePixelRatio(scale);
    widget.render(&picture);
    return picture;
}

/// Once it looks the same several times: what fades in has done so.
QImage drawnAtRest(QWidget& widget, int scale)
{
    QImage last = drawn(widget, scale);
    int same = 0;
    const auto isAtRest = [&] {
        const QImage next = drawn(widget, scale);
        same = next == last ? same + 1 : 0;
        last = next;
        return same == kSameInARow;
    };
    (void)QTest::qWaitFor(isAtRest, kShotPatience);
    return last;
}

} // namespace

void Photographer::shoot(const QString& name, QWidget& dialog)
{
    for (const auto& [scheme, word] : {std::pair(ui::Theme::Scheme::Dark, u"dark"_s),
                                       std::pair(ui::Theme::Scheme::Light, u"light"_s)}) {
        m_theme.setScheme(scheme);
        save(name + u'-' + word, dialog, 1);
    }
}

void Photographer::shootLarge(const QString& name)
{
    save(name + "-200-percent"_L1, m_window, 2);
}

void Photographer::shootMirrored(const QString& name, QWidget& dialog)
{
    QApplication::setLayoutDirection(Qt::RightToLeft);
    save(name + "-right-to-left"_L1, dialog, 1);
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

void Photographer::save(const QString& name, QWidget& widget, int scale)
{
    const QString path = m_directory.filePath(name + ".png"_L1);
    const bool isSaved = drawnAtRest(widget, scale).save(path);
    m_isWell = m_isWell && isSaved;
    std::printf("%s%s\n", qPrintable(path), isSaved ? "" : ": could not be written");
}

} // namespace vitrine::test

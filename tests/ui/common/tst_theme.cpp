// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QDir>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace vitrine::ui;

namespace {

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
    const double first = luminance(a) + 0.05;
    const double second = luminance(b) + 0.05;
    return std::max(first, second) / std::min(first, second);
}

QPalette palette(QRgb window, QRgb base, QRgb text, QRgb highlight, QRgb highlightedText)
{
    QPalette result;
    result.setColor(QPalette::Window, QColor(window));
    result.setColor(QPalette::Base, QColor(base));
    result.setColor(QPalette::Text, QColor(text));
    result.setColor(QPalette::Highlight, QColor(highlight));
    result.setColor(QPalette::HighlightedText, QColor(highlightedText));
    return result;
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textCanBeRead_data()
    {
        QTest::addColumn<QPalette>("palette");
        Theme theme(*qApp, Theme::Scheme::Light);
        QTest::newRow("own light") << QApplication::palette();
        theme.setScheme(Theme::Scheme::Dark);
        QTest::newRow("own dark") << QApplication::palette();
        QTest::newRow("a yellow highlight")
            << palette(0xffeff0f1, 0xffffffff, 0xff232629, 0xffffe000, 0xff000000);
        QTest::newRow("a dark platform")
            << palette(0xff2a2e32, 0xff1b1e20, 0xfffcfcfc, 0xff3daee9, 0xfffcfcfc);
        QTest::newRow("high contrast")
            << palette(0xff000000, 0xff000000, 0xffffffff, 0xff00ff00, 0xff000000);
    }
    void textCanBeRead()
    {
        QFETCH(QPalette, palette);
        const Colors colors = Colors::of(palette);
        for (const QColor& color :
             {colors.text, colors.muted, colors.danger, colors.warning, colors.good}) {
            QVERIFY(contrast(color, colors.canvas) >= 4.5);
            QVERIFY(contrast(color, colors.panel) >= 4.5);
        }
        QVERIFY(contrast(colors.accentText, colors.accentSoft) >= 4.5);
    }

    void ownAccentCanBeRead()
    {
        Theme theme(*qApp, Theme::Scheme::Light);
        for (const auto scheme : {Theme::Scheme::Light, Theme::Scheme::Dark}) {
            theme.setScheme(scheme);
            const Colors colors = Colors::of(QApplication::palette());
            QCOMPARE(isDark(QApplication::palette()), scheme == Theme::Scheme::Dark);
            QVERIFY(contrast(colors.onAccent, colors.accent) >= 4.5);
        }
    }

    void placeholdersCanBeReadOnAPlatformsPalette()
    {
        QApplication::setPalette(
            palette(0xff2a2e32, 0xff1b1e20, 0xfffcfcfc, 0xff3daee9, 0xfffcfcfc));
        const Theme theme(*qApp, Theme::Scheme::Platform);
        const QPalette palette = QApplication::palette();
        const QColor color = palette.color(QPalette::PlaceholderText);
        QCOMPARE(color.alpha(), 255);
        QVERIFY(contrast(color, palette.color(QPalette::Base)) >= 4.5);
    }

    void theStyleSheetHasNoUnknownColours()
    {
        const Theme theme(*qApp, Theme::Scheme::Light);
        QVERIFY(!qApp->styleSheet().isEmpty());
        QVERIFY(!qApp->styleSheet().remove(u"@names"_s).contains(u'@'));
    }

    void iconsFollowThePalette()
    {
        Theme theme(*qApp, Theme::Scheme::Light);
        const QIcon lock = icon(u"lock"_s);
        const QImage light = lock.pixmap(24, 24).toImage();
        theme.setScheme(Theme::Scheme::Dark);
        QVERIFY(lock.pixmap(24, 24).toImage() != light);
    }

    void everyIconDrawsSomething()
    {
        const Theme theme(*qApp);
        const QStringList names = QDir(u":/icons"_s).entryList();
        QVERIFY(names.size() > 20);
        for (const QString& name : names) {
            const QImage image = icon(name.chopped(4), QColor(Qt::black)).pixmap(24, 24).toImage();
            bool drawn = false;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x)
                    drawn |= image.pixelColor(x, y).alpha() > 128;
            }
            QVERIFY2(drawn, qPrintable(name));
        }
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"

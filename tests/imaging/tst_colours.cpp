// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/makevariants.h"
#include "tests/imaging/heifsamples.h"
#include "tests/imaging/jpegwriter.h"
#include "tests/imaging/profiles.h"
#include "tests/imaging/samples.h"

#include <QColorSpace>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::imaging;

/// Colours that come out as they were meant, whatever profile they come in.
class ColoursTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void convertsToSrgb_data();
    void convertsToSrgb();
    void highresHasTheSameColours();
    void keepsWhiteWhiteAndBlackBlack_data();
    void keepsWhiteWhiteAndBlackBlack();
    void showsNoBandsInAWideGamut();
    void bearsBrokenProfiles_data();
    void bearsBrokenProfiles();
};

namespace {

const QColor kGreen(40, 200, 60);
/// The same green in numbers of Adobe RGB, as a program that knows no profiles would show it.
const QColor kGreenInAdobeRgb(117, 199, 75);

bool isNear(const QColor& a, const QColor& b, int tolerance = 6)
{
    return std::abs(a.red() - b.red()) <= tolerance &&
           std::abs(a.green() - b.green()) <= tolerance &&
           std::abs(a.blue() - b.blue()) <= tolerance;
}

QImage flat(const QColor& colour, QImage::Format format = QImage::Format_RGB32)
{
    QImage image(64, 48, format);
    image.fill(colour);
    return image;
}

/// kGreen in the numbers of another colour space, tagged with it.
QImage greenIn(QColorSpace::NamedColorSpace space, QImage::Format format = QImage::Format_RGB32)
{
    QImage image = flat(kGreen, format);
    image.setColorSpace(QColorSpace::SRgb);
    image.convertToColorSpace(space);
    return image;
}

QByteArray iccOf(QColorSpace::NamedColorSpace space)
{
    return QColorSpace(space).iccProfile();
}

QByteArray greyJpeg(int level)
{
    return test::jpeg(flat(QColor(level, level, level), QImage::Format_Grayscale8), 100);
}

/// Pixels without a tag, for formats whose profile is put in by hand.
QImage untagged(QImage image)
{
    image.setColorSpace({});
    return image;
}

} // namespace

void ColoursTest::convertsToSrgb_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QColor>("shown");
    for (const auto space :
         {QColorSpace::AdobeRgb, QColorSpace::DisplayP3, QColorSpace::ProPhotoRgb}) {
        const QImage tagged = greenIn(space);
        const QImage deep = greenIn(space, QImage::Format_RGBX64);
        QVERIFY(!isNear(tagged.pixelColor(5, 5), kGreen, 10)); // else the row would prove nothing
        QTest::addRow("JPEG, space %d", space) << test::jpeg(tagged, 100) << kGreen;
        QTest::addRow("PNG, space %d", space) << test::png(tagged) << kGreen;
        QTest::addRow("PNG of 16 bits, space %d", space) << test::png(deep) << kGreen;
        QTest::addRow("TIFF, space %d", space) << test::tiff(tagged) << kGreen;
        QTest::addRow("HEIC, space %d", space)
            << test::heic(untagged(tagged), {.profile = iccOf(space)}) << kGreen;
        QTest::addRow("AVIF, space %d", space)
            << test::avif(untagged(tagged), {.profile = iccOf(space)}) << kGreen;
    }
    QTest::newRow("Adobe RGB, known numbers")
        << test::withProfile(test::jpeg(flat(kGreenInAdobeRgb), 100), iccOf(QColorSpace::AdobeRgb))
        << kGreen;
    QTest::newRow("AVIF, P3 by code points")
        << test::avif(untagged(greenIn(QColorSpace::DisplayP3)), {.primaries = 12}) << kGreen;
    QTest::newRow("sRGB said in a profile")
        << test::withProfile(test::jpeg(flat(kGreen), 100), iccOf(QColorSpace::SRgb)) << kGreen;
    QTest::newRow("no profile") << test::jpeg(flat(kGreen), 100) << kGreen;
    // 90/255 as light is 160/255 in sRGB.
    QTest::newRow("grey, linear") << test::withProfile(greyJpeg(90), test::greyProfile(1))
                                  << QColor(160, 160, 160);
    QTest::newRow("grey PNG, linear")
        << test::withIccChunk(test::png(flat(QColor(90, 90, 90), QImage::Format_Grayscale8)),
                              test::greyProfile(1))
        << QColor(160, 160, 160);
    QTest::newRow("grey in an RGB profile")
        << test::withProfile(greyJpeg(90), iccOf(QColorSpace::SRgbLinear)) << QColor(160, 160, 160);
    // A third of the ink: Lab lightness of two thirds.
    QTest::newRow("CMYK, a press without colours")
        << test::withProfile(test::inkJpeg({64, 48}, {0, 255, 255, 255}), test::pressProfile())
        << QColor(162, 162, 162);
    QTest::newRow("CMYK, no profile")
        << test::inkJpeg({64, 48}, {0, 255, 255, 255}) << QColor(0, 255, 255);
}

void ColoursTest::convertsToSrgb()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QColor, shown);
    for (int i = 0; i < 2; ++i) { // the second time the transform is a kept one
        const auto variants = makeVariants(bytes, {.preview = true}, {});
        QVERIFY2(variants, variants ? "" : qPrintable(variants.error().detail));
        const QColor seen = variants->preview.pixelColor(20, 20);
        QVERIFY2(isNear(seen, shown), qPrintable(seen.name()));
        QCOMPARE(variants->preview.format(), QImage::Format_RGB32);
    }
}

void ColoursTest::highresHasTheSameColours()
{
    const auto variants = makeVariants(test::jpeg(greenIn(QColorSpace::AdobeRgb), 100),
                                       {.preview = true, .blurred = true, .highres = true}, {});
    QVERIFY(variants);
    for (const QImage& image : {variants->preview, variants->blurred, variants->highres}) {
        QVERIFY(isNear(image.pixelColor(20, 20), kGreen));
        QVERIFY(!image.colorSpace().isValid());
    }
}

void ColoursTest::keepsWhiteWhiteAndBlackBlack_data()
{
    QTest::addColumn<QByteArray>("white");
    QTest::addColumn<QByteArray>("black");
    const auto both = [](const QByteArray& profile) {
        return std::pair(test::withProfile(test::jpeg(flat(Qt::white), 100), profile),
                         test::withProfile(test::jpeg(flat(Qt::black), 100), profile));
    };
    for (const auto space :
         {QColorSpace::AdobeRgb, QColorSpace::DisplayP3, QColorSpace::ProPhotoRgb}) {
        const auto [white, black] = both(iccOf(space));
        QTest::addRow("space %d", space) << white << black;
    }
    const QByteArray press = test::pressProfile();
    QTest::newRow("CMYK") << test::withProfile(test::inkJpeg({64, 48}, {255, 255, 255, 255}), press)
                          << test::withProfile(test::inkJpeg({64, 48}, {255, 255, 255, 0}), press);
}

void ColoursTest::keepsWhiteWhiteAndBlackBlack()
{
    QFETCH(QByteArray, white);
    QFETCH(QByteArray, black);
    const auto seen = [](const QByteArray& bytes) {
        return makeVariants(bytes, {.preview = true}, {})->preview.pixelColor(20, 20);
    };
    QVERIFY2(isNear(seen(white), Qt::white, 2), qPrintable(seen(white).name()));
    QVERIFY2(isNear(seen(black), Qt::black, 2), qPrintable(seen(black).name()));
}

/// A soft gradient of 16 bits in ProPhoto RGB: cut to 8 bits too early, it would have steps.
void ColoursTest::showsNoBandsInAWideGamut()
{
    QImage deep(256, 8, QImage::Format_RGBX64);
    for (int y = 0; y < deep.height(); ++y) {
        auto* line = reinterpret_cast<QRgba64*>(deep.scanLine(y));
        for (int x = 0; x < deep.width(); ++x) {
            const auto level = quint16(1000 + x * 8); // about 8 of 255 from end to end
            line[x] = QRgba64::fromRgba64(level, level, level, 0xffff);
        }
    }
    deep.setColorSpace(QColorSpace::ProPhotoRgb);
    const auto variants = makeVariants(test::png(deep), {.preview = true}, {});
    QVERIFY(variants);
    QSet<int> levels;
    for (int x = 0; x < deep.width(); ++x)
        levels.insert(qRed(variants->preview.pixel(x, 4)));
    const int span = qRed(variants->preview.pixel(255, 4)) - qRed(variants->preview.pixel(0, 4));
    QVERIFY(span > 8); // sRGB spreads the dark
    QCOMPARE(levels.size(), span + 1);
}

void ColoursTest::bearsBrokenProfiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QColor>("shown");
    const QByteArray jpeg = test::jpeg(flat(kGreen), 100);
    const QByteArray adobe = iccOf(QColorSpace::AdobeRgb);
    QTest::newRow("noise") << test::withProfile(jpeg, QByteArray(200, 'x')) << kGreen;
    QTest::newRow("cut") << test::withProfile(jpeg, adobe.left(150)) << kGreen;
    QTest::newRow("of grey, in a picture with colours")
        << test::withProfile(jpeg, test::greyProfile(1)) << kGreen;
    QTest::newRow("of a press, in a picture of light")
        << test::withProfile(jpeg, test::pressProfile()) << kGreen;
    QTest::newRow("of light, in a picture of ink")
        << test::withProfile(test::inkJpeg({64, 48}, {0, 255, 255, 255}), adobe)
        << QColor(0, 255, 255);
    QTest::newRow("that unpacks to far too much")
        << test::withChunk(test::png(flat(kGreen)), "iCCP",
                           QByteArray("bomb\0\0", 6) +
                               qCompress(QByteArray(50'000'000, '\0')).mid(4))
        << kGreen;
}

void ColoursTest::bearsBrokenProfiles()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QColor, shown);
    const auto variants = makeVariants(bytes, {.preview = true}, {});
    QVERIFY2(variants, variants ? "" : qPrintable(variants.error().detail));
    const QColor seen = variants->preview.pixelColor(20, 20);
    QVERIFY2(isNear(seen, shown), qPrintable(seen.name()));
}

QTEST_GUILESS_MAIN(ColoursTest)
#include "tst_colours.moc"

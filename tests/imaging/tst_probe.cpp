// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/probe.h"
#include "tests/imaging/heifsamples.h"
#include "tests/imaging/samples.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::imaging;

class ProbeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsFormatAndSize_data();
    void tellsFormatAndSize();
    void refuses_data();
    void refuses();
    void refusesHugePicturesAtOnce_data();
    void refusesHugePicturesAtOnce();
    void appliesTheOrientationToTheSize_data();
    void appliesTheOrientationToTheSize();
    void countsFrames();
};

void ProbeTest::tellsFormatAndSize_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Format>("format");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QString>("type");

    const QSize size(60, 40);
    const QImage image = test::picture(size);
    QTest::newRow("JPEG") << test::jpeg(image) << Format::Jpeg << size << u"image/jpeg"_s;
    QTest::newRow("PNG") << test::png(image) << Format::Png << size << u"image/png"_s;
    QTest::newRow("WebP") << test::webp(image) << Format::WebP << size << u"image/webp"_s;
    QTest::newRow("GIF") << test::gif() << Format::Gif << QSize(16, 16) << u"image/gif"_s;
    QTest::newRow("TIFF") << test::tiff(image) << Format::Tiff << size << u"image/tiff"_s;
    QTest::newRow("BMP") << test::bmp(image) << Format::Bmp << size << u"image/bmp"_s;
    QTest::newRow("HEIC") << test::heic(image) << Format::Heic << size << u"image/heic"_s;
    QTest::newRow("AVIF") << test::avif(image) << Format::Avif << size << u"image/avif"_s;
}

void ProbeTest::tellsFormatAndSize()
{
    QFETCH(QByteArray, bytes);
    const auto info = probe(bytes, {});
    QVERIFY2(info, info ? "" : qPrintable(info.error().detail));
    QTEST(info->format, "format");
    QTEST(info->size, "size");
    QTEST(mediaType(info->format), "type");
    QCOMPARE(info->orientation, 1);
    QVERIFY(!info->isAnimated);
}

void ProbeTest::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorKind>("kind");

    const QByteArray jpeg = test::jpeg(test::picture({60, 40}));
    const QByteArray png = test::png(test::picture({60, 40}));
    const QByteArray bmp = test::bmp(test::picture({60, 40}));
    const auto ftyp = [](const char* brand) -> QByteArray {
        return QByteArray("\0\0\0\x18"
                          "ftyp",
                          8) +
               brand + QByteArray(4, '\0') + brand + brand;
    };
    QTest::newRow("nothing") << QByteArray() << ErrorKind::EmptyFile;
    QTest::newRow("one byte") << "\xff"_ba << ErrorKind::NotAnImage;
    QTest::newRow("text") << "Dear diary,\n"_ba << ErrorKind::NotAnImage;
    QTest::newRow("SVG") << "<svg xmlns='http://www.w3.org/2000/svg'/>"_ba << ErrorKind::NotAnImage;
    QTest::newRow("PDF") << "%PDF-1.7\n"_ba << ErrorKind::NotAnImage;
    QTest::newRow("zeros") << QByteArray(4096, '\0') << ErrorKind::NotAnImage;
    QTest::newRow("film") << ftyp("isom") << ErrorKind::NotAnImage;
    QTest::newRow("a letter that starts with BM")
        << "BMW and others, a comparison of cars"_ba << ErrorKind::NotAnImage;
    QTest::newRow("HEIC of nothing but its name") << ftyp("heic") << ErrorKind::DamagedImage;
    QTest::newRow("AVIF of nothing but its name") << ftyp("avif") << ErrorKind::DamagedImage;
    QTest::newRow("JPEG XL") << QByteArray("\xff\x0a\0\0", 4) << ErrorKind::UnsupportedImage;
    QTest::newRow("JPEG, header cut") << jpeg.left(40) << ErrorKind::DamagedImage;
    QTest::newRow("PNG, header cut") << png.left(20) << ErrorKind::DamagedImage;
    QTest::newRow("WebP, header cut")
        << test::webp(test::picture({60, 40})).left(16) << ErrorKind::DamagedImage;
    QTest::newRow("GIF, header cut") << test::gif().left(9) << ErrorKind::DamagedImage;
    QTest::newRow("BMP, rows missing") << bmp.left(bmp.size() - 100) << ErrorKind::DamagedImage;
    QTest::newRow("PNG of no width") << test::pngHeader({0, 40}, 8) << ErrorKind::DamagedImage;
}

void ProbeTest::refuses()
{
    QFETCH(QByteArray, bytes);
    const auto info = probe(bytes, {});
    QVERIFY(!info);
    QTEST(info.error().kind, "kind");
}

void ProbeTest::refusesHugePicturesAtOnce_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Limits>("limits");
    QTest::addColumn<ErrorKind>("kind");

    const QByteArray jpeg = test::jpeg(test::picture({60, 40}));
    QTest::newRow("900 megapixels")
        << test::pngHeader({30000, 30000}, 8) << Limits{} << ErrorKind::TooManyPixels;
    QTest::newRow("1600 megapixels, 1 bit")
        << test::pngHeader({40000, 40000}, 1) << Limits{.side = 50'000} << ErrorKind::TooManyPixels;
    QTest::newRow("a thin line") << test::pngHeader({30001, 1}, 8) << Limits{}
                                 << ErrorKind::SideTooLong;
    QTest::newRow("20 megapixels out of nothing")
        << test::pngHeader({5000, 4000}, 8) << Limits{} << ErrorKind::TooCompressed;
    QTest::newRow("one frame more")
        << test::gif(3) << Limits{.frames = 2} << ErrorKind::TooManyFrames;
    QTest::newRow("one pixel more") << jpeg << Limits{.pixels = 2399} << ErrorKind::TooManyPixels;
    QTest::newRow("one pixel longer") << jpeg << Limits{.side = 59} << ErrorKind::SideTooLong;
    QTest::newRow("one byte more")
        << jpeg << Limits{.bytes = jpeg.size() - 1} << ErrorKind::TooLarge;
    QTest::newRow("180 megapixels out of nothing")
        << test::pngHeader({12000, 15000}, 1) << Limits{} << ErrorKind::TooCompressed;
    QTest::newRow("one frame more, GIF")
        << test::gif(6) << Limits{.frames = 5} << ErrorKind::TooManyFrames;
    const QByteArray png = test::png(test::picture({60, 40}));
    QTest::newRow("frames without end, PNG") << test::withChunk(png, "acTL", QByteArray(8, '\xff'))
                                             << Limits{} << ErrorKind::TooManyFrames;
}

void ProbeTest::refusesHugePicturesAtOnce()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Limits, limits);
    QElapsedTimer timer;
    timer.start();
    const auto info = probe(bytes, limits);
    QVERIFY(timer.elapsed() < 1000); // decoding takes more than ten times as long
    QVERIFY(!info);
    QTEST(info.error().kind, "kind");
}

void ProbeTest::appliesTheOrientationToTheSize_data()
{
    QTest::addColumn<int>("orientation");
    QTest::addColumn<QSize>("size");
    for (int orientation = 1; orientation <= 8; ++orientation) {
        QTest::addRow("%d", orientation)
            << orientation << (orientation < 5 ? QSize(60, 40) : QSize(40, 60));
    }
}

void ProbeTest::appliesTheOrientationToTheSize()
{
    QFETCH(int, orientation);
    const QImage image = test::picture({60, 40});
    const QByteArray exif = test::exifBlock(orientation);
    for (const QByteArray& bytes :
         {test::withExif(test::jpeg(image), orientation),
          test::withChunk(test::png(image), "eXIf", exif),
          test::webpWithExif(test::webp(image), image.size(), orientation)}) {
        const auto info = probe(bytes, {});
        QVERIFY(info);
        QCOMPARE(info->orientation, orientation);
        QTEST(info->size, "size");
    }
}

void ProbeTest::countsFrames()
{
    const QByteArray png = test::png(test::picture({60, 40}));
    const QByteArray webp = test::webp(test::picture({60, 40}));
    const auto frames = [](const QByteArray& bytes) {
        const auto info = probe(bytes, {});
        return info ? info->frames : 0;
    };
    QCOMPARE(frames(png), 1);
    QCOMPARE(frames(test::gif(3)), 3);
    QCOMPARE(frames(test::withChunk(png, "acTL", QByteArray("\0\0\0\4\0\0\0\0", 8))), 4);
    QCOMPARE(frames(webp), 1);
    QCOMPARE(frames(test::animatedWebP(webp, {60, 40}, 2)), 2);
    QVERIFY(probe(test::gif(2), {})->isAnimated);
    QVERIFY(!probe(test::gif(1), {})->isAnimated);
    const auto fewer = probe(test::gif(3), Limits{.frames = 3});
    QVERIFY(fewer);
}

QTEST_GUILESS_MAIN(ProbeTest)
#include "tst_probe.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/makevariants.h"
#include "tests/imaging/heifsamples.h"
#include "tests/imaging/jpegwriter.h"
#include "tests/imaging/samples.h"

#include <QColorSpace>
#include <QPainter>
#include <QTest>

#include <opencv2/imgproc.hpp>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::imaging;

class VariantsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesWhatIsAskedFor();
    void neverScalesUp();
    void showsPicturesUpright_data();
    void showsPicturesUpright();
    void putsTransparencyOnWhite_data();
    void putsTransparencyOnWhite();
    void readsEveryKindOfPixel_data();
    void readsEveryKindOfPixel();
    void looksLikeTheWholePicture_data();
    void looksLikeTheWholePicture();
    void tellsCutJpegs_data();
    void tellsCutJpegs();
    void tellsCutGifs();
    void refusesWhatCannotBeDecoded_data();
    void refusesWhatCannotBeDecoded();
    void blursLikeAGaussian_data();
    void blursLikeAGaussian();
    void blurHidesDetail();
    void encodesWithoutMetadata();
    void readsTheEmbeddedThumbnail();
    void fitsWhatAServerSent();
};

namespace {

constexpr Wanted kPreviewOnly{.preview = true};

QImage previewOf(const QByteArray& bytes)
{
    const auto variants = makeVariants(bytes, kPreviewOnly, {});
    return variants ? variants->preview : QImage();
}

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

/// What a decoder that leaves out rows and columns gets wrong.
QImage lines(QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    for (int x = 0; x < size.width(); x += 2)
        painter.fillRect(x, 0, 1, size.height(), Qt::black);
    return image;
}

} // namespace

void VariantsTest::givesWhatIsAskedFor()
{
    const QByteArray bytes = test::jpeg(test::picture({3000, 1500}));
    const auto nothing = makeVariants(bytes, {}, {});
    QVERIFY(nothing);
    QVERIFY(nothing->preview.isNull() && nothing->highres.isNull() && nothing->blurred.isNull());
    QVERIFY(nothing->placeholder.isEmpty());

    const auto all = makeVariants(bytes, {true, true, true, true}, {});
    QVERIFY(all);
    QCOMPARE(all->preview.size(), QSize(360, 180));
    QCOMPARE(all->blurred.size(), QSize(360, 180));
    QCOMPARE(all->highres.size(), QSize(2000, 1000));
    QVERIFY(!all->placeholder.isEmpty());
    QVERIFY(!all->isDamaged);
    for (const QImage& image : {all->preview, all->blurred, all->highres})
        QCOMPARE(image.format(), QImage::Format_RGB32);

    const auto hash = makeVariants(bytes, {.placeholder = true}, {});
    QVERIFY(hash && hash->preview.isNull() && !hash->placeholder.isEmpty());

    const auto moving = makeVariants(test::gif(3), kPreviewOnly, {});
    QVERIFY(moving);
    QVERIFY(isNear(moving->preview.pixelColor(8, 8), QColor(255, 0, 0), 1)); // its first frame
}

void VariantsTest::neverScalesUp()
{
    const auto variants = makeVariants(test::png(test::picture({30, 20})), {true, true, true}, {});
    QVERIFY(variants);
    QCOMPARE(variants->preview.size(), QSize(30, 20));
    QCOMPARE(variants->blurred.size(), QSize(30, 20));
    QCOMPARE(variants->highres.size(), QSize(30, 20));
}

void VariantsTest::showsPicturesUpright_data()
{
    QTest::addColumn<int>("orientation");
    QTest::addColumn<QString>("corners"); // of the shown picture: top left, top right, bottom…
    QTest::newRow("1") << 1 << u"RGBY"_s;
    QTest::newRow("2") << 2 << u"GRYB"_s;
    QTest::newRow("3") << 3 << u"YBGR"_s;
    QTest::newRow("4") << 4 << u"BYRG"_s;
    QTest::newRow("5") << 5 << u"RBGY"_s;
    QTest::newRow("6") << 6 << u"BRYG"_s;
    QTest::newRow("7") << 7 << u"YGBR"_s;
    QTest::newRow("8") << 8 << u"GYRB"_s;
}

void VariantsTest::showsPicturesUpright()
{
    QFETCH(int, orientation);
    QFETCH(QString, corners);
    const QImage stored = test::quarters({96, 64});
    const QByteArray exif = test::exifBlock(orientation);
    const QHash<QChar, QColor> colours{
        {u'R', Qt::red}, {u'G', Qt::green}, {u'B', Qt::blue}, {u'Y', Qt::yellow}};
    for (const QByteArray& bytes :
         {test::withExif(test::jpeg(stored, 100), orientation),
          test::withChunk(test::png(stored), "eXIf", exif),
          test::webpWithExif(test::webp(stored), stored.size(), orientation),
          test::tiff(stored, orientation), test::heic(stored, {.orientation = orientation}),
          test::avif(stored, {.orientation = orientation}),
          test::heic(stored, {.orientation = orientation, .exif = orientation})}) {
        const QImage shown = previewOf(bytes);
        QCOMPARE(shown.size(), orientation < 5 ? QSize(96, 64) : QSize(64, 96));
        const int right = shown.width() - 9, bottom = shown.height() - 9;
        const QList<QPoint> places{{8, 8}, {right, 8}, {8, bottom}, {right, bottom}};
        for (int i = 0; i < 4; ++i)
            QVERIFY(isNear(shown.pixelColor(places[i]), colours[corners[i]], 24));
    }
}

void VariantsTest::putsTransparencyOnWhite_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QImage image(400, 800, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    QPainter(&image).fillRect(0, 0, 400, 400, QColor(0, 0, 0, 128));
    QTest::newRow("PNG") << test::png(image);
    QTest::newRow("16 bits a channel") << test::png(image.convertToFormat(QImage::Format_RGBA64));
    QTest::newRow("WebP") << test::webp(image);
    QTest::newRow("HEIC") << test::heic(image);
    QTest::newRow("AVIF") << test::avif(image);
}

void VariantsTest::putsTransparencyOnWhite()
{
    QFETCH(QByteArray, bytes);
    const QImage preview = previewOf(bytes);
    QCOMPARE(preview.size(), QSize(180, 360));
    QVERIFY(!preview.hasAlphaChannel());
    QVERIFY(isNear(preview.pixelColor(90, 270), Qt::white, 2));
    QVERIFY(isNear(preview.pixelColor(90, 90), QColor(127, 127, 127), 4));
}

void VariantsTest::readsEveryKindOfPixel_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QColor>("shown");
    const QColor grey(90, 90, 90), orange(230, 130, 30);
    QTest::newRow("grey JPEG") << test::jpeg(flat(grey, QImage::Format_Grayscale8)) << grey;
    QTest::newRow("grey PNG") << test::png(flat(grey, QImage::Format_Grayscale8)) << grey;
    QTest::newRow("16-bit grey PNG") << test::png(flat(grey, QImage::Format_Grayscale16)) << grey;
    QTest::newRow("16-bit PNG") << test::png(flat(orange, QImage::Format_RGBX64)) << orange;
    QTest::newRow("palette") << test::png(flat(orange).convertToFormat(QImage::Format_Indexed8))
                             << orange;
    QTest::newRow("1 bit") << test::png(flat(Qt::white).convertToFormat(QImage::Format_Mono))
                           << QColor(Qt::white);
    QTest::newRow("GIF") << test::gif() << QColor(255, 0, 0);
    QTest::newRow("WebP") << test::webp(flat(orange)) << orange;
    QTest::newRow("TIFF") << test::tiff(flat(orange)) << orange;
    QTest::newRow("BMP") << test::bmp(flat(orange)) << orange;
    QTest::newRow("HEIC") << test::heic(flat(orange)) << orange;
    QTest::newRow("AVIF") << test::avif(flat(orange)) << orange;
    QTest::newRow("CMYK, cyan") << test::inkJpeg({64, 48}, {0, 255, 255, 255})
                                << QColor(0, 255, 255);
    QTest::newRow("CMYK, half black")
        << test::inkJpeg({64, 48}, {255, 255, 255, 128}) << QColor(128, 128, 128);
}

void VariantsTest::readsEveryKindOfPixel()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QColor, shown);
    const QImage preview = previewOf(bytes);
    QVERIFY(!preview.isNull());
    const QColor seen = preview.pixelColor(10, 10);
    QVERIFY2(isNear(seen, shown), qPrintable(seen.name()));
}

void VariantsTest::looksLikeTheWholePicture_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto jpegOf = [](QSize size) { return test::jpeg(test::picture(size), 95); };
    QTest::newRow("a quarter is decoded") << jpegOf({3200, 2400});
    QTest::newRow("an odd size") << jpegOf({1537, 1023});
    QTest::newRow("a strip") << jpegOf({4000, 90});
    QTest::newRow("PNG") << test::png(test::picture({1537, 1023}));
    QTest::newRow("PNG of lines one pixel wide") << test::png(lines({1500, 1000}));
}

void VariantsTest::looksLikeTheWholePicture()
{
    QFETCH(QByteArray, bytes);
    const auto variants = makeVariants(bytes, {.preview = true, .highres = true}, {});
    QVERIFY(variants);
    QImage whole = QImage::fromData(bytes).convertToFormat(QImage::Format_RGB32);
    const auto averaged = [&whole](QSize wanted) {
        QImage small(wanted, QImage::Format_RGB32);
        const cv::Mat from(whole.height(), whole.width(), CV_8UC4, whole.bits());
        cv::Mat to(wanted.height(), wanted.width(), CV_8UC4, small.bits());
        cv::resize(from, to, to.size(), 0, 0, cv::INTER_AREA);
        return small;
    };
    QVERIFY(test::psnr(variants->preview, averaged(variants->preview.size())) > 36);
    QVERIFY(test::psnr(variants->highres, averaged(variants->highres.size())) > 36);
    const QImage alone = previewOf(bytes);
    QVERIFY(test::psnr(alone, averaged(alone.size())) > 36);
}

void VariantsTest::tellsCutJpegs_data()
{
    QTest::addColumn<int>("percent");
    QTest::newRow("half") << 50;
    QTest::newRow("most") << 90;
    QTest::newRow("nearly all") << 99;
}

void VariantsTest::tellsCutJpegs()
{
    QFETCH(int, percent);
    const QByteArray whole = test::jpeg(test::picture({1600, 1200}));
    const auto variants =
        makeVariants(whole.first(whole.size() * percent / 100), {true, true, true, true}, {});
    QVERIFY(variants);
    QVERIFY(variants->isDamaged);
    QCOMPARE(variants->preview.size(), QSize(360, 270));
    const auto sound = makeVariants(QByteArray(whole + "a trailer"), kPreviewOnly, {});
    QVERIFY(sound && !sound->isDamaged);
    // The part that is there is shown.
    const QRect top(0, 0, 360, 270 * percent / 100 - 40);
    QVERIFY(test::psnr(variants->preview.copy(top), sound->preview.copy(top)) > 30);
}

// Its first frame is there, so Qt reads it without a word.
void VariantsTest::tellsCutGifs()
{
    const QByteArray whole = test::gif(2);
    const auto sound = makeVariants(whole, kPreviewOnly, {});
    QVERIFY(sound && !sound->isDamaged);
    const auto cut = makeVariants(whole.first(whole.size() - 5), kPreviewOnly, {});
    QVERIFY(cut && cut->isDamaged);
}

void VariantsTest::refusesWhatCannotBeDecoded_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorKind>("kind");
    const QImage image = test::picture({200, 100});
    const QByteArray png = test::png(image);
    const QByteArray webp = test::webp(image);
    QTest::newRow("nothing") << QByteArray() << ErrorKind::EmptyFile;
    QTest::newRow("text") << "no picture"_ba << ErrorKind::NotAnImage;
    QTest::newRow("half a PNG") << png.first(png.size() / 2) << ErrorKind::DamagedImage;
    QTest::newRow("half a WebP") << webp.first(webp.size() / 2) << ErrorKind::DamagedImage;
    QTest::newRow("a PNG without pixels")
        << test::pngHeader({100, 100}, 8) << ErrorKind::DamagedImage;
    QTest::newRow("900 megapixels")
        << test::pngHeader({30000, 30000}, 8) << ErrorKind::TooManyPixels;
    const QByteArray heic = test::heic(image), avif = test::avif(image);
    QTest::newRow("half a HEIC") << heic.first(heic.size() / 2) << ErrorKind::DamagedImage;
    QTest::newRow("half an AVIF") << avif.first(avif.size() / 2) << ErrorKind::DamagedImage;
}

void VariantsTest::refusesWhatCannotBeDecoded()
{
    QFETCH(QByteArray, bytes);
    const auto variants = makeVariants(bytes, kPreviewOnly, {});
    QVERIFY(!variants);
    QTEST(variants.error().kind, "kind");
    QVERIFY(embeddedThumbnail(bytes).isNull());
}

void VariantsTest::blursLikeAGaussian_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("preview") << QSize(360, 240);
    QTest::newRow("odd") << QSize(359, 201);
    QTest::newRow("strip") << QSize(360, 11);
    QTest::newRow("tiny") << QSize(5, 3);
    QTest::newRow("one pixel") << QSize(1, 1);
}

void VariantsTest::blursLikeAGaussian()
{
    QFETCH(QSize, size);
    QImage preview = test::picture(size);
    const QImage blurredImage = blurred(preview);
    QCOMPARE(blurredImage.size(), size);
    QCOMPARE(blurredImage.format(), QImage::Format_RGB32);
    QImage exact(size, QImage::Format_RGB32);
    const cv::Mat from(size.height(), size.width(), CV_8UC4, preview.bits());
    cv::Mat to(size.height(), size.width(), CV_8UC4, exact.bits());
    cv::GaussianBlur(from, to, {}, kBlurSigma, kBlurSigma, cv::BORDER_REFLECT_101);
    const double ratio = test::psnr(blurredImage, exact);
    QVERIFY2(ratio > 42, qPrintable(QString::number(ratio)));
}

void VariantsTest::blurHidesDetail()
{
    QImage text(360, 240, QImage::Format_RGB32);
    text.fill(Qt::white);
    for (int x = 0; x < 360; x += 4) // strokes as wide as those of readable text
        QPainter(&text).fillRect(x, 0, 2, 240, Qt::black);
    const QImage hidden = blurred(text);
    for (int x = 1; x < 360; ++x) {
        const int step = qRed(hidden.pixel(x, 120)) - qRed(hidden.pixel(x - 1, 120));
        QVERIFY(std::abs(step) <= 6);
    }
}

void VariantsTest::encodesWithoutMetadata()
{
    QImage image = test::picture({300, 200});
    image.setText(u"Comment"_s, u"SECRET"_s);
    image.setColorSpace(QColorSpace::AdobeRgb);
    const QByteArray bytes = encodeJpeg(image);
    QVERIFY(bytes.startsWith("\xff\xd8\xff\xe0") && bytes.endsWith("\xff\xd9"));
    for (const auto* forbidden : {"SECRET", "Exif", "ICC_PROFILE", "http:", "CREATOR"})
        QVERIFY(!bytes.contains(forbidden));
    QVERIFY(test::psnr(QImage::fromData(bytes).convertToFormat(QImage::Format_RGB32), image) > 30);
    QVERIFY(encodeJpeg(image, 30).size() < bytes.size());
    QVERIFY(encodeJpeg(QImage()).isEmpty());
    QVERIFY(!encodeJpeg(image.convertToFormat(QImage::Format_Grayscale8)).isEmpty());
}

void VariantsTest::readsTheEmbeddedThumbnail()
{
    const QByteArray thumbnail = test::jpeg(test::quarters({160, 120}), 95);
    const QByteArray jpeg = test::jpeg(test::picture({640, 480}));
    const QList<QColor> topLeft{Qt::red, Qt::green, Qt::yellow, Qt::blue,
                                Qt::red, Qt::blue,  Qt::yellow, Qt::green};
    for (int orientation = 1; orientation <= 8; ++orientation) { // turned, as the picture is
        const QByteArray exif = test::exifBlock(orientation, thumbnail);
        const QImage shown =
            embeddedThumbnail(test::withSegment(jpeg, 0xe1, QByteArray("Exif\0\0", 6) + exif));
        QCOMPARE(shown.size(), orientation < 5 ? QSize(160, 120) : QSize(120, 160));
        QVERIFY(isNear(shown.pixelColor(10, 10), topLeft[orientation - 1], 12));
    }
    QVERIFY(embeddedThumbnail(jpeg).isNull());
    const QByteArray nonsense = test::exifBlock(1, "this is no JPEG");
    QVERIFY(embeddedThumbnail(test::withSegment(jpeg, 0xe1, "Exif\0\0"_ba + nonsense)).isNull());
}

void VariantsTest::fitsWhatAServerSent()
{
    const QByteArray bytes = test::jpeg(test::picture({2000, 1000}));
    const auto shown = decodeFitting(bytes, 500, {});
    QVERIFY(shown);
    QCOMPARE(shown->size(), QSize(500, 250));
    QCOMPARE(decodeFitting(bytes, 4000, {})->size(), QSize(2000, 1000));
    const auto cut = decodeFitting(bytes.first(bytes.size() / 2), 500, {});
    QVERIFY(!cut);
    QCOMPARE(cut.error().kind, ErrorKind::DamagedImage);
    QCOMPARE(decodeFitting("<html>", 500, {}).error().kind, ErrorKind::NotAnImage);
    const Limits small{.pixels = 1000};
    QCOMPARE(decodeFitting(bytes, 500, small).error().kind, ErrorKind::TooManyPixels);
}

QTEST_GUILESS_MAIN(VariantsTest)
#include "tst_variants.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/messages.h"
#include "app/imaging/pipeline/makevariants.h"
#include "tests/imaging/heifsamples.h"
#include "tests/imaging/jpegwriter.h"
#include "tests/imaging/profiles.h"
#include "tests/imaging/samples.h"

#include <QDirIterator>
#include <QRandomGenerator>
#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::imaging;

/// Hundreds of files as the world and those who mean harm make them: each gives a picture or a
/// sentence that says what to do.
class OddFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areMany();
    void givePictureOrSentence_data();
    void givePictureOrSentence();
};

namespace {

constexpr int kAtLeast = 200;

struct Odd {
    QString name;
    QByteArray bytes;
};

QList<Odd> sound()
{
    const QImage image = test::picture({120, 80});
    QImage clear = image.convertToFormat(QImage::Format_ARGB32);
    clear.fill(QColor(10, 200, 30, 90));
    const QByteArray jpeg = test::jpeg(image);
    const QByteArray exif = test::exifBlock(7, test::jpeg(test::picture({16, 12})));
    return {
        {u"JPEG"_s, jpeg},
        {u"JPEG with EXIF"_s, test::withSegment(jpeg, 0xe1, QByteArray("Exif\0\0", 6) + exif)},
        {u"progressive JPEG"_s, test::progressiveJpeg(image)},
        {u"grey JPEG"_s, test::jpeg(image.convertToFormat(QImage::Format_Grayscale8))},
        {u"CMYK JPEG"_s,
         test::withProfile(test::inkJpeg({40, 30}, {9, 99, 199, 250}), test::pressProfile())},
        {u"PNG"_s, test::png(image)},
        {u"PNG, palette"_s, test::png(image.convertToFormat(QImage::Format_Indexed8))},
        {u"PNG, 16 bits, alpha"_s, test::png(clear.convertToFormat(QImage::Format_RGBA64))},
        {u"PNG with EXIF"_s, test::withChunk(test::png(clear), "eXIf", exif)},
        {u"GIF"_s, test::gif(3)},
        {u"WebP"_s, test::webp(clear)},
        {u"moving WebP"_s, test::animatedWebP(test::webp(image), image.size(), 3)},
        {u"BMP"_s, test::bmp(image)},
        {u"TIFF"_s, test::tiff(clear, 5)},
        {u"HEIC"_s, test::heic(image, {.orientation = 6})},
        {u"AVIF"_s, test::avif(clear)},
    };
}

using Change = std::function<QByteArray(QByteArray)>;

QByteArray noised(QByteArray bytes, qsizetype from)
{
    QRandomGenerator random(3);
    for (qsizetype i = from; i < bytes.size(); i += 1 + qsizetype(random.bounded(9u)))
        bytes[i] = char(random.bounded(256));
    return bytes;
}

QList<std::pair<QString, Change>> changes()
{
    const auto cut = [](int permille) -> Change {
        return [=](const QByteArray& bytes) { return bytes.left(bytes.size() * permille / 1000); };
    };
    return {
        {u"whole"_s, [](const QByteArray& bytes) { return bytes; }},
        {u"signature alone"_s, [](const QByteArray& bytes) { return bytes.left(12); }},
        {u"cut at 5 %"_s, cut(50)},
        {u"cut at 30 %"_s, cut(300)},
        {u"cut at half"_s, cut(500)},
        {u"cut at 99 %"_s, cut(990)},
        {u"a hole of zeros"_s,
         [](QByteArray bytes) {
             const qsizetype length = bytes.size() / 4;
             return bytes.replace(bytes.size() / 2, length, QByteArray(length, '\0'));
         }},
        {u"a hole of ones"_s,
         [](QByteArray bytes) {
             const qsizetype length = bytes.size() / 4;
             return bytes.replace(bytes.size() / 3, length, QByteArray(length, '\xff'));
         }},
        {u"noise behind the header"_s, [](QByteArray bytes) { return noised(bytes, 200); }},
        {u"noise everywhere"_s, [](QByteArray bytes) { return noised(bytes, 16); }},
        {u"twice"_s, [](const QByteArray& bytes) { return bytes + bytes; }},
        {u"with a trailer"_s, [](const QByteArray& bytes) { return bytes + QByteArray(999, 'x'); }},
        {u"a byte too late"_s, [](const QByteArray& bytes) { return "\n" + bytes; }},
        {u"last quarter first"_s,
         [](const QByteArray& bytes) {
             const qsizetype start = bytes.size() * 3 / 4;
             return bytes.left(16) + bytes.mid(start) + bytes.mid(16, start - 16);
         }},
        {u"as text"_s, [](QByteArray bytes) { return bytes.replace("\n", "\r\n"); }},
    };
}

QList<Odd> singular()
{
    const QImage line = test::picture({4000, 1});
    return {
        {u"nothing"_s, {}},
        {u"zeros"_s, QByteArray(10'000, '\0')},
        {u"a page"_s, "<html><body>Not found</body></html>"},
        {u"SVG"_s, "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"},
        {u"one pixel, JPEG"_s, test::jpeg(test::picture({1, 1}))},
        {u"one pixel, PNG"_s, test::png(test::picture({1, 1}))},
        {u"a line, JPEG"_s, test::jpeg(line)},
        {u"a line, PNG"_s, test::png(line)},
        {u"a line, upright, HEIC"_s, test::heic(test::picture({16, 1600}))},
        {u"900 megapixels"_s, test::pngHeader({30'000, 30'000}, 8)},
        {u"1600 megapixels of one bit"_s, test::pngHeader({40'000, 40'000}, 1)},
        {u"200 megapixels of nothing"_s, test::pngHeader({20'000, 10'000}, 1)},
        {u"no width"_s, test::pngHeader({0, 10}, 8)},
        {u"PNG of 3 bits"_s, test::pngHeader({10, 10}, 3)},
        {u"GIF without frames"_s, test::gif(0)},
        {u"a hundred frames"_s, test::gif(100)},
    };
}

/// libjxl-testdata: odd samplings, interleavings, depths, the PNG suite, and files of a fuzzer.
QList<Odd> collected()
{
    QList<Odd> all;
    QDirIterator files(u"/usr/share/libjxl-testdata"_s, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        constexpr qint64 large = 3'000'000; // the same again, only slower
        if (file.size() < large && file.open(QIODevice::ReadOnly))
            all.append({files.fileName(), file.readAll()});
    }
    return all;
}

/// Made once.
const QList<Odd>& oddFiles()
{
    static const QList<Odd> all = [] {
        QList<Odd> made = singular();
        for (const Odd& file : sound()) {
            for (const auto& [name, change] : changes())
                made.append({file.name + u", "_s + name, change(file.bytes)});
        }
        return made + collected();
    }();
    return all;
}

bool isAboutThePicture(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::EmptyFile:
    case ErrorKind::NotAnImage:
    case ErrorKind::UnsupportedImage:
    case ErrorKind::DamagedImage:
    case ErrorKind::TooManyPixels:
    case ErrorKind::SideTooLong:
    case ErrorKind::TooManyFrames:
    case ErrorKind::TooCompressed:
        return true;
    default:
        return false;
    }
}

} // namespace

void OddFilesTest::areMany()
{
    QVERIFY(oddFiles().size() >= kAtLeast);
}

void OddFilesTest::givePictureOrSentence_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const Odd& file : oddFiles())
        QTest::newRow(qPrintable(file.name)) << file.bytes;
}

void OddFilesTest::givePictureOrSentence()
{
    QFETCH(QByteArray, bytes);
    const Wanted everything{true, true, true, true, true, Scaling::Speed};
    const auto variants = makeVariants(bytes, everything, {});
    if (!variants) {
        QVERIFY(isAboutThePicture(variants.error().kind));
        QVERIFY(messageFor(variants.error()).endsWith(u'.'));
        return;
    }
    QVERIFY(!variants->preview.isNull());
    QCOMPARE(variants->blurred.size(), variants->preview.size());
    QVERIFY(variants->preview.width() <= kPreviewSide &&
            variants->preview.height() <= kPreviewSide);
    QVERIFY(variants->highres.width() <= kHighresSide &&
            variants->highres.height() <= kHighresSide);
    QVERIFY(!variants->placeholder.isEmpty());
}

QTEST_GUILESS_MAIN(OddFilesTest)
#include "tst_oddfiles.moc"

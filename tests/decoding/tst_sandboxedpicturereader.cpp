// SPDX-License-Identifier: GPL-3.0-or-later
// What comes out of the sandbox is what comes out without one.
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "tests/imaging/heifsamples.h"
#include "tests/imaging/profiles.h"
#include "tests/imaging/samples.h"
#include "tests/support/futures.h"
#include "tests/support/sandbox.h"

#include <QColorSpace>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;
using imaging::Findings;
using imaging::ReadOrder;

class TestSandboxedPictureReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheSame_data();
    void findsTheSame();
    void refusesTheSame_data();
    void refusesTheSame();
    void encodesTheSame();
    void describesTheSame();
    void filesAndBytesAreTheSame();
    void picturesOutliveTheReader();

private:
    const decoding::SandboxedPictureReader m_sandboxed{test::sandboxTerms()};
    const imaging::InProcessPictureReader m_inProcess;
};

namespace {

const ReadOrder kEverything{.variants = {true, true, true, true, true},
                            .fitSide = 500,
                            .embeddedThumbnail = true,
                            .metadata = true};

QByteArray withThumbnail(const QByteArray& jpeg)
{
    const QByteArray thumbnail = test::jpeg(test::picture({160, 120}));
    return test::withSegment(jpeg, 0xe1,
                             "Exif" + QByteArray(2, '\0') + test::exifBlock(6, thumbnail));
}

} // namespace

void TestSandboxedPictureReader::findsTheSame_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QImage image = test::picture({900, 600});
    QTest::newRow("JPEG") << test::jpeg(image);
    QTest::newRow("JPEG with a position") << test::withExif(test::jpeg(image), 6, true);
    QTest::newRow("JPEG with a thumbnail") << withThumbnail(test::jpeg(image));
    QTest::newRow("JPEG that is cut off") << test::jpeg(image).chopped(5000);
    QTest::newRow("PNG") << test::png(image);
    QTest::newRow("WebP") << test::webp(image);
    QTest::newRow("BMP") << test::bmp(image);
    QTest::newRow("TIFF") << test::tiff(image);
    QTest::newRow("GIF") << test::gif(3);
    QTest::newRow("HEIC") << test::heic(image, {.orientation = 6});
    QTest::newRow("AVIF") << test::avif(image);
    QTest::newRow("progressive JPEG with a profile") << test::withProfile(
        test::progressiveJpeg(image), QColorSpace(QColorSpace::AdobeRgb).iccProfile());
    QTest::newRow("one pixel") << test::png(test::picture({1, 1}));
}

void TestSandboxedPictureReader::findsTheSame()
{
    QFETCH(QByteArray, bytes);
    ReadOrder order = kEverything;
    if (QByteArray(QTest::currentDataTag()).endsWith("cut off"))
        order.fitSide = 0; // that refuses damage
    const auto expected = m_inProcess.read(QByteArrayView(bytes), order);
    VERIFY_OK(expected);

    const auto found = m_sandboxed.read(QByteArrayView(bytes), order);

    VERIFY_OK(found);
    QCOMPARE(found->info.format, expected->info.format);
    QCOMPARE(found->info.size, expected->info.size);
    QCOMPARE(found->info.orientation, expected->info.orientation);
    QCOMPARE(found->info.frames, expected->info.frames);
    QCOMPARE(found->variants.preview, expected->variants.preview);
    QCOMPARE(found->variants.blurred, expected->variants.blurred);
    QCOMPARE(found->variants.highres, expected->variants.highres);
    QCOMPARE(found->variants.placeholder, expected->variants.placeholder);
    QCOMPARE(found->variants.perceptualHash, expected->variants.perceptualHash);
    QCOMPARE(found->variants.isDamaged, expected->variants.isDamaged);
    QCOMPARE(found->fitted, expected->fitted);
    QCOMPARE(found->embeddedThumbnail, expected->embeddedThumbnail);
    QCOMPARE(found->metadata.kinds, expected->metadata.kinds);
    QCOMPARE(found->metadata.altText, expected->metadata.altText);
}

void TestSandboxedPictureReader::refusesTheSame_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray jpeg = test::jpeg(test::picture({900, 600}));
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no picture") << QByteArray("Dear diary,");
    QTest::newRow("header cut") << jpeg.left(30);
    QTest::newRow("900 megapixels") << test::pngHeader({30000, 30000}, 8);
    QTest::newRow("a thin line") << test::pngHeader({30001, 1}, 8);
    QTest::newRow("out of nothing") << test::pngHeader({5000, 4000}, 8);
    QTest::newRow("damaged, where it must be whole") << jpeg.chopped(5000);
    QTest::newRow("more bytes than allowed") << jpeg + QByteArray(500'000, '\0');
}

void TestSandboxedPictureReader::refusesTheSame()
{
    QFETCH(QByteArray, bytes);
    ReadOrder order = kEverything;
    order.limits.bytes = 400'000;
    const auto expected = m_inProcess.read(QByteArrayView(bytes), order);
    QVERIFY(!expected);
    const auto found = m_sandboxed.read(QByteArrayView(bytes), order);
    QVERIFY(!found);
    QCOMPARE(found.error().kind, expected.error().kind);
}

void TestSandboxedPictureReader::encodesTheSame()
{
    const QByteArray bytes = test::withExif(test::jpeg(test::picture({3000, 2000})), 6, true);
    const ReadOrder order{.variants = {.preview = true, .blurred = true, .highres = true},
                          .encodesVariants = true,
                          .strips = true};
    const auto expected = m_inProcess.read(QByteArrayView(bytes), order);
    const auto found = m_sandboxed.read(QByteArrayView(bytes), order);
    VERIFY_OK(found);
    QVERIFY(!expected->encoded.highres.isEmpty());
    QCOMPARE(found->encoded.preview, expected->encoded.preview);
    QCOMPARE(found->encoded.blurred, expected->encoded.blurred);
    QCOMPARE(found->encoded.highres, expected->encoded.highres);
    QCOMPARE(found->stripped.bytes, expected->stripped.bytes);
    QCOMPARE(found->stripped.removed, expected->stripped.removed);
    QVERIFY(found->variants.highres.isNull());
}

void TestSandboxedPictureReader::describesTheSame()
{
    const QByteArray bytes = test::jpeg(test::picture({900, 600}));
    const ReadOrder order{.altText = u"A red boat"_s};
    const auto expected = m_inProcess.read(QByteArrayView(bytes), order);
    const auto found = m_sandboxed.read(QByteArrayView(bytes), order);
    VERIFY_OK(found);
    QVERIFY(found->described.contains("A red boat"));
    QCOMPARE(found->described, expected->described);
    const auto elsewhere = m_sandboxed.read(QByteArrayView(test::gif(1)), order);
    QVERIFY(!elsewhere);
    QCOMPARE(elsewhere.error().kind, ErrorKind::UnsupportedImage);
}

void TestSandboxedPictureReader::filesAndBytesAreTheSame()
{
    QTemporaryDir directory;
    const QByteArray bytes = test::jpeg(test::picture({900, 600}));
    QFile file(test::writeTo(directory.path(), u"boat.jpg"_s, bytes));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto fromFile =
        m_sandboxed.read(imaging::OpenFile{file.handle(), file.size()}, kEverything);
    const auto fromBytes = m_sandboxed.read(QByteArrayView(bytes), kEverything);
    VERIFY_OK(fromFile);
    VERIFY_OK(fromBytes);
    QCOMPARE(fromFile->variants.highres, fromBytes->variants.highres);
}

void TestSandboxedPictureReader::picturesOutliveTheReader()
{
    const QByteArray bytes = test::jpeg(test::picture({900, 600}));
    QImage kept;
    {
        const decoding::SandboxedPictureReader reader(test::sandboxTerms(), 1);
        kept = reader.read(QByteArrayView(bytes), {.fitSide = 500})->fitted;
    }
    QCOMPARE(kept, m_inProcess.read(QByteArrayView(bytes), {.fitSide = 500})->fitted);
    kept.setPixelColor(0, 0, Qt::red); // its own copy from here on
    QCOMPARE(kept.pixelColor(0, 0), QColor(Qt::red));
}

QTEST_GUILESS_MAIN(TestSandboxedPictureReader)
#include "tst_sandboxedpicturereader.moc"

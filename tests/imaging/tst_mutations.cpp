// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/makevariants.h"
#include "app/imaging/pipeline/probe.h"
#include "app/imaging/pipeline/readmetadata.h"
#include "app/imaging/pipeline/stripmetadata.h"
#include "tests/imaging/samples.h"

#include <QColorSpace>
#include <QRandomGenerator>
#include <QTest>

#include <tuple>

using namespace vitrine;
using namespace vitrine::imaging;

/// Broken files give a value or an error, never a crash. Worth most under the sanitizers.
class MutationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survivesDamage_data();
    void survivesDamage();
};

namespace {

constexpr int kRounds = 200;
constexpr Limits kLimits{.bytes = 1'000'000, .pixels = 1'000'000, .side = 5'000};

QByteArray mutated(QByteArray bytes, QRandomGenerator& random)
{
    const int changes = 1 + int(random.bounded(6));
    for (int i = 0; i < changes; ++i) {
        // Headers decide more than pixels: every other change goes there.
        const auto end = random.bounded(2) ? bytes.size() : qMin<qsizetype>(bytes.size(), 200);
        bytes[qsizetype(random.bounded(quint32(end)))] =
            random.bounded(3) ? char(random.bounded(256)) : '\xff';
    }
    if (random.bounded(4) == 0)
        bytes.truncate(1 + qsizetype(random.bounded(quint32(bytes.size()))));
    return bytes;
}

void tryEverything(const QByteArray& bytes)
{
    const auto variants = makeVariants(bytes, {true, true, true, true}, kLimits);
    if (variants) {
        QVERIFY(!variants->preview.isNull());
        QVERIFY(variants->preview.width() <= kPreviewSide);
        QVERIFY(variants->preview.height() <= kPreviewSide);
    }
    const QImage thumbnail = embeddedThumbnail(bytes);
    QVERIFY(thumbnail.width() <= kPreviewSide && thumbnail.height() <= kPreviewSide);
    std::ignore = readMetadata(bytes);
    const auto info = probe(bytes, kLimits);
    if (!info)
        return;
    const auto stripped = stripMetadata(bytes, info->format);
    if (!stripped)
        return;
    const auto again = stripMetadata(stripped->bytes, info->format);
    QVERIFY(again);
    QCOMPARE(again->bytes, stripped->bytes);
}

} // namespace

void MutationsTest::survivesDamage_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QImage image = test::picture({64, 48});
    const QByteArray exif = test::exifBlock(6, test::jpeg(test::picture({32, 24})));
    const QByteArray jpeg = test::jpeg(image);
    QImage tagged = image;
    tagged.setColorSpace(QColorSpace::AdobeRgb);
    QTest::newRow("JPEG") << test::withExif(jpeg, 6, true);
    QTest::newRow("JPEG with thumbnail")
        << test::withSegment(jpeg, 0xe1, QByteArray("Exif\0\0", 6) + exif);
    QTest::newRow("PNG") << test::withChunk(test::png(image), "eXIf", exif);
    QTest::newRow("JPEG with a profile") << test::jpeg(tagged);
    QTest::newRow("TIFF with a profile") << test::tiff(tagged);
    QTest::newRow("WebP with a profile") << test::webp(tagged);
    QTest::newRow("GIF") << test::gif(2);
    QTest::newRow("WebP") << test::webpWithExif(test::webp(image), image.size(), 6);
    QTest::newRow("BMP") << test::bmp(image);
    QTest::newRow("TIFF") << test::tiff(image);
}

void MutationsTest::survivesDamage()
{
    QFETCH(QByteArray, bytes);
    QRandomGenerator random(20);
    for (int round = 0; round < kRounds; ++round) {
        tryEverything(mutated(bytes, random));
        if (QTest::currentTestFailed())
            return;
    }
}

QTEST_GUILESS_MAIN(MutationsTest)
#include "tst_mutations.moc"

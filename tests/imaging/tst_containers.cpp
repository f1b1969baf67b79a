// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/stripmetadata.h"
#include "tests/imaging/samples.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::imaging;

/// Every place of PNG, WebP and GIF that is known to carry something besides the picture.
class ContainersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isRemoved_data();
    void isRemoved();
};

namespace {

constexpr auto kSecret = "SECRET";

QByteArray bytesOf(const char* text, qsizetype size)
{
    return {text, size};
}

void addPngRows()
{
    const QByteArray png = test::png(test::picture({120, 80}));
    const auto row = [&](const char* name, const QByteArray& type, const QByteArray& data) {
        QTest::newRow(name) << test::withChunk(png, type, data) << Format::Png;
    };
    row("PNG, eXIf", "eXIf", test::exifBlock(1, "SECRET"));
    row("PNG, XMP", "iTXt", bytesOf("XML:com.adobe.xmp\0\0\0\0\0SECRET", 28));
    row("PNG, iTXt", "iTXt", bytesOf("Comment\0\0\0\0\0SECRET", 18));
    row("PNG, tEXt", "tEXt", bytesOf("Author\0SECRET", 13));
    row("PNG, zTXt", "zTXt", bytesOf("Raw profile type exif\0\0SECRET", 29));
    row("PNG, time", "tIME", bytesOf("SECRET\0", 7));
    row("PNG, suggested palette", "sPLT", bytesOf("SECRET\0\x08", 8));
    row("PNG, C2PA", "caBX", "SECRET");
    row("PNG, private", "prVt", "SECRET");
    QTest::newRow("PNG, behind the end") << png + "SECRET" << Format::Png;
}

void addWebPRows()
{
    const QImage image = test::picture({120, 80});
    const QByteArray webp = test::webp(image);
    QTest::newRow("WebP, EXIF and XMP")
        << test::webpWithExif(webp, image.size(), 1) << Format::WebP;
    QTest::newRow("WebP, unknown chunk")
        << test::webpWithChunk(webp, image.size(), "priv", "SECRET") << Format::WebP;
    QTest::newRow("WebP, behind the end") << webp + "SECRET" << Format::WebP;
}

void addGifRows()
{
    const QByteArray gif = test::gif(2).replace("SECRET", "secret");
    const auto row = [&](const char* name, const QByteArray& block) {
        constexpr qsizetype header = 25;
        QTest::newRow(name) << gif.left(header) + block + gif.mid(header) << Format::Gif;
    };
    row("GIF, comment", bytesOf("!\xfe\x06SECRET\0", 10));
    row("GIF, XMP", bytesOf("!\xff\x0bXMP DataXMP\x06SECRET\0", 22));
    row("GIF, application", bytesOf("!\xff\x0bMAGICK 1.00\x06SECRET\0", 22));
    row("GIF, plain text", bytesOf("!\x01\x0c\0\0\0\0\x08\0\x08\0\x08\x08\0\0\x06SECRET\0", 23));
    QTest::newRow("GIF, behind the end") << gif + "SECRET" << Format::Gif;
}

} // namespace

void ContainersTest::isRemoved_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Format>("format");
    addPngRows();
    addWebPRows();
    addGifRows();
}

void ContainersTest::isRemoved()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Format, format);
    QVERIFY(bytes.contains(kSecret));
    const auto stripped = stripMetadata(bytes, format);
    QVERIFY2(stripped, stripped ? "" : qPrintable(stripped.error().detail));
    QVERIFY(!stripped->bytes.contains(kSecret));
    QVERIFY(!stripped->removed.isEmpty());
    QCOMPARE(QImage::fromData(stripped->bytes), QImage::fromData(bytes));
    QVERIFY(stripMetadata(stripped->bytes, format)->removed.isEmpty());
}

QTEST_GUILESS_MAIN(ContainersTest)
#include "tst_containers.moc"

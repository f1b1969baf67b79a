// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/probe.h"
#include "app/imaging/pipeline/readmetadata.h"
#include "app/imaging/pipeline/stripmetadata.h"
#include "app/imaging/pipeline/tiffdirectory.h"
#include "tests/imaging/samples.h"

#include <QBuffer>
#include <QColorSpace>
#include <QImageWriter>
#include <QTest>
#include <QtEndian>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::imaging;

class StripTiffTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesOnlyThePicture_data();
    void leavesOnlyThePicture();
    void leavesFurtherPagesHere();
    void keepsOrientationAndProfile();
    void cleansThePartsOfJpeg();
    void refuses_data();
    void refuses();
};

namespace {

constexpr quint16 kAscii = 2, kUndefined = 7;

QByteArray tiff(const QImage& image, int compression = 0)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImageWriter writer(&buffer, "tiff");
    writer.setCompression(compression);
    writer.write(image);
    return bytes;
}

quint32 numberIn(const QByteArray& bytes, quint16 tag)
{
    const TiffReader reader(bytes);
    return reader.number(reader.firstDirectory(), tag);
}

/// Writes the first directory anew with \a extra fields, in the byte order of \a bytes; the pixels
/// are taken over.
QByteArray rebuilt(const QByteArray& bytes, QList<TiffField> extra)
{
    const TiffReader reader(bytes);
    QList<TiffField> fields = std::move(extra);
    QList<QByteArray> parts;
    const auto entries = *reader.directory(reader.firstDirectory());
    QList<quint32> offsets, lengths;
    for (const TiffEntry& entry : entries) {
        if (entry.tag == tifftag::kStripOffsets)
            offsets = reader.numbers(entry);
        if (entry.tag == tifftag::kStripByteCounts)
            lengths = reader.numbers(entry);
        const auto isReplaced = [&](const TiffField& field) { return field.tag == entry.tag; };
        if (std::none_of(fields.begin(), fields.end(), isReplaced))
            fields.append({entry.tag, entry.type, entry.count, entry.value.toByteArray()});
    }
    for (qsizetype i = 0; i < offsets.size(); ++i)
        parts.append(bytes.mid(offsets[i], lengths[i]));
    return writeTiff(fields, tifftag::kStripOffsets, parts, reader.isBigEndian());
}

/// The same file, but for what the entry of \a tag says about itself.
QByteArray relabelled(QByteArray bytes, quint16 tag, quint16 type, quint32 count)
{
    const TiffReader reader(bytes);
    const quint32 directory = reader.firstDirectory();
    for (qsizetype i = 0; i < reader.directory(directory)->size(); ++i) {
        char* entry = bytes.data() + directory + 2 + 12 * i;
        if (qFromLittleEndian<quint16>(entry) != tag)
            continue;
        qToLittleEndian(type, entry + 2);
        qToLittleEndian(count, entry + 4);
    }
    return bytes;
}

TiffField text(quint16 tag, quint16 type, const QByteArray& value)
{
    return {tag, type, quint32(value.size()), value};
}

QByteArray talkative(const QByteArray& plain)
{
    constexpr quint16 description = 270, artist = 315, xmp = 700, iptc = 33723, photoshop = 34377,
                      vendor = 50000;
    return rebuilt(plain, {text(description, kAscii, "SECRET harbour"_ba + '\0'),
                           text(artist, kAscii, "SECRET Ada"_ba + '\0'),
                           text(xmp, kUndefined, "<x:xmpmeta>SECRET</x:xmpmeta>"),
                           text(iptc, kUndefined, "SECRET"), text(photoshop, kUndefined, "SECRET"),
                           text(vendor, kUndefined, "SECRET vendor")}) +
           "SECRET trailer";
}

} // namespace

void StripTiffTest::leavesOnlyThePicture_data()
{
    QTest::addColumn<QByteArray>("plain");
    const QImage image = test::picture({120, 80});
    QTest::newRow("uncompressed") << tiff(image);
    QTest::newRow("LZW") << tiff(image, 1);
    QTest::newRow("grey") << tiff(image.convertToFormat(QImage::Format_Grayscale8));
    QTest::newRow("palette") << tiff(image.convertToFormat(QImage::Format_Indexed8));
    QTest::newRow("two colours") << tiff(image.convertToFormat(QImage::Format_Mono));
    QTest::newRow("16 bits, alpha") << tiff(image.convertToFormat(QImage::Format_RGBA64));
}

void StripTiffTest::leavesOnlyThePicture()
{
    QFETCH(QByteArray, plain);
    const QByteArray bytes = talkative(plain);
    QCOMPARE(QImage::fromData(bytes), QImage::fromData(plain));
    const auto stripped = stripMetadata(bytes, Format::Tiff);
    QVERIFY2(stripped, stripped ? "" : qPrintable(stripped.error().detail));
    QVERIFY(!stripped->bytes.contains("SECRET"));
    QVERIFY(stripped->removed.contains(MetadataKind::OwnerName));
    QVERIFY(readMetadata(stripped->bytes).kinds.isEmpty());
    QCOMPARE(QImage::fromData(stripped->bytes), QImage::fromData(plain));
    QCOMPARE(stripMetadata(stripped->bytes, Format::Tiff)->bytes, stripped->bytes);
}

void StripTiffTest::leavesFurtherPagesHere()
{
    // Two files in one: the second directory is linked behind the first.
    QByteArray first = tiff(test::picture({60, 40}));
    const TiffReader reader(first);
    const auto entries = reader.directory(reader.firstDirectory());
    const qsizetype link = qsizetype(reader.firstDirectory()) + 2 + 12 * entries->size();
    const quint32 second = qToLittleEndian(reader.firstDirectory());
    QVERIFY(!reader.isBigEndian());
    first.replace(link, 4, reinterpret_cast<const char*>(&second), 4);
    QVERIFY(readMetadata(first).kinds.contains(MetadataKind::HiddenPicture));
    const auto stripped = stripMetadata(first, Format::Tiff);
    QVERIFY(stripped);
    const TiffReader left(stripped->bytes);
    QCOMPARE(left.directoryAfter(left.firstDirectory()), 0u);
    QCOMPARE(QImage::fromData(stripped->bytes), QImage::fromData(first));
}

void StripTiffTest::keepsOrientationAndProfile()
{
    QImage image = test::picture({120, 80});
    image.setColorSpace(QColorSpace::AdobeRgb);
    QByteArray turned("\6\0", 2);
    const QByteArray bytes = rebuilt(tiff(image), {{tifftag::kOrientation, kTiffShort, 1, turned}});
    const auto stripped = stripMetadata(bytes, Format::Tiff);
    QVERIFY(stripped);
    QCOMPARE(probe(stripped->bytes, {})->orientation, 6);
    QCOMPARE(QImage::fromData(stripped->bytes).colorSpace(), QColorSpace(QColorSpace::AdobeRgb));
}

void StripTiffTest::cleansThePartsOfJpeg()
{
    // A strip that is a JPEG of its own has room for everything that a JPEG can hold.
    const QImage image = test::picture({64, 48});
    const QByteArray strip = test::withSegment(test::jpeg(image), 0xfe, "SECRET");
    const auto number = [](quint16 tag, quint32 value) { return tiffLongs(tag, {value}, false); };
    const QByteArray bytes = writeTiff(
        {number(256, 64), number(257, 48), tiffLongs(258, {8, 8, 8}, false),
         number(tifftag::kCompression, 7), number(262, 6), number(tifftag::kStripOffsets, 0),
         number(277, 3), number(278, 48), number(tifftag::kStripByteCounts, quint32(strip.size()))},
        tifftag::kStripOffsets, {strip}, false);
    const auto stripped = stripMetadata(bytes, Format::Tiff);
    QVERIFY2(stripped, stripped ? "" : qPrintable(stripped.error().detail));
    QVERIFY(!stripped->bytes.contains("SECRET"));
    QCOMPARE(numberIn(stripped->bytes, tifftag::kStripByteCounts),
             quint32(stripMetadata(strip, Format::Jpeg)->bytes.size()));
}

namespace {

/// Where pixels stand, and how many bytes they are, in types and counts that cannot be.
void refusesPlaces(const QByteArray& plain)
{
    constexpr quint16 real = 11, eightBytes = 16;
    const auto tags = {tifftag::kStripOffsets, tifftag::kStripByteCounts};
    const auto entries = *TiffReader(plain).directory(TiffReader(plain).firstDirectory());
    for (const TiffEntry& entry : entries) {
        if (std::find(tags.begin(), tags.end(), entry.tag) == tags.end())
            continue;
        const auto row = [&](const char* what, quint16 type, quint32 count) {
            QTest::addRow("%u %s", entry.tag, what)
                << relabelled(plain, entry.tag, type, count) << ErrorKind::DamagedImage;
        };
        row("as text", kAscii, entry.count);
        row("as reals", real, entry.count);
        row("of eight bytes", eightBytes, entry.count);
        row("of no type", 0, entry.count);
        row("one less", entry.type, entry.count - 1);
        row("none", entry.type, 0);
    }
}

} // namespace

void StripTiffTest::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorKind>("kind");
    const QByteArray plain = tiff(test::picture({120, 80}));
    const auto number = [](quint16 tag, quint32 value) { return tiffLongs(tag, {value}, false); };
    QTest::newRow("a raw file") << rebuilt(plain, {number(tifftag::kDngVersion, 0x0401)})
                                << ErrorKind::UnsupportedImage;
    QTest::newRow("a preview first")
        << rebuilt(plain, {number(tifftag::kNewSubfileType, 1)}) << ErrorKind::UnsupportedImage;
    QTest::newRow("old JPEG") << rebuilt(plain, {number(tifftag::kCompression, 6)})
                              << ErrorKind::UnsupportedImage;
    QTest::newRow("cut") << plain.first(plain.size() / 2) << ErrorKind::DamagedImage;
    QTest::newRow("header only") << plain.first(8) << ErrorKind::DamagedImage;
    QTest::newRow("pixels elsewhere")
        << rebuilt(plain, {number(tifftag::kStripByteCounts, 0x7fffffff)})
        << ErrorKind::DamagedImage;
    QTest::newRow("pixels in two places")
        << rebuilt(plain, {number(tifftag::kTileOffsets, 8), number(tifftag::kTileByteCounts, 8)})
        << ErrorKind::DamagedImage;
    QTest::newRow("a width of no type") << relabelled(plain, 256, 16, 1) << ErrorKind::DamagedImage;
    QTest::newRow("a compression that is a text")
        << relabelled(plain, tifftag::kCompression, kAscii, 1) << ErrorKind::DamagedImage;
    refusesPlaces(plain);
}

void StripTiffTest::refuses()
{
    QFETCH(QByteArray, bytes);
    const auto stripped = stripMetadata(bytes, Format::Tiff);
    QVERIFY(!stripped);
    QTEST(stripped.error().kind, "kind");
}

QTEST_GUILESS_MAIN(StripTiffTest)
#include "tst_striptiff.moc"

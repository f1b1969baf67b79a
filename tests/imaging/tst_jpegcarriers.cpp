// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/probe.h"
#include "app/imaging/pipeline/readmetadata.h"
#include "app/imaging/pipeline/stripmetadata.h"
#include "tests/imaging/samples.h"

#include <QColorSpace>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::imaging;

/// Every place of a JPEG that is known to carry something besides the picture.
class JpegCarriersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isToldAndRemoved_data();
    void isToldAndRemoved();
    void whatThePictureNeedsIsNoMetadata();
};

namespace {

constexpr auto kSecret = "SECRET";

QByteArray bytesOf(const char* text, qsizetype size)
{
    return {text, size};
}

/// One of Photoshop's resources.
QByteArray photoshopBlock(quint16 id, const QByteArray& data)
{
    QByteArray block = "8BIM" + QByteArray(1, char(id >> 8)) + char(id & 0xff) + bytesOf("\0\0", 2);
    block += bytesOf("\0\0\0", 3) + char(data.size()) + data;
    return data.size() & 1 ? block + '\0' : block;
}

QByteArray photoshop(const QByteArray& blocks)
{
    return bytesOf("Photoshop 3.0\0", 14) + blocks;
}

struct Segment {
    const char* name;
    int marker;
    QByteArray payload;
    MetadataKind kind;
};

QList<Segment> segments()
{
    using Kind = MetadataKind;
    const QByteArray thumbnail = test::jpeg(test::picture({8, 6})).left(40);
    return {
        {"JFXX thumbnail", 0xe0, bytesOf("JFXX\0\x10", 6) + "SECRET", Kind::Thumbnail},
        {"extended XMP", 0xe1, bytesOf("http://ns.adobe.com/xmp/extension/\0", 35) + "SECRET",
         Kind::Other},
        {"multi-picture index", 0xe2, bytesOf("MPF\0", 4) + "SECRET", Kind::HiddenPicture},
        {"FlashPix", 0xe2, bytesOf("FPXR\0", 5) + "SECRET", Kind::Other},
        {"APP3, Kodak", 0xe3, bytesOf("Meta\0\0", 6) + "SECRET", Kind::Other},
        {"APP3, stereo", 0xe3, "_JPSJPS_SECRET", Kind::Other},
        {"APP4, vendor", 0xe4, "SECRET", Kind::Other},
        {"APP5", 0xe5, "SECRET", Kind::Other},
        {"APP6, GoPro", 0xe6, bytesOf("GoPro\0", 6) + "SECRET", Kind::Other},
        {"APP10, comment", 0xea, "UNICODE SECRET", Kind::Other},
        {"JUMBF", 0xeb, bytesOf("JP\0\1\0\0\0\1", 8) + "SECRET", Kind::EditHistory},
        {"Ducky", 0xec, "Ducky SECRET", Kind::Other},
        {"Photoshop thumbnail", 0xed, photoshop(photoshopBlock(0x040c, thumbnail + "SECRET")),
         Kind::Thumbnail},
        {"Photoshop thumbnail of old", 0xed, photoshop(photoshopBlock(0x0409, "SECRET!")),
         Kind::Thumbnail},
        {"Photoshop path", 0xed, photoshop(photoshopBlock(0x07d0, "SECRET!")), Kind::Other},
        {"APP14 that is not Adobe's", 0xee, "SECRET", Kind::Other},
        {"APP15", 0xef, "SECRET", Kind::Other},
        {"comment", 0xfe, "SECRET", Kind::Other},
    };
}

} // namespace

void JpegCarriersTest::isToldAndRemoved_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<MetadataKind>("kind");
    const QByteArray jpeg = test::jpeg(test::picture({120, 80}));
    const QList<Segment> all = segments();
    for (const Segment& segment : all)
        QTest::newRow(segment.name)
            << test::withSegment(jpeg, segment.marker, segment.payload) << segment.kind;

    const QByteArray thumbnail = test::jpeg(test::picture({16, 12})) + kSecret;
    const QByteArray exif = bytesOf("Exif\0\0", 6);
    QTest::newRow("second EXIF")
        << test::withExif(test::withSegment(jpeg, 0xe1, exif + test::exifBlock(1, thumbnail)), 1)
        << MetadataKind::Thumbnail;
    const QByteArray first = photoshop(photoshopBlock(0x0404, {}));
    const QByteArray second = photoshop(photoshopBlock(0x040c, "SECRET"));
    QTest::newRow("second Photoshop block")
        << test::withSegment(test::withSegment(jpeg, 0xed, second), 0xed, first)
        << MetadataKind::Thumbnail;
    const QByteArray jfif = bytesOf("JFIF\0\1\1\0\0\1\0\1\1\2", 14) + "SECRET";
    QTest::newRow("JFIF thumbnail")
        << test::withSegment(jpeg.left(2) + jpeg.mid(20), 0xe0, jfif) << MetadataKind::Thumbnail;
    QTest::newRow("behind the first scan")
        << jpeg.chopped(2) + bytesOf("\xff\xfe\0\x08", 4) + "SECRET" + jpeg.right(2)
        << MetadataKind::Other;
    QTest::newRow("second picture behind the end")
        << jpeg + test::withSegment(jpeg, 0xfe, kSecret) << MetadataKind::HiddenPicture;
    QTest::newRow("film behind the end")
        << jpeg + bytesOf("\0\0\0\x18", 4) + "ftypmp42 SECRET" << MetadataKind::HiddenPicture;
    QTest::newRow("vendor's trailer") << jpeg + "SEFH SECRET SEFT" << MetadataKind::Other;
}

void JpegCarriersTest::isToldAndRemoved()
{
    QFETCH(QByteArray, bytes);
    QFETCH(MetadataKind, kind);
    QVERIFY(bytes.contains(kSecret));
    QVERIFY(!QImage::fromData(bytes).isNull());
    QCOMPARE(readMetadata(bytes).kinds, QList{kind});
    const auto stripped = stripMetadata(bytes, Format::Jpeg);
    QVERIFY(stripped);
    QCOMPARE(stripped->removed, QList{kind});
    QVERIFY(!stripped->bytes.contains(kSecret));
    QVERIFY(readMetadata(stripped->bytes).kinds.isEmpty());
    QCOMPARE(QImage::fromData(stripped->bytes), QImage::fromData(bytes));
}

void JpegCarriersTest::whatThePictureNeedsIsNoMetadata()
{
    QImage image = test::picture({120, 80});
    image.setColorSpace(QColorSpace::DisplayP3);
    QByteArray jpeg = test::withExif(test::jpeg(image), 6);
    jpeg = test::withSegment(jpeg, 0xee, bytesOf("Adobe\0\x64\0\0\0\0\1", 12));
    QVERIFY(readMetadata(jpeg).kinds.isEmpty());
    const auto stripped = stripMetadata(jpeg, Format::Jpeg);
    QVERIFY(stripped);
    QVERIFY(stripped->bytes.contains("ICC_PROFILE"));
    QVERIFY(stripped->bytes.contains("Adobe"));
    QCOMPARE(probe(stripped->bytes, {})->orientation, 6);
}

QTEST_GUILESS_MAIN(JpegCarriersTest)
#include "tst_jpegcarriers.moc"

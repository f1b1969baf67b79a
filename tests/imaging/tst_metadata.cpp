// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/makevariants.h"
#include "app/imaging/pipeline/probe.h"
#include "app/imaging/pipeline/readmetadata.h"
#include "app/imaging/pipeline/stripmetadata.h"
#include "tests/imaging/samples.h"

#include <QColorSpace>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::imaging;

class MetadataTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reportsWhatAFileCarries();
    void takesTheAltTextOfTheFile_data();
    void takesTheAltTextOfTheFile();
    void survivesNonsense();
    void leavesOnlyThePicture_data();
    void leavesOnlyThePicture();
    void endsAJpegAtItsEnd();
    void removesTheThumbnailOfAWiderPicture();
    void keepsTheOrientation_data();
    void keepsTheOrientation();
    void keepsTheColourProfile_data();
    void keepsTheColourProfile();
    void keepsAnimations();
    void refuses_data();
    void refuses();
};

namespace {

constexpr auto kSecret = "SECRET";

QByteArray exifPrefix()
{
    return {"Exif\0\0", 6};
}

QByteArray xmpPacket(const QByteArray& description)
{
    return "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
           "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
           "<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/'"
           " xmlns:Iptc4xmpCore='http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/'>" +
           description + "</rdf:Description></rdf:RDF></x:xmpmeta>";
}

QByteArray withXmp(const QByteArray& jpeg, const QByteArray& description)
{
    return test::withSegment(
        jpeg, 0xe1, QByteArray("http://ns.adobe.com/xap/1.0/\0", 29) + xmpPacket(description));
}

/// As Adobe writes it (XMP specification, part 3): not in blocks, with a trailer that makes up for
/// it.
QByteArray gifWithXmp(const QByteArray& description)
{
    QByteArray trailer("\1", 1);
    for (int byte = 0xff; byte >= 0; --byte)
        trailer.append(char(byte));
    QByteArray gif = test::gif(1);
    constexpr qsizetype header = 25;
    return gif.insert(header, "!\xff\x0bXMP DataXMP" + xmpPacket(description) + trailer + '\0');
}

/// In the block that Photoshop made the custom for IPTC's.
QByteArray withCaption(const QByteArray& jpeg, const QByteArray& caption)
{
    QByteArray dataset("\x1c\x02\x78\0\0", 5);
    dataset[4] = char(caption.size());
    dataset += caption;
    QByteArray resource("8BIM\x04\x04\0\0\0\0\0\0", 12);
    resource[11] = char(dataset.size());
    dataset.append(dataset.size() % 2, '\0');
    return test::withSegment(jpeg, 0xed, QByteArray("Photoshop 3.0\0", 14) + resource + dataset);
}

QByteArray languages(const QByteArray& property, const QByteArray& text)
{
    return '<' + property + "><rdf:Alt><rdf:li xml:lang='x-default'>" + text +
           "</rdf:li><rdf:li xml:lang='de'>Ein Boot</rdf:li></rdf:Alt></" + property + '>';
}

QByteArray describedAs(const QByteArray& jpeg, QByteArray description)
{
    description = description.leftJustified(20, '\0', true);
    QByteArray bytes = test::withExif(jpeg, 1, true);
    return bytes.replace(QByteArray("A boat in a harbour").leftJustified(20, '\0'), description);
}

/// A JPEG with something in every corner that a camera, a phone or a program puts there.
QByteArray talkativeJpeg(const QImage& image, int orientation)
{
    QByteArray bytes = test::jpeg(image, 95);
    bytes = test::withSegment(bytes, 0xfe, "SECRET comment");
    bytes = test::withSegment(bytes, 0xed, "Photoshop 3.0 SECRET");
    bytes = test::withSegment(bytes, 0xe2, "MPF SECRET second picture");
    bytes = test::withSegment(bytes, 0xeb, "JP SECRET provenance");
    bytes = test::withSegment(bytes, 0xef, "SECRET vendor");
    bytes = withXmp(bytes, languages("dc:description", "SECRET"));
    return test::withExif(bytes, orientation, true) + "SECRET trailer" + test::jpeg(image);
}

QByteArray talkativePng(const QImage& image, int orientation)
{
    QByteArray bytes = test::png(image);
    bytes = test::withChunk(bytes, "tEXt", QByteArray("Author\0SECRET", 13));
    bytes = test::withChunk(bytes, "iTXt", QByteArray("XML:com.adobe.xmp\0\0\0\0\0SECRET", 28));
    bytes = test::withChunk(bytes, "eXIf", test::exifBlock(orientation, "SECRET"));
    bytes = test::withChunk(bytes, "prVt", "SECRET");
    return bytes + "SECRET trailer";
}

QByteArray talkativeWebP(const QImage& image, int orientation)
{
    return test::webpWithExif(test::webp(image), image.size(), orientation) + "SECRET trailer";
}

} // namespace

void MetadataTest::reportsWhatAFileCarries()
{
    const QByteArray jpeg = test::jpeg(test::picture({80, 60}));
    QVERIFY(readMetadata(jpeg).kinds.isEmpty());
    QVERIFY(readMetadata(test::withExif(jpeg, 6)).kinds.isEmpty());

    const MetadataReport report = readMetadata(test::withExif(jpeg, 6, true));
    QCOMPARE(report.kinds,
             (QList{MetadataKind::Location, MetadataKind::SerialNumber, MetadataKind::Other}));
    QCOMPARE(report.altText, u"A boat in a harbour"_s);

    const QByteArray withThumbnail =
        test::withSegment(jpeg, 0xe1, exifPrefix() + test::exifBlock(1, jpeg));
    QVERIFY(readMetadata(withThumbnail).kinds.contains(MetadataKind::Thumbnail));
    QCOMPARE(readMetadata(QByteArray(jpeg + "a note")).kinds, QList{MetadataKind::Other});
    const QByteArray named =
        withXmp(jpeg, "<dc:creator><rdf:Seq><rdf:li>Ada</rdf:li></rdf:Seq></dc:creator>");
    QCOMPARE(readMetadata(named).kinds, QList{MetadataKind::OwnerName});
    QVERIFY(readMetadata(gifWithXmp("<dc:creator>Ada</dc:creator>"))
                .kinds.contains(MetadataKind::OwnerName));
}

void MetadataTest::takesTheAltTextOfTheFile_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    const QByteArray jpeg = test::jpeg(test::picture({80, 60}));
    const QByteArray alt = languages("Iptc4xmpCore:AltTextAccessibility", "A red boat");
    const QByteArray description = languages("dc:description", "Caption");
    QTest::newRow("none") << jpeg << QString();
    QTest::newRow("alt text") << withXmp(jpeg, alt) << u"A red boat"_s;
    QTest::newRow("alt text before caption") << withXmp(jpeg, description + alt) << u"A red boat"_s;
    QTest::newRow("caption") << withXmp(jpeg, description) << u"Caption"_s;
    QTest::newRow("IPTC's caption")
        << withCaption(describedAs(jpeg, "Sunset"), "A pier") << u"A pier"_s;
    QTest::newRow("alt text of a GIF") << gifWithXmp(alt) << u"A red boat"_s;
    QTest::newRow("caption before EXIF")
        << withXmp(test::withExif(jpeg, 1, true), description) << u"Caption"_s;
    QTest::newRow("UTF-8") << describedAs(jpeg, "Bj\xc3\xb6rn") << u"Björn"_s;
    QTest::newRow("Latin-1") << describedAs(jpeg, "Bj\xf6rn") << u"Björn"_s;
    QTest::newRow("boilerplate") << withXmp(jpeg,
                                            languages("dc:description", "OLYMPUS DIGITAL CAMERA"))
                                 << QString();
    QTest::newRow("padded boilerplate") << describedAs(jpeg, "SONY DSC          ") << QString();
    QTest::newRow("a phone's scene code") << describedAs(jpeg, "oznor") << QString();
}

void MetadataTest::takesTheAltTextOfTheFile()
{
    QFETCH(QByteArray, bytes);
    QTEST(readMetadata(bytes).altText, "text");
}

void MetadataTest::survivesNonsense()
{
    QVERIFY(readMetadata({}).kinds.isEmpty());
    QVERIFY(readMetadata("text").kinds.isEmpty());
    QVERIFY(readMetadata(QByteArrayView("\xff\xd8\xff\xe1\xff\xff", 6)).altText.isEmpty());
}

void MetadataTest::leavesOnlyThePicture_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Format>("format");
    const QImage image = test::picture({120, 80});
    QTest::newRow("JPEG") << talkativeJpeg(image, 6) << Format::Jpeg;
    QTest::newRow("PNG") << talkativePng(image, 6) << Format::Png;
    QTest::newRow("WebP") << talkativeWebP(image, 6) << Format::WebP;
    QTest::newRow("GIF") << test::gif(2) + kSecret << Format::Gif;
    QTest::newRow("BMP") << test::bmp(image) + kSecret << Format::Bmp;
}

void MetadataTest::leavesOnlyThePicture()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Format, format);
    QVERIFY(bytes.contains(kSecret));
    const auto stripped = stripMetadata(bytes, format);
    QVERIFY2(stripped, stripped ? "" : qPrintable(stripped.error().detail));
    for (const auto* forbidden : {kSecret, "SERIAL", "xmpmeta", "harbour", "at home"})
        QVERIFY2(!stripped->bytes.contains(forbidden), forbidden);
    QVERIFY(!stripped->removed.isEmpty());
    QVERIFY(readMetadata(stripped->bytes).kinds.isEmpty());

    QCOMPARE(QImage::fromData(stripped->bytes), QImage::fromData(bytes)); // bit for bit
    QCOMPARE(probe(stripped->bytes, {})->orientation, probe(bytes, {})->orientation);
    QCOMPARE(stripMetadata(bytes, format)->bytes, stripped->bytes);           // the same again
    QCOMPARE(stripMetadata(stripped->bytes, format)->bytes, stripped->bytes); // nothing left
    QVERIFY(stripMetadata(stripped->bytes, format)->removed.isEmpty());
}

void MetadataTest::endsAJpegAtItsEnd()
{
    const QByteArray jpeg = test::jpeg(test::picture({80, 60}));
    const QByteArray bytes = jpeg + jpeg + QByteArray(5000, 'v');
    const auto stripped = stripMetadata(bytes, Format::Jpeg);
    QVERIFY(stripped);
    QVERIFY(stripped->bytes.size() <= jpeg.size());
    QVERIFY(stripped->bytes.endsWith("\xff\xd9"));
    QCOMPARE(stripped->bytes.count("\xff\xd9"), 1);
}

void MetadataTest::removesTheThumbnailOfAWiderPicture()
{
    // Somebody cropped a person out; the program forgot the thumbnail.
    const QImage whole = test::picture({640, 480});
    const QByteArray thumbnail = test::jpeg(whole.scaled(160, 120));
    const QByteArray cropped = test::jpeg(whole.copy(0, 0, 200, 200));
    const QByteArray bytes =
        test::withSegment(cropped, 0xe1, exifPrefix() + test::exifBlock(3, thumbnail));
    QVERIFY(!embeddedThumbnail(bytes).isNull());
    const auto stripped = stripMetadata(bytes, Format::Jpeg);
    QVERIFY(stripped);
    QCOMPARE(stripped->removed, QList{MetadataKind::Thumbnail});
    QVERIFY(embeddedThumbnail(stripped->bytes).isNull());
    QVERIFY(!stripped->bytes.contains(thumbnail.right(200)));

    QByteArray jfifThumbnail = cropped; // the older place: inside of the JFIF segment
    jfifThumbnail =
        test::withSegment(jfifThumbnail.left(2) + jfifThumbnail.mid(20), 0xe0,
                          QByteArray("JFIF\0\1\1\0\0\1\0\1\x02\x02", 14) + "SECRETsecret");
    QVERIFY(!stripMetadata(jfifThumbnail, Format::Jpeg)->bytes.contains("SECRET"));
}

void MetadataTest::keepsTheOrientation_data()
{
    QTest::addColumn<int>("orientation");
    for (int orientation = 1; orientation <= 8; ++orientation)
        QTest::addRow("%d", orientation) << orientation;
}

void MetadataTest::keepsTheOrientation()
{
    QFETCH(int, orientation);
    const QImage image = test::picture({120, 80});
    const QList<std::pair<QByteArray, Format>> files{
        {talkativeJpeg(image, orientation), Format::Jpeg},
        {talkativePng(image, orientation), Format::Png},
        {talkativeWebP(image, orientation), Format::WebP}};
    for (const auto& [bytes, format] : files) {
        const auto stripped = stripMetadata(bytes, format);
        QVERIFY(stripped);
        QCOMPARE(probe(stripped->bytes, {})->orientation, orientation);
        const bool hasExif = stripped->bytes.contains("Exif") || stripped->bytes.contains("eXIf") ||
                             stripped->bytes.contains("EXIF");
        QCOMPARE(hasExif, orientation != 1);
    }
}

void MetadataTest::keepsTheColourProfile_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Format>("format");
    QImage image = test::picture({120, 80});
    image.setColorSpace(QColorSpace::AdobeRgb);
    QTest::newRow("JPEG") << test::withExif(test::jpeg(image), 1, true) << Format::Jpeg;
    QTest::newRow("PNG") << test::withChunk(test::png(image), "prVt", "x") << Format::Png;
}

void MetadataTest::keepsTheColourProfile()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Format, format);
    const auto stripped = stripMetadata(bytes, format);
    QVERIFY(stripped);
    QVERIFY(QImage::fromData(bytes).colorSpace() != QColorSpace(QColorSpace::SRgb));
    QCOMPARE(QImage::fromData(stripped->bytes).colorSpace(), QImage::fromData(bytes).colorSpace());
}

void MetadataTest::keepsAnimations()
{
    const auto stripped = stripMetadata(test::gif(3), Format::Gif);
    QVERIFY(stripped);
    QVERIFY(stripped->bytes.contains("NETSCAPE2.0"));
    const auto info = probe(stripped->bytes, {});
    QVERIFY(info && info->isAnimated);
}

void MetadataTest::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Format>("format");
    QTest::addColumn<ErrorKind>("kind");
    const QImage image = test::picture({120, 80});
    const QByteArray jpeg = test::jpeg(image), png = test::png(image), webp = test::webp(image);
    const auto half = [](const QByteArray& bytes) { return bytes.first(bytes.size() / 2); };
    QTest::newRow("half a JPEG") << half(jpeg) << Format::Jpeg << ErrorKind::DamagedImage;
    QTest::newRow("half a PNG") << half(png) << Format::Png << ErrorKind::DamagedImage;
    QTest::newRow("half a WebP") << half(webp) << Format::WebP << ErrorKind::DamagedImage;
    QTest::newRow("half a GIF") << half(test::gif()) << Format::Gif << ErrorKind::DamagedImage;
    QTest::newRow("nothing") << QByteArray() << Format::Jpeg << ErrorKind::DamagedImage;
    QTest::newRow("PNG, a critical chunk nobody knows")
        << test::withChunk(png, "CgBI", "1234") << Format::Png << ErrorKind::UnsupportedImage;
}

void MetadataTest::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Format, format);
    const auto stripped = stripMetadata(bytes, format);
    QVERIFY(!stripped);
    QTEST(stripped.error().kind, "kind");
}

QTEST_GUILESS_MAIN(MetadataTest)
#include "tst_metadata.moc"

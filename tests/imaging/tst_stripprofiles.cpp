// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/iccprofile.h"
#include "app/imaging/pipeline/readmetadata.h"
#include "app/imaging/pipeline/riffchunks.h"
#include "app/imaging/pipeline/stripmetadata.h"
#include "app/imaging/pipeline/tiffdirectory.h"
#include "tests/imaging/heifsamples.h"
#include "tests/imaging/profiles.h"
#include "tests/imaging/samples.h"

#include <QColorSpace>
#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::imaging;

/// A colour profile goes along with its picture, and says nothing but colours: in every container.
class StripProfilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesOnlyTheColours_data();
    void leavesOnlyTheColours();
    void tellsOfNothingInAPlainProfile_data();
    void tellsOfNothingInAPlainProfile();
    void refusesABrokenProfile_data();
    void refusesABrokenProfile();
    void joinsTheSegmentsOfAJpeg();
    void refusesSegmentsThatDoNotJoin_data();
    void refusesSegmentsThatDoNotJoin();
    void leavesNothingElseInAPngsChunk();
    void refusesWhatAPngCannotUnpack_data();
    void refusesWhatAPngCannotUnpack();
};

namespace {

constexpr auto kSecret = "SECRET";

/// A picture with the given profile.
struct Container {
    const char* name;
    Format format;
    std::function<QByteArray(const QByteArray& profile)> with;
};

QByteArray segment(int number, int count, const QByteArray& part)
{
    return QByteArray("ICC_PROFILE\0", 12) + char(number) + char(count) + part;
}

QByteArray gifWith(const QByteArray& profile)
{
    QByteArray block("!\xff\x0bICCRGBG1012", 14);
    for (qsizetype at = 0; at < profile.size(); at += 255) {
        const QByteArray part = profile.mid(at, 255);
        block += char(part.size()) + part;
    }
    constexpr qsizetype header = 25;
    QByteArray plain = stripMetadata(test::gif(1), Format::Gif)->bytes;
    return plain.insert(header, block + '\0');
}

QByteArray webpWith(const QImage& image, const QByteArray& profile)
{
    const QByteArray pixels = test::webp(image).mid(12);
    const QByteArray plain = test::webpWithChunk(test::webp(image), image.size(), "none", {});
    constexpr qsizetype flagsAt = 20, headerEnd = 30;
    constexpr char hasProfile = 0x20;
    QByteArray list = plain.mid(8, headerEnd - 8);
    list[flagsAt - 8] = hasProfile;
    appendRiffChunk(list, "ICCP", profile);
    QByteArray webp;
    appendRiffChunk(webp, "RIFF", list + pixels);
    return webp;
}

QByteArray tiffWith(const QImage& image, const QByteArray& profile)
{
    constexpr quint16 iccTag = 34675, undefined = 7;
    const QImage rgb = image.convertToFormat(QImage::Format_RGB888);
    const QByteArray strip(reinterpret_cast<const char*>(rgb.constBits()), rgb.sizeInBytes());
    const auto number = [](quint16 tag, qsizetype value) {
        return tiffLongs(tag, {quint32(value)}, false);
    };
    return writeTiff({number(256, rgb.width()),
                      number(257, rgb.height()),
                      tiffLongs(258, {8, 8, 8}, false),
                      number(tifftag::kCompression, 1),
                      number(262, 2),
                      number(tifftag::kStripOffsets, 0),
                      number(277, 3),
                      number(278, rgb.height()),
                      number(tifftag::kStripByteCounts, strip.size()),
                      {iccTag, undefined, quint32(profile.size()), profile}},
                     tifftag::kStripOffsets, {strip}, false);
}

QList<Container> containers()
{
    QImage image = test::picture({120, 80});
    image.setColorSpace({});
    const QByteArray jpeg = test::jpeg(image), png = test::png(image);
    return {
        {"JPEG", Format::Jpeg, [=](auto& profile) { return test::withProfile(jpeg, profile); }},
        {"PNG", Format::Png, [=](auto& profile) { return test::withIccChunk(png, profile); }},
        {"WebP", Format::WebP, [=](auto& profile) { return webpWith(image, profile); }},
        {"GIF", Format::Gif, gifWith},
        {"TIFF", Format::Tiff, [=](auto& profile) { return tiffWith(image, profile); }},
        {"HEIC", Format::Heic,
         [=](auto& profile) { return test::heic(image, {.profile = profile}); }},
        {"AVIF", Format::Avif,
         [=](auto& profile) { return test::avif(image, {.profile = profile}); }},
    };
}

QByteArray packed(const QByteArray& bytes)
{
    constexpr qsizetype qtHeader = 4; // the length, which no stream has
    return qCompress(bytes).mid(qtHeader);
}

QByteArray packedProfile()
{
    return packed(QColorSpace(QColorSpace::AdobeRgb).iccProfile());
}

QByteArray pngWithChunk(const QByteArray& chunk)
{
    return test::withChunk(test::png(test::picture({120, 80})), "iCCP", chunk);
}

/// The only profile in a file.
QByteArray profileIn(const QByteArray& bytes, Format format)
{
    const CarriedProfiles carried = carriedProfiles(bytes, format);
    return carried.profiles.size() == 1 ? carried.profiles.first() : QByteArray();
}

void addContainers(const QByteArray& profile)
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Format>("format");
    for (const Container& container : containers())
        QTest::newRow(container.name) << container.with(profile) << container.format;
}

} // namespace

void StripProfilesTest::leavesOnlyTheColours_data()
{
    addContainers(test::talkativeProfile(QColorSpace(QColorSpace::AdobeRgb).iccProfile()));
}

void StripProfilesTest::leavesOnlyTheColours()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Format, format);
    QVERIFY(profileIn(bytes, format).contains(kSecret));
    const QList<MetadataKind> told = readMetadata(bytes).kinds;
    QVERIFY(told.contains(MetadataKind::SerialNumber));

    const auto stripped = stripMetadata(bytes, format);
    QVERIFY2(stripped, stripped ? "" : qPrintable(stripped.error().detail));
    QCOMPARE(stripped->removed, told);
    QVERIFY(!stripped->bytes.contains(kSecret));
    const QByteArray profile = profileIn(stripped->bytes, format);
    QVERIFY(!profile.contains(kSecret));
    QCOMPARE(QColorSpace::fromIccProfile(profile), QColorSpace(QColorSpace::AdobeRgb));
    QCOMPARE(test::coloursThrough(profile), test::coloursThrough(profileIn(bytes, format)));
    QCOMPARE(QImage::fromData(stripped->bytes), QImage::fromData(bytes));

    const auto again = stripMetadata(stripped->bytes, format);
    QVERIFY(again);
    QCOMPARE(again->bytes, stripped->bytes);
    QVERIFY(again->removed.isEmpty());
}

void StripProfilesTest::tellsOfNothingInAPlainProfile_data()
{
    addContainers(QColorSpace(QColorSpace::DisplayP3).iccProfile());
}

void StripProfilesTest::tellsOfNothingInAPlainProfile()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Format, format);
    QVERIFY(readMetadata(bytes).kinds.isEmpty());
    const auto stripped = stripMetadata(bytes, format);
    QVERIFY2(stripped, stripped ? "" : qPrintable(stripped.error().detail));
    QVERIFY(stripped->removed.isEmpty());
    QCOMPARE(QColorSpace::fromIccProfile(profileIn(stripped->bytes, format)),
             QColorSpace(QColorSpace::DisplayP3));
}

void StripProfilesTest::refusesABrokenProfile_data()
{
    QByteArray profile = QColorSpace(QColorSpace::AdobeRgb).iccProfile();
    profile[128] = '\x7f'; // more tags than there is room for
    addContainers(profile);
}

void StripProfilesTest::refusesABrokenProfile()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Format, format);
    QVERIFY(readMetadata(bytes).kinds.contains(MetadataKind::Other));
    const auto stripped = stripMetadata(bytes, format);
    QVERIFY(!stripped);
    QCOMPARE(stripped.error().kind, ErrorKind::UnsupportedImage);
}

void StripProfilesTest::joinsTheSegmentsOfAJpeg()
{
    // The name of the tag is split by the border of two segments, which come in reverse order; and
    // what is left needs two again.
    const QByteArray large =
        test::withTags(QColorSpace(QColorSpace::AdobeRgb).iccProfile(),
                       {{"A2B0", QByteArray("mft2\0\0\0\0", 8) + QByteArray(70'000, 'x')}});
    const QByteArray profile = test::talkativeProfile(large);
    const QByteArray jpeg = test::jpeg(test::picture({120, 80}));
    const qsizetype half = profile.indexOf(kSecret) + 3;
    constexpr qsizetype most = 65'000;
    QByteArray bytes = jpeg;
    const QList<QByteArray> parts{profile.first(most), profile.mid(most, half - most),
                                  profile.mid(half)};
    for (int i = 0; i < parts.size(); ++i)
        bytes = test::withSegment(bytes, 0xe2, segment(i + 1, int(parts.size()), parts[i]));
    QCOMPARE(profileIn(bytes, Format::Jpeg), profile);
    const auto stripped = stripMetadata(bytes, Format::Jpeg);
    QVERIFY(stripped);
    QCOMPARE(stripped->bytes.count("ICC_PROFILE"), 2);
    const QByteArray left = profileIn(stripped->bytes, Format::Jpeg);
    QVERIFY(!left.contains("SEC") && !left.contains("RET"));
    QVERIFY(left.size() > most);
    QCOMPARE(stripMetadata(stripped->bytes, Format::Jpeg)->bytes, stripped->bytes);
}

void StripProfilesTest::refusesSegmentsThatDoNotJoin_data()
{
    QTest::addColumn<QList<QByteArray>>("segments");
    const QByteArray profile = QColorSpace(QColorSpace::AdobeRgb).iccProfile();
    const QByteArray first = profile.first(300), second = profile.mid(300);
    using List = QList<QByteArray>;
    QTest::newRow("one is missing") << List{segment(1, 2, profile)};
    QTest::newRow("one comes twice") << List{segment(1, 2, first), segment(1, 2, second)};
    QTest::newRow("numbered from 0") << List{segment(0, 2, first), segment(1, 2, second)};
    QTest::newRow("one too many") << List{segment(1, 1, profile), segment(2, 1, kSecret)};
    QTest::newRow("they disagree") << List{segment(1, 2, first), segment(2, 3, second)};
    QTest::newRow("two profiles") << List{segment(1, 1, profile), segment(1, 1, profile)};
    QTest::newRow("no numbers") << List{QByteArray("ICC_PROFILE\0\1", 13)};
}

void StripProfilesTest::refusesSegmentsThatDoNotJoin()
{
    QFETCH(QList<QByteArray>, segments);
    QByteArray bytes = test::jpeg(test::picture({120, 80}));
    for (const QByteArray& payload : segments)
        bytes = test::withSegment(bytes, 0xe2, payload);
    QCOMPARE(readMetadata(bytes).kinds, QList{MetadataKind::Other});
    const auto stripped = stripMetadata(bytes, Format::Jpeg);
    QVERIFY(!stripped);
    QCOMPARE(stripped.error().kind, ErrorKind::UnsupportedImage);
}

void StripProfilesTest::leavesNothingElseInAPngsChunk()
{
    // Its name is free text; and readers stop where the stream ends, whatever stands behind it.
    const QByteArray bytes = pngWithChunk(QByteArray("SECRET\0\0", 8) + packedProfile() + kSecret);
    QCOMPARE(readMetadata(bytes).kinds, QList{MetadataKind::Other});
    const auto stripped = stripMetadata(bytes, Format::Png);
    QVERIFY(stripped);
    QCOMPARE(stripped->removed, QList{MetadataKind::Other});
    QVERIFY(!stripped->bytes.contains(kSecret));
    QCOMPARE(QImage::fromData(stripped->bytes).colorSpace(), QColorSpace(QColorSpace::AdobeRgb));
}

void StripProfilesTest::refusesWhatAPngCannotUnpack_data()
{
    QTest::addColumn<QByteArray>("chunk");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no end of the name") << QByteArray("name");
    QTest::newRow("no stream") << QByteArray("name\0\0", 6);
    QTest::newRow("another method") << QByteArray("name\0\1", 6) + packedProfile();
    QTest::newRow("a broken stream") << QByteArray("name\0\0", 6) + packedProfile().chopped(9);
    QTest::newRow("more than any profile")
        << QByteArray("name\0\0", 6) + packed(QByteArray(9'000'000, '\0'));
}

void StripProfilesTest::refusesWhatAPngCannotUnpack()
{
    QFETCH(QByteArray, chunk);
    const auto stripped = stripMetadata(pngWithChunk(chunk), Format::Png);
    QVERIFY(!stripped);
    QCOMPARE(stripped.error().kind, ErrorKind::UnsupportedImage);
}

QTEST_GUILESS_MAIN(StripProfilesTest)
#include "tst_stripprofiles.moc"

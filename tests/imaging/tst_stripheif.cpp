// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/heifpicture.h"
#include "app/imaging/pipeline/readmetadata.h"
#include "app/imaging/pipeline/stripmetadata.h"

#include <QFile>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::imaging;

class StripHeifTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesOnlyThePicture_data();
    void leavesOnlyThePicture();
    void keepsTheAlphaChannel();
    void leavesASecondPictureHere();
    void refusesWhatItDoesNotUnderstand_data();
    void refusesWhatItDoesNotUnderstand();
    void survivesAnyCut();
};

namespace {

QByteArray fixture(const QString& name)
{
    QFile file(QStringLiteral(VITRINE_SOURCE_DIR "/tests/fixtures/heif/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The coded bytes of the picture to show and of its parts, in the order of their ids.
QByteArray codedPicture(const QByteArray& bytes)
{
    const auto file = readHeif(bytes);
    QByteArray coded;
    if (!file)
        return coded;
    const QSet<quint32> items = itemsOfPicture(*file);
    QList<quint32> ids(items.begin(), items.end());
    std::sort(ids.begin(), ids.end());
    for (const quint32 id : ids) {
        for (const QByteArrayView extent : file->item(id)->extents)
            coded.append(extent);
    }
    return coded;
}

} // namespace

void StripHeifTest::leavesOnlyThePicture_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<Format>("format");
    QTest::newRow("HEIC") << u"described.heic"_s << Format::Heic;
    QTest::newRow("AVIF") << u"described.avif"_s << Format::Avif;
}

void StripHeifTest::leavesOnlyThePicture()
{
    QFETCH(QString, name);
    QFETCH(Format, format);
    const QByteArray bytes = fixture(name);
    const MetadataReport before = readMetadata(bytes);
    QCOMPARE(before.kinds, (QList{MetadataKind::Location, MetadataKind::SerialNumber,
                                  MetadataKind::Thumbnail, MetadataKind::Other}));
    QCOMPARE(before.altText, u"A red boat"_s);

    const auto stripped = stripMetadata(bytes, format);
    QVERIFY2(stripped, stripped ? "" : qPrintable(stripped.error().detail));
    QCOMPARE(stripped->removed, before.kinds);
    for (const auto* forbidden : {"SECRET", "harbour", "xmpmeta", "Exif", "thmb"})
        QVERIFY2(!stripped->bytes.contains(forbidden), forbidden);
    QVERIFY(readMetadata(stripped->bytes).kinds.isEmpty());
    QVERIFY(codedPicture(bytes).size() > 100);
    QCOMPARE(codedPicture(stripped->bytes), codedPicture(bytes));
    QCOMPARE(stripMetadata(stripped->bytes, format)->bytes, stripped->bytes);
}

void StripHeifTest::keepsTheAlphaChannel()
{
    const QByteArray bytes = fixture(u"alpha.heic"_s);
    const auto stripped = stripMetadata(bytes, Format::Heic);
    QVERIFY(stripped);
    const auto file = readHeif(stripped->bytes);
    QVERIFY(file);
    const auto isAlpha = [](const HeifReference& reference) { return reference.type == "auxl"; };
    QCOMPARE(std::count_if(file->references.begin(), file->references.end(), isAlpha), 1);
    QCOMPARE(codedPicture(stripped->bytes), codedPicture(bytes));
    QVERIFY(readMetadata(bytes).kinds.isEmpty());
}

void StripHeifTest::leavesASecondPictureHere()
{
    // The alpha channel's purpose is renamed: now it is a picture of an unknown kind, as a depth
    // map or a gain map is.
    QByteArray bytes = fixture(u"alpha.heic"_s);
    bytes.replace("urn:mpeg:hevc:2015:auxid:1", "urn:mpeg:hevc:2015:auxid:2");
    QVERIFY(readMetadata(bytes).kinds.contains(MetadataKind::HiddenPicture));
    const auto stripped = stripMetadata(bytes, Format::Heic);
    QVERIFY(stripped);
    QCOMPARE(stripped->removed, QList{MetadataKind::HiddenPicture});
    QVERIFY(!stripped->bytes.contains("auxC"));
    QCOMPARE(codedPicture(stripped->bytes), codedPicture(bytes));
}

void StripHeifTest::refusesWhatItDoesNotUnderstand_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorKind>("kind");
    const QByteArray heic = fixture(u"alpha.heic"_s);
    QTest::newRow("a film") << heic + isoBox("moov", "frames") << ErrorKind::UnsupportedImage;
    QTest::newRow("another coding")
        << QByteArray(heic).replace("hvc1", "jpeg") << ErrorKind::UnsupportedImage;
    QTest::newRow("no boxes") << QByteArray("not a file at all") << ErrorKind::DamagedImage;
}

void StripHeifTest::refusesWhatItDoesNotUnderstand()
{
    QFETCH(QByteArray, bytes);
    const auto stripped = stripMetadata(bytes, Format::Heic);
    QVERIFY(!stripped);
    QTEST(stripped.error().kind, "kind");
}

void StripHeifTest::survivesAnyCut()
{
    const QByteArray bytes = fixture(u"described.heic"_s);
    for (qsizetype size = 0; size < bytes.size(); ++size) {
        const auto stripped = stripMetadata(bytes.first(size), Format::Heic);
        QVERIFY(!stripped || !stripped->bytes.contains("SECRET"));
    }
}

QTEST_GUILESS_MAIN(StripHeifTest)
#include "tst_stripheif.moc"

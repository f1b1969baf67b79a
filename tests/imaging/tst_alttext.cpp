// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/probe.h"
#include "app/imaging/pipeline/readmetadata.h"
#include "app/imaging/pipeline/writealttext.h"
#include "tests/imaging/samples.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::imaging;

class AltTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void prefersThePersonsLanguage_data();
    void prefersThePersonsLanguage();
    void isWrittenAndRead_data();
    void isWrittenAndRead();
    void keepsWhatElseIsThere();
    void makesTextWithoutLanguageTheStandard();
    void canBeTakenOut();
    void refuses_data();
    void refuses();
};

namespace {

QByteArray withXmp(const QByteArray& jpeg, const QByteArray& description)
{
    const QByteArray packet =
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        "<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/'"
        " xmlns:Iptc4xmpCore='http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/'>" +
        description + "</rdf:Description></rdf:RDF></x:xmpmeta>";
    return test::withSegment(jpeg, 0xe1, QByteArray("http://ns.adobe.com/xap/1.0/\0", 29) + packet);
}

QByteArray inThreeLanguages()
{
    return withXmp(test::jpeg(test::picture({80, 60})),
                   "<Iptc4xmpCore:AltTextAccessibility><rdf:Alt>"
                   "<rdf:li xml:lang='x-default'>A boat</rdf:li>"
                   "<rdf:li xml:lang='de-AT'>Ein Boot</rdf:li>"
                   "<rdf:li xml:lang='fr'>Un bateau</rdf:li>"
                   "</rdf:Alt></Iptc4xmpCore:AltTextAccessibility>"
                   "<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>Caption</rdf:li>"
                   "</rdf:Alt></dc:description>");
}

} // namespace

void AltTextTest::prefersThePersonsLanguage_data()
{
    QTest::addColumn<QStringList>("languages");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << QStringList() << u"A boat"_s;
    QTest::newRow("exactly") << QStringList{u"de-AT"_s} << u"Ein Boot"_s;
    QTest::newRow("another country's") << QStringList{u"de-DE"_s, u"de"_s} << u"Ein Boot"_s;
    QTest::newRow("the second choice") << QStringList{u"sv"_s, u"fr"_s} << u"Un bateau"_s;
    QTest::newRow("not there") << QStringList{u"sv"_s} << u"A boat"_s;
}

void AltTextTest::prefersThePersonsLanguage()
{
    QFETCH(QStringList, languages);
    QTEST(readMetadata(inThreeLanguages(), languages).altText, "text");
}

void AltTextTest::isWrittenAndRead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Format>("format");
    const QImage image = test::picture({120, 80});
    QTest::newRow("JPEG") << test::jpeg(image) << Format::Jpeg;
    QTest::newRow("PNG") << test::png(image) << Format::Png;
    QTest::newRow("WebP") << test::webp(image) << Format::WebP;
    QTest::newRow("TIFF") << test::tiff(image) << Format::Tiff;
}

void AltTextTest::isWrittenAndRead()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Format, format);
    const QString text = u"Zwei Möwen über dem Pier 🌊 <&\"'>"_s;
    const auto written = writeAltText(bytes, format, text);
    QVERIFY2(written, written ? "" : qPrintable(written.error().detail));
    QCOMPARE(readMetadata(*written, {}).altText, text);
    QCOMPARE(QImage::fromData(*written), QImage::fromData(bytes));
    // As the standard has it: a text for each language.
    QVERIFY(written->contains("<rdf:li xml:lang=\"x-default\">"));
}

void AltTextTest::keepsWhatElseIsThere()
{
    const QByteArray bytes = test::withExif(inThreeLanguages(), 6, true);
    const auto written = writeAltText(bytes, Format::Jpeg, u"A red boat"_s);
    QVERIFY(written);
    QCOMPARE(readMetadata(*written, {}).altText, u"A red boat"_s);
    QCOMPARE(readMetadata(*written, {u"de"_s}).altText, u"Ein Boot"_s);
    QCOMPARE(readMetadata(*written, {u"fr"_s}).altText, u"Un bateau"_s);
    QVERIFY(written->contains("Caption"));
    QCOMPARE(probe(*written, {})->orientation, 6);
    QVERIFY(readMetadata(*written, {}).kinds.contains(MetadataKind::Location));
}

void AltTextTest::makesTextWithoutLanguageTheStandard()
{
    const QByteArray bytes =
        withXmp(test::jpeg(test::picture({80, 60})),
                "<Iptc4xmpCore:AltTextAccessibility>Old</Iptc4xmpCore:AltTextAccessibility>");
    QCOMPARE(readMetadata(bytes, {}).altText, u"Old"_s);
    const auto written = writeAltText(bytes, Format::Jpeg, u"New"_s);
    QVERIFY(written);
    QCOMPARE(readMetadata(*written, {}).altText, u"New"_s);
    QVERIFY(!written->contains("Old"));
}

void AltTextTest::canBeTakenOut()
{
    const auto described = writeAltText(test::jpeg(test::picture({80, 60})), Format::Jpeg, u"A"_s);
    QVERIFY(described);
    const auto bare = writeAltText(*described, Format::Jpeg, {});
    QVERIFY(bare);
    QVERIFY(readMetadata(*bare, {}).altText.isEmpty());
    const auto others = writeAltText(inThreeLanguages(), Format::Jpeg, {});
    QVERIFY(others);
    QCOMPARE(readMetadata(*others, {u"fr"_s}).altText, u"Un bateau"_s);
}

void AltTextTest::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Format>("format");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("GIF") << test::gif() << Format::Gif << ErrorKind::UnsupportedImage;
    QTest::newRow("not what it says")
        << QByteArray("text") << Format::Jpeg << ErrorKind::DamagedImage;
    QTest::newRow("nothing") << QByteArray() << Format::Png << ErrorKind::DamagedImage;
}

void AltTextTest::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Format, format);
    const auto written = writeAltText(bytes, format, u"A boat"_s);
    QVERIFY(!written);
    QTEST(written.error().kind, "kind");
}

QTEST_GUILESS_MAIN(AltTextTest)
#include "tst_alttext.moc"

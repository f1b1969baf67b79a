// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/anonymousprofile.h"
#include "tests/imaging/profiles.h"

#include <QColorSpace>
#include <QTest>
#include <QtEndian>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::imaging;
using test::ProfileTag;

class AnonymousProfileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheColours_data();
    void keepsTheColours();
    void keepsWhatIsAnonymous_data();
    void keepsWhatIsAnonymous();
    void tellsWhatItRemoves_data();
    void tellsWhatItRemoves();
    void cutsWhatNoReaderLooksAt_data();
    void cutsWhatNoReaderLooksAt();
    void forgetsTheDeviceInTheHeader();
    void namesOnlyWellKnownColours();
    void keepsTagsThatShareData();
    void refuses_data();
    void refuses();
    void survivesAnyByte();
};

namespace {

constexpr auto kSecret = "SECRET";
constexpr qsizetype kTableAt = 128, kFirstEntry = 132;

QByteArray adobeRgb()
{
    return QColorSpace(QColorSpace::AdobeRgb).iccProfile();
}

ProfileTag text(const QByteArray& signature, const QByteArray& text)
{
    return {signature, QByteArray("text\0\0\0\0", 8) + text + '\0'};
}

/// A description as version 2 has it, whose ASCII part alone says something.
QByteArray description(const QByteArray& text)
{
    QByteArray data("desc\0\0\0\0\0\0\0", 11);
    data += char(text.size() + 1);
    return data + text + QByteArray(1 + 4 + 4 + 2 + 1 + 67, '\0');
}

/// \a profile with another number somewhere.
QByteArray altered(QByteArray profile, qsizetype at, quint32 number)
{
    qToBigEndian(number, profile.data() + at);
    return profile;
}

void addProfiles()
{
    QTest::addColumn<QByteArray>("profile");
    for (const auto space : {QColorSpace::SRgb, QColorSpace::SRgbLinear, QColorSpace::AdobeRgb,
                             QColorSpace::DisplayP3, QColorSpace::ProPhotoRgb})
        QTest::addRow("Qt's %d", int(space)) << QColorSpace(space).iccProfile();
    QTest::newRow("grey") << test::greyProfile(1.8);
    QTest::newRow("press") << test::pressProfile();
}

} // namespace

void AnonymousProfileTest::keepsTheColours_data()
{
    addProfiles();
}

void AnonymousProfileTest::keepsTheColours()
{
    QFETCH(QByteArray, profile);
    const QByteArray talkative = test::talkativeProfile(profile);
    QVERIFY(talkative.contains(kSecret));
    const auto anonymous = anonymousProfile(talkative);
    QVERIFY2(anonymous, anonymous ? "" : qPrintable(anonymous.error().detail));
    QVERIFY(!anonymous->contains(kSecret));
    const QColorSpace before = QColorSpace::fromIccProfile(talkative);
    if (before.isValid()) // Qt reads none of inks
        QCOMPARE(QColorSpace::fromIccProfile(*anonymous), before);
    QVERIFY(!test::coloursThrough(profile).isEmpty());
    QCOMPARE(test::coloursThrough(*anonymous), test::coloursThrough(profile));
    QCOMPARE(qFromBigEndian<quint32>(anonymous->constData()), quint32(anonymous->size()));
    QCOMPARE(anonymous->size() % 4, 0);
}

void AnonymousProfileTest::keepsWhatIsAnonymous_data()
{
    addProfiles();
}

void AnonymousProfileTest::keepsWhatIsAnonymous()
{
    QFETCH(QByteArray, profile);
    QVERIFY(profileKinds(profile).isEmpty());
    const QByteArray once = *anonymousProfile(profile);
    QCOMPARE(*anonymousProfile(once), once);
    QVERIFY(profileKinds(once).isEmpty());
}

void AnonymousProfileTest::tellsWhatItRemoves_data()
{
    QTest::addColumn<QByteArray>("profile");
    QTest::addColumn<QList<MetadataKind>>("kinds");
    const QByteArray plain = adobeRgb();
    using Kinds = QList<MetadataKind>;
    const auto row = [&](const char* name, const ProfileTag& tag, const Kinds& kinds) {
        QTest::newRow(name) << test::withTags(plain, {tag}) << kinds;
    };
    row("serial number", text("mmod", kSecret), {MetadataKind::SerialNumber});
    row("what colord knows", text("meta", kSecret), {MetadataKind::SerialNumber});
    row("maker", {"dmnd", description(kSecret)}, {MetadataKind::Other});
    row("model", {"dmdd", description(kSecret)}, {MetadataKind::Other});
    row("viewing conditions", {"vued", description(kSecret)}, {MetadataKind::Other});
    row("measurements", text("targ", kSecret), {MetadataKind::Other});
    row("private", text("prVt", kSecret), {MetadataKind::Other});
    row("standard maker", {"dmnd", description("IEC http://www.iec.ch")}, {});
    row("technology", {"tech", QByteArray("sig \0\0\0\0CRT ", 12)}, {});
    QTest::newRow("behind the end") << plain + kSecret << Kinds{MetadataKind::Other};
    QTest::newRow("zeros behind the end") << plain + QByteArray(9, '\0') << Kinds();
    QByteArray gap = test::withTags(plain, {text("prVt", kSecret)});
    gap[kTableAt + 3] = char(gap[kTableAt + 3] - 1); // nobody knows of the last one any more
    QTest::newRow("between the tags") << gap << Kinds{MetadataKind::Other};
    QTest::newRow("broken") << plain.first(200) << Kinds{MetadataKind::Other};
}

void AnonymousProfileTest::tellsWhatItRemoves()
{
    QFETCH(QByteArray, profile);
    QFETCH(QList<MetadataKind>, kinds);
    QCOMPARE(profileKinds(profile), QSet<MetadataKind>(kinds.begin(), kinds.end()));
    if (const auto anonymous = anonymousProfile(profile)) {
        QVERIFY(!anonymous->contains(kSecret));
        QCOMPARE(*anonymous, *anonymousProfile(adobeRgb()));
    }
}

void AnonymousProfileTest::cutsWhatNoReaderLooksAt_data()
{
    QTest::addColumn<QByteArray>("data");
    const auto row = [](const char* type, const QByteArray& head, qsizetype size) {
        QTest::addRow("%s, %d", type, int(size))
            << (QByteArray(type) + QByteArray(4, '\0') + head).leftJustified(size, 'x');
    };
    row("XYZ ", {}, 20);
    row("sf32", {}, 44);
    row("cicp", {}, 12);
    row("curv", QByteArray("\0\0\0\0", 4), 12);
    row("curv", QByteArray("\0\0\1\0", 4), 12 + 2 * 256);
    row("para", QByteArray("\0\0", 2), 12 + 4);
    row("para", QByteArray("\0\4", 2), 12 + 4 * 7);
    row("mft1", QByteArray("\4\3\2\0", 4), 48 + 256 * 4 + 16 * 3 + 256 * 3);
    const QByteArray entries("\0\5\0\6", 4); // in each table before and behind the grid
    row("mft2", QByteArray("\3\4\2\0", 4).leftJustified(40, 'x') + entries,
        52 + 2 * (3 * 5 + 8 * 4 + 4 * 6));
}

void AnonymousProfileTest::cutsWhatNoReaderLooksAt()
{
    QFETCH(QByteArray, data);
    const QByteArray plain = test::withTags(adobeRgb(), {{"A2B0", data}});
    const QByteArray more = test::withTags(adobeRgb(), {{"A2B0", data + kSecret}});
    QVERIFY(profileKinds(plain).isEmpty());
    QCOMPARE(profileKinds(more), QSet{MetadataKind::Other});
    QVERIFY(anonymousProfile(plain)->contains(data));
    QCOMPARE(*anonymousProfile(more), *anonymousProfile(plain));
}

void AnonymousProfileTest::forgetsTheDeviceInTheHeader()
{
    // Fields by ICC.1:2022, table 17: CMM, date, platform, maker, model, attributes, creator, ID.
    const QList<std::pair<qsizetype, qsizetype>> fields{{4, 4},  {24, 12}, {40, 4}, {48, 4},
                                                        {52, 4}, {56, 8},  {80, 4}, {84, 16}};
    QByteArray profile = adobeRgb();
    const QByteArray anonymous = *anonymousProfile(profile);
    for (const auto& [at, size] : fields) {
        profile.replace(at, size, QByteArray(size, 'S'));
        QCOMPARE(*anonymousProfile(profile), anonymous);
    }
    profile.replace(100, 28, QByteArray(28, 'S')); // reserved
    QCOMPARE(*anonymousProfile(profile), anonymous);
    QCOMPARE(anonymous.mid(36, 4), "acsp"_ba);
}

void AnonymousProfileTest::namesOnlyWellKnownColours()
{
    const auto named = [](const QByteArray& name) {
        QByteArray profile = test::pressProfile(); // of version 2
        for (qsizetype at = kFirstEntry; profile.mid(at, 4) != "A2B0"; at += 12)
            if (profile.mid(at, 4) == "desc")
                profile.replace(at, 4, "tech");
        return *anonymousProfile(test::withTags(profile, {{"desc", description(name)}}));
    };
    QVERIFY(named("Adobe RGB (1998)").contains("Adobe RGB (1998)"));
    QVERIFY(!named("SECRET's display").contains(kSecret));
    QVERIFY(named("SECRET's display").contains("ICC profile"));
    const QByteArray utf16("\0D\0i\0s\0p\0l\0a\0y\0 \0P\0003", 20);
    const QByteArray displayP3 = QColorSpace(QColorSpace::DisplayP3).iccProfile();
    QCOMPARE(anonymousProfile(displayP3)->contains(utf16), displayP3.contains(utf16));
}

void AnonymousProfileTest::keepsTagsThatShareData()
{
    // All three channels with the curve of the first, as most profiles have it.
    QByteArray profile = adobeRgb();
    QByteArray place;
    const int count = profile[kTableAt + 3];
    for (qsizetype i = 0, at = kFirstEntry; i < count; ++i, at += 12) {
        if (!profile.mid(at, 4).endsWith("TRC"))
            continue;
        if (place.isEmpty())
            place = profile.mid(at + 4, 8);
        profile.replace(at + 4, 8, place);
    }
    const QByteArray anonymous = *anonymousProfile(profile);
    QSet<QByteArray> places;
    for (qsizetype i = 0, at = kFirstEntry; i < anonymous[kTableAt + 3]; ++i, at += 12) {
        if (anonymous.mid(at, 4).endsWith("TRC"))
            places.insert(anonymous.mid(at + 4, 8));
    }
    QCOMPARE(places.size(), 1);
    QCOMPARE(*anonymousProfile(anonymous), anonymous);
}

void AnonymousProfileTest::refuses_data()
{
    QTest::addColumn<QByteArray>("profile");
    const QByteArray plain = adobeRgb();
    const auto size = quint32(plain.size());
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a header") << plain.first(128);
    QTest::newRow("cut") << plain.first(plain.size() - 4);
    QTest::newRow("larger than there is") << altered(plain, 0, size + 4);
    QTest::newRow("smaller than its tags") << altered(plain, 0, size / 2);
    QTest::newRow("no size") << altered(plain, 0, 0);
    QTest::newRow("no signature") << altered(plain, 36, 0);
    QTest::newRow("of a version to come") << altered(plain, 8, 0x05000000);
    QTest::newRow("between devices") << QByteArray(plain).replace(12, 4, "link");
    QTest::newRow("no tags") << altered(plain, kTableAt, 0);
    QTest::newRow("2^31 tags") << altered(plain, kTableAt, 0x80000000);
    QTest::newRow("2^32 - 1 tags") << altered(plain, kTableAt, 0xffffffff);
    QTest::newRow("a tag behind the end") << altered(plain, kFirstEntry + 4, size);
    QTest::newRow("a tag far away") << altered(plain, kFirstEntry + 4, 0xfffffffc);
    QTest::newRow("a tag in the header") << altered(plain, kFirstEntry + 4, 36);
    QTest::newRow("a tag in the table") << altered(plain, kFirstEntry + 4, kTableAt);
    QTest::newRow("a tag too large") << altered(plain, kFirstEntry + 8, 0xffffffff);
    QTest::newRow("a tag without a type") << altered(plain, kFirstEntry + 8, 4);
    QTest::newRow("a tag twice") << test::withTags(plain, {text("prVt", "x"), text("prVt", "y")});
    QByteArray overlapping = plain;
    for (qsizetype i = 0, at = kFirstEntry; i < plain[kTableAt + 3]; ++i, at += 12) {
        const quint32 from = kFirstEntry + 12 * quint32(plain[kTableAt + 3]) + 4 * quint32(i);
        overlapping = altered(altered(overlapping, at + 4, from), at + 8, size - from);
    }
    QTest::newRow("tags in one another") << overlapping;
    QTest::newRow("larger than any")
        << test::withTags(plain, {text("A2B0", QByteArray(9'000'000, 'x'))});
}

void AnonymousProfileTest::refuses()
{
    QFETCH(QByteArray, profile);
    const auto anonymous = anonymousProfile(profile);
    QVERIFY(!anonymous);
    QCOMPARE(anonymous.error().kind, ErrorKind::UnsupportedImage);
    QVERIFY(profileKinds(profile) == QSet{MetadataKind::Other});
}

void AnonymousProfileTest::survivesAnyByte()
{
    const QByteArray plain = test::talkativeProfile(adobeRgb());
    for (qsizetype at = 0; at < plain.size(); ++at) {
        for (const char byte : {'\0', '\x7f', '\xff'}) {
            QByteArray changed = plain;
            changed[at] = byte;
            const auto once = anonymousProfile(changed);
            if (!once)
                continue;
            const auto twice = anonymousProfile(*once);
            QVERIFY(twice);
            QCOMPARE(*twice, *once);
            QVERIFY(profileKinds(*once).isEmpty());
        }
    }
}

QTEST_GUILESS_MAIN(AnonymousProfileTest)
#include "tst_anonymousprofile.moc"

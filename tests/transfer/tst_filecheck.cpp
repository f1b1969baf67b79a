// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/filecheck.h"

#include <QTest>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;

class TestFileCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsWrongAndWhatHelps_data();
    void saysWhatIsWrongAndWhatHelps();
    void whatMetadataWeighsDoesNotCount();
    void namesTheSameImage();
    void namesAnImageThatLooksTheSame();
    void theSameGoesBeforeTheAlike();
    void newerImagesAreNamedFirst();
};

namespace {

constexpr imaging::Limits kLimits{.bytes = 10'000'000, .pixels = 100'000'000, .side = 12'000};
const ServerRules kRules{kLimits, {u"image/jpeg"_s, u"image/png"_s}, 50'000'000};

FileFacts goodFacts()
{
    FileFacts facts;
    facts.bytes = 3'000'000;
    facts.sentBytes = 2'900'000;
    facts.size = {4000, 3000};
    facts.sha256 = "content";
    return facts;
}

} // namespace

void TestFileCheck::saysWhatIsWrongAndWhatHelps_data()
{
    QTest::addColumn<FileFacts>("facts");
    QTest::addColumn<int>("problem"); // -1: none
    QTest::addColumn<Remedy>("remedy");
    const auto row = [](const char* name, auto change, int problem, Remedy remedy) {
        FileFacts facts = goodFacts();
        change(facts);
        QTest::newRow(name) << facts << problem << remedy;
    };
    using Facts = FileFacts&;
    row(
        "good", [](Facts) {}, -1, Remedy::None);
    row(
        "unreadable",
        [](Facts facts) {
            facts.error = Error{ErrorKind::NotAnImage, {}, {}};
        },
        int(ErrorKind::NotAnImage), Remedy::None);
    row(
        "damaged", [](Facts facts) { facts.isDamaged = true; }, int(ErrorKind::DamagedImage),
        Remedy::None);
    row(
        "format", [](Facts facts) { facts.format = imaging::Format::Heic; },
        int(ErrorKind::UnsupportedImage), Remedy::Convert);
    row(
        "metadata that stays", [](Facts facts) { facts.sentBytes = 0; },
        int(ErrorKind::UnsupportedImage), Remedy::Convert);
    row(
        "bytes", [](Facts facts) { facts.sentBytes = kLimits.bytes + 1; }, int(ErrorKind::TooLarge),
        Remedy::ScaleDown);
    row(
        "just enough bytes", [](Facts facts) { facts.sentBytes = kLimits.bytes; }, -1,
        Remedy::None);
    row(
        "pixels",
        [](Facts facts) {
            facts.size = {11'000, 11'000};
        },
        int(ErrorKind::TooManyPixels), Remedy::ScaleDown);
    row(
        "a side",
        [](Facts facts) {
            facts.size = {12'001, 100};
        },
        int(ErrorKind::TooManyPixels), Remedy::ScaleDown);
    row(
        "pixels of all frames", [](Facts facts) { facts.frames = 5; },
        int(ErrorKind::TooManyFrames), Remedy::None);
    row(
        "just enough frames", [](Facts facts) { facts.frames = 4; }, -1, Remedy::None);
    row(
        "just enough pixels",
        [](Facts facts) {
            facts.size = {12'000, 8'333};
        },
        -1, Remedy::None);
}

void TestFileCheck::saysWhatIsWrongAndWhatHelps()
{
    QFETCH(FileFacts, facts);
    QFETCH(int, problem);
    QFETCH(Remedy, remedy);
    const FileReport report = check(facts, kRules, {});
    QCOMPARE(report.problem ? int(report.problem->kind) : -1, problem);
    QCOMPARE(report.remedy, remedy);
    QCOMPARE(report.isSendable({}), problem == -1);
    QCOMPARE(report.isSendable({.fit = true}), problem == -1 || remedy != Remedy::None);
}

void TestFileCheck::whatMetadataWeighsDoesNotCount()
{
    FileFacts facts = goodFacts();
    facts.bytes = kLimits.bytes * 2; // a film behind the picture, which stays here
    QVERIFY(!check(facts, kRules, {}).problem);
}

void TestFileCheck::namesTheSameImage()
{
    KnownImages known;
    known.add({u"id-1"_s, u"Boat.jpg"_s}, "content", std::nullopt);
    const FileReport report = check(goodFacts(), kRules, known);
    QCOMPARE(report.same, (Twin{u"id-1"_s, u"Boat.jpg"_s}));
    QVERIFY(!report.problem);
    QCOMPARE(report.remedy, Remedy::ShareAgain);
    QVERIFY(!report.isSendable({}));
    QVERIFY(!report.isSendable({.fit = true}));
    QVERIFY(report.isSendable({.again = true}));
}

void TestFileCheck::namesAnImageThatLooksTheSame()
{
    FileFacts facts = goodFacts();
    facts.likeness = 0xf0f0f0f0f0f0f0f0;
    KnownImages known;
    known.add({u"far"_s, {}}, "1", 0x0f0f0f0f0f0f0f0f);
    QVERIFY(!check(facts, kRules, known).alike);
    known.add({u"near"_s, {}}, "2", 0xf0f0f0f0f0f0f0f3);
    known.add({u"nearer"_s, {}}, "3", 0xf0f0f0f0f0f0f0f1);
    const FileReport report = check(facts, kRules, known);
    QCOMPARE(report.alike->id, u"nearer"_s);
    QVERIFY(report.isSendable({})); // it may be another picture: the person decides
    facts.likeness.reset();
    QVERIFY(!check(facts, kRules, known).alike);
}

void TestFileCheck::theSameGoesBeforeTheAlike()
{
    FileFacts facts = goodFacts();
    facts.likeness = 7;
    KnownImages known;
    known.add({u"same"_s, {}}, facts.sha256, 7);
    const FileReport report = check(facts, kRules, known);
    QVERIFY(report.same);
    QVERIFY(!report.alike);
}

void TestFileCheck::newerImagesAreNamedFirst()
{
    KnownImages known;
    known.add({u"newer"_s, {}}, "content", 7);
    known.add({u"older"_s, {}}, "content", 7);
    QCOMPARE(known.withBytes("content")->id, u"newer"_s);
    QCOMPARE(known.alike(7)->id, u"newer"_s);
    QVERIFY(!known.withBytes({}));
}

QTEST_GUILESS_MAIN(TestFileCheck)
#include "tst_filecheck.moc"

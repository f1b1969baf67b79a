// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/imaging/pipeline/probe.h"
#include "app/imaging/pipeline/readmetadata.h"
#include "app/transfer/preparer.h"
#include "tests/support/pictures.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;

class TestPreparer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatWasRemoved();
    void keepsMetadataIfAsked();
    void refusesWhatTheServerWouldNot_data();
    void refusesWhatTheServerWouldNot();
    void makesACopyThatFits_data();
    void makesACopyThatFits();
    void leavesAloneWhatFits();
    void damagedPicturesAreNotMadeToFit();
    void whoReadsWhatWasSpooledBeforeKeepsIt();
    void spoolsForThisPersonAlone();

private:
    Result<Prepared> prepared(const QByteArray& bytes, const Choices& choices,
                              const ServerRules& rules = {});
    QByteArray spooled() const;

    QTemporaryDir m_directory;
};

Result<Prepared> TestPreparer::prepared(const QByteArray& bytes, const Choices& choices,
                                        const ServerRules& rules)
{
    const QString source = test::writeTo(m_directory.path(), u"picture"_s, bytes);
    return prepare({source, m_directory.filePath(u"spool"_s), choices, rules},
                   imaging::InProcessPictureReader());
}

QByteArray TestPreparer::spooled() const
{
    QFile file(m_directory.filePath(u"spool"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestPreparer::tellsWhatWasRemoved()
{
    const auto result =
        prepared(test::withExif(test::jpeg(test::picture({400, 300})), 1, true), {});
    QVERIFY(result);
    QVERIFY(result->removed.contains(imaging::MetadataKind::Location));
    QVERIFY(!result->isCopy);
    QVERIFY(!spooled().contains("SERIAL"));
    QCOMPARE(result->sha256, QCryptographicHash::hash(spooled(), QCryptographicHash::Sha256));
    QCOMPARE(result->bytes, spooled().size());
}

void TestPreparer::keepsMetadataIfAsked()
{
    const QByteArray bytes = test::withExif(test::jpeg(test::picture({400, 300})), 1, true);
    const auto result = prepared(bytes, {.keepMetadata = true});
    QVERIFY(result);
    QVERIFY(result->removed.isEmpty());
    QCOMPARE(spooled(), bytes);
}

void TestPreparer::refusesWhatTheServerWouldNot_data()
{
    QTest::addColumn<ServerRules>("rules");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("bytes") << ServerRules{{.bytes = 5'000}, {}} << ErrorKind::TooLarge;
    QTest::newRow("pixels") << ServerRules{{.pixels = 100'000}, {}} << ErrorKind::TooManyPixels;
    QTest::newRow("side") << ServerRules{{.side = 700}, {}} << ErrorKind::TooManyPixels;
    QTest::newRow("format") << ServerRules{{}, {u"image/png"_s}} << ErrorKind::UnsupportedImage;
}

void TestPreparer::refusesWhatTheServerWouldNot()
{
    QFETCH(ServerRules, rules);
    const auto result = prepared(test::jpeg(test::picture({800, 600})), {}, rules);
    QVERIFY(!result);
    QTEST(result.error().kind, "kind");
}

void TestPreparer::makesACopyThatFits_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ServerRules>("rules");
    QTest::addColumn<QSize>("largest");
    const QByteArray jpeg = test::withExif(test::jpeg(test::picture({1600, 1200}), 98), 6, true);
    const QByteArray png = test::png(test::picture({800, 600}));
    QTest::newRow("bytes") << jpeg << ServerRules{{.bytes = 60'000}, {}} << QSize(1200, 1600);
    QTest::newRow("pixels") << jpeg << ServerRules{{.pixels = 480'000}, {}} << QSize(600, 800);
    QTest::newRow("side") << jpeg << ServerRules{{.side = 500}, {}} << QSize(375, 500);
    QTest::newRow("format") << png << ServerRules{{}, {u"image/jpeg"_s}} << QSize(800, 600);
}

void TestPreparer::makesACopyThatFits()
{
    QFETCH(QByteArray, bytes);
    QFETCH(ServerRules, rules);
    QFETCH(QSize, largest);
    const auto result = prepared(bytes, {.fit = true}, rules);
    QVERIFY(result);
    QVERIFY(result->isCopy);
    QCOMPARE(result->type, u"image/jpeg"_s);
    const auto info = imaging::probe(spooled(), rules.limits); // keeps to them
    QVERIFY2(info, info ? "" : qPrintable(info.error().detail));
    QCOMPARE(info->format, imaging::Format::Jpeg);
    QVERIFY(info->size.width() <= largest.width() && info->size.height() <= largest.height());
    QVERIFY(info->size.width() > largest.width() / 4);
    QVERIFY(imaging::readMetadata(spooled()).kinds.isEmpty());
    QCOMPARE(result->sha256, QCryptographicHash::hash(spooled(), QCryptographicHash::Sha256));
}

void TestPreparer::leavesAloneWhatFits()
{
    const QByteArray bytes = test::jpeg(test::picture({400, 300}));
    const auto result = prepared(bytes, {.fit = true});
    QVERIFY(result);
    QVERIFY(!result->isCopy);
    QCOMPARE(spooled(), bytes);
}

void TestPreparer::damagedPicturesAreNotMadeToFit()
{
    const QByteArray bytes = test::jpeg(test::picture({800, 600}));
    const auto result = prepared(bytes.first(bytes.size() / 2), {.fit = true});
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::DamagedImage);
}

// It may be on its way to the server.
void TestPreparer::whoReadsWhatWasSpooledBeforeKeepsIt()
{
    const QByteArray before = test::jpeg(test::picture({400, 300}));
    QVERIFY(prepared(before, {}));
    QFile open(m_directory.filePath(u"spool"_s));
    QVERIFY(open.open(QIODevice::ReadOnly | QIODevice::Unbuffered));
    const QByteArray now = test::jpeg(test::picture({300, 400}));
    QVERIFY(prepared(now, {}));
    QCOMPARE(spooled(), now);
    QCOMPARE(open.readAll(), before);
}

void TestPreparer::spoolsForThisPersonAlone()
{
    QVERIFY(prepared(test::jpeg(test::picture({400, 300})), {}));
    const auto owner = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
    QCOMPARE(QFile::permissions(m_directory.filePath(u"spool"_s)), owner);
}

QTEST_GUILESS_MAIN(TestPreparer)
#include "tst_preparer.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/workshop.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::backend;
using test::photo;
using test::Workshop;

/// What VariantMaker makes next, and what it does where that fails.
class tst_VariantMaker final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void whoIsAskedForLateIsNext();
    void onlyWhoIsAskedForIsHurried();
    void whatComesLateIsMade();
    void theMachinesTroubleEndsThePass_data();
    void theMachinesTroubleEndsThePass();
    void aPicturesTroubleDoesNot();
    void whatIsTooLargeByNowIsGivenUp();
    void whatIsGoneIsGivenUp();
    void aFailedTryLeavesTheOriginalAlone();
    void exceptionsCostNothing();

private:
    QString path() const { return m_directory->path(); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

namespace {

/// Pictures of different sizes, by which the reader's list knows them.
QByteArray sized(int size)
{
    return photo() + QByteArray(size, '\0');
}

/// That the log tells of this image.
void expectWarningOf(const StoredImage& stored)
{
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(stored.image.id + u".*cannot be shown"_s));
}

} // namespace

void tst_VariantMaker::whoIsAskedForLateIsNext()
{
    Workshop workshop(path());
    const StoredImage first = workshop.share(sized(1));
    const StoredImage second = workshop.share(sized(2));
    workshop.reader().setHeld(true);
    auto& maker = workshop.startMaker();
    QTRY_COMPARE(workshop.reader().sizes().size(), 1); // it has begun
    const StoredImage late = workshop.share(sized(3));
    maker.hurry(late.image.sha256);
    workshop.reader().setHeld(false);
    QTRY_COMPARE(workshop.store().waiting()->size(), 0);
    QCOMPARE(workshop.reader().sizes(),
             (QList<qint64>{first.image.bytes, late.image.bytes, second.image.bytes}));
}

void tst_VariantMaker::onlyWhoIsAskedForIsHurried()
{
    Workshop workshop(path());
    const StoredImage first = workshop.share(sized(1));
    const StoredImage second = workshop.share(sized(2));
    workshop.reader().setHeld(true);
    auto& maker = workshop.startMaker();
    QTRY_COMPARE(workshop.reader().sizes().size(), 1);
    maker.hurry(second.image.sha256);
    workshop.reader().setHeld(false);
    QTRY_COMPARE(workshop.store().waiting()->size(), 0);
    QCOMPARE(workshop.reader().patient(), QList<qint64>{first.image.bytes});
}

void tst_VariantMaker::whatComesLateIsMade()
{
    Workshop workshop(path());
    workshop.share(sized(1));
    workshop.reader().setHeld(true);
    auto& maker = workshop.startMaker();
    QTRY_COMPARE(workshop.reader().sizes().size(), 1);
    workshop.share(sized(2));
    maker.wake();
    workshop.reader().setHeld(false);
    QTRY_COMPARE(workshop.store().waiting()->size(), 0);
}

void tst_VariantMaker::theMachinesTroubleEndsThePass_data()
{
    QTest::addColumn<int>("trouble");
    QTest::newRow("disk full") << int(ErrorKind::DiskFull);
    QTest::newRow("no permission") << int(ErrorKind::PermissionDenied);
    QTest::newRow("no sandbox") << int(ErrorKind::SandboxRefused);
    QTest::newRow("no decoder") << int(ErrorKind::DecoderMissing);
}

void tst_VariantMaker::theMachinesTroubleEndsThePass()
{
    QFETCH(int, trouble);
    Workshop workshop(path());
    const StoredImage first = workshop.share(sized(1));
    workshop.share(sized(2));
    workshop.reader().setMood(ErrorKind(trouble));
    auto& maker = workshop.startMaker();
    QTRY_VERIFY(!workshop.reader().sizes().isEmpty());
    maker.wake();
    QTRY_VERIFY(workshop.reader().sizes().size() > 1);
    QCOMPARE(workshop.reader().sizes().first(2), QList<qint64>(2, first.image.bytes));
    workshop.reader().setMood({});
    maker.wake();
    QTRY_COMPARE(workshop.store().waiting()->size(), 0);
}

void tst_VariantMaker::aPicturesTroubleDoesNot()
{
    Workshop workshop(path());
    const StoredImage first = workshop.share(sized(1));
    const StoredImage second = workshop.share(sized(2));
    workshop.reader().setMood(ErrorKind::DecoderTooSlow);
    workshop.startMaker();
    QTRY_COMPARE(workshop.reader().sizes(), (QList<qint64>{first.image.bytes, second.image.bytes}));
}

void tst_VariantMaker::whatIsTooLargeByNowIsGivenUp()
{
    Workshop workshop(path());
    const StoredImage stored = workshop.share(photo());
    workshop.reader().setMood(ErrorKind::TooLarge);
    expectWarningOf(stored);
    const auto& maker = workshop.startMaker();
    QTRY_VERIFY(maker.hasGivenUp(stored.image.sha256));
    QCOMPARE(workshop.original(stored), photo());
}

void tst_VariantMaker::whatIsGoneIsGivenUp()
{
    Workshop workshop(path());
    const StoredImage stored = workshop.share(photo(1));
    const StoredImage sound = workshop.share(photo(2));
    QVERIFY(QFile::remove(workshop.store().waitingPath(stored.image.sha256)));
    expectWarningOf(stored);
    auto& maker = workshop.startMaker();
    QTRY_VERIFY(maker.hasGivenUp(stored.image.sha256));
    QTRY_VERIFY(!workshop.isWaiting(sound));
    QVERIFY(workshop.isThere(stored)); // the check tells of it
    workshop.share(photo(1));          // and this heals it
    maker.wake(stored.image.sha256);
    QTRY_VERIFY(!workshop.isWaiting(stored));
    QVERIFY(workshop.hasVariants(stored));
}

void tst_VariantMaker::aFailedTryLeavesTheOriginalAlone()
{
    Workshop workshop(path());
    const StoredImage stored = workshop.share(photo());
    const QFileInfo original(workshop.store().waitingPath(stored.image.sha256));
    QVERIFY(original.dir().mkdir(u"highres.jpg"_s)); // so that the last one cannot be written
    workshop.startMaker();
    QTRY_COMPARE(workshop.reader().sizes().size(), 1);
    workshop.close(); // when it is through
    QCOMPARE(original.dir().entryList(QDir::Files), QStringList{original.fileName()});
}

void tst_VariantMaker::exceptionsCostNothing()
{
    Workshop workshop(path());
    const StoredImage stored = workshop.share(photo());
    workshop.reader().setOutOfMemory(true);
    auto& maker = workshop.startMaker();
    QTRY_COMPARE(workshop.reader().sizes().size(), 1);
    workshop.reader().setOutOfMemory(false);
    maker.wake();
    QTRY_VERIFY(!workshop.isWaiting(stored));
    QVERIFY(workshop.hasVariants(stored));
}

QTEST_GUILESS_MAIN(tst_VariantMaker)
#include "tst_variantmaker.moc"

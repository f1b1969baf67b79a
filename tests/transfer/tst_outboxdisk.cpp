// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/messages.h"
#include "tests/support/bareuser.h"
#include "tests/support/diskcalls.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/transfer/outboxfixture.h"

#include <QFile>
#include <QTest>

#include <atomic>
#include <cerrno>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::await;

namespace {

const QString kForbidden =
    u"You may not read or write it. Change its permissions, or choose another place."_s;

} // namespace

/// (9) The disk below an outbox is full, or cannot be written: a clear message, and the queue is
/// intact. What the database's own calls make of that is in tst_outboxfaults.
class TestOutboxDisk : public test::OutboxFixture
{
    Q_OBJECT

private Q_SLOTS:
    void diskThatTakesNothingStopsWhatIsPrepared_data();
    void diskThatTakesNothingStopsWhatIsPrepared();
    void readOnlySpoolStopsWhatIsPrepared();
    void readOnlyFolderKeepsTheQueue_data();
    void readOnlyFolderKeepsTheQueue();

private:
    QString inOutbox(const QString& name) const
    {
        return m_directory->filePath(u"outbox"_s) + name;
    }
    QString failureOf(const QString& key);
};

QString TestOutboxDisk::failureOf(const QString& key)
{
    if (!QTest::qWaitFor([&] { return stateOf(key) == State::Failed; }, 30'000))
        return u"it has not failed"_s;
    return messageFor(*m_outbox->find(key)->error);
}

void TestOutboxDisk::diskThatTakesNothingStopsWhatIsPrepared_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("sentence");
    const QString full = u"The disk is full. Make room, then try again."_s;
    QTest::newRow("full") << ENOSPC << full;
    QTest::newRow("full for this person") << EDQUOT << full;
    QTest::newRow("mounted to be read") << EROFS << kForbidden;
    QTest::newRow("broken") << EIO
                            << u"Vitrine's own data could not be read or written. Check the "
                               "disk."_s;
}

void TestOutboxDisk::diskThatTakesNothingStopsWhatIsPrepared()
{
    QFETCH(int, code);
    QFETCH(QString, sentence);
    const QString held = share(test::jpeg(test::picture({400, 300}, 1)), {.undoTime = 1h});
    QTRY_COMPARE(stateOf(held), State::Ready);
    std::atomic<bool> isFull = true;
    const test::diskcalls::StepIn stepIn("/outbox/spool/", [&](test::diskcalls::Kind kind) {
        return isFull && kind == test::diskcalls::Kind::Write ? code : 0;
    });
    const QByteArray bytes = test::jpeg(test::picture({400, 300}, 2));
    const QString key = share(bytes);
    QCOMPARE(failureOf(key), sentence);
    QCOMPARE(stateOf(held), State::Ready);
    isFull = false;
    m_outbox->retry(key);
    QTRY_COMPARE(stateOf(key), State::Done);
    QCOMPARE(originalOf(m_outbox->find(key)->imageId), bytes);
}

// For whoever the tests run as.
void TestOutboxDisk::readOnlySpoolStopsWhatIsPrepared()
{
    const test::BareUser bare;
    startRun(); // its threads begin without the right, too
    const QString held = share(test::jpeg(test::picture({400, 300}, 1)), {.undoTime = 1h});
    QTRY_COMPARE(stateOf(held), State::Ready);
    QVERIFY(QFile::setPermissions(inOutbox(u"/spool"_s), QFile::ReadOwner | QFile::ExeOwner));
    const QString key = share(test::jpeg(test::picture({400, 300}, 2)));
    QCOMPARE(failureOf(key), kForbidden);
    QCOMPARE(stateOf(held), State::Ready);
    QVERIFY(QFile::setPermissions(inOutbox(u"/spool"_s),
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    m_outbox->retry(key);
    QTRY_COMPARE(stateOf(key), State::Done);
    QCOMPARE(listing().size(), 1);
}

void TestOutboxDisk::readOnlyFolderKeepsTheQueue_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("its folder") << QString();
    QTest::newRow("its database") << u"/outbox.db"_s;
}

void TestOutboxDisk::readOnlyFolderKeepsTheQueue()
{
    QFETCH(QString, name);
    const test::BareUser bare;
    const QString waiting = share(test::jpeg(test::picture({400, 300}, 1)), {.undoTime = 1h});
    QTRY_COMPARE(stateOf(waiting), State::Ready);
    m_outbox.reset();
    const auto before = QFile::permissions(inOutbox(name));
    QVERIFY(
        QFile::setPermissions(inOutbox(name), before & ~(QFile::WriteOwner | QFile::WriteUser)));

    m_outbox = makeOutbox(m_server->client());
    const auto loaded = await(m_outbox->load());
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().kind, ErrorKind::PermissionDenied);
    const QString source =
        test::writeTo(m_directory->path(), u"new.jpg"_s, test::jpeg(test::picture({400, 300}, 2)));
    const auto refused = await(m_outbox->share({{.source = source}}));
    QVERIFY(!refused);
    QCOMPARE(messageFor(refused.error()), kForbidden);

    m_outbox.reset();
    QVERIFY(QFile::setPermissions(inOutbox(name), before));
    startRun();
    QVERIFY(m_outbox->find(waiting));
    QCOMPARE(m_outbox->transfers().size(), 1); // nothing of what was refused
    const auto taken = await(m_outbox->share({{.source = source}}));
    VERIFY_OK(taken);
    QTRY_COMPARE(stateOf(taken->first()), State::Done);
    QCOMPARE(stateOf(waiting), State::Ready);
}

QTEST_GUILESS_MAIN(TestOutboxDisk)
#include "tst_outboxdisk.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/transfer/outboxfixture.h"

#include <QSignalSpy>
#include <QTest>
using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::await;

/// What is changed before an upload leaves and after it has arrived. Names in parentheses are rows
/// of the list of faults that an outbox has to survive.
class TestOutboxEdits : public test::OutboxFixture
{
    Q_OBJECT

private Q_SLOTS:
    void waitingUploadsCanBeAmended();
    void editsFollowOneAnother();
    void conflictingEditFails();
    void overruledEditGoes();
    void hidingMeetsNoConflict();
    void deletedImagesGo();
    void deletionCanBeUndone();
};

void TestOutboxEdits::waitingUploadsCanBeAmended()
{
    m_outbox->setRunning(false);
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE(stateOf(key), State::Ready);
    const protocol::ImagePatch patch{u"A second thought"_s, true};
    QVERIFY(m_outbox->amend(key, patch));
    startRun(); // the amended row is what it finds
    QTRY_COMPARE(stateOf(key), State::Done);
    QCOMPARE(listing().first().alt, u"A second thought"_s);
    QVERIFY(listing().first().isPrivate);
    QVERIFY(!m_outbox->amend(key, patch));
}

void TestOutboxEdits::editsFollowOneAnother()
{
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE(stateOf(key), State::Done);
    const auto image = listing().first();
    const auto first = await(m_outbox->edit(image, {.alt = u"one"_s})).value();
    const auto second = await(m_outbox->edit(image, {.isPrivate = true})).value();
    QTRY_COMPARE(stateOf(first), State::Done);
    QTRY_COMPARE(stateOf(second), State::Done);
    QCOMPARE(listing().first().alt, u"one"_s);
    QVERIFY(listing().first().isPrivate);
}

void TestOutboxEdits::conflictingEditFails()
{
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE(stateOf(key), State::Done);
    const auto seen = listing().first();
    VERIFY_OK(await(m_server->client().patch(seen.id, seen.revision, {.alt = u"theirs"_s})));
    QSignalSpy conflicted(m_outbox.get(), &Outbox::conflicted);
    const auto edit = await(m_outbox->edit(seen, {.alt = u"ours"_s})).value();
    QTRY_COMPARE(stateOf(edit), State::Failed);
    QCOMPARE(m_outbox->find(edit)->error->kind, ErrorKind::Conflict);
    QCOMPARE(conflicted.size(), 1);
    QCOMPARE(listing().first().alt, u"theirs"_s);
}

void TestOutboxEdits::overruledEditGoes()
{
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE(stateOf(key), State::Done);
    const auto seen = listing().first();
    VERIFY_OK(await(m_server->client().patch(seen.id, seen.revision, {.alt = u"theirs"_s})));
    const auto edit = await(m_outbox->edit(seen, {.alt = u"ours"_s})).value();
    QTRY_COMPARE(stateOf(edit), State::Failed);
    m_outbox->overrule(edit, listing().first().revision);
    QTRY_COMPARE(stateOf(edit), State::Done);
    QCOMPARE(listing().first().alt, u"ours"_s);
}

void TestOutboxEdits::hidingMeetsNoConflict()
{
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE(stateOf(key), State::Done);
    const auto seen = listing().first();
    VERIFY_OK(await(m_server->client().patch(seen.id, seen.revision, {.alt = u"theirs"_s})));
    const auto hide = await(m_outbox->edit(seen, {.isPrivate = true})).value();
    const auto describe = await(m_outbox->edit(seen, {.alt = u"ours"_s})).value();
    QTRY_COMPARE(stateOf(hide), State::Done);
    QTRY_COMPARE(stateOf(describe), State::Failed); // that would have overwritten theirs
    QVERIFY(listing().first().isPrivate);
    QCOMPARE(listing().first().alt, u"theirs"_s);
}

void TestOutboxEdits::deletedImagesGo()
{
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE(stateOf(key), State::Done);
    const auto removal = await(m_outbox->remove(listing().first(), 0ms)).value();
    QTRY_COMPARE(stateOf(removal), State::Done);
    QVERIFY(listing().isEmpty());
}

void TestOutboxEdits::deletionCanBeUndone()
{
    const QString key = share(test::jpeg(test::picture({400, 300})));
    QTRY_COMPARE(stateOf(key), State::Done);
    QSignalSpy undone(m_outbox.get(), &Outbox::deleteUndone);
    const auto removal = await(m_outbox->remove(listing().first(), 1h)).value();
    m_outbox->cancel(removal);
    QCOMPARE(undone.size(), 1);
    QCOMPARE(listing().size(), 1);
}

QTEST_GUILESS_MAIN(TestOutboxEdits)
#include "tst_outboxedits.moc"

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

/// What a person thinks better of when nobody here knows whether it arrived: (3) and (4) of the
/// list of faults that an outbox has to survive.
class TestOutboxDoubts : public test::OutboxFixture
{
    Q_OBJECT

private Q_SLOTS:
    void changeOfWhatArrivedIsMadeThere();
    void changeOfWhatDidNotArriveIsSent();
    void whatArrivedIsTakenBackThere();
    void whatDidNotArriveStaysHere();
    void nextRunRemembersWhatIsTakenBack();
    void whatIsOnItsWayIsTakenBackWhenItArrives();
    void changeOfWhatIsOnItsWayIsMadeWhenItArrives();
    void deletedImageIsNotGivenBack();
    void imageThatWasNotDeletedIsGivenBack();
    void publishedImageIsHiddenAgain();
    void publishingIsTakenBackOnItsWay();
    void sameBytesOfADoomedImageAreSent();
    void sameBytesOfAGoneImageAreSent();

private:
    void spoil(const QString& rule);
    void mend();
    QString shareIntoDoubt(const QString& rule, const UploadOrder& order = {});
    void waitForDoubt(const QString& key);
    bool isEnded(const QString& key) const { return isFinished(stateOf(key)); }

    const QByteArray m_bytes = test::jpeg(test::picture({400, 300}));
    const QString m_lost = u"drop=0,method=POST,path=/api/admin/upload"_s;
    const QString m_notReached = u"drop-request=0,method=POST,path=/api/admin/upload"_s;
};

/// From now on the server makes this mistake.
void TestOutboxDoubts::spoil(const QString& rule)
{
    m_server->stop();
    m_server->start(0, {*backend::parseFaultRule(rule)});
}

void TestOutboxDoubts::mend()
{
    m_server->stop();
    m_server->start();
}

/// Nothing more happens to it until the outbox runs again, with a server that is well.
void TestOutboxDoubts::waitForDoubt(const QString& key)
{
    const auto stop = connect(m_outbox.get(), &Outbox::changed, this, [this](const QString& one) {
        const Transfer* transfer = m_outbox->find(one);
        if (transfer && transfer->error)
            m_outbox->setRunning(false);
    });
    QTRY_VERIFY(m_outbox->find(key) && m_outbox->find(key)->error);
    disconnect(stop);
    mend();
    QVERIFY(!isEnded(key));
}

QString TestOutboxDoubts::shareIntoDoubt(const QString& rule, const UploadOrder& order)
{
    spoil(rule);
    m_outbox->setRunning(false);
    const QString key = share(m_bytes, order);
    m_outbox->setRunning(true);
    waitForDoubt(key);
    return key;
}

void TestOutboxDoubts::changeOfWhatArrivedIsMadeThere()
{
    const QString key = shareIntoDoubt(m_lost, {.alt = u"A boat"_s});
    QCOMPARE(listing().size(), 1);
    QVERIFY(m_outbox->amend(key, {.alt = u"A pier"_s, .isPrivate = true}));
    m_outbox->setRunning(true);
    QTRY_COMPARE(stateOf(key), State::Done);
    QTRY_VERIFY(listing().first().isPrivate);
    QCOMPARE(listing().first().alt, u"A pier"_s);
    QCOMPARE(listing().size(), 1);
}

void TestOutboxDoubts::changeOfWhatDidNotArriveIsSent()
{
    const QString key = shareIntoDoubt(m_notReached);
    QVERIFY(m_outbox->amend(key, {.alt = u"A pier"_s, .isPrivate = true}));
    m_outbox->setRunning(true);
    QTRY_COMPARE(stateOf(key), State::Done);
    QVERIFY(m_outbox->find(key)->item->isPrivate); // never public, not even for a moment
    QCOMPARE(listing().first().alt, u"A pier"_s);
    QCOMPARE(m_outbox->transfers().size(), 1);
}

void TestOutboxDoubts::whatArrivedIsTakenBackThere()
{
    const QString key = shareIntoDoubt(m_lost);
    m_outbox->cancel(key);
    QVERIFY(!isEnded(key)); // nobody knows yet what there is to say of it
    m_outbox->setRunning(true);
    QTRY_VERIFY(isEnded(key));
    QVERIFY(stateOf(key) != State::Cancelled);
    QTRY_VERIFY(listing().isEmpty());
}

void TestOutboxDoubts::whatDidNotArriveStaysHere()
{
    const QString key = shareIntoDoubt(m_notReached);
    m_outbox->cancel(key);
    m_outbox->setRunning(true);
    QTRY_COMPARE(stateOf(key), State::Cancelled);
    QVERIFY(listing().isEmpty());
}

void TestOutboxDoubts::nextRunRemembersWhatIsTakenBack()
{
    const QString key = shareIntoDoubt(m_lost);
    m_outbox->cancel(key);
    startRun();
    QTRY_VERIFY(isEnded(key));
    QTRY_VERIFY(listing().isEmpty());
}

void TestOutboxDoubts::whatIsOnItsWayIsTakenBackWhenItArrives()
{
    spoil(u"delay=300,method=POST,path=/api/admin/upload"_s);
    const QString key = share(m_bytes);
    QTRY_VERIFY(listing().size() == 1 && stateOf(key) == State::Sending);
    m_outbox->cancel(key);
    QTRY_VERIFY(isEnded(key));
    QTRY_VERIFY(listing().isEmpty());
}

void TestOutboxDoubts::changeOfWhatIsOnItsWayIsMadeWhenItArrives()
{
    spoil(u"delay=300,method=POST,path=/api/admin/upload"_s);
    const QString key = share(m_bytes);
    QTRY_VERIFY(listing().size() == 1 && stateOf(key) == State::Sending);
    QVERIFY(m_outbox->amend(key, {.isPrivate = true}));
    QTRY_VERIFY(listing().first().isPrivate);
}

void TestOutboxDoubts::deletedImageIsNotGivenBack()
{
    const QString key = share(m_bytes);
    QTRY_COMPARE(stateOf(key), State::Done);
    spoil(u"drop=0,path=/api/admin/delete"_s);
    QSignalSpy undone(m_outbox.get(), &Outbox::deleteUndone);
    QSignalSpy deleted(m_outbox.get(), &Outbox::deleted);
    const auto removal = await(m_outbox->remove(listing().first(), 0ms)).value();
    waitForDoubt(removal);
    m_outbox->cancel(removal);
    m_outbox->setRunning(true);
    QTRY_COMPARE(stateOf(removal), State::Done);
    QCOMPARE(deleted.size(), 1);
    QCOMPARE(undone.size(), 0);
    QVERIFY(listing().isEmpty());
}

void TestOutboxDoubts::imageThatWasNotDeletedIsGivenBack()
{
    const QString key = share(m_bytes);
    QTRY_COMPARE(stateOf(key), State::Done);
    spoil(u"drop-request=0,path=/api/admin/delete"_s);
    QSignalSpy undone(m_outbox.get(), &Outbox::deleteUndone);
    const auto removal = await(m_outbox->remove(listing().first(), 0ms)).value();
    waitForDoubt(removal);
    m_outbox->cancel(removal);
    m_outbox->setRunning(true);
    QTRY_COMPARE(stateOf(removal), State::Cancelled);
    QCOMPARE(undone.size(), 1);
    QCOMPARE(listing().size(), 1);
}

void TestOutboxDoubts::publishedImageIsHiddenAgain()
{
    const QString key = share(m_bytes, {.isPrivate = true});
    QTRY_COMPARE(stateOf(key), State::Done);
    spoil(u"drop=0,method=PATCH"_s);
    const auto edit = await(m_outbox->edit(listing().first(), {.isPrivate = false})).value();
    waitForDoubt(edit);
    QVERIFY(!listing().first().isPrivate);
    m_outbox->cancel(edit);
    m_outbox->setRunning(true);
    QTRY_COMPARE(stateOf(edit), State::Cancelled);
    QVERIFY(listing().first().isPrivate);
}

void TestOutboxDoubts::publishingIsTakenBackOnItsWay()
{
    const QString key = share(m_bytes, {.isPrivate = true});
    QTRY_COMPARE(stateOf(key), State::Done);
    spoil(u"delay=2500,method=PATCH,count=1"_s); // of the answer
    const auto edit = await(m_outbox->edit(listing().first(), {.isPrivate = false})).value();
    QTRY_VERIFY(!listing().first().isPrivate);
    QCOMPARE(stateOf(edit), State::Sending);
    m_outbox->cancel(edit);
    QTRY_VERIFY(isEnded(edit));
    QTRY_VERIFY(isEnded(m_outbox->transfers().last().key));
    QVERIFY(listing().first().isPrivate);
}

// Else nothing would be left of the picture.
void TestOutboxDoubts::sameBytesOfADoomedImageAreSent()
{
    const QString first = share(m_bytes);
    QTRY_COMPARE(stateOf(first), State::Done);
    await(m_outbox->remove(listing().first(), 1h));
    const QString second = share(m_bytes);
    QTRY_COMPARE(stateOf(second), State::Done);
    QCOMPARE(listing().size(), 2);
}

// What is known here of the gallery may be old.
void TestOutboxDoubts::sameBytesOfAGoneImageAreSent()
{
    const QString first = share(m_bytes);
    QTRY_COMPARE(stateOf(first), State::Done);
    VERIFY_OK(await(m_server->client().remove(listing().first().id)));
    const QString second = share(m_bytes);
    QTRY_COMPARE(stateOf(second), State::Done);
    QCOMPARE(listing().size(), 1);
}

QTEST_GUILESS_MAIN(TestOutboxDoubts)
#include "tst_outboxdoubts.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/session/session.h"
#include "tests/support/futures.h"
#include "tests/support/keyringdouble.h"
#include "tests/support/pictures.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using session::Session;
using test::await;

class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everythingIsThereAfterARestart();
    void worksWithoutAKeyring_data();
    void worksWithoutAKeyring();
    void tokenIsKeptInTheKeyring();
    void lostTokenIsIssuedAgain();
    void secondProcessUsesTheFirstOnesBackend();
    void survivesTheProcessThatRanTheBackend();
    void nothingIsSentWhilePaused();
    void deletionCanBeUndoneAndIsNotShownMeanwhile();
    void whatIsSharedIsKnownAgain();
    void unusableDataDirectorySaysSo();
    void answerThatComesAfterTheEndIsDropped();
    void endsAnywhereOnItsWayOnline();

private:
    std::unique_ptr<Session> makeSession();
    void waitForOnline(Session& session);
    QString share(Session& session, int seed);
    static int count(Session& session) { return session.gallery().model().rowCount(); }

    const SystemClock m_clock;
    const imaging::InProcessPictureReader m_pictures;
    test::SharedKeyring m_keyring;
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestSession::init()
{
    m_keyring = {};
    m_home = std::make_unique<QTemporaryDir>();
}

std::unique_ptr<Session> TestSession::makeSession()
{
    const Paths paths{m_home->filePath(u"data"_s), m_home->filePath(u"cache"_s)};
    return std::make_unique<Session>(paths, session::Account::local(),
                                     std::make_unique<test::KeyringDouble>(m_keyring), m_pictures,
                                     m_clock);
}

void TestSession::waitForOnline(Session& session)
{
    session.start();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), Session::State::Online, 20'000);
}

void TestSession::nothingIsSentWhilePaused()
{
    const auto session = makeSession();
    waitForOnline(*session);
    session->setPaused(true);
    const QString file =
        test::writeTo(m_home->path(), u"waits.jpg"_s, test::jpeg(test::picture({300, 200}, 7)));
    const auto keys = await(session->outbox().share({{.source = file}}));
    VERIFY_OK(keys);
    await(session->refresh()); // which finds the server well, and sets nothing going
    const transfer::Transfer* waiting = session->outbox().find(keys->first());
    QVERIFY(waiting);
    QVERIFY(!transfer::isFinished(waiting->state));
    QCOMPARE(count(*session), 0);
    session->setPaused(false);
    QTRY_COMPARE_WITH_TIMEOUT(count(*session), 1, 30'000);
}

QString TestSession::share(Session& session, int seed)
{
    const QString file = test::writeTo(m_home->path(), u"%1.jpg"_s.arg(seed),
                                       test::jpeg(test::picture({300, 200}, seed)));
    const auto key = await(session.outbox().share({{.source = file}})).value().first();
    const auto* outbox = &session.outbox();
    if (!QTest::qWaitFor([&] { return isFinished(outbox->find(key)->state); }, 20'000))
        qFatal("the upload did not end");
    return outbox->find(key)->imageId;
}

void TestSession::everythingIsThereAfterARestart()
{
    auto session = makeSession();
    waitForOnline(*session);
    const QString id = share(*session, 1);
    QVERIFY(!id.isEmpty());
    QCOMPARE(count(*session), 1);
    session = makeSession();
    waitForOnline(*session);
    QCOMPARE(count(*session), 1);
    QVERIFY(session->gallery().model().find(id));
}

void TestSession::worksWithoutAKeyring_data()
{
    QTest::addColumn<ErrorKind>("trouble");
    QTest::newRow("absent") << ErrorKind::KeyringAbsent;
    QTest::newRow("locked") << ErrorKind::KeyringLocked;
    QTest::newRow("refused") << ErrorKind::KeyringRefused;
}

void TestSession::worksWithoutAKeyring()
{
    QFETCH(ErrorKind, trouble);
    m_keyring.trouble = trouble;
    for (int run = 1; run <= 2; ++run) {
        const auto session = makeSession();
        waitForOnline(*session);
        QVERIFY(!session->keepsSignIn());
        share(*session, run);
        QCOMPARE(count(*session), run);
    }
    QVERIFY(m_keyring.entries.isEmpty());
}

void TestSession::tokenIsKeptInTheKeyring()
{
    auto session = makeSession();
    waitForOnline(*session);
    QVERIFY(session->keepsSignIn());
    QCOMPARE(m_keyring.entries.size(), 1);
    const auto token = m_keyring.entries.values().first();
    QVERIFY(std::holds_alternative<access::ServiceToken>(token));
    session = makeSession();
    waitForOnline(*session);
    QCOMPARE(m_keyring.entries.values().first(), token);
}

void TestSession::lostTokenIsIssuedAgain()
{
    auto session = makeSession();
    waitForOnline(*session);
    session.reset();
    const QString entry = m_keyring.entries.keys().first();
    const access::ServiceToken wrong{u"unknown.access"_s, access::Secret("wrong")};
    m_keyring.entries.insert(entry, wrong);
    session = makeSession();
    waitForOnline(*session);
    QVERIFY(m_keyring.entries.value(entry) != access::Credential(wrong));
}

void TestSession::secondProcessUsesTheFirstOnesBackend()
{
    const auto first = makeSession();
    waitForOnline(*first);
    share(*first, 1);
    const auto second = makeSession();
    waitForOnline(*second);
    QCOMPARE(second->server(), first->server());
    QCOMPARE(count(*second), 1);
}

void TestSession::survivesTheProcessThatRanTheBackend()
{
    auto first = makeSession();
    waitForOnline(*first);
    const auto second = makeSession();
    waitForOnline(*second);
    first.reset();
    const QString file =
        test::writeTo(m_home->path(), u"late.jpg"_s, test::jpeg(test::picture({300, 200}, 9)));
    const auto key = await(second->outbox().share({{.source = file}})).value().first();
    QTRY_COMPARE_WITH_TIMEOUT(second->outbox().find(key)->state, transfer::State::Done, 30'000);
    QTRY_COMPARE(second->state(), Session::State::Online);
}

void TestSession::deletionCanBeUndoneAndIsNotShownMeanwhile()
{
    const auto session = makeSession();
    waitForOnline(*session);
    const QString id = share(*session, 1);
    const auto image = *session->gallery().model().find(id);
    const auto key = await(session->outbox().remove(image, 1h)).value();
    QCOMPARE(count(*session), 0);
    VERIFY_OK(await(session->refresh()));
    QCOMPARE(count(*session), 0);
    session->outbox().cancel(key);
    QCOMPARE(count(*session), 1);
    QVERIFY(await(session->outbox().remove(image, 0ms)));
    VERIFY_OK(await(session->refresh()));
    QCOMPARE(count(*session), 0);
}

void TestSession::whatIsSharedIsKnownAgain()
{
    using transfer::StagingModel;
    const auto session = makeSession();
    waitForOnline(*session);
    share(*session, 1);
    const auto isLearnt = [&] {
        const auto prints = await(session->gallery().catalog().fingerprints()).value();
        return prints.size() == 1 && prints[0].likeness;
    };
    QTRY_VERIFY(isLearnt());
    const QImage smaller = test::picture({300, 200}, 1)
                               .scaled(150, 100, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    auto& staging = session->staging();
    staging.addPaths(
        {m_home->filePath(u"1.jpg"_s),
         test::writeTo(m_home->path(), u"smaller.jpg"_s, test::jpeg(smaller, 60)),
         test::writeTo(m_home->path(), u"other.jpg"_s, test::jpeg(test::picture({300, 200}, 2)))});
    QTRY_COMPARE(staging.rowCount(), 3);
    const auto data = [&](int row, int role) { return staging.index(row).data(role); };
    for (int row = 0; row < 3; ++row)
        QTRY_VERIFY(!data(row, StagingModel::IsLoadingRole).toBool());
    QCOMPARE(data(0, StagingModel::SameRole).toString(), u"1.jpg"_s);
    QCOMPARE(data(1, StagingModel::AlikeRole).toString(), u"1.jpg"_s);
    QVERIFY(data(1, StagingModel::SameRole).toString().isEmpty());
    QVERIFY(data(2, StagingModel::AlikeRole).toString().isEmpty());
    QCOMPARE(staging.shareableCount(), 2);
}

void TestSession::unusableDataDirectorySaysSo()
{
    QVERIFY(QDir(m_home->path()).mkpath(u"."_s));
    test::writeTo(m_home->path(), u"data"_s, "a file where a directory has to be");
    const auto session = makeSession();
    session->start();
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), Session::State::Failed, 20'000);
}

// Somebody quits while the keyring's dialog is open, and answers it afterwards.
void TestSession::answerThatComesAfterTheEndIsDropped()
{
    m_keyring.isHeld = true;
    auto session = makeSession();
    session->start();
    QTRY_VERIFY(!m_keyring.held.isEmpty());
    session.reset();
    m_keyring.finishHeld();
    QCoreApplication::sendPostedEvents();
}

// What is under way when somebody quits has nobody left to tell, wherever it stands.
void TestSession::endsAnywhereOnItsWayOnline()
{
    bool isOnline = false;
    for (int rounds = 0; !isOnline && rounds < 1000; ++rounds) {
        const auto session = makeSession();
        session->start();
        int left = rounds; // of the event loop
        (void)QTest::qWaitFor([&left] { return left-- == 0; }, 20'000);
        isOnline = session->state() == Session::State::Online;
    }
    QVERIFY(isOnline);
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/session/session.h"
#include "tests/flows/batch.h"
#include "tests/support/fakeclock.h"
#include "tests/support/futures.h"
#include "tests/support/keyringdouble.h"
#include "tests/support/localserver.h"
#include "tests/support/pictures.h"

#include <QSignalSpy>
#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;
using session::Session;
using test::await;
using transfer::State;

namespace {

const QString kId = u"some-id"_s;
constexpr int kPictures = 200;
constexpr int kBefore = 60; ///< shared when the sign-in is lost

} // namespace

/// A sign-in that is over in the middle of many uploads: one question, and no upload fails.
class LostSignIn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBatchGoesOnAfterOneQuestion();
    void aBatchGoesOnAfterTheSignInIsOver();

private:
    std::unique_ptr<Session> sessionAt(const QUrl& url, const Clock& clock);
    void verifyAllIsShared(test::LocalServer& server, Session& session);

    const imaging::InProcessPictureReader m_pictures;
    const SystemClock m_clock;
    QTemporaryDir m_directory;
    test::SharedKeyring m_keyring;
    int m_questions = 0;
};

std::unique_ptr<Session> LostSignIn::sessionAt(const QUrl& url, const Clock& clock)
{
    m_questions = 0;
    const QString home = m_directory.filePath(QString::fromLatin1(QTest::currentTestFunction()));
    auto session = std::make_unique<Session>(
        Paths{home + u"/data"_s, home + u"/cache"_s}, session::Account{kId, u"tower"_s, url},
        std::make_unique<test::KeyringDouble>(m_keyring), m_pictures, clock);
    connect(session.get(), &Session::stateChanged, this, [this, made = session.get()] {
        m_questions += made->state() == Session::State::SignedOut;
    });
    return session;
}

// After a new sign-in.
void LostSignIn::verifyAllIsShared(test::LocalServer& server, Session& session)
{
    m_keyring.entries.insert(kId, server.newToken());
    session.signInAgain();
    QTRY_COMPARE_WITH_TIMEOUT(test::countIn(session, State::Done), kPictures, 60'000);
    QCOMPARE(m_questions, 1);
    const auto page = await(server.client().images(api::View::Owner, {}, 1000));
    VERIFY_OK(page);
    QCOMPARE(page->images.size(), kPictures);
}

void LostSignIn::aBatchGoesOnAfterOneQuestion()
{
    test::LocalServer server(m_pictures);
    m_keyring.entries.insert(kId, server.newToken());
    const auto session = sessionAt(server.url(), m_clock);
    session->start();
    QTRY_COMPARE(session->state(), Session::State::Online);

    const auto revokeInTheMiddle = [&, isRevoked = false]() mutable {
        if (!isRevoked && test::countIn(*session, State::Done) >= kBefore) {
            isRevoked = true;
            server.revoke(m_keyring.entries.value(kId));
        }
    };
    connect(&session->outbox(), &transfer::Outbox::changed, this, revokeInTheMiddle);
    VERIFY_OK(test::shareBatch(*session, m_directory.path(), kPictures));
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), Session::State::SignedOut, 60'000);
    QTRY_COMPARE(test::countIn(*session, State::Sending), 0);
    const int shared = test::countIn(*session, State::Done);
    QVERIFY(shared >= kBefore && shared < kPictures);
    QCOMPARE(test::countIn(*session, State::Failed), 0);
    QCOMPARE(session->error().cause, Cause::NotAllowed);
    verifyAllIsShared(server, *session);
}

// By the clock, before the server would refuse anything.
void LostSignIn::aBatchGoesOnAfterTheSignInIsOver()
{
    using namespace std::chrono_literals;
    test::LocalServer server(m_pictures);
    const access::PersonToken token{server.newPersonToken(u"ada@example.org"_s, 1h)};
    const QDateTime end = access::identityOf(token).until;
    test::FakeClock clock(end.addMSecs(-200));
    m_keyring.entries.insert(kId, token);
    const auto session = sessionAt(server.url(), clock);
    session->setBandwidth(50'000, 0); // longer for all of them than to look at the clock
    session->start();
    QTRY_COMPARE(session->state(), Session::State::Online);

    connect(&session->outbox(), &transfer::Outbox::changed, this, [&] {
        if (clock.now() < end && test::countIn(*session, State::Done) >= kBefore)
            clock.advance(1s);
    });
    VERIFY_OK(test::shareBatch(*session, m_directory.path(), kPictures));
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), Session::State::SignedOut, 60'000);
    QTRY_COMPARE(test::countIn(*session, State::Sending), 0);
    const int shared = test::countIn(*session, State::Done);
    QVERIFY(shared >= kBefore && shared < kPictures);
    QCOMPARE(test::countIn(*session, State::Failed), 0);
    QCOMPARE(session->error().cause, Cause::Expired);
    session->setBandwidth(0, 0);
    verifyAllIsShared(server, *session);
}

QTEST_GUILESS_MAIN(LostSignIn)
#include "tst_lostsignin.moc"

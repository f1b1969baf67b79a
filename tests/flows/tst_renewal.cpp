// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/oauth/managedoauth.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/session/session.h"
#include "tests/support/fakeclock.h"
#include "tests/support/futures.h"
#include "tests/support/keyringdouble.h"
#include "tests/support/localserver.h"
#include "tests/support/oauthgallery.h"
#include "tests/support/standin.h"

#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using session::Session;

namespace {

const QString kId = u"some-id"_s;

} // namespace

/// A person's sign-in that ends soon, or has ended: what cloudflared or the gallery itself has in
/// its place is taken, and nobody is asked.
class Renewal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSignInIsRenewedInTime();
    void anOAuthTokenIsRenewedInTime();
    void oneThatIsOverIsRenewed_data();
    void oneThatIsOverIsRenewed();
    void whereNoneIsGivenOneQuestionIsAsked();
    void whoSignsInMeanwhileIsNotAsked();
    void whatIsKeptAnewIsTakenAtOnce();

private:
    std::unique_ptr<Session> signedIn(test::OAuthGallery& gallery, const Clock& clock);
    std::unique_ptr<Session> sessionAt(const QUrl& url, const Clock& clock);

    test::SharedKeyring m_keyring;
    int m_questions = 0;
    QTemporaryDir m_directory;
    const imaging::InProcessPictureReader m_pictures;
};

void Renewal::aSignInIsRenewedInTime()
{
    test::LocalServer server(m_pictures);
    const access::PersonToken first{server.newPersonToken(u"ada@example.org"_s, 1h)};
    const access::PersonToken second{server.newPersonToken(u"ada@example.org"_s, 2h)};
    test::standIn(m_directory.path(), u"cloudflared"_s, "echo " + second.jwt.reveal());
    qputenv("PATH", m_directory.path().toLocal8Bit() + ':' + qgetenv("PATH"));
    const QDateTime firstEnds = access::identityOf(first).until;

    test::FakeClock clock(firstEnds.addSecs(-301)); // five minutes before is the time
    m_keyring.entries.insert(kId, first);
    const auto session = sessionAt(server.url(), clock);
    session->start();
    QTRY_COMPARE(session->state(), Session::State::Online);
    QCOMPARE(session->identity().until, firstEnds);
    clock.advance(1s);
    QTRY_COMPARE(session->identity().until, access::identityOf(second).until);
    QTRY_COMPARE(session->state(), Session::State::Online);
    QVERIFY(m_keyring.entries.value(kId) == access::Credential(second));
    QCOMPARE(m_questions, 0);
}

std::unique_ptr<Session> Renewal::sessionAt(const QUrl& url, const Clock& clock)
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

std::unique_ptr<Session> Renewal::signedIn(test::OAuthGallery& gallery, const Clock& clock)
{
    api::ManagedOAuth oauth;
    const auto token = test::await(oauth.signIn(gallery.url(), [&](const QUrl& page) {
        gallery.visit(page);
        return true;
    }));
    m_keyring.entries.insert(kId, token.value());
    return sessionAt(gallery.url(), clock);
}

void Renewal::anOAuthTokenIsRenewedInTime()
{
    test::OAuthGallery gallery;
    test::FakeClock clock(QDateTime::currentDateTimeUtc().addSecs(3600 - 303));
    const auto session = signedIn(gallery, clock);
    const QByteArray first = gallery.accessToken();
    session->start();
    QTRY_COMPARE(session->state(), Session::State::Online);
    gallery.mood.life = 7200;
    clock.advance(60s);
    QTRY_VERIFY(gallery.accessToken() != first);
    QTRY_VERIFY(session->identity().until > clock.now().addSecs(3600));
    QTRY_COMPARE(session->state(), Session::State::Online);
    QCOMPARE(m_questions, 0);
    QCOMPARE(gallery.visits(), 1);
}

void Renewal::oneThatIsOverIsRenewed_data()
{
    QTest::addColumn<bool>("isOnline");
    QTest::newRow("at the start") << false;
    QTest::newRow("in between") << true;
}

void Renewal::oneThatIsOverIsRenewed()
{
    QFETCH(bool, isOnline);
    test::OAuthGallery gallery;
    const SystemClock clock;
    const auto session = signedIn(gallery, clock);
    if (isOnline) {
        session->start();
        QTRY_COMPARE(session->state(), Session::State::Online);
        QTRY_VERIFY(!session->gallery().isRefreshing()); // or that would be waited for
    }
    gallery.expire();
    const auto before = gallery.requests().size();
    isOnline ? session->reconnect() : session->start();
    QTRY_VERIFY(!gallery.accessToken().isEmpty());
    const auto isLetIn = [&] {
        const auto later = gallery.requests().mid(before);
        return std::any_of(later.begin(), later.end(), [&](const auto& request) {
            return request.target().startsWith("/api/admin/images") &&
                   request.mentions(gallery.accessToken());
        });
    };
    QTRY_VERIFY(isLetIn());
    QTRY_COMPARE(session->state(), Session::State::Online);
    QCOMPARE(m_questions, 0);
    QCOMPARE(gallery.visits(), 1);
}

void Renewal::whereNoneIsGivenOneQuestionIsAsked()
{
    test::OAuthGallery gallery;
    const SystemClock clock;
    const auto session = signedIn(gallery, clock);
    session->start();
    QTRY_COMPARE(session->state(), Session::State::Online);
    QTRY_VERIFY(!session->gallery().isRefreshing()); // or that would be waited for
    gallery.mood.refusesRenewal = true;
    gallery.expire();
    for (int i = 0; i < 3; ++i) {
        QVERIFY(!test::await(session->refresh()));
        QTRY_COMPARE(session->state(), Session::State::SignedOut);
    }
    QCOMPARE(m_questions, 1);
}

// The renewal that ends in nothing was somebody else's.
void Renewal::whoSignsInMeanwhileIsNotAsked()
{
    test::LocalServer server(m_pictures);
    const access::PersonToken first{server.newPersonToken(u"ada@example.org"_s, 1h)};
    test::FakeClock clock(access::identityOf(first).until.addSecs(-301));
    m_keyring.entries.insert(kId, first);
    const auto session = sessionAt(server.url(), clock);
    session->start();
    QTRY_COMPARE(session->state(), Session::State::Online);
    m_keyring.isHeld = true;
    clock.advance(1s);
    QTRY_COMPARE(m_keyring.held.size(), 1);
    m_keyring.isHeld = false;

    const access::Credential second = server.newToken();
    m_keyring.entries.insert(kId, second);
    session->signInAgain();
    QTRY_COMPARE(session->identity(), access::identityOf(second));
    QTRY_COMPARE(session->state(), Session::State::Online);
    m_keyring.finishHeld(second);
    VERIFY_OK(test::await(session->refresh()));
    QCOMPARE(session->state(), Session::State::Online);
    QCOMPARE(session->identity(), access::identityOf(second));
    QCOMPARE(m_questions, 0);
}

// Also where what was kept before is still being read.
void Renewal::whatIsKeptAnewIsTakenAtOnce()
{
    test::LocalServer server(m_pictures);
    const SystemClock clock;
    m_keyring.isHeld = true;
    const auto session = sessionAt(server.url(), clock);
    session->start();
    QTRY_COMPARE(m_keyring.held.size(), 1);
    m_keyring.isHeld = false;
    const access::Credential kept = server.newToken();
    m_keyring.entries.insert(kId, kept);
    session->signInAgain();
    QTRY_COMPARE(session->state(), Session::State::Online);
    m_keyring.finishHeld();
    VERIFY_OK(test::await(session->refresh()));
    QVERIFY(!session->isGuest());
    QCOMPARE(session->identity(), access::identityOf(kept));
}

QTEST_GUILESS_MAIN(Renewal)
#include "tst_renewal.moc"

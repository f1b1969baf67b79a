// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/oauth/managedoauth.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/session/session.h"
#include "tests/flows/batch.h"
#include "tests/support/futures.h"
#include "tests/support/keyringdouble.h"
#include "tests/support/oauthgallery.h"
#include "tests/support/pictures.h"

#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace vitrine;
using namespace Qt::StringLiterals;
using session::Session;
using test::await;
using transfer::State;

namespace {

const QString kId = u"some-id"_s;
constexpr int kPictures = 40;
constexpr int kBefore = 15; ///< shared when the token is over
constexpr int kLimit = 60'000;

} // namespace

/// A token that is over in the middle of many uploads of a person who is signed in by OAuth.
class RenewedBatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aBatchGoesOnUnasked();
    void aBatchGoesOnAfterOneQuestion();
    void twoProcessesGoOnUnasked();
    void whereOnlyUploadsAreRefusedOneQuestionIsAsked();

private:
    void signIn();
    int uploadsSent() const;
    std::unique_ptr<Session> newSession();
    void verifyEachIsThereOnce();

    const imaging::InProcessPictureReader m_pictures;
    const SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<test::OAuthGallery> m_gallery;
    test::SharedKeyring m_keyring;
    std::unique_ptr<Session> m_session;
    int m_questions = 0;
};

void RenewedBatch::init()
{
    m_questions = 0;
    m_directory = std::make_unique<QTemporaryDir>();
    m_gallery = std::make_unique<test::OAuthGallery>();
    signIn();
    m_session = newSession();
    m_session->start();
    QTRY_COMPARE(m_session->state(), Session::State::Online);
}

void RenewedBatch::cleanup()
{
    m_session.reset();
    m_gallery.reset();
}

void RenewedBatch::signIn()
{
    api::ManagedOAuth oauth;
    const auto token = await(oauth.signIn(m_gallery->url(), [this](const QUrl& page) {
        m_gallery->visit(page);
        return true;
    }));
    m_keyring.entries.insert(kId, token.value());
}

std::unique_ptr<Session> RenewedBatch::newSession()
{
    auto session = std::make_unique<Session>(
        Paths{m_directory->filePath(u"data"_s), m_directory->filePath(u"cache"_s)},
        session::Account{kId, u"tower"_s, m_gallery->url()},
        std::make_unique<test::KeyringDouble>(m_keyring), m_pictures, m_clock);
    connect(session.get(), &Session::stateChanged, this, [this, made = session.get()] {
        m_questions += made->state() == Session::State::SignedOut;
    });
    return session;
}

// There, and in the gallery, and every transfer with an image of its own.
void RenewedBatch::verifyEachIsThereOnce()
{
    QTRY_COMPARE_WITH_TIMEOUT(test::countIn(*m_session, State::Done), kPictures, kLimit);
    QCOMPARE(test::countIn(*m_session, State::Failed), 0);
    QCOMPARE(m_gallery->images().size(), kPictures);
    QSet<QString> ids;
    for (const auto& transfer : m_session->outbox().transfers())
        ids.insert(transfer.imageId);
    QCOMPARE(ids.size(), kPictures);
    QTRY_COMPARE(m_session->state(), Session::State::Online);
    QTRY_COMPARE(m_session->gallery().model().rowCount(), kPictures);
}

void RenewedBatch::aBatchGoesOnUnasked()
{
    const QByteArray first = m_gallery->accessToken();
    m_gallery->expireAt(kBefore);
    VERIFY_OK(test::shareBatch(*m_session, m_directory->path(), kPictures));
    verifyEachIsThereOnce();
    QVERIFY(m_gallery->accessToken() != first);
    QCOMPARE(m_gallery->renewals(), 1);
    QCOMPARE(m_gallery->visits(), 1);
    QCOMPARE(m_questions, 0);
}

void RenewedBatch::aBatchGoesOnAfterOneQuestion()
{
    m_gallery->expireAt(kBefore);
    m_gallery->mood.refusesRenewal = true;
    VERIFY_OK(test::shareBatch(*m_session, m_directory->path(), kPictures));
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), Session::State::SignedOut, kLimit);
    QTRY_COMPARE(test::countIn(*m_session, State::Sending), 0);
    QCOMPARE(m_session->error().kind, ErrorKind::SignInRequired);
    QCOMPARE(m_gallery->images().size(), kBefore);
    QCOMPARE(test::countIn(*m_session, State::Failed), 0);
    QCOMPARE(m_questions, 1);

    signIn();
    m_session->signInAgain();
    verifyEachIsThereOnce();
    QCOMPARE(m_questions, 1);
    QCOMPARE(m_gallery->visits(), 2);
}

// Both notice it at the same moment, and a refresh token is good once.
void RenewedBatch::twoProcessesGoOnUnasked()
{
    const auto other = newSession();
    other->start(Session::Outgoing::Shown);
    QTRY_COMPARE(other->state(), Session::State::Online);
    m_gallery->expireAt(kBefore);
    connect(&m_session->outbox(), &transfer::Outbox::signInNeeded, other.get(),
            &Session::reconnect);
    VERIFY_OK(test::shareBatch(*m_session, m_directory->path(), kPictures));
    verifyEachIsThereOnce();
    QTRY_COMPARE(other->state(), Session::State::Online);
    VERIFY_OK(await(other->refresh()));
    QCOMPARE(m_gallery->renewals(), 1);
    QCOMPARE(m_gallery->visits(), 1);
    QCOMPARE(m_questions, 0);
}

int RenewedBatch::uploadsSent() const
{
    const auto& requests = m_gallery->requests();
    return int(std::count_if(requests.begin(), requests.end(), [](const auto& request) {
        return request.target() == "/api/admin/upload";
    }));
}

// As by a policy for that address alone: what proves a sign-in otherwise proves nothing here.
void RenewedBatch::whereOnlyUploadsAreRefusedOneQuestionIsAsked()
{
    m_gallery->mood.refusesUploads = true;
    VERIFY_OK(test::shareBatch(*m_session, m_directory->path(), 1));
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), Session::State::SignedOut, kLimit);
    QCOMPARE(m_session->error().kind, ErrorKind::SignInRequired);
    QCOMPARE(uploadsSent(), 2);
    VERIFY_OK(await(m_session->refresh()));
    QCOMPARE(m_session->state(), Session::State::SignedOut);
    QVERIFY(!m_session->outbox().isRunning());
    QCOMPARE(m_questions, 1);

    m_gallery->mood.refusesUploads = false;
    m_session->signInAgain();
    QTRY_COMPARE_WITH_TIMEOUT(test::countIn(*m_session, State::Done), 1, kLimit);
    QCOMPARE(m_session->state(), Session::State::Online);
    QCOMPARE(uploadsSent(), 3);
    QCOMPARE(m_questions, 1);
}

QTEST_GUILESS_MAIN(RenewedBatch)
#include "tst_renewedbatch.moc"

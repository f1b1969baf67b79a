// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/clock.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/session/session.h"
#include "tests/support/futures.h"
#include "tests/support/keyringdouble.h"
#include "tests/support/pictures.h"
#include "tests/support/referenceserver.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;
using api::ApiClient;
using api::Dialect;
using api::UploadRequest;
using api::View;
using session::Session;
using test::await;
using test::ReferenceServer;

namespace {

access::ServiceToken owner()
{
    return {QString::fromLatin1(ReferenceServer::kClientId),
            access::Secret(ReferenceServer::kClientSecret)};
}

} // namespace

/// What is peculiar to the original platform beside the contract that it shares with ours: its
/// oddities as the client meets them, then the whole of an owner's session with outbox and gallery.
class Reference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void dialectIsFoundAndSpoken();
    void itsListingBeginsWithAnEmptyPage();
    void signInIsAskedFor();
    void signInIsTried();
    void itIsNotAskedForOriginals();
    void ownersShare();
    void aLostAnswerMakesNoSecondImage();
    void twinsAreNotTakenForEachOther();
    void anotherOfThatNameIsNotTakenForIt();
    void anotherOfThatNameIsNotTakenForItByTheNextRun();
    void changeOfWhatArrivedMakesNoSecondImage();
    void renewedSignInSpeaksTheSameDialect();
    void publicListingProvesNoSignIn();
    void sessionThatEndsIsAskedForOnce();

private:
    UploadRequest request(const QString& name = u"boat.jpg"_s, int seed = 0) const;
    QList<protocol::Image> listed(ApiClient& client);
    void startSession();
    QString share(const QString& name, int seed);

    const imaging::InProcessPictureReader m_pictures;
    const SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<ReferenceServer> m_server;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<ApiClient> m_client;
    test::SharedKeyring m_keyring;
    std::unique_ptr<Session> m_session;
};

void Reference::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<ReferenceServer>();
    m_network = std::make_unique<QNetworkAccessManager>();
    m_client = std::make_unique<ApiClient>(*m_network);
    m_client->setServer(m_server->url(), owner());
    VERIFY_OK(await(m_client->greet()));
}

void Reference::cleanup()
{
    m_session.reset();
    m_client.reset();
    m_network.reset();
    m_server.reset();
}

UploadRequest Reference::request(const QString& name, int seed) const
{
    UploadRequest request;
    request.file = test::writeTo(m_directory->path(), u"upload-%1"_s.arg(seed),
                                 test::jpeg(test::picture({80, 60}, seed)));
    request.name = name;
    request.type = u"image/jpeg"_s;
    request.alt = u"A boat"_s;
    return request;
}

QList<protocol::Image> Reference::listed(ApiClient& client)
{
    QList<protocol::Image> images;
    QString cursor;
    do {
        const auto page = await(client.images(View::Owner, cursor, 1000));
        if (!page)
            return {};
        images += page->images;
        cursor = page->cursor;
    } while (!cursor.isEmpty());
    return images;
}

void Reference::dialectIsFoundAndSpoken()
{
    const auto greeted = await(m_client->greet());
    VERIFY_OK(greeted);
    QCOMPARE(greeted->dialect, Dialect::Reference);
    QVERIFY(!m_client->keepsKeys());
    QVERIFY(await(m_client->upload(request(), {})));
    QCOMPARE(m_server->requests().last().target(), QByteArray("/admin/api/upload"));
    QVERIFY(await(m_client->images(View::Owner, {}, 10)));
    QCOMPARE(m_server->requests().last().target(), QByteArray("/api/images?limit=10"));
}

void Reference::itsListingBeginsWithAnEmptyPage()
{
    for (int i = 0; i < 40; ++i)
        VERIFY_OK(await(m_client->upload(request(u"%1.jpg"_s.arg(i)), {})));
    const auto first = await(m_client->images(View::Owner, {}, 1000));
    VERIFY_OK(first);
    QVERIFY(first->images.isEmpty());
    const auto images = listed(*m_client);
    QCOMPARE(images.size(), 40);
    QCOMPARE(images.first().name, u"0.jpg"_s); // oldest first
    QVERIFY(images.first().previewUrl.isEmpty());
}

void Reference::signInIsAskedFor()
{
    m_client->setServer(m_server->url(), {});
    VERIFY_OK(await(m_client->greet()));
    const auto refused = await(m_client->upload(request(), {}));
    QCOMPARE(refused.error().kind, ErrorKind::SignInRequired);
    QCOMPARE(refused.error().cause, Cause::TeamDomain);
    QVERIFY(await(m_client->images(View::Guest, {}, 1)));
    QCOMPARE(m_server->kept(), 0);
}

void Reference::signInIsTried()
{
    VERIFY_OK(await(m_client->tryUpload()));
    m_server->endSessions();
    QCOMPARE(await(m_client->tryUpload()).error().cause, Cause::PolicyForPersons);
    QCOMPARE(m_server->kept(), 0);
}

void Reference::startSession()
{
    auto tokens = std::make_shared<test::KeyringDouble>(m_keyring);
    const session::Account account{u"some-id"_s, u"tower"_s, m_server->url()};
    VERIFY_OK(await(tokens->write(account.id, owner())));
    const Paths paths{m_directory->filePath(u"data"_s), m_directory->filePath(u"cache"_s)};
    m_session = std::make_unique<Session>(paths, account, tokens, m_pictures, m_clock);
    m_session->start();
    QTRY_COMPARE(m_session->state(), Session::State::Online);
}

QString Reference::share(const QString& name, int seed)
{
    transfer::UploadOrder order;
    order.source = request(name, seed).file;
    order.name = name;
    const auto keys = await(m_session->outbox().share({order}));
    return keys.value_or(QStringList{QString()}).first();
}

void Reference::itIsNotAskedForOriginals()
{
    using Feature = protocol::Capabilities::Feature;
    startSession();
    for (const Feature feature :
         {Feature::Alt, Feature::Privacy, Feature::Delete, Feature::Original})
        QVERIFY(!m_session->can(feature));
    share(u"boat.jpg"_s, 1);
    QTRY_COMPARE(m_session->gallery().model().rowCount(), 1);
    protocol::Image image = m_session->gallery().model().images().first();
    QVERIFY(image.previewUrl.isEmpty());
    const QSignalSpy counted(&m_session->gallery().fullSize(), &gallery::FullSizeLoader::counted);
    await(m_session->gallery().fullSize().load(image));
    QCOMPARE(counted.size(), 1);
    image.previewUrl = m_server->url(u"/preview"_s);
    QCOMPARE(await(m_session->gallery().fullSize().load(image)).error().kind,
             ErrorKind::Unsupported);
    QCOMPARE(counted.size(), 1);
    for (const auto& asked : m_server->requests())
        QVERIFY(!asked.target().contains("original"));
}

void Reference::ownersShare()
{
    startSession();
    const QString first = share(u"a.jpg"_s, 1);
    const QString second = share(u"b.jpg"_s, 2);
    QTRY_COMPARE(m_session->outbox().find(first)->state, transfer::State::Done);
    QTRY_COMPARE(m_session->outbox().find(second)->state, transfer::State::Done);
    QCOMPARE(m_server->kept(), 2);
    QTRY_COMPARE(m_session->gallery().model().rowCount(), 2);
    for (const auto& image : m_session->gallery().model().images())
        QVERIFY(!image.id.isEmpty());
}

void Reference::aLostAnswerMakesNoSecondImage()
{
    startSession();
    m_server->loseAnswers(1);
    const QString key = share(u"a.jpg"_s, 1);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->outbox().find(key)->state, transfer::State::Done, 20'000);
    QCOMPARE(m_server->kept(), 1);
    QCOMPARE(m_session->outbox().find(key)->imageId, listed(*m_client).first().id);
}

// Two pictures of the same name and words: the one that arrived is not taken for the other.
void Reference::twinsAreNotTakenForEachOther()
{
    startSession();
    const QString first = share(u"a.jpg"_s, 1);
    QTRY_COMPARE(m_session->outbox().find(first)->state, transfer::State::Done);
    m_server->loseAnswers(1);
    const QString second = share(u"a.jpg"_s, 2);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->outbox().find(second)->state, transfer::State::Done,
                              20'000);
    QCOMPARE(m_server->kept(), 2);
    QVERIFY(m_session->outbox().find(first)->imageId != m_session->outbox().find(second)->imageId);
}

// The second was never sent: what is there of that name is the first.
void Reference::anotherOfThatNameIsNotTakenForIt()
{
    startSession();
    const QString first = share(u"a.jpg"_s, 1);
    QTRY_COMPARE(m_session->outbox().find(first)->state, transfer::State::Done);
    m_server->setListings(ReferenceServer::Listings::Lost);
    const QString second = share(u"a.jpg"_s, 2);
    QTRY_VERIFY(m_session->outbox().find(second)->error.has_value());
    m_server->setListings(ReferenceServer::Listings::Told);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->outbox().find(second)->state, transfer::State::Done,
                              30'000);
    QCOMPARE(m_server->kept(), 2);
    QVERIFY(m_session->outbox().find(first)->imageId != m_session->outbox().find(second)->imageId);
}

void Reference::anotherOfThatNameIsNotTakenForItByTheNextRun()
{
    startSession();
    const QString first = share(u"a.jpg"_s, 1);
    QTRY_COMPARE(m_session->outbox().find(first)->state, transfer::State::Done);
    QTRY_COMPARE(m_session->gallery().model().rowCount(), 1);
    m_server->setListings(ReferenceServer::Listings::Hanging);
    const QString second = share(u"a.jpg"_s, 2);
    QTRY_COMPARE(m_session->outbox().find(second)->state, transfer::State::Sending);
    m_session.reset(); // while it looks what is there
    m_server->setListings(ReferenceServer::Listings::Told);
    startSession();
    QTRY_COMPARE(m_session->outbox().find(second)->state, transfer::State::Done);
    QCOMPARE(m_server->kept(), 2);
}

void Reference::changeOfWhatArrivedMakesNoSecondImage()
{
    startSession();
    m_server->loseAnswers(1);
    transfer::Outbox& outbox = m_session->outbox();
    connect(&outbox, &transfer::Outbox::changed, this, [&outbox](const QString& key) {
        const transfer::Transfer* one = outbox.find(key);
        if (one->error && one->alt.isEmpty())
            outbox.amend(key, {.alt = u"A pier"_s});
    });
    const QString key = share(u"a.jpg"_s, 1);
    QTRY_COMPARE_WITH_TIMEOUT(outbox.find(key)->state, transfer::State::Done, 30'000);
    QCOMPARE(m_server->kept(), 1);
    QCOMPARE(outbox.find(key)->alt, u"A pier"_s);
}

// Between the renewal and the next greeting, too: the outbox goes on.
void Reference::renewedSignInSpeaksTheSameDialect()
{
    m_client->setServer(m_server->url(), owner());
    QVERIFY(!m_client->keepsKeys());
    VERIFY_OK(await(m_client->upload(request(), {})));
    QCOMPARE(m_server->requests().last().target(), QByteArray("/admin/api/upload"));
    m_client->setServer(QUrl(u"http://127.0.0.1:9"_s), owner());
    QVERIFY(m_client->keepsKeys()); // another server
}

void Reference::publicListingProvesNoSignIn()
{
    m_server->hangUploads(); // which is how a sign-in is tried
    auto tokens = std::make_shared<test::KeyringDouble>(m_keyring);
    const session::Account account{u"some-id"_s, u"tower"_s, m_server->url()};
    VERIFY_OK(await(tokens->write(account.id, owner())));
    const Paths paths{m_directory->filePath(u"data"_s), m_directory->filePath(u"cache"_s)};
    m_session = std::make_unique<Session>(paths, account, tokens, m_pictures, m_clock);
    m_session->start();
    QTRY_COMPARE(m_server->requests().last().verb(), QByteArray("POST"));
    QSignalSpy answered(&m_session->gallery(), &gallery::Gallery::answered);
    m_session->gallery().refresh();
    QTRY_VERIFY(!answered.isEmpty());
    QVERIFY(m_session->state() != Session::State::Online);
}

void Reference::sessionThatEndsIsAskedForOnce()
{
    startSession();
    QSignalSpy states(m_session.get(), &Session::stateChanged);
    m_server->endSessions();
    const QString key = share(u"a.jpg"_s, 1);
    QTRY_COMPARE(m_session->state(), Session::State::SignedOut);
    QCOMPARE(states.size(), 1);
    QCOMPARE(m_session->error().kind, ErrorKind::SignInRequired);
    QVERIFY(!isFinished(m_session->outbox().find(key)->state));
}

QTEST_GUILESS_MAIN(Reference)
#include "tst_reference.moc"

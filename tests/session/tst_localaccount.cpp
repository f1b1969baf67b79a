// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiclient.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/session/localaccount.h"
#include "tests/support/futures.h"
#include "tests/support/keyringdouble.h"
#include "tests/support/pictures.h"

#include <QNetworkAccessManager>
#include <QScopeGuard>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using session::LocalAccount;
using test::await;

namespace {

/// Makes no variants before it is let go.
class SlowReader final : public imaging::PictureReader
{
public:
    Result<imaging::Findings> read(const imaging::PictureSource& source,
                                   const imaging::ReadOrder& order) const override
    {
        if (order.encodesVariants)
            m_mayGoOn.acquire();
        return m_reader.read(source, order);
    }
    /// All that come may go on.
    void letGo() { m_mayGoOn.release(1'000); }

private:
    const imaging::InProcessPictureReader m_reader;
    mutable QSemaphore m_mayGoOn;
};

} // namespace

class TestLocalAccount : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void startingTwiceGivesOneBackend();
    void secondAccountFindsTheFirstOnesBackend();
    void tokenThatNoKeyringTookEndsWithTheRun();
    void keptTokenIsGoodInTheNextRun();
    void sharingDoesNotWaitForVariants();

private:
    std::unique_ptr<LocalAccount> makeAccount()
    {
        return std::make_unique<LocalAccount>(m_directory->path(), m_tokens, m_pictures);
    }
    Result<void> trySignIn(const QUrl& url, const access::Credential& credential);

    std::unique_ptr<QTemporaryDir> m_directory;
    const imaging::InProcessPictureReader m_pictures;
    test::SharedKeyring m_keyring;
    test::KeyringDouble m_tokens{m_keyring};
};

void TestLocalAccount::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_keyring = {};
}

Result<void> TestLocalAccount::trySignIn(const QUrl& url, const access::Credential& credential)
{
    QNetworkAccessManager network;
    api::ApiClient client(network);
    client.setServer(url, credential);
    return await(client.images(api::View::Owner, {}, 1)).map([](const protocol::Page&) {});
}

void TestLocalAccount::startingTwiceGivesOneBackend()
{
    const auto account = makeAccount();
    const auto first = account->open();
    const auto second = account->open(); // before the first has an answer
    const auto third = await(account->open());
    VERIFY_OK(await(first));
    VERIFY_OK(await(second));
    VERIFY_OK(third);
    QCOMPARE(await(first)->url, third->url);
    QCOMPARE(await(second)->url, third->url);
    VERIFY_OK(trySignIn(third->url, third->credential));
}

void TestLocalAccount::secondAccountFindsTheFirstOnesBackend()
{
    auto first = makeAccount();
    const auto second = makeAccount();
    const auto firstIn = await(first->open());
    const auto secondIn = await(second->open());
    VERIFY_OK(firstIn);
    VERIFY_OK(secondIn);
    QCOMPARE(secondIn->url, firstIn->url);
    first.reset(); // its process ends: the other one serves from now on
    const auto again = await(second->open());
    VERIFY_OK(again);
    VERIFY_OK(trySignIn(again->url, again->credential));
}

void TestLocalAccount::tokenThatNoKeyringTookEndsWithTheRun()
{
    m_keyring.writeTrouble = ErrorKind::KeyringRefused;
    auto account = makeAccount();
    const auto wayIn = await(account->open());
    VERIFY_OK(wayIn);
    QVERIFY(!wayIn->isKept);
    VERIFY_OK(trySignIn(wayIn->url, wayIn->credential));

    account.reset();
    account = makeAccount();
    const auto next = await(account->open());
    VERIFY_OK(next);
    VERIFY_OK(trySignIn(next->url, next->credential));
    const auto stale = trySignIn(next->url, wayIn->credential);
    QVERIFY(!stale);
    QCOMPARE(stale.error().kind, ErrorKind::SignInRequired);
}

void TestLocalAccount::keptTokenIsGoodInTheNextRun()
{
    auto account = makeAccount();
    const auto wayIn = await(account->open());
    VERIFY_OK(wayIn);
    QVERIFY(wayIn->isKept);
    account.reset();
    account = makeAccount();
    const auto next = await(account->open());
    VERIFY_OK(next);
    QCOMPARE(next->credential, wayIn->credential);
    VERIFY_OK(trySignIn(next->url, next->credential));
}

// The one who shares has just looked at the picture, on the same processor.
void TestLocalAccount::sharingDoesNotWaitForVariants()
{
    SlowReader slow;
    LocalAccount account(m_directory->path(), m_tokens, slow);
    const auto letGo = qScopeGuard([&] { slow.letGo(); }); // or it would not end
    const auto wayIn = await(account.open());
    VERIFY_OK(wayIn);
    QNetworkAccessManager network;
    api::ApiClient client(network);
    client.setServer(wayIn->url, wayIn->credential);
    const QByteArray photo = test::jpeg(test::picture({400, 300}));
    const auto shared =
        await(client.upload({.file = test::writeTo(m_directory->path(), u"photo.jpg"_s, photo),
                             .name = u"photo.jpg"_s,
                             .type = u"image/jpeg"_s},
                            {}));
    VERIFY_OK(shared);
    QCOMPARE(shared->size, QSize(400, 300));
    const auto preview = [&] {
        return client.fetch(shared->previewUrl, 1'000'000, api::Urgency::Visible);
    };
    QVERIFY(!await(preview()));
    slow.letGo();
    QTRY_VERIFY(await(preview()));
}

QTEST_GUILESS_MAIN(TestLocalAccount)
#include "tst_localaccount.moc"

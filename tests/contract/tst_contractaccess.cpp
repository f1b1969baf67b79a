// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/contract/contractfixture.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"

using namespace vitrine;
using namespace Qt::StringLiterals;
using api::View;
using protocol::Image;
using test::await;
using test::contentOf;

/// Who sees what, and what is taken home.
class ContractAccess final : public test::ContractFixture
{
    Q_OBJECT

private Q_SLOTS:
    void guestsSeePrivateImagesVeiled();
    void downloadCountsOnce();
    void privateDownloadWantsSignIn();
    void makingPrivateRevokesAddresses();
    void originalComesBackUnchanged();
    void signInIsAskedFor_data();
    void signInIsAskedFor();
};

void ContractAccess::guestsSeePrivateImagesVeiled()
{
    const Image image = uploaded(1, true);
    QVERIFY(image.isPrivate);
    const Image guests = asListed(View::Guest, image.id);
    QVERIFY(guests.isPrivate);
    QVERIFY(guests.name.isEmpty());
    QVERIFY(guests.alt.isEmpty());
    const auto veiled = await(m_guest->fetch(guests.previewUrl, kLimit));
    const auto sharp = await(m_owner->fetch(asListed(View::Owner, image.id).previewUrl, kLimit));
    VERIFY_OK(veiled);
    VERIFY_OK(sharp);
    QVERIFY(*veiled != *sharp);
    QVERIFY(guests.previewUrl.path().endsWith(u"/blurred"_s));
    QVERIFY(!QImage::fromData(*veiled).isNull());
}

void ContractAccess::downloadCountsOnce()
{
    const Image image = uploaded(1);
    const auto url = await(m_guest->downloadUrl(image.id));
    VERIFY_OK(url);
    QCOMPARE(asListed(View::Guest, image.id).downloadCount, 1);
    const QString path = m_directory->filePath(u"saved.jpg"_s);
    for (int i = 0; i < 2; ++i) {
        const auto saved = await(m_guest->save({.url = *url, .path = path}));
        VERIFY_OK(saved);
        QCOMPARE(saved->bytes, contentOf(path).size());
        QCOMPARE(saved->type, u"image/jpeg"_s);
    }
    QCOMPARE(QImage(path).size(), QSize(800, 600));
    QCOMPARE(asListed(View::Guest, image.id).downloadCount, 1);
}

void ContractAccess::privateDownloadWantsSignIn()
{
    const Image image = uploaded(1, true);
    QCOMPARE(await(m_guest->downloadUrl(image.id)).error().kind, ErrorKind::SignInRequired);
    QCOMPARE(asListed(View::Owner, image.id).downloadCount, 0);
    const auto url = await(m_owner->downloadUrl(image.id));
    VERIFY_OK(url);
    QVERIFY(await(m_owner->fetch(*url, kLimit)));
}

void ContractAccess::makingPrivateRevokesAddresses()
{
    const Image image = uploaded(1);
    const auto url = await(m_guest->downloadUrl(image.id));
    VERIFY_OK(url);
    QVERIFY(await(m_guest->fetch(*url, kLimit)));
    QVERIFY(await(m_owner->patch(image.id, 0, {{}, true})));
    QVERIFY(!await(m_guest->fetch(*url, kLimit)));
    QVERIFY(!await(m_guest->fetch(image.previewUrl, kLimit)));
}

void ContractAccess::originalComesBackUnchanged()
{
    const QByteArray bytes = test::withExif(test::jpeg(test::picture({400, 300})), 6, true);
    const auto image = await(m_owner->upload(request(bytes), {}));
    VERIFY_OK(image);
    const QString path = m_directory->filePath(u"original.jpg"_s);
    const auto saved = await(m_owner->save({.url = m_owner->originalUrl(image->id), .path = path}));
    VERIFY_OK(saved);
    QCOMPARE(contentOf(path), bytes);
    QCOMPARE(saved->suggestedName, u"boat.jpg"_s);
    QCOMPARE(asListed(View::Owner, image->id).downloadCount, 0);
    const auto refused =
        await(m_guest->save({.url = m_guest->originalUrl(image->id), .path = path}));
    QCOMPARE(refused.error().kind, ErrorKind::SignInRequired);
}

void ContractAccess::signInIsAskedFor_data()
{
    QTest::addColumn<access::Credential>("credential");
    QTest::newRow("guest") << access::Credential();
    QTest::newRow("wrong secret") << access::Credential(
        access::ServiceToken{u"nobody.access"_s, access::Secret("wrong")});
    QTest::newRow("nonsense token")
        << access::Credential(access::PersonToken{access::Secret("eyJhbGciOiJub25lIn0.e30.")});
}

void ContractAccess::signInIsAskedFor()
{
    QFETCH(access::Credential, credential);
    const Image image = uploaded(1);
    m_guest->setServer(m_url, credential);
    constexpr auto signIn = ErrorKind::SignInRequired;
    const QByteArray large = test::jpeg(test::picture({1500, 1500}), 100);
    QCOMPARE(await(m_guest->images(View::Owner, {}, 1)).error().kind, signIn);
    QCOMPARE(await(m_guest->upload(request(large), {})).error().kind, signIn);
    QCOMPARE(await(m_guest->uploadOutcome(u"key"_s)).error().kind, signIn);
    QCOMPARE(await(m_guest->patch(image.id, 0, {{}, true})).error().kind, signIn);
    QCOMPARE(await(m_guest->remove(image.id)).error().kind, signIn);
    QVERIFY(await(m_guest->images(View::Guest, {}, 1)));
    QCOMPARE(asListed(View::Owner, image.id), image);
}

QTEST_GUILESS_MAIN(ContractAccess)
#include "tst_contractaccess.moc"

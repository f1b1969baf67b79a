// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/contract/contractfixture.h"
#include "tests/support/contentof.h"
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
    void unknownDownloadIsNone();
    void privateDownloadWantsSignIn();
    void makingPrivateRevokesAddresses();
    void originalComesBackUnchanged();
    void signInIsTried();
    void signInIsAskedFor_data();
    void signInIsAskedFor();
};

// Without the feature a server may show what describes a private picture, but not the picture.
void ContractAccess::guestsSeePrivateImagesVeiled()
{
    const Image image = uploaded(1, true);
    QVERIFY(image.isPrivate);
    const Image guests = asListed(View::Guest, image.id);
    QVERIFY(guests.isPrivate);
    QCOMPARE(guests.name, can(Feature::Privacy) ? QString() : image.name);
    QCOMPARE(guests.alt, can(Feature::Privacy) ? QString() : image.alt);
    QVERIFY(guests.previewUrl.path().endsWith(u"/blurred"_s));
    const auto veiled = await(m_guest->fetch(guests.previewUrl, kLimit));
    VERIFY_OK(veiled);
    QVERIFY(!QImage::fromData(*veiled).isNull());
    const auto owners = await(m_owner->fetch(asListed(View::Owner, image.id).previewUrl, kLimit));
    VERIFY_OK(owners);
    QCOMPARE(*owners != *veiled, can(Feature::Privacy));
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
    const auto renewed = await(m_guest->renewedDownloadUrl(image.id));
    VERIFY_OK(renewed);
    QVERIFY(await(m_guest->fetch(*renewed, kLimit)));
    QCOMPARE(asListed(View::Guest, image.id).downloadCount, m_guest->renewsUncounted() ? 1 : 2);
}

void ContractAccess::unknownDownloadIsNone()
{
    const auto url = await(m_guest->downloadUrl(u"00000000-0000-0000-0000-000000000000"_s));
    QCOMPARE(url.error().kind, isStated() ? ErrorKind::NotFound : ErrorKind::Unavailable);
}

// Without the feature nothing is kept from guests, and nothing else is pretended.
void ContractAccess::privateDownloadWantsSignIn()
{
    const Image image = uploaded(1, true);
    const auto guests = await(m_guest->downloadUrl(image.id));
    QCOMPARE(guests.has_value(), !can(Feature::Privacy));
    if (!guests)
        QCOMPARE(guests.error().kind, ErrorKind::SignInRequired);
    QCOMPARE(asListed(View::Owner, image.id).downloadCount, guests ? 1 : 0);
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
    const auto made = tried(Feature::Privacy, [&] {
        return m_owner->patch(image.id, 0, {{}, true});
    });
    QCOMPARE(await(m_guest->fetch(*url, kLimit)).has_value(), !made);
    if (!made)
        return;
    VERIFY_OK(*made);
    QVERIFY(!await(m_guest->fetch(image.previewUrl, kLimit)));
}

void ContractAccess::originalComesBackUnchanged()
{
    const QByteArray bytes = test::withExif(test::jpeg(test::picture({400, 300})), 6, true);
    const Image image = uploaded(request(bytes));
    const QString path = m_directory->filePath(u"original.jpg"_s);
    const auto saveFor = [&](api::ApiClient& client) {
        return client.save({.url = client.originalUrl(image.id), .path = path});
    };
    const auto refused = tried(Feature::Original, [&] { return saveFor(*m_guest); });
    const auto saved = tried(Feature::Original, [&] { return saveFor(*m_owner); });
    QCOMPARE(asListed(View::Owner, image.id).downloadCount, 0);
    QCOMPARE(contentOf(path), saved ? bytes : QByteArray());
    if (!saved)
        return;
    QCOMPARE(refused->error().kind, ErrorKind::SignInRequired);
    VERIFY_OK(*saved);
    QCOMPARE((*saved)->suggestedName, u"boat.jpg"_s);
}

void ContractAccess::signInIsTried()
{
    VERIFY_OK(await(m_owner->tryUpload()));
    QCOMPARE(await(m_guest->tryUpload()).error().kind, ErrorKind::SignInRequired);
    QVERIFY(listed(View::Owner).isEmpty());
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
    VERIFY_OK(await(m_guest->greet()));
    const QByteArray large = test::jpeg(test::picture({1500, 1500}), 100);
    QCOMPARE(await(m_guest->upload(request(large), {})).error().kind, ErrorKind::SignInRequired);
    const auto outcome =
        tried(Feature::Idempotency, [&] { return m_guest->uploadOutcome(u"key"_s); });
    const auto patched = tried(Feature::Privacy, [&] {
        return m_guest->patch(image.id, 0, {{}, true});
    });
    const auto removed = tried(Feature::Delete, [&] { return m_guest->remove(image.id); });
    QVERIFY(!outcome || outcome->error().kind == ErrorKind::SignInRequired);
    QVERIFY(!patched || patched->error().kind == ErrorKind::SignInRequired);
    QVERIFY(!removed || removed->error().kind == ErrorKind::SignInRequired);
    // A server without a listing of its own for owners shows everybody the same.
    const auto owners = await(m_guest->images(View::Owner, {}, 1));
    QCOMPARE(owners.has_value(), !isStated());
    QVERIFY(owners || owners.error().kind == ErrorKind::SignInRequired);
    QVERIFY(await(m_guest->images(View::Guest, {}, 1)));
    QCOMPARE(lasting(asListed(View::Owner, image.id)), lasting(image));
}

QTEST_GUILESS_MAIN(ContractAccess)
#include "tst_contractaccess.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/contract/contractfixture.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"

using namespace vitrine;
using namespace Qt::StringLiterals;
using api::UploadRequest;
using api::View;
using protocol::Image;
using test::await;

/// What the owner does.
class Contract final : public test::ContractFixture
{
    Q_OBJECT

private Q_SLOTS:
    void capabilitiesAreTold();
    void emptyListing();
    void uploadIsListed();
    void sameKeySameImage();
    void outcomeOfAnUploadIsKnown();
    void tornUploadIsRefused();
    void whatIsNoPictureIsRefused_data();
    void whatIsNoPictureIsRefused();
    void tooLargeIsRefused();
    void oddNamesAndTextsArrive_data();
    void oddNamesAndTextsArrive();
    void listingGoesByPages();
    void patchChangesAndConflicts();
    void removingTwiceIsFine();
    void everythingSurvivesARestart();
};

void Contract::capabilitiesAreTold()
{
    const auto capabilities = await(m_guest->capabilities());
    VERIFY_OK(capabilities);
    using Feature = protocol::Capabilities::Feature;
    QCOMPARE(capabilities->features,
             (QSet{Feature::Privacy, Feature::Alt, Feature::Delete, Feature::Idempotency,
                   Feature::Original, Feature::Conditional}));
    QCOMPARE(capabilities->maxBytes, 2'000'000);
    QCOMPARE(capabilities->maxPixels, 200'000'000);
    QCOMPARE(capabilities->maxSide, 30'000);
}

void Contract::emptyListing()
{
    for (const auto& [client, view] :
         {std::pair(m_owner.get(), View::Owner), std::pair(m_guest.get(), View::Guest)}) {
        const auto page = await(client->images(view, {}, 100));
        VERIFY_OK(page);
        QVERIFY(page->images.isEmpty());
        QVERIFY(page->cursor.isEmpty());
    }
}

void Contract::uploadIsListed()
{
    const QByteArray bytes = test::jpeg(test::picture({800, 600}));
    const UploadRequest wanted = request(bytes);
    const auto image = await(m_owner->upload(wanted, {}));
    VERIFY_OK(image);
    QVERIFY(!image->id.isEmpty());
    QCOMPARE(image->name, u"boat.jpg"_s);
    QCOMPARE(image->alt, u"A boat"_s);
    QVERIFY(!image->isPrivate);
    QCOMPARE(image->downloadCount, 0);
    QCOMPARE(image->size, QSize(800, 600));
    QCOMPARE(image->bytes, bytes.size());
    QCOMPARE(image->type, u"image/jpeg"_s);
    QVERIFY(image->revision > 0);
    QVERIFY(!image->placeholder.isEmpty());
    QCOMPARE(image->sha256, wanted.sha256);
    QCOMPARE(asListed(View::Owner, image->id), *image);

    const Image guests = asListed(View::Guest, image->id);
    QCOMPARE(guests.alt, u"A boat"_s);
    QVERIFY(guests.sha256.isEmpty());
    const auto preview = await(m_guest->fetch(guests.previewUrl, kLimit));
    VERIFY_OK(preview);
    QCOMPARE(QImage::fromData(*preview).size(), QSize(360, 270));
}

void Contract::sameKeySameImage()
{
    const UploadRequest wanted = request(test::jpeg(test::picture({400, 300})));
    const auto first = await(m_owner->upload(wanted, {}));
    const auto second = await(m_owner->upload(wanted, {}));
    VERIFY_OK(first);
    VERIFY_OK(second);
    QCOMPARE(second->id, first->id);
    const auto page = await(m_owner->images(View::Owner, {}, 100));
    VERIFY_OK(page);
    QCOMPARE(page->images.size(), 1);
}

void Contract::outcomeOfAnUploadIsKnown()
{
    const UploadRequest wanted = request(test::jpeg(test::picture({400, 300})));
    QCOMPARE(await(m_owner->uploadOutcome(wanted.idempotencyKey)).error().kind,
             ErrorKind::NotFound);
    const auto image = await(m_owner->upload(wanted, {}));
    VERIFY_OK(image);
    const auto outcome = await(m_owner->uploadOutcome(wanted.idempotencyKey));
    VERIFY_OK(outcome);
    QCOMPARE(*outcome, *image);
}

void Contract::tornUploadIsRefused()
{
    UploadRequest wanted = request(test::jpeg(test::picture({400, 300})));
    wanted.sha256 = QByteArray(32, 'x');
    const auto image = await(m_owner->upload(wanted, {}));
    QVERIFY(!image);
    QCOMPARE(image.error().kind, ErrorKind::Rejected);
    QVERIFY(!image.error().detail.isEmpty());
    QCOMPARE(await(m_owner->uploadOutcome(wanted.idempotencyKey)).error().kind,
             ErrorKind::NotFound);
    QVERIFY(await(m_owner->images(View::Owner, {}, 100))->images.isEmpty());
}

void Contract::whatIsNoPictureIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("a text") << QByteArray("this is not an image");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half a picture") << test::jpeg(test::picture({800, 600})).left(3000);
    QTest::newRow("its first bytes") << test::jpeg(test::picture({800, 600})).left(20);
}

void Contract::whatIsNoPictureIsRefused()
{
    QFETCH(QByteArray, bytes);
    const auto image = await(m_owner->upload(request(bytes), {}));
    QVERIFY(!image);
    QCOMPARE(image.error().kind, ErrorKind::Rejected);
    QVERIFY(!image.error().detail.isEmpty());
    QVERIFY(await(m_owner->images(View::Owner, {}, 100))->images.isEmpty());
}

void Contract::tooLargeIsRefused()
{
    const QByteArray bytes = test::jpeg(test::picture({800, 600})) + QByteArray(6'000'000, 'x');
    const auto image = await(m_owner->upload(request(bytes), {}));
    QVERIFY(!image);
    QCOMPARE(image.error().kind, ErrorKind::TooLarge);
    QVERIFY(await(m_owner->images(View::Owner, {}, 100))->images.isEmpty());
}

void Contract::oddNamesAndTextsArrive_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("arrives");
    QTest::newRow("umlauts and emoji") << u"Böötchen ⛵.jpg"_s << u"Böötchen ⛵.jpg"_s;
    QTest::newRow("quote") << u"a\"b.jpg"_s << u"a\"b.jpg"_s;
    QTest::newRow("semicolon") << u"a;filename=b.jpg"_s << u"a;filename=b.jpg"_s;
    QTest::newRow("right-to-left override") << u"a\u202egpj.exe"_s << u"a_gpj.exe"_s;
}

void Contract::oddNamesAndTextsArrive()
{
    QFETCH(QString, name);
    QFETCH(QString, arrives);
    UploadRequest wanted = request(test::jpeg(test::picture({100, 80})), name);
    wanted.alt = u"Zwei Boote\r\nund \"ein\" Häfchen ⛵ --vitrine-\n"_s;
    const auto image = await(m_owner->upload(wanted, {}));
    VERIFY_OK(image);
    QCOMPARE(image->name, arrives);
    QCOMPARE(image->alt.simplified(), wanted.alt.simplified());
}

void Contract::listingGoesByPages()
{
    QStringList ids;
    for (int i = 0; i < 5; ++i)
        ids.prepend(uploaded(i).id);
    QStringList listed;
    QString cursor;
    do {
        const auto page = await(m_guest->images(View::Guest, cursor, 2));
        VERIFY_OK(page);
        QVERIFY(page->images.size() <= 2);
        for (const Image& image : page->images)
            listed.append(image.id);
        cursor = page->cursor;
    } while (!cursor.isEmpty() && listed.size() < 10);
    QCOMPARE(listed, ids);
}

void Contract::patchChangesAndConflicts()
{
    const Image image = uploaded(1);
    const auto changed = await(m_owner->patch(image.id, image.revision, {u"A ship"_s, {}}));
    VERIFY_OK(changed);
    QCOMPARE(changed->alt, u"A ship"_s);
    QVERIFY(changed->revision > image.revision);
    QCOMPARE(asListed(View::Guest, image.id).alt, u"A ship"_s);

    const auto late = await(m_owner->patch(image.id, image.revision, {u"A raft"_s, {}}));
    QVERIFY(!late);
    QCOMPARE(late.error().kind, ErrorKind::Conflict);
    const auto whatever = await(m_owner->patch(image.id, 0, {{}, true}));
    VERIFY_OK(whatever);
    QVERIFY(whatever->isPrivate);
    QCOMPARE(whatever->alt, u"A ship"_s);
    QCOMPARE(await(m_owner->patch(u"unknown"_s, 0, {{}, true})).error().kind, ErrorKind::NotFound);
}

void Contract::removingTwiceIsFine()
{
    const Image image = uploaded(1);
    QVERIFY(await(m_owner->remove(image.id)));
    QVERIFY(asListed(View::Owner, image.id).id.isEmpty());
    QVERIFY(await(m_owner->remove(image.id)));
    QCOMPARE(await(m_guest->downloadUrl(image.id)).error().kind, ErrorKind::NotFound);
    QVERIFY(!await(m_guest->fetch(image.previewUrl, kLimit)));
}

void Contract::everythingSurvivesARestart()
{
    const UploadRequest wanted = request(test::jpeg(test::picture({400, 300})));
    const auto image = await(m_owner->upload(wanted, {}));
    VERIFY_OK(image);
    QVERIFY(await(m_guest->downloadUrl(image->id)));
    startServer();
    const Image again = asListed(View::Owner, image->id);
    QCOMPARE(again.downloadCount, 1);
    QCOMPARE(again.alt, image->alt);
    const auto repeated = await(m_owner->upload(wanted, {}));
    VERIFY_OK(repeated);
    QCOMPARE(repeated->id, image->id);
}

QTEST_GUILESS_MAIN(Contract)
#include "tst_contract.moc"

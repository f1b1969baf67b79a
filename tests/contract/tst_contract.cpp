// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/contract/contractfixture.h"
#include "tests/support/pictures.h"

using namespace vitrine;
using namespace Qt::StringLiterals;
using api::UploadRequest;
using api::View;
using protocol::Image;
using test::await;

namespace {

/// \a jpeg with remarks in it, so that it has \a size bytes.
QByteArray weighing(qsizetype size, const QByteArray& jpeg)
{
    constexpr qsizetype longest = 65'000;
    QByteArray remarks;
    for (qsizetype left = size - jpeg.size(); left > 0;
         left = size - jpeg.size() - remarks.size()) {
        // What is left for the last one is no less than its head.
        const qsizetype length = left > 2 * longest ? longest : std::min(left, longest + 100) - 4;
        remarks += QByteArray("\xff\xfe") + char((length + 2) >> 8) + char((length + 2) & 0xff) +
                   QByteArray(length, ' ');
    }
    return jpeg.left(2) + remarks + jpeg.mid(2);
}

QStringList idsOf(const QList<Image>& images)
{
    QStringList ids;
    for (const Image& image : images)
        ids.append(image.id);
    return ids;
}

} // namespace

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
    using protocol::Capabilities;
    QFETCH_GLOBAL(Kind, kind);
    const bool isOurs = kind != Kind::Reference;
    const auto told = await(m_guest->greet());
    VERIFY_OK(told);
    QCOMPARE(told->dialect, isOurs ? api::Dialect::Vitrine : api::Dialect::Reference);
    const Capabilities& capabilities = told->capabilities;
    QCOMPARE(capabilities.isStated, isOurs);
    QCOMPARE(capabilities.features,
             (isOurs ? QSet{Feature::Privacy, Feature::Alt, Feature::Delete, Feature::Idempotency,
                            Feature::Original, Feature::Conditional}
                     : QSet<Feature>()));
    const Capabilities usual = Capabilities::defaults();
    QCOMPARE(capabilities.maxBytes, isOurs ? kMaxBytes : usual.maxBytes);
    QCOMPARE(capabilities.maxPixels, isOurs ? 200'000'000 : usual.maxPixels);
    QCOMPARE(capabilities.maxSide, isOurs ? 30'000 : usual.maxSide);
    QCOMPARE(m_owner->keepsKeys(), can(Feature::Idempotency));
    QCOMPARE(m_owner->givesOriginals(), can(Feature::Original));
    const auto isSetUp = await(m_guest->isSetUp());
    VERIFY_OK(isSetUp);
    QVERIFY(*isSetUp);
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
    UploadRequest wanted = request(bytes);
    const Image image = uploaded(wanted);
    QVERIFY(!image.id.isEmpty());
    QCOMPARE(image.name, u"boat.jpg"_s);
    QCOMPARE(image.alt, u"A boat"_s);
    QVERIFY(!image.isPrivate);
    QVERIFY(image.uploaded.isValid());
    QCOMPARE(image.downloadCount, 0);
    QCOMPARE(image.size, isStated() ? QSize(800, 600) : QSize());
    QCOMPARE(image.bytes, isStated() ? bytes.size() : 0);
    QCOMPARE(image.type, isStated() ? u"image/jpeg"_s : QString());
    QCOMPARE(image.revision > 0, isStated());
    QCOMPARE(!image.placeholder.isEmpty(), isStated());
    QCOMPARE(image.sha256, isStated() ? wanted.sha256 : QByteArray());
    QCOMPARE(lasting(asListed(View::Owner, image.id)), lasting(image));

    const Image guests = asListed(View::Guest, image.id);
    QCOMPARE(guests.alt, u"A boat"_s);
    QVERIFY(guests.sha256.isEmpty());
    QCOMPARE(guests.previewUrl.isEmpty(), !isStated());
    if (guests.previewUrl.isEmpty())
        return;
    const auto preview = await(m_guest->fetch(guests.previewUrl, kLimit));
    VERIFY_OK(preview);
    QCOMPARE(QImage::fromData(*preview).size(), QSize(360, 270));
}

// Where keys are not known, nobody may count on them.
void Contract::sameKeySameImage()
{
    const UploadRequest wanted = request(test::jpeg(test::picture({400, 300})));
    const auto first = await(m_owner->upload(wanted, {}));
    const auto second = await(m_owner->upload(wanted, {}));
    VERIFY_OK(first);
    VERIFY_OK(second);
    QCOMPARE(second->id, first->id);
    QCOMPARE(first->id.isEmpty(), !m_owner->keepsKeys());
    QCOMPARE(listed(View::Owner).size(), m_owner->keepsKeys() ? 1 : 2);
}

void Contract::outcomeOfAnUploadIsKnown()
{
    const UploadRequest wanted = request(test::jpeg(test::picture({400, 300})));
    const auto ask = [&] { return m_owner->uploadOutcome(wanted.idempotencyKey); };
    const auto before = tried(Feature::Idempotency, ask);
    const auto image = await(m_owner->upload(wanted, {}));
    VERIFY_OK(image);
    const auto outcome = tried(Feature::Idempotency, ask);
    if (!outcome)
        return;
    QCOMPARE(before->error().kind, ErrorKind::NotFound);
    VERIFY_OK(*outcome);
    QCOMPARE(lasting(**outcome), lasting(*image));
}

// A server that tells nothing of itself promises nothing about digests either.
void Contract::tornUploadIsRefused()
{
    UploadRequest wanted = request(test::jpeg(test::picture({400, 300})));
    wanted.sha256 = QByteArray(32, 'x');
    const auto image = await(m_owner->upload(wanted, {}));
    QCOMPARE(image.has_value(), !isStated());
    QCOMPARE(listed(View::Owner).size(), isStated() ? 0 : 1);
    if (image)
        return;
    QCOMPARE(image.error().kind, ErrorKind::Rejected);
    QVERIFY(!image.error().detail.isEmpty());
    QCOMPARE(await(m_owner->uploadOutcome(wanted.idempotencyKey)).error().kind,
             ErrorKind::NotFound);
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
    QCOMPARE(image.error().kind, isStated() ? ErrorKind::Rejected : ErrorKind::Unavailable);
    QVERIFY(image.error().detail.size() > 10); // a sentence
    QVERIFY(listed(View::Owner).isEmpty());
}

void Contract::tooLargeIsRefused()
{
    const QByteArray bytes = test::jpeg(test::picture({800, 600}));
    const qsizetype limit = m_greeting.capabilities.maxBytes;
    const auto image = await(m_owner->upload(request(weighing(limit + 1, bytes)), {}));
    QVERIFY(!image);
    QCOMPARE(image.error().kind, isStated() ? ErrorKind::TooLarge : ErrorKind::Unavailable);
    QVERIFY(listed(View::Owner).isEmpty());
    if (!isStated()) // where exactly its limit is, it does not say
        return;
    VERIFY_OK(await(m_owner->upload(request(weighing(limit, bytes)), {})));
    QCOMPARE(listed(View::Owner).size(), 1);
}

void Contract::oddNamesAndTextsArrive_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("arrives");
    QTest::addColumn<QString>("arrivesAsSent"); // where it is taken for what it looks like
    const QString boat = u"Böötchen ⛵.jpg"_s;
    QTest::newRow("umlauts and emoji") << boat << boat << boat;
    QTest::newRow("quote") << u"a\"b.jpg"_s << u"a\"b.jpg"_s << u"a%22b.jpg"_s;
    const QString two = u"a;filename=b.jpg"_s;
    QTest::newRow("semicolon") << two << two << two;
    QTest::newRow("right-to-left override")
        << u"a\u202egpj.exe"_s << u"a_gpj.exe"_s << u"a_gpj.exe"_s;
    QTest::newRow("line break") << u"a\r\nX-Evil: 1.jpg"_s << u"aX-Evil: 1.jpg"_s
                                << u"a%0D%0AX-Evil: 1.jpg"_s;
}

void Contract::oddNamesAndTextsArrive()
{
    QFETCH(QString, name);
    QFETCH(QString, arrives);
    QFETCH(QString, arrivesAsSent);
    UploadRequest wanted = request(test::jpeg(test::picture({100, 80})), name);
    wanted.alt = u"Zwei Boote\r\nund \"ein\" Häfchen ⛵ --vitrine-\n"_s;
    const Image image = uploaded(wanted);
    QCOMPARE(image.name, isStated() ? arrives : arrivesAsSent);
    QCOMPARE(image.alt.simplified(), wanted.alt.simplified());
}

// Newest first where a server is ours; each image once, whatever the order and the pages are.
void Contract::listingGoesByPages()
{
    QStringList ids;
    for (int i = 0; i < 17; ++i)
        ids.append(uploaded(i).id);
    if (isStated())
        std::reverse(ids.begin(), ids.end());
    const auto page = await(m_guest->images(View::Guest, {}, 2));
    VERIFY_OK(page);
    QVERIFY(page->images.size() <= 2);
    QVERIFY(!page->cursor.isEmpty());
    QCOMPARE(idsOf(listed(View::Guest, 2)), ids);
    QCOMPARE(idsOf(listed(View::Owner)), ids);
}

void Contract::patchChangesAndConflicts()
{
    const Image image = uploaded(1);
    const auto patch = [&](qint64 revision, const protocol::ImagePatch& wanted) {
        return [=, this] { return m_owner->patch(image.id, revision, wanted); };
    };
    const auto changed = tried(Feature::Alt, patch(image.revision, {u"A ship"_s, {}}));
    const auto late = tried(Feature::Alt, patch(image.revision, {u"A raft"_s, {}}));
    const auto whatever = tried(Feature::Privacy, patch(0, {{}, true}));
    const Image after = asListed(View::Owner, image.id);
    QCOMPARE(after.alt, can(Feature::Alt) ? u"A ship"_s : image.alt);
    QCOMPARE(after.isPrivate, can(Feature::Privacy));
    if (changed) {
        VERIFY_OK(*changed);
        QCOMPARE((*changed)->alt, u"A ship"_s);
        QVERIFY((*changed)->revision > image.revision);
        QCOMPARE(late->error().kind, ErrorKind::Conflict);
        const auto unknown = await(m_owner->patch(u"unknown"_s, 0, {u"A raft"_s, {}}));
        QCOMPARE(unknown.error().kind, ErrorKind::NotFound);
    }
    if (whatever) {
        VERIFY_OK(*whatever);
        QCOMPARE(lasting(**whatever), lasting(after));
    }
}

void Contract::removingTwiceIsFine()
{
    const Image image = uploaded(1);
    const auto remove = [&] { return m_owner->remove(image.id); };
    const auto removed = tried(Feature::Delete, remove);
    QCOMPARE(lasting(asListed(View::Owner, image.id)), removed ? Image() : lasting(image));
    const auto again = tried(Feature::Delete, remove);
    QCOMPARE(await(m_guest->downloadUrl(image.id)).has_value(), !can(Feature::Delete));
    if (!removed)
        return;
    VERIFY_OK(*removed);
    VERIFY_OK(*again);
    QVERIFY(!await(m_guest->fetch(image.previewUrl, kLimit)));
}

void Contract::everythingSurvivesARestart()
{
    const UploadRequest wanted = request(test::jpeg(test::picture({400, 300})));
    const Image image = uploaded(wanted);
    QVERIFY(await(m_guest->downloadUrl(image.id)));
    startServer();
    const Image again = asListed(View::Owner, image.id);
    QCOMPARE(again.downloadCount, 1);
    QCOMPARE(again.name, image.name);
    QCOMPARE(again.alt, image.alt);
    VERIFY_OK(await(m_owner->upload(wanted, {})));
    QCOMPARE(listed(View::Owner).size(), can(Feature::Idempotency) ? 1 : 2);
}

QTEST_GUILESS_MAIN(Contract)
#include "tst_contract.moc"

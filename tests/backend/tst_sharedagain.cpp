// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes that are shared once more: to heal a picture whose files are damaged, or by a run that
// makes variants at once where an earlier one did so later, and the other way round.
#include "app/backend/backup.h"
#include "tests/backend/fixture.h"
#include "tests/backend/workshop.h"
#include "tests/support/futures.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::backend;
using test::photo;
using test::Workshop;

class tst_SharedAgain final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void whatIsLostIsHealed_data();
    void whatIsLostIsHealed();
    void aLostPictureThatWaitsIsHealed();
    void whatIsDamagedIsHealed_data();
    void whatIsDamagedIsHealed();
    void emptyVariantsAreHealed_data();
    void emptyVariantsAreHealed();
    void whatIsHealedIsGivenOutBeforeItsVariants();
    void whatWaitsIsThereAtOnce();
    void whatWaitsIsThereAtOnceForAUsedKey();
    void aPictureThatWasMovedAndNotToldIsReplaced();

private:
    QString path() const { return m_directory->path(); }
    static void damage(const QString& path, const QByteArray& bytes);

    std::unique_ptr<QTemporaryDir> m_directory;
};

void tst_SharedAgain::whatIsLostIsHealed_data()
{
    QTest::addColumn<int>("lost"); // -1: all of it
    QTest::addColumn<bool>("isDeferred");
    for (const bool isDeferred : {false, true}) {
        const char* when = isDeferred ? "later" : "at once";
        QTest::addRow("all, variants %s", when) << -1 << isDeferred;
        QTest::addRow("the original, variants %s", when) << int(Form::Original) << isDeferred;
        QTest::addRow("the preview, variants %s", when) << int(Form::Preview) << isDeferred;
    }
}

void tst_SharedAgain::whatIsLostIsHealed()
{
    QFETCH(int, lost);
    QFETCH(bool, isDeferred);
    Workshop workshop(path());
    const StoredImage stored = workshop.share(photo());
    workshop.startMaker();
    QTRY_VERIFY(!workshop.isWaiting(stored));
    workshop.open();
    for (const Form form : kForms) {
        if (lost < 0 || form == Form(lost))
            QVERIFY(QFile::remove(workshop.store().path(stored, form)));
    }
    QVERIFY(!workshop.findings().isEmpty());

    isDeferred ? workshop.share(photo()) : workshop.shareWhole(photo());
    QCOMPARE(workshop.findings(), QStringList());
    QCOMPARE(workshop.original(stored), photo());
    workshop.open();
    workshop.startMaker();
    QTRY_VERIFY(!workshop.isWaiting(stored));
    QVERIFY(workshop.hasVariants(stored));
    QCOMPARE(workshop.findings(), QStringList());
    QTRY_COMPARE(workshop.arrivals(), QStringList());
}

void tst_SharedAgain::aLostPictureThatWaitsIsHealed()
{
    Workshop workshop(path());
    const StoredImage stored = workshop.share(photo());
    QVERIFY(QFile::remove(workshop.store().waitingPath(stored.image.sha256)));
    workshop.share(photo());
    QCOMPARE(workshop.original(stored), photo());
    QCOMPARE(workshop.findings(), QStringList());
    QCOMPARE(workshop.store().waiting()->size(), 1);
    workshop.startMaker();
    QTRY_VERIFY(!workshop.isWaiting(stored));
    QVERIFY(workshop.hasVariants(stored));
}

/// As a disk does it, or a copy that broke off.
void tst_SharedAgain::damage(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.exists());
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

void tst_SharedAgain::whatIsDamagedIsHealed_data()
{
    QTest::addColumn<QByteArray>("damaged");
    QTest::addColumn<bool>("waits"); // for its variants, from the first time on
    QTest::addColumn<bool>("isDeferred");
    QByteArray altered = photo();
    altered.back() = char(altered.back() ^ 1);
    for (const auto& [how, bytes] :
         {std::pair("empty", QByteArray()), std::pair("cut off", photo().chopped(1)),
          std::pair("one byte altered", altered)}) {
        QTest::addRow("%s, variants at once", how) << bytes << false << false;
        QTest::addRow("%s, variants later", how) << bytes << false << true;
        QTest::addRow("%s, still waiting", how) << bytes << true << true;
        QTest::addRow("%s, still waiting, variants at once", how) << bytes << true << false;
    }
}

// Whoever is told that it is shared may throw away the only good copy.
void tst_SharedAgain::whatIsDamagedIsHealed()
{
    QFETCH(QByteArray, damaged);
    QFETCH(bool, waits);
    QFETCH(bool, isDeferred);
    Workshop workshop(path());
    const StoredImage stored = waits ? workshop.share(photo()) : workshop.shareWhole(photo());
    damage(waits ? workshop.store().waitingPath(stored.image.sha256)
                 : workshop.store().path(stored, Form::Original),
           damaged);
    QCOMPARE(workshop.findings().size(), 1);

    isDeferred ? workshop.share(photo()) : workshop.shareWhole(photo());
    QCOMPARE(workshop.findings(), QStringList());
    const QTemporaryDir place;
    const QString copy = place.filePath(u"copy"_s);
    VERIFY_OK(backUp(path(), copy));
    QCOMPARE(Workshop::findings(copy), QStringList());
    workshop.open();
    workshop.startMaker();
    QTRY_VERIFY(!workshop.isWaiting(stored));
    QCOMPARE(workshop.original(stored), photo());
    QVERIFY(workshop.hasVariants(stored));
    QCOMPARE(workshop.findings(), QStringList());
    QTRY_COMPARE(workshop.arrivals(), QStringList());
}

void tst_SharedAgain::emptyVariantsAreHealed_data()
{
    QTest::addColumn<bool>("isDeferred");
    QTest::newRow("at once") << false;
    QTest::newRow("later") << true;
}

void tst_SharedAgain::emptyVariantsAreHealed()
{
    QFETCH(bool, isDeferred);
    Workshop workshop(path());
    const StoredImage stored = workshop.shareWhole(photo());
    damage(workshop.store().path(stored, Form::Preview), {});
    isDeferred ? workshop.share(photo()) : workshop.shareWhole(photo());
    workshop.startMaker();
    QTRY_VERIFY(!workshop.isWaiting(stored));
    QVERIFY(workshop.hasVariants(stored));
    QCOMPARE(workshop.findings(), QStringList());
}

// What is damaged lies in its place meanwhile.
void tst_SharedAgain::whatIsHealedIsGivenOutBeforeItsVariants()
{
    test::Backend backend(1'000'000, Origins({}), true);
    const QString id = backend.share(photo())["id"_L1].toString();
    QTRY_COMPARE(backend.store->waiting()->size(), 0);
    const VariantMaker::Upload upload(backend.maker); // so nothing is made
    damage(backend.store->path(*backend.store->find(id), Form::Original), "damaged");
    QCOMPARE(backend.upload(photo()).status, 201);
    QCOMPARE(backend.store->waiting()->size(), 1);
    const auto original = backend.askAsOwner("GET", "/api/admin/original?id=" + id.toLatin1());
    QCOMPARE(test::content(original), photo());
}

// One run defers, the next one does not.
void tst_SharedAgain::whatWaitsIsThereAtOnce()
{
    test::Backend backend;
    const VariantMaker::Upload upload(backend.maker); // so nothing is made
    auto incoming = *backend.store->begin();
    VERIFY_OK(incoming->write(photo()));
    incoming->finish();
    const auto early = std::get<StoredImage>(*backend.store->addWaiting(*incoming, {}));
    const QByteArray id = early.image.id.toLatin1();
    QCOMPARE(backend.ask("GET", "/api/download?id=" + id).status, 503);
    const QString again = backend.share(photo())["id"_L1].toString();
    for (const QString& image : {early.image.id, again}) {
        const QJsonObject item = backend.item(image);
        QVERIFY(!item["placeholder"_L1].toString().isEmpty());
        const QByteArray preview = test::targetOf(item["previewURL"_L1].toString());
        QCOMPARE(backend.ask("GET", preview).status, 200);
        QCOMPARE(backend.ask("GET", "/api/download?id=" + image.toLatin1()).status, 302);
    }
    QCOMPARE(backend.store->waiting()->size(), 0);
    QCOMPARE(backend.fileCount(), 4);
    QCOMPARE(Workshop::findings(backend.directory.path()), QStringList());
}

void tst_SharedAgain::whatWaitsIsThereAtOnceForAUsedKey()
{
    Workshop workshop(path());
    const auto used = workshop.arriving(photo());
    NewImage properties;
    properties.key = u"key"_s;
    const auto stored = std::get<StoredImage>(*workshop.store().addWaiting(*used, properties));
    const auto again = workshop.arriving(photo());
    for (const Form form : kVariants)
        VERIFY_OK(again->add(form, "variant"));
    const auto outcome = workshop.store().add(*again, properties);
    VERIFY_OK(outcome);
    QCOMPARE(std::get<StoredImage>(*outcome).image.id, stored.image.id);
    QVERIFY(!workshop.isWaiting(stored));
    QVERIFY(workshop.hasVariants(stored));
    QCOMPARE(workshop.arrivals(), QStringList());
    QCOMPARE(workshop.findings(), QStringList());
}

// Killed where the variants were in their place and the rows did not know it.
void tst_SharedAgain::aPictureThatWasMovedAndNotToldIsReplaced()
{
    Workshop workshop(path());
    const StoredImage stored = workshop.share(photo());
    {
        ContentFiles files(path());
        const auto picture = *workshop.store().resume(stored.image.sha256);
        for (const Form form : kVariants)
            VERIFY_OK(picture->add(form, "of another version"));
        QVERIFY(files.announce(picture->digest()));
        VERIFY_OK(files.place(*picture));
    }
    workshop.open();
    workshop.shareWhole(photo());
    QVERIFY(!workshop.isWaiting(stored));
    QCOMPARE(workshop.findings(), QStringList()); // holds the variants against their hashes
    workshop.open();
    QCOMPARE(workshop.arrivals(), QStringList());
}

QTEST_GUILESS_MAIN(tst_SharedAgain)
#include "tst_sharedagain.moc"

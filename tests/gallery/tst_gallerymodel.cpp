// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiclient.h"
#include "app/gallery/galleryfilter.h"
#include "app/gallery/gallerymodel.h"
#include "app/gallery/previewcache.h"
#include "app/gallery/previewloader.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "tests/support/pictures.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>
#include <QTimer>

using namespace vitrine;
using namespace vitrine::gallery;
using namespace Qt::StringLiterals;
using protocol::Image;

namespace {

Image image(const QString& id, int day, const QString& name = {}, const QString& alt = {})
{
    Image image;
    image.id = id;
    image.name = name;
    image.alt = alt;
    image.uploaded = QDateTime({2026, 5, day}, {12, 0}, QTimeZone::utc());
    return image;
}

} // namespace

class TestGalleryModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void newestComesFirst();
    void pagesComeInAnyOrder();
    void newAddressesAreNoNews();
    void sameRowsAreNotReset();
    void whatIsGoneGoesInRuns();
    void manyThatAreScatteredGoByAndBy();
    void whatComesMeanwhileStays();
    void findsById();
    void findsWhatMoved();
    void whatWasUploadedAnewStandsElsewhere();
    void readyPreviewIsTold();
    void searchFindsEveryWord_data();
    void searchFindsEveryWord();
    void sectionsShowTheirImages();
    void orders();

private:
    QStringList shown(const QAbstractItemModel& model) const;
    /// Shows 2,000 images, and lets every other one go; gives those that stay.
    QStringList dropEveryOther();

    QTemporaryDir m_directory;
    QNetworkAccessManager m_network;
    api::ApiClient m_client{m_network};
    const imaging::InProcessPictureReader m_pictures;
    PreviewCache m_cache{m_directory.path()};
    std::unique_ptr<PreviewLoader> m_previews;
    std::unique_ptr<GalleryModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestGalleryModel::init()
{
    m_tester.reset();
    m_model.reset();
    m_previews = std::make_unique<PreviewLoader>(m_client, m_pictures, m_cache);
    m_model = std::make_unique<GalleryModel>(*m_previews);
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
}

QStringList TestGalleryModel::shown(const QAbstractItemModel& model) const
{
    QStringList ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids.append(model.index(row, 0).data(GalleryModel::IdRole).toString());
    return ids;
}

void TestGalleryModel::newestComesFirst()
{
    m_model->merge({image(u"a"_s, 1), image(u"c"_s, 3)});
    m_model->put(image(u"b"_s, 2));
    m_model->put(image(u"d"_s, 4));
    QCOMPARE(shown(*m_model), QStringList({u"d"_s, u"c"_s, u"b"_s, u"a"_s}));
    m_model->drop(u"c"_s);
    m_model->drop(u"unknown"_s);
    QCOMPARE(shown(*m_model), QStringList({u"d"_s, u"b"_s, u"a"_s}));
}

void TestGalleryModel::pagesComeInAnyOrder()
{
    m_model->merge({image(u"c"_s, 3), image(u"g"_s, 7)});
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    m_model->merge({image(u"a"_s, 1), image(u"b"_s, 2)});
    QCOMPARE(inserted.size(), 1);
    m_model->merge(
        {image(u"d"_s, 4), image(u"i"_s, 9), image(u"e"_s, 5), image(u"h"_s, 8), image(u"g"_s, 7)});
    QCOMPARE(inserted.size(), 3); // together what lies together
    QCOMPARE(shown(*m_model),
             QStringList({u"i"_s, u"h"_s, u"g"_s, u"e"_s, u"d"_s, u"c"_s, u"b"_s, u"a"_s}));
    QCOMPARE(m_model->indexOf(u"a"_s).row(), 7);
}

void TestGalleryModel::newAddressesAreNoNews()
{
    auto known = image(u"a"_s, 1);
    m_model->merge({known});
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    m_model->merge({known});
    QCOMPARE(changed.size(), 0);
    known.previewUrl = QUrl(u"https://pictures.example/a?exp=2"_s);
    m_model->merge({known});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().at(2).value<QList<int>>(), QList<int>{GalleryModel::ImageRole});
    QCOMPARE(m_model->find(u"a"_s)->previewUrl, known.previewUrl);
}

void TestGalleryModel::sameRowsAreNotReset()
{
    m_model->merge({image(u"a"_s, 1), image(u"b"_s, 2)});
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    m_model->merge({image(u"b"_s, 2, {}, u"new words"_s), image(u"a"_s, 1)});
    QCOMPARE(reset.size(), 0); // a selection stays
    QCOMPARE(changed.size(), 1);
    QCOMPARE(m_model->index(0).data(GalleryModel::AltRole).toString(), u"new words"_s);
}

void TestGalleryModel::whatIsGoneGoesInRuns()
{
    QList<Image> images;
    for (int i = 0; i < 10; ++i)
        images += image(QString::number(i), i);
    m_model->merge(images); // the newest is 9
    QSignalSpy removed(m_model.get(), &GalleryModel::rowsRemoved);
    m_model->drop({u"9"_s, u"2"_s, u"4"_s, u"unknown"_s, u"3"_s, u"9"_s, u"0"_s});
    QCOMPARE(removed.size(), 3);
    QCOMPARE(shown(*m_model), QStringList({u"8"_s, u"7"_s, u"6"_s, u"5"_s, u"1"_s}));
    QCOMPARE(m_model->indexOf(u"1"_s).row(), 4);
    QVERIFY(!m_model->find(u"3"_s));
}

QStringList TestGalleryModel::dropEveryOther()
{
    constexpr int count = 2000;
    m_tester.reset(); // looks at far too much
    QList<Image> images;
    for (int i = 0; i < count; ++i)
        images += image(QString::number(count * 10 - i), 1);
    m_model->merge(images);
    // Whoever looks at the rows has something to do for each run.
    connect(m_model.get(), &GalleryModel::rowsRemoved, m_model.get(), [] {
        QElapsedTimer work;
        for (work.start(); !work.hasExpired(1);) {
        }
    });
    QStringList going, staying;
    for (int i = 0; i < count; ++i)
        (i % 2 == 0 ? going : staying) += images[i].id;
    m_model->drop(going);
    return staying;
}

void TestGalleryModel::manyThatAreScatteredGoByAndBy()
{
    const QStringList staying = dropEveryOther();
    QVERIFY(m_model->rowCount() > staying.size());
    const QString stillShown = m_model->images().first().id; // which goes last
    QVERIFY(!m_model->find(stillShown));
    bool hasBeenInBetween = false;
    QTimer::singleShot(0, m_model.get(),
                       [&] { hasBeenInBetween = m_model->rowCount() > staying.size(); });
    QTRY_COMPARE_WITH_TIMEOUT(m_model->rowCount(), int(staying.size()), 60'000);
    QVERIFY(hasBeenInBetween);
    QCOMPARE(shown(*m_model), staying);
}

void TestGalleryModel::whatComesMeanwhileStays()
{
    QStringList staying = dropEveryOther();
    const Image back = m_model->images().first(); // which goes last
    QVERIFY(!staying.contains(back.id));
    m_model->put(back);
    const Image newcomer = image(u"x"_s, 2);
    m_model->put(newcomer);
    m_model->drop(staying.takeLast());
    staying = QStringList{newcomer.id, back.id} + staying;
    QTRY_COMPARE_WITH_TIMEOUT(m_model->rowCount(), int(staying.size()), 60'000);
    QCOMPARE(shown(*m_model), staying);
}

void TestGalleryModel::findsById()
{
    m_model->merge({image(u"a"_s, 1), image(u"b"_s, 2)});
    QVERIFY(m_model->find(u"a"_s));
    QCOMPARE(m_model->indexOf(u"a"_s).row(), 1);
    m_model->put(image(u"c"_s, 3));
    QCOMPARE(m_model->indexOf(u"a"_s).row(), 2);
    m_model->drop(u"c"_s);
    QCOMPARE(m_model->indexOf(u"a"_s).row(), 1);
    QVERIFY(!m_model->find(u"c"_s));
}

void TestGalleryModel::findsWhatMoved()
{
    QRandomGenerator random(11);
    const auto some = [&](int count) {
        QList<Image> images;
        for (int i = 0; i < count; ++i) // many on the same day
            images += image(QString::number(random.bounded(400)), 1);
        for (Image& one : images)
            one.uploaded = one.uploaded.addDays(one.id.toInt() % 9);
        return images;
    };
    for (int round = 0; round < 60; ++round) {
        m_model->merge(some(20));
        QStringList going;
        for (const Image& one : some(12))
            going += one.id;
        m_model->drop(going);
        const auto isGone = [&](const QString& id) { return !shown(*m_model).contains(id); };
        QTRY_VERIFY(std::all_of(going.cbegin(), going.cend(), isGone));
        const QStringList ids = shown(*m_model);
        for (int id = 0; id < 400; ++id)
            QCOMPARE(m_model->indexOf(QString::number(id)).row(), ids.indexOf(QString::number(id)));
    }
}

void TestGalleryModel::whatWasUploadedAnewStandsElsewhere()
{
    m_model->merge({image(u"a"_s, 1), image(u"b"_s, 2), image(u"c"_s, 3)});
    m_model->merge({image(u"a"_s, 9), image(u"b"_s, 2)});
    QCOMPARE(shown(*m_model), QStringList({u"a"_s, u"c"_s, u"b"_s}));
    QCOMPARE(m_model->indexOf(u"b"_s).row(), 2);
    QCOMPARE(m_model->find(u"a"_s)->uploaded, image(u"a"_s, 9).uploaded);
}

void TestGalleryModel::readyPreviewIsTold()
{
    m_model->merge({image(u"a"_s, 1)});
    QVERIFY(m_model->index(0).data(GalleryModel::SharpPreviewRole).value<QImage>().isNull());
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    const QImage picture = test::picture({36, 24});
    m_previews->seed(u"a"_s, picture);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(m_model->index(0).data(GalleryModel::SharpPreviewRole).value<QImage>(), picture);
}

void TestGalleryModel::searchFindsEveryWord_data()
{
    QTest::addColumn<QString>("search");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("nothing asked") << u"  "_s << QStringList{u"b"_s, u"a"_s};
    QTest::newRow("name") << u"harb"_s << QStringList{u"a"_s};
    QTest::newRow("alt, other case") << u"BOATS"_s << QStringList{u"a"_s};
    QTest::newRow("both words") << u"boats harbour"_s << QStringList{u"a"_s};
    QTest::newRow("date") << u"2026-05-02"_s << QStringList{u"b"_s};
    QTest::newRow("one word too many") << u"boats mountain"_s << QStringList{};
}

void TestGalleryModel::searchFindsEveryWord()
{
    QFETCH(QString, search);
    QFETCH(QStringList, expected);
    m_model->merge({image(u"a"_s, 1, u"Harbour.jpg"_s, u"Fishing boats"_s),
                    image(u"b"_s, 2, u"Mountain.jpg"_s, u"Snow"_s)});
    GalleryFilter filter(*m_model);
    filter.setSearch(search);
    QCOMPARE(shown(filter), expected);
}

void TestGalleryModel::sectionsShowTheirImages()
{
    Image hidden = image(u"p"_s, 1, u"p.jpg"_s, u"described"_s);
    hidden.isPrivate = true;
    m_model->merge({hidden, image(u"o"_s, 2, u"o.jpg"_s, u" "_s)});
    GalleryFilter filter(*m_model);
    filter.setSection(GalleryFilter::Section::Private);
    QCOMPARE(shown(filter), QStringList{u"p"_s});
    filter.setSection(GalleryFilter::Section::WithoutAlt);
    QCOMPARE(shown(filter), QStringList{u"o"_s});
    hidden.isPrivate = false;
    m_model->put(hidden);
    filter.setSection(GalleryFilter::Section::Private);
    QCOMPARE(shown(filter), QStringList{});
}

void TestGalleryModel::orders()
{
    Image popular = image(u"1"_s, 1, u"b.jpg"_s);
    popular.downloadCount = 9;
    m_model->merge({popular, image(u"2"_s, 2, u"A.jpg"_s), image(u"3"_s, 3, u"c.jpg"_s)});
    GalleryFilter filter(*m_model);
    QCOMPARE(shown(filter), QStringList({u"3"_s, u"2"_s, u"1"_s}));
    filter.setOrder(GalleryFilter::Order::OldestFirst);
    QCOMPARE(shown(filter), QStringList({u"1"_s, u"2"_s, u"3"_s}));
    filter.setOrder(GalleryFilter::Order::MostDownloaded);
    QCOMPARE(shown(filter), QStringList({u"1"_s, u"3"_s, u"2"_s}));
    filter.setOrder(GalleryFilter::Order::NewestFirst);
    m_model->put(image(u"4"_s, 4));
    QCOMPARE(shown(filter), QStringList({u"4"_s, u"3"_s, u"2"_s, u"1"_s}));
}

QTEST_GUILESS_MAIN(TestGalleryModel)
#include "tst_gallerymodel.moc"

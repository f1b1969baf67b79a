// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiclient.h"
#include "app/gallery/galleryfilter.h"
#include "app/gallery/gallerymodel.h"
#include "app/gallery/previewcache.h"
#include "app/gallery/previewloader.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "ui/gallery/galleryview.h"
#include "ui/gallery/layoutinput.h"

#include <QItemSelectionModel>
#include <QNetworkAccessManager>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <algorithm>

using namespace vitrine;
using namespace Qt::StringLiterals;
using gallery::GalleryModel;

/// Others delete a great many images while somebody looks at the gallery.
class ManyGoing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void selectionCurrentImageAndPlaceStay();
    void layoutKnowsWhatIsLeft_data();
    void layoutKnowsWhatIsLeft();

private:
    static QList<protocol::Image> images(int count);
    QModelIndex at(const QString& id) { return m_filter.mapFromSource(m_model.indexOf(id)); }
    QStringList selected() const;

    QTemporaryDir m_directory;
    QNetworkAccessManager m_network;
    api::ApiClient m_client{m_network};
    const imaging::InProcessPictureReader m_pictures;
    gallery::PreviewCache m_cache{m_directory.path()};
    gallery::PreviewLoader m_previews{m_client, m_pictures, m_cache};
    GalleryModel m_model{m_previews};
    gallery::GalleryFilter m_filter{m_model};
    ui::GalleryView m_view;
};

QList<protocol::Image> ManyGoing::images(int count)
{
    QList<protocol::Image> images;
    for (int i = 0; i < count; ++i) {
        protocol::Image image;
        image.id = QString::number(i);
        image.name = image.id + u".jpg"_s;
        image.size = {300, 200};
        image.uploaded = QDateTime({2026, 5, 3}, {9, 41}, QTimeZone::utc()).addSecs(-i);
        images += image;
    }
    return images;
}

QStringList ManyGoing::selected() const
{
    QStringList ids;
    for (const QModelIndex& index : m_view.selectionModel()->selectedIndexes())
        ids += index.data(GalleryModel::IdRole).toString();
    std::sort(ids.begin(), ids.end());
    return ids;
}

void ManyGoing::selectionCurrentImageAndPlaceStay()
{
    constexpr int count = 3000;
    m_model.merge(images(count));
    m_view.setModel(&m_filter);
    m_view.resize(900, 600);
    m_view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&m_view));
    m_view.scrollTo(at(u"1501"_s), QAbstractItemView::PositionAtTop);
    m_view.selectionModel()->select(at(u"1501"_s), QItemSelectionModel::ClearAndSelect);
    m_view.selectionModel()->select(at(u"1503"_s), QItemSelectionModel::Select); // this one goes
    m_view.selectionModel()->select(at(u"1505"_s), QItemSelectionModel::Select);
    m_view.selectionModel()->setCurrentIndex(at(u"1505"_s), QItemSelectionModel::NoUpdate);
    const int top = m_view.visualRect(at(u"1501"_s)).top();

    QStringList going;
    for (int i = 0; i < count; i += 3)
        going += QString::number(i);
    // however often it is laid out meanwhile
    connect(&m_filter, &QAbstractItemModel::rowsRemoved, &m_view,
            [this] { m_view.viewport()->grab(); });
    m_model.drop(going);
    QTRY_COMPARE_WITH_TIMEOUT(m_filter.rowCount(), count - int(going.size()), 60'000);
    m_view.viewport()->grab(); // lays out
    QCOMPARE(selected(), QStringList({u"1501"_s, u"1505"_s}));
    QCOMPARE(m_view.currentIndex().data(GalleryModel::IdRole).toString(), u"1505"_s);
    QVERIFY(std::abs(m_view.visualRect(at(u"1501"_s)).top() - top) <= m_view.rowHeight());
}

void ManyGoing::layoutKnowsWhatIsLeft_data()
{
    QTest::addColumn<bool>("isGrouped");
    QTest::newRow("by day") << true;
    QTest::newRow("in one") << false;
}

void ManyGoing::layoutKnowsWhatIsLeft()
{
    QFETCH(const bool, isGrouped);
    GalleryModel model(m_previews);
    QList<protocol::Image> some = images(120);
    for (int i = 0; i < some.size(); ++i) {
        some[i].uploaded = some[i].uploaded.addDays(-(i / 3));
        some[i].size = {300 + i, 200};
    }
    model.merge(some);
    auto input = ui::LayoutInput::of(&model, isGrouped);
    QRandomGenerator random(7);
    while (model.rowCount() > 0) {
        const int first = random.bounded(model.rowCount());
        const int last = std::min(first + random.bounded(5), model.rowCount() - 1);
        QStringList ids;
        for (int row = first; row <= last; ++row)
            ids += model.images().at(row).id;
        model.drop(ids);
        input.remove(model, isGrouped, first, last);
        QVERIFY(input == ui::LayoutInput::of(&model, isGrouped));
    }
}

QTEST_MAIN(ManyGoing)
#include "tst_manygoing.moc"

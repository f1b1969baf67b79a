// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/stubmodel.h"
#include "ui/common/theme.h"
#include "ui/gallery/galleryview.h"

#include <QAccessible>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using gallery::PreviewKey;
using gallery::PreviewVariant;
using test::StubModel;
using ui::GalleryView;

namespace {

const QColor kSecret(255, 0, 255); // of sharp private pictures; nothing else has it
const QColor kFrost(0, 160, 60);
const QColor kPublic(20, 60, 200);

QImage filled(const QColor& color)
{
    QImage image(360, 240, QImage::Format_RGB32);
    image.fill(color);
    return image;
}

/// How many pixels of \a image are about \a color.
int pixelsLike(const QImage& image, const QColor& color)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            if (std::abs(pixel.red() - color.red()) < 24 &&
                std::abs(pixel.green() - color.green()) < 24 &&
                std::abs(pixel.blue() - color.blue()) < 24)
                ++count;
        }
    }
    return count;
}

QList<int> selectedRows(const GalleryView& view)
{
    QList<int> rows;
    for (const QModelIndex& index : view.selectionModel()->selectedIndexes())
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    return rows;
}

} // namespace

class TestGalleryView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<StubModel>();
        m_model->reset(StubModel::images(200));
        m_view = std::make_unique<GalleryView>();
        m_view->setModel(m_model.get());
        m_view->resize(900, 600);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
        m_view->setFocus();
    }
    void cleanup()
    {
        m_view.reset();
        m_model.reset();
    }

    void keysMoveTheCurrentOne_data()
    {
        QTest::addColumn<int>("start");
        QTest::addColumn<int>("key");
        QTest::addColumn<bool>("rightToLeft");
        QTest::addColumn<int>("expected");
        QTest::newRow("right") << 5 << int(Qt::Key_Right) << false << 6;
        QTest::newRow("left") << 5 << int(Qt::Key_Left) << false << 4;
        QTest::newRow("right, mirrored") << 5 << int(Qt::Key_Right) << true << 4;
        QTest::newRow("left, mirrored") << 5 << int(Qt::Key_Left) << true << 6;
        QTest::newRow("left at the start") << 0 << int(Qt::Key_Left) << false << 0;
        QTest::newRow("right at the end") << 199 << int(Qt::Key_Right) << false << 199;
        QTest::newRow("home") << 50 << int(Qt::Key_Home) << false << 0;
        QTest::newRow("end") << 50 << int(Qt::Key_End) << false << 199;
    }
    void keysMoveTheCurrentOne()
    {
        QFETCH(int, start);
        QFETCH(int, key);
        QFETCH(bool, rightToLeft);
        m_view->setLayoutDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
        select(start);
        QTest::keyClick(m_view.get(), Qt::Key(key));
        QTEST(m_view->currentIndex().row(), "expected");
        QCOMPARE(selectedRows(*m_view), QList<int>{m_view->currentIndex().row()});
        QVERIFY(m_view->viewport()->rect().contains(m_view->visualRect(m_view->currentIndex())));
    }

    void upAndDownGoToTheNearest()
    {
        select(20);
        const QRect from = m_view->visualRect(m_view->currentIndex());
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        const int below = m_view->currentIndex().row();
        QVERIFY(below > 20);
        const QRect to = m_view->visualRect(m_view->currentIndex());
        QVERIFY(std::abs(from.center().x() - to.center().x()) < from.width());
        QTest::keyClick(m_view.get(), Qt::Key_Up);
        QCOMPARE(m_view->currentIndex().row(), 20);
    }

    void pagesMoveByAScreen()
    {
        select(0);
        QTest::keyClick(m_view.get(), Qt::Key_PageDown);
        const int down = m_view->currentIndex().row();
        QVERIFY(down > 3);
        QTest::keyClick(m_view.get(), Qt::Key_PageUp);
        QCOMPARE(m_view->currentIndex().row(), 0);
    }

    void shiftSelectsFromWhereItBegan()
    {
        select(10);
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(selectedRows(*m_view), (QList<int>{10, 11, 12, 13}));
        for (int i = 0; i < 5; ++i)
            QTest::keyClick(m_view.get(), Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(selectedRows(*m_view), (QList<int>{8, 9, 10}));
    }

    void controlMovesWithoutSelecting()
    {
        select(3);
        QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ControlModifier);
        QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(m_view->currentIndex().row(), 5);
        QCOMPARE(selectedRows(*m_view), QList<int>{3});
        QTest::keyClick(m_view.get(), Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(selectedRows(*m_view), (QList<int>{3, 5}));
    }

    void allAndNone()
    {
        QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(selectedRows(*m_view).size(), 200);
        QTest::keyClick(m_view.get(), Qt::Key_Escape);
        QVERIFY(selectedRows(*m_view).isEmpty());
    }

    void clicksSelect()
    {
        click(1);
        QCOMPARE(selectedRows(*m_view), QList<int>{1});
        click(4, Qt::ShiftModifier);
        QCOMPARE(selectedRows(*m_view), (QList<int>{1, 2, 3, 4}));
        click(2, Qt::ControlModifier);
        QCOMPARE(selectedRows(*m_view), (QList<int>{1, 3, 4}));
        click(0);
        QCOMPARE(selectedRows(*m_view), QList<int>{0});
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, {3, 3});
        QVERIFY(selectedRows(*m_view).isEmpty());
    }

    void aRightClickKeepsASelectionOfMany()
    {
        click(1);
        click(3, Qt::ShiftModifier);
        QTest::mouseClick(m_view->viewport(), Qt::RightButton, {}, centre(2));
        QCOMPARE(selectedRows(*m_view), (QList<int>{1, 2, 3}));
        QTest::mouseClick(m_view->viewport(), Qt::RightButton, {}, centre(5));
        QCOMPARE(selectedRows(*m_view), QList<int>{5});
    }

    void aRubberBandSelectsWhatItTouches()
    {
        const QPoint end = centre(1);
        QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, {2, 2});
        moveMouse({40, 40});
        moveMouse(end);
        QCOMPARE(selectedRows(*m_view), (QList<int>{0, 1}));
        moveMouse(centre(0));
        QCOMPARE(selectedRows(*m_view), QList<int>{0});
        QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, centre(0));
        QCOMPARE(selectedRows(*m_view), QList<int>{0});
    }

    void opens_data()
    {
        QTest::addColumn<int>("key");
        QTest::newRow("space") << int(Qt::Key_Space);
        QTest::newRow("return") << int(Qt::Key_Return);
        QTest::newRow("enter") << int(Qt::Key_Enter);
    }
    void opens()
    {
        QFETCH(int, key);
        const QSignalSpy opened(m_view.get(), &GalleryView::opened);
        select(7);
        QTest::keyClick(m_view.get(), Qt::Key(key));
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.first().first().toModelIndex().row(), 7);
    }

    void aDoubleClickOpens()
    {
        const QSignalSpy opened(m_view.get(), &GalleryView::opened);
        QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, centre(2));
        QCOMPARE(opened.size(), 1);
    }

    void privatePicturesAreNeverPaintedSharpWhileHidden()
    {
        auto images = StubModel::images(1);
        images[0].isPrivate = true;
        images[0].name = u"Secret.jpg"_s;
        m_model->reset(images);
        m_model->setPictures(0, {filled(kSecret), filled(kFrost), {}});
        m_view->setHidePrivate(true);
        select(0);
        moveMouse(centre(0), Qt::NoButton);
        const QImage hidden = m_view->viewport()->grab().toImage();
        QCOMPARE(pixelsLike(hidden, kSecret), 0);
        QVERIFY(pixelsLike(hidden, kFrost) > 1000);
        QVERIFY(!m_view->accessibleText(m_model->index(0)).contains("Secret"_L1));

        m_view->setHidePrivate(false);
        const QImage shown = m_view->viewport()->grab().toImage();
        QVERIFY(pixelsLike(shown, kSecret) > 1000);
        QCOMPARE(pixelsLike(shown, kFrost), 0);
    }

    void hiddenPrivatePicturesWaitForTheFrostedOne()
    {
        auto images = StubModel::images(1);
        images[0].isPrivate = true;
        m_model->reset(images);
        m_model->setPictures(0, {filled(kSecret), {}, {}});
        m_view->setHidePrivate(true);
        QCOMPARE(pixelsLike(m_view->viewport()->grab().toImage(), kSecret), 0);
    }

    void privacyIsMarkedByAShape()
    {
        m_view->setHidePrivate(false);
        m_model->reset(StubModel::images(1));
        m_model->setPictures(0, {filled(kPublic), filled(kFrost), {}});
        const QImage without = m_view->viewport()->grab().toImage();
        auto image = m_model->image(0);
        image.isPrivate = true;
        m_model->set(0, image);
        QVERIFY(m_view->viewport()->grab().toImage() != without);
    }

    void wantsWhatIsVisibleFirst()
    {
        QSignalSpy wanted(m_view.get(), &GalleryView::wantedChanged);
        m_view->scrollTo(m_model->index(100), QAbstractItemView::PositionAtCenter);
        QTRY_VERIFY(!wanted.isEmpty());
        const auto keys = wanted.last().first().value<QList<PreviewKey>>();
        QVERIFY(keys.size() > 20);
        int lastDistance = 0;
        const QRect screen = m_view->viewport()->rect();
        for (const PreviewKey& key : keys) {
            const QRect rect = m_view->visualRect(m_model->index(key.id.toInt()));
            const int distance =
                std::max({0, screen.top() - rect.bottom(), rect.top() - screen.bottom()});
            QVERIFY(distance >= lastDistance);
            lastDistance = distance;
        }
        QVERIFY(keys.size() < 200); // not everything
    }

    void wantsTheVariantThatIsShown()
    {
        auto images = StubModel::images(2);
        images[1].isPrivate = true;
        m_model->reset(images);
        QSignalSpy wanted(m_view.get(), &GalleryView::wantedChanged);
        m_view->setHidePrivate(true);
        QTRY_VERIFY(!wanted.isEmpty());
        QCOMPARE(wanted.last().first().value<QList<PreviewKey>>(),
                 (QList<PreviewKey>{{u"0"_s, PreviewVariant::Sharp},
                                    {u"1"_s, PreviewVariant::Blurred}}));
    }

    void previewsAreShownWhenTheyArrive()
    {
        m_model->reset(StubModel::images(1));
        QCOMPARE(pixelsLike(m_view->viewport()->grab().toImage(), kPublic), 0);
        m_model->setPictures(0, {filled(kPublic), {}, {}});
        QTRY_VERIFY(pixelsLike(m_view->viewport()->grab().toImage(), kPublic) > 10'000);
    }

    void aResetKeepsSelectionAndPlace()
    {
        m_view->scrollTo(m_model->index(120), QAbstractItemView::PositionAtTop);
        m_view->selectionModel()->select(m_model->index(121), QItemSelectionModel::ClearAndSelect);
        m_view->setCurrentIndex(m_model->index(121));
        const int before = m_view->visualRect(m_model->index(121)).top();
        auto images = StubModel::images(200);
        images.removeFirst(); // so that every row is another one
        m_model->reset(images);
        QCOMPARE(m_view->currentIndex().data().toString(), u"121.jpg"_s);
        QCOMPARE(selectedRows(*m_view), QList<int>{120});
        m_view->viewport()->grab(); // lays out
        QVERIFY(std::abs(m_view->visualRect(m_model->index(120)).top() - before) <=
                m_view->rowHeight());
    }

    void newPicturesDoNotMoveWhatIsLookedAt()
    {
        m_view->scrollTo(m_model->index(120), QAbstractItemView::PositionAtTop);
        const QPersistentModelIndex looked = m_model->index(120);
        protocol::Image image = m_model->image(0);
        for (int i = 0; i < 9; ++i) {
            image.id = QStringLiteral("new%1").arg(i);
            m_model->insert(0, image);
        }
        m_view->viewport()->grab();
        QVERIFY(m_view->viewport()->rect().intersects(m_view->visualRect(looked)));
    }

    void removingRowsIsSurvived()
    {
        select(199);
        while (m_model->rowCount() > 0)
            m_model->remove(m_model->rowCount() - 1);
        m_view->viewport()->grab();
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QVERIFY(!m_view->currentIndex().isValid());
        QCOMPARE(m_view->verticalScrollBar()->maximum(), 0);
    }

    void zooms()
    {
        const QSignalSpy changed(m_view.get(), &GalleryView::rowHeightChanged);
        const int usual = m_view->rowHeight();
        QTest::keyClick(m_view.get(), Qt::Key_Plus, Qt::ControlModifier);
        QVERIFY(m_view->rowHeight() > usual);
        QTest::keyClick(m_view.get(), Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(m_view->rowHeight(), usual);
        for (int i = 0; i < 20; ++i)
            QTest::keyClick(m_view.get(), Qt::Key_Minus, Qt::ControlModifier);
        QCOMPARE(m_view->rowHeight(), GalleryView::kMinimumRowHeight);
        QVERIFY(changed.size() >= 3);
    }

    void mirrorsFromRightToLeft()
    {
        const QRect normal = m_view->visualRect(m_model->index(0));
        m_view->setLayoutDirection(Qt::RightToLeft);
        const QRect mirrored = m_view->visualRect(m_model->index(0));
        QCOMPARE(mirrored.right(), m_view->viewport()->width() - 1 - normal.left());
        QCOMPARE(m_view->indexAt(mirrored.center()).row(), 0);
    }

    void saysWhatAPictureIs_data()
    {
        QTest::addColumn<QString>("alt");
        QTest::addColumn<bool>("isPrivate");
        QTest::addColumn<QString>("expected");
        QTest::newRow("alt text") << u"A boat"_s << false << u"A boat"_s;
        QTest::newRow("name") << QString() << false << u"0.jpg"_s;
        QTest::newRow("private") << u"A boat"_s << true << u"A boat, private"_s;
    }
    void saysWhatAPictureIs()
    {
        QFETCH(QString, alt);
        QFETCH(bool, isPrivate);
        auto image = m_model->image(0);
        image.alt = alt;
        image.isPrivate = isPrivate;
        m_model->set(0, image);
        QTEST(m_view->accessibleText(m_model->index(0)), "expected");
    }

    void isAListToAssistiveTechnology()
    {
        QAccessibleInterface* list = QAccessible::queryAccessibleInterface(m_view.get());
        QVERIFY(list != nullptr);
        QCOMPARE(list->role(), QAccessible::List);
        QCOMPARE(list->childCount(), 200);
        select(3);
        QAccessibleInterface* third = list->child(3);
        QCOMPARE(third->text(QAccessible::Name), u"3.jpg"_s);
        QVERIFY(third->state().selected);
        QCOMPARE(list->indexOfChild(third), 3);
        QCOMPARE(list->focusChild(), third);
        m_model->remove(0);
        QCOMPARE(list->childCount(), 199);
        QCOMPARE(list->child(3)->text(QAccessible::Name), u"4.jpg"_s);
        m_model->reset({});
        QCOMPARE(list->childCount(), 0);
        QVERIFY(list->child(0) == nullptr);
    }

private:
    QPoint centre(int row) const { return m_view->visualRect(m_model->index(row)).center(); }
    void select(int row)
    {
        m_view->selectionModel()->setCurrentIndex(m_model->index(row),
                                                  QItemSelectionModel::ClearAndSelect);
        m_view->scrollTo(m_model->index(row));
    }
    void click(int row, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, modifiers, centre(row));
    }
    void moveMouse(const QPoint& point, Qt::MouseButtons buttons = Qt::LeftButton)
    {
        QMouseEvent event(QEvent::MouseMove, point, m_view->viewport()->mapToGlobal(point),
                          Qt::NoButton, buttons, Qt::NoModifier);
        QCoreApplication::sendEvent(m_view->viewport(), &event);
    }

    std::unique_ptr<StubModel> m_model;
    std::unique_ptr<GalleryView> m_view;
};

QTEST_MAIN(TestGalleryView)
#include "tst_galleryview.moc"

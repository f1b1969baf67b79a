// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/gallery/galleryviewfixture.h"

#include <QAccessible>
#include <QScrollBar>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace vitrine;
using test::StubModel;
using ui::GalleryView;

/// What keys and mouse do in the gallery, and what assistive technology is told.
class TestGalleryView : public test::GalleryViewFixture
{
    Q_OBJECT

private Q_SLOTS:
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
        QCOMPARE(selectedRows(), QList<int>{m_view->currentIndex().row()});
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

    void sizeThatIsLearntLaterIsLaidOut()
    {
        auto image = m_model->image(0);
        const QSize before = m_view->visualRect(m_model->index(0)).size();
        image.size = {before.height(), before.width() * 2};
        m_model->set(0, image);
        QTRY_VERIFY(m_view->visualRect(m_model->index(0)).height() >
                    m_view->visualRect(m_model->index(0)).width());
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
        QCOMPARE(selectedRows(), (QList<int>{10, 11, 12, 13}));
        for (int i = 0; i < 5; ++i)
            QTest::keyClick(m_view.get(), Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(selectedRows(), (QList<int>{8, 9, 10}));
    }

    void controlMovesWithoutSelecting()
    {
        select(3);
        QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ControlModifier);
        QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(m_view->currentIndex().row(), 5);
        QCOMPARE(selectedRows(), QList<int>{3});
        QTest::keyClick(m_view.get(), Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(selectedRows(), (QList<int>{3, 5}));
    }

    void allAndNone()
    {
        QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(selectedRows().size(), 200);
        QTest::keyClick(m_view.get(), Qt::Key_Escape);
        QVERIFY(selectedRows().isEmpty());
    }

    void clicksSelect()
    {
        click(1);
        QCOMPARE(selectedRows(), QList<int>{1});
        click(4, Qt::ShiftModifier);
        QCOMPARE(selectedRows(), (QList<int>{1, 2, 3, 4}));
        click(2, Qt::ControlModifier);
        QCOMPARE(selectedRows(), (QList<int>{1, 3, 4}));
        click(0);
        QCOMPARE(selectedRows(), QList<int>{0});
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, {3, 3});
        QVERIFY(selectedRows().isEmpty());
    }

    void aRightClickKeepsASelectionOfMany()
    {
        click(1);
        click(3, Qt::ShiftModifier);
        QTest::mouseClick(m_view->viewport(), Qt::RightButton, {}, centre(2));
        QCOMPARE(selectedRows(), (QList<int>{1, 2, 3}));
        QTest::mouseClick(m_view->viewport(), Qt::RightButton, {}, centre(5));
        QCOMPARE(selectedRows(), QList<int>{5});
    }

    void aRubberBandSelectsWhatItTouches()
    {
        const QPoint end = centre(1);
        QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, {2, 2});
        moveMouse({40, 40});
        moveMouse(end);
        QCOMPARE(selectedRows(), (QList<int>{0, 1}));
        moveMouse(centre(0));
        QCOMPARE(selectedRows(), QList<int>{0});
        QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, centre(0));
        QCOMPARE(selectedRows(), QList<int>{0});
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
        QCOMPARE(selectedRows(), QList<int>{120});
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
};

QTEST_MAIN(TestGalleryView)
#include "tst_galleryview.moc"

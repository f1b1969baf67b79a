// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/stagingmodel.h"
#include "tests/support/pictures.h"
#include "tests/ui/support/livewindow.h"
#include "ui/gallery/gallerypage.h"
#include "ui/gallery/galleryview.h"
#include "ui/staging/stagingpage.h"
#include "ui/viewer/viewer.h"
#include "ui/window/noticestack.h"

#include <QApplication>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace vitrine;
using test::LiveWindow;
using transfer::StagingModel;

/// What can be taken back in the window, wherever the person is just then, and by keys alone.
class TestChangeOfMind : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (int i = 0; i < 3; ++i)
            m_photos += test::writeTo(m_pictures.path(), u"photo%1.jpg"_s.arg(i),
                                      test::jpeg(test::picture({800, 600}, i + 1)));
    }

    void init()
    {
        m_live = std::make_unique<LiveWindow>();
        m_live->settings.setUndoTime({});
        QVERIFY(m_live->start());
    }

    void cleanup() { m_live.reset(); }

    void aDeleteInTheViewerIsUndoneThere()
    {
        shareWithUndo();
        const QString id = m_live->image(1).id;
        m_live->select({1});
        m_live->press(Qt::Key_Return);
        QVERIFY(page().viewer().isVisible());
        m_live->press(Qt::Key_Delete);
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 2);
        QTRY_VERIFY(m_live->undoButton());
        QTest::mouseClick(m_live->undoButton(), Qt::LeftButton);
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 3);
        QTRY_COMPARE(page().viewer().current().data(gallery::GalleryModel::IdRole).toString(), id);
        QCOMPARE(QApplication::focusWidget(), &page().viewer());
    }

    void aDeleteIsUndoneByKey()
    {
        shareWithUndo();
        const QString id = m_live->image(1).id;
        m_live->select({1});
        m_live->press(Qt::Key_Delete);
        QTRY_VERIFY(m_live->undoButton());
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 2);
        m_live->press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 3);
        QVERIFY(!m_live->undoButton());
        QTRY_COMPARE(view().selectionModel()->selectedIndexes().size(), 1);
        QCOMPARE(QApplication::focusWidget(), &view());
        const auto selected = view().selectionModel()->selectedIndexes();
        QCOMPARE(selected.first().data(gallery::GalleryModel::IdRole).toString(), id);
    }

    // Faster than the outbox could write down what there is to undo.
    void aDeleteUndoneAtOnceIsSelectedAgain()
    {
        shareWithUndo();
        const QString id = m_live->image(1).id;
        m_live->select({1});
        m_live->press(Qt::Key_Delete);
        m_live->press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(m_live->session.outbox().transfers().last().state, transfer::State::Cancelled);
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 3);
        const auto selected = view().selectionModel()->selectedIndexes();
        QCOMPARE(selected.size(), 1);
        QCOMPARE(selected.first().data(gallery::GalleryModel::IdRole).toString(), id);
    }

    void whatWasDeletedBeforeItLeftIsStagedAgain()
    {
        stageAll();
        StagingModel& staging = m_live->session.staging();
        staging.setData(staging.index(1), u"A pier"_s, StagingModel::AltRole);
        letAllWait();
        deleteWaiting(1);
        deleteWaiting(0);
        m_live->press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(staging.rowCount(), 1);
        QVERIFY(page().stagingPage().isVisible());
        page().toasts().undoNewest(); // by now the key is the description's
        QTRY_COMPARE(staging.rowCount(), 2);
        QCOMPARE(staging.index(1).data(StagingModel::AltRole).toString(), u"A pier"_s);
        page().toasts().undoNewest(); // of having shared all of them
        QTRY_COMPARE(staging.rowCount(), 3);
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 0);
    }

    // The Undo of the first sharing has nothing more to say of it.
    void whatWasSharedOnceMoreIsNotStagedByAnOlderUndo()
    {
        stageAll();
        StagingModel& staging = m_live->session.staging();
        letAllWait();
        QPushButton* const first = m_live->undoButton();
        deleteWaiting(1);
        m_live->press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(staging.shareableCount(), 1);
        Q_EMIT page().stagingPage().shareRequested();
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 3);
        first->click();
        QTRY_COMPARE(staging.rowCount(), 2);
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 1);
    }

    void inATextFieldTheKeyIsTheFields()
    {
        shareWithUndo();
        m_live->select({1});
        m_live->press(Qt::Key_Delete);
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 2);
        m_live->press(Qt::Key_F, Qt::ControlModifier);
        m_live->press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(m_live->undoButton());
    }

    void becomingPublicWaitsAndIsUndone()
    {
        sharePrivate();
        const QString id = m_live->image(0).id;
        m_live->press(Qt::Key_P);
        QTRY_VERIFY(!m_live->image(0).isPrivate);
        QTRY_VERIFY(m_live->undoButton());
        QVERIFY(m_live->session.gallery().model().find(id)->isPrivate);
        QCOMPARE(m_live->session.outbox().transfers().last().state, transfer::State::Waiting);
        m_live->press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(m_live->image(0).isPrivate);
        QTRY_COMPARE(m_live->session.transfers().summary().unfinished, 0);
        QVERIFY(m_live->session.gallery().model().find(id)->isPrivate);
    }

    // Not behind the act that would make it public for a moment.
    void becomingPrivateAgainIsImmediate()
    {
        sharePrivate();
        const QString id = m_live->image(0).id;
        const qint64 before = m_live->session.gallery().model().find(id)->revision;
        m_live->press(Qt::Key_P);
        m_live->press(Qt::Key_P); // also if the outbox has yet to hear of the first
        QTRY_VERIFY(!m_live->image(0).isPrivate);
        m_live->press(Qt::Key_P);
        QTRY_VERIFY(m_live->image(0).isPrivate);
        QTRY_COMPARE(m_live->session.transfers().summary().unfinished, 0);
        QTRY_VERIFY(m_live->session.gallery().model().find(id)->revision > before);
        QVERIFY(m_live->session.gallery().model().find(id)->isPrivate);
        QVERIFY(!m_live->undoButton());
        for (const auto& transfer : m_live->session.outbox().transfers()) {
            const bool wasPublished = transfer.kind == transfer::Kind::Edit &&
                                      transfer.patch.isPrivate == false &&
                                      transfer.state == transfer::State::Done;
            QVERIFY(!wasPublished);
        }
    }

    void whatWasStagedComesBack()
    {
        stageAll();
        StagingModel& staging = m_live->session.staging();
        staging.setData(staging.index(1), u"A pier"_s, StagingModel::AltRole);
        staging.setData(staging.index(2), true, StagingModel::IsPrivateRole);
        Q_EMIT page().stagingPage().cancelRequested();
        QVERIFY(staging.isEmpty());
        QVERIFY(page().galleryPage().isVisible());
        QCOMPARE(page().toasts().sentence(u"aside"_s), u"3 pictures were put aside."_s);
        m_live->press(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(page().stagingPage().isVisible());
        QCOMPARE(staging.rowCount(), 3);
        QCOMPARE(staging.index(1).data(StagingModel::AltRole).toString(), u"A pier"_s);
        QVERIFY(staging.index(2).data(StagingModel::IsPrivateRole).toBool());
        QCOMPARE(m_live->galleryModel().rowCount(), 0);
    }

    void escapeLeavesADescriptionBeforeThePage()
    {
        stageAll();
        QTRY_VERIFY(qobject_cast<QLineEdit*>(QApplication::focusWidget()));
        QTest::keyClicks(QApplication::focusWidget(), u"A pier"_s);
        m_live->press(Qt::Key_Escape);
        QCOMPARE(m_live->session.staging().rowCount(), 3);
        QVERIFY(page().stagingPage().isVisible());
        m_live->press(Qt::Key_Escape);
        QVERIFY(m_live->session.staging().isEmpty());
        QTRY_VERIFY(m_live->undoButton());
    }

    void closingAsksWhileSomethingIsStaged()
    {
        stageAll();
        QVERIFY(!window().close());
        QVERIFY(window().isVisible());
        answer(QMessageBox::RejectRole);
        QCOMPARE(m_live->session.staging().rowCount(), 3);
        QTRY_VERIFY(!window().findChild<QMessageBox*>());
        QVERIFY(!window().close());
        answer(QMessageBox::DestructiveRole);
        QTRY_VERIFY(!window().isVisible());
    }

    void withNothingStagedClosingDoesNotAsk() { QVERIFY(window().close()); }

private:
    ui::MainWindow& window() { return m_live->window; }
    ui::AccountPage& page() { return m_live->page(); }
    ui::GalleryView& view() { return page().galleryPage().view(); }
    void shareWithUndo()
    {
        QVERIFY(m_live->share(m_photos));
        m_live->settings.setUndoTime(std::chrono::minutes(10));
    }
    /// Shares what is staged, and waits for the notice's Undo: the rows come before it.
    void letAllWait()
    {
        m_live->settings.setUndoTime(std::chrono::minutes(10));
        QTRY_COMPARE(m_live->session.staging().shareableCount(), 3);
        Q_EMIT page().stagingPage().shareRequested();
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 3);
        QTRY_VERIFY(m_live->undoButton());
    }
    /// Takes back a picture that waits to leave, and waits for the notice's Undo.
    void deleteWaiting(int row)
    {
        const int before = undoButtons();
        const int rows = m_live->galleryModel().rowCount();
        m_live->select({row});
        m_live->press(Qt::Key_Delete);
        QTRY_COMPARE(undoButtons(), before + 1);
        QCOMPARE(m_live->galleryModel().rowCount(), rows - 1);
    }
    int undoButtons()
    {
        const auto buttons = page().toasts().findChildren<QPushButton*>();
        return int(std::ranges::count_if(buttons, [](const QPushButton* button) {
            return button->isVisible() && button->text() == u"Undo"_s;
        }));
    }
    /// One private picture, selected.
    void sharePrivate()
    {
        QVERIFY(m_live->share({m_photos.first()}));
        m_live->select({0});
        m_live->press(Qt::Key_P);
        QTRY_VERIFY(m_live->image(0).isPrivate);
        QTRY_COMPARE(m_live->session.transfers().summary().unfinished, 0);
        m_live->settings.setUndoTime(std::chrono::minutes(10));
    }
    void answer(QMessageBox::ButtonRole role)
    {
        auto* question = window().findChild<QMessageBox*>();
        QVERIFY(question);
        const auto buttons = question->buttons();
        for (QAbstractButton* button : buttons) {
            if (question->buttonRole(button) == role)
                return button->click();
        }
        QFAIL("there is no such button");
    }
    void stageAll()
    {
        m_live->drop(m_photos);
        QTRY_COMPARE(m_live->session.staging().rowCount(), 3);
    }

    QTemporaryDir m_pictures;
    QStringList m_photos;
    std::unique_ptr<LiveWindow> m_live;
};

QTEST_MAIN(TestChangeOfMind)
#include "tst_changeofmind.moc"

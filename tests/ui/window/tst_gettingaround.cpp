// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/stagingmodel.h"
#include "tests/support/pictures.h"
#include "tests/ui/support/livewindow.h"
#include "ui/accounts/sidebar.h"
#include "ui/common/theme.h"
#include "ui/details/alteditor.h"
#include "ui/details/detailspanel.h"
#include "ui/gallery/gallerypage.h"
#include "ui/gallery/galleryview.h"
#include "ui/staging/stagingpage.h"
#include "ui/transfers/transferbar.h"
#include "ui/transfers/transferslist.h"
#include "ui/window/galleryactions.h"
#include "ui/window/headerbar.h"
#include "ui/window/noticestack.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QFileInfo>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using test::LiveWindow;

/// From one part of the window to another and back, mostly by keys.
class TestGettingAround : public QObject
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

    void theFirstWindowFitsTheScreen()
    {
        QVERIFY(window().screen()->availableGeometry().contains(window().rect()));
    }

    void theAltTextGivesTheKeyboardBack_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<QString>("text");
        QTest::newRow("kept") << int(Qt::Key_Return) << int(Qt::ControlModifier) << u"Dunes"_s;
        QTest::newRow("dropped") << int(Qt::Key_Escape) << int(Qt::NoModifier) << u""_s;
    }
    void theAltTextGivesTheKeyboardBack()
    {
        QFETCH(int, key);
        QFETCH(int, modifiers);
        QFETCH(QString, text);
        QVERIFY(m_live->share({m_photos.first()}));
        m_live->select({0});
        m_live->press(Qt::Key_E);
        QVERIFY(qobject_cast<ui::AltEditor*>(QApplication::focusWidget()));
        QTest::keyClicks(QApplication::focusWidget(), u"Dunes"_s);
        m_live->press(Qt::Key(key), Qt::KeyboardModifiers(modifiers));
        QCOMPARE(QApplication::focusWidget(), &view());
        QTRY_COMPARE(m_live->image(0).alt, text);
        m_live->press(Qt::Key_P); // a key again, not a letter
        QTRY_VERIFY(m_live->image(0).isPrivate);
    }

    void theSearchLeadsToWhatItFound_data()
    {
        QTest::addColumn<int>("key");
        QTest::newRow("Return") << int(Qt::Key_Return);
        QTest::newRow("Down") << int(Qt::Key_Down);
    }
    void theSearchLeadsToWhatItFound()
    {
        QFETCH(int, key);
        QVERIFY(m_live->share(m_photos));
        m_live->press(Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(search(), u"photo2"_s);
        m_live->press(Qt::Key(key));
        QCOMPARE(QApplication::focusWidget(), &view());
        QCOMPARE(m_live->galleryModel().rowCount(), 1);
    }

    void escapeClearsTheSearchAndThenLeavesIt()
    {
        QVERIFY(m_live->share(m_photos));
        m_live->press(Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(search(), u"photo2"_s);
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 1);
        m_live->press(Qt::Key_Escape);
        QVERIFY(search()->text().isEmpty());
        QCOMPARE(m_live->galleryModel().rowCount(), 3);
        QCOMPARE(QApplication::focusWidget(), search());
        m_live->press(Qt::Key_Escape);
        QCOMPARE(QApplication::focusWidget(), &view());
    }

    void severalAreSavedAsOneZip()
    {
        QVERIFY(m_live->share(m_photos));
        m_live->select({0, 1});
        auto* actions = window().findChild<ui::GalleryActions*>();
        QVERIFY(actions);
        actions->downloadZipTo(m_live->path(u"both.zip"_s),
                               {m_live->image(0).id, m_live->image(1).id});
        QTRY_VERIFY(QFileInfo(m_live->path(u"both.zip"_s)).size() > 0);
        QTRY_COMPARE(m_live->image(0).downloadCount, 1);
        QTRY_COMPARE(m_live->image(1).downloadCount, 1);
    }

    void theTransfersListGoesAwayByEscapeFromAnywhere()
    {
        QVERIFY(m_live->share({m_photos.first()}));
        m_live->select({0});
        list().open();
        QVERIFY(list().isAncestorOf(QApplication::focusWidget()));
        m_live->press(Qt::Key_Escape);
        QVERIFY(!list().isVisible());
        QCOMPARE(QApplication::focusWidget(), &view());
        list().open();
        view().setFocus();
        m_live->press(Qt::Key_Escape);
        QVERIFY(!list().isVisible());
    }

    void theTransfersListGoesAwayByAClickElsewhere()
    {
        QVERIFY(m_live->share({m_photos.first()}));
        auto* bar = window().findChild<ui::TransferBar*>();
        QTest::mouseClick(bar, Qt::LeftButton);
        QVERIFY(list().isVisible());
        QTest::mouseClick(&list(), Qt::LeftButton, {}, QPoint(4, 4));
        QCoreApplication::sendPostedEvents();
        QVERIFY(list().isVisible());
        QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, QPoint(2, 2));
        QTRY_VERIFY(!list().isVisible());
        QTest::mouseClick(bar, Qt::LeftButton);
        QVERIFY(list().isVisible());
        QTest::mouseClick(bar, Qt::LeftButton); // what opened it closes it
        QCoreApplication::sendPostedEvents();
        QVERIFY(!list().isVisible());
    }

    void anEmptiedTransfersListGoesAway()
    {
        QVERIFY(m_live->share({m_photos.first()}));
        QTRY_COMPARE(m_live->session.transfers().summary().unfinished, 0);
        m_live->select({0});
        list().open();
        const auto buttons = list().findChildren<QPushButton*>();
        const auto clear = std::find_if(buttons.begin(), buttons.end(), [](QPushButton* each) {
            return each->text() == u"Clear finished"_s;
        });
        QVERIFY(clear != buttons.end());
        QTest::mouseClick(*clear, Qt::LeftButton);
        QVERIFY(!list().isVisible());
        QCOMPARE(QApplication::focusWidget(), &view());
    }

    void theTransfersAreToldWithoutCutting()
    {
        QVERIFY(m_live->share({m_photos.first()}));
        QTRY_COMPARE(m_live->session.transfers().summary().unfinished, 0);
        auto* bar = window().findChild<ui::TransferBar*>();
        for (double points = 8; points < 16; points += 0.5) {
            QFont font = bar->font();
            font.setPointSizeF(points);
            bar->setFont(font);
            const int room = bar->sizeHint().width() - 2 * ui::spacing::Small;
            const QFontMetrics metrics(font, bar);
            QCOMPARE(metrics.elidedText(bar->text(), Qt::ElideRight, room), bar->text());
        }
    }

    void whatWaitsToBeUndoneHasNoRate()
    {
        m_live->settings.setUndoTime(std::chrono::minutes(10));
        m_live->drop(m_photos);
        QTRY_COMPARE(m_live->session.staging().shareableCount(), 3);
        auto& staging = m_live->session.staging();
        staging.setData(staging.index(0), true, transfer::StagingModel::IsPrivateRole);
        Q_EMIT page().stagingPage().shareRequested();
        QTRY_COMPARE(m_live->session.transfers().summary().finished, 1);
        const auto isPrepared = [this] {
            const auto summary = m_live->session.transfers().summary();
            return summary.held == 2 && summary.unfinished == 2 && summary.left == 0;
        };
        QTRY_VERIFY(isPrepared());
        QTRY_COMPARE(window().findChild<ui::TransferBar*>()->text(), u"About to share 2"_s);
    }

    void sectionsShowTheGalleryAndKeepWhatIsStaged()
    {
        m_live->drop(m_photos);
        QTRY_COMPARE(m_live->session.staging().rowCount(), 3);
        const auto entries = window().findChild<ui::Sidebar*>()->findChildren<QAbstractButton*>();
        QTest::mouseClick(entries[1], Qt::LeftButton);
        QVERIFY(page().galleryPage().isVisible());
        goBackToStaging();
    }

    void anotherSectionLeavesNothingSelectedThatIsNotSeen()
    {
        QVERIFY(m_live->share(m_photos));
        const QString hidden = m_live->image(0).id;
        m_live->select({0});
        m_live->press(Qt::Key_P);
        QTRY_VERIFY(m_live->image(0).isPrivate);
        m_live->select({0, 1});
        const auto entries = window().findChild<ui::Sidebar*>()->findChildren<QAbstractButton*>();
        QTest::mouseClick(entries[1], Qt::LeftButton);
        QCOMPARE(page().galleryPage().view().selectionModel()->selectedIndexes().size(), 1);
        QTest::mouseClick(entries[0], Qt::LeftButton);
        QCOMPARE(page().galleryPage().view().selectionModel()->selectedIndexes().size(), 1);
        m_live->press(Qt::Key_Delete);
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 2);
        QVERIFY(!m_live->session.gallery().model().find(hidden));
    }

    void searchingShowsTheGalleryAndKeepsWhatIsStaged()
    {
        QVERIFY(m_live->share({m_photos.first()}));
        m_live->drop(m_photos.mid(1));
        QTRY_COMPARE(m_live->session.staging().rowCount(), 2);
        m_live->press(Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(search(), u"photo"_s);
        QTRY_VERIFY(page().galleryPage().isVisible());
        QCOMPARE(QApplication::focusWidget(), search());
        goBackToStaging();
    }

    void addingWhatIsStagedAlreadySaysSo()
    {
        m_live->drop(m_photos);
        QTRY_COMPARE(m_live->session.staging().rowCount(), 3);
        auto* files = new QMimeData;
        files->setUrls({QUrl::fromLocalFile(m_photos.first())});
        QGuiApplication::clipboard()->setMimeData(files);
        page().stagingPage().setFocus();
        m_live->press(Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(page().toasts().sentence(u"sharing"_s), u"1 picture is here already."_s);
        QCOMPARE(m_live->session.staging().rowCount(), 3);
    }

    void inANarrowWindowTheDetailsComeWhenAskedFor()
    {
        QVERIFY(m_live->share({m_photos.first()}));
        m_live->select({0});
        auto* details = window().findChild<ui::DetailsPanel*>();
        QVERIFY(details->isVisible());
        window().resize(640, 480);
        QTRY_VERIFY(!details->isVisible());
        m_live->press(Qt::Key_E);
        QVERIFY(details->isVisible());
        const auto place = [&] {
            return QRect(details->mapTo(&window(), QPoint()), details->size());
        };
        QTRY_VERIFY(window().rect().contains(place()));
        window().resize(790, 600);
        QTRY_VERIFY(window().findChild<ui::Sidebar*>()->isVisible());
        QVERIFY(details->isVisible());
        QVERIFY(!m_live->settings.isDetailsFolded());
    }

private:
    ui::MainWindow& window() { return m_live->window; }
    ui::AccountPage& page() { return m_live->page(); }
    ui::GalleryView& view() { return page().galleryPage().view(); }
    ui::TransfersList& list() { return page().transfersList(); }
    QLineEdit* search() { return window().findChild<ui::HeaderBar*>()->findChild<QLineEdit*>(); }
    void goBackToStaging()
    {
        const int staged = m_live->session.staging().rowCount();
        QVERIFY(staged > 0);
        auto* share = window().findChild<ui::HeaderBar*>()->findChild<QPushButton*>();
        QCOMPARE(share->text(), u"Go on with %1 images"_s.arg(staged));
        QTest::mouseClick(share, Qt::LeftButton);
        QVERIFY(page().stagingPage().isVisible());
        QCOMPARE(share->text(), u"Share images"_s);
    }

    QTemporaryDir m_pictures;
    QStringList m_photos;
    std::unique_ptr<LiveWindow> m_live;
};

QTEST_MAIN(TestGettingAround)
#include "tst_gettingaround.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/stubmodel.h"
#include "ui/viewer/picturecanvas.h"
#include "ui/viewer/viewer.h"

#include <QLabel>
#include <QPainter>
#include <QPromise>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using gallery::PreviewKey;
using gallery::PreviewVariant;
using test::StubModel;
using ui::Viewer;

namespace {

QImage filled(const QColor& color, const QSize& size = {300, 200})
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(color);
    return image;
}

} // namespace

class TestViewer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_loads.clear();
        m_asked.clear();
        m_model = std::make_unique<StubModel>();
        m_model->reset(StubModel::images(5));
        for (int row = 0; row < 5; ++row)
            m_model->setPictures(row, {filled(Qt::blue), filled(Qt::gray), {}});
        m_viewer = std::make_unique<Viewer>([this](const protocol::Image& image) {
            m_asked.append(image.id);
            m_loads.push_back(std::make_shared<QPromise<Result<QImage>>>());
            m_loads.back()->start();
            return m_loads.back()->future();
        });
        m_viewer->setModel(m_model.get());
        m_viewer->resize(800, 600);
        m_viewer->show();
        QVERIFY(QTest::qWaitForWindowActive(m_viewer.get()));
    }
    void cleanup()
    {
        m_viewer.reset();
        m_model.reset();
    }

    void thePreviewIsThereAtOnce()
    {
        show(0);
        QCOMPARE(middle(), QColor(Qt::blue));
        finish(0, filled(Qt::red, {1500, 1000}));
        QTRY_COMPARE(middle(), QColor(Qt::red));
    }

    void zoomShowsWhatIsSmall()
    {
        show(0);
        QImage spot = filled(Qt::red, {3000, 2000});
        QPainter(&spot).fillRect(QRect(1490, 990, 20, 20), Qt::white);
        finish(0, spot);
        QTRY_COMPARE(besideTheMiddle(), QColor(Qt::red));
        press(Qt::Key_1);
        QCOMPARE(canvas().zoom(), 1.0);
        press(Qt::Key_Plus);
        QCOMPARE(canvas().zoom(), 1.25);
        press(Qt::Key_0);
        QVERIFY(!canvas().isZoomed());
        for (int steps = 0; steps < 40; ++steps)
            press(Qt::Key_Plus);
        QCOMPARE(canvas().zoom(), 8.0);
        QCOMPARE(besideTheMiddle(), QColor(Qt::white));
    }

    void theLastStepOutFits()
    {
        show(0);
        finish(0, filled(Qt::red, {3000, 2000}));
        QTRY_COMPARE(middle(), QColor(Qt::red));
        press(Qt::Key_Plus);
        QVERIFY(canvas().isZoomed());
        press(Qt::Key_Minus);
        QVERIFY(!canvas().isZoomed());
    }

    void arrowsMoveWhatIsZoomed()
    {
        show(0);
        finish(0, redAndGreen());
        QTRY_COMPARE(middle(), QColor(Qt::red));
        press(Qt::Key_1);
        QCOMPARE(middle(), QColor(Qt::red));
        press(Qt::Key_Right);
        QCOMPARE(middle(), QColor(Qt::green));
        for (int far = 0; far < 60; ++far)
            press(Qt::Key_Right); // beyond the edge there is nothing to go to
        QCOMPARE(middle(), QColor(Qt::green));
        QCOMPARE(m_viewer->current().row(), 0);
        press(Qt::Key_PageDown);
        QCOMPARE(m_viewer->current().row(), 1);
        QVERIFY(!canvas().isZoomed());
    }

    void draggingMovesWhatIsZoomed()
    {
        show(0);
        finish(0, redAndGreen());
        QTRY_COMPARE(middle(), QColor(Qt::red));
        press(Qt::Key_1);
        const QPoint from = canvas().rect().center();
        QTest::mousePress(&canvas(), Qt::LeftButton, {}, from);
        QTest::mouseMove(&canvas(), from - QPoint(200, 0));
        QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, from - QPoint(200, 0));
        QCOMPARE(middle(), QColor(Qt::green));
    }

    void whatArrivesLateIsNotShown()
    {
        show(0);
        QTest::keyClick(m_viewer.get(), Qt::Key_Right);
        QCOMPARE(m_asked, (QStringList{u"0"_s, u"1"_s}));
        QVERIFY(m_loads[0]->isCanceled());
        finish(1, filled(Qt::green));
        QTRY_COMPARE(middle(), QColor(Qt::green));
        finish(0, filled(Qt::red)); // by a loader that does not heed cancelling
        QCoreApplication::sendPostedEvents();
        QCOMPARE(middle(), QColor(Qt::green));
    }

    void backAndForthShowsTheRightOne()
    {
        show(0);
        QTest::keyClick(m_viewer.get(), Qt::Key_Right);
        QTest::keyClick(m_viewer.get(), Qt::Key_Left);
        QCOMPARE(m_asked, (QStringList{u"0"_s, u"1"_s, u"0"_s}));
        finish(1, filled(Qt::red));
        finish(2, filled(Qt::green));
        QTRY_COMPARE(middle(), QColor(Qt::green));
    }

    void aFailureIsSaidAndThePreviewStays()
    {
        show(0);
        m_loads[0]->addResult(Result<QImage>(failure(ErrorKind::Network)));
        m_loads[0]->finish();
        QTRY_VERIFY(shows(u"small preview"_s));
        QCOMPARE(middle(), QColor(Qt::blue));
        QTest::keyClick(m_viewer.get(), Qt::Key_Right);
        QVERIFY(!shows(u"small preview"_s));
    }

    void keys_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("start");
        QTest::addColumn<bool>("rightToLeft");
        QTest::addColumn<int>("expected");
        QTest::newRow("right") << int(Qt::Key_Right) << 1 << false << 2;
        QTest::newRow("left") << int(Qt::Key_Left) << 1 << false << 0;
        QTest::newRow("right, mirrored") << int(Qt::Key_Right) << 1 << true << 0;
        QTest::newRow("left at the start") << int(Qt::Key_Left) << 0 << false << 0;
        QTest::newRow("right at the end") << int(Qt::Key_Right) << 4 << false << 4;
        QTest::newRow("end") << int(Qt::Key_End) << 1 << false << 4;
    }
    void keys()
    {
        QFETCH(int, key);
        QFETCH(int, start);
        QFETCH(bool, rightToLeft);
        m_viewer->setLayoutDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
        show(start);
        QTest::keyClick(m_viewer.get(), Qt::Key(key));
        QTEST(m_viewer->current().row(), "expected");
    }

    void commands()
    {
        show(2);
        const QStringList id{u"2"_s};
        const QSignalSpy closed(m_viewer.get(), &Viewer::closed);
        const QSignalSpy privacy(m_viewer.get(), &Viewer::privacyToggled);
        const QSignalSpy download(m_viewer.get(), &Viewer::downloadRequested);
        const QSignalSpy removed(m_viewer.get(), &Viewer::deleteRequested);
        const QSignalSpy alt(m_viewer.get(), &Viewer::altEditRequested);
        QTest::keyClick(m_viewer.get(), Qt::Key_P);
        QTest::keyClick(m_viewer.get(), Qt::Key_D);
        QTest::keyClick(m_viewer.get(), Qt::Key_Delete);
        QTest::keyClick(m_viewer.get(), Qt::Key_E);
        QTest::keyClick(m_viewer.get(), Qt::Key_Escape);
        QCOMPARE(privacy.size(), 1);
        QCOMPARE(privacy.first().at(0).toStringList(), id);
        QCOMPARE(privacy.first().at(1).toBool(), true);
        QCOMPARE(download.first().first().toStringList(), id);
        QCOMPARE(removed.first().first().toStringList(), id);
        QCOMPARE(alt.size(), 1);
        QCOMPARE(closed.size(), 1);
    }

    void readOnlyChangesNothing()
    {
        show(2);
        m_viewer->setAbilities(
            {u"You are a guest here."_s, u"You are a guest here."_s, u"You are a guest here."_s});
        const QSignalSpy privacy(m_viewer.get(), &Viewer::privacyToggled);
        const QSignalSpy removed(m_viewer.get(), &Viewer::deleteRequested);
        QTest::keyClick(m_viewer.get(), Qt::Key_P);
        QTest::keyClick(m_viewer.get(), Qt::Key_Delete);
        QCOMPARE(privacy.size(), 0);
        QCOMPARE(removed.size(), 0);
    }

    void hiddenPrivatePicturesAreNotEvenFetched()
    {
        makePrivate(1);
        m_viewer->setHidePrivate(true);
        QSignalSpy wanted(m_viewer.get(), &Viewer::wantedChanged);
        show(1);
        QVERIFY(m_asked.isEmpty());
        QCOMPARE(corner(), QColor(Qt::gray));
        QCOMPARE(wanted.last().first().value<QList<PreviewKey>>().first(),
                 (PreviewKey{u"1"_s, PreviewVariant::Blurred}));
        m_viewer->setHidePrivate(false);
        QCOMPARE(m_asked, QStringList{u"1"_s});
        QCOMPARE(corner(), QColor(Qt::blue));
    }

    void whatBecomesHiddenWhileItLoadsStaysHidden()
    {
        makePrivate(1);
        show(1);
        m_viewer->setHidePrivate(true);
        finish(0, filled(Qt::red));
        QCoreApplication::sendPostedEvents();
        QCOMPARE(corner(), QColor(Qt::gray));
        m_viewer->setHidePrivate(false);
        QCOMPARE(m_asked.size(), 2);
    }

    void othersSeeTheFrostedOne()
    {
        makePrivate(1);
        show(1);
        QTest::keyClick(m_viewer.get(), Qt::Key_O);
        QCOMPARE(corner(), QColor(Qt::gray));
        QVERIFY(!shows(u"1.jpg"_s));
        QTest::keyClick(m_viewer.get(), Qt::Key_O);
        QCOMPARE(corner(), QColor(Qt::blue));
        QVERIFY(shows(u"1.jpg"_s));
    }

    void aDeletedPictureGivesWayToItsNeighbour()
    {
        show(4);
        m_model->remove(4);
        QCOMPARE(m_viewer->current().row(), 3);
        m_model->remove(0);
        QCOMPARE(m_viewer->current().data().toString(), u"3.jpg"_s);
        const QSignalSpy closed(m_viewer.get(), &Viewer::closed);
        while (m_model->rowCount() > 0)
            m_model->remove(0);
        QCOMPARE(closed.size(), 1);
    }

    void aResetKeepsThePicture()
    {
        show(3);
        auto images = StubModel::images(5);
        images.removeFirst();
        m_model->reset(images);
        QCOMPARE(m_viewer->current().data().toString(), u"3.jpg"_s);
        QVERIFY(shows(u"3 of 4"_s));
    }

private:
    void show(int row) { m_viewer->showImage(m_model->index(row)); }
    void makePrivate(int row)
    {
        auto image = m_model->image(row);
        image.isPrivate = true;
        m_model->set(row, image);
    }
    void finish(std::size_t load, const QImage& image)
    {
        m_loads[load]->addResult(Result<QImage>(image));
        m_loads[load]->finish();
    }
    void press(Qt::Key key) { QTest::keyClick(m_viewer.get(), key); }
    ui::PictureCanvas& canvas() const { return *m_viewer->findChild<ui::PictureCanvas*>(); }
    QColor besideTheMiddle() const
    {
        const QPoint middle = canvas().rect().center();
        return canvas().grab().toImage().pixelColor(middle + QPoint(20, 20));
    }
    /// Green beyond the middle.
    static QImage redAndGreen()
    {
        QImage picture = filled(Qt::red, {3000, 2000});
        QPainter(&picture).fillRect(QRect(1550, 0, 1450, 2000), Qt::green);
        return picture;
    }
    QColor middle() const { return m_viewer->grab().toImage().pixelColor(400, 280); }
    /// Beside the lock in the middle.
    QColor corner() const { return m_viewer->grab().toImage().pixelColor(250, 200); }
    bool shows(const QString& text) const
    {
        for (const QLabel* label : m_viewer->findChildren<QLabel*>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        return false;
    }

    QStringList m_asked;
    std::vector<std::shared_ptr<QPromise<Result<QImage>>>> m_loads;
    std::unique_ptr<StubModel> m_model;
    std::unique_ptr<Viewer> m_viewer;
};

QTEST_MAIN(TestViewer)
#include "tst_viewer.moc"

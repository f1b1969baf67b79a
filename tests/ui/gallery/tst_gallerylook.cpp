// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/gallery/galleryviewfixture.h"

#include <QSignalSpy>

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

} // namespace

/// What the gallery paints, and which previews it asks for to paint it.
class TestGalleryLook : public test::GalleryViewFixture
{
    Q_OBJECT

private Q_SLOTS:
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

    void mirrorsFromRightToLeft()
    {
        const QRect normal = m_view->visualRect(m_model->index(0));
        m_view->setLayoutDirection(Qt::RightToLeft);
        const QRect mirrored = m_view->visualRect(m_model->index(0));
        QCOMPARE(mirrored.right(), m_view->viewport()->width() - 1 - normal.left());
        QCOMPARE(m_view->indexAt(mirrored.center()).row(), 0);
    }
};

QTEST_MAIN(TestGalleryLook)
#include "tst_gallerylook.moc"

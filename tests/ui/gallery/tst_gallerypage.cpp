// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/galleryfilter.h"
#include "tests/ui/support/stubmodel.h"
#include "ui/gallery/gallerypage.h"
#include "ui/gallery/galleryview.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using gallery::GalleryFilter;
using test::StubModel;
using ui::GalleryPage;

namespace {

/// All that is to be read on the page that is shown.
QString wordsOf(const GalleryPage& page)
{
    QStringList words{page.currentWidget()->accessibleName()};
    for (const QLabel* label : page.currentWidget()->findChildren<QLabel*>())
        words.append(label->text());
    return words.join(u' ');
}

QPushButton* visibleButton(const GalleryPage& page)
{
    for (QPushButton* button : page.currentWidget()->findChildren<QPushButton*>()) {
        if (!button->isHidden())
            return button;
    }
    return nullptr;
}

} // namespace

class TestGalleryPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void invitesWhenThereIsNothing()
    {
        StubModel model;
        GalleryFilter filter(model);
        GalleryPage page;
        page.setFilter(&filter);
        QVERIFY(wordsOf(page).contains("Drop pictures here"_L1));
        const QSignalSpy chosen(&page, &GalleryPage::chooseRequested);
        QVERIFY(visibleButton(page) != nullptr);
        visibleButton(page)->click();
        QCOMPARE(chosen.size(), 1);
    }

    void doesNotInviteGuests()
    {
        StubModel model;
        GalleryFilter filter(model);
        GalleryPage page;
        page.setFilter(&filter);
        page.setStanding(GalleryPage::Standing::ReadOnly);
        QVERIFY(!wordsOf(page).contains("Drop"_L1));
        QVERIFY(visibleButton(page) == nullptr);
    }

    void doesNotInviteIntoWhatCouldNotBeOpened()
    {
        StubModel model;
        GalleryFilter filter(model);
        GalleryPage page;
        page.setFilter(&filter);
        page.setStanding(GalleryPage::Standing::Failed);
        QVERIFY(wordsOf(page).contains("could not be opened"_L1));
        QVERIFY(visibleButton(page) == nullptr);
    }

    void showsPicturesAsSoonAsTheyAreThere()
    {
        StubModel model;
        GalleryFilter filter(model);
        GalleryPage page;
        page.setFilter(&filter);
        page.setLoading(true);
        QVERIFY(page.currentWidget()->accessibleName().contains("Loading"_L1));
        model.reset(StubModel::images(3));
        QCOMPARE(page.currentWidget(), &page.view());
        model.reset({});
        page.setLoading(false);
        QVERIFY(wordsOf(page).contains("Drop pictures here"_L1));
    }

    void saysWhatWasNotFound()
    {
        StubModel model;
        model.reset(StubModel::images(3));
        GalleryFilter filter(model);
        GalleryPage page;
        page.setFilter(&filter);
        filter.setSearch(u"harbour"_s);
        page.filterChanged();
        QVERIFY(wordsOf(page).contains("harbour"_L1));
        const QSignalSpy cleared(&page, &GalleryPage::clearRequested);
        visibleButton(page)->click();
        QCOMPARE(cleared.size(), 1);
        filter.setSearch({});
        page.filterChanged();
        QCOMPARE(page.currentWidget(), &page.view());
    }

    void whatWasSearchedIsNotMarkup()
    {
        StubModel model;
        model.reset(StubModel::images(3));
        GalleryFilter filter(model);
        GalleryPage page;
        page.setFilter(&filter);
        filter.setSearch(u"<img src=x> &amp;"_s);
        page.filterChanged();
        bool found = false;
        for (const QLabel* label : page.currentWidget()->findChildren<QLabel*>()) {
            if (label->text().contains("<img"_L1)) {
                QCOMPARE(label->textFormat(), Qt::PlainText);
                found = true;
            }
        }
        QVERIFY(found);
    }
};

QTEST_MAIN(TestGalleryPage)
#include "tst_gallerypage.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/selectionsummary.h"

#include "ui/common/formatting.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace vitrine::ui {
namespace {

using Images = QList<protocol::Image>;

struct SummaryWords {
    Q_DECLARE_TR_FUNCTIONS(SelectionSummary)
};

QString headlineOf(const Images& images, bool hidesPrivate)
{
    if (images.size() > 1)
        return SummaryWords::tr("%n images", nullptr, int(images.size()));
    const protocol::Image& image = images.first();
    if (image.isPrivate && (hidesPrivate || image.name.isEmpty()))
        return SummaryWords::tr("Private image");
    return image.name.isEmpty() ? SummaryWords::tr("Image without a name") : image.name;
}

QString privacyNoteOf(qsizetype privates, qsizetype all)
{
    if (privates > 0 && privates < all)
        return SummaryWords::tr("%1 of %2 are private.").arg(privates).arg(all);
    if (privates > 0)
        return SummaryWords::tr("Others see only the frosted picture, no name and no alt text.");
    return all == 1 ? SummaryWords::tr("Everybody with the address sees this image sharp.")
                    : SummaryWords::tr("Everybody with the address sees these images sharp.");
}

QString sharedOn(const Images& images, int unsent)
{
    if (unsent > 0)
        return unsent == images.size()
                   ? SummaryWords::tr("not yet")
                   : SummaryWords::tr("%1 of %2 not yet").arg(unsent).arg(images.size());
    if (images.size() == 1)
        return humanDate(images.first().uploaded);
    const auto [first, last] =
        std::minmax_element(images.cbegin(), images.cend(),
                            [](const auto& a, const auto& b) { return a.uploaded < b.uploaded; });
    return humanDays(first->uploaded.toLocalTime().date(), last->uploaded.toLocalTime().date());
}

QList<FactsView::Fact> factsOf(const Images& images, int unsent)
{
    qint64 bytes = 0;
    qint64 downloads = 0;
    for (const protocol::Image& image : images) {
        bytes += image.bytes;
        downloads += image.downloadCount;
    }
    QStringList size{images.size() == 1 ? humanDimensions(images.first().size) : QString(),
                     bytes > 0 ? humanSize(bytes) : QString()};
    size.removeAll(QString());
    return {{SummaryWords::tr("Shared"), sharedOn(images, unsent)},
            {SummaryWords::tr("Size"), size.join(SummaryWords::tr(", "))},
            {SummaryWords::tr("Downloads"), QLocale().toString(downloads)}};
}

} // namespace

SelectionSummary summaryOf(const Images& images, int unsent, bool hidesPrivate)
{
    const auto privates = std::count_if(images.cbegin(), images.cend(),
                                        [](const auto& image) { return image.isPrivate; });
    SelectionSummary summary;
    summary.headline = headlineOf(images, hidesPrivate);
    summary.hasOneAlt = std::all_of(images.cbegin(), images.cend(), [&](const auto& image) {
        return image.alt == images.first().alt;
    });
    summary.alt = summary.hasOneAlt ? images.first().alt : QString();
    summary.areAllPrivate = privates == images.size();
    summary.isPrivacyMixed = privates > 0 && !summary.areAllPrivate;
    summary.privacyNote = privacyNoteOf(privates, images.size());
    summary.facts = factsOf(images, unsent);
    return summary;
}

} // namespace vitrine::ui

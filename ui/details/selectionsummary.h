// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/image.h"
#include "ui/details/factsview.h"

namespace vitrine::ui {

/// What selected images have in common, in words: pure, for the details to show.
struct SelectionSummary {
    QString headline;
    QString alt; ///< empty where the images differ
    bool hasOneAlt = true;
    bool areAllPrivate = false;
    bool isPrivacyMixed = false;
    QString privacyNote;
    QList<FactsView::Fact> facts;
};

/// \a images: at least one, \a unsent of them not shared yet. With \a hidesPrivate a private one
/// is not named.
SelectionSummary summaryOf(const QList<protocol::Image>& images, int unsent, bool hidesPrivate);

} // namespace vitrine::ui

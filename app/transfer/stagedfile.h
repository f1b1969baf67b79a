// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transfer/filecheck.h"

#include <QImage>

namespace vitrine::transfer {

/// One picture that waits for its person's word.
struct StagedFile {
    quint64 id = 0; ///< stays while rows come and go
    QString path;   ///< empty for a pasted picture that could not be kept
    QString name;

    QString alt;
    bool isAltTouched = false; ///< a proposal does not overwrite what was typed
    bool isPrivate = false;
    bool isRemedied = false; ///< what the report offers was accepted

    bool isKnown = false;    ///< facts and report are final
    bool isInFlight = false; ///< being looked at, for the first time or once more
    bool isStale = false;    ///< what that look will tell does not hold any more
    FileFacts facts;
    FileReport report;

    // Kept only while the row is near the visible ones.
    QImage thumbnail;
    QImage blurred;
    bool hasPictures = false; ///< a look for them has ended

    Choices choices(bool keepMetadata) const
    {
        return {.keepMetadata = keepMetadata,
                .fit = isRemedied && report.problem,
                .again = isRemedied && report.same};
    }
    /// Goes out when the person says so. What is not known yet is believed to be good.
    bool isSendable() const { return report.isSendable(choices(false)); }
    bool isDescribed() const { return isSendable() && !QStringView(alt).trimmed().isEmpty(); }
};

} // namespace vitrine::transfer

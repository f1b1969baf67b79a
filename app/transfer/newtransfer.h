// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/transfer/transfer.h"

#include <QImage>

#include <chrono>
#include <optional>

namespace vitrine::transfer {

/// What a person asks to share.
struct UploadOrder {
    QString source; ///< path
    QString name;   ///< what the server is told; the source's file name if empty
    QString alt;
    bool takesAlt = false; ///< the alt text is the one that the file carries, if it does
    bool isPrivate = false;
    bool keepMetadata = false;
    bool again = false;
    bool fit = false; ///< where the server would not take it, a copy that it takes
    std::chrono::milliseconds undoTime{0}; ///< how long it waits, so that it can be taken back
    QImage preview; ///< to show while it waits, where somebody has one; null for none
};

/// Acts as they begin: waiting, under a new key, dated by \a clock.
Transfer newUpload(const UploadOrder& order, const Clock& clock);
/// What asks for \a upload once more, with what is said of it by now; without undo time and
/// preview.
UploadOrder orderOf(const Transfer& upload);
Transfer newEdit(const protocol::Image& image, const protocol::ImagePatch& patch,
                 std::chrono::milliseconds undoTime, const Clock& clock);
Transfer newDelete(const protocol::Image& image, std::chrono::milliseconds undoTime,
                   const Clock& clock);

/// What takes \a done back, which has gone through: deletes what was uploaded, hides what was
/// shown. Nothing where that is not known, and a deleted image does not come back.
std::optional<Transfer> newUndoOf(const Transfer& done, const Clock& clock);

/// Goes on from the last thing that is certain, where the process that worked on it has ended in
/// the middle.
void resume(Transfer& transfer);

/// How long it can still be undone at \a now (UTC).
std::chrono::milliseconds undoTimeLeft(const Transfer& transfer, const QDateTime& now);

} // namespace vitrine::transfer

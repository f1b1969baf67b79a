// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transfer/transfer.h"

#include <QHash>
#include <QImage>
#include <QList>
#include <QSet>
#include <QStringList>

#include <chrono>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace vitrine::transfer {

/// The outbox's transfers in their order, and the rules of what may start next. Knows no disk, no
/// network and no clock: the time is passed in. One thread.
class TransferQueue
{
public:
    using Moment = std::chrono::milliseconds; ///< by Clock::elapsed()

    /// What is known of a transfer in this run of the program only.
    struct Run {
        Moment shown{0}; ///< when its progress was last told
        int losses = 0;  ///< of the line, one after the other
        int stretch = 0; ///< of the outbox's running, in which it was sent last
        QImage preview;
        QByteArray placeholder; ///< raw ThumbHash; empty while that is not known
    };

    /// What may start now.
    struct Startable {
        QStringList toPrepare;
        QStringList toSend;
    };

    const QList<Transfer>& transfers() const { return m_transfers; }
    const Transfer* find(const QString& key) const;
    /// Marks the row as changed; the pointer is not to be kept over startable().
    Transfer* find(const QString& key);
    /// Made when it is not there yet.
    Run& run(const QString& key) { return m_runs[key]; }
    /// Not to be sent before this.
    void setDue(const QString& key, Moment due);
    /// Not to be prepared before this.
    void setPrepareDue(const QString& key, Moment due);
    /// Null if there is none.
    QImage preview(const QString& key) const;

    /// One at a time: of two in one millisecond some servers keep one, and which of them arrived
    /// could not be told.
    void setUploadsInTurn(bool inTurn) { m_uploadsInTurn = inTurn; }

    /// How many may be on their way at once.
    void setSendingAtOnce(int count) { m_sendingAtOnce = count; }
    /// What these processes handed in waits.
    void setPausedOwners(const QSet<QString>& owners) { m_pausedOwners = owners; }
    const QSet<QString>& pausedOwners() const { return m_pausedOwners; }
    bool isPaused(const QString& key) const;

    void append(const Transfer& transfer);
    /// Puts it before all others, and before it what has to go out first: earlier acts on the same
    /// image. The keys of all that moved, in their order; none if there is nothing to send of it.
    QStringList moveFirst(const QString& key);
    /// The keys of what is finished.
    QStringList finished() const;
    void remove(const QStringList& keys);
    /// What is not kept on the disk is no longer needed.
    void endRun(const QString& key);
    /// What waits only because the line was lost waits no longer than until \a latest.
    void hurry(Moment latest);

    /// In order, within the bounds of what may be under way at once. Nothing is to be sent unless
    /// \a maySend.
    Startable startable(Moment now, bool maySend);
    bool hasUnfinished() const;
    /// Something is under way, or there is something to do for whoever sends nothing.
    bool hasWorkAside(Moment now) const;
    /// Not under way, and not due yet.
    bool isHeld(const QString& key, Moment now) const;
    /// When something that waits for its time will be due; empty if nothing does.
    std::optional<Moment> nextDue(Moment now);

    /// The revision on which an edit is really made: while it was handed in, one that the person
    /// had made before, on the same revision, may have come through.
    qint64 revisionNow(const Transfer& edit) const;
    /// The edits of the same image that wait behind one that was made on revision \a before.
    QStringList editsBehind(const QString& imageId, qint64 before) const;

private:
    struct Load {
        int preparing = 0;
        int prepared = 0;
        int preparedPaused = 0; ///< of paused owners, apart: nobody waits behind these
        int sending = 0;
        int uploading = 0;
    };

    struct Dues {
        Moment send{0};
        Moment prepare{0};
    };

    Load load() const;
    void enter(int row);
    void touch(int row);
    void sweep();
    bool mayStartUntouched(const Load& load, bool maySend) const;
    std::optional<int> nextToLookAt(int row, const Load& load, bool maySend) const;
    bool isDue(const Transfer& transfer, Moment now) const;
    bool isPaused(const Transfer& transfer) const;
    void number();
    bool waitsForTwin(const Transfer& upload) const;
    bool mayPrepare(const Transfer& transfer, const Load& load, Moment now) const;
    bool maySend(const Transfer& transfer, const Load& load, Moment now) const;

    QList<Transfer> m_transfers;
    QHash<QString, int> m_rows;                   // by key
    QHash<QString, QList<int>> m_edits;           // their rows by image, in order
    QHash<QString, Run> m_runs;                   // by key
    QHash<QString, Dues> m_dues;                  // by key
    std::set<std::pair<Moment, QString>> m_wakes; // all dues that may be to come

    // Of a great many rows nearly all are finished or wait as they were appended. What else there
    // may be is looked at without passing those by, because that happens several times for each.
    std::vector<bool> m_isTouched; // by row: somebody had a hand on it
    std::set<int> m_open;          // of those, the ones that may be unfinished
    int m_untouchedActs = 0;       // of the others, those that are no uploads
    int m_firstOpen = 0;           // all rows before this one are finished

    QSet<QString> m_pausedOwners;
    int m_sendingAtOnce = 3;
    bool m_uploadsInTurn = false;
};

} // namespace vitrine::transfer

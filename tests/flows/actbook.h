// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transfer/transfer.h"

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QSet>
#include <QStringList>

namespace vitrine::test {

/// One thing that somebody asked vitrinectl for.
struct Act {
    transfer::Kind kind = transfer::Kind::Upload;
    QString id;   ///< Edit, Delete: of the image
    QString name; ///< of its file, which no other image has
    QString alt;  ///< Upload, Edit: a text that no other act has
};

/// The server's items by id.
using Items = QHash<QString, QJsonObject>;

/// What must be on the server once all is sent. Where vitrinectl was killed, what it was asked for
/// is in doubt: it happened, or waits in the outbox and will happen, or was never handed in.
class ActBook
{
public:
    void confirm(const Act& act);
    void doubt(const Act& act) { m_doubts.append(act); }
    /// Decides what is in doubt, while nothing is under way, by what waits in the outbox.
    void settle(const QList<transfer::Transfer>& waiting, const Items& items);

    /// Those of the images that nothing waits for, in an order that is the same every time.
    QStringList untouched(const Items& items) const;
    /// What is there and should not be, or the other way round; empty if nothing is wrong.
    QStringList compare(const Items& items) const;

private:
    QHash<QString, QString> m_alts; ///< by the names of the files
    QList<Act> m_doubts;
    QSet<QString> m_busy; ///< ids that something waits for
};

} // namespace vitrine::test

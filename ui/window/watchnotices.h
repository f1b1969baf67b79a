// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"

#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

#include <chrono>

namespace vitrine::session {
class Session;
}

namespace vitrine::ui {

class NoticeStack;

/// Tells what comes of an account's watched folders: new pictures that wait for the person, those
/// that are about to leave, and what cannot be read. GUI thread.
class WatchNotices final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive this object.
    WatchNotices(session::Session& session, NoticeStack& notices, QObject* parent);

Q_SIGNALS:
    /// The person wants to look at the new pictures.
    void proposalsWanted();

private:
    void tellProposals();
    void offerUndo(const QStringList& keys, std::chrono::milliseconds time);
    void note(const QString& path, const Error& error);
    void tellTroubles();

    session::Session& m_session;
    NoticeStack& m_notices;
    QSet<QString> m_troubled; ///< paths; since the person put the notice of them away
    QString m_newest;         ///< sentence about the newest of them
    QTimer m_tellTroubles;    ///< a folder full of them is one sentence
};

} // namespace vitrine::ui

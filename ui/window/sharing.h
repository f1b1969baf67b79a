// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transfer/newtransfer.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTimer>

class QMessageBox;

namespace vitrine::session {
class Session;
}

namespace vitrine::ui {

class AppSettings;
class NoticeStack;
struct Incoming;

/// The way of a picture from outside to the outbox: chosen, dropped or pasted, staged, shared.
class Sharing final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this object; dialogs belong to \a window.
    Sharing(session::Session& session, AppSettings& settings, NoticeStack& notices,
            QWidget& window);

    void take(const Incoming& incoming);
    void takePaths(const QStringList& paths);
    /// What came into the watched folders. It is proposed again by the next run unless it is shared
    /// or dismissed in this one.
    void takeProposals();
    /// What is in the clipboard; says so if that is no picture.
    void paste();
    void chooseFiles();

    /// Stages what was on its way and did not leave, with what was said of it.
    void stageAgain(const QList<transfer::UploadOrder>& orders);

    /// Hands what can be shared to the outbox. What cannot is named in a notice.
    void share();
    /// Puts aside what is staged; a notice's Undo brings it back, for a while.
    void cancel();
    /// Whether nothing staged is lost if the window closes now. Else the person is asked, and
    /// closingAgreed() may follow.
    bool mayClose();

Q_SIGNALS:
    /// There is something to look at before it is shared.
    void staged();
    /// Nothing is staged any more: shared or put aside.
    void finished();
    /// What was staged is forgotten: the person wants the window closed all the same.
    void closingAgreed();

private:
    QStringList namesLeftBehind() const;
    void putAside();
    void forgetAside();
    void askBeforeClosing();
    void noteStaged();
    void settleProposals();
    void carryOver(const QList<transfer::UploadOrder>& orders, const QStringList& keys);
    void offerUndo(const QList<transfer::UploadOrder>& orders, const QStringList& keys);
    void undoSharing(const QStringList& keys);
    void tellLeftBehind(const QStringList& leftBehind);

    session::Session& m_session;
    AppSettings& m_settings;
    NoticeStack& m_notices;
    QWidget& m_window;
    QTimer m_asideTime; ///< runs while there is something aside
    QPointer<QMessageBox> m_question;
    QHash<QString, bool> m_proposals; ///< taken, by path; true: and staged since
    bool m_isSharing = false;         ///< the rows are on their way to the disk
};

} // namespace vitrine::ui

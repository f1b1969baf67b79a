// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/watchnotices.h"

#include "app/base/messages.h"
#include "app/session/session.h"
#include "ui/window/noticestack.h"
#include "ui/window/undooffer.h"

#include <QDir>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using watching::Watcher;

namespace {

const QString kProposals = u"proposals"_s;
const QString kTroubles = u"watched"_s;

} // namespace

WatchNotices::WatchNotices(session::Session& session, NoticeStack& notices, QObject* parent)
    : QObject(parent), m_session(session), m_notices(notices)
{
    m_tellTroubles.setSingleShot(true);
    m_tellTroubles.setInterval(0);
    connect(&m_tellTroubles, &QTimer::timeout, this, &WatchNotices::tellTroubles);
    connect(&session.watcher(), &Watcher::proposalsChanged, this, &WatchNotices::tellProposals);
    connect(&session.watcher(), &Watcher::held, this, &WatchNotices::offerUndo);
    connect(&session.watcher(), &Watcher::failed, this, &WatchNotices::note);
    tellProposals();
}

void WatchNotices::tellProposals()
{
    const int count = int(m_session.watcher().proposals().size());
    if (count == 0)
        return m_notices.clear(kProposals);
    const QString sentence =
        count == 1 ? tr("1 new picture in the folders that are watched.")
                   : tr("%n new pictures in the folders that are watched.", nullptr, count);
    m_notices.tell(kProposals, {.sentence = sentence, .action = tr("Look at them"), .act = [this] {
                                    Q_EMIT proposalsWanted();
                                }});
}

// What a watched folder is about to show to everybody can be taken back like what a person shares.
void WatchNotices::offerUndo(const QStringList& keys, std::chrono::milliseconds time)
{
    const int count = int(keys.size());
    UndoOffer offer(m_session.outbox(), m_notices,
                    count == 1
                        ? tr("1 image of a watched folder is about to leave.")
                        : tr("%n images of watched folders are about to leave.", nullptr, count),
                    time);
    offer.include(keys);
}

void WatchNotices::note(const QString& path, const Error& error)
{
    m_troubled.insert(path);
    m_newest = QDir::toNativeSeparators(path) + u": "_s + messageFor(error);
    m_tellTroubles.start();
}

void WatchNotices::tellTroubles()
{
    const int others = int(m_troubled.size()) - 1;
    QString sentence = m_newest;
    if (others == 1)
        sentence += u' ' + tr("1 other could not be read either.");
    else if (others > 1)
        sentence += u' ' + tr("%n others could not be read either.", nullptr, others);
    m_notices.tell(kTroubles, {.level = NoticeBar::Level::Error,
                               .sentence = sentence,
                               .closed = [this, told = m_troubled] { m_troubled.subtract(told); }});
}

} // namespace vitrine::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/takingback.h"

#include "app/transfer/outbox.h"
#include "ui/window/galleryactions.h"
#include "ui/window/noticestack.h"

#include <QUuid>

#include <utility>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using transfer::State;

namespace {

const QString kTakenBack = u"taken-back-"_s;
const QString kTooLate = u"too-late"_s;

} // namespace

TakingBack::TakingBack(transfer::Outbox& outbox, NoticeStack& notices, QObject* parent)
    : QObject(parent), m_outbox(outbox), m_notices(notices)
{
    m_tell.setSingleShot(true);
    m_tell.setInterval(0); // several at once are one sentence
    connect(&m_tell, &QTimer::timeout, this, &TakingBack::tell);
    connect(&outbox, &transfer::Outbox::changed, this, &TakingBack::follow);
    connect(&outbox, &transfer::Outbox::removed, this, [this](const QStringList& keys) {
        m_open.subtract(QSet<QString>(keys.begin(), keys.end()));
    });
}

void TakingBack::takeBack(const QStringList& keys)
{
    m_open.unite(QSet<QString>(keys.begin(), keys.end()));
    for (const QString& key : keys)
        m_outbox.cancel(key);
}

void TakingBack::follow(const QString& key)
{
    const transfer::Transfer* transfer = m_outbox.find(key);
    if (!transfer || !isFinished(transfer->state) || !m_open.remove(key))
        return;
    if (transfer->state == State::Cancelled)
        m_taken += orderOf(*transfer);
    m_tooLate += transfer->state == State::Done;
    m_tell.start();
}

void TakingBack::tell()
{
    if (!m_taken.isEmpty())
        tellTaken(std::exchange(m_taken, {}));
    if (m_tooLate > 0)
        tellTooLate(std::exchange(m_tooLate, 0));
}

void TakingBack::tellTaken(const QList<transfer::UploadOrder>& taken)
{
    const int count = int(taken.size());
    const QString sentence =
        count == 1 ? GalleryActions::tr("Taken back before it was sent.")
                   : GalleryActions::tr("%n images were taken back before they were sent.", nullptr,
                                        count);
    // Each is a matter of its own: a second one leaves the first one's Undo in place.
    m_notices.tellFor(NoticeStack::kShortTime, kTakenBack + QUuid::createUuid().toString(),
                      {.sentence = sentence,
                       .action = GalleryActions::tr("Undo"),
                       .act = [this, taken] { Q_EMIT wantedAgain(taken); },
                       .isUndo = true});
}

void TakingBack::tellTooLate(int count)
{
    const QString sentence =
        count == 1 ? GalleryActions::tr("1 image had arrived already, and is being deleted.")
                   : GalleryActions::tr("%n images had arrived already, and are being deleted.",
                                        nullptr, count);
    m_notices.tellFor(NoticeStack::kShortTime, kTooLate, {.sentence = sentence});
}

} // namespace vitrine::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/conflicts.h"

#include "app/base/whendone.h"
#include "app/session/session.h"
#include "ui/window/conflictdialog.h"
#include "ui/window/noticestack.h"

#include <utility>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using gallery::GalleryModel;
using transfer::Outbox;
using transfer::Transfer;

namespace {

const QString kMatter = u"conflicts"_s;

protocol::Image changed(protocol::Image image, const Transfer& edit)
{
    image.alt = edit.patch.alt.value_or(image.alt);
    image.isPrivate = edit.patch.isPrivate.value_or(image.isPrivate);
    return image;
}

} // namespace

Conflicts::Conflicts(session::Session& session, NoticeStack& notices, QWidget& window,
                     QObject* parent)
    : QObject(parent), m_session(session), m_notices(notices), m_window(window)
{
    const Outbox& outbox = session.outbox();
    connect(&outbox, &Outbox::added, this, &Conflicts::follow);
    connect(&outbox, &Outbox::changed, this, &Conflicts::follow);
    connect(&outbox, &Outbox::removed, this, &Conflicts::forget);
    const GalleryModel& images = session.gallery().model();
    connect(&images, &GalleryModel::modelReset, this, &Conflicts::showTheirs);
    connect(&images, &GalleryModel::dataChanged, this, &Conflicts::showTheirs);
    connect(&images, &GalleryModel::rowsRemoved, this, &Conflicts::showTheirs);
    for (const Transfer& transfer : outbox.transfers())
        follow(transfer.key);
}

void Conflicts::follow(const QString& key)
{
    const Transfer* transfer = m_session.outbox().find(key);
    if (!transfer || !transfer::isConflict(*transfer))
        return forget({key});
    if (m_open.contains(key))
        return;
    m_open.append(key);
    tell();
}

void Conflicts::forget(const QStringList& keys)
{
    if (m_open.removeIf([&](const QString& key) { return keys.contains(key); }) > 0)
        tell();
    if (keys.contains(m_asked)) // decided elsewhere
        goOn();
}

void Conflicts::tell()
{
    if (m_open.isEmpty())
        return m_notices.clear(kMatter);
    const Transfer* first = m_session.outbox().find(m_open.first());
    const QString sentence =
        m_open.size() == 1 && first
            ? tr("“%1” was changed elsewhere before your change arrived.").arg(shownName(*first))
            : tr("%n images were changed elsewhere before your changes arrived.", nullptr,
                 int(m_open.size()));
    m_notices.tell(kMatter, {.level = NoticeBar::Level::Warning,
                             .sentence = sentence,
                             .action = tr("Compare…"),
                             .act = [this] { goOn(); }});
}

void Conflicts::compare(const QString& key)
{
    if (!m_open.contains(key))
        return;
    m_asked = key;
    if (m_dialog) { // what was meant for the one before does not decide this one
        m_dialog->letRead();
    } else {
        m_dialog = new ConflictDialog(&m_window);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_dialog, &ConflictDialog::oursChosen, this, &Conflicts::useOurs);
        connect(m_dialog, &ConflictDialog::theirsChosen, this, &Conflicts::keepTheirs);
        connect(m_dialog, &QDialog::rejected, this, &Conflicts::putOff);
    }
    loadTheirs();
    m_dialog->open();
}

/// What the listing had before the conflict may be what the person saw when editing. Where it
/// cannot be read, that is still the best there is.
void Conflicts::loadTheirs()
{
    m_isFresh = false;
    showTheirs();
    readListing(m_asked);
}

void Conflicts::readListing(const QString& key)
{
    const bool isJoined =
        m_session.gallery().isRefreshing(); // which began before, perhaps too early
    whenDone(this, m_session.refresh(), [this, key, isJoined](const Result<void>& read) {
        if (key != m_asked)
            return;
        if (isJoined && read)
            return readListing(key);
        m_isFresh = true;
        showTheirs();
    });
}

void Conflicts::showTheirs()
{
    const Transfer* edit = asked();
    if (!m_dialog || !edit)
        return;
    const GalleryModel& images = m_session.gallery().model();
    const protocol::Image* theirs = images.find(edit->imageId);
    const QModelIndex place = images.indexOf(edit->imageId);
    const auto role = theirs && theirs->isPrivate ? GalleryModel::BlurredPreviewRole
                                                  : GalleryModel::SharpPreviewRole;
    m_dialog->setPicture(shownName(*edit), place.data(role).value<QImage>());
    m_dialog->setOurs(changed(theirs ? *theirs : protocol::Image(), *edit));
    if (!m_isFresh)
        return m_dialog->setTheirsLoading();
    m_dialog->setTheirs(theirs ? std::optional(*theirs) : std::nullopt);
}

void Conflicts::useOurs()
{
    const Transfer* edit = asked();
    const protocol::Image* seen = edit ? m_session.gallery().model().find(edit->imageId) : nullptr;
    const QString key = takeAsked();
    if (seen)
        m_session.outbox().overrule(key, seen->revision);
    goOn();
}

void Conflicts::keepTheirs()
{
    m_session.outbox().forget({takeAsked()});
    goOn();
}

/// The one that was decided. Another process may carry that out, a moment later.
QString Conflicts::takeAsked()
{
    m_open.removeAll(m_asked);
    tell();
    return std::exchange(m_asked, {});
}

void Conflicts::putOff()
{
    m_asked.clear();
    tell();
}

void Conflicts::goOn()
{
    m_asked.clear();
    if (!m_open.isEmpty())
        compare(m_open.first());
    else if (m_dialog)
        m_dialog->accept();
}

/// Somebody may be looking over the person's shoulder, who did not ask for this to be shown.
QString Conflicts::shownName(const Transfer& edit) const
{
    const protocol::Image* image = m_session.gallery().model().find(edit.imageId);
    return image && image->isPrivate ? tr("Private image") : edit.name;
}

const Transfer* Conflicts::asked() const
{
    return m_session.outbox().find(m_asked);
}

} // namespace vitrine::ui
